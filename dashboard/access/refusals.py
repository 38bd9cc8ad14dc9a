"""What the gate answers when it does not let through: few words, the same for what is there and what is not."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard.access.language import choose_language
from dashboard.access.pages import render_page
from dashboard.texts import say
from etl.store.faults import explain_store_fault
from surveys.language.texts import LANGUAGES


def make_refusal(scope: Scope, status: int, key: str, **facts: object) -> Response:
    """Return a refusal: a page for a person with a browser, plain words for a program.

    Args:
        scope: the http request.
        status: http status.
        key: text of the catalogue, ``refusal.…``.
        **facts: facts of the text.
    """
    request = Request(scope)
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return render_page(request, "refusal.html", status=status, message_key=key, facts=facts)
    language = choose_language(scope)
    return PlainTextResponse(say(key, language, **facts) + "\n", status_code=status)


def make_fault_answer(scope: Scope, error: Exception, code: str) -> Response:
    """Return the answer to a request that broke: what the database's trouble means, else a code to tell somebody."""
    finding = explain_store_fault(error)
    if finding is None:
        return make_refusal(scope, 500, "refusal.fault", code=code)
    language = choose_language(scope)
    return PlainTextResponse(f"{finding.message(language)} {finding.remedy(language)}\n", status_code=503)


def make_session_ended() -> Response:
    """Return what Streamlit's page shows in its own dialogue when the session ended: in both languages, it has one."""
    words = " / ".join(say("refusal.session_ended", language) for language in LANGUAGES)
    return PlainTextResponse(words, status_code=401)


def make_sign_in_redirect(scope: Scope, *, first_account: bool) -> Response:
    """Return the way to the sign-in page and back here; to the first account where there is none yet."""
    if first_account:
        return RedirectResponse("/pierwsze-konto", status_code=303)
    query = scope.get("query_string", b"").decode("latin-1")
    here = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse("/zaloguj" + (f"?dalej={quote(here, safe='')}" if here != "/" else ""), status_code=303)


async def refuse_websocket(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a websocket's handshake with 403."""
    await receive()  # "websocket.connect": the server waits for it to be taken
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": 403, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close", "code": 1008})
