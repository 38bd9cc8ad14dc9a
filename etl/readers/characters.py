"""Signs that may not stand in a cell: cleaned once, on a column's distinct texts, so that both databases agree.

NUL is stored by SQLite and refused by PostgreSQL; bidi and zero-width signs make two words that look like one; the
same letter can be written in one sign or two (NFC, NFD). Line breaks and tabs stay.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.readers.raw import CellValue, RawColumn

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# As Excel, LibreOffice and Google write them, in English and Polish.
_ERROR_TEXTS = frozenset(
    {
        "#N/A",
        "#N/D",
        "#N/D!",
        "#DIV/0!",
        "#DZIEL/0!",
        "#REF!",
        "#ADR!",
        "#ADR",
        "#VALUE!",
        "#ARG!",
        "#NAME?",
        "#NAZWA?",
        "#NUM!",
        "#LICZBA!",
        "#NULL!",
        "#ZERO!",
        "#ERROR!",
        "#BŁĄD!",
        "#SPILL!",
        "#ROZLANIE!",
        "#CALC!",
        "#OBL!",
        "#GETTING_DATA",
        "Err:502",
        "Err:508",
        "Err:522",
        "Błąd:502",
        "Błąd:508",
    }
)


def clean_text(text: str) -> str:
    """Return a text without control, bidi, zero-width signs and lone surrogates, in NFC."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


@dataclass(frozen=True, slots=True)
class CleanColumn:
    """A column after cleaning.

    Attributes:
        changed_cells: how many of its cells lost signs nobody can see.
        error_cells: how many held a failed formula's sign and are empty now.
    """

    column: RawColumn
    changed_cells: int = 0
    error_cells: int = 0


def clean_column(values: Sequence[CellValue], codes: npt.NDArray[np.int32]) -> CleanColumn:
    """Return a column with clean texts; texts that became equal share one code, texts that became empty none."""
    texts = [value for value in values if isinstance(value, str)]
    joined = "\n".join(texts)
    clean = joined.isascii() or unicodedata.is_normalized("NFC", joined)
    if clean and _UNWANTED.search(joined) is None and _ERROR_TEXTS.isdisjoint(texts):
        return CleanColumn(RawColumn(tuple(values), codes))
    kept: dict[tuple[type, CellValue], int] = {}
    mapping = np.full(len(values) + 1, -1, dtype=np.int32)
    stripped = np.zeros(len(values) + 1, dtype=bool)
    failed = np.zeros(len(values) + 1, dtype=bool)
    for code, value in enumerate(values):
        cleaned: CellValue = value
        if isinstance(value, str):
            cleaned = clean_text(value)
            stripped[code] = _UNWANTED.search(value) is not None
            failed[code] = cleaned in _ERROR_TEXTS
            if not cleaned or failed[code]:
                continue
        mapping[code] = kept.setdefault((type(cleaned), cleaned), len(kept))
    # Code −1 (an empty cell) reaches the last element of the arrays, which says "empty" and "unchanged".
    column = RawColumn(tuple(value for _, value in kept), mapping[codes])
    return CleanColumn(column, int(stripped[codes].sum()), int(failed[codes].sum()))
