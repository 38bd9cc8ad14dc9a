"""Suggestion: from people's own words to codes. The machine suggests, a person decides.

What is *certain* may be applied without asking, so it is narrow: the code itself, a label, a synonym of one entry
only, or the same words in another grammatical form and the same order. Everything else is ranked and left to a
person: shared words, weighed by how rare they are in the list, and near spellings of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from surveys.language.phrases import Match, PhraseIndex
from surveys.language.texts import Language, load_catalogue
from surveys.language.wording import Wording, read_wording, strip_remarks
from surveys.vocabulary import Entry, load

KINDS: Mapping[str, str] = {
    "problem": "problems",
    "theme": "themes",
    "target_group": "target_groups",
    "roll_up": "roll_ups",
    "partner_kind": "partner_kinds",
    "sector": "sectors",
    "activity_form": "activity_forms",
    "support_form": "support_forms",
    "funding_source": "funding_sources",
    "membership_status": "membership_statuses",
    "membership_role": "membership_roles",
    "problem_status": "problem_statuses",
    "problem_source": "problem_sources",
    "project_status": "project_statuses",
    "tree_node_kind": "tree_node_kinds",
    "missing_kind": "missing_kinds",
}
"""Kinds that can be asked for, with the code list of each."""

_CODE_FIRST = re.compile(r"[\[(]?(?P<code>[a-z0-9_]+)(?:[\s.,:;()\[\]-]+(?P<rest>.*))?")
_CODE_LAST = re.compile(r"(?P<rest>.*?)[\s.,:;-]*[\s(\[](?P<code>[a-z0-9_]+)[)\]]?")
_NUMBER = re.compile(r"[0-9]")
_HINT_SCORE = 0.9
_INFLECTED_SCORE = 0.97
_BEST_UNCERTAIN = 0.95
_LEAST_SCORE = 0.3
_MARGIN = 0.05


class Reason(StrEnum):
    """Why a code is suggested."""

    CODE = "code"
    LABEL = "label"
    SYNONYM = "synonym"
    INFLECTED = "inflected"
    HINT = "hint"
    SIMILAR = "similar"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code suggested for a text.

    Attributes:
        code: code of the list asked.
        score: 0–1; 1 only for a code, a label or a synonym met exactly.
        certain: it may be applied without asking. At most one suggestion of a text is certain, and it is the first.
        reason: why it is suggested.
        phrase: wording of the code list that was met.
    """

    code: str
    score: float
    certain: bool
    reason: Reason
    phrase: str

    def explain(self, language: Language) -> str:
        """Return the reason in words."""
        texts = load_catalogue("surveys.language.catalogues")
        return texts.say(f"suggestion.{self.reason.value}", language, phrase=self.phrase)


class Suggester:
    """Suggests codes of one list.

    Args:
        entries: the list.
        drops_remarks: whether words such as "duży problem" or "w naszej gminie" may be passed over.
    """

    def __init__(self, entries: Iterable[Entry], *, drops_remarks: bool = False) -> None:
        self._entries = {entry.code: entry for entry in entries}
        self._codes = {code.casefold(): code for code in self._entries}
        self._index = PhraseIndex(self._entries.values())
        self._drops_remarks = drops_remarks

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that can be suggested, in the order of their list."""
        return tuple(self._entries.values())

    def suggest(self, text: str, limit: int = 5) -> tuple[Suggestion, ...]:
        """Return the codes a text may mean, best first; none when nothing in the list comes near."""
        wording = read_wording(text)
        if not wording.folded:
            return ()
        decided = self._decide(text, wording)
        ranked = self._rank(wording, limit + 1)
        if decided is None:
            return _mark_unclear(ranked)[:limit]
        rest = tuple(suggestion for suggestion in ranked if suggestion.code != decided.code)
        return (decided, *rest)[:limit]

    def is_certain(self, text: str) -> bool:
        """Return whether the first suggestion of a text may be applied unasked; the others are not looked for."""
        wording = read_wording(text)
        decided = self._decide(text, wording) if wording.folded else None
        return decided is not None and decided.certain

    def suggest_many(self, texts: Sequence[str], limit: int = 5) -> list[tuple[Suggestion, ...]]:
        """Return the suggestions of each text; equal texts are worked out once."""
        known: dict[str, tuple[Suggestion, ...]] = {}
        for text in texts:
            if text not in known:
                known[text] = self.suggest(text, limit)
        return [known[text] for text in texts]

    def _decide(self, text: str, wording: Wording) -> Suggestion | None:
        """Return the suggestion that comes first whatever is near, or nothing."""
        found = self._read_code(wording) or self._decide_by_words(wording)
        if found is None and self._drops_remarks:
            bare = read_wording(strip_remarks(text))
            if bare.stems and bare.stems != wording.stems:
                found = self._decide_by_words(bare)
        return found

    def _read_code(self, wording: Wording) -> Suggestion | None:
        """A code alone or beside wording; certain when the wording does not speak against it.

        Beside wording only codes with a number are looked for: those of small lists are everyday words (survey, idea).
        """
        for pattern in (_CODE_FIRST, _CODE_LAST):
            found = pattern.fullmatch(wording.folded)
            code = self._codes.get(found["code"]) if found else None
            if found is None or code is None or (found["rest"] and not _NUMBER.search(code)):
                continue
            same = self._index.find_same(read_wording(found["rest"])) if found["rest"] else None
            certain = not found["rest"] or (same is not None and same.codes == {code})
            score = 1.0 if certain else _HINT_SCORE
            return Suggestion(code, score, certain=certain, reason=Reason.CODE, phrase=code)
        return None

    def _decide_by_words(self, wording: Wording) -> Suggestion | None:
        same = self._index.find_same(wording)
        if same is not None and len(same.codes) == 1 and same.decides:
            reason = Reason.LABEL if same.is_label else Reason.SYNONYM
            return Suggestion(next(iter(same.codes)), 1.0, certain=True, reason=reason, phrase=same.phrase)
        if same is not None:
            return None
        inflected = self._index.find_inflected(wording)
        if inflected is None or len(inflected.codes) != 1 or not inflected.decides:
            return None
        code = next(iter(inflected.codes))
        return Suggestion(code, _INFLECTED_SCORE, certain=True, reason=Reason.INFLECTED, phrase=inflected.phrase)

    def _rank(self, wording: Wording, limit: int) -> tuple[Suggestion, ...]:
        hinted = self._index.find_hinted(wording)
        best: dict[str, Match] = {}
        for match in self._index.compare(wording):
            known = best.get(match.code)
            if known is None or match.score > known.score:
                best[match.code] = match
        suggestions = [
            Suggestion(
                code,
                round(min(match.score, _BEST_UNCERTAIN), 3),
                certain=False,
                reason=Reason.HINT if code in hinted else Reason.SIMILAR,
                phrase=match.phrase,
            )
            for code, match in best.items()
            if match.score >= _LEAST_SCORE
        ]
        suggestions.sort(key=lambda suggestion: (-suggestion.score, suggestion.code))
        return tuple(suggestions[:limit])


def suggest(kind: str, text: str, limit: int = 5) -> tuple[Suggestion, ...]:
    """Return the codes of a kind that a text may mean, best first.

    Args:
        kind: one of `KINDS`.
        text: people's own words.
        limit: at most so many.

    Raises:
        KeyError: the kind is unknown.
    """
    return load_suggester(kind).suggest(text, limit)


@cache
def load_suggester(kind: str) -> Suggester:
    """Return the suggester of a kind over the project's own code lists.

    Raises:
        KeyError: the kind is unknown.
    """
    vocabulary = load()
    entries: Mapping[str, Entry] = (
        vocabulary.target_groups.roll_ups if kind == "roll_up" else vocabulary.lists[KINDS[kind]]
    )
    return Suggester(entries.values(), drops_remarks=kind == "problem")


def _mark_unclear(ranked: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """Say so when the first is hardly nearer than the second."""
    if len(ranked) < 2 or ranked[0].reason is Reason.HINT or ranked[0].score - ranked[1].score >= _MARGIN:
        return ranked
    first = ranked[0]
    return (Suggestion(first.code, first.score, certain=False, reason=Reason.UNCLEAR, phrase=first.phrase), *ranked[1:])
