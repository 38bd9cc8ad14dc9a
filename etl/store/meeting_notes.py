"""Notes of a meeting, saved as they are typed: each saving is a revision, and two people at once lose nothing."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from etl.readers.characters import clean_text
from etl.store.meeting_rows import require_meeting
from etl.store.moments import write_moment
from etl.store.schema_meetings import meeting_note
from etl.store.scope import Actor
from surveys.model.meeting import MeetingState
from surveys.model.meeting_notes import merge_notes

LONGEST_NOTE = 20_000


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is now.

    Attributes:
        subject: what it is about: ``item:ab12cd``, ``point:0``.
        number: of the revision; 0 for one that nobody has written.
        merged: what somebody else wrote meanwhile was joined to it, so that it differs from what was typed.
    """

    subject: str
    number: int
    text: str
    merged: bool = False


def save_note(
    connection: Connection, actor: Actor, uid: str, subject: str, text: str, base: int, now: datetime
) -> Note:
    """Keep what somebody typed, and return what the note says now.

    Args:
        connection: writing connection.
        actor: runs the meeting.
        uid: of the meeting.
        subject: what the note is about.
        text: as typed, the whole note.
        base: revision that the person began from.
        now: this moment.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``MEETING-STATE``, the meeting does not run.
    """
    found = require_meeting(connection, actor, uid, MeetingState.RUNNING)
    typed = clean_text(text.replace("\r\n", "\n"))[:LONGEST_NOTE]
    current = _read(connection, found.id, subject, None)
    if typed == current.text:
        return replace(current, merged=False)
    merged = False
    if base != current.number:
        # Often it is one's own text: saved as the page was left, with nobody there to read the answer.
        began = _read(connection, found.id, subject, base)
        joined = merge_notes(began.text, current.text, typed)
        merged, typed = joined != typed, joined
        if typed == current.text:
            return replace(current, merged=merged)
    values = {
        "meeting_id": found.id,
        "subject": subject,
        "number": current.number + 1,
        "text": typed,
        "written_at": write_moment(now),
        "merged": merged,
    }
    connection.execute(insert(meeting_note).values(values))
    return Note(subject, current.number + 1, typed, merged)


def read_notes(connection: Connection, meeting_id: int) -> dict[str, Note]:
    """Return every note of a meeting as it is now, by its subject. Whoever shows them may see the meeting."""
    newest = (
        select(meeting_note.c.subject, func.max(meeting_note.c.number).label("number"))
        .where(meeting_note.c.meeting_id == meeting_id)
        .group_by(meeting_note.c.subject)
        .subquery()
    )
    rows = connection.execute(
        select(meeting_note)
        .join(newest, (newest.c.subject == meeting_note.c.subject) & (newest.c.number == meeting_note.c.number))
        .where(meeting_note.c.meeting_id == meeting_id)
    )
    return {row.subject: Note(row.subject, row.number, row.text, row.merged) for row in rows}


def _read(connection: Connection, meeting_id: int, subject: str, number: int | None) -> Note:
    question = select(meeting_note).where(meeting_note.c.meeting_id == meeting_id, meeting_note.c.subject == subject)
    if number is not None:
        question = question.where(meeting_note.c.number == number)
    row = connection.execute(question.order_by(meeting_note.c.number.desc()).limit(1)).one_or_none()
    return Note(subject, 0, "") if row is None else Note(subject, row.number, row.text, row.merged)
