"""Plain HTML pages without scripts: sign-in, the first account, the password, refusals."""

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.access.forms import make_seal, set_seal
from dashboard.access.identity import is_secure, make_cookie
from dashboard.access.language import LANGUAGE_COOKIE, LANGUAGE_COOKIE_AGE, asked_language, choose_language
from dashboard.access.premises import current_premises
from dashboard.access.templates import make_speaker
from surveys.findings import Finding


def render_page(
    request: Request, template: str, *, status: int = 200, findings: tuple[Finding, ...] = (), **context: object
) -> Response:
    """Return a page in the language the request asks for.

    Args:
        request: the request it answers.
        template: file name under ``templates/``.
        status: http status.
        findings: faults to show above the form, cause and remedy.
        **context: what the template shows besides; everything is escaped.
    """
    premises = current_premises()
    language = choose_language(request.scope)
    seal = make_seal(request, premises)
    html = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            other_language="en" if language == "pl" else "pl",
            t=make_speaker(language),
            faults=[(finding.message(language), finding.remedy(language)) for finding in findings],
            seal=seal.field,
            path=request.scope["path"],
            **context,
        )
    )
    response = HTMLResponse(html, status_code=status)
    set_seal(response, request, premises, seal)
    remember_language(response, request)
    return response


def remember_language(response: Response, request: Request) -> None:
    """Keep the language that an address asked for in a cookie."""
    asked = asked_language(request.scope)
    if asked is not None:
        secure = is_secure(request.scope, current_premises().entrance)
        response.headers.append(
            "set-cookie", make_cookie(LANGUAGE_COOKIE, asked, secure=secure, max_age=LANGUAGE_COOKIE_AGE)
        )


@cache
def read_asset(name: str, package: str = "dashboard.access") -> bytes:
    """Return a file of a package's ``templates/`` that is served as it is."""
    return resources.files(package).joinpath("templates", name).read_bytes()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dashboard.access"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
