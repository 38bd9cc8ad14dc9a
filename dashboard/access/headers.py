"""What the gate takes off requests and puts on responses."""

from collections.abc import Iterable

from starlette.types import Message, Scope, Send

# Tried with Streamlit's pages, its uploader, Plotly and tables: all work, foreign pictures and scripts do not.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

SECURITY_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not "no-referrer": a form's Origin would become "null", and forms are checked by their origin.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"x-robots-tag", b"noindex"),
)
_HSTS = (b"strict-transport-security", b"max-age=31536000")
_NO_STORE = (b"cache-control", b"no-store")

_OURS = frozenset(name for name, _value in SECURITY_HEADERS) | {_HSTS[0]}

# Proxies tell applications behind them who somebody is. None stands before this one, so a stranger said it.
_IDENTITY_HEADERS = frozenset(
    {
        b"authorization",
        b"proxy-authorization",
        b"remote-user",
        b"remote-groups",
        b"x-remote-user",
        b"x-user",
        b"x-email",
    }
)
_IDENTITY_PREFIXES = (
    b"cf-access-",
    b"tailscale-user-",
    b"x-amzn-oidc-",
    b"x-auth-request-",
    b"x-authentik-",
    b"x-diagnoza-",
    b"x-forwarded-email",
    b"x-forwarded-groups",
    b"x-forwarded-preferred-username",
    b"x-forwarded-user",
    b"x-goog-",
    b"x-ms-client-principal",
    b"x-ms-token-",
    b"x-remote-",
    b"x-streamlit-user",
    b"x-webauth-",
)


def strip_identity(scope: Scope) -> Scope:
    """Return the scope without headers in which somebody claims to be somebody."""
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name.lower() not in _IDENTITY_HEADERS and not name.lower().replace(b"_", b"-").startswith(_IDENTITY_PREFIXES)
    ]
    return {**scope, "headers": kept}


def add_headers(send: Send, *, secure: bool, cacheable: bool, cookies: Iterable[str] = ()) -> Send:
    """Return a ``send`` that puts the gate's headers on every response, also on one that refuses a websocket.

    Args:
        send: the server's.
        secure: whether the browser speaks https; then it is told to stay there.
        cacheable: whether Streamlit's own caching may stand; only for files without anybody's data.
        cookies: further ``Set-Cookie`` values.
    """
    extra = [*SECURITY_HEADERS, *((b"set-cookie", cookie.encode("latin-1")) for cookie in cookies)]
    if secure:
        extra.append(_HSTS)

    async def send_with_headers(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            status = message["status"]
            keep_caching = cacheable and status in {200, 206, 304}
            kept = [
                (name, value)
                for name, value in message.get("headers", ())
                if name.lower() not in _OURS
                and not name.lower().startswith(b"access-control-")  # nobody else's page reads from here
                and (keep_caching or name.lower() != b"cache-control")
            ]
            if not keep_caching:
                kept.append(_NO_STORE)
            message = {**message, "headers": kept + extra}
        await send(message)

    return send_with_headers
