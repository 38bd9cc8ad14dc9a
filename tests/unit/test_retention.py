"""Single answers go on the day people were promised, by somebody's hand; counts stay, and the log says so."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from etl.store import schema as s
from etl.store import schema_results as results
from etl.store.audit import list_actions
from etl.store.batches import list_batches, undo_batch
from etl.store.collection_codes import hash_code
from etl.store.collection_writing import Sending, write_sendings
from etl.store.collections import close_collection, read_collection, reopen_collection
from etl.store.engine import Store
from etl.store.package_plan import Level, plan_tables
from etl.store.reading import Scope, read_survey_counts, resolve_scope
from etl.store.reading.number_counts import read_number_counts, read_place_counts
from etl.store.retention import Deleted, delete_answers, find_deletion, list_due
from etl.store.schema import METADATA
from etl.store.schema_collections import collection_code, collection_draft, collection_sending
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from etl.store.sealing import hash_key
from surveys.filling import Answers
from surveys.findings import FaultError
from tests.importing_surveys import MACHINE, add_partnership
from tests.made.web_forms import NOTICE, fillable, make_open

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
LAST, DAY = date(2026, 11, 20), date(2026, 11, 28)
WAVE = "swietlica-2026"
WORDS = "Ławki nad Liwcem, proszę"
ROWS = (
    s.response, s.answer, s.open_answer, s.superseded_response, s.superseded_answer, s.superseded_open_answer,
    results.response_weight, results.reviewed_text, results.weighting, collection_code, collection_draft,
    collection_sending,
)  # fmt: skip


@pytest.fixture
def closed(store: Store) -> str:
    """A closed survey that thirty people answered, whose answers were to be deleted today; its uid."""
    add_partnership(store)
    uid, codes = make_open(store, closes_on=LAST, notice=replace(NOTICE, data_until=DAY), codes=40)
    with store.read() as connection:
        found = read_collection(connection, MACHINE, uid)[0]
    sendings = []
    for number in range(30):
        answers: Answers = {
            "visits_it": "yes" if number % 3 else "no",
            "how_often": float(number % 5),
            "order": ("tea", "books") if number % 2 else ("games", "tea", "books"),
            "gender": "f" if number % 4 else "m",
            "remarks": f"{WORDS} {number}",
        }
        if not number % 3:
            del answers["how_often"]

        sendings.append(Sending(hash_key(str(number)), answers, LAST, hash_code(uid, codes[number])))
    with store.write() as connection:
        write_sendings(connection, found.id, fillable(), sendings, NOON)
        close_collection(connection, MACHINE, uid, NOON)
    return uid


def scope(store: Store) -> Scope:
    with store.read() as connection:
        return resolve_scope(connection, MACHINE, sample=False)


def rows_in(store: Store, tables: Iterable[Table]) -> dict[str, int]:
    with store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        }


def delete(store: Store, uid: str, *, actor: Actor = MACHINE, today: date = DAY) -> Deleted:
    with store.write() as connection:
        return delete_answers(connection, actor, uid, today, NOON)


def shown(store: Store) -> list[object]:
    """Every figure of the measurement that pages show without asking single answers."""
    with store.read() as connection:
        counts = read_survey_counts(connection, scope(store))
        numbers = read_number_counts(connection, scope(store), "liw", WAVE, "how_often")
        places = read_place_counts(connection, scope(store), "liw", WAVE, "order")
    return [
        counts.waves.astype(str).values.tolist(), counts.questions.astype(str).values.tolist(),
        counts.choices.astype(str).values.tolist(), numbers.values.tolist(), numbers.people.tolist(),
        places.options, places.places.tolist(), places.base,
    ]  # fmt: skip


def test_what_is_due_is_named_from_the_promised_day_on(store: Store, closed: str) -> None:
    with store.read() as connection:
        assert list_due(connection, MACHINE, DAY - timedelta(days=1)) == ()
        (due,) = list_due(connection, MACHINE, DAY)
        assert (due.uid, due.name, due.until, due.people) == (closed, "Świetlica 2026", DAY, 30)
        assert list_due(connection, Actor("eve", 9, frozenset({Grant(Role.COORDINATOR, "rozan")})), DAY) == ()


def test_answers_go_and_every_counted_figure_stays(store: Store, closed: str) -> None:
    before = shown(store)
    assert delete(store, closed) == Deleted(30, 30)
    assert set(rows_in(store, ROWS).values()) == {0}
    assert shown(store) == before
    with store.read() as connection:
        assert list_due(connection, MACHINE, DAY) == ()
        (line,) = [each for each in list_actions(connection) if each.action == "delete_answers"]
    assert (line.facts["responses"], line.facts["promised"]) == (30, DAY.isoformat())
    assert WORDS not in str(line)


def test_nobodys_words_are_left_in_the_file(store: Store, closed: str) -> None:
    if store.url.database is None or not store.url.drivername.startswith("sqlite"):
        pytest.skip("a file only SQLite has")
    file = Path(store.url.database)
    assert WORDS.encode() in file.read_bytes()
    delete(store, closed)
    assert WORDS.encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("today", "opened", "code"),
    [(DAY - timedelta(days=1), False, "RETENTION-EARLY"), (DAY, True, "RETENTION-OPEN")],
)
def test_not_before_its_day_and_not_while_people_answer(
    store: Store, closed: str, today: date, opened: bool, code: str
) -> None:
    if opened:
        with store.write() as connection:
            reopen_collection(connection, MACHINE, closed, DAY, NOON)
    with pytest.raises(FaultError) as refused:
        delete(store, closed, today=today)
    assert [finding.code for finding in refused.value.report] == [code]
    assert rows_in(store, [s.response]) == {"response": 30}


def test_only_who_collects_answers_there_may(store: Store, closed: str) -> None:
    for role, partnership in ((Role.PARTICIPANT, "liw"), (Role.COORDINATOR, "rozan"), (Role.ADMINISTRATOR, None)):
        with pytest.raises(ForbiddenError):
            delete(store, closed, actor=Actor("eve", 9, frozenset({Grant(role, partnership)})))
    assert rows_in(store, [s.response]) == {"response": 30}


def test_afterwards_nothing_is_added_undone_opened_or_deleted_again(store: Store, closed: str) -> None:
    delete(store, closed)
    with store.write() as connection:
        (batch,) = list_batches(connection, MACHINE)
        report = undo_batch(connection, MACHINE, batch.uid, NOON)
        assert [finding.code for finding in report] == ["UNDO-ANSWERS-DELETED"]
        wave_id = connection.execute(select(s.wave.c.id)).scalar_one()
        assert find_deletion(connection, wave_id) == DAY
    for again, code in (
        (lambda c: reopen_collection(c, MACHINE, closed, DAY, NOON), "RETENTION-NO-MORE"),
        (lambda c: delete_answers(c, MACHINE, closed, DAY, NOON), "RETENTION-DONE"),
    ):
        with pytest.raises(FaultError) as refused, store.write() as connection:
            again(connection)
        assert [finding.code for finding in refused.value.report] == [code]
    assert shown(store)[0][0][0] == "liw"


def test_no_table_of_single_answers_is_forgotten() -> None:
    plan_tables(Level.FULL)  # knows every table, whoever else has imported it or not
    single = {table.name for table in METADATA.tables.values() if "response_no" in table.c}
    assert single <= {table.name for table in ROWS}
