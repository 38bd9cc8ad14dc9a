"""Every path that exists, with what it needs. Whatever has no line here does not exist.

Judged is ``scope["path"]``, exactly: never the address the request claims for itself. Streamlit serves its page at any
path, so the paths of its pages are named here too; a page is added in both places.
"""

import re
from dataclasses import dataclass
from enum import Enum

from dashboard.page_addresses import PAGES


class Need(Enum):
    """What whoever asks has to bring."""

    NOTHING = "nothing"
    SESSION = "session"
    ACCOUNT = "account"  # a session of somebody who signed in, not of a visitor of the open demonstration
    ADMINISTRATOR = "administrator"
    NEVER = "never"  # Streamlit has it, nobody here gets it


class Refusal(Enum):
    """How those are answered who do not bring it."""

    SIGN_IN = "sign_in"  # a person with a browser: to the sign-in page and back
    UNAUTHORISED = "unauthorised"  # Streamlit's page shows these words when the session ended
    FORBIDDEN = "forbidden"  # the same for what is there and what is not


class Kind(Enum):
    """What has to be done besides, where a path is not merely let through."""

    PLAIN = "plain"
    PUBLIC = "public"  # nobody is asked who they are, not even when they could say so
    PAGE = "page"
    ASSET = "asset"
    STATIC = "static"  # only where Streamlit has such a file
    STREAM = "stream"
    UPLOAD = "upload"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line.

    Attributes:
        pattern: regular expression that the whole path has to match.
        methods: http methods; ``WEBSOCKET`` for the websocket.
        need: what whoever asks has to bring.
        refusal: the answer to those who do not.
        kind: what else the gate does.
    """

    pattern: re.Pattern[str]
    methods: frozenset[str]
    need: Need
    refusal: Refusal = Refusal.FORBIDDEN
    kind: Kind = Kind.PLAIN


PAGE_PATHS = tuple(f"/{address}" for address in PAGES.values())

_READ = frozenset({"GET", "HEAD"})
_FORM = frozenset({"GET", "HEAD", "POST"})
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.@~-]*"


def _exact(*paths: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(path) for path in paths))


TABLE: tuple[Rule, ...] = (
    # The Streamlit pages.
    Rule(_exact(*PAGE_PATHS), _READ, Need.SESSION, Refusal.SIGN_IN, Kind.PAGE),
    # Plain pages of our own.
    Rule(_exact("/zaloguj", "/pierwsze-konto", "/wyloguj"), _FORM, Need.NOTHING),
    Rule(_exact("/haslo"), _FORM, Need.ACCOUNT, Refusal.SIGN_IN),
    Rule(_exact("/zdrowie"), _READ, Need.NOTHING),
    # The web form that residents fill in: by a link, by the short one on a poster, on a tablet; and a look at it.
    Rule(re.compile(r"/a/(?:[A-Za-z0-9_-]{22}(?:/koniec)?|[2-9a-z]{8})"), _FORM, Need.NOTHING, kind=Kind.PUBLIC),
    Rule(re.compile(r"/k/[A-Za-z0-9_-]{22}"), _FORM, Need.NOTHING, kind=Kind.PUBLIC),
    Rule(re.compile(r"/podglad-ankiety/[0-9a-f]{12}"), _FORM, Need.SESSION, Refusal.SIGN_IN),
    # The vote at a meeting, and the meeting as the projector shows it.
    Rule(re.compile(r"/g/(?:[A-Za-z0-9_-]{22}(?:/oddany)?|[2-9a-z]{8})"), _FORM, Need.NOTHING, kind=Kind.PUBLIC),
    Rule(re.compile(r"/spotkanie/[0-9a-f]{12}(?:/notatka|/papier)?"), _FORM, Need.SESSION, Refusal.SIGN_IN),
    Rule(re.compile(r"/spotkanie/[0-9a-f]{12}/(?:stan|wykres/[0-9a-z]{1,12}\.svg)"), _READ, Need.SESSION),
    Rule(re.compile(r"/spotkanie/[0-9a-f]{12}/protokol\.docx"), _READ, Need.SESSION, Refusal.SIGN_IN),
    # Files without anybody's data: program text, style, icons.
    Rule(_exact("/dostep.css", "/powloka.js", "/znak.svg"), _READ, Need.NOTHING, kind=Kind.ASSET),
    Rule(
        _exact("/ankieta.css", "/ankieta.js", "/spotkanie.css", "/spotkanie.js"), _READ, Need.NOTHING, kind=Kind.ASSET
    ),
    Rule(re.compile(rf"/static(?:/{_NAME})+"), _READ, Need.NOTHING, kind=Kind.STATIC),
    # Streamlit's own machinery.
    Rule(_exact("/_stcore/health", "/_stcore/host-config"), _READ, Need.SESSION, Refusal.UNAUTHORISED),
    Rule(_exact("/_stcore/stream"), frozenset({"WEBSOCKET"}), Need.SESSION, kind=Kind.STREAM),
    Rule(
        re.compile(r"/_stcore/upload_file/[0-9a-f-]{36}/[0-9a-f-]{36}"),
        frozenset({"PUT", "DELETE"}),
        Need.SESSION,
        kind=Kind.UPLOAD,
    ),
    Rule(re.compile(rf"/media/{_NAME}"), _READ, Need.SESSION, kind=Kind.MEDIA),
    Rule(re.compile(rf"/component(?:/{_NAME})+"), _READ, Need.SESSION),
    Rule(re.compile(rf"/_stcore/bidi-components(?:/{_NAME})+"), _READ, Need.SESSION),
    Rule(_exact("/_stcore/metrics"), _READ, Need.ADMINISTRATOR),
    # Whatever else stands under Streamlit's names is nobody's, and says the same for what is there and what is not.
    Rule(
        re.compile(r"/(?:_stcore|media|component|app/static|auth|oauth2callback)(?:/.*)?", re.DOTALL),
        frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "WEBSOCKET"}),
        Need.NEVER,
    ),
)


def find_rule(path: str, method: str) -> Rule | None:
    """Return the first line for a path and a method, ``None`` when there is none.

    Args:
        path: the ASGI scope's ``path``, decoded, as it is.
        method: http method in capitals, or ``WEBSOCKET``.
    """
    for rule in TABLE:
        if method in rule.methods and rule.pattern.fullmatch(path):
            return rule
    return None
