"""Polish first, English by a switch: ``?lang=en`` in any address, remembered in a cookie."""

from starlette.types import Scope

from dashboard.access.identity import read_cookie
from surveys.language.texts import Language

DEFAULT_LANGUAGE: Language = "pl"
LANGUAGE_COOKIE = "lang"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600


def as_language(text: str | None) -> Language | None:
    """Return the language a text names, ``None`` when it names none of ours."""
    return "pl" if text == "pl" else "en" if text == "en" else None


def asked_language(scope: Scope) -> Language | None:
    """Return the language that the address asks for, ``None`` when it asks for none."""
    for part in scope.get("query_string", b"").split(b"&"):
        name, _equals, value = part.partition(b"=")
        if name == b"lang":
            return as_language(value.decode("latin-1"))
    return None


def choose_language(scope: Scope) -> Language:
    """Return the language to answer in: the address's, else the cookie's, else Polish."""
    return asked_language(scope) or as_language(read_cookie(scope, LANGUAGE_COOKIE)) or DEFAULT_LANGUAGE
