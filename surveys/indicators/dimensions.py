"""Sex and age in the names of variables: "kobiety", "20-24", "70 i więcej", "17 lat i mniej"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from surveys.language.folding import fold

_WORDS_OF_SEX = {
    "kobiety": "woman", "kobieta": "woman", "females": "woman", "women": "woman",
    "mezczyzni": "man", "mezczyzna": "man", "males": "man", "men": "man",
}  # fmt: skip
_ALL = frozenset({"ogolem", "total", "razem", "ludnosc ogolem", "ludnosc"})
_YEARS = r"(?:\s*(?:lat|lata|rok|years?|r\.z\.))?"
_FROM_TO = re.compile(rf"^(?:w wieku |wiek )?(\d{{1,3}})\s*-\s*(\d{{1,3}}){_YEARS}$")
_AND_MORE = re.compile(
    rf"^(?:w wieku |wiek )?(\d{{1,3}}){_YEARS}\s*(?:i wiecej|i starsi|lub wiecej|and more|and over|\+){_YEARS}$"
)
_AND_LESS = re.compile(rf"^(?:w wieku |wiek )?(\d{{1,3}}){_YEARS}\s*(?:i mniej|and less|and under){_YEARS}$")
_ONE = re.compile(r"^(?:w wieku |wiek )?(\d{1,3})(?:\s*(?:lat|lata|rok|years?))?$")
# "w wieku przedprodukcyjnym - 17 lat i mniej": an economic age that names its years.
_NAMED = re.compile(r"^w wieku \w+(?: \w+)? ?[-:(] ?(.+?)\)?$")
OLDEST = 120


class Sex(StrEnum):
    """Sex as the profile of respondents codes it; ``ALL`` for both together."""

    WOMAN = "woman"
    MAN = "man"
    ALL = "all"


@dataclass(frozen=True, slots=True, order=True)
class AgeBand:
    """Ages from ``first`` to ``last``, both included; ``last`` is ``None`` for "and more"."""

    first: int
    last: int | None


def read_sex(parts: Iterable[str]) -> Sex | None:
    """Return the sex that a variable's dimensions name, ``None`` when they name none."""
    found = {_WORDS_OF_SEX[fold(part)] for part in parts if fold(part) in _WORDS_OF_SEX}
    return Sex(found.pop()) if len(found) == 1 else None


def read_age_band(text: str) -> AgeBand | None:
    """Return the ages that one dimension names, ``None`` when it names none.

    >>> read_age_band("70 i więcej")
    AgeBand(first=70, last=None)
    """
    folded = fold(text)
    named = _NAMED.match(folded)
    folded = named[1] if named is not None else folded
    if found := _FROM_TO.match(folded):
        first, last = int(found[1]), int(found[2])
        return AgeBand(first, last) if first <= last <= OLDEST else None
    if found := _AND_MORE.match(folded):
        return AgeBand(int(found[1]), None)
    if found := _AND_LESS.match(folded):
        return AgeBand(0, int(found[1]))
    # A bare number may be anything: it is an age only where it says "lat".
    if (found := _ONE.match(folded)) and not folded.isdigit() and int(found[1]) <= OLDEST:
        return AgeBand(int(found[1]), int(found[1]))
    return None


def says_all(text: str) -> bool:
    """Whether a dimension means everybody together ("ogółem")."""
    return fold(text) in _ALL
