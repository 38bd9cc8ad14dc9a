"""Answers in people's own words beside codes of a list: "co jest największym problemem?" → P601, the words kept.

The machine suggests, a person confirms. Once a person has said which list a question is about, what is certain is
coded; the rest is coded word by word as they decide. Quoted to them is only what two people wrote, or what is a
phrase of the list itself: the rest is counted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from etl.clean.labels import option_key
from etl.importing import ValueInspection
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.option_list import OptionList
from etl.mapping.reading import Reading
from etl.mapping.vocabulary_codes import VOCABULARIES
from surveys.language.folding import fold
from surveys.language.suggestion import Reason, Suggestion, load_suggester
from surveys.model import Choice
from surveys.privacy.identifiers import scrub_text
from surveys.vocabulary import load

_SPEAKS_OF = (
    ("problems", re.compile(r"\b(problem\w*|bolacz\w*|doskwier\w*|dokucza\w*|trudnosc\w*|issues?)\b")),
    (
        "target_groups",
        re.compile(r"\b(grup\w*|komu|groups?)\b.*\b(pomoc\w*|wsparci\w*|support|help)"),
    ),
)
_PIECES = re.compile(r"[;,\n/]|\s(?:i|oraz|a także)\s")
_QUOTED_FROM = 2
_LEAST_SCORE = 0.5
# Suggestions cost; a person reads no more than this anyway.
_MOST_SUGGESTED = 2_000
_MOST_QUOTED = 200
_GENERIC = frozenset({Reason.CODE, Reason.LABEL, Reason.SYNONYM})


def find_subject(column: AnswerColumn) -> str | None:
    """Return the code list that an open question seems to be about by its wording, ``None`` for none."""
    wording = fold(column.header)
    return next((name for name, pattern in _SPEAKS_OF if pattern.search(wording)), None)


def find_list_of(codes: Mapping[str, str | None]) -> str | None:
    """Return the code list that decided codes come from, ``None`` when they come from none."""
    for name in VOCABULARIES:
        if any(code in load().lists[name] for code in codes.values() if code):
            return name
    return None


def code_texts(reading: Reading, column: AnswerColumn, vocabulary: str, *, accept: bool) -> Reading:
    """Put codes beside texts.

    Args:
        reading: texts of the column.
        column: its ``said`` are decisions on single wordings; they come before what is certain.
        vocabulary: the code list.
        accept: take uncertain suggestions too.
    """
    entries = load().lists[vocabulary]
    options = OptionList(reading.choices)
    picks: list[tuple[int, ...]] = []
    accepted: dict[str, str] = {}
    for text, pick, key in zip(reading.texts, reading.picks, column.keys, strict=True):
        codes = () if text is None else _codes_of(text, key, column.said, vocabulary)
        if text is not None and accept and not codes and key not in column.said:
            best = _suggest(text, vocabulary)
            if best is not None:
                codes = (best.code,)
                accepted[key] = best.code
        places = {options.find_code(code) for code in codes} - {None}
        for code in codes:
            if options.find_code(code) is None:
                # Under its code, not its label: the same words may stand for a kind of missing.
                label = entries.label(code, "pl")
                places.add(options.add(Choice(code, label, entries.label(code, "en")), option_key(label)))
        picks.append(tuple(sorted({*pick, *(place for place in places if place is not None)})))
    return replace(reading, choices=options.choices, picks=tuple(picks), vocabulary=vocabulary, accepted=accepted)


def inspect_texts(reading: Reading, column: AnswerColumn, vocabulary: str) -> tuple[tuple[ValueInspection, ...], int]:
    """Return the wordings that a person decides on, the commonest first, and how many people wrote others."""
    people: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, key, count in zip(reading.texts, column.keys, column.counts, strict=True):
        if text is not None and key:
            people[key] += count
            spellings[key][" ".join(text.split())] += count
    found: list[ValueInspection] = []
    others = 0
    for place, (key, count) in enumerate(people.most_common()):
        wording = spellings[key].most_common(1)[0][0]
        seen = place < _MOST_SUGGESTED and len(found) < _MOST_QUOTED and not scrub_text(wording)[1]
        best = _suggest(wording, vocabulary) if seen else None
        generic = best is not None and best.certain and best.reason in _GENERIC
        if not seen or not (count >= _QUOTED_FROM or generic):
            others += count
            continue
        certain = _certain_codes(wording, vocabulary)
        decided = key in column.said
        codes = tuple(code for code in (column.said[key],) if code) if decided else certain
        if not decided and not codes and best is not None:
            codes = (best.code,)
        found.append(ValueInspection(key, wording, count, codes, "", decided or bool(certain), decided))
    return tuple(found), others


def _codes_of(text: str, key: str, said: Mapping[str, str | None], vocabulary: str) -> tuple[str, ...]:
    if key in said:
        code = said[key]
        return (code,) if code and code in load().lists[vocabulary] else ()
    return _certain_codes(text, vocabulary)


def _certain_codes(text: str, vocabulary: str) -> tuple[str, ...]:
    """Codes of a whole text, else of its parts that certainly are entries: "drogi, smog" names two problems."""
    suggester = load_suggester(VOCABULARIES[vocabulary])
    whole = suggester.suggest(text, 1)
    if whole and whole[0].certain:
        return (whole[0].code,)
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    if len(pieces) < 2:
        return ()
    codes = [best[0].code for piece in pieces if (best := suggester.suggest(piece, 1)) and best[0].certain]
    return tuple(dict.fromkeys(codes))


def _suggest(text: str, vocabulary: str) -> Suggestion | None:
    found = load_suggester(VOCABULARIES[vocabulary]).suggest(text, 1)
    return found[0] if found and found[0].score >= _LEAST_SCORE else None
