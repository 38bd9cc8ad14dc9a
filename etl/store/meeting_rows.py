"""Meetings read back from their rows, and found by whoever may: the actor's right is asked here, once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, or_, select

from etl.store.register_changes import find_partnership
from etl.store.schema import partnership
from etl.store.schema_meetings import meeting as table
from etl.store.schema_meetings import meeting_item, meeting_point, vote_round
from etl.store.scope import Action, Actor, ForbiddenError
from surveys.findings import FaultError, Finding, Report
from surveys.model.meeting import (
    AgendaPoint,
    Meeting,
    MeetingItem,
    MeetingState,
    PointKind,
    VoteAccess,
    VoteMethod,
    VoteRound,
)


@dataclass(frozen=True, slots=True)
class StoredMeeting:
    """A meeting as the store has it.

    Attributes:
        id: row of the store.
        sample: its partnership is invented.
        token, short_token: in public addresses of its vote.
        screen: what the projector showed last.
        opened_at, closed_at: moments as the store writes them, ``None`` while they have not come.
    """

    id: int
    partnership_name: str
    sample: bool
    token: str
    short_token: str
    screen: int
    opened_at: str | None
    closed_at: str | None
    meeting: Meeting

    @property
    def uid(self) -> str:
        """Name in addresses."""
        return self.meeting.uid


def read_meeting(connection: Connection, actor: Actor, uid: str) -> StoredMeeting:
    """Return a meeting.

    Raises:
        ForbiddenError: the actor may not see it, or there is none.
    """
    row = connection.execute(_question().where(table.c.uid == uid)).one_or_none()
    if row is None or not may_see(actor, row.partnership, sample=row.sample):
        raise ForbiddenError("no such meeting for this actor")
    return _make(connection, row)


def list_meetings(connection: Connection, actor: Actor, partnership_ids: Sequence[int]) -> tuple[StoredMeeting, ...]:
    """Return the meetings of some partnerships, the latest first; those the actor may not see are left out."""
    rows = connection.execute(
        _question()
        .where(table.c.partnership_id.in_(list(partnership_ids)))
        .order_by(table.c.held_on.desc(), table.c.id.desc())
    ).all()
    return tuple(_make(connection, row) for row in rows if may_see(actor, row.partnership, sample=row.sample))


def list_closed(connection: Connection, partnership_ids: Sequence[int]) -> tuple[StoredMeeting, ...]:
    """Return the meetings of some partnerships that are over, the latest first. Whoever asks may see all of them."""
    rows = connection.execute(
        _question()
        .where(table.c.partnership_id.in_(list(partnership_ids)), table.c.state == MeetingState.CLOSED.value)
        .order_by(table.c.held_on.desc(), table.c.id.desc())
    ).all()
    return tuple(_make(connection, row) for row in rows)


def find_by_token(connection: Connection, token: str) -> StoredMeeting | None:
    """Return the meeting behind a public address; ``None`` for an unknown one and one that has not begun."""
    row = connection.execute(
        _question().where(
            or_(table.c.token == token, table.c.short_token == token), table.c.state != MeetingState.PREPARED.value
        )
    ).one_or_none()
    return None if row is None else _make(connection, row)


def require_meeting(
    connection: Connection, actor: Actor, uid: str, *states: MeetingState, lock: bool = True
) -> StoredMeeting:
    """Return a meeting that the actor runs, once everybody else who writes to its partnership has finished.

    Raises:
        ForbiddenError: the actor may not run it, or there is none.
        FaultError: ``MEETING-STATE``, it is in none of the states.
    """
    row = connection.execute(_question().where(table.c.uid == uid)).one_or_none()
    if row is None or not actor.may(Action.MEET, row.partnership):
        raise ForbiddenError("no such meeting for this actor")
    if lock:
        find_partnership(connection, row.partnership, lock=True)
        row = connection.execute(_question().where(table.c.uid == uid)).one()
    found = _make(connection, row)
    if states and found.meeting.state not in states:
        raise FaultError(Report((Finding("MEETING-STATE"),)))
    return found


def may_see(actor: Actor, slug: str, *, sample: bool) -> bool:
    """Return whether an actor sees the meetings of a partnership."""
    return actor.may(Action.SEE_PARTNERSHIP, slug) or (sample and actor.may(Action.SEE_SAMPLE))


def list_rounds(connection: Connection, meeting_id: int) -> tuple[VoteRound, ...]:
    """Return a meeting's rounds of voting, the first first."""
    rows = connection.execute(
        select(vote_round).where(vote_round.c.meeting_id == meeting_id).order_by(vote_round.c.number)
    )
    return tuple(make_round(row) for row in rows)


def make_round(row: Row[tuple[object, ...]]) -> VoteRound:
    """Return a row of ``vote_round`` as a value."""
    return VoteRound(
        uid=row.uid,
        number=row.number,
        method=VoteMethod(row.method),
        items=tuple(json.loads(row.items)),
        most=row.most,
        by_sector=row.by_sector,
        closed=row.closed,
        hands=json.loads(row.hands),
        people=row.people,
    )


def _question() -> Select[tuple[object, ...]]:
    return select(
        *table.c, partnership.c.slug.label("partnership"), partnership.c.name.label("partnership_name"),
        partnership.c.sample,
    ).join_from(table, partnership, partnership.c.id == table.c.partnership_id)  # fmt: skip


def _make(connection: Connection, row: Row[tuple[object, ...]]) -> StoredMeeting:
    items = connection.execute(
        select(meeting_item).where(meeting_item.c.meeting_id == row.id).order_by(meeting_item.c.position)
    )
    points = connection.execute(
        select(meeting_point).where(meeting_point.c.meeting_id == row.id).order_by(meeting_point.c.position)
    )
    return StoredMeeting(
        id=row.id,
        partnership_name=row.partnership_name,
        sample=row.sample,
        token=row.token,
        short_token=row.short_token,
        screen=row.screen,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        meeting=Meeting(
            uid=row.uid,
            partnership=row.partnership,
            name=row.name,
            held_on=row.held_on,
            starts_at=row.starts_at,
            place=row.place,
            diagnosis=row.diagnosis,
            state=MeetingState(row.state),
            method=VoteMethod(row.method),
            access=VoteAccess(row.access),
            seats=row.seats,
            by_sector=row.by_sector,
            items=tuple(map(_make_item, items)),
            agenda=tuple(AgendaPoint(PointKind(point.kind), point.title, point.minutes) for point in points),
        ),
    )


def _make_item(row: Row[tuple[object, ...]]) -> MeetingItem:
    return MeetingItem(
        key=row.item_key,
        title=row.title,
        problem=row.problem_uid,
        code=row.problem_code,
        evidence={"pl": row.evidence_pl, "en": row.evidence_en},
        done={"pl": row.done_pl, "en": row.done_en},
        share=row.share,
    )
