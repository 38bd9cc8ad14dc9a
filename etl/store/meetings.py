"""Meetings as coordinators keep them: prepared, begun, closed; and what the projector showed last.

None of it changes a figure of the pages, so the data revision stays; decisions reach the register by
`etl.store.meeting_projects`.
"""

import secrets
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, update

from etl.readers.characters import clean_text
from etl.store.audit import Author, record_action
from etl.store.meeting_rows import StoredMeeting, require_meeting
from etl.store.moments import write_moment
from etl.store.register_changes import find_partnership
from etl.store.schema_meetings import meeting as table
from etl.store.schema_meetings import meeting_item, meeting_point, vote_round
from etl.store.scope import Action, Actor, ForbiddenError
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model.meeting import Meeting, MeetingItem, MeetingState

MOST_SEATS = 500
MOST_ITEMS = 40
_TOKEN_BYTES = 16
_SHORT_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_SHORT_LENGTH = 8


def make_key() -> str:
    """Return a new key of a problem on the table, which says nothing of its place on the list."""
    return secrets.token_hex(3)


def prepare_meeting(connection: Connection, actor: Actor, wanted: Meeting, now: datetime) -> str:
    """Keep a prepared meeting and return its uid; the one that ``wanted`` carries is not looked at.

    Raises:
        ForbiddenError: the actor may not run meetings there.
        FaultError: ``MEETING-NAME-EMPTY``, ``MEETING-NO-ITEMS``, ``MEETING-ITEMS-MANY``, ``MEETING-SEATS``.
    """
    actor.require(Action.MEET, wanted.partnership)
    partnership_id = find_partnership(connection, wanted.partnership, lock=True)
    if partnership_id is None:
        raise ForbiddenError("no such partnership for this actor")
    _judge(wanted)
    uid = secrets.token_hex(6)
    meeting_id = connection.execute(
        insert(table)
        .values(
            uid=uid,
            partnership_id=partnership_id,
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            short_token="".join(secrets.choice(_SHORT_ALPHABET) for _ in range(_SHORT_LENGTH)),
            state=MeetingState.PREPARED.value,
            made_by=actor.name,
            made_at=write_moment(now),
            **_values(wanted),
        )
        .returning(table.c.id)
    ).scalar_one()
    _write_lists(connection, meeting_id, wanted)
    _record(connection, actor, now, "prepare_meeting", wanted.partnership, uid)
    return uid


def change_meeting(connection: Connection, actor: Actor, wanted: Meeting, now: datetime) -> None:
    """Change a meeting that has not begun, as a whole.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: see `prepare_meeting`; ``MEETING-STATE``, it has begun.
    """
    found = require_meeting(connection, actor, wanted.uid, MeetingState.PREPARED)
    _judge(wanted)
    connection.execute(update(table).where(table.c.id == found.id).values(**_values(wanted)))
    for part in (meeting_item, meeting_point):
        connection.execute(delete(part).where(part.c.meeting_id == found.id))
    _write_lists(connection, found.id, wanted)
    _record(connection, actor, now, "change_meeting", found.meeting.partnership, found.uid)


def begin_meeting(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Begin a meeting; one that runs goes on.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``, it is closed.
    """
    found = require_meeting(connection, actor, uid, MeetingState.PREPARED, MeetingState.RUNNING)
    if found.meeting.state is MeetingState.RUNNING:
        return
    connection.execute(
        update(table)
        .where(table.c.id == found.id)
        .values(state=MeetingState.RUNNING.value, opened_at=write_moment(now), screen=0)
    )
    _record(connection, actor, now, "begin_meeting", found.meeting.partnership, uid)


def close_meeting(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Close a meeting; a vote that is open is closed with it.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``, it does not run.
    """
    found = require_meeting(connection, actor, uid, MeetingState.RUNNING)
    moment = write_moment(now)
    connection.execute(
        update(vote_round)
        .where(vote_round.c.meeting_id == found.id, ~vote_round.c.closed)
        .values(closed=True, closed_at=moment)
    )
    connection.execute(
        update(table).where(table.c.id == found.id).values(state=MeetingState.CLOSED.value, closed_at=moment)
    )
    _record(connection, actor, now, "close_meeting", found.meeting.partnership, uid)


def reopen_meeting(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Let a closed meeting go on: notes, tasks and decisions can be put right, and another round held.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``, it is not closed.
    """
    found = require_meeting(connection, actor, uid, MeetingState.CLOSED)
    connection.execute(
        update(table).where(table.c.id == found.id).values(state=MeetingState.RUNNING.value, closed_at=None)
    )
    _record(connection, actor, now, "reopen_meeting", found.meeting.partnership, uid)


def delete_meeting(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Delete a meeting that has not begun.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``.
    """
    found = require_meeting(connection, actor, uid, MeetingState.PREPARED)
    connection.execute(delete(table).where(table.c.id == found.id))
    _record(connection, actor, now, "delete_meeting", found.meeting.partnership, uid)


def keep_screen(connection: Connection, actor: Actor, uid: str, screen: int) -> None:
    """Remember what the projector shows, for after a reload or a crash.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
    """
    found = require_meeting(connection, actor, uid, lock=False)
    connection.execute(update(table).where(table.c.id == found.id).values(screen=screen))


def find_earlier(meetings: tuple[StoredMeeting, ...], found: StoredMeeting) -> StoredMeeting | None:
    """Return the closed meeting of the same partnership before this one, ``None`` when it is the first.

    Args:
        meetings: the latest first.
        found: the one that is prepared or runs.
    """
    earlier = [
        one
        for one in meetings
        if one.meeting.partnership == found.meeting.partnership
        and one.meeting.state is MeetingState.CLOSED
        and (one.meeting.held_on, one.id) < (found.meeting.held_on, found.id)
    ]
    return earlier[0] if earlier else None


def _judge(wanted: Meeting) -> None:
    findings = []
    if not clean_text(wanted.name).strip():
        findings.append(Finding("MEETING-NAME-EMPTY"))
    if not wanted.items:
        findings.append(Finding("MEETING-NO-ITEMS"))
    if len(wanted.items) > MOST_ITEMS:
        findings.append(Finding("MEETING-ITEMS-MANY", Place(), {"limit": MOST_ITEMS}))
    if not 1 <= wanted.seats <= MOST_SEATS:
        findings.append(Finding("MEETING-SEATS", Place(), {"limit": MOST_SEATS}))
    if findings:
        raise FaultError(Report(tuple(findings)))


def _values(wanted: Meeting) -> dict[str, str | int | bool | date | None]:
    return {
        "name": clean_text(wanted.name).strip(),
        "held_on": wanted.held_on,
        "starts_at": wanted.starts_at,
        "place": clean_text(wanted.place).strip(),
        "diagnosis": wanted.diagnosis,
        "method": wanted.method.value,
        "access": wanted.access.value,
        "seats": wanted.seats,
        "by_sector": wanted.by_sector,
    }


def _write_lists(connection: Connection, meeting_id: int, wanted: Meeting) -> None:
    connection.execute(
        insert(meeting_item), [_item_values(meeting_id, place, item) for place, item in enumerate(wanted.items)]
    )
    points = [
        {
            "meeting_id": meeting_id,
            "position": place,
            "kind": one.kind.value,
            "title": clean_text(one.title),
            "minutes": one.minutes,
        }
        for place, one in enumerate(wanted.agenda)
    ]
    if points:
        connection.execute(insert(meeting_point), points)


def _item_values(meeting_id: int, place: int, item: MeetingItem) -> dict[str, str | int | float | None]:
    return {
        "meeting_id": meeting_id,
        "item_key": item.key,
        "position": place,
        "title": clean_text(item.title).strip(),
        "problem_uid": item.problem,
        "problem_code": item.code,
        "evidence_pl": item.evidence.get("pl", ""),
        "evidence_en": item.evidence.get("en", ""),
        "done_pl": item.done.get("pl", ""),
        "done_en": item.done.get("en", ""),
        "share": item.share,
    }


def _record(connection: Connection, actor: Actor, now: datetime, action: str, partnership: str, uid: str) -> None:
    record_action(connection, Author(actor.name, now), action, f"partnership:{partnership}", {"meeting": uid})
