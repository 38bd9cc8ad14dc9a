"""Votes into the store: many at once, each exactly once, and nothing that joins a vote with a person.

Two rows are written for a vote, in the same transaction: that this code (or seat) has voted in this round, and the
ballot under a key drawn by chance. Neither holds the moment, and neither leads to the other.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from etl.store.audit import Author, record_action
from etl.store.collection_codes import hash_code
from etl.store.meeting_rows import require_meeting
from etl.store.register_changes import find_partnership
from etl.store.schema import partnership
from etl.store.schema_meetings import meeting, vote_ballot, vote_code, vote_round, vote_use
from etl.store.scope import Actor
from surveys.model.meeting import Ballot, Meeting, MeetingState, VoteAccess

_MOST_DIGITS = 3


class VoteOutcome(StrEnum):
    """What became of a vote."""

    STORED = "stored"
    ALREADY = "already"  # this code or seat has voted in this round
    LATE = "late"  # the round is closed, or gone
    UNKNOWN = "unknown"  # no such code or seat at this meeting


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that somebody cast.

    Attributes:
        round_uid: the round it was cast in.
        code_hash: of the code as the meeting knows it, ``None`` where a known seat votes.
        use_hash: of the code or seat, hashed with the round.
        ballot: checked against the round.
        ballot_key: under which the ballot is kept; ``""``: one drawn by chance that nobody ever hears of.
    """

    round_uid: str
    code_hash: str | None
    use_hash: str
    ballot: Ballot
    ballot_key: str = ""


def make_vote(found: Meeting, round_uid: str, typed: str, ballot: Ballot) -> Vote | None:
    """Return a vote with what was typed to vote with, ``None`` for a seat that there is not."""
    if found.access is VoteAccess.CODES:
        return Vote(round_uid, hash_code(found.uid, typed), hash_code(round_uid, typed), ballot)
    seat = typed.strip()
    if not (seat.isascii() and seat.isdecimal() and len(seat) <= _MOST_DIGITS and 1 <= int(seat) <= found.seats):
        return None
    return Vote(round_uid, None, hash_code(round_uid, f"SEAT {_spell(int(seat))}"), ballot)


def write_votes(connection: Connection, meeting_id: int, votes: Sequence[Vote]) -> list[VoteOutcome]:
    """Store votes of one meeting, and return what became of each.

    Args:
        connection: writing connection; all of them are kept with its commit, or none.
        meeting_id: row of the meeting.
        votes: in the order in which they came.
    """
    _lock(connection, meeting_id)
    open_rounds = {
        row.uid: (row.id, row.by_sector)
        for row in connection.execute(
            select(vote_round.c.uid, vote_round.c.id, vote_round.c.by_sector).where(
                vote_round.c.meeting_id == meeting_id, ~vote_round.c.closed
            )
        )
    }
    known = _read_known(connection, meeting_id, votes)
    used = _read_used(connection, [row_id for row_id, _ in open_rounds.values()], votes)
    outcomes: list[VoteOutcome] = []
    uses: list[dict[str, object]] = []
    ballots: list[dict[str, object]] = []
    for vote in votes:
        row_id, by_sector = open_rounds.get(vote.round_uid, (0, False))
        if not row_id:
            outcomes.append(VoteOutcome.LATE)
        elif vote.code_hash is not None and vote.code_hash not in known:
            outcomes.append(VoteOutcome.UNKNOWN)
        elif (row_id, vote.use_hash) in used:
            outcomes.append(VoteOutcome.ALREADY)
        else:
            outcomes.append(VoteOutcome.STORED)
            used.add((row_id, vote.use_hash))
            uses.append({"round_id": row_id, "key_hash": vote.use_hash})
            ballots.append(
                {
                    "round_id": row_id,
                    "ballot_key": vote.ballot_key or make_ballot_key(),
                    "marks": json.dumps({key: list(marks) for key, marks in sorted(vote.ballot.marks.items())}),
                    "sector_code": vote.ballot.sector if by_sector else "",
                }
            )
    if uses:
        # In the order of their keys, which tells nothing of the order in which they came.
        connection.execute(insert(vote_use), sorted(uses, key=lambda one: str(one["key_hash"])))
        connection.execute(insert(vote_ballot), sorted(ballots, key=lambda one: str(one["ballot_key"])))
    return outcomes


def make_ballot_key() -> str:
    """Return a key of a ballot, drawn by chance."""
    return secrets.token_hex(8)


def take_back_vote(connection: Connection, actor: Actor, uid: str, vote: Vote, now: datetime) -> bool:
    """Take a vote out of an open round, unseen, so that its code or seat can vote again; the log keeps that it was.

    Args:
        connection: writing connection.
        actor: runs the meeting.
        uid: of the meeting.
        vote: with the key of its ballot; what stands on it is not looked at.
        now: this moment.

    Returns:
        Whether it was there; nothing is changed otherwise.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``, the meeting does not run.
    """
    found = require_meeting(connection, actor, uid, MeetingState.RUNNING)
    row_id = connection.execute(
        select(vote_round.c.id).where(
            vote_round.c.meeting_id == found.id, vote_round.c.uid == vote.round_uid, ~vote_round.c.closed
        )
    ).scalar()
    mine = (vote_ballot.c.round_id == row_id) & (vote_ballot.c.ballot_key == vote.ballot_key)
    if row_id is None or not connection.execute(delete(vote_ballot).where(mine)).rowcount:
        return False
    connection.execute(delete(vote_use).where(vote_use.c.round_id == row_id, vote_use.c.key_hash == vote.use_hash))
    facts: dict[str, str | int | None] = {"meeting": uid, "round": vote.round_uid}
    record_action(
        connection, Author(actor.name, now), "take_back_ballot", f"partnership:{found.meeting.partnership}", facts
    )
    return True


def has_voted(connection: Connection, meeting_id: int, vote: Vote) -> bool:
    """Return whether a code or seat has voted in a round, open or closed."""
    found = connection.execute(
        select(vote_use.c.key_hash)
        .join_from(vote_use, vote_round, vote_round.c.id == vote_use.c.round_id)
        .where(
            vote_round.c.meeting_id == meeting_id,
            vote_round.c.uid == vote.round_uid,
            vote_use.c.key_hash == vote.use_hash,
        )
    )
    return found.first() is not None


def _lock(connection: Connection, meeting_id: int) -> None:
    """Wait until everybody else who writes to the partnership has finished: a vote may be closing just now."""
    slug = connection.execute(
        select(partnership.c.slug)
        .join_from(meeting, partnership, partnership.c.id == meeting.c.partnership_id)
        .where(meeting.c.id == meeting_id)
    ).scalar()
    find_partnership(connection, slug or "", lock=True)


def _read_known(connection: Connection, meeting_id: int, votes: Sequence[Vote]) -> set[str]:
    hashes = sorted({vote.code_hash for vote in votes if vote.code_hash is not None})
    if not hashes:
        return set()
    rows = connection.execute(
        select(vote_code.c.code_hash).where(vote_code.c.meeting_id == meeting_id, vote_code.c.code_hash.in_(hashes))
    )
    return set(rows.scalars())


def _read_used(connection: Connection, rounds: Sequence[int], votes: Sequence[Vote]) -> set[tuple[int, str]]:
    if not rounds:
        return set()
    rows = connection.execute(
        select(vote_use.c.round_id, vote_use.c.key_hash).where(
            vote_use.c.round_id.in_(rounds), vote_use.c.key_hash.in_(sorted({vote.use_hash for vote in votes}))
        )
    )
    return {(row.round_id, row.key_hash) for row in rows}


def _spell(number: int) -> str:
    """A number in letters of the codes' alphabet, which leaves out some digits: 10 and 1 must differ."""
    return "".join("ABCDEFGHJK"[int(digit)] for digit in str(number))
