"""Templates of plain HTML pages: the web form, the vote, the meeting on the projector, sign-in."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard.texts import say
from surveys.language.texts import Language


@cache
def find_template(package: str, name: str) -> Any:  # Jinja's template, whose keywords are its own
    """Return a template of a package's ``templates/``: everything is escaped, and what nobody gave is a mistake.

    The filter ``lines`` shows line breaks of a text as such.
    """
    environment = Environment(
        loader=PackageLoader(package), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["lines"] = _with_line_breaks
    return environment.get_template(name)


@cache
def make_speaker(language: Language) -> Any:  # a template calls it with whatever facts the text needs
    """Return the function by which a template says a text by its key."""

    def speak(key: str, /, **facts: object) -> str:
        return say(key, language, **facts)

    return speak


def _with_line_breaks(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))
