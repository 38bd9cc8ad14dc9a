"""A measurement that was shown changes in steps of enough people: the newest answers wait, what was shown stays."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from etl.collecting.desk import Desk
from etl.store import schema as s
from etl.store.batches import undo_batch
from etl.store.collection_closing import close_overdue
from etl.store.collection_writing import Sending
from etl.store.collections import close_collection, read_collection, reopen_collection
from etl.store.counting import recount_wave
from etl.store.reading import read_frequency_sums, read_survey_counts, read_survey_origins, resolve_scope
from etl.store.sealing import hash_key
from etl.store.waiting import answers_wait
from tests.importing_surveys import MACHINE, add_partnership
from tests.made.coming_again import WAVE, write_rows
from tests.made.web_forms import fillable, make_open

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = date(2026, 11, 27)


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def rows(count, first=0, option=0):
    return [(str(number), option) for number in range(first, first + count)]


def add(store, more, **how):
    with store.write() as connection:
        return write_rows(connection, "liw", more, **how)


def undo(store, result):
    with store.write() as connection:
        assert not undo_batch(connection, MACHINE, result.batch, datetime(2026, 3, 2, tzinfo=UTC)).stops


def see(store, question="brak", wave=WAVE):
    """Base, people of each option that somebody chose, people asked; as pages count them, kept and anew."""
    with store.write() as connection:
        scope = resolve_scope(connection, MACHINE, sample=False)
        sums = read_frequency_sums(connection, scope, "liw", wave, question)
        kept = read_survey_counts(connection, scope)
        recount_wave(connection, connection.execute(select(s.wave.c.id).where(s.wave.c.slug == wave)).scalar_one())
        assert kept.choices.equals(read_survey_counts(connection, scope).choices)
    mine = kept.questions[(kept.questions["wave"] == wave) & (kept.questions["question"] == question)]
    assert mine["base"].tolist() == [sums.base.people[0]]
    asked = int(sums.base.people[0]) + sum(sums.missing.values())
    return int(sums.base.people[0]), [count for count in sums.chosen.people.tolist() if count], asked


def wait(store, wave=WAVE):
    with store.read() as connection:
        wave_id = connection.execute(select(s.wave.c.id).where(s.wave.c.slug == wave)).scalar_one()
        return answers_wait(connection, wave_id)


def said_to_wait(result):
    return "SURVEY-ANSWERS-WAIT" in {finding.code for finding in result.report}


def test_a_few_new_answers_wait_until_they_are_enough(liw):
    assert not said_to_wait(add(liw, rows(8)))
    assert not said_to_wait(add(liw, rows(4, 8), step=1))  # nothing was shown of eight people
    assert said_to_wait(add(liw, rows(6, 12, option=1), step=2))
    assert see(liw) == (12, [12], 12)
    assert wait(liw)
    with liw.read() as connection:
        origins = read_survey_origins(connection, resolve_scope(connection, MACHINE, sample=False))
    assert origins["rows"].tolist() == [8, 4]
    assert not said_to_wait(add(liw, rows(4, 18, option=2), step=3))
    assert see(liw) == (22, [12, 6, 4], 22)
    assert not wait(liw)


def test_a_file_with_a_few_rows_more_or_a_few_others_waits_as_a_whole(liw):
    first = add(liw, rows(40))
    newer = add(liw, [*rows(37), *rows(3, 37, option=1), *rows(5, 40)], replaces=first.batch, step=1)
    assert said_to_wait(newer)
    assert see(liw) == (40, [40], 40)
    undo(liw, newer)
    assert see(liw) == (40, [40], 40)
    assert not wait(liw)
    newer = add(liw, [*rows(30), *rows(12, 30, option=1)], replaces=first.batch, step=2)
    assert not said_to_wait(newer)
    assert see(liw) == (42, [30, 12], 42)


def test_corrections_of_a_few_wait_for_others(liw):
    add(liw, rows(40))
    assert said_to_wait(add(liw, rows(2, 0, option=3), step=1))
    assert see(liw) == (40, [40], 40)
    assert not said_to_wait(add(liw, rows(10, 40, option=1), step=2))
    assert see(liw) == (50, [38, 10, 2], 50)


def test_a_question_that_few_of_the_new_people_answered_keeps_its_figures(liw):
    add(liw, rows(20))
    assert said_to_wait(add(liw, [*rows(3, 20, option=1), *rows(12, 23, option=None)], step=1))
    assert see(liw, "plec") == (35, [20, 15], 35)
    assert see(liw) == (20, [20], 32), "the three whose answers wait are not among those who said nothing"
    assert wait(liw)
    assert said_to_wait(add(liw, [*rows(6, 35, option=2), *rows(9, 41, option=None)], step=2))
    assert see(liw) == (20, [20], 41)
    assert not said_to_wait(add(liw, rows(10, 50, option=3), step=3))
    assert see(liw) == (39, [20, 3, 6, 10], 60)


def test_who_is_taken_back_is_gone_at_once_and_not_to_be_had_by_subtracting(liw):
    add(liw, rows(30))
    few = add(liw, rows(4, 30, option=1), step=1)
    add(liw, rows(8, 34, option=2), step=2)
    assert see(liw) == (42, [30, 4, 8], 42)
    undo(liw, few)
    base, _, _ = see(liw)
    assert base <= 42 - 10
    assert see(liw)[1][0] == 30, "the oldest stay"
    assert wait(liw)
    add(liw, rows(10, 50), step=3)
    assert see(liw) == (48, [40, 8], 48)


def test_an_import_that_waited_is_taken_back_without_a_trace(liw):
    add(liw, rows(15))
    few = add(liw, rows(3, 15, option=1), step=1)
    undo(liw, few)
    assert see(liw) == (15, [15], 15)
    assert not wait(liw)
    everything = add(liw, rows(12, 30, option=2), step=2)
    undo(liw, everything)
    assert see(liw) == (15, [15], 15)


def send(store, uid, first, count, room="good"):
    with store.read() as connection:
        number = read_collection(connection, MACHINE, uid)[0].id
    for one in range(first, first + count):
        answers = {"visits_it": "yes", "rate_room": room}
        Desk(store, lambda: NOON).send(number, fillable(), Sending(hash_key(str(one)), answers, DAY))


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_link_opened_again_adds_its_answers_when_it_closes_and_they_are_enough(liw, by_itself):
    uid, _ = make_open(liw)
    wave = "swietlica-2026"

    def change(what, *arguments):
        with liw.write() as connection:
            what(connection, MACHINE, uid, *arguments)

    def close():
        if not by_itself:
            change(close_collection, NOON)
            return
        with liw.write() as connection:
            assert close_overdue(connection, date(2100, 1, 1)) == 1

    send(liw, uid, 0, 12)
    close()
    change(reopen_collection, date(2026, 12, 24), NOON)
    send(liw, uid, 12, 4, room="bad")
    close()
    assert see(liw, "rate_room", wave) == (12, [12], 12)
    assert wait(liw, wave)
    change(reopen_collection, date(2026, 12, 24), NOON)
    change(reopen_collection, date(2026, 12, 25), NOON)
    send(liw, uid, 16, 7, room="bad")
    close()
    assert see(liw, "rate_room", wave) == (23, [11, 12], 23)
    assert not wait(liw, wave)


def test_a_link_opened_again_stays_unseen_after_its_last_day_until_it_is_closed(liw):
    uid, _ = make_open(liw)
    send(liw, uid, 0, 12)
    with liw.write() as connection:
        close_collection(connection, MACHINE, uid, NOON)
        reopen_collection(connection, MACHINE, uid, date(2026, 11, 27), NOON)
    send(liw, uid, 12, 1)

    def shown():
        with liw.read() as connection:
            return list(read_survey_counts(connection, resolve_scope(connection, MACHINE, sample=False)).waves["wave"])

    assert shown() == []
    with liw.write() as connection:
        assert close_overdue(connection, date(2026, 11, 29)) == 1
    assert shown() == ["swietlica-2026"]
    assert see(liw, "rate_room", "swietlica-2026")[0] == 12


def test_the_command_line_says_that_answers_wait(liw, diagnoza, monkeypatch):
    monkeypatch.setenv("DIAGNOZA_DATABASE_URL", liw.url.render_as_string(hide_password=False))
    add(liw, rows(12))
    asked = ("tabulate", "--partnership", "liw", "--wave", "Pomiar", "--question", "brak", "--json")
    assert diagnoza(*asked).json["waiting"] is False
    add(liw, rows(3, 12), step=1)
    ran = diagnoza(*asked)
    assert ran.json["waiting"] is True
    assert ran.json["rows"][0]["base"] == 12
