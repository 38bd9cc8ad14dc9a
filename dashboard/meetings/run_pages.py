"""The meeting as the projector shows it, as HTML: a frame with agenda and clock, and one screen in it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.access.forms import make_seal, set_seal
from dashboard.access.identity import outer_origin
from dashboard.access.language import choose_language
from dashboard.access.pages import remember_language
from dashboard.access.premises import Premises
from dashboard.access.reach import Reach, find_reach
from dashboard.access.templates import find_template, make_speaker
from dashboard.meetings.screens import MeetingScreen
from etl.store.meeting_notes import Note
from etl.store.meeting_rows import StoredMeeting
from etl.store.scope import Action, Actor
from surveys.findings import Finding
from surveys.language.numerals import format_date
from surveys.language.texts import Language
from surveys.model.meeting import MeetingState

PARTS = ("wynik", "obroni", "tura")  # of the screen of votes: one thing at a time


@dataclass(frozen=True, slots=True)
class Room:
    """What one request to the projector is about.

    Attributes:
        request: itself.
        actor: whoever runs the meeting or looks at it.
        now: on this machine's clock.
        screens: of the meeting.
        screen: the one that is shown.
        findings: what the last press could not do.
        merged: the note that was saved holds what somebody else had written meanwhile.
    """

    request: Request
    premises: Premises
    actor: Actor
    found: StoredMeeting
    now: datetime
    screens: tuple[MeetingScreen, ...]
    screen: MeetingScreen
    findings: tuple[Finding, ...] = ()
    merged: bool = False
    said: dict[str, list[str]] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """Language of the pages."""
        return choose_language(self.request.scope)

    @property
    def address(self) -> str:
        """Address of the meeting's projector."""
        return f"/spotkanie/{self.found.uid}"

    @property
    def part(self) -> str:
        """Which part of a screen the address names, ``""`` for none."""
        said = self.request.query_params.get("c", "")
        return said if said in PARTS else ""

    @property
    def here(self) -> str:
        """Address of the screen that is shown."""
        return f"{self.address}?e={self.screen.number}{f'&c={self.part}' if self.part else ''}"

    @property
    def reach(self) -> Reach:
        """How phones on the same network come in."""
        scheme, _, host = outer_origin(self.request.scope, self.premises.entrance).partition("://")
        return find_reach(self.premises.entrance, host, scheme)

    @property
    def may_run(self) -> bool:
        """Whether the actor may write."""
        return self.actor.may(Action.MEET, self.found.meeting.partnership)

    @property
    def runs(self) -> bool:
        """Whether things can be written now."""
        return self.may_run and self.found.meeting.state is MeetingState.RUNNING


def show_screen(
    room: Room,
    template: str,
    *,
    status: int = 200,
    steps: tuple[str | None, str | None] = (None, None),
    **context: object,
) -> Response:
    """Return a screen in its frame.

    Args:
        room: what is shown.
        template: file name under ``templates/``.
        status: http status.
        steps: parts of this screen that come before and after the one shown; ``None``: another screen does.
        **context: what the template shows besides; everything is escaped.
    """
    seal = make_seal(room.request, room.premises)
    language = room.language
    other = "en" if language == "pl" else "pl"
    number = room.screen.number
    html = find_template("dashboard.meetings", template).render(
        language=language,
        other_language=other,
        t=make_speaker(language),
        day=_day_writer(language),
        room=room,
        meeting=room.found.meeting,
        partnership=room.found.partnership_name,
        screen=room.screen,
        screens=room.screens,
        before=_step(room, steps[0], number - 1),
        after=_step(room, steps[1], number + 1),
        faults=[(one.message(language), one.remedy(language)) for one in room.findings],
        seal=seal.field,
        clock=f"{room.now:%H:%M}",
        ends_at=None if room.screen.ends_at is None else int(room.screen.ends_at.timestamp()),
        ends="" if room.screen.ends_at is None else f"{room.screen.ends_at:%H:%M}",
        **context,
    )
    response = HTMLResponse(html, status_code=status)
    set_seal(response, room.request, room.premises, seal)
    remember_language(response, room.request)
    return response


def _step(room: Room, part: str | None, number: int) -> str | None:
    """Return the address of what comes before or after, ``None`` at the ends and before the meeting has begun."""
    if room.found.meeting.state is MeetingState.PREPARED:
        return None
    if part is not None:
        return f"{room.address}?e={room.screen.number}&c={part}"
    return f"{room.address}?e={number}" if 0 <= number < len(room.screens) else None


def draw_qr(address: str) -> Markup:
    """Return an address as a QR code that stands in a page."""
    # The library writes an element of its own making; the address is in it as squares only.
    return Markup(segno.make(address, error="m").svg_inline(scale=1, border=2, omitsize=True))  # noqa: S704 # see above


def note_of(notes: dict[str, Note], subject: str) -> Note:
    """Return a note, an empty one where nobody has written."""
    return notes.get(subject, Note(subject, 0, ""))


@cache
def _day_writer(language: Language) -> Any:
    def write(day: Any) -> str:
        return "" if day is None else format_date(day, language)

    return write
