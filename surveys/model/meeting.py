"""A partnership's meeting: what is discussed, by which agenda, how it votes, and what it decides.

A meeting's problems (`MeetingItem`) are a copy of the register's with the evidence as it was shown in the room, so that
minutes say years later what people had before them. Votes are kept without names; see `etl.store.vote_writing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class MeetingState(StrEnum):
    """What has become of a meeting so far."""

    PREPARED = "prepared"
    RUNNING = "running"
    CLOSED = "closed"


class VoteMethod(StrEnum):
    """How a round of voting is held."""

    NOMINAL = "nominal"  # nominal group: each ranks the k most important
    DOTS = "dots"
    RANKING = "ranking"  # each ranks all, counted by Borda
    HANLON = "hanlon"  # seriousness and effectiveness rated, PEARL asked
    MATRIX = "matrix"  # impact beside feasibility
    CONSENSUS = "consensus"  # agree, disagree, pass; by groups of voters
    HANDS = "hands"  # show of hands, counted in the room


class VoteAccess(StrEnum):
    """What keeps a person to one vote."""

    CODES = "codes"  # a printed code, used once a round
    SEATS = "seats"  # the number of a seat, used once a round


class PointKind(StrEnum):
    """What a point of the agenda is for."""

    OPENING = "opening"
    REVIEW = "review"  # what became of the last meeting's tasks and decisions
    PROBLEMS = "problems"
    VOTE = "vote"
    DECISIONS = "decisions"
    CLOSING = "closing"


class TaskState(StrEnum):
    """What became of a task or a decision."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """One problem on the table.

    Attributes:
        key: short opaque text, of this meeting only.
        title: in the partnership's words.
        problem: uid of the register's problem, ``None`` for one that was named for this meeting.
        code: of the list ``problems``, ``None`` when not coded.
        evidence: one sentence by language, as shown; done: what is being done about it and by whom.
        done: see above.
        share: of people who named it in the newest survey, 0–1; ``None`` when no survey says (or may say).
    """

    key: str
    title: str
    problem: str | None = None
    code: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    done: Mapping[str, str] = field(default_factory=dict)
    share: float | None = None


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point of the agenda and the minutes planned for it."""

    kind: PointKind
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who signed the list: a name, an organisation or both, and the sector (code of ``sectors`` or ``""``)."""

    name: str
    organisation: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class MeetingTask:
    """Who does what by when.

    Attributes:
        item: key of the problem it belongs to, ``None`` for the meeting as a whole.
        outcome: what became of it, said at a later meeting.
    """

    uid: str
    what: str
    who: str
    due_on: date | None = None
    item: str | None = None
    state: TaskState = TaskState.OPEN
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A priority that becomes a project.

    Attributes:
        item: key of the problem.
        name: of the project.
        lead: uid of the partner that carries it, ``None`` when not named.
        finance_lead: uid of the partner that would carry its finances, ``None`` when not named.
        partners: uids of the others.
        groups: codes of the list ``target_groups``.
        indicator: by what people will see that it worked.
        measured_on: day of the next measurement.
        project: uid in the register once it is there; batch: uid of the import that put it there.
        batch: see above.
        outcome: what became of it, said at a later meeting.
    """

    uid: str
    item: str
    name: str
    description: str = ""
    lead: str | None = None
    partners: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    indicator: str = ""
    measured_on: date | None = None
    project: str | None = None
    batch: str | None = None
    state: TaskState = TaskState.OPEN
    outcome: str = ""
    finance_lead: str | None = None


@dataclass(frozen=True, slots=True)
class VoteRound:
    """One round of voting.

    Attributes:
        number: 1, 2, … within the meeting.
        items: keys, in the order shown.
        most: how many are ranked (nominal group) or dots each has; 0 where it says nothing.
        by_sector: voters say which sector they are of.
        closed: nobody votes any more, and the result is shown.
        hands: votes of a show of hands by item; people: how many were in the room for it.
        people: see above.
    """

    uid: str
    number: int
    method: VoteMethod
    items: tuple[str, ...]
    most: int = 0
    by_sector: bool = False
    closed: bool = False
    hands: Mapping[str, int] = field(default_factory=dict)
    people: int = 0


@dataclass(frozen=True, slots=True)
class Ballot:
    """What somebody voted, without who.

    Attributes:
        marks: by item; one number for places, dots and opinions (1, 0, −1), two for impact and feasibility, two and
            the five answers of PEARL (1 passes, 0 does not) for Hanlon. Items left out are not in it.
        sector: code of ``sectors``, ``""`` when not asked or not said.
    """

    marks: Mapping[str, tuple[int, ...]]
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with its problems and its agenda.

    Attributes:
        uid: opaque, in addresses.
        partnership: slug.
        starts_at: ``17:00``, ``""`` when not said.
        diagnosis: uid of the diagnosis that is reviewed, ``None`` for all of them.
        method: the one it was prepared for; any round may take another.
        seats: how many people can vote.
        by_sector: voters say their sector.
    """

    uid: str
    partnership: str
    name: str
    held_on: date
    starts_at: str = ""
    place: str = ""
    diagnosis: str | None = None
    state: MeetingState = MeetingState.PREPARED
    method: VoteMethod = VoteMethod.NOMINAL
    access: VoteAccess = VoteAccess.CODES
    seats: int = 0
    by_sector: bool = False
    items: tuple[MeetingItem, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()

    def find_item(self, key: str | None) -> MeetingItem | None:
        """Return a problem by its key, ``None`` when there is none."""
        return next((item for item in self.items if item.key == key), None)
