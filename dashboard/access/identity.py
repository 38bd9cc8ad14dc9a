"""From a request's cookie to a visit, and when the sample data are open without one.

The demonstration is open while nobody has an account *and* whoever asks sits at this machine: bound to loopback,
connected from loopback, under a loopback name, and not through a proxy. Its visitors get a random cookie that gives no
right and only keeps one visitor's uploads and downloads from another's.
"""

import re
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from starlette.types import Scope

from dashboard.access.config import LOOPBACK_NAMES, Entrance, host_name, is_loopback
from dashboard.access.premises import Premises
from etl.store.scope import Actor
from etl.store.sessions import Visit, find_visit, has_accounts, hash_token

# Under https browsers hold ``__Host-`` names to this host, to path ``/`` and to https.
SECURE_COOKIE = "__Host-diagnoza"
INSECURE_COOKIE = "diagnoza"

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_FORWARDING = frozenset(
    {b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
)


def identify(premises: Premises, scope: Scope) -> Visit | None:
    """Return whose request this is, or ``None``. Asks the store: call it in a thread.

    Args:
        premises: the open store and its clock.
        scope: ASGI scope of an http request or a websocket.
    """
    token = read_cookie(scope, session_cookie_name(scope, premises.entrance))
    if token is None or not is_token(token):
        return None
    visit = find_visit(premises.store, token, premises.clock())
    if visit is None and demo_is_open(premises, scope):
        return make_anonymous_visit(token)
    return visit


def make_anonymous_visit(token: str) -> Visit:
    """Return the visit of somebody who looks at the open demonstration under a token of their own."""
    token_hash = hash_token(token)
    return Visit(actor=Actor.anonymous(visitor=token_hash[:32]), token_hash=token_hash)


def demo_is_open(premises: Premises, scope: Scope) -> bool:
    """Return whether this request may see the sample data without an account. Asks the store."""
    client = scope.get("client")
    if not premises.entrance.on_loopback or client is None or not is_loopback(client[0]):
        return False
    if host_name(header(scope, b"host") or "") not in LOOPBACK_NAMES:
        return False
    if any(name.lower() in _FORWARDING for name, _value in scope["headers"]):
        return False
    with premises.store.read() as connection:
        return not has_accounts(connection)


def session_cookie_name(scope: Scope, entrance: Entrance) -> str:
    """Return the name of the session's cookie."""
    return SECURE_COOKIE if is_secure(scope, entrance) else INSECURE_COOKIE


def is_token(text: str) -> bool:
    """Return whether a text has the form of a session's token."""
    return _TOKEN.fullmatch(text) is not None


def is_secure(scope: Scope, entrance: Entrance) -> bool:
    """Return whether the person's browser speaks https, perhaps to a proxy before this server."""
    return outer_origin(scope, entrance).startswith("https://")


def outer_origin(scope: Scope, entrance: Entrance) -> str:
    """Return scheme, name and port as the browser sees them; the Host header has been checked by then."""
    host = (header(scope, b"host") or "").lower()
    public = entrance.public_origin
    if public is not None and public.partition("://")[2] == host:
        return public
    scheme = "https" if scope.get("scheme") in {"https", "wss"} else "http"
    return f"{scheme}://{host}"


def read_cookie(scope: Scope, name: str) -> str | None:
    """Return a cookie's value; ``None`` when the browser sent none or something that is no cookie."""
    for line in headers(scope, b"cookie"):
        for part in line.split(";"):
            key, equals, value = part.strip().partition("=")
            if equals and key == name:
                return value.strip('"')
    return None


def make_cookie(name: str, value: str, *, secure: bool, max_age: int | None = None, path: str = "/") -> str:
    """Return the value of a ``Set-Cookie`` header: HttpOnly, SameSite=Lax, for the site or below a path."""
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie[name] = value
    except CookieError as error:
        raise ValueError(f"{name!r} is no name for a cookie") from error
    morsel = cookie[name]
    morsel["path"] = path
    morsel["httponly"] = True
    morsel["samesite"] = "Lax"
    if secure:
        morsel["secure"] = True
    if max_age is not None:
        morsel["max-age"] = max_age
    return morsel.OutputString()


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header's value; ``None`` when it is absent or sent twice, which is somebody's trick."""
    values = list(headers(scope, name))
    return values[0] if len(values) == 1 else None


def headers(scope: Scope, name: bytes) -> Iterable[str]:
    """Return every value of a header; names in small letters."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]
