"""A file that comes again: known rows once, changed rows anew, growing copies only by somebody's word, all undoable."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from etl.store import schema as s
from etl.store.batches import list_batches, undo_batch
from etl.store.moments import utc_now
from etl.store.reading import Scope, read_response_origins, read_survey_origins, resolve_scope
from surveys.findings import FaultError
from tests.importing_surveys import LIW, MACHINE, add_partnership, codes, load, read_answers
from tests.made.coming_again import OPTIONS, WAVE, write_rows
from tests.made.google_forms import make_survey
from tests.made.ms_forms import xlsx

AGE = "Wiek"

pytestmark = pytest.mark.usefixtures("no_answers_wait")


@pytest.fixture
def liw(store):
    add_partnership(store)
    return store


def first_rows(made, count):
    return replace(made, stamps=made.stamps[:count], answers=made.answers[:count])


def change_age(made, rows):
    """The same answers, only that the ages of some rows are others."""
    place = [question.header for question in made.questions].index(AGE)
    answers = [list(row) for row in made.answers]
    for row in rows:
        answers[row][place] = ("75+",) if answers[row][place] != ("75+",) else ("18–24",)
    return replace(made, answers=tuple(map(tuple, answers)))


def ages(made):
    place = [question.header for question in made.questions].index(AGE)
    return sorted(str(row[place] and row[place][0]) for row in made.answers)


def stored_ages(store):
    return sorted(str(cell and next(iter(cell))) for cell in read_answers(store)[AGE])


def undo(store, batch):
    with store.write() as connection:
        return [finding.code for finding in undo_batch(connection, MACHINE, batch, utc_now())]


def amounts(result):
    return result.rows_read, result.rows_stored, result.rows_known, result.rows_rejected


def test_growing_copies_with_numbers_add_only_what_is_new(liw):
    made = make_survey(120)
    results = [load(liw, xlsx(first_rows(made, count)), name="Ankieta.xlsx") for count in (60, 90, 120)]
    assert [amounts(result) for result in results] == [(60, 60, 0, 0), (90, 30, 60, 0), (120, 30, 90, 0)]
    assert "SURVEY-ROWS-KNOWN" in codes(results[1])
    assert "SURVEY-ROWS-CHANGED" not in codes(results[2])
    assert stored_ages(liw) == ages(made)


def test_the_rehearsal_says_what_loading_then_does(liw):
    made = make_survey(60)
    load(liw, xlsx(first_rows(made, 40)), name="Ankieta.xlsx")
    newer = xlsx(change_age(made, [3, 4]))
    rehearsed = load(liw, newer, name="Ankieta.xlsx", dry_run=True)
    loaded = load(liw, newer, name="Ankieta.xlsx")
    assert amounts(rehearsed) == amounts(loaded) == (60, 22, 38, 0)
    assert codes(rehearsed) == codes(loaded)
    assert loaded.to_json()["rows_known"] == 38


def test_changed_rows_count_as_they_are_now_and_undo_brings_the_old_back(liw):
    made = make_survey(60)
    load(liw, xlsx(first_rows(made, 50)), name="Ankieta.xlsx")
    before = read_answers(liw)
    changed = change_age(made, [0, 1, 2])
    newer = load(liw, xlsx(changed), name="Ankieta.xlsx")
    [said] = [finding for finding in newer.report if finding.code == "SURVEY-ROWS-CHANGED"]
    assert said.facts["count"] == 3
    assert stored_ages(liw) == ages(changed)
    assert undo(liw, newer.batch) == ["UNDO-DONE"]
    assert read_answers(liw) == before


def test_what_a_later_import_builds_on_is_undone_after_it(liw):
    made = make_survey(60)
    first = load(liw, xlsx(first_rows(made, 50)), name="Ankieta.xlsx")
    second = load(liw, xlsx(made), name="Ankieta.xlsx")
    assert undo(liw, first.batch) == ["UNDO-LATER-IMPORT"]
    assert stored_ages(liw) == ages(made)
    assert undo(liw, second.batch) == ["UNDO-DONE"]
    assert undo(liw, first.batch) == ["UNDO-DONE"]


@pytest.mark.parametrize("name", ["Ankieta (1).csv", "Ankieta.csv"])
def test_a_growing_copy_without_numbers_waits_for_a_decision(liw, name):
    made = make_survey(90)
    first = load(liw, first_rows(made, 60).form_csv(), name="Ankieta.csv")
    stopped = load(liw, made.form_csv(), name=name)
    assert stopped.batch is None
    [said] = [finding for finding in stopped.report if finding.code == "SURVEY-ROWS-OVERLAP"]
    assert (said.facts["count"], said.facts["batch"]) == (60, first.batch)
    assert stored_ages(liw) == ages(first_rows(made, 60))


def test_a_file_takes_the_place_of_an_earlier_one_and_gives_it_back(liw):
    made = make_survey(90)
    first = load(liw, first_rows(made, 60).form_csv())
    before = read_answers(liw)
    second = load(liw, made.form_csv(), replace(LIW, wave=None, replaces=first.batch), name="Poprawiona.csv")
    assert amounts(second) == (90, 90, 0, 0)
    assert "SURVEY-FILE-REPLACES" in codes(second)
    assert stored_ages(liw) == ages(made)
    with liw.read() as connection:
        newer, older = list_batches(connection, MACHINE)
    assert (newer.replaces, older.replaced_by, older.undo_until) == (first.batch, second.batch, None)
    assert undo(liw, first.batch) == ["UNDO-REPLACED"]
    assert undo(liw, second.batch) == ["UNDO-DONE"]
    assert read_answers(liw) == before
    with liw.read() as connection:
        assert next(batch for batch in list_batches(connection, MACHINE) if batch.uid == first.batch).undo_until


def test_both_files_count_when_somebody_says_so(liw):
    made = make_survey(90)
    load(liw, first_rows(made, 60).form_csv())
    both = load(liw, made.form_csv(), replace(LIW, keep_both=True))
    assert "SURVEY-KEPT-BESIDE" in codes(both)
    assert len(stored_ages(liw)) == 150


def test_another_file_of_the_same_name_waits_for_a_decision(liw):
    load(liw, make_survey(60, seed=1).form_csv())
    other = make_survey(60, seed=2).form_csv()
    assert "SURVEY-FILE-AGAIN" in codes(load(liw, other))
    assert load(liw, other, name="Kwiecień.csv").rows_stored == 60


def test_content_that_came_back_elsewhere_is_not_brought_back_twice(liw):
    made = make_survey(90)
    first = load(liw, first_rows(made, 60).form_csv())
    second = load(liw, made.form_csv(), replace(LIW, replaces=first.batch))
    again = load(liw, first_rows(made, 60).form_csv(), replace(LIW, wave="Inny pomiar"))
    assert undo(liw, second.batch) == ["UNDO-LATER-IMPORT"]
    assert undo(liw, again.batch) == ["UNDO-DONE"]
    assert undo(liw, second.batch) == ["UNDO-DONE"]


def test_an_import_of_another_measurement_cannot_be_replaced(liw):
    first = load(liw, make_survey(60, seed=1).form_csv())
    decisions = replace(LIW, wave="Inny pomiar", replaces=first.batch)
    with pytest.raises(FaultError) as refused:
        load(liw, make_survey(60, seed=2).form_csv(), decisions)
    assert codes(refused.value) == ["SURVEY-REPLACED-UNKNOWN"]


def test_of_rows_with_one_number_the_last_counts(liw):
    with liw.write() as connection:
        result = write_rows(connection, "liw", [("1", 0), ("2", 1), ("1", 2)])
    assert amounts(result) == (3, 2, 0, 1)
    assert codes(result) == ["SURVEY-ROWS-REPEATED"]
    assert read_answers(liw, WAVE)["brak"] == [frozenset({OPTIONS[1]}), frozenset({OPTIONS[2]})]


def test_the_number_of_a_response_is_not_kept_as_it_was(liw):
    load(liw, xlsx(make_survey(40)), name="Ankieta.xlsx")
    with liw.read() as connection:
        keys = connection.execute(select(s.response.c.source_key)).scalars().all()
    assert len(set(keys)) == 40
    assert {len(key) for key in keys} == {32}


def test_every_wave_names_the_files_its_figures_come_from(liw):
    made = make_survey(60)
    first = load(liw, xlsx(first_rows(made, 50)), name="Ankieta.xlsx")
    second = load(liw, xlsx(change_age(made, [0, 1])), name="Ankieta 2.xlsx")
    with liw.read() as connection:
        scope = resolve_scope(connection, MACHINE, sample=False)
        origins = read_survey_origins(connection, scope)
        rows = read_response_origins(connection, scope, "liw", "diagnoza-2026")
        nobody = read_response_origins(connection, Scope((), sample=False), "liw", "diagnoza-2026")
    assert origins[["batch", "file_name", "sheet", "rows"]].to_numpy().tolist() == [
        [first.batch, "Ankieta.xlsx", "Sheet1", 48],
        [second.batch, "Ankieta 2.xlsx", "Sheet1", 12],
    ]
    assert sorted(rows.loc[rows["batch"] == second.batch, "row"]) == [2, 3, *range(52, 62)]
    assert nobody.empty


def test_a_growing_copy_that_makes_a_measurement_of_its_own_is_remarked(liw):
    made = make_survey(90)
    load(liw, first_rows(made, 60).form_csv(), replace(LIW, wave="Marzec"))
    copy = load(liw, made.form_csv(), replace(LIW, wave="Kwiecień"))
    [said] = [finding for finding in copy.report if finding.code == "SURVEY-ROWS-ELSEWHERE"]
    assert (said.facts["wave"], said.facts["count"]) == ("Marzec", 60)
    assert copy.batch is not None
    other = load(liw, make_survey(90, seed=5).form_csv(), replace(LIW, wave="Maj"))
    assert "SURVEY-ROWS-ELSEWHERE" not in codes(other)
