"""Checks across the rows of a list and across lists: everything that would let a code mean two things or nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES, Language
from surveys.vocabulary.entries import Entry
from surveys.vocabulary.reading import FaultLog, Row

_E = TypeVar("_E", bound=Entry)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Reference(NamedTuple):
    """A column of a list that holds codes of another list."""

    source: str
    column: str
    target: str
    required: bool


REFERENCES = (
    Reference("problems", "theme", "themes", required=True),
    Reference("problems", "assistance_reason", "assistance_reasons", required=False),
    Reference("target_groups", "roll_up", "roll_ups", required=False),
    Reference("partner_kinds", "sector", "sectors", required=True),
    Reference("funding_sources", "eligible_sectors", "sectors", required=True),
    Reference("funding_sources", "eligible_kinds", "partner_kinds", required=False),
    Reference("scales", "missing_kinds", "missing_kinds", required=False),
)


def check_entries(pairs: Sequence[tuple[Row, _E]], faults: FaultLog) -> list[_E]:
    """Return the entries of one list whose codes can be used, noting every fault.

    Refused: a code that is malformed or taken, a missing label, one label for two entries, a wording (synonym or
    label) that points at two entries of the list, a hint that somewhere in the list already decides.
    """
    kept: list[_E] = []
    first_rows: dict[str, int] = {}
    for row, entry in pairs:
        if not _CODE.fullmatch(entry.code):
            faults.add("VOCABULARY-CODE-BAD", row.place("code"), value=entry.code)
            continue
        key = entry.code.casefold()
        if key in first_rows:
            faults.add("VOCABULARY-CODE-DUPLICATE", row.place("code"), value=entry.code, first_row=first_rows[key])
            continue
        first_rows[key] = row.line
        kept.append(entry)
    sound = [(row, entry) for row, entry in pairs if first_rows.get(entry.code.casefold()) == row.line]
    _check_labels(sound, faults)
    owners = {language: _check_synonyms(sound, language, faults) for language in LANGUAGES}
    _check_hints(sound, owners["pl"], faults)
    return kept


def check_references(rows_by_list: Mapping[str, Iterable[Row]], faults: FaultLog) -> None:
    """Note every code that another list does not have, and every required reference left empty."""
    codes = {name: {row.text("code") for row in rows} for name, rows in rows_by_list.items()}
    for reference in REFERENCES:
        for row in rows_by_list[reference.source]:
            words = row.words(reference.column) or (("",) if reference.required else ())
            for word in words:
                if word not in codes[reference.target]:
                    faults.add(
                        "VOCABULARY-REFERENCE-UNKNOWN",
                        row.place(reference.column),
                        value=word,
                        target=reference.target,
                    )


def _check_labels(pairs: Sequence[tuple[Row, _E]], faults: FaultLog) -> None:
    for language in LANGUAGES:
        owners: dict[str, str] = {}
        column = f"label_{language}"
        for row, entry in pairs:
            label = entry.label(language)
            if not label:
                faults.add("VOCABULARY-LABEL-MISSING", row.place(column), entry=entry.code)
                continue
            other = owners.setdefault(fold(label), entry.code)
            if other != entry.code:
                faults.add("VOCABULARY-LABEL-DUPLICATE", row.place(column), value=label, other=other)


def _check_synonyms(pairs: Sequence[tuple[Row, _E]], language: Language, faults: FaultLog) -> dict[str, str]:
    """Return the code that each label and synonym decides for, by folded wording."""
    # Labels come first: a synonym that is another entry's label is the synonym's fault, wherever it stands.
    owners = {fold(entry.label(language)): entry.code for _, entry in pairs}
    for row, entry in pairs:
        for synonym in entry.synonyms(language):
            other = owners.setdefault(fold(synonym), entry.code)
            if other != entry.code:
                faults.add(
                    "VOCABULARY-SYNONYM-AMBIGUOUS",
                    row.place(f"synonyms_{language}"),
                    value=synonym,
                    entry=entry.code,
                    other=other,
                )
    return owners


def _check_hints(pairs: Sequence[tuple[Row, _E]], owners: Mapping[str, str], faults: FaultLog) -> None:
    for row, entry in pairs:
        for hint in entry.hints_pl:
            other = owners.get(fold(hint))
            if other is not None:
                faults.add("VOCABULARY-HINT-DECIDES", row.place("hints_pl"), value=hint, other=other)
