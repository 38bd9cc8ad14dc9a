"""Polish words taken apart by Morfeusz 2: what they may be the form of. The one place that knows the library.

It is not there on every machine (no wheel for Linux on ARM): `analyse` then returns ``None``, and whoever asks goes on
without. The dictionary takes about 45 MB once it is loaded, so it is loaded when a word is first asked for.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_GIVEN_NAME, _SURNAME, _PLACE = "imię", "nazwisko", "nazwa_geograficzna"


@dataclass(frozen=True, slots=True)
class WordForm:
    """One way to understand a word.

    Attributes:
        lemma: the word's basic form.
        part: part of speech (``subst``, ``adj``, ``fin`` …); ``ign`` for a word that the dictionary does not have.
        numbers, cases, genders: what the form may be, in Morfeusz's abbreviations; empty where it has none.
        is_given_name, is_surname, is_place: what kind of name it is.
    """

    lemma: str
    part: str
    numbers: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    is_given_name: bool = False
    is_surname: bool = False
    is_place: bool = False

    @property
    def is_name(self) -> bool:
        """Whether the word is a name of any kind."""
        return self.is_given_name or self.is_surname or self.is_place


def is_available() -> bool:
    """Whether words can be taken apart on this machine."""
    return _load() is not None


@lru_cache(maxsize=65_536)
def analyse(word: str) -> tuple[WordForm, ...] | None:
    """Return every way to understand a word; ``None`` when nobody can tell on this machine.

    Args:
        word: one word in its own letters; a capital lets it be a name.
    """
    morfeusz = _load()
    if morfeusz is None:
        return None
    return tuple(
        _read(lemma, tag, kinds) for start, end, (_, lemma, tag, kinds, _) in morfeusz.analyse(word) if start == 0
    )


@cache
def _load() -> Any:
    try:
        from morfeusz2 import Morfeusz  # noqa: PLC0415 # slow to load, and absent on some machines
    except ImportError:
        return None
    return Morfeusz(generate=False)


def _read(lemma: str, tag: str, kinds: list[str]) -> WordForm:
    part, *rest = tag.split(":")
    numbers, cases, genders = (frozenset(piece.split(".")) for piece in (*rest, "", "", "")[:3])
    if part not in {"subst", "adj", "depr"}:
        return WordForm(lemma.partition(":")[0], part)
    return WordForm(
        lemma.partition(":")[0],
        part,
        numbers - {""},
        cases - {""},
        genders - {""},
        _GIVEN_NAME in kinds,
        _SURNAME in kinds,
        _PLACE in kinds,
    )
