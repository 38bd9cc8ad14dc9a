"""Words that cannot over-claim: sentences on shares, differences and associations, made from their intervals.

A claim is chosen first, as data, and then said; the tests hold every claim against its interval, for all bases:

* "about every third person" only when a third lies in the interval, the share itself is near it, and the interval is
  not wide; else the share is given in a hundred, or the interval alone;
* "more" and "fewer" only when the (adjusted) interval of the difference excludes 0, else "no difference can be seen",
  with how large it may be;
* "most" only when the whole interval is above a half, "fewer than half" only when it is below.

Numbers are said with their nouns in the right form (CLDR plural rules). The functions return parts of sentences in
lower case, without a full stop.
"""

from dataclasses import dataclass
from enum import StrEnum

from surveys.language.languages import Language
from surveys.language.numerals import format_number
from surveys.language.texts import load_catalogue

_CATALOGUE = "surveys.language.catalogues"
# Key of the text and the share it names.
FRACTIONS: tuple[tuple[str, float], ...] = (
    ("tenth", 1 / 10),
    ("fifth", 1 / 5),
    ("quarter", 1 / 4),
    ("third", 1 / 3),
    ("two_fifths", 2 / 5),
    ("half", 1 / 2),
    ("three_fifths", 3 / 5),
    ("two_thirds", 2 / 3),
    ("three_quarters", 3 / 4),
    ("four_fifths", 4 / 5),
    ("nine_tenths", 9 / 10),
)
NEAR = 0.025
"""How far a share may lie from the fraction that names it."""
WIDE = 0.25
"""An interval this wide is said alone: "about" would promise more than it holds."""


class Kind(StrEnum):
    """How a share is said."""

    NOBODY = "nobody"
    EVERYBODY = "everybody"
    FRACTION = "fraction"
    NUMBER = "number"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class ShareClaim:
    """What is said of a share.

    Attributes:
        kind: how it is said.
        about: the share that is named, ``None`` when only the interval is.
        fraction: key of the fraction's text, empty for other kinds.
        low, high: the interval, whole persons of a hundred.
    """

    kind: Kind
    about: float | None
    fraction: str
    low: int
    high: int


def claim_share(share: float, low: float, high: float) -> ShareClaim:
    """Choose what may be said of a share.

    Args:
        share: 0–1.
        low: lower bound of its interval.
        high: upper bound.
    """
    bounds = (_of_hundred(low), _of_hundred(high))
    if share in {0.0, 1.0}:
        return ShareClaim(Kind.EVERYBODY if share else Kind.NOBODY, None, "", *bounds)
    if high - low > WIDE:
        return ShareClaim(Kind.RANGE, None, "", *bounds)
    key, named = min(FRACTIONS, key=lambda item: abs(item[1] - share))
    if abs(named - share) <= NEAR and low <= named <= high:
        return ShareClaim(Kind.FRACTION, named, key, *bounds)
    number = _of_hundred(share)
    if number in {0, 100}:
        return ShareClaim(Kind.RANGE, None, "", *bounds)
    return ShareClaim(Kind.NUMBER, number / 100, "", *bounds)


def say_share(share: float, low: float, high: float, language: Language) -> str:
    """Say a share with its interval: ``około co trzecia osoba (od 28 do 39 na 100)``.

    Args:
        share: 0–1.
        low: lower bound of its interval.
        high: upper bound.
        language: to say it in.
    """
    claim = claim_share(share, low, high)
    bounds = {"low": claim.low, "high": claim.high}
    if claim.kind is Kind.FRACTION:
        return _say("share.fraction", language, fraction=_say(f"fraction.{claim.fraction}", language), **bounds)
    if claim.kind is Kind.NUMBER:
        return _say("share.number", language, n=_of_hundred(share), **bounds)
    if claim.kind is Kind.RANGE:
        return _say("share.range", language, n=claim.high, low=claim.low)
    return _say(f"share.{claim.kind.value}", language, **bounds)


def say_majority(low: float, high: float, language: Language) -> str:
    """Say whether it is most people: only when the whole interval of the share is on one side of a half."""
    key = "most" if low > 0.5 else "fewer_than_half" if high < 0.5 else "unclear"
    return _say(f"majority.{key}", language)


def say_people(count: int, language: Language) -> str:
    """Say a number of people: ``1 osoba``, ``22 osoby``, ``25 osób``."""
    return _say("people", language, n=count)


def say_answered(count: int, language: Language) -> str:
    """Say how many people answered, verb and noun in the form of the number: ``odpowiedziały 22 osoby``."""
    return _say("answered", language, n=count) if count else _say("nobody_answered", language)


def say_counts(count: int, base: int, language: Language) -> str:
    """Say a count of few people: ``7 z 18 osób``, ``żadna z 18 osób``, ``wszystkie 18 osób``.

    Args:
        count: people who chose the answer.
        base: people who answered, above 0.
        language: to say it in.
    """
    if count == 0:
        return _say("counts.none", language, n=base)
    if count == base:
        return _say("counts.all", language, n=base)
    return _say("counts.some", language, n=base, count=format_number(count, language))


def say_points(points: float, language: Language) -> str:
    """Say a difference of shares without its sign, in whole percentage points."""
    return _say("points", language, n=_of_hundred(abs(points)))


def say_difference(difference: float, low: float, high: float, language: Language) -> str:
    """Say a difference of two shares: more or fewer only when its interval excludes 0.

    Args:
        difference: the second share minus the first, −1 to 1.
        low: lower bound of its interval, at a level adjusted for all comparisons looked at.
        high: upper bound.
        language: to say it in.
    """
    if low <= 0 <= high:
        bounds = {"low": _signed(low, language), "high": _signed(high, language)}
        return _say("difference.unseen", language, n=_of_hundred(abs(high)), **bounds)
    nearest, farthest = sorted((abs(low), abs(high)))
    key = "more" if low > 0 else "fewer"
    near = _of_hundred(nearest)
    bounds = {
        "low": format_number(near, language) if near else _say("above_zero", language),
        "high": format_number(max(1, _of_hundred(farthest)), language),
    }
    if not _of_hundred(abs(difference)):
        return _say(f"difference.{key}_small", language, **bounds)
    return _say(f"difference.{key}", language, points=say_points(difference, language), **bounds)


def say_association(p_value: float, language: Language, *, rough: bool = False) -> str:
    """Say whether answers go with the group. How strongly is a figure (Cramér's V) of its own, too unsure for a word.

    Args:
        p_value: of the test, adjusted for all that were looked at.
        language: to say it in.
        rough: expected counts are small (`surveys.analysis.independence.IndependenceTest.few_expected`).
    """
    if rough:
        return _say("association.rough", language)
    return _say("association.unseen" if p_value > 0.05 else "association.seen", language)


def _of_hundred(share: float) -> int:
    """Whole persons of a hundred, halves up, as everywhere on the page."""
    return int(share * 100 + 0.5)


def _signed(points: float, language: Language) -> str:
    whole = _of_hundred(abs(points))
    return format_number(-whole if points < 0 else whole, language)


def _say(key: str, language: Language, /, **facts: object) -> str:
    return load_catalogue(_CATALOGUE).say(f"claim.{key}", language, **facts)
