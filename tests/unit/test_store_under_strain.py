"""What the store promises when several write at once, or one is killed: nothing lost, nothing half, nothing twice."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from etl.sample.loading import load_sample
from etl.store import schema as s
from etl.store.batches import list_batches
from etl.store.engine import open_store
from etl.store.register_reading import has_partnerships, read_register
from etl.store.register_writing import write_register
from etl.store.schema_operations import import_batch, import_change
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.model import Register, Wave
from surveys.questionnaires import load_questionnaire
from tests.made.big_store import invent_answers
from tests.made.importing import MACHINE, import_register
from tests.made.registers import ENTITIES, add_partner, make_register

ROOT = Path(__file__).resolve().parents[2]


def test_the_same_file_from_two_people_at_once_is_one_batch(store):
    together = Barrier(2)

    def load(_person):
        together.wait()
        return import_register(store, make_register(), content="x")

    with ThreadPoolExecutor(2) as people:
        first, second = people.map(load, range(2))
    assert first.batch == second.batch
    assert {first.already_loaded, second.already_loaded} == {True, False}
    with store.read() as connection:
        assert len(connection.execute(select(import_batch)).all()) == 1
        assert len(connection.execute(select(import_change)).all()) == ENTITIES
        assert read_register(connection, "liw") == make_register()


def test_a_hundred_writers_at_once_lose_no_update(store):
    base = make_register()
    with store.write() as connection:
        write_register(connection, base, None)
    revision = store.data_revision()

    def write(number):
        one = replace(base.partners[0], uid=f"partner-{number}", name=f"Partner {number}")
        with store.write() as connection:
            current = read_register(connection, "liw")
            aims = replace(base.partnership, aims=current.partnership.aims)
            write_register(connection, Register(aims, partners=(one,)), None)

    with ThreadPoolExecutor(100) as writers:
        list(writers.map(write, range(100)))
    with store.read() as connection:
        found = {one.uid for one in read_register(connection, "liw").partners}
    assert found == {"urzad", "kgw", *(f"partner-{number}" for number in range(100))}
    assert store.data_revision() == revision + 100


def test_two_imports_of_different_files_into_a_new_partnership_both_arrive(store):
    together = Barrier(2)

    def load(uid):
        together.wait()
        return import_register(store, add_partner(make_register(), uid), file=uid)

    with ThreadPoolExecutor(2) as people:
        results = list(people.map(load, ["szkola", "parafia"]))
    assert all(result.batch for result in results)
    with store.read() as connection:
        assert {one.uid for one in read_register(connection, "liw").partners} == {"urzad", "kgw", "szkola", "parafia"}
        assert len(list_batches(connection, MACHINE)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX")
def test_a_load_that_is_killed_in_the_middle_leaves_nothing(store, store_url):
    script = Path(__file__).with_name("register_loading.py")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), store_url]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as loading:
        assert loading.stdout.readline() == "half\n"
        loading.kill()
    again = open_store(store_url)
    with again.read() as connection:
        assert not has_partnerships(connection)
    load_sample(again)
    with again.read() as connection:
        assert has_partnerships(connection)
    again.close()


def test_an_import_that_fails_in_the_middle_leaves_nothing(store):
    def fail(connection):
        write_register(connection, make_register(), None)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.write() as connection:
        fail(connection)
    with store.read() as connection:
        assert not has_partnerships(connection)
    assert store.data_revision() == 0


def test_a_row_without_its_owner_is_refused(store):
    names = {"uid": "x", "name": "x", "kind_code": "K101", "sector_code": "public"}
    orphan = insert(s.partner).values(partnership_id=999, founded_by_partnership=False, **names)
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(orphan)


def test_what_belongs_to_a_partnership_goes_with_it(store):
    import_register(store, make_register())
    with store.write() as connection:
        connection.execute(delete(s.partnership))
    with store.read() as connection:
        for table in (s.partner, s.membership, s.membership_role, s.project_funding, s.activity_problem, s.problem):
            assert connection.execute(select(table)).first() is None
        assert connection.execute(select(import_batch.c.partnership_id)).scalar_one() is None


def test_a_reader_cannot_write(sqlite_store):
    with pytest.raises(OperationalError, match="readonly"), sqlite_store.read() as connection:
        connection.execute(delete(s.partnership))


def test_two_first_surveys_at_once_share_one_shipped_questionnaire(store):
    slugs = ["liw", "rozan"]
    for slug in slugs:
        import_register(store, make_register(slug), file=slug)
    questionnaire = load_questionnaire("residents")
    survey = invent_answers(questionnaire, 20, np.random.default_rng(1))
    together = Barrier(2)

    def load(slug):
        wave = Wave(slug, "pomiar", "Pomiar", questionnaire.slug, questionnaire.version)
        together.wait()
        with store.write() as connection:
            return write_survey_batch(
                connection,
                actor=MACHINE,
                wave=wave,
                survey=survey,
                source="google_forms",
                file_name="ankieta.csv",
                content_hash="x",
                report=Report(),
                rows_read=20,
                rows_rejected=0,
            )

    with ThreadPoolExecutor(2) as people:
        results = list(people.map(load, slugs))
    assert all(result.batch for result in results)
    with store.read() as connection:
        assert len(connection.execute(select(s.questionnaire)).all()) == 1
        assert len(set(connection.execute(select(s.wave.c.questionnaire_id)).scalars())) == 1
