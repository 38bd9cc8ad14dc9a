"""The sample files can be uploaded as they are, and every sample partnership survives its workbook."""

import io
import shutil
from collections import Counter

import pytest

from etl.exports.partnership_workbook import write_partnership_workbook
from etl.importing import Decisions, Incoming
from etl.pipeline import import_file
from etl.sample.files import ANSWERS_NAME, SLUG, WORKBOOK_NAME, invent_new_wave, write_sample_files
from etl.store.batches import list_batches, undo_batch
from etl.store.engine import open_store
from etl.store.reading import read_survey_counts, resolve_scope
from etl.store.register_reading import read_register
from tests.made.importing import MACHINE, NOW


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return {path.name: path for path in write_sample_files(tmp_path_factory.mktemp("files"))}


@pytest.fixture
def loaded(sample_file, tmp_path):
    file = tmp_path / "diagnoza.sqlite3"
    shutil.copyfile(sample_file, file)
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


def upload(store, path, **decisions):
    incoming = Incoming(path.name, path.read_bytes())
    return import_file(incoming, store=store, actor=MACHINE, decisions=Decisions(**decisions), clock=lambda: NOW)


def codes(report):
    return [finding.code for finding in report]


def test_the_workbook_brings_its_news_and_undo_takes_them_back(loaded, files):
    with loaded.read() as connection:
        before = read_register(connection, SLUG)
    result = upload(loaded, files[WORKBOOK_NAME])
    assert result.report.errors == ()
    assert result.changes["partner"][:2] == (0, 1)
    assert result.changes["activity"][:2] == (1, 0)
    assert result.changes["project"][:2] == (0, 0)
    with loaded.write() as connection:
        assert codes(undo_batch(connection, MACHINE, result.batch, NOW)) == ["UNDO-DONE"]
        assert read_register(connection, SLUG) == before


def test_the_answers_join_the_shipped_questionnaire_and_are_counted_as_they_were_given(loaded, files, sample_truth):
    result = upload(loaded, files[ANSWERS_NAME], partnership=SLUG, wave="Ankieta mieszkańców 2026")
    assert result.report.errors == ()
    truth = invent_new_wave(sample_truth[SLUG].register)
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (52, 52, 0)
    with loaded.read() as connection:
        counts = read_survey_counts(connection, resolve_scope(connection, MACHINE, sample=True))
        batch = next(one for one in list_batches(connection, MACHINE) if one.uid == result.batch)
    assert batch.sample
    choices = counts.choices[(counts.choices.partnership == SLUG) & (counts.choices.wave == batch.wave)]
    for name, said in truth.answers.items():
        mine = choices[(choices.question == name) & (choices.people > 0)]
        assert dict(zip(mine.code, mine.people, strict=True)) == Counter(code for _, code in said), name
    asked = counts.waves[counts.waves.partnership == SLUG]
    waves = asked[asked.questionnaire == "residents"]
    assert batch.wave in set(waves.wave)
    assert set(waves[waves.wave == batch.wave].version) == {truth.wave.version}
    assert set(waves.version) == {"2026-1", "2026-2"}, "versions of one questionnaire are one series"


def test_the_same_files_twice_are_one_import(loaded, files):
    decisions = {"partnership": SLUG, "wave": "Ankieta mieszkańców 2026"}
    first = upload(loaded, files[ANSWERS_NAME], **decisions)
    second = upload(loaded, files[ANSWERS_NAME], **decisions)
    assert second.already_loaded
    assert second.batch == first.batch


@pytest.mark.parametrize("slug", ["dolina-jeziorki", "warszawa-mokotow"])
def test_a_sample_partnership_goes_through_its_workbook_unchanged(loaded, sample_truth, tmp_path, slug):
    content = io.BytesIO()
    write_partnership_workbook(sample_truth[slug].register, content, "pl")
    file = tmp_path / f"{slug}.xlsx"
    file.write_bytes(content.getvalue())
    result = upload(loaded, file)
    assert codes(result.report.errors) == []
    assert all(added == changed == 0 for added, changed, _ in result.changes.values())
    assert "IMPORT-CHANGES-NOTHING" in codes(result.report)
