"""What a meeting's pages write, the projector's and the one that prepares it.

Every function takes the actor of this very request; faults come as findings.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from dashboard.access.premises import Premises
from etl.faults import explain_fault
from etl.store import meeting_outcomes, meetings, vote_rounds
from etl.store.meeting_notes import Note, save_note
from etl.store.meeting_projects import save_decisions
from etl.store.scope import Actor
from surveys.findings import Report
from surveys.model.meeting import Attendee, Decision, Meeting, MeetingTask, TaskState

_logger = logging.getLogger(__name__)


class MeetingWriter:
    """Writes for one person at one meeting.

    Args:
        premises: the open store and its clock.
        actor: whoever runs the meeting.
        uid: of the meeting.
    """

    def __init__(self, premises: Premises, actor: Actor, uid: str) -> None:
        self._premises, self._actor, self._uid = premises, actor, uid

    def prepare(self, wanted: Meeting) -> Report:
        """Keep a prepared meeting."""
        now = self._premises.clock()
        return self._write(lambda to: meetings.prepare_meeting(to, self._actor, wanted, now))

    def change(self, wanted: Meeting) -> Report:
        """Change a meeting that has not begun."""
        now = self._premises.clock()
        return self._write(lambda to: meetings.change_meeting(to, self._actor, wanted, now))

    def delete(self) -> Report:
        """Delete a meeting that has not begun."""
        now = self._premises.clock()
        return self._write(lambda to: meetings.delete_meeting(to, self._actor, self._uid, now))

    def reopen(self) -> Report:
        """Let a closed meeting go on."""
        now = self._premises.clock()
        return self._write(lambda to: meetings.reopen_meeting(to, self._actor, self._uid, now))

    def codes(self) -> tuple[tuple[str, ...], Report]:
        """Make a code for every seat, and return them, the only time that anybody can see them."""
        made: list[tuple[str, ...]] = []
        now = self._premises.clock()
        report = self._write(lambda to: made.append(vote_rounds.make_codes(to, self._actor, self._uid, now)))
        return (made[0] if made else ()), report

    def attendance(self, people: Sequence[Attendee]) -> Report:
        """Keep who signed the list."""
        now = self._premises.clock()
        return self._write(lambda to: meeting_outcomes.keep_attendance(to, self._actor, self._uid, people, now))

    def forget_names(self) -> Report:
        """Delete the names of those who were there."""
        now = self._premises.clock()
        return self._write(lambda to: meeting_outcomes.forget_names(to, self._actor, self._uid, now))

    def decisions_to_register(self) -> Report:
        """Write the decisions into the register as projects."""
        now = self._premises.clock()
        return self._write(lambda to: save_decisions(to, self._actor, self._uid, now), changes_data=True)

    def keep_screen(self, screen: int) -> None:
        """Remember what the projector shows; a screen that can't be kept is no reason not to show it."""
        self._write(lambda connection: meetings.keep_screen(connection, self._actor, self._uid, screen))

    def begin(self) -> Report:
        """Begin the meeting."""
        return self._write(lambda to: meetings.begin_meeting(to, self._actor, self._uid, self._premises.clock()))

    def close(self) -> Report:
        """Close the meeting."""
        return self._write(lambda to: meetings.close_meeting(to, self._actor, self._uid, self._premises.clock()))

    def note(self, subject: str, text: str, base: int) -> tuple[Note | None, Report]:
        """Keep a note; what it says now is ``None`` when it was not kept."""
        kept: list[Note] = []
        now = self._premises.clock()
        report = self._write(lambda to: kept.append(save_note(to, self._actor, self._uid, subject, text, base, now)))
        return (kept[0] if kept else None), report

    def task(self, task: MeetingTask) -> Report:
        """Keep a task."""
        now = self._premises.clock()
        return self._write(lambda to: meeting_outcomes.keep_task(to, self._actor, self._uid, task, now))

    def strike_task(self, task: str) -> Report:
        """Strike a task out."""
        return self._write(lambda to: meeting_outcomes.delete_task(to, self._actor, self._uid, task))

    def decision(self, decision: Decision) -> Report:
        """Keep a decision."""
        now = self._premises.clock()
        return self._write(lambda to: meeting_outcomes.keep_decision(to, self._actor, self._uid, decision, now))

    def strike_decision(self, decision: str) -> Report:
        """Strike a decision out."""
        return self._write(lambda to: meeting_outcomes.delete_decision(to, self._actor, self._uid, decision))

    def what_became(self, meeting: str, said: Mapping[str, tuple[TaskState, str]]) -> Report:
        """Note what became of an earlier meeting's tasks and decisions."""
        now = self._premises.clock()

        def change(to: Connection) -> None:
            for thing, (state, outcome) in said.items():
                meeting_outcomes.say_what_became(to, self._actor, meeting, thing, state, outcome, now)

        return self._write(change)

    def open_round(self, wanted: vote_rounds.NewRound) -> Report:
        """Open a round of voting."""
        now = self._premises.clock()
        return self._write(lambda to: vote_rounds.open_round(to, self._actor, self._uid, wanted, now))

    def close_round(self, round_uid: str) -> Report:
        """Close a round of voting."""
        now = self._premises.clock()
        return self._write(lambda to: vote_rounds.close_round(to, self._actor, self._uid, round_uid, now))

    def hands(self, round_uid: str, hands: Mapping[str, int], people: int) -> Report:
        """Keep what was counted of a show of hands."""
        return self._write(lambda to: vote_rounds.keep_hands(to, self._actor, self._uid, round_uid, hands, people))

    def _write(self, change: Callable[[Connection], object], *, changes_data: bool = False) -> Report:
        """Write in one transaction. Only projects change figures of the pages."""
        try:
            with self._premises.store.write(changes_data=changes_data) as connection:
                change(connection)
        except Exception as error:  # noqa: BLE001 # whatever it was, the person gets a sentence and the log a number
            return explain_fault(error, _logger)
        return Report()


def read_day(text: str) -> date | None:
    """Return the day that a field holds, ``None`` for an empty one and one that is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
