"""An index of a code list's wordings: which are the same as a text, which are near it.

Nearness is measured on stems. A word counts by how rare it is among the list's wordings (inverse document
frequency), so "brak" or "dla" hardly matter and "hazard" matters much; near spellings and words of one family
count less than the word itself. Levenshtein's ratio comes from rapidfuzz.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from surveys.language.wording import DEFICITS, LACK, Wording, read_wording
from surveys.vocabulary.entries import Entry

_FAMILY_PREFIX = 4
_FAMILY_SHARE = 0.6
_TYPO_RATIO = 80
_TYPO_LENGTH = 5
_NEAR_WEIGHT = 0.85
_DEFICIT_LIKENESS = 0.6
_COMMON = 60
_LONGEST_TEXT = 60  # words of a text that are compared: enough for a long sentence, a bound for a pasted page
_MOST_REMEMBERED = 20_000

# How a score is put together: what share of the phrase was said, what share of the text the phrase covers, what
# share of the text all wordings of the entry cover. Set by trying on the phrases of tests/spec/suggestion_phrases.csv.
_PHRASE_SHARE = 0.5
_TEXT_SHARE = 0.3
_ENTRY_SHARE = 0.2
_HEAD_BONUS = 0.12
_OTHER_ORDER = 0.9
_HINT_IN_PASSING = 0.85
_LACK_ADDED = 0.75
_LACK_MISSED = 0.9


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording of an entry; a hint does not decide."""

    code: str
    text: str
    wording: Wording
    is_label: bool
    decides: bool


@dataclass(frozen=True, slots=True)
class SamePhrase:
    """Wordings equal to a text: their codes, and the first of them."""

    codes: frozenset[str]
    phrase: str
    is_label: bool
    decides: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The wording of an entry that is nearest to a text, with a score of 0 to about 1."""

    code: str
    score: float
    phrase: str


class PhraseIndex:
    """Labels, synonyms and hints of a code list in both languages."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._phrases = [phrase for entry in entries for phrase in _list_phrases(entry)]
        self._by_folded: dict[str, list[Phrase]] = {}
        self._by_stems: dict[tuple[str, ...], list[Phrase]] = {}
        self._postings: dict[str, list[int]] = {}
        for number, phrase in enumerate(self._phrases):
            self._by_folded.setdefault(phrase.wording.folded, []).append(phrase)
            self._by_stems.setdefault(phrase.wording.stems, []).append(phrase)
            for stem in set(phrase.wording.stems):
                self._postings.setdefault(stem, []).append(number)
        self._stems = list(self._postings)
        self._families: dict[str, list[str]] = {}
        for stem in self._stems:
            self._families.setdefault(stem[:_FAMILY_PREFIX], []).append(stem)
        total = len(self._phrases) + 1
        self._weights = {stem: math.log(total / len(numbers)) for stem, numbers in self._postings.items()}
        self._unknown_weight = 0.7 * math.log(total)
        self._phrase_weights = [sum(self._weights[s] for s in set(p.wording.stems)) or 1.0 for p in self._phrases]
        self._near: dict[str, tuple[tuple[str, float], ...]] = {}

    def find_same(self, wording: Wording) -> SamePhrase | None:
        """Return the wordings that a text repeats, up to case, punctuation and left-out diacritics."""
        found = [
            phrase
            for phrase in self._by_folded.get(wording.folded, ())
            if _marks_agree(wording.tidy, phrase.wording.tidy)
        ]
        return _gather(found)

    def find_inflected(self, wording: Wording) -> SamePhrase | None:
        """Return the wordings that have a text's words in other forms, in the same order."""
        content = [stem for stem in wording.stems if stem not in DEFICITS]
        # A short stem alone has too many families: "długie" is no form of "długi", nor "drogie" of "drogi".
        shortest = _FAMILY_PREFIX if len(content) > 1 else _TYPO_LENGTH
        if not content or max(map(len, content)) < shortest:
            return None
        return _gather(
            [
                phrase
                for phrase in self._by_stems.get(wording.stems, ())
                if all(map(_starts_agree, wording.starts, phrase.wording.starts))
            ]
        )

    def find_hinted(self, wording: Wording) -> frozenset[str]:
        """Return the codes that have the text among their hints."""
        return frozenset(p.code for p in self._by_folded.get(wording.folded, ()) if not p.decides)

    def compare(self, wording: Wording) -> Iterator[Match]:
        """Yield, for every entry that shares something with a text, its nearest wording."""
        stems = sorted(set(wording.stems[:_LONGEST_TEXT]), key=lambda stem: len(self._postings.get(stem, ())))
        weights = {stem: self._weights.get(stem, self._unknown_weight) for stem in stems}
        text_weight = sum(weights.values())
        if not text_weight:
            return
        said, covered = self._collect(stems, weights)
        best: dict[str, tuple[float, int]] = {}
        by_entry: dict[str, dict[str, float]] = {}
        for number, parts in covered.items():
            phrase = self._phrases[number]
            score = _PHRASE_SHARE * min(1.0, said[number] / self._phrase_weights[number])
            score += _TEXT_SHARE * min(1.0, sum(parts.values()) / text_weight)
            score = _weigh_lack(score, wording.stems, phrase.wording.stems)
            if phrase.wording.stems == wording.stems[: len(phrase.wording.stems)]:
                score += _HEAD_BONUS
            elif sorted(phrase.wording.stems) == sorted(wording.stems):
                score *= _OTHER_ORDER
            if not phrase.decides and phrase.wording.stems != wording.stems:
                score *= _HINT_IN_PASSING
            union = by_entry.setdefault(phrase.code, {})
            for stem, weight in parts.items():
                union[stem] = max(union.get(stem, 0.0), weight)
            if score > best.get(phrase.code, (0.0, 0))[0]:
                best[phrase.code] = (score, number)
        for code, (score, number) in best.items():
            whole = min(1.0, sum(by_entry[code].values()) / text_weight)
            yield Match(code, score + _ENTRY_SHARE * whole, self._phrases[number].text)

    def _collect(
        self, stems: Sequence[str], weights: dict[str, float]
    ) -> tuple[dict[int, float], dict[int, dict[str, float]]]:
        """Return by phrase the weight of its words that were said, and by word of the text what it covers."""
        said: dict[int, float] = {}
        covered: dict[int, dict[str, float]] = {}
        for stem in stems:
            for near, likeness in self._find_near(stem):
                numbers = self._postings[near]
                # A word as common as "brak" brings up nothing by itself where rarer words have spoken.
                only_known = len(numbers) > _COMMON and bool(covered)
                for number in numbers:
                    parts = covered.get(number)
                    if parts is None:
                        if only_known:
                            continue
                        parts = covered[number] = {}
                    gain = likeness * weights[stem]
                    if gain > parts.get(stem, 0.0):
                        parts[stem] = gain
                        said[number] = said.get(number, 0.0) + likeness * self._weights[near]
        return said, covered

    def _find_near(self, stem: str) -> tuple[tuple[str, float], ...]:
        """Return the list's stems near to a stem with their likeness, the likest first."""
        known = self._near.get(stem)
        if known is None:
            if len(self._near) >= _MOST_REMEMBERED:
                self._near.clear()
            known = self._near[stem] = tuple(sorted(self._measure_near(stem).items(), key=lambda item: -item[1]))
        return known

    def _measure_near(self, stem: str) -> dict[str, float]:
        near: dict[str, float] = {}
        if stem in DEFICITS:
            near = {other: _DEFICIT_LIKENESS for other in DEFICITS if other in self._postings}
        elif len(stem) >= _FAMILY_PREFIX:
            for other in self._families.get(stem[:_FAMILY_PREFIX], ()):
                likeness = _share_beginning(stem, other)
                if min(len(stem), len(other)) >= _TYPO_LENGTH and (stem.startswith(other) or other.startswith(stem)):
                    likeness = max(likeness, _FAMILY_SHARE)
                if likeness >= _FAMILY_SHARE:
                    near[other] = _NEAR_WEIGHT * likeness
            if len(stem) >= _TYPO_LENGTH:
                for other, ratio, _ in process.extract(
                    stem, self._stems, scorer=fuzz.ratio, score_cutoff=_TYPO_RATIO, limit=5
                ):
                    near[other] = max(near.get(other, 0.0), _NEAR_WEIGHT * ratio / 100)
        if stem in self._postings:
            near[stem] = 1.0
        return near


def _list_phrases(entry: Entry) -> Iterator[Phrase]:
    seen: set[str] = set()
    groups = (
        ((entry.label_pl, entry.label_en), True, True),
        ((*entry.synonyms_pl, *entry.synonyms_en), False, True),
        (entry.hints_pl, False, False),
    )
    for texts, is_label, decides in groups:
        for text in texts:
            wording = read_wording(text)
            if wording.folded not in seen:
                seen.add(wording.folded)
                yield Phrase(entry.code, text, wording, is_label, decides)


def _gather(phrases: Sequence[Phrase]) -> SamePhrase | None:
    if not phrases:
        return None
    return SamePhrase(
        codes=frozenset(phrase.code for phrase in phrases),
        phrase=phrases[0].text,
        is_label=any(phrase.is_label for phrase in phrases),
        decides=all(phrase.decides for phrase in phrases),
    )


def _marks_agree(written: str, known: str) -> bool:
    """Whether the diacritics of a text fit a wording; left-out ones fit, wrong ones do not."""
    if written.isascii() or written == known:
        return True
    return len(written) == len(known) and all(
        sign == meant or sign.isascii() for sign, meant in zip(written, known, strict=True)
    )


def _starts_agree(written: str, known: str) -> bool:
    # ó and o change places inside one word (droga, dróg), so they decide nothing here.
    return _marks_agree(written.replace("ó", "o"), known.replace("ó", "o"))


def _share_beginning(one: str, other: str) -> float:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length / max(len(one), len(other))


def _weigh_lack(score: float, text: Sequence[str], phrase: Sequence[str]) -> float:
    text_lacks, phrase_lacks = not DEFICITS.isdisjoint(text), not DEFICITS.isdisjoint(phrase)
    if text_lacks and not phrase_lacks:
        return score * _LACK_ADDED if LACK in text else score
    return score * _LACK_MISSED if phrase_lacks and not text_lacks else score
