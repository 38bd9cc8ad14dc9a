"""Meetings in the store: prepared, begun, voted, closed; who may; notes of two people at once."""

import pytest
from sqlalchemy import select

from etl.store.engine import Store
from etl.store.meeting_notes import read_notes, save_note
from etl.store.meeting_outcomes import (
    forget_names,
    keep_attendance,
    keep_decision,
    keep_task,
    read_attendance,
    read_outcomes,
    say_what_became,
)
from etl.store.meeting_projects import save_decisions
from etl.store.meeting_rows import find_by_token, list_rounds, read_meeting
from etl.store.meetings import begin_meeting, change_meeting, close_meeting, delete_meeting, prepare_meeting
from etl.store.register_reading import read_register
from etl.store.schema_meetings import vote_ballot, vote_code, vote_use
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from etl.store.vote_rounds import NewRound as New
from etl.store.vote_rounds import close_round, count_votes_cast, keep_hands, make_codes, open_round, read_ballots
from etl.store.vote_writing import VoteOutcome
from surveys.findings import FaultError
from surveys.model.meeting import Attendee, Decision, MeetingState, MeetingTask, TaskState, VoteAccess, VoteMethod
from tests.importing_surveys import add_partnership
from tests.made.meetings import MACHINE, NOW, cast, make_meeting, new_meeting, open_vote, places, read

PARTICIPANT = Actor("ewa", 1, frozenset({Grant(Role.PARTICIPANT, "liw")}))
COORDINATOR = Actor("anna", 2, frozenset({Grant(Role.COORDINATOR, "liw")}))
STRANGER = Actor("olek", 3, frozenset({Grant(Role.COORDINATOR, "pionki")}))


def fault(caught: pytest.ExceptionInfo[FaultError]) -> list[str]:
    return [finding.code for finding in caught.value.report]


def test_a_meeting_is_read_back_as_it_was_prepared(store: Store) -> None:
    uid, _ = make_meeting(store)
    found = read(store, uid)
    wanted = new_meeting(uid=uid, state=MeetingState.RUNNING)
    assert [(item.key, item.title) for item in found.meeting.items] == [(i.key, i.title) for i in wanted.items]
    assert (found.meeting.agenda, found.meeting.held_on) == (wanted.agenda, wanted.held_on)
    assert found.meeting.items[0].evidence["pl"] == "Wskazało 20 z 60 osób."


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"name": "  "}, "MEETING-NAME-EMPTY"),
        ({"titles": ()}, "MEETING-NO-ITEMS"),
        ({"titles": ["x"] * 41}, "MEETING-ITEMS-MANY"),
        ({"seats": 0}, "MEETING-SEATS"),
    ],
)
def test_a_meeting_that_lacks_something_is_not_kept(sqlite_store: Store, wanted: dict[str, object], code: str) -> None:
    add_partnership(sqlite_store)
    with pytest.raises(FaultError) as caught, sqlite_store.write() as connection:
        prepare_meeting(connection, MACHINE, new_meeting(**wanted), NOW)  # type: ignore[arg-type] # fields by name
    assert fault(caught) == [code]


def test_what_has_begun_cannot_be_changed_or_deleted(sqlite_store: Store) -> None:
    uid, _ = make_meeting(sqlite_store)
    for change in (
        lambda connection: change_meeting(connection, MACHINE, new_meeting(uid=uid), NOW),
        lambda connection: delete_meeting(connection, MACHINE, uid, NOW),
    ):
        with pytest.raises(FaultError) as caught, sqlite_store.write() as connection:
            change(connection)
        assert fault(caught) == ["MEETING-STATE"]
    with sqlite_store.write() as connection:
        begin_meeting(connection, MACHINE, uid, NOW)  # a second press goes on
        close_meeting(connection, MACHINE, uid, NOW)
    with pytest.raises(FaultError), sqlite_store.write() as connection:
        begin_meeting(connection, MACHINE, uid, NOW)


def test_only_a_coordinator_runs_meetings_and_strangers_see_none(sqlite_store: Store) -> None:
    uid, _ = make_meeting(sqlite_store)
    with sqlite_store.write() as connection:
        assert read_meeting(connection, PARTICIPANT, uid).meeting.name == "Przegląd diagnozy"
        with pytest.raises(ForbiddenError):
            read_meeting(connection, STRANGER, uid)
        for actor in (PARTICIPANT, STRANGER, Actor.anonymous("x"), Actor("b", 4, frozenset({Grant(Role.BORIS)}))):
            for attempt in (
                lambda actor=actor: close_meeting(connection, actor, uid, NOW),
                lambda actor=actor: save_note(connection, actor, uid, "point:0", "x", 0, NOW),
                lambda actor=actor: make_codes(connection, actor, uid, NOW),
                lambda actor=actor: open_round(connection, actor, uid, New(VoteMethod.DOTS, ("k0", "k1")), NOW),
                lambda actor=actor: keep_task(connection, actor, uid, MeetingTask("", "x", "y"), NOW),
                lambda actor=actor: keep_attendance(connection, actor, uid, (), NOW),
            ):
                with pytest.raises(ForbiddenError):
                    attempt()


def test_a_code_votes_once_a_round_and_never_elsewhere(store: Store) -> None:
    uid, codes = make_meeting(store)
    other, codes_of_other = make_meeting(store)
    first = open_vote(store, uid)
    ballot = places("k0", "k1")
    assert cast(store, uid, first, [(codes[0], ballot), (codes[0], places("k2")), (codes_of_other[0], ballot)]) == [
        VoteOutcome.STORED,
        VoteOutcome.ALREADY,
        VoteOutcome.UNKNOWN,
    ]
    assert cast(store, uid, first, [(codes[0].lower().replace("-", " "), ballot)]) == [VoteOutcome.ALREADY]
    with store.write() as connection:
        close_round(connection, MACHINE, uid, first, NOW)
    assert cast(store, uid, first, [(codes[1], ballot)]) == [VoteOutcome.LATE]
    second = open_vote(store, uid)
    assert cast(store, uid, second, [(codes[0], ballot)]) == [VoteOutcome.STORED]
    assert cast(store, other, second, [(codes_of_other[0], ballot)]) == [VoteOutcome.LATE]
    with store.read() as connection:
        assert count_votes_cast(connection, [first, second]) == {first: 1, second: 1}


def test_seats_vote_once_too(sqlite_store: Store) -> None:
    uid, _ = make_meeting(sqlite_store, access=VoteAccess.SEATS)
    round_uid = open_vote(sqlite_store, uid)
    ballot = places("k0")
    assert cast(sqlite_store, uid, round_uid, [(seat, ballot) for seat in ("1", "10", "01", "2")]) == [
        VoteOutcome.STORED,
        VoteOutcome.STORED,
        VoteOutcome.ALREADY,
        VoteOutcome.STORED,
    ]
    assert cast(sqlite_store, uid, round_uid, [(seat, ballot) for seat in ("0", "13", "x", "²")]) == []


def test_a_round_is_blind_until_it_is_closed(sqlite_store: Store) -> None:
    uid, codes = make_meeting(sqlite_store)
    round_uid = open_vote(sqlite_store, uid)
    cast(sqlite_store, uid, round_uid, [(codes[0], places("k1"))])
    meeting_id = read(sqlite_store, uid).id
    with sqlite_store.read() as connection, pytest.raises(PermissionError):
        read_ballots(connection, meeting_id, list_rounds(connection, meeting_id)[0])
    with sqlite_store.write() as connection:
        close_round(connection, MACHINE, uid, round_uid, NOW)
    with sqlite_store.read() as connection:
        (ballot,) = read_ballots(connection, meeting_id, list_rounds(connection, meeting_id)[0])
    assert ballot == places("k1")


def test_nothing_in_the_store_leads_from_a_code_to_a_ballot(sqlite_store: Store) -> None:
    uid, codes = make_meeting(sqlite_store)
    round_uid = open_vote(sqlite_store, uid)
    cast(sqlite_store, uid, round_uid, [(code, places("k1", sector="civic")) for code in codes])
    with sqlite_store.read() as connection:
        known = set(connection.execute(select(vote_code.c.code_hash)).scalars())
        used = list(connection.execute(select(vote_use.c.key_hash)).scalars())
        ballots = connection.execute(select(vote_ballot)).all()
    assert known.isdisjoint(used)
    assert used == sorted(used)
    assert {ballot.ballot_key for ballot in ballots}.isdisjoint(known | set(used))
    # The meeting did not want to know sectors, so what a phone says of one is not kept.
    assert {ballot.sector_code for ballot in ballots} == {""}


def test_one_vote_at_a_time_with_two_problems_at_least(sqlite_store: Store) -> None:
    uid, _ = make_meeting(sqlite_store)
    for items in (("k0",), ("k0", "k0"), ("k0", "foreign")):
        with pytest.raises(FaultError) as caught, sqlite_store.write() as connection:
            open_round(connection, MACHINE, uid, New(VoteMethod.DOTS, items), NOW)
        assert fault(caught) == ["VOTE-ITEMS"]
    open_vote(sqlite_store, uid)
    with pytest.raises(FaultError) as caught, sqlite_store.write() as connection:
        open_round(connection, MACHINE, uid, New(VoteMethod.DOTS, ("k0", "k1")), NOW)
    assert fault(caught) == ["VOTE-OPEN"]


def test_closing_a_meeting_closes_its_vote(sqlite_store: Store) -> None:
    uid, codes = make_meeting(sqlite_store)
    round_uid = open_vote(sqlite_store, uid)
    with sqlite_store.write() as connection:
        close_meeting(connection, MACHINE, uid, NOW)
    assert cast(sqlite_store, uid, round_uid, [(codes[0], places("k0"))]) == [VoteOutcome.LATE]


def test_a_show_of_hands_is_no_more_than_the_people_in_the_room(sqlite_store: Store) -> None:
    uid, _ = make_meeting(sqlite_store)
    round_uid = open_vote(sqlite_store, uid, VoteMethod.HANDS)
    with pytest.raises(FaultError) as caught, sqlite_store.write() as connection:
        keep_hands(connection, MACHINE, uid, round_uid, {"k0": 13}, 12)
    assert fault(caught) == ["VOTE-HANDS"]
    with sqlite_store.write() as connection:
        keep_hands(connection, MACHINE, uid, round_uid, {"k0": 9, "k1": 3}, 12)
    with sqlite_store.read() as connection:
        (one,) = list_rounds(connection, read(sqlite_store, uid).id)
    assert (dict(one.hands)["k0"], one.people) == (9, 12)


def test_two_people_who_type_at_once_lose_nothing(store: Store) -> None:
    uid, _ = make_meeting(store)
    with store.write() as connection:
        first = save_note(connection, MACHINE, uid, "item:k0", "Dojazd do lekarza", 0, NOW)
        hers = save_note(connection, MACHINE, uid, "item:k0", "Dojazd do lekarza\nBrak sąsiadów", first.number, NOW)
        his = save_note(connection, MACHINE, uid, "item:k0", "Dojazd do lekarza i apteki", first.number, NOW)
    assert (first.merged, hers.merged, his.merged) == (False, False, True)
    assert his.text == "Dojazd do lekarza i apteki\nBrak sąsiadów"
    with store.read() as connection:
        kept = read_notes(connection, read(store, uid).id)
    assert kept["item:k0"].text == his.text


def test_nobody_is_told_of_another_who_is_themselves(sqlite_store: Store) -> None:
    # The page saves as it is left; whoever comes back types on from the revision the page had begun from.
    uid, _ = make_meeting(sqlite_store)
    with sqlite_store.write() as connection:
        first = save_note(connection, MACHINE, uid, "item:k0", "Dojazd", 0, NOW)
        left = save_note(connection, MACHINE, uid, "item:k0", "Dojazd\nApteka", first.number, NOW)
        again = save_note(connection, MACHINE, uid, "item:k0", "Dojazd\nApteka", first.number, NOW)
        on = save_note(connection, MACHINE, uid, "item:k0", "Dojazd\nApteka\nLekarz", first.number, NOW)
    assert [note.merged for note in (left, again, on)] == [False, False, False]
    assert (on.text, on.number) == ("Dojazd\nApteka\nLekarz", left.number + 1)


def test_notes_stop_when_the_meeting_is_closed(sqlite_store: Store) -> None:
    uid, _ = make_meeting(sqlite_store)
    with sqlite_store.write() as connection:
        close_meeting(connection, MACHINE, uid, NOW)
    with pytest.raises(FaultError), sqlite_store.write() as connection:
        save_note(connection, MACHINE, uid, "point:0", "za późno", 0, NOW)


def test_names_of_those_present_are_for_the_coordinator_and_can_be_forgotten(sqlite_store: Store) -> None:
    uid, _ = make_meeting(sqlite_store)
    people = (Attendee("Anna Zych", "KGW Liw", "civic"), Attendee("", "Urząd Gminy", "public"), Attendee(" ", " ", ""))
    with sqlite_store.write() as connection:
        keep_attendance(connection, COORDINATOR, uid, people, NOW)
    with sqlite_store.read() as connection:
        found = read_meeting(connection, PARTICIPANT, uid)
        assert [one.name for one in read_attendance(connection, PARTICIPANT, found)] == ["", ""]
        assert read_attendance(connection, COORDINATOR, found) == people[:2]
    with sqlite_store.write() as connection:
        forget_names(connection, COORDINATOR, uid, NOW)
    with sqlite_store.read() as connection:
        assert [one.name for one in read_attendance(connection, COORDINATOR, found)] == ["", ""]


def test_a_problem_named_at_the_meeting_keeps_its_title_and_gets_a_code_that_is_certain(store: Store) -> None:
    uid, _ = make_meeting(store, titles=("Samotność seniorów", "Słonie na rynku"))
    with store.write() as connection:
        for key in ("k0", "k1"):
            keep_decision(connection, MACHINE, uid, Decision("", key, f"Projekt {key}"), NOW)
        save_decisions(connection, MACHINE, uid, NOW)
    with store.read() as connection:
        register = read_register(connection, "liw")
    assert register is not None
    assert [(one.name, one.code) for one in register.problems] == [
        ("Samotność seniorów", "P501"),
        ("Słonie na rynku", "PB99"),
    ]


def test_what_became_of_tasks_and_decisions_is_kept_with_them(store: Store) -> None:
    uid, _ = make_meeting(store)
    with store.write() as connection:
        task = keep_task(connection, MACHINE, uid, MeetingTask("", "Zapytać gminę", "Ola", item="k1"), NOW)
        decision = keep_decision(connection, MACHINE, uid, Decision("", "k1", "Świetlica", groups=("G02",)), NOW)
        close_meeting(connection, MACHINE, uid, NOW)
        say_what_became(connection, MACHINE, uid, task, TaskState.DONE, "Gmina się zgodziła", NOW)
    with store.read() as connection:
        outcomes = read_outcomes(connection, read(store, uid).id)
    assert [(one.uid, one.state, one.outcome) for one in outcomes.tasks] == [
        (task, TaskState.DONE, "Gmina się zgodziła")
    ]
    assert [(one.uid, one.groups, one.state) for one in outcomes.decisions] == [(decision, ("G02",), TaskState.OPEN)]


def test_a_prepared_meeting_has_no_public_address(sqlite_store: Store) -> None:
    add_partnership(sqlite_store)
    with sqlite_store.write() as connection:
        uid = prepare_meeting(connection, MACHINE, new_meeting(), NOW)
        token = read_meeting(connection, MACHINE, uid).token
        assert find_by_token(connection, token) is None
        begin_meeting(connection, MACHINE, uid, NOW)
        found = find_by_token(connection, token)
    assert found is not None
    assert found.uid == uid
