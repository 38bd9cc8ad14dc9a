"""The things people write about: nouns of a text in their dictionary form.

Morfeusz2 knows the forms of Polish words, and which are first names and surnames: those are left out, because a word
that several people wrote may still be somebody's name. Where it has no wheel, words are stemmed, and words with a
capital letter inside a sentence are left out instead.
"""

import re
from functools import cache
from typing import Any

from surveys.language.folding import fold
from surveys.language.stemming import stem
from surveys.language.wording import is_joining_word

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…\n]\s*$")
_NAMES = frozenset({"imię", "nazwisko"})
_NOUN = ("subst:", "depr:")
# Readings that make a word a part of grammar rather than a thing: "do" is also a note in music.
_GRAMMAR = ("prep", "conj", "comp", "part", "interj", "ppron", "fin:", "praet:", "pred", "siebie", "bedzie", "qub")
# Nouns that name nothing by themselves.
_EMPTY = frozenset(
    {"brak", "problem", "sprawa", "rzecz", "rok", "raz", "nic", "coś", "co", "kto", "wszystko", "to", "osoba"}
)
_SHORTEST = 3


def find_things(text: str, *, dictionary: bool = True) -> list[frozenset[str]]:
    """Return what each noun of a text may be the form of; one word can have several dictionary forms.

    Args:
        text: people's own words.
        dictionary: use Morfeusz2 where it is installed.
    """
    words = text.lower() if text.isupper() else text
    analyser = _load_analyser() if dictionary else None
    found = []
    for match in _WORD.finditer(words):
        word = match.group()
        begins = match.start() == 0 or _SENTENCE_END.search(words[: match.start()]) is not None
        things = _look_up(analyser, word, begins=begins) if analyser is not None else _stem(word, begins=begins)
        if things:
            found.append(things)
    return found


def _look_up(analyser: Any, word: str, *, begins: bool) -> frozenset[str]:
    if begins and word[:1].isupper():
        common = _nouns(analyser, word.lower())
        if common:
            return common
    return _nouns(analyser, word)


def _nouns(analyser: Any, word: str) -> frozenset[str]:
    readings = [(lemma, tag, kinds) for _, _, (_, lemma, tag, kinds, _) in analyser.analyse(word)]
    if any(_NAMES & set(kinds) for _, _, kinds in readings) or any(tag.startswith(_GRAMMAR) for _, tag, _ in readings):
        return frozenset()
    nouns = {lemma.partition(":")[0] for lemma, tag, _ in readings if tag.startswith(_NOUN)}
    if nouns & _EMPTY:
        return frozenset()
    return frozenset(noun for noun in nouns if len(noun) >= _SHORTEST)


def _stem(word: str, *, begins: bool) -> frozenset[str]:
    folded = fold(word)
    if (word[:1].isupper() and not begins) or len(folded) < _SHORTEST or is_joining_word(folded):
        return frozenset()
    root = stem(folded)
    return frozenset() if root in _EMPTY else frozenset({root})


@cache
def _load_analyser() -> Any:
    try:
        from morfeusz2 import Morfeusz  # noqa: PLC0415 # its dictionary takes a quarter of a second to load
    except ImportError:  # no wheel for this machine: words are stemmed
        return None
    return Morfeusz(expand_tags=False)
