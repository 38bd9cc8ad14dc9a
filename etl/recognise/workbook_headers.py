"""Headers of the partnership workbook: which field a header means, also when somebody renamed or renumbered it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from rapidfuzz import fuzz

from etl.workbook_layout import Field, Table, field_aliases, field_header
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES

# Below this likeness (0–100) a header is somebody's own column, not a misspelt one of ours.
_NEAR = 84
_FEWEST_KNOWN = 2
_LONGEST = 80
_NUMBER = re.compile(r"\d+")


class Likeness(IntEnum):
    """How a header was matched; the greater, the surer."""

    NEAR = 1
    ALIAS = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A field that a header means; ``number`` is its number in a repeated field, ``None`` when it has none."""

    field: Field
    number: int | None
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class _Names:
    whole: Mapping[str, tuple[Field, Likeness]]
    numbered: Mapping[str, tuple[Field, Likeness]]


def match_headers(table: Table, headers: Sequence[str]) -> list[HeaderMatch | None]:
    """Return the field of each header of a row, ``None`` where it means none of the table's.

    When two headers mean the same column, the surer one has it, the first of two equal ones; the other has none.
    Columns of a repeated field may repeat a header without a number: they take the free numbers in turn.
    """
    matches = [_match_known(table, header) for header in headers]
    # Likeness is looked at only beside headers that are right: answers of a survey would be compared in vain.
    if sum(match is not None for match in matches) >= _FEWEST_KNOWN:
        matches = [match or _match_near(table, header) for match, header in zip(matches, headers, strict=True)]
    taken: dict[tuple[str, int | None], int] = {}
    order = sorted(range(len(matches)), key=lambda position: _sureness(matches[position]), reverse=True)
    for position in order:
        match = matches[position]
        if match is None:
            continue
        slot = (match.field.key, match.number)
        if match.field.repeat and (match.number is None or slot in taken):
            used = {number for key, number in taken if key == match.field.key and number is not None}
            free = next(number for number in range(1, len(headers) + len(used) + 2) if number not in used)
            match = HeaderMatch(match.field, free, match.likeness)
            slot = (match.field.key, free)
        if slot in taken:
            matches[position] = None
            continue
        taken[slot] = position
        matches[position] = match
    return matches


def name_matches(folded: str, names: Sequence[str]) -> Likeness | None:
    """Return how a folded text is like one of some names, ``None`` when it is like none."""
    targets = [fold(name) for name in names]
    if folded in targets:
        return Likeness.EXACT
    return Likeness.NEAR if any(fuzz.ratio(folded, target) >= _NEAR for target in targets) else None


def _match_known(table: Table, header: str) -> HeaderMatch | None:
    if not header or len(header) > _LONGEST:
        return None
    folded = fold(header)
    names = _table_names(table)
    if folded in names.whole:
        field, likeness = names.whole[folded]
        return HeaderMatch(field, None, likeness)
    base, number = _split_number(folded)
    if base in names.numbered:
        field, likeness = names.numbered[base]
        return HeaderMatch(field, number, likeness)
    return None


def _match_near(table: Table, header: str) -> HeaderMatch | None:
    if not header or len(header) > _LONGEST:
        return None
    folded = fold(header)
    names = _table_names(table)
    base, number = _split_number(folded)
    found = [(fuzz.ratio(folded, name), field) for name, (field, _) in names.whole.items()]
    found += [(fuzz.ratio(base, name), field) for name, (field, _) in names.numbered.items()]
    score, field = max(found, key=lambda pair: pair[0])
    return HeaderMatch(field, number if field.repeat else None, Likeness.NEAR) if score >= _NEAR else None


@cache
def _table_names(table: Table) -> _Names:
    whole: dict[str, tuple[Field, Likeness]] = {}
    numbered: dict[str, tuple[Field, Likeness]] = {}
    for field in table.fields:
        names = numbered if field.repeat else whole
        for language in LANGUAGES:
            names[_bare(field_header(table, field, language=language))] = (field, Likeness.EXACT)
    for field in table.fields:
        names = numbered if field.repeat else whole
        for alias in field_aliases(table, field):
            if _bare(alias) not in whole | numbered:
                names[_bare(alias)] = (field, Likeness.ALIAS)
    return _Names(whole, numbered)


def _bare(header: str) -> str:
    return " ".join(fold(header).split())


def _split_number(folded: str) -> tuple[str, int | None]:
    """``kwota 2 (zl`` → ``kwota (zl``, 2."""
    found = _NUMBER.search(folded)
    if found is None:
        return folded, None
    base = " ".join(f"{folded[: found.start()]} {folded[found.end() :]}".split()).strip()
    return fold(base), int(found.group())


def _sureness(match: HeaderMatch | None) -> tuple[int, bool]:
    return (0, False) if match is None else (int(match.likeness), match.number is not None)
