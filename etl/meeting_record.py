"""All there is of one meeting, read at one moment, for its minutes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from etl.published_votes import MeetingVotes, read_votes
from etl.store.meeting_notes import Note, read_notes
from etl.store.meeting_outcomes import Outcomes, read_attendance, read_outcomes
from etl.store.meeting_rows import StoredMeeting, list_meetings, read_meeting
from etl.store.meetings import find_earlier
from etl.store.register_changes import find_partnership
from etl.store.register_reading import read_register_by_id
from etl.store.scope import Actor
from surveys.model.meeting import Attendee, Meeting


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One meeting as the store has it.

    Attributes:
        people: who signed the list; without names for whoever may not see them.
        notes: by subject.
        earlier: the meeting before, ``None`` when this is the first; left: what it left.
        partners: names by uid.
    """

    found: StoredMeeting
    people: tuple[Attendee, ...]
    votes: MeetingVotes
    outcomes: Outcomes
    notes: Mapping[str, Note]
    earlier: Meeting | None
    left: Outcomes
    partners: Mapping[str, str]

    @property
    def sectors(self) -> dict[str, int]:
        """How many were there of each sector, by code; ``""`` for those whose sector nobody wrote down."""
        return dict(Counter(one.sector for one in self.people))


def read_record(connection: Connection, actor: Actor, uid: str) -> MeetingRecord:
    """Return everything of a meeting that the actor may see.

    Raises:
        ForbiddenError: the actor may not see it, or there is none.
    """
    found = read_meeting(connection, actor, uid)
    number = find_partnership(connection, found.meeting.partnership) or 0
    earlier = find_earlier(list_meetings(connection, actor, [number]), found)
    register, _ = read_register_by_id(connection, number)
    return MeetingRecord(
        found=found,
        people=read_attendance(connection, actor, found),
        votes=read_votes(connection, found),
        outcomes=read_outcomes(connection, found.id),
        notes=read_notes(connection, found.id),
        earlier=None if earlier is None else earlier.meeting,
        left=Outcomes() if earlier is None else read_outcomes(connection, earlier.id),
        partners={partner.uid: partner.name for partner in register.partners},
    )
