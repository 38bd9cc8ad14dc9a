"""The gate: every http request and websocket is decided here before Streamlit sees it.

In this order, each step refusing what does not pass: the Host is ours; the path has a line in the table; the request
was not sent by another site's page; the visit brings what the line needs; and what it asks for is its own.
"""

import logging
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from anyio import CapacityLimiter, to_thread
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access.belongings import Belongings
from dashboard.access.exchange import Exchange, is_own_page, named_session, without_named_session
from dashboard.access.headers import add_headers, strip_identity
from dashboard.access.identity import (
    demo_is_open,
    header,
    headers,
    identify,
    is_secure,
    make_anonymous_visit,
    make_cookie,
    session_cookie_name,
)
from dashboard.access.page_shell import list_static_paths
from dashboard.access.premises import Premises, current_premises
from dashboard.access.refusals import (
    make_fault_answer,
    make_refusal,
    make_session_ended,
    make_sign_in_redirect,
    refuse_websocket,
)
from dashboard.access.script_errors import make_error_code, name_error
from dashboard.access.table import TABLE, Kind, Need, Refusal, Rule, find_rule
from dashboard.access.uploads import MOST_OF_A_FORM, TooMuchError, Uploads, receive_small
from dashboard.access.usage import Usage
from dashboard.forms.pages import make_public_refusal
from etl.store.scope import Action
from etl.store.sessions import Visit, has_accounts, make_token

_LOG = logging.getLogger("diagnoza.gate")

# Looking up a session must not wait behind file serving or password hashing for a thread.
_LOOKUP_THREADS = 8

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Gate:
    """ASGI middleware around everything.

    Args:
        app: Streamlit's application with our routes in it.
        premises: gives the open store and its clock.
    """

    def __init__(self, app: ASGIApp, premises: Callable[[], Premises] = current_premises) -> None:
        self._app = app
        self._premises = premises
        self._belongings = Belongings()
        self._uploads = Uploads(self._belongings)
        self._usage = Usage()
        self._limiter: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decide one request."""
        if scope["type"] == "http":
            await self._guard_http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._guard_websocket(scope, receive, send)
        else:  # start and end of the server
            await self._app(scope, receive, send)

    async def _guard_http(self, scope: Scope, receive: Receive, send: Send) -> None:
        premises = self._premises()
        secure = is_secure(scope, premises.entrance)
        rule = find_rule(scope["path"], scope["method"])
        if rule is not None and rule.kind is Kind.STATIC and scope["path"] not in list_static_paths():
            rule = None
        cacheable = rule is not None and rule.kind in {Kind.ASSET, Kind.STATIC}
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        guarded = add_headers(send_noting, secure=secure, cacheable=cacheable)
        try:
            await self._decide(rule, scope, receive, guarded)
        except TooMuchError:
            if not started:
                await _refuse_too_much(rule, scope)(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001 # the last one who can keep a person's words out of the log
            code = make_error_code()
            _LOG.error("%s: %s at %s", code, name_error(error), scope["path"])  # no traceback on purpose
            if not started:
                await _answer_fault(rule, scope, error, code)(scope, receive, guarded)

    async def _decide(self, rule: Rule | None, scope: Scope, receive: Receive, send: Send) -> None:
        premises = self._premises()
        if not _host_is_ours(scope, premises):
            await make_refusal(scope, 400, "refusal.host")(scope, receive, send)
        elif rule is None:
            await _refuse_unknown(scope, receive, send)
        elif _is_sent_by_another_site(scope, premises):
            await make_refusal(scope, 403, "refusal.forbidden")(scope, receive, send)
        elif rule.kind is Kind.PUBLIC:
            # Whose request it is, is not even looked up: answers and accounts have nothing to do with one another.
            public = strip_identity(_with_visit(scope, None))
            await self._app(public, receive_small(scope, receive, MOST_OF_A_FORM), send)
        else:
            await self._admit(rule, scope, receive, send)

    async def _admit(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        premises = self._premises()
        visit = await self._in_thread(identify, premises, scope)
        if visit is None and rule.kind is Kind.PAGE and await self._in_thread(demo_is_open, premises, scope):
            token = make_token()
            visit = make_anonymous_visit(token)
            secure = is_secure(scope, premises.entrance)
            cookie = make_cookie(session_cookie_name(scope, premises.entrance), token, secure=secure)
            send = add_headers(send, secure=secure, cacheable=False, cookies=[cookie])
        if not _brings(visit, rule.need):
            await self._refuse(rule, scope, receive, send)
            return
        if visit is not None:
            self._usage.note(visit, premises)
            if rule.kind is Kind.MEDIA and not self._belongings.may_fetch(_file_id(scope["path"]), visit):
                await make_refusal(scope, 403, "refusal.forbidden")(scope, receive, send)
                return
            if rule.kind is Kind.UPLOAD:
                await self._take_upload(visit, scope, receive, send)
                return
        await self._app(strip_identity(_with_visit(scope, visit)), receive_small(scope, receive), send)

    async def _take_upload(self, visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._uploads.is_own(scope, visit):
            await make_refusal(scope, 403, "refusal.forbidden")(scope, receive, send)
        elif scope["method"] == "DELETE":
            await self._app(strip_identity(scope), receive_small(scope, receive), send)
        else:
            with self._uploads.admit(scope, receive, visit) as receive_counted:
                await self._app(strip_identity(scope), receive_counted, send)

    async def _refuse(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        if rule.refusal is Refusal.UNAUTHORISED:
            response = make_session_ended()
        elif rule.refusal is Refusal.SIGN_IN and scope["method"] in {"GET", "HEAD"}:
            response = make_sign_in_redirect(scope, first_account=await self._in_thread(self._lacks_accounts))
        else:
            response = make_refusal(scope, 403, "refusal.forbidden")
        await response(scope, receive, send)

    async def _guard_websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        premises = self._premises()
        guarded = add_headers(send, secure=is_secure(scope, premises.entrance), cacheable=False)
        rule = find_rule(scope["path"], "WEBSOCKET")
        visit = None
        if (
            rule is not None
            and rule.kind is Kind.STREAM
            and _host_is_ours(scope, premises)
            and is_own_page(scope, premises)
        ):
            visit = await self._in_thread(identify, premises, scope)
        wanted = named_session(scope)
        if wanted is not None and not self._belongings.knows_session(wanted):
            scope, wanted = without_named_session(scope), None
        if visit is None or (wanted is not None and not self._belongings.owns_session(wanted, visit)):
            await refuse_websocket(scope, receive, guarded)
            return
        if wanted is not None:
            self._belongings.give_session(wanted, visit)

        async def look_again(is_person: bool) -> Visit | None:  # noqa: FBT001 # one caller, one meaning
            now = await self._in_thread(identify, premises, scope)
            if now is not None and is_person:
                self._usage.note(now, premises)
            return now

        goodbye = "/" if visit.actor.is_anonymous else "/zaloguj"
        try:
            exchange = Exchange(visit, self._belongings, look_again, goodbye)
            await exchange.run(self._app, strip_identity(scope), receive, guarded)
        except Exception as error:  # noqa: BLE001 # as above
            _LOG.error("%s: %s at %s", make_error_code(), name_error(error), scope["path"])

    def _lacks_accounts(self) -> bool:
        with self._premises().store.read() as connection:
            return not has_accounts(connection)

    async def _in_thread(self, ask: Callable[[*Ts], T], *args: *Ts) -> T:
        if self._limiter is None:
            self._limiter = CapacityLimiter(_LOOKUP_THREADS)
        return await to_thread.run_sync(ask, *args, limiter=self._limiter)


def _host_is_ours(scope: Scope, premises: Premises) -> bool:
    host = header(scope, b"host")
    return host is not None and premises.entrance.knows_host(host) and not scope.get("root_path")


def _is_sent_by_another_site(scope: Scope, premises: Premises) -> bool:
    """Safe methods may come from anywhere (a link in a mail); others from our own pages."""
    if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
        return False
    if header(scope, b"sec-fetch-site") not in {None, "same-origin", "none"}:
        return True
    return bool(list(headers(scope, b"origin"))) and not is_own_page(scope, premises)


def _refuse_too_much(rule: Rule | None, scope: Scope) -> Response:
    if rule is not None and rule.kind is Kind.PUBLIC:
        return make_public_refusal(scope, 413, "web_form.message.too_much")
    return make_refusal(scope, 413, "refusal.too_much")


def _answer_fault(rule: Rule | None, scope: Scope, error: Exception, code: str) -> Response:
    if rule is not None and rule.kind is Kind.PUBLIC:
        return make_public_refusal(scope, 503, "web_form.message.fault", code=code)
    return make_fault_answer(scope, error, code)


async def _refuse_unknown(scope: Scope, receive: Receive, send: Send) -> None:
    if any(rule.pattern.fullmatch(scope["path"]) and scope["method"] not in rule.methods for rule in TABLE):
        await make_refusal(scope, 405, "refusal.method")(scope, receive, send)
    else:
        await make_refusal(scope, 404, "refusal.unknown")(scope, receive, send)


def _brings(visit: Visit | None, need: Need) -> bool:
    if need is Need.NOTHING:
        return True
    if visit is None or need is Need.NEVER:
        return False
    if need is Need.ADMINISTRATOR:
        return visit.actor.may(Action.KEEP_ACCOUNTS)
    return need is Need.SESSION or not visit.actor.is_anonymous


def _with_visit(scope: Scope, visit: Visit | None) -> Scope:
    """Our own routes find whose request it is in ``request.state.visit``."""
    return {**scope, "state": {**scope.get("state", {}), "visit": visit}}


def _file_id(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
