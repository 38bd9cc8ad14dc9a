"""A meeting about invented problems, ready to begin, and people who vote."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from etl.store.engine import Store
from etl.store.meeting_rows import StoredMeeting, read_meeting
from etl.store.meetings import begin_meeting, prepare_meeting
from etl.store.scope import Actor
from etl.store.vote_rounds import NewRound, make_codes, open_round
from etl.store.vote_writing import VoteOutcome, make_vote, write_votes
from surveys.model.meeting import AgendaPoint, Ballot, Meeting, MeetingItem, PointKind, VoteMethod
from tests.importing_surveys import add_partnership

MACHINE = Actor.at_machine()
NOW = datetime(2026, 11, 27, 17, tzinfo=UTC)
TITLES = (
    "Samotność seniorów",
    "Brak świetlicy",
    "Dziurawe drogi",
    "Mało autobusów",
    "Dzikie wysypiska",
)
AGENDA = (
    AgendaPoint(PointKind.OPENING, "Powitanie", 5),
    AgendaPoint(PointKind.REVIEW, "Co z ustaleń", 10),
    AgendaPoint(PointKind.PROBLEMS, "Problemy", 40),
    AgendaPoint(PointKind.VOTE, "Głosowanie", 15),
    AgendaPoint(PointKind.DECISIONS, "Decyzje", 15),
    AgendaPoint(PointKind.CLOSING, "Podsumowanie", 5),
)


def new_meeting(titles: Sequence[str] = TITLES, **wanted: object) -> Meeting:
    """Return a meeting as a coordinator prepares it; problems have the keys ``k0``, ``k1`` …"""
    items = tuple(
        MeetingItem(f"k{place}", title, evidence={"pl": f"Wskazało {20 + place} z 60 osób.", "en": "Said."})
        for place, title in enumerate(titles)
    )
    made = Meeting(
        uid="",
        partnership="liw",
        name="Przegląd diagnozy",
        held_on=date(2026, 11, 27),
        starts_at="18:00",
        place="Remiza w Liwie",
        seats=12,
        items=items,
        agenda=AGENDA,
    )
    return replace(made, **wanted)  # type: ignore[arg-type] # fields by name


def make_meeting(store: Store, titles: Sequence[str] = TITLES, **wanted: object) -> tuple[str, tuple[str, ...]]:
    """Begin a meeting of the partnership "liw", which is made where it is not there; return its uid and codes."""
    with store.read() as connection:
        has_partnership = connection.exec_driver_sql("SELECT 1 FROM partnership WHERE slug = 'liw'").first()
    if has_partnership is None:
        add_partnership(store)
    meeting = new_meeting(titles, **wanted)
    with store.write() as connection:
        uid = prepare_meeting(connection, MACHINE, meeting, NOW)
        codes = make_codes(connection, MACHINE, uid, NOW) if meeting.access == "codes" else ()
        begin_meeting(connection, MACHINE, uid, NOW)
    return uid, codes


def open_vote(store: Store, uid: str, method: VoteMethod = VoteMethod.NOMINAL, **wanted: object) -> str:
    """Open a round about all problems of a meeting."""
    found = read(store, uid)
    items = tuple(item.key for item in found.meeting.items)
    with store.write() as connection:
        return open_round(connection, MACHINE, uid, replace(NewRound(method, items), **wanted), NOW)  # type: ignore[arg-type] # fields by name


def read(store: Store, uid: str) -> StoredMeeting:
    """Return a meeting."""
    with store.read() as connection:
        return read_meeting(connection, MACHINE, uid)


def cast(store: Store, uid: str, round_uid: str, votes: Sequence[tuple[str, Ballot]]) -> list[VoteOutcome]:
    """Cast votes: what is typed to vote with, and the ballot."""
    found = read(store, uid)
    made = [make_vote(found.meeting, round_uid, typed, ballot) for typed, ballot in votes]
    with store.write(changes_data=False) as connection:
        return write_votes(connection, found.id, [vote for vote in made if vote is not None])


def places(*keys: str, sector: str = "") -> Ballot:
    """Return a ballot that ranks problems, the most important first."""
    return Ballot({key: (place,) for place, key in enumerate(keys, 1)}, sector)
