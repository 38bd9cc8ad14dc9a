"""What a meeting leaves: who was there, who does what by when, which priorities become projects."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from etl.readers.characters import clean_text
from etl.store.audit import Author, record_action
from etl.store.meeting_rows import StoredMeeting, require_meeting
from etl.store.schema_meetings import meeting_attendance, meeting_decision, meeting_task
from etl.store.schema_operations import import_batch
from etl.store.scope import Action, Actor
from surveys.findings import FaultError, Finding, Report
from surveys.model.meeting import Attendee, Decision, MeetingState, MeetingTask, TaskState

_GOING_ON = (MeetingState.PREPARED, MeetingState.RUNNING)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Tasks and decisions of a meeting, in the order they were written down."""

    tasks: tuple[MeetingTask, ...] = ()
    decisions: tuple[Decision, ...] = ()


def keep_attendance(connection: Connection, actor: Actor, uid: str, people: Sequence[Attendee], now: datetime) -> None:
    """Keep who signed the list, as a whole.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
    """
    found = require_meeting(connection, actor, uid)
    connection.execute(delete(meeting_attendance).where(meeting_attendance.c.meeting_id == found.id))
    rows = [
        {
            "meeting_id": found.id,
            "name": _tidy(one.name),
            "organisation": _tidy(one.organisation),
            "sector_code": one.sector,
        }
        for one in people
        if _tidy(one.name) or _tidy(one.organisation)
    ]
    if rows:
        connection.execute(insert(meeting_attendance), rows)
    facts: dict[str, str | int | None] = {"meeting": uid, "count": len(rows)}
    record_action(connection, Author(actor.name, now), "keep_attendance", _thing(found), facts)


def forget_names(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Delete the names of those who were there; organisations and sectors stay.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
    """
    found = require_meeting(connection, actor, uid)
    connection.execute(update(meeting_attendance).where(meeting_attendance.c.meeting_id == found.id).values(name=""))
    record_action(connection, Author(actor.name, now), "forget_attendance_names", _thing(found), {"meeting": uid})


def read_attendance(connection: Connection, actor: Actor, found: StoredMeeting) -> tuple[Attendee, ...]:
    """Return who was there; names only to whoever runs the partnership's meetings."""
    named = actor.may(Action.MEET, found.meeting.partnership)
    rows = connection.execute(
        select(meeting_attendance).where(meeting_attendance.c.meeting_id == found.id).order_by(meeting_attendance.c.id)
    )
    return tuple(Attendee(row.name if named else "", row.organisation, row.sector_code) for row in rows)


def keep_task(connection: Connection, actor: Actor, uid: str, task: MeetingTask, now: datetime) -> str:
    """Write a task down, or change the one of its uid; return the uid.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``TASK-EMPTY``.
    """
    found = require_meeting(connection, actor, uid)
    if not _tidy(task.what):
        raise FaultError(Report((Finding("TASK-EMPTY"),)))
    values = {
        "item_key": task.item,
        "what": _tidy(task.what),
        "who": _tidy(task.who),
        "due_on": task.due_on,
        "state": task.state.value,
        "outcome": _tidy(task.outcome),
    }
    mine = (meeting_task.c.meeting_id == found.id) & (meeting_task.c.uid == task.uid)
    if task.uid and connection.execute(update(meeting_task).where(mine).values(**values)).rowcount:
        return task.uid
    made = secrets.token_hex(6)
    connection.execute(insert(meeting_task).values(meeting_id=found.id, uid=made, **values))
    record_action(connection, Author(actor.name, now), "add_task", _thing(found), {"meeting": uid})
    return made


def delete_task(connection: Connection, actor: Actor, uid: str, task: str) -> None:
    """Strike a task out.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``, the meeting is closed.
    """
    found = require_meeting(connection, actor, uid, *_GOING_ON)
    connection.execute(
        delete(meeting_task).where((meeting_task.c.meeting_id == found.id) & (meeting_task.c.uid == task))
    )


def keep_decision(connection: Connection, actor: Actor, uid: str, decision: Decision, now: datetime) -> str:
    """Write a decision down, or change the one of its uid; return the uid.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``DECISION-EMPTY``; ``DECISION-ITEM``, its problem is not on the table; ``DECISION-STANDS``, it is
            in the register already.
    """
    found = require_meeting(connection, actor, uid)
    if not _tidy(decision.name):
        raise FaultError(Report((Finding("DECISION-EMPTY"),)))
    if found.meeting.find_item(decision.item) is None:
        raise FaultError(Report((Finding("DECISION-ITEM"),)))
    mine = (meeting_decision.c.meeting_id == found.id) & (meeting_decision.c.uid == decision.uid)
    known = connection.execute(_decisions().where(mine)).one_or_none()
    if known is not None and _stands(known):
        raise FaultError(Report((Finding("DECISION-STANDS"),)))
    values = {
        "item_key": decision.item,
        "name": _tidy(decision.name),
        "description": _tidy(decision.description),
        "lead_uid": decision.lead,
        "finance_lead_uid": decision.finance_lead,
        "partners": json.dumps(decision.partners),
        "target_groups": json.dumps(decision.groups),
        "project_uid": None,
        "batch_uid": None,
        "indicator": _tidy(decision.indicator),
        "measured_on": decision.measured_on,
        "state": decision.state.value,
        "outcome": _tidy(decision.outcome),
    }
    if known is not None:
        connection.execute(update(meeting_decision).where(mine).values(**values))
        return decision.uid
    made = secrets.token_hex(6)
    connection.execute(insert(meeting_decision).values(meeting_id=found.id, uid=made, **values))
    record_action(connection, Author(actor.name, now), "add_decision", _thing(found), {"meeting": uid})
    return made


def delete_decision(connection: Connection, actor: Actor, uid: str, decision: str) -> None:
    """Strike a decision out.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``DECISION-STANDS``, it is in the register already.
    """
    found = require_meeting(connection, actor, uid)
    mine = (meeting_decision.c.meeting_id == found.id) & (meeting_decision.c.uid == decision)
    known = connection.execute(_decisions().where(mine)).one_or_none()
    if known is not None and _stands(known):
        raise FaultError(Report((Finding("DECISION-STANDS"),)))
    connection.execute(delete(meeting_decision).where(mine))


def say_what_became(
    connection: Connection, actor: Actor, uid: str, thing: str, state: TaskState, outcome: str, now: datetime
) -> None:
    """Note at a later meeting what became of an earlier one's task or decision; what is known already is no news.

    Args:
        connection: writing connection.
        actor: runs meetings of the partnership.
        uid: of the meeting that left the task or decision.
        thing: uid of the task or decision.
        state: what it is now.
        outcome: in words.
        now: this moment.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
    """
    found = require_meeting(connection, actor, uid)
    values = {"state": state.value, "outcome": _tidy(outcome)}
    changed = 0
    for table in (meeting_task, meeting_decision):
        mine = (table.c.meeting_id == found.id) & (table.c.uid == thing)
        is_news = (table.c.state != values["state"]) | (table.c.outcome != values["outcome"])
        changed += connection.execute(update(table).where(mine & is_news).values(**values)).rowcount
    if changed:
        record_action(connection, Author(actor.name, now), "say_outcome", _thing(found), {"meeting": uid})


def read_outcomes(connection: Connection, meeting_id: int) -> Outcomes:
    """Return what a meeting leaves. Whoever shows it may see the meeting."""
    tasks = connection.execute(
        select(meeting_task).where(meeting_task.c.meeting_id == meeting_id).order_by(meeting_task.c.id)
    )
    decisions = connection.execute(
        _decisions().where(meeting_decision.c.meeting_id == meeting_id).order_by(meeting_decision.c.id)
    )
    return Outcomes(tuple(map(_make_task, tasks)), tuple(map(_make_decision, decisions)))


def _tidy(text: str) -> str:
    """Somebody's words without signs that nobody sees and no document can hold."""
    return clean_text(text).strip()


def _decisions() -> Select[tuple[object, ...]]:
    """Decisions with the state of the import that wrote them into the register."""
    return select(*meeting_decision.c, import_batch.c.state.label("batch_state")).outerjoin_from(
        meeting_decision, import_batch, import_batch.c.uid == meeting_decision.c.batch_uid
    )


def _stands(row: Row[tuple[object, ...]]) -> bool:
    """Whether a decision is in the register; an import that was undone took it out."""
    return row.project_uid is not None and row.batch_state == "loaded"


def _make_task(row: Row[tuple[object, ...]]) -> MeetingTask:
    return MeetingTask(row.uid, row.what, row.who, row.due_on, row.item_key, TaskState(row.state), row.outcome)


def _make_decision(row: Row[tuple[object, ...]]) -> Decision:
    return Decision(
        uid=row.uid,
        item=row.item_key,
        name=row.name,
        description=row.description,
        lead=row.lead_uid,
        partners=tuple(json.loads(row.partners)),
        groups=tuple(json.loads(row.target_groups)),
        indicator=row.indicator,
        measured_on=row.measured_on,
        project=row.project_uid if _stands(row) else None,
        batch=row.batch_uid if _stands(row) else None,
        state=TaskState(row.state),
        outcome=row.outcome,
        finance_lead=row.finance_lead_uid,
    )


def _thing(found: StoredMeeting) -> str:
    return f"partnership:{found.meeting.partnership}"
