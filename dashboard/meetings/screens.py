"""What the projector shows, one thing at a time, in the order of the agenda; each screen with its planned time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dashboard.texts import say
from surveys.language.texts import LANGUAGES, Language
from surveys.model.meeting import Meeting, MeetingItem, PointKind

_MINUTES_UNKNOWN = timedelta(0)


@dataclass(frozen=True, slots=True)
class MeetingScreen:
    """One screen.

    Attributes:
        number: 0-based, in the address.
        kind: what it is for.
        title: what it is about.
        subject: under which its notes are kept.
        item: the problem, ``None`` for other points.
        part: of how many problems, 1-based; (0, 0) for other points.
        begins_at, ends_at: planned, ``None`` when nobody said when the meeting starts.
    """

    number: int
    kind: PointKind
    title: str
    subject: str
    item: MeetingItem | None = None
    part: tuple[int, int] = (0, 0)
    begins_at: datetime | None = None
    ends_at: datetime | None = None


def list_screens(meeting: Meeting, opened_at: datetime | None) -> tuple[MeetingScreen, ...]:
    """Return the screens of a meeting.

    Args:
        meeting: with its agenda; the point of problems has a screen for each of them.
        opened_at: when it was begun, on this machine's clock: times are counted from then, because nobody begins on
            time; ``None`` before: from the planned start.
    """
    start = opened_at or _planned_start(meeting)
    screens: list[MeetingScreen] = []
    for place, point in enumerate(meeting.agenda):
        length = timedelta(minutes=point.minutes)
        items: tuple[MeetingItem | None, ...] = meeting.items if point.kind is PointKind.PROBLEMS else (None,)
        each = length / len(items) if items else _MINUTES_UNKNOWN
        for number, item in enumerate(items, 1):
            begins = None if start is None else start + each * (number - 1)
            screens.append(
                MeetingScreen(
                    number=len(screens),
                    kind=point.kind,
                    title=point.title if item is None else item.title,
                    subject=f"point:{place}" if item is None else f"item:{item.key}",
                    item=item,
                    part=(0, 0) if item is None else (number, len(items)),
                    begins_at=begins,
                    ends_at=None if begins is None else begins + each,
                )
            )
        start = None if start is None else start + length
    return tuple(screens)


def in_language(meeting: Meeting, language: Language) -> Meeting:
    """Return a meeting with the program's own titles of the agenda in a language; titles of people's own stay."""
    agenda = tuple(
        replace(point, title=say(f"meetings.point.{point.kind}", language))
        if point.title in {say(f"meetings.point.{point.kind}", one) for one in LANGUAGES}
        else point
        for point in meeting.agenda
    )
    return replace(meeting, agenda=agenda)


def plan_times(meeting: Meeting) -> tuple[str, ...]:
    """Return when each point of the agenda is planned to begin, ``""`` when nobody said when the meeting starts."""
    start = _planned_start(meeting)
    times = []
    for point in meeting.agenda:
        times.append("" if start is None else f"{start:%H:%M}")
        start = None if start is None else start + timedelta(minutes=point.minutes)
    return tuple(times)


def _planned_start(meeting: Meeting) -> datetime | None:
    if not meeting.starts_at:
        return None
    hours, _, minutes = meeting.starts_at.partition(":")
    day = meeting.held_on
    return datetime(day.year, day.month, day.day, int(hours), int(minutes)).astimezone()  # a clock on the wall
