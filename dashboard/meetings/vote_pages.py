"""Pages of the vote as HTML: the ballot, and short messages. They set no cookie and lead nowhere else."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.access.templates import find_template, make_speaker
from dashboard.forms.links import Look
from dashboard.forms.pages import read_look
from dashboard.meetings.vote_fields import Fields, mark_names
from etl.store.meeting_rows import StoredMeeting
from surveys.analysis.ballot_checks import MATRIX_SCALE, PEARL_QUESTIONS, RATING_SCALE
from surveys.language.texts import Language
from surveys.model.meeting import VoteMethod, VoteRound
from surveys.vocabulary import load

WAIT_SECONDS = 8
_SCALES = {VoteMethod.HANLON: RATING_SCALE, VoteMethod.MATRIX: MATRIX_SCALE}
RATED = {VoteMethod.HANLON: ("seriousness", "effectiveness"), VoteMethod.MATRIX: ("impact", "feasibility")}


def show_ballot(  # a page and what is said above it
    request: Request, found: StoredMeeting, one: VoteRound, fields: Fields, *, fault: str = "", status: int = 200
) -> Response:
    """Return the ballot of an open round.

    Args:
        request: the request it answers.
        found: the meeting.
        one: its open round.
        fields: what was filled in already.
        fault: key of the text that says what is wrong, ``""`` for nothing.
        status: http status.
    """
    look = read_look(request)
    scale = _SCALES.get(one.method, (0, 0))
    return _render(
        request,
        "ballot.html",
        status,
        title=found.meeting.name,
        round=one,
        method=one.method.value,
        items=[item for key in one.items if (item := found.meeting.find_item(key)) is not None],
        said=_Said(fields),
        names=lambda key: mark_names(one.method, key),
        rated=RATED.get(one.method, ()),
        scale=range(scale[0], scale[1] + 1),
        questions=PEARL_QUESTIONS,
        access=found.meeting.access.value,
        sectors=[(code, load().sectors.label(code, look.language)) for code in load().sectors],
        fault=fault,
        action=request.scope["path"] + look.query(),
    )


def show_message(
    request: Request, title: str, key: str, *, status: int = 200, wait: bool = False, facts: Mapping[str, object] = {}
) -> Response:
    """Return a page that says one thing; ``key`` has ``title`` and ``text`` below it.

    Args:
        request: the request it answers.
        title: of the meeting.
        key: of the texts.
        status: http status.
        wait: the page looks again by itself.
        facts: of the texts.
    """
    path = request.scope["path"].removesuffix("/oddany")
    again = path + read_look(request).query()
    return _render(
        request,
        "vote_message.html",
        status,
        title=title,
        message=key,
        facts=facts,
        again=again,
        wait=WAIT_SECONDS if wait else 0,
    )


class _Said:
    """What was filled in, for a template."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def first(self, name: str) -> str:
        """Return the first value of a field."""
        return next(iter(self._fields.get(name, ())), "")[:80]

    def all(self, name: str) -> Sequence[str]:
        """Return every value of a field."""
        return self._fields.get(name, ())


def _render(request: Request, template: str, status: int, **context: object) -> Response:
    look = read_look(request)
    other: Language = "en" if look.language == "pl" else "pl"
    path = request.scope["path"]
    html = find_template("dashboard.meetings", template).render(
        language=look.language,
        other_language=other,
        large=look.large,
        t=make_speaker(look.language),
        switch=path + Look(other, look.large).query(),
        resize=path + Look(look.language, not look.large).query(),
        **context,
    )
    return HTMLResponse(html, status_code=status)
