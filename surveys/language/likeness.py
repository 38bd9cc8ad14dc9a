"""Two wordings of one thing: the same sentence spelt, inflected or typed otherwise, and sentences that only resemble.

What is *certain* may be taken without asking, so it is narrow: the same words but for case, marks, grammatical endings
or a slip of the pen, and only one known wording that near. "Dostępność lekarza" and "niedostępność lekarza",
"18–24" and "25–34" are never near. Everything else that resembles is a suggestion for a person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from surveys.language.folding import fold
from surveys.language.stemming import stem

_WORD = re.compile(r"[^\W_]+[+%]?")
_NUMBER = re.compile(r"\d+")
_OPPOSING = frozenset({"nie", "bez", "brak", "ani", "nigdy", "zaden", "not", "no", "never", "lt", "gt"})
# One slip in a stem of six letters, two in one of nine; shorter words are other words ("praca", "prasa").
_ONE_SLIP, _TWO_SLIPS = 6, 9
_LEAST_SCORE = 0.72
_MARGIN = 0.04


class How(StrEnum):
    """How a wording was met, the surest first."""

    EXACT = "exact"
    ALIAS = "alias"
    FOLDED = "folded"
    INFLECTED = "inflected"
    SPELLING = "spelling"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Like:
    """A known wording that a text may be.

    Attributes:
        place: of the known wording, as they were given.
        how: in what they meet.
        score: 0–1.
        certain: it may be taken without asking.
    """

    place: int
    how: How
    score: float
    certain: bool


class WordingIndex:
    """Known wordings to compare with; several may stand for one thing.

    Args:
        wordings: (place, wording) pairs; empty wordings are passed over.
    """

    def __init__(self, wordings: Iterable[tuple[int, str]]) -> None:
        self._known = [(place, text, _fold(text), read_stems(text)) for place, text in wordings if fold(text)]
        self._exact: defaultdict[str, set[int]] = defaultdict(set)
        self._folded: defaultdict[str, set[int]] = defaultdict(set)
        self._stems: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for place, text, folded, stems in self._known:
            self._exact[text].add(place)
            self._folded[folded].add(place)
            if stems:
                self._stems[stems].add(place)

    def find(self, text: str, *, without: frozenset[int] = frozenset()) -> Like | None:
        """Return the nearest known wording, ``None`` when none resembles.

        Args:
            text: the wording to find.
            without: places that are taken already.
        """
        folded, stems = _fold(text), read_stems(text)
        if not folded:
            return None
        for found, how, score in (
            (self._exact.get(text), How.EXACT, 1.0),
            (self._folded.get(folded), How.FOLDED, 1.0),
            (self._stems.get(stems), How.INFLECTED, 0.97),
        ):
            left = (found or set()) - without
            if len(left) == 1:
                return Like(next(iter(left)), how, score, certain=True)
        return self._compare(folded, stems, without)

    def _compare(self, folded: str, stems: tuple[str, ...], without: frozenset[int]) -> Like | None:
        slips: set[int] = set()
        scores: dict[int, float] = {}
        for place, _, other, other_stems in self._known:
            if place in without or _opposes(stems, other_stems):
                continue
            if _is_slip(stems, other_stems):
                slips.add(place)
            score = fuzz.token_sort_ratio(folded, other, score_cutoff=100 * _LEAST_SCORE) / 100
            if score > scores.get(place, 0.0):
                scores[place] = score
        if len(slips) == 1:
            return Like(slips.pop(), How.SPELLING, 0.95, certain=True)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
            return None
        place, score = ranked[0]
        return Like(place, How.SIMILAR, round(score, 3), certain=False)


def read_stems(text: str) -> tuple[str, ...]:
    """Return the stems of all words of a text, in their order; none is dropped: *do 3 lat* is not *od 3 lat*."""
    return tuple(stem(word) for word in _WORD.findall(_fold(text)))


def _fold(text: str) -> str:
    """Folding drops signs at the ends, and ``< 30`` must not meet ``> 30``."""
    return fold(text.replace("<", " lt ").replace(">", " gt "))


def _opposes(stems: Sequence[str], other: Sequence[str]) -> bool:
    """Other numbers, or a "nie" on one side only: never the same thing, however alike the rest."""
    return _find_opposing(tuple(stems)) != _find_opposing(tuple(other))


@lru_cache(maxsize=8_192)
def _find_opposing(stems: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return sorted(_NUMBER.findall(" ".join(stems))), sorted(word for word in stems if word in _OPPOSING)


def _is_slip(stems: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two wordings differ in slips of the pen only, word by word."""
    if len(stems) != len(other) or not stems:
        return False
    differing = [(one, two) for one, two in zip(stems, other, strict=True) if one != two]
    return len(differing) <= 2 and all(_is_mistyped(one, two) for one, two in differing)


def _is_mistyped(one: str, two: str) -> bool:
    shorter = min(len(one), len(two))
    if one[0] != two[0] or shorter < _ONE_SLIP or not (one.isalpha() and two.isalpha()):
        return False
    return OSA.distance(one, two) <= (2 if shorter >= _TWO_SLIPS else 1)
