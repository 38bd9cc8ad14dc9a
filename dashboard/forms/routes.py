"""Addresses of the web form: ``/a/…`` for everybody, ``/k/…`` for a tablet, ``/podglad-ankiety/…`` for a coordinator.

Each request is taken in a thread: it asks the store and lays a page out, and a form that is sent waits there for its
commit. No browser's name and no account is looked at; the gate does not even ask whose request it is. An address is
asked for at the turnstile only, which knows nobody.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVarTuple

import anyio
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.access.identity import is_secure, is_token, make_cookie, read_cookie
from dashboard.access.pages import read_asset
from dashboard.access.premises import Premises, current_premises
from dashboard.forms.answering import answer_in_thread
from dashboard.forms.filling_in import Wish, take_page
from dashboard.forms.links import Link, Look, Way, desk_of, form_of
from dashboard.forms.pages import (
    read_look,
    show_intro,
    show_message,
    show_questions,
    show_unknown,
)
from dashboard.forms.progress import Again, Fields, Progress, read_carried, read_progress
from dashboard.forms.screens import fields_of_faults, list_pages, make_screen
from dashboard.forms.turnstile import WINDOW, turnstile_of
from etl.store.collection_closing import close_overdue
from etl.store.collection_codes import hash_code, read_code_uses
from etl.store.collection_drafts import delete_drafts, make_draft, read_draft, read_sent_keys
from etl.store.collection_rows import Access, CollectionState, Standing, find_by_token
from etl.store.collection_writing import Outcome, Sending
from etl.store.collections import read_collection
from etl.store.scope import ForbiddenError
from etl.store.sealing import hash_key
from etl.store.sessions import Visit, make_token
from surveys.filling import find_shown, keep_shown
from surveys.privacy.durations import round_duration

Ts = TypeVarTuple("Ts")

_COOKIE = "ankieta"
_COOKIE_AGE = 7 * 24 * 3600
_MOST_FIELDS = 3000
_SHORT = re.compile(r"[2-9a-z]{8}")
# Guesses at codes wait here, and each wrong one a second longer: eight guesses a second at most, whoever makes them.
_CODES_AT_ONCE = 8
_WRONG_CODE_SECONDS = 1.0
_FORM_THREADS = 48

_ASSETS = {"/ankieta.css": ("ankieta.css", "text/css"), "/ankieta.js": ("ankieta.js", "text/javascript")}
_STANDINGS = {
    Standing.NOT_YET: "web_form.message.not_yet",
    Standing.CLOSED: "web_form.message.closed",
    Standing.PREPARED: "web_form.message.closed",
    Standing.FULL: "web_form.message.full",
}
_REFUSALS = {
    Outcome.NOT_YET: "web_form.message.not_yet",
    Outcome.CLOSED: "web_form.message.closed",
    Outcome.FULL: "web_form.message.full",
    Outcome.CODE_USED: "web_form.message.code_used",
    Outcome.CODE_UNKNOWN: "web_form.message.code_unknown",
}


async def show_form(request: Request) -> Response:
    """Show a form: its first page, or the page of a draft that the address names."""
    return await _in_thread(request, _show)


async def take_form(request: Request) -> Response:
    """Take what a page sent."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        fields: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
    if fields.get("kod", [""])[0] and fields.get("akcja", [""])[0] == "zacznij":
        async with _code_limiter():
            response = await _in_thread(request, _take, fields)
            if response.status_code == 403:
                await anyio.sleep(_WRONG_CODE_SECONDS)
        return response
    return await _in_thread(request, _take, fields)


async def serve_asset(request: Request) -> Response:
    """Serve the form's style sheet, or the script that is not needed."""
    name, media_type = _ASSETS[request.scope["path"]]
    content = read_asset(name, "dashboard.forms")
    return Response(content, media_type=media_type, headers={"cache-control": "public, max-age=3600"})


def _show(request: Request) -> Response:
    premises = current_premises()
    link = _find_link(request, premises)
    if isinstance(link, Response):
        return link
    if request.scope["path"].endswith("/koniec"):
        return _thank(link)
    standing = link.collection.standing(link.today)
    if standing is not Standing.TAKING and link.way is not Way.PREVIEW:
        _close_if_over(premises, link)
        return show_message(link, _STANDINGS[standing], status=403)
    if link.way is not Way.LINK:
        return show_intro(link)
    key = read_cookie(request.scope, _COOKIE) or ""
    progress, sent = _read_kept(premises, link, key)
    asked = request.query_params.get("s", "")
    if asked and progress is not None:
        return _show_page(premises, link, progress, asked, remarks="u" in request.query_params)
    if asked and not sent and not key:
        return show_message(link, "web_form.message.no_cookie")
    return show_intro(link, begun=progress is not None, sent=sent)


def _close_if_over(premises: Premises, link: Link) -> None:
    """The first who comes after the last day closes the link, so that its figures are shown; nobody has to press."""
    if link.collection.state is CollectionState.OPEN and link.today > link.collection.closes_on:
        with premises.store.write() as connection:
            close_overdue(connection, link.today)


def _show_page(premises: Premises, link: Link, progress: Progress, asked: str, *, remarks: bool) -> Response:
    pages = list_pages(link, find_shown(link.form, progress.answers, link.today)) or [0]
    number = int(asked) - 1 if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0
    page = number if number in pages else pages[0]
    if remarks and progress.again is not None and progress.again.page == page:
        return _show_again(premises, link, progress, progress.again)
    return show_questions(link, progress, make_screen(link, progress, page), page, secret=premises.secret)


def _show_again(premises: Premises, link: Link, progress: Progress, again: Again) -> Response:
    screen = make_screen(link, progress, again.page, again.faults, again.fields)
    status = 422 if again.faults else 200
    return show_questions(
        link, progress, screen, again.page, secret=premises.secret, remark=again.remark, status=status
    )


def _take(request: Request, fields: Fields) -> Response:
    premises = current_premises()
    link = _find_link(request, premises)
    if isinstance(link, Response):
        return link
    action = fields.get("akcja", [""])[0]
    standing = link.collection.standing(link.today)
    progress, key, sent = _find_progress(premises, link, request, fields)
    if sent and action not in {"zacznij", "od_nowa"}:
        return _thank(link)
    if standing is not Standing.TAKING and link.way is not Way.PREVIEW:
        return show_message(link, _STANDINGS[standing], status=403)
    if action in {"zacznij", "od_nowa"}:
        return _begin(premises, link, request, fields, drop=key if action == "od_nowa" else "")
    if progress is None:
        return show_intro(link, status=403, fault="web_form.intro.gone")
    has_cookie = read_cookie(request.scope, _COOKIE) == progress.key
    wish = next((one for one in Wish if one.value == action), Wish.NEXT)
    step = take_page(link, progress, fields, wish, premises.clock())
    if step.page is None:
        return _send(premises, link, progress, request, has_cookie=has_cookie)
    remark = "" if step.remark is None else step.remark.value
    again = Again(step.page, remark, step.faults, fields_of_faults(step.faults, step.raw))
    progress.again = None if step.moves else again
    _keep(premises, link, progress)
    if wish in {Wish.LANGUAGE, Wish.LARGER}:
        link = _with_other_look(link, wish)
    if has_cookie and link.way.keeps_drafts:
        # To an address in any case: "back" and "reload" then ask nobody whether to send a form again.
        return RedirectResponse(link.address(s=step.page + 1, u=None if step.moves else 1), status_code=303)
    return _show_again(premises, link, progress, again)


def _begin(premises: Premises, link: Link, request: Request, fields: Fields, *, drop: str) -> Response:
    if link.collection.notice.special_categories and fields.get("zgoda", [""])[0] != "tak":
        return show_intro(link, status=422, fault="web_form.intro.consent_missing")
    if not _is_admitted(premises, link, request):
        return _say_wait(show_intro(link, status=429, fault="web_form.intro.many"))
    code_hash = None
    if link.collection.access is Access.CODES and link.way is not Way.PREVIEW:
        code_hash = hash_code(link.collection.uid, fields.get("kod", [""])[0][:80])
        with premises.store.read() as connection:
            used = read_code_uses(connection, link.collection.id, [code_hash]).get(code_hash)
        if used is not False:
            fault = "web_form.intro.code_unknown" if used is None else "web_form.intro.code_used"
            return show_intro(link, status=403, fault=fault)
    progress = Progress(make_token(), premises.clock(), code_hash=code_hash)
    if drop:
        with premises.store.write(changes_data=False) as connection:
            delete_drafts(connection, [hash_key(drop)])
    page = next(iter(list_pages(link, find_shown(link.form, {}, link.today))), 0)
    if not link.way.keeps_drafts or fields.get("bez", [""])[0]:
        _keep(premises, link, progress)
        return show_questions(link, progress, make_screen(link, progress, page), page, secret=premises.secret)
    _keep(premises, link, progress)
    response = RedirectResponse(link.address(s=page + 1), status_code=303)
    secure = is_secure(request.scope, premises.entrance)
    cookie = make_cookie(_COOKIE, progress.key, secure=secure, max_age=_COOKIE_AGE, path=link.path)
    response.headers.append("set-cookie", cookie)
    return response


def _is_admitted(premises: Premises, link: Link, request: Request) -> bool:
    if link.way is Way.PREVIEW:
        return True
    address = "" if request.client is None else request.client.host
    return turnstile_of(premises.store, premises.clock).admits(link.collection.id, address)


def _wait(premises: Premises, link: Link, progress: Progress) -> Response:
    """Show the last page again: everything is kept, and sending it once more is all there is to do."""
    _keep(premises, link, progress)
    page = list_pages(link, find_shown(link.form, progress.answers, link.today))[-1]
    screen = make_screen(link, progress, page)
    return _say_wait(
        show_questions(link, progress, screen, page, secret=premises.secret, remark="web_form.many", status=429)
    )


def _say_wait(response: Response) -> Response:
    response.headers["retry-after"] = str(int(WINDOW.total_seconds()))
    return response


def _send(premises: Premises, link: Link, progress: Progress, request: Request, *, has_cookie: bool) -> Response:
    if not _is_admitted(premises, link, request):
        return _wait(premises, link, progress)
    if link.way is Way.PREVIEW:
        return show_message(link, "web_form.message.preview_end")
    answers = keep_shown(link.form, progress.answers, find_shown(link.form, progress.answers, link.today))
    took = round_duration((premises.clock() - progress.began_at).total_seconds())
    sending = Sending(hash_key(progress.key), answers, link.today, progress.code_hash, took)
    outcome = desk_of(premises).send(link.collection.id, link.form, sending)
    if outcome in _REFUSALS:
        return show_message(link, _REFUSALS[outcome], status=403)
    if has_cookie and link.way is Way.LINK:
        return RedirectResponse(f"{link.path}/koniec{link.look.query()}", status_code=303)
    return _thank(link)


def _thank(link: Link) -> Response:
    on_tablet = link.way is Way.KIOSK
    return show_message(link, f"web_form.message.{'thanks_tablet' if on_tablet else 'thanks'}", again=on_tablet)


def _keep(premises: Premises, link: Link, progress: Progress) -> None:
    if link.way.keeps_drafts:
        draft = make_draft(progress.write(), progress.key, link.today)
        desk_of(premises).keep(link.collection.id, draft)


def _find_progress(
    premises: Premises, link: Link, request: Request, fields: Fields
) -> tuple[Progress | None, str, bool]:
    """Return what a page that was sent belongs to, its key, and whether it was sent as a whole before."""
    if not link.way.keeps_drafts:
        carried = read_carried(fields.get("stan", [""])[0], premises.secret)
        return carried, "" if carried is None else carried.key, False
    key = fields.get("klucz", [""])[0] or read_cookie(request.scope, _COOKIE) or ""
    progress, sent = _read_kept(premises, link, key)
    return progress, key, sent


def _read_kept(premises: Premises, link: Link, key: str) -> tuple[Progress | None, bool]:
    if not is_token(key):
        return None, False
    with premises.store.read() as connection:
        text = read_draft(connection, link.collection.id, key)
        sent = text is None and bool(read_sent_keys(connection, link.collection.id, [hash_key(key)]))
    return (None if text is None else read_progress(text, key)), sent


def _find_link(request: Request, premises: Premises) -> Link | Response:
    path: str = request.scope["path"].removesuffix("/koniec")
    look = read_look(request)
    today = premises.clock().astimezone().date()
    token: str = request.path_params.get("token", "")
    if "uid" in request.path_params:
        visit = request.scope["state"]["visit"]
        if not isinstance(visit, Visit):
            raise RuntimeError("the gate let nobody through to a page that needs somebody")
        try:
            with premises.store.read() as connection:
                found, _form = read_collection(connection, visit.actor, request.path_params["uid"])
        except ForbiddenError:
            return show_unknown(request)
        return Link(found, form_of(premises, found), Way.PREVIEW, look, path, today)
    with premises.store.read() as connection:
        public = find_by_token(connection, token)
    if public is None:
        return show_unknown(request)
    if _SHORT.fullmatch(token):
        return RedirectResponse(f"/a/{public.token}{look.query()}", status_code=303)
    on_tablet = path.startswith("/k/")
    if on_tablet != (token == public.kiosk_token):
        return show_unknown(request)
    return Link(public, form_of(premises, public), Way.KIOSK if on_tablet else Way.LINK, look, path, today)


def _with_other_look(link: Link, wish: Wish) -> Link:
    look = link.look
    if wish is Wish.LANGUAGE:
        look = Look("en" if look.language == "pl" else "pl", look.large)
    else:
        look = Look(look.language, not look.large)
    return Link(link.collection, link.form, link.way, look, link.path, link.today)


@cache
def _code_limiter() -> CapacityLimiter:
    return CapacityLimiter(_CODES_AT_ONCE)


@cache
def _thread_limiter() -> CapacityLimiter:
    return CapacityLimiter(_FORM_THREADS)


async def _in_thread(request: Request, ask: Callable[[Request, *Ts], Response], *args: *Ts) -> Response:
    return await answer_in_thread(request, ask, *args, limiter=_thread_limiter(), fault="web_form.message.fault")


FORM_ROUTES: tuple[BaseRoute, ...] = (
    Route("/a/{token}", show_form, methods=["GET"]),
    Route("/a/{token}", take_form, methods=["POST"]),
    Route("/a/{token}/koniec", show_form, methods=["GET"]),
    Route("/k/{token}", show_form, methods=["GET"]),
    Route("/k/{token}", take_form, methods=["POST"]),
    Route("/podglad-ankiety/{uid}", show_form, methods=["GET"]),
    Route("/podglad-ankiety/{uid}", take_form, methods=["POST"]),
    *(Route(path, serve_asset, methods=["GET"]) for path in _ASSETS),
)
