"""Sent forms in the store: each exactly once, counted with the others, and nothing that leads to a person."""

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from etl.collecting.desk import Desk
from etl.store import schema as s
from etl.store.batches import list_batches, undo_batch
from etl.store.collection_codes import hash_code
from etl.store.collection_drafts import DRAFT_DAYS, delete_old_drafts, make_draft, read_draft
from etl.store.collection_rows import Collection, Standing
from etl.store.collection_writing import Outcome, Sending
from etl.store.collections import (
    close_collection,
    read_collection,
    reopen_collection,
)
from etl.store.counting import recount_wave
from etl.store.engine import Store
from etl.store.reading import read_survey_counts, resolve_scope
from etl.store.schema_collections import collection_code, collection_draft, collection_sending
from etl.store.sealing import hash_key
from surveys.filling import Answers, other_key
from tests.importing_surveys import MACHINE, add_partnership, count_rows, read_answers
from tests.made.web_forms import fillable, make_open

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = date(2026, 11, 27)
WAVE = "swietlica-2026"
FORM = fillable()

VISITOR: Answers = {
    "visits_it": "yes",
    "how_often": 4.0,
    "rate_room": "good",
    "rate_hours": "unsure",
    "order": ("tea", "books"),
    "last_visit": "2026-11-02",
    "remarks": "Proszę dzwonić: 501 502 503",
    "gender": "f",
}
STRANGER: Answers = {"visits_it": "no", "why_not": ("far", "other"), other_key("why_not"): "bo zimno", "gender": "m"}


@pytest.fixture
def liw(store: Store) -> Store:
    add_partnership(store)
    return store


def desk(store: Store) -> Desk:
    return Desk(store, lambda: NOON)


def find(store: Store, uid: str) -> Collection:
    with store.read() as connection:
        return read_collection(connection, MACHINE, uid)[0]


def send(store: Store, uid: str, answers: Answers, key: str, *, day: date = DAY, code: str | None = None) -> Outcome:
    sending = Sending(hash_key(key), answers, day, None if code is None else hash_code(uid, code))
    return desk(store).send(find(store, uid).id, FORM, sending)


def change(store: Store, what: Any, *arguments: Any) -> Any:
    with store.write() as connection:
        return what(connection, MACHINE, *arguments)


def counts(store: Store) -> list[Any]:
    with store.read() as connection:
        return sorted(map(tuple, connection.execute(select(s.choice_count))))


def test_what_was_sent_is_what_is_stored(liw: Store) -> None:
    uid, _ = make_open(liw)
    assert send(liw, uid, VISITOR, "a") is Outcome.STORED
    assert send(liw, uid, STRANGER, "b") is Outcome.STORED
    found = read_answers(liw, WAVE)
    assert found["Czy bywa Pan/Pani w świetlicy?"] == [{"Tak"}, {"Nie"}]
    assert found["Ile razy w miesiącu?"] == [4.0, None]
    assert found["Co przeszkadza?"] == [None, {"Za daleko", "bo zimno"}]
    assert found["Jak ocenia Pan/Pani? [Godziny]"] == [{"Trudno powiedzieć"}, None]
    assert found["Uwagi"] == ["Proszę dzwonić: [usunięto dane osobowe]", None]
    assert find(liw, uid).answers_count == 2


def test_counts_grow_as_if_the_wave_were_counted_anew(liw: Store) -> None:
    uid, _ = make_open(liw)
    people = [VISITOR, STRANGER, {**VISITOR, "gender": "m"}, {"visits_it": "unsure"}, {}]
    for number, answers in enumerate(people):
        send(liw, uid, answers, str(number))
    grown = counts(liw)
    with liw.write() as connection:
        recount_wave(connection, connection.execute(select(s.wave.c.id)).scalar_one())
    assert counts(liw) == grown


def test_the_same_form_is_stored_once(liw: Store) -> None:
    uid, _ = make_open(liw)
    assert send(liw, uid, VISITOR, "a") is Outcome.STORED
    before = count_rows(liw)
    assert send(liw, uid, STRANGER, "a") is Outcome.ALREADY
    assert count_rows(liw) == before


def test_two_hundred_at_once_are_all_stored_and_each_once(liw: Store) -> None:
    uid, _ = make_open(liw)
    number, shared = find(liw, uid).id, desk(liw)
    outcomes: list[Outcome] = []

    def press(key: str) -> None:
        outcomes.append(shared.send(number, FORM, Sending(hash_key(key), VISITOR, DAY)))

    threads = [threading.Thread(target=press, args=(str(place % 100),)) for place in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.ALREADY] * 100 + [Outcome.STORED] * 100
    with liw.read() as connection:
        numbers = list(
            connection.execute(select(s.response.c.response_no).order_by(s.response.c.response_no)).scalars()
        )
    assert numbers == list(range(1, 101))


def test_one_broken_form_fails_nobody_elses(liw: Store) -> None:
    uid, _ = make_open(liw)
    number, shared = find(liw, uid).id, desk(liw)
    said: dict[str, object] = {}

    def press(key: str, answers: Answers) -> None:
        try:
            said[key] = shared.send(number, FORM, Sending(hash_key(key), answers, DAY))
        except KeyError:
            said[key] = "broken"

    broken: Answers = {"visits_it": "no such option"}
    threads = [threading.Thread(target=press, args=(str(n), broken if n == 3 else VISITOR)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {str(n): "broken" if n == 3 else Outcome.STORED for n in range(8)}
    assert find(liw, uid).answers_count == 7


def test_a_store_that_is_gone_is_so_for_everybody_at_once(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add_partnership(sqlite_store)
    uid, _ = make_open(sqlite_store)
    number, shared = find(sqlite_store, uid).id, desk(sqlite_store)
    tries = 0

    def locked(*_arguments: Any) -> None:
        nonlocal tries
        tries += 1
        raise OperationalError("", None, Exception("locked"))

    monkeypatch.setattr("etl.collecting.desk.write_sendings", locked)
    failed: list[str] = []

    def press(key: str) -> None:
        try:
            shared.send(number, FORM, Sending(hash_key(key), VISITOR, DAY))
        except OperationalError:
            failed.append(key)

    with shared._commits._turn:  # held, so that all of them wait together
        threads = [threading.Thread(target=press, args=(str(place),)) for place in range(20)]
        for thread in threads:
            thread.start()
        while len(shared._commits._queue) < 20:
            threading.Event().wait(0.01)
    for thread in threads:
        thread.join()
    assert (len(failed), tries) == (20, 1)


def test_a_code_is_good_once(liw: Store) -> None:
    uid, (first, second) = make_open(liw, codes=2)
    assert send(liw, uid, VISITOR, "a") is Outcome.CODE_UNKNOWN
    assert send(liw, uid, VISITOR, "b", code="AAAAA-AAAAA") is Outcome.CODE_UNKNOWN
    assert send(liw, uid, VISITOR, "c", code=first.lower().replace("-", " ")) is Outcome.STORED
    assert send(liw, uid, VISITOR, "d", code=first) is Outcome.CODE_USED
    assert send(liw, uid, VISITOR, "c", code=first) is Outcome.ALREADY
    assert send(liw, uid, VISITOR, "e", code=second) is Outcome.STORED
    assert find(liw, uid).answers_count == 2


def test_codes_are_kept_as_hashes_without_a_moment(liw: Store) -> None:
    uid, codes = make_open(liw, codes=3)
    assert {column.name for column in collection_code.c} == {"collection_id", "code_hash", "used"}
    with liw.read() as connection:
        kept = set(connection.execute(select(collection_code.c.code_hash)).scalars())
    assert kept == {hash_code(uid, code) for code in codes}
    assert not kept & set(codes)


def test_a_quota_holds_also_among_those_who_come_at_once(liw: Store) -> None:
    uid, _ = make_open(liw, quota=3)
    number, shared = find(liw, uid).id, desk(liw)
    outcomes: list[Outcome] = []
    threads = [
        threading.Thread(
            target=lambda key: outcomes.append(shared.send(number, FORM, Sending(hash_key(key), VISITOR, DAY))),
            args=(str(place),),
        )
        for place in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.FULL] * 7 + [Outcome.STORED] * 3
    assert find(liw, uid).standing(DAY) is Standing.FULL


def test_before_opening_and_after_closing_nothing_is_stored(liw: Store) -> None:
    uid, _ = make_open(liw, opens_on=date(2026, 11, 10), closes_on=date(2026, 11, 30))
    assert send(liw, uid, VISITOR, "a", day=date(2026, 11, 9)) is Outcome.NOT_YET
    assert send(liw, uid, VISITOR, "b", day=date(2026, 12, 1)) is Outcome.CLOSED
    assert send(liw, uid, VISITOR, "c", day=date(2026, 11, 30)) is Outcome.STORED
    change(liw, close_collection, uid, NOON)
    assert send(liw, uid, VISITOR, "d") is Outcome.CLOSED
    assert send(liw, uid, VISITOR, "c") is Outcome.ALREADY
    change(liw, reopen_collection, uid, date(2026, 12, 24), NOON)
    assert send(liw, uid, VISITOR, "d") is Outcome.STORED
    assert find(liw, uid).answers_count == 2


def test_a_measurement_is_shown_when_its_link_has_closed(liw: Store) -> None:
    uid, _ = make_open(liw)
    for number in range(12):
        send(liw, uid, VISITOR, str(number))

    def shown() -> list[str]:
        with liw.read() as connection:
            return list(read_survey_counts(connection, resolve_scope(connection, MACHINE, sample=False)).waves["wave"])

    assert shown() == []
    revision = liw.data_revision()
    change(liw, close_collection, uid, NOON)
    assert shown() == [WAVE]
    assert liw.data_revision() > revision


def test_answers_are_one_import_that_can_be_undone(liw: Store) -> None:
    uid, _ = make_open(liw)
    send(liw, uid, VISITOR, "a")
    send(liw, uid, STRANGER, "b", day=date(2026, 11, 28))
    with liw.read() as connection:
        (batch,) = list_batches(connection, MACHINE)
    assert (batch.source, batch.file_name, batch.rows_read, batch.rows_stored) == ("own_form", "Świetlica 2026", 2, 2)
    assert batch.made_at == datetime(2026, 11, 28, tzinfo=UTC), "a moment would tell when the last person answered"
    with liw.write() as connection:
        undo_batch(connection, MACHINE, batch.uid, NOON)
    assert send(liw, uid, VISITOR, "c") is Outcome.CLOSED
    with liw.read() as connection:
        assert connection.execute(select(func.count()).select_from(s.answer)).scalar_one() == 0
    change(liw, reopen_collection, uid, date(2026, 12, 24), NOON)
    assert send(liw, uid, VISITOR, "c") is Outcome.STORED
    assert find(liw, uid).answers_count == 1


def test_nothing_stored_leads_from_a_form_to_its_answers(liw: Store) -> None:
    uid, (code, *_) = make_open(liw, codes=3)
    send(liw, uid, VISITOR, "key-of-the-browser", code=code)
    kept = {column.name for table in (s.response, collection_sending, collection_code) for column in table.c}
    assert not {name for name in kept if name.endswith("_at") or "address" in name or "agent" in name}
    with liw.read() as connection:
        for table in (s.response, collection_sending, collection_code, collection_draft):
            for row in connection.execute(select(table)):
                assert "key-of-the-browser" not in str(row)


def test_a_draft_is_read_by_its_key_only_and_gone_once_sent(liw: Store) -> None:
    uid, _ = make_open(liw)
    number = find(liw, uid).id
    desk(liw).keep(number, make_draft('{"remarks": "tajne"}', "key", DAY))
    desk(liw).keep(number, make_draft('{"remarks": "tajne i pewne"}', "key", DAY))
    with liw.read() as connection:
        assert read_draft(connection, number, "key") == '{"remarks": "tajne i pewne"}'
        assert read_draft(connection, number, "other") is None
        assert read_draft(connection, number + 1, "key") is None
        assert b"tajne" not in connection.execute(select(collection_draft.c.content)).scalar_one()
    send(liw, uid, VISITOR, "key")
    desk(liw).keep(number, make_draft('{"remarks": "po fakcie"}', "key", DAY))
    with liw.read() as connection:
        assert read_draft(connection, number, "key") is None


def test_drafts_end_after_some_days_and_when_the_link_closes(liw: Store) -> None:
    uid, _ = make_open(liw)
    number = find(liw, uid).id
    desk(liw).keep(number, make_draft("{}", "old", date(2026, 11, 27 - DRAFT_DAYS - 1)))
    desk(liw).keep(number, make_draft("{}", "new", DAY))
    with liw.write() as connection:
        delete_old_drafts(connection, DAY)
        assert (read_draft(connection, number, "old"), read_draft(connection, number, "new")) == (None, "{}")
    change(liw, close_collection, uid, NOON)
    with liw.read() as connection:
        assert read_draft(connection, number, "new") is None


def test_a_dropped_partnership_takes_its_links_along(liw: Store) -> None:
    uid, _ = make_open(liw, codes=2)
    desk(liw).keep(find(liw, uid).id, make_draft("{}", "key", DAY))
    with liw.write() as connection:
        connection.execute(text("DELETE FROM partnership"))
        for table in (collection_code, collection_draft, collection_sending):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
