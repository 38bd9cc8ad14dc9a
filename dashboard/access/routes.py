"""The plain pages: sign-in, sign-out, the first account, one's password, health. No scripts: any telephone will do."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.access.forms import read_form, safe_way_back, way_from_referrer
from dashboard.access.identity import is_secure, make_cookie, session_cookie_name
from dashboard.access.page_shell import serve_shell
from dashboard.access.pages import read_asset, render_page
from dashboard.access.premises import Premises, current_premises
from dashboard.access.table import PAGE_PATHS
from dashboard.access.turns import hash_in_turn, make_first_account, replace_password
from etl.store.accounts import NewAccount, PasswordChange
from etl.store.migration import SchemaState, inspect_schema
from etl.store.sessions import Visit, has_accounts
from etl.store.setup_code import offer_setup_code, setup_code_path
from etl.store.sign_in import Attempt, sign_in, sign_out
from surveys.findings import FaultError, Finding

_ASSETS = {
    "/dostep.css": ("access.css", "text/css"),
    "/powloka.js": ("shell.js", "text/javascript"),
    "/znak.svg": ("icon.svg", "image/svg+xml"),
}


async def show_sign_in(request: Request) -> Response:
    """Show the sign-in form; on a machine without accounts the way to the first."""
    premises = current_premises()
    if await to_thread.run_sync(_lacks_accounts, premises):
        return RedirectResponse("/pierwsze-konto", status_code=303)
    asked = request.query_params.get("dalej")
    way_back = way_from_referrer(request, premises) if asked is None else safe_way_back(asked)
    return render_page(request, "sign_in.html", name="", way_back=way_back)


async def take_sign_in(request: Request) -> Response:
    """Sign somebody in and send them where they wanted to go."""
    premises = current_premises()
    way_back, name = "/", ""
    try:
        fields = await read_form(request, premises)
        way_back, name = safe_way_back(fields.get("dalej", "/")), fields.get("nazwa", "")
        visit = _visit(request)
        attempt = Attempt(
            name=name,
            password=fields.get("haslo", ""),
            address=_address(request),
            old_token_hash=None if visit is None or visit.actor.is_anonymous else visit.token_hash,
        )
        token = await hash_in_turn(sign_in, premises.store, attempt, premises.clock())
    except FaultError as fault:
        return render_page(
            request,
            "sign_in.html",
            status=_status_of(fault),
            findings=fault.report.findings,
            name=name[:80],
            way_back=way_back,
        )
    response = RedirectResponse(way_back, status_code=303)
    _set_session(response, request, premises, token)
    return response


async def show_sign_out(request: Request) -> Response:
    """Ask whether to sign out: a link alone must not, or any page's picture could."""
    visit = _visit(request)
    if visit is None or visit.actor.is_anonymous:
        return RedirectResponse("/zaloguj", status_code=303)
    return render_page(request, "sign_out.html", name=visit.actor.name)


async def take_sign_out(request: Request) -> Response:
    """End the session, here and in every other tab."""
    premises = current_premises()
    visit = _visit(request)
    try:
        await read_form(request, premises)
    except FaultError as fault:
        name = "" if visit is None else visit.actor.name
        return render_page(request, "sign_out.html", status=403, findings=fault.report.findings, name=name)
    if visit is not None and not visit.actor.is_anonymous:

        def end() -> None:
            sign_out(premises.store, token_hash=visit.token_hash, name=visit.actor.name, now=premises.clock())

        await to_thread.run_sync(end)
    response = RedirectResponse("/zaloguj", status_code=303)
    _set_session(response, request, premises, "", max_age=0)
    return response


async def show_first_account(request: Request) -> Response:
    """Show the form of the first account; a code that ran out is replaced by a new one on the console."""
    premises = current_premises()
    code = await to_thread.run_sync(offer_setup_code, premises.store, premises.folder, premises.clock())
    if code is None:
        return RedirectResponse("/zaloguj", status_code=303)
    return _show_first_account(request, premises, {}, ())


async def take_first_account(request: Request) -> Response:
    """Make the first account with the set-up code and sign its owner in."""
    premises = current_premises()
    fields: dict[str, str] = {}
    try:
        fields = await read_form(request, premises)
        wanted = NewAccount(
            name=fields.get("nazwa", ""),
            display_name=fields.get("osoba", ""),
            password=fields.get("haslo", ""),
            repeated=fields.get("haslo2", ""),
        )
        token = await hash_in_turn(make_first_account, premises, wanted, fields.get("kod", "")[:80], _address(request))
    except FaultError as fault:
        return _show_first_account(request, premises, fields, fault.report.findings, _status_of(fault))
    response = RedirectResponse("/", status_code=303)
    _set_session(response, request, premises, token)
    return response


async def show_password(request: Request) -> Response:
    """Show the form for changing one's own password."""
    return render_page(request, "password.html", name=_require_visit(request).actor.name)


async def take_password(request: Request) -> Response:
    """Change one's own password; every session ends and a new one begins here."""
    premises = current_premises()
    visit = _require_visit(request)
    try:
        fields = await read_form(request, premises)
        change = PasswordChange(
            old=fields.get("dotychczasowe", ""), new=fields.get("haslo", ""), repeated=fields.get("haslo2", "")
        )
        token = await hash_in_turn(replace_password, premises, visit, change, _address(request))
    except FaultError as fault:
        return render_page(
            request,
            "password.html",
            status=_status_of(fault),
            findings=fault.report.findings,
            name=visit.actor.name,
        )
    response = render_page(request, "password_changed.html")
    _set_session(response, request, premises, token)
    return response


async def show_health(_request: Request) -> Response:
    """Say whether the server can do its work, to whoever watches it; nothing about what is in it."""
    state = await to_thread.run_sync(_read_schema_state, current_premises())
    well = state is SchemaState.CURRENT
    return JSONResponse({"state": "ok" if well else "fault", "schema": state.value}, status_code=200 if well else 503)


async def serve_asset(request: Request) -> Response:
    """Serve the plain pages' style sheet, the icon, or the lines that tell Streamlit's page where its server is."""
    name, media_type = _ASSETS[request.scope["path"]]
    return Response(read_asset(name), media_type=media_type, headers={"cache-control": "public, max-age=3600"})


def _show_first_account(
    request: Request, premises: Premises, fields: dict[str, str], findings: tuple[Finding, ...], status: int = 200
) -> Response:
    return render_page(
        request,
        "first_account.html",
        status=status,
        findings=findings,
        # Where exactly the file lies is for whoever sits at this machine.
        code_file=str(setup_code_path(premises.folder)) if premises.entrance.on_loopback else "setup-code.txt",
        setup_code=fields.get("kod", "")[:40],
        name=fields.get("nazwa", "")[:80],
        display_name=fields.get("osoba", "")[:120],
    )


def _set_session(
    response: Response, request: Request, premises: Premises, token: str, max_age: int | None = None
) -> None:
    name = session_cookie_name(request.scope, premises.entrance)
    cookie = make_cookie(name, token, secure=is_secure(request.scope, premises.entrance), max_age=max_age)
    response.headers.append("set-cookie", cookie)


def _visit(request: Request) -> Visit | None:
    """Whose request this is, as the gate found out."""
    visit = request.scope["state"]["visit"]
    return visit if isinstance(visit, Visit) else None


def _require_visit(request: Request) -> Visit:
    visit = _visit(request)
    if visit is None:
        raise RuntimeError("the gate let nobody through to a page that needs somebody")
    return visit


def _address(request: Request) -> str:
    return "" if request.client is None else request.client.host


def _read_schema_state(premises: Premises) -> SchemaState:
    """Asked as a reader: who asks for health must not wait for whoever writes."""
    with premises.store.read() as connection:
        return inspect_schema(connection)


def _lacks_accounts(premises: Premises) -> bool:
    with premises.store.read() as connection:
        return not has_accounts(connection)


_STATUS = {"SIGN-IN-REFUSED": 401, "PASSWORD-OLD-WRONG": 401, "FORM-STALE": 403, "SETUP-CODE-REFUSED": 403}
_STATUS |= {"SIGN-IN-WAIT": 429, "SIGN-IN-BUSY": 429}


def _status_of(fault: FaultError) -> int:
    return max((_STATUS.get(finding.code, 422) for finding in fault.report), default=422)


PLAIN_ROUTES: tuple[BaseRoute, ...] = (
    *(Route(path, serve_shell, methods=["GET"]) for path in PAGE_PATHS),
    Route("/zaloguj", show_sign_in, methods=["GET"]),
    Route("/zaloguj", take_sign_in, methods=["POST"]),
    Route("/wyloguj", show_sign_out, methods=["GET"]),
    Route("/wyloguj", take_sign_out, methods=["POST"]),
    Route("/pierwsze-konto", show_first_account, methods=["GET"]),
    Route("/pierwsze-konto", take_first_account, methods=["POST"]),
    Route("/haslo", show_password, methods=["GET"]),
    Route("/haslo", take_password, methods=["POST"]),
    Route("/zdrowie", show_health, methods=["GET"]),
    *(Route(path, serve_asset, methods=["GET"]) for path in _ASSETS),
)
