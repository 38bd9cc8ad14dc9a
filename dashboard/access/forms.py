"""Forms that nobody else's page can send: a random cookie, and a field that only this installation can make from it."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from dashboard.access.identity import is_secure, is_token, make_cookie, outer_origin, read_cookie
from dashboard.access.premises import Premises
from dashboard.access.table import PAGE_PATHS
from etl.store.sessions import make_token
from surveys.findings import FaultError, Finding, Report

_LONGEST_WAY_BACK = 2_000
_MEETING = re.compile(r"/spotkanie/[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class FormSeal:
    """What makes one browser's forms its own: a cookie's value and the field that goes with it."""

    cookie: str
    field: str


def make_seal(request: Request, premises: Premises) -> FormSeal:
    """Return the seal of this browser's forms; a new cookie when it has none."""
    known = read_cookie(request.scope, _cookie_name(request, premises))
    cookie = known if known is not None and is_token(known) else make_token()
    return FormSeal(cookie, _sign(cookie, premises.secret))


def set_seal(response: Response, request: Request, premises: Premises, seal: FormSeal) -> None:
    """Put the seal's cookie on a response."""
    secure = is_secure(request.scope, premises.entrance)
    cookie = make_cookie(_cookie_name(request, premises), seal.cookie, secure=secure)
    response.headers.append("set-cookie", cookie)


async def read_form(request: Request, premises: Premises) -> dict[str, str]:
    """Return the fields of a form that this browser got from us.

    Raises:
        FaultError: ``FORM-STALE`` when the seal is missing or another's.
    """
    return {name: values[-1] for name, values in (await read_long_form(request, premises, most=20)).items()}


async def read_long_form(request: Request, premises: Premises, *, most: int) -> dict[str, list[str]]:
    """Return every value of the fields of a form that this browser got from us.

    Args:
        request: the request that brings it.
        premises: whose secret signs forms.
        most: fields it may have.

    Raises:
        FaultError: ``FORM-STALE`` when the seal is missing or another's.
    """
    fields: dict[str, list[str]] = {}
    async with request.form(max_files=0, max_fields=most) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
    cookie = read_cookie(request.scope, _cookie_name(request, premises)) or ""
    seal = fields.get("seal", [""])[-1]
    if not is_token(cookie) or not hmac.compare_digest(seal.encode(), _sign(cookie, premises.secret).encode()):
        raise FaultError(Report((Finding("FORM-STALE"),)))
    return fields


def safe_way_back(text: str) -> str:
    """Return where to go after signing in: one of our pages with its filters, a meeting, else the first page.

    Anything else (another host, two slashes, a form's own page) would let a mail send people through our sign-in to
    somewhere that looks like us.
    """
    parts = urlsplit(text)
    plain = text.isascii() and text.isprintable() and "\\" not in text and len(text) <= _LONGEST_WAY_BACK
    ours = parts.path in PAGE_PATHS or _MEETING.fullmatch(parts.path) is not None
    if not plain or parts.scheme or parts.netloc or parts.fragment or not ours:
        return "/"
    return text


def way_from_referrer(request: Request, premises: Premises) -> str:
    """Return the page of ours that somebody was on when their session ended, with its filters, else the first page."""
    parts = urlsplit(request.headers.get("referer", ""))
    if f"{parts.scheme}://{parts.netloc}" != outer_origin(request.scope, premises.entrance):
        return "/"
    return safe_way_back(parts.path + (f"?{parts.query}" if parts.query else ""))


def _cookie_name(request: Request, premises: Premises) -> str:
    return "__Host-diagnoza-form" if is_secure(request.scope, premises.entrance) else "diagnoza-form"


def _sign(cookie: str, secret: str) -> str:
    return hmac.new(secret.encode(), b"form:" + cookie.encode(), hashlib.sha256).hexdigest()
