"""Rounds of voting as whoever runs a meeting holds them: opened, closed, counted; and the codes to vote with.

A round is blind until it is closed: before, nobody reads a ballot, and how many have voted is told without how.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from etl.store.audit import Author, record_action
from etl.store.collection_codes import draw_codes, hash_code
from etl.store.meeting_rows import StoredMeeting, list_rounds, make_round, require_meeting
from etl.store.moments import write_moment
from etl.store.schema_meetings import vote_ballot, vote_code, vote_round
from etl.store.scope import Actor
from surveys.analysis.ballot_checks import DEFAULT_MOST
from surveys.findings import FaultError, Finding, Report
from surveys.model.meeting import Ballot, MeetingState, VoteAccess, VoteMethod, VoteRound


@dataclass(frozen=True, slots=True)
class NewRound:
    """What whoever runs a meeting wants of a round: problems by key, at least two; 0 is the method's usual number."""

    method: VoteMethod
    items: tuple[str, ...]
    most: int = 0
    by_sector: bool = False


def open_round(connection: Connection, actor: Actor, uid: str, wanted: NewRound, now: datetime) -> str:
    """Open a round and return its uid.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``; ``VOTE-OPEN``, another is open; ``VOTE-ITEMS``, fewer than two problems or
            foreign ones; ``VOTE-NO-CODES``, there is nothing to vote with.
    """
    found = require_meeting(connection, actor, uid, MeetingState.RUNNING)
    known = {item.key for item in found.meeting.items}
    rounds = list_rounds(connection, found.id)
    if any(not one.closed for one in rounds):
        raise FaultError(Report((Finding("VOTE-OPEN"),)))
    items = tuple(dict.fromkeys(wanted.items))
    if len(items) < 2 or not set(items) <= known:
        raise FaultError(Report((Finding("VOTE-ITEMS"),)))
    by_codes = found.meeting.access is VoteAccess.CODES and wanted.method is not VoteMethod.HANDS
    if by_codes and not count_codes(connection, found.id):
        raise FaultError(Report((Finding("VOTE-NO-CODES"),)))
    usual = DEFAULT_MOST.get(wanted.method, 0)
    most = min(wanted.most or usual, len(items)) if wanted.method is VoteMethod.NOMINAL else wanted.most or usual
    made = secrets.token_hex(6)
    connection.execute(
        insert(vote_round).values(
            meeting_id=found.id,
            uid=made,
            number=len(rounds) + 1,
            method=wanted.method.value,
            items=json.dumps(items),
            most=most,
            by_sector=wanted.by_sector and wanted.method is not VoteMethod.HANDS,
            closed=False,
            hands="{}",
            opened_at=write_moment(now),
        )
    )
    _record(connection, actor, now, "open_vote", found, made)
    return made


def close_round(connection: Connection, actor: Actor, uid: str, round_uid: str, now: datetime) -> None:
    """Close a round: whoever comes later is told that they are late, and the result is shown.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting or round.
    """
    found = require_meeting(connection, actor, uid)
    connection.execute(
        update(vote_round)
        .where(vote_round.c.meeting_id == found.id, vote_round.c.uid == round_uid, ~vote_round.c.closed)
        .values(closed=True, closed_at=write_moment(now))
    )
    _record(connection, actor, now, "close_vote", found, round_uid)


def keep_hands(
    connection: Connection, actor: Actor, uid: str, round_uid: str, hands: Mapping[str, int], people: int
) -> None:
    """Keep what was counted of a show of hands.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``VOTE-CLOSED``; ``VOTE-HANDS``, more hands for one problem than people in the room.
    """
    found = require_meeting(connection, actor, uid, MeetingState.RUNNING)
    one = find_round(connection, found.id, round_uid)
    if one is None or one.closed or one.method is not VoteMethod.HANDS:
        raise FaultError(Report((Finding("VOTE-CLOSED"),)))
    counted = {key: hands.get(key, 0) for key in one.items}
    if people < 1 or any(not 0 <= count <= people for count in counted.values()):
        raise FaultError(Report((Finding("VOTE-HANDS"),)))
    connection.execute(
        update(vote_round).where(vote_round.c.uid == round_uid).values(hands=json.dumps(counted), people=people)
    )


def make_codes(connection: Connection, actor: Actor, uid: str, now: datetime) -> tuple[str, ...]:
    """Make a code for every seat and return them; they can be printed now and never again.

    Before a meeting new codes take the place of those made earlier; while it runs they come on top.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``, it is closed or wants no codes.
    """
    found = require_meeting(connection, actor, uid, MeetingState.PREPARED, MeetingState.RUNNING)
    if found.meeting.access is not VoteAccess.CODES:
        raise FaultError(Report((Finding("MEETING-STATE"),)))
    if found.meeting.state is MeetingState.PREPARED:
        connection.execute(vote_code.delete().where(vote_code.c.meeting_id == found.id))
    codes = draw_codes(found.meeting.seats)
    hashes = sorted(hash_code(found.uid, code) for code in codes)
    connection.execute(insert(vote_code), [{"meeting_id": found.id, "code_hash": one} for one in hashes])
    facts: dict[str, str | int | None] = {"meeting": uid, "count": len(codes)}
    record_action(
        connection, Author(actor.name, now), "make_vote_codes", f"partnership:{found.meeting.partnership}", facts
    )
    return codes


def count_codes(connection: Connection, meeting_id: int) -> int:
    """Return how many codes there are to vote with."""
    return connection.execute(
        select(func.count()).select_from(vote_code).where(vote_code.c.meeting_id == meeting_id)
    ).scalar_one()


def find_round(connection: Connection, meeting_id: int, round_uid: str) -> VoteRound | None:
    """Return a round of a meeting, ``None`` when it has no such."""
    row = connection.execute(
        select(vote_round).where(vote_round.c.meeting_id == meeting_id, vote_round.c.uid == round_uid)
    ).one_or_none()
    return None if row is None else make_round(row)


def find_open_round(connection: Connection, meeting_id: int) -> VoteRound | None:
    """Return the round that people can vote in now."""
    row = connection.execute(
        select(vote_round).where(vote_round.c.meeting_id == meeting_id, ~vote_round.c.closed)
    ).one_or_none()
    return None if row is None else make_round(row)


def count_votes_cast(connection: Connection, round_uids: Sequence[str]) -> dict[str, int]:
    """Return how many have voted, without how, by round."""
    rows = connection.execute(
        select(vote_round.c.uid, func.count(vote_ballot.c.ballot_key))
        .join_from(vote_round, vote_ballot, vote_ballot.c.round_id == vote_round.c.id)
        .where(vote_round.c.uid.in_(list(round_uids)))
        .group_by(vote_round.c.uid)
    )
    counts = {row[0]: row[1] for row in rows}
    return {uid: counts.get(uid, 0) for uid in round_uids}


def read_ballots(connection: Connection, meeting_id: int, one: VoteRound) -> tuple[Ballot, ...]:
    """Return the ballots of a closed round, in the order of their random keys.

    Raises:
        PermissionError: the round is open, and blind.
    """
    if not one.closed:
        raise PermissionError("a round is blind until it is closed")
    rows = connection.execute(
        select(vote_ballot.c.marks, vote_ballot.c.sector_code)
        .join_from(vote_ballot, vote_round, vote_round.c.id == vote_ballot.c.round_id)
        .where(vote_round.c.meeting_id == meeting_id, vote_round.c.uid == one.uid, vote_round.c.closed)
        .order_by(vote_ballot.c.ballot_key)
    )
    return tuple(
        Ballot({key: tuple(marks) for key, marks in json.loads(row.marks).items()}, row.sector_code) for row in rows
    )


def _record(
    connection: Connection, actor: Actor, now: datetime, action: str, found: StoredMeeting, round_uid: str
) -> None:
    facts: dict[str, str | int | None] = {"meeting": found.uid, "round": round_uid}
    record_action(connection, Author(actor.name, now), action, f"partnership:{found.meeting.partnership}", facts)
