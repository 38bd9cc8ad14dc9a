"""Meetings of a partnership that have been held, as documents tell of them: within a scope, without anybody's name."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from etl.published_votes import MeetingVotes, read_votes
from etl.store.meeting_outcomes import Outcomes, read_outcomes
from etl.store.meeting_rows import list_closed
from etl.store.reading.scope import Scope
from etl.store.schema_meetings import meeting_attendance
from surveys.model.meeting import Meeting


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that is over.

    Attributes:
        votes: as they may be shown.
        sectors: how many were there of each sector, by code; ``""`` for those whose sector nobody wrote down.
    """

    meeting: Meeting
    votes: MeetingVotes
    outcomes: Outcomes
    sectors: Mapping[str, int]


def read_meetings_held(connection: Connection, scope: Scope) -> tuple[HeldMeeting, ...]:
    """Return the closed meetings of the partnerships in scope, the latest first."""
    held = []
    for found in list_closed(connection, scope.ids):
        counted = connection.execute(
            select(meeting_attendance.c.sector_code, func.count())
            .where(meeting_attendance.c.meeting_id == found.id)
            .group_by(meeting_attendance.c.sector_code)
        )
        sectors = {str(code): int(number) for code, number in counted}
        outcomes = read_outcomes(connection, found.id)
        held.append(HeldMeeting(found.meeting, read_votes(connection, found), outcomes, sectors))
    return tuple(held)
