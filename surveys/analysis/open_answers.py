"""Open answers in groups: by a code list where people's words are certain, and by the things they name.

A group is told only when enough different people are in it; what one or two people wrote is theirs. No answer is
quoted here: groups know the places of their answers, so that a person can read them and decide what may be quoted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.language.collation import sort_key
from surveys.language.lemmas import find_things
from surveys.language.suggestion import load_suggester
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

_PARTS = re.compile(r"[;\n,/•]|\d[.)]\s")


class Grouping(StrEnum):
    """What holds a group together."""

    CODE = "code"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers that say or name the same.

    Attributes:
        by: a code of a list, or a thing that is named.
        key: the code, or the noun in its dictionary form (without a dictionary, its stem).
        people: different people.
        answers: positions of their answers, for a person to read; never to be shown with the group.
    """

    by: Grouping
    key: str
    people: int
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenAnswers:
    """Open answers to one question.

    Attributes:
        people: who wrote something.
        groups: by code first, then by thing; largest first, then by the alphabet. A person can be in several.
        outside: people whose answers are in no group, ``None`` when they are too few to be told of.
    """

    people: int
    groups: tuple[AnswerGroup, ...]
    outside: int | None


def group_answers(
    texts: Sequence[str],
    people: Sequence[int] | None = None,
    *,
    kind: str | None = None,
    dictionary: bool = True,
    rules: DisclosureRules = STANDARD_RULES,
) -> OpenAnswers:
    """Group open answers.

    Args:
        texts: people's own words, free of personal data; empty ones are no answers.
        people: whose answer each is; one person each by default.
        kind: code list to look in (`surveys.language.suggestion.KINDS`); only certain matches count.
        dictionary: use Morfeusz2 where it is installed.
        rules: thresholds; below their base nothing is told, below their count no group.
    """
    writers = people if people is not None else range(len(texts))
    answers = [
        (place, person, text) for place, (person, text) in enumerate(zip(writers, texts, strict=True)) if text.strip()
    ]
    everybody = {person for _, person, _ in answers}
    if len(everybody) < rules.min_base:
        return OpenAnswers(len(everybody), (), None)
    groups: list[AnswerGroup] = []
    if kind is not None:
        codes = [(place, person, _certain_codes(text, kind)) for place, person, text in answers]
        groups += _gather(Grouping.CODE, codes, rules)
    groups += _gather(Grouping.THING, _choose_things(answers, dictionary=dictionary), rules)
    told = {place for group in groups for place in group.answers}
    outside = len(everybody - {person for place, person, _ in answers if place in told})
    return OpenAnswers(len(everybody), tuple(groups), outside if outside == 0 or outside >= rules.min_count else None)


def _certain_codes(text: str, kind: str) -> frozenset[str]:
    suggester = load_suggester(kind)
    parts = {part.strip() for part in (text, *_PARTS.split(text)) if part and part.strip()}
    found = (suggester.suggest(part, 1) for part in parts)
    return frozenset(best.code for suggestions in found for best in suggestions if best.certain)


def _choose_things(
    answers: Sequence[tuple[int, int, str]], *, dictionary: bool
) -> list[tuple[int, int, frozenset[str]]]:
    """Return the things each answer names; of several dictionary forms of a word the one that most people may mean."""
    named = [(place, person, find_things(text, dictionary=dictionary)) for place, person, text in answers]
    meant: Counter[str] = Counter()
    for thing, _ in {(thing, person) for _, person, words in named for word in words for thing in word}:
        meant[thing] += 1
    return [
        (place, person, frozenset(min(word, key=lambda thing: (-meant[thing], sort_key(thing))) for word in words))
        for place, person, words in named
    ]


def _gather(
    by: Grouping, answers: Iterable[tuple[int, int, frozenset[str]]], rules: DisclosureRules
) -> list[AnswerGroup]:
    members: dict[str, list[tuple[int, int]]] = {}
    for place, person, keys in answers:
        for key in keys:
            members.setdefault(key, []).append((place, person))
    groups = [
        AnswerGroup(by, key, len({person for _, person in found}), tuple(sorted(place for place, _ in found)))
        for key, found in members.items()
    ]
    told = [group for group in groups if group.people >= rules.min_count]
    return sorted(told, key=lambda group: (-group.people, sort_key(group.key)))
