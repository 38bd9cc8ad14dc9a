"""Addresses of the meeting for whoever runs it: ``/spotkanie/…`` on the laptop that the projector hangs on.

The gate has found out whose request it is; the store is asked with that person's rights at every request. Each request
is taken in a thread.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TypeVarTuple

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.access.forms import read_long_form
from dashboard.access.language import choose_language
from dashboard.access.pages import read_asset
from dashboard.access.premises import Premises, current_premises
from dashboard.access.refusals import make_refusal
from dashboard.documents.minutes import write_minutes
from dashboard.meetings.paper import take_back, type_in
from dashboard.meetings.problem_chart import draw_problem_chart
from dashboard.meetings.run_actions import Form, do_action
from dashboard.meetings.run_pages import Room
from dashboard.meetings.run_screens import show_paper, show_room
from dashboard.meetings.screens import in_language, list_screens
from dashboard.meetings.vote_routes import desk_of
from dashboard.meetings.writing import MeetingWriter
from etl.meeting_record import read_record
from etl.store.meeting_rows import StoredMeeting, read_meeting
from etl.store.moments import read_moment
from etl.store.scope import ForbiddenError
from etl.store.sessions import Visit
from etl.store.vote_rounds import count_votes_cast, find_open_round
from surveys.findings import FaultError, Report
from surveys.language.texts import Language
from surveys.model.meeting import MeetingState, VoteMethod

_LOG = logging.getLogger("diagnoza.gate")
_MOST_FIELDS = 1000
_THREADS = 16
_ASSETS = {"/spotkanie.css": ("spotkanie.css", "text/css"), "/spotkanie.js": ("spotkanie.js", "text/javascript")}

Ts = TypeVarTuple("Ts")


async def show_meeting(request: Request) -> Response:
    """Show a screen: the one that the address names, else the one shown last."""
    return await _in_thread(_show, request)


async def take_press(request: Request) -> Response:
    """Take what was typed or pressed on a screen."""
    try:
        fields = await read_long_form(request, current_premises(), most=_MOST_FIELDS)
    except FaultError as fault:
        return await _in_thread(_show, request, fault.report)
    return await _in_thread(_take, request, fields)


async def take_note(request: Request) -> Response:
    """Keep a note as it is typed, for the script on the page; says what the note is now."""
    try:
        fields = await read_long_form(request, current_premises(), most=_MOST_FIELDS)
    except FaultError:
        return JSONResponse({"kept": False}, status_code=403)
    return await _in_thread(_take_note, request, Form(fields), fields.get("tekst", [""])[-1])


async def tell_standing(request: Request) -> Response:
    """Tell the script on the page how many have voted. Asked every few seconds, it keeps the session alive too."""
    return await _in_thread(_tell, request)


async def show_paper_ballots(request: Request) -> Response:
    """Show the grid for paper ballots."""
    return await _in_thread(_paper, request, None)


async def take_paper_ballots(request: Request) -> Response:
    """Take the paper ballots that were typed."""
    try:
        fields = await read_long_form(request, current_premises(), most=_MOST_FIELDS)
    except FaultError as fault:
        return await _in_thread(_show, request, fault.report)
    return await _in_thread(_paper, request, fields)


async def show_chart(request: Request) -> Response:
    """Show the chart of a problem."""
    return await _in_thread(_chart, request)


async def show_minutes(request: Request) -> Response:
    """Give the minutes as a file."""
    return await _in_thread(_minutes, request)


async def serve_asset(request: Request) -> Response:
    """Serve the style sheet, or the script that is not needed."""
    name, media_type = _ASSETS[request.scope["path"]]
    content = read_asset(name, "dashboard.meetings")
    return Response(content, media_type=media_type, headers={"cache-control": "public, max-age=3600"})


def _show(request: Request, report: Report | None = None) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return found
    room = make_room(request, premises, found, report)
    if room.runs and room.screen.number != found.screen:
        MeetingWriter(premises, room.actor, found.uid).keep_screen(room.screen.number)
    return show_room(room, status=200 if report is None else 422)


def _take(request: Request, fields: dict[str, list[str]]) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return found
    form = Form(fields)
    room = make_room(request, premises, found)
    writer = MeetingWriter(premises, room.actor, found.uid)
    merged = False
    if form.text("akcja") == "notatka":
        text = fields.get("tekst", [""])[-1]
        note, report = writer.note(room.screen.subject, text, _revision(form))
        merged = note is not None and note.merged
    else:
        report = do_action(writer, form)
    if report.stops:
        with premises.store.read() as connection:
            found = read_meeting(connection, room.actor, found.uid)
        return show_room(make_room(request, premises, found, report, fields), status=422)
    if form.text("akcja") == "zamknij":
        return RedirectResponse(f"{room.address}?e={room.screen.number}", status_code=303)
    wanted = form.text("dalej") or str(room.screen.number)
    place = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) <= 3 else 0
    return RedirectResponse(f"{room.address}?e={place}{'&razem=1' if merged else ''}", status_code=303)


def _take_note(request: Request, form: Form, text: str) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return JSONResponse({"kept": False}, status_code=403)
    subject = form.text("temat")
    if subject not in {screen.subject for screen in list_screens(found.meeting, None)}:
        return JSONResponse({"kept": False}, status_code=422)
    writer = MeetingWriter(premises, _visit(request).actor, found.uid)
    note, report = writer.note(subject, text, _revision(form))
    if note is None or report.stops:
        return JSONResponse({"kept": False}, status_code=422)
    return JSONResponse({"kept": True, "number": note.number, "text": note.text, "merged": note.merged})


def _tell(request: Request) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return JSONResponse({}, status_code=403)
    with premises.store.read() as connection:
        one = find_open_round(connection, found.id)
        cast = 0 if one is None else count_votes_cast(connection, [one.uid])[one.uid]
    return JSONResponse({"round": "" if one is None else one.uid, "cast": cast})


def _paper(request: Request, fields: dict[str, list[str]] | None) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return found
    room = make_room(request, premises, found)
    if not room.may_run:
        return make_refusal(request.scope, 403, "refusal.forbidden")
    with premises.store.read() as connection:
        one = find_open_round(connection, found.id)
    if fields is None or one is None or one.method is VoteMethod.HANDS:
        return show_paper(room)
    form = Form(fields)
    if form.text("akcja") == "cofnij":
        try:
            return show_paper(
                room, take_back(desk_of(premises), room.actor, found, one, form.text("kod"), premises.clock())
            )
        except FaultError:
            return show_paper(room)  # closed just now: the page says so
    return show_paper(room, type_in(desk_of(premises), found, one, fields, room.language))


def _chart(request: Request) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return found
    item = found.meeting.find_item(request.path_params["item"])
    language: Language = "en" if request.query_params.get("lang") == "en" else "pl"
    drawn = None if item is None else draw_problem_chart(_visit(request).actor, found, item, language)
    if drawn is None:
        return make_refusal(request.scope, 404, "refusal.unknown")
    return Response(drawn, media_type="image/svg+xml")


def _minutes(request: Request) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return found
    with premises.store.read() as connection:
        record = read_record(connection, _visit(request).actor, found.uid)
    name = f"{found.meeting.partnership}-{found.meeting.held_on.isoformat()}-protokol.docx"
    return Response(
        write_minutes(record, choose_language(request.scope)),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def make_room(
    request: Request,
    premises: Premises,
    found: StoredMeeting,
    report: Report | None = None,
    said: dict[str, list[str]] | None = None,
) -> Room:
    """Return what a request is about."""
    opened = None if found.opened_at is None else read_moment(found.opened_at).astimezone()
    found = replace(found, meeting=in_language(found.meeting, choose_language(request.scope)))
    screens = list_screens(found.meeting, opened)
    asked = request.query_params.get("e", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 3 else found.screen
    if found.meeting.state is MeetingState.PREPARED:
        number = 0
    return Room(
        request=request,
        premises=premises,
        actor=_visit(request).actor,
        found=found,
        now=premises.clock().astimezone(),
        screens=screens,
        screen=screens[min(number, len(screens) - 1)],
        findings=() if report is None else report.findings,
        merged=request.query_params.get("razem") == "1",
        said=said or {},
    )


def _find(request: Request, premises: Premises) -> StoredMeeting | Response:
    try:
        with premises.store.read() as connection:
            return read_meeting(connection, _visit(request).actor, request.path_params["uid"])
    except ForbiddenError:
        return make_refusal(request.scope, 404, "refusal.unknown")


def _visit(request: Request) -> Visit:
    visit = request.scope["state"]["visit"]
    if not isinstance(visit, Visit):
        raise TypeError("the gate let nobody through to a page that needs somebody")
    return visit


def _revision(form: Form) -> int:
    said = form.text("wersja")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


@cache
def _thread_limiter() -> CapacityLimiter:
    return CapacityLimiter(_THREADS)


async def _in_thread(ask: Callable[[Request, *Ts], Response], request: Request, *args: *Ts) -> Response:
    return await to_thread.run_sync(ask, request, *args, limiter=_thread_limiter())


RUN_ROUTES: tuple[BaseRoute, ...] = (
    Route("/spotkanie/{uid}", show_meeting, methods=["GET"]),
    Route("/spotkanie/{uid}", take_press, methods=["POST"]),
    Route("/spotkanie/{uid}/notatka", take_note, methods=["POST"]),
    Route("/spotkanie/{uid}/papier", show_paper_ballots, methods=["GET"]),
    Route("/spotkanie/{uid}/papier", take_paper_ballots, methods=["POST"]),
    Route("/spotkanie/{uid}/stan", tell_standing, methods=["GET"]),
    Route("/spotkanie/{uid}/protokol.docx", show_minutes, methods=["GET"]),
    Route("/spotkanie/{uid}/wykres/{item}.svg", show_chart, methods=["GET"]),
    *(Route(path, serve_asset, methods=["GET"]) for path in _ASSETS),
)
