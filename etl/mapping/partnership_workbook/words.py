"""Words of the code lists as people type them: taken when certain, asked about when not, never guessed silently."""

import re
from collections.abc import Mapping
from functools import lru_cache

from etl.clean.labels import cell_text
from etl.mapping.partnership_workbook.spots import Spot
from etl.readers.raw import CellValue
from surveys.language.folding import fold
from surveys.language.suggestion import KINDS, Reason, Suggestion, load_suggester
from surveys.vocabulary import load

_KINDS_BY_LIST: Mapping[str, str] = {name: kind for kind, name in KINDS.items()}
_BETWEEN_WORDS = re.compile(r"[;\n]+")

# A likeness below it says nothing; asking "did you mean" would only puzzle.
LEAST_SCORE = 0.55

_YES = frozenset({"tak", "t", "x", "v", "✓", "yes", "y", "prawda", "true", "1", "+"})
_NO = frozenset({"nie", "n", "no", "falsz", "false", "0"})
_UNKNOWN = frozenset({"nie wiem", "nie wiadomo", "brak danych", "unknown", "not known"})


def read_yes_no(value: CellValue, spot: Spot) -> bool | None:
    """Return yes or no, ``None`` for "nie wiem" and for what is neither, which is a fault."""
    text = cell_text(value)
    word = fold(text) or text
    if word in _YES:
        return True
    if word in _NO:
        return False
    if word not in _UNKNOWN and set(word) - {"?", "-", "–"}:
        spot.fault("YES-NO-UNREADABLE", value=text)
    return None


def read_code(text: str, vocabulary: str, spot: Spot) -> str | None:
    """Return the code a word means; an uncertain one is a fault with what may have been meant, and ``None``.

    A label or code is taken in silence, another certain wording (a synonym, an inflected form) is said. With
    ``accept_suggestions`` the nearest word is taken too, and said as a warning.
    """
    best = find_best(text, vocabulary)
    if best is not None and best.certain:
        if best.reason in {Reason.SYNONYM, Reason.INFLECTED}:
            spot.fault("WORD-UNDERSTOOD", word=text, taken=_label(vocabulary, best.code))
        return best.code
    if best is None or best.score < LEAST_SCORE:
        spot.fault("WORD-UNKNOWN", word=text)
        return None
    return take_suggestion(text, best, vocabulary, spot)


@lru_cache(maxsize=4_096)
def find_best(text: str, vocabulary: str) -> Suggestion | None:
    """Return what a word may mean, ``None`` when nothing in the list comes near; rows repeat their words."""
    found = load_suggester(_KINDS_BY_LIST[vocabulary]).suggest(text, limit=1)
    return found[0] if found else None


def take_suggestion(text: str, best: Suggestion, vocabulary: str, spot: Spot) -> str | None:
    """Return an uncertain suggestion's code when suggestions are accepted, else ask about it."""
    label = _label(vocabulary, best.code)
    if spot.terms.accept_suggestions:
        spot.fault("WORD-SUGGESTION-TAKEN", word=text, taken=label)
        return best.code
    spot.fault("WORD-SUGGESTED", word=text, suggestion=label)
    return None


def read_codes(text: str, vocabulary: str, spot: Spot) -> tuple[str, ...]:
    """Return the codes of one cell: one word, or several separated by semicolons or line breaks."""
    words = [word.strip() for word in _BETWEEN_WORDS.split(text) if word.strip()]
    codes: list[str] = []
    for word in words:
        members = _roll_up_members(word) if vocabulary == "target_groups" else ()
        if members:
            codes.extend(_take_members(word, members, spot))
        elif (code := read_code(word, vocabulary, spot)) is not None:
            codes.append(code)
    return tuple(codes)


def _roll_up_members(word: str) -> tuple[str, ...]:
    """Return the groups a wide word ("seniorzy") stands for, none when the word is a group of its own."""
    own = find_best(word, "target_groups")
    if own is not None and own.certain:
        return ()
    wide = find_best(word, "roll_ups")
    return load().target_groups.roll_ups[wide.code].members if wide is not None and wide.certain else ()


def _take_members(word: str, members: tuple[str, ...], spot: Spot) -> tuple[str, ...]:
    labels = "; ".join(_label("target_groups", code) for code in members)
    if spot.terms.accept_suggestions:
        spot.fault("WORD-SUGGESTION-TAKEN", word=word, taken=labels)
        return members
    spot.fault("WORD-IS-WIDE", word=word, members=labels)
    return ()


def _label(vocabulary: str, code: str) -> str:
    return load().lists[vocabulary].label(code, "pl")
