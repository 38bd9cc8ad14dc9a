"""How columns of ticks are written: 1 and 0, an "x" or nothing, one text or nothing, "tak" and "nie" in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from etl.clean.labels import cell_text, option_key
from etl.clean.ticks import read_tick
from etl.readers.raw import RawSheet
from etl.recognise.sheet_shape import list_values
from surveys.language.folding import fold

# PRAWDA and FAŁSZ are what Excel makes of a box to tick, nobody writes them as an answer.
_NO_IN_WORDS = frozenset({"nie", "no", "n"})
# More distinct cells are no ticks, however they are written.
_MOST_SPELLINGS = 12
_NEARLY_ALL = 0.98


class Marking(StrEnum):
    """How a column of ticks is written.

    `FLAGS`: a tick or none. `LABEL`: one text, or nothing. `WORDS`: "tak" and "nie", both in words. `EMPTY`: nothing.
    """

    FLAGS = "flags"
    LABEL = "label"
    WORDS = "words"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Marked:
    """How a column is marked; ``text`` is that of a label, ``gaps`` whether somebody did not tick it."""

    marking: Marking | None
    text: str = ""
    gaps: bool = True


def read_marking(sheet: RawSheet, position: int, last_header: int) -> Marking | None:
    """Return how a column's cells below a 1-based row are ticks, ``None`` when they are not."""
    return read_marks(sheet, position, last_header).marking


def read_marks(sheet: RawSheet, position: int, last_header: int) -> Marked:
    """Return how a column's cells below a 1-based row are ticks, with what is needed to tell questions apart."""
    column = sheet.columns[position]
    values = list_values(column, last_header)
    if len(values) > _MOST_SPELLINGS:
        return Marked(None)
    texts = [text for value in values if (text := cell_text(value))]
    if not texts:
        return Marked(Marking.EMPTY)
    blank = bool((column.codes[last_header:] < 0).any())
    ticks = [read_tick(text) for text in texts]
    if None not in ticks:
        # A sheet's own TRUE and FALSE are a box to tick, not words that somebody chose.
        boxes = all(isinstance(value, bool) for value in values)
        in_words = not boxes and any(fold(text) in _NO_IN_WORDS for text in texts)
        marking = Marking.WORDS if in_words and any(ticks) else Marking.FLAGS
        return Marked(marking, gaps=blank or not all(ticks))
    if len({option_key(text) for text in texts}) == 1:
        return Marked(Marking.LABEL, texts[0], gaps=blank)
    return Marked(None)


class Words:
    """Columns of "tak" and "nie" in words, looked at row by row."""

    def __init__(self, sheet: RawSheet, last_header: int) -> None:
        self._sheet = sheet
        self._last_header = last_header

    def are_ticks(self, columns: Sequence[int]) -> bool:
        """Whether nearly everybody who answered said "tak" to something: a battery of questions has all kinds."""
        ticked = np.zeros(self._sheet.row_count - self._last_header, dtype=bool)
        answered = np.zeros_like(ticked)
        for position in columns:
            column = self._sheet.columns[position]
            marks = [read_tick(cell_text(value)) for value in column.values]
            codes = column.codes[self._last_header :]
            ticked |= np.array([*(mark is True for mark in marks), False], dtype=bool)[codes]
            answered |= codes >= 0
        return bool(answered.any()) and float(ticked[answered].mean()) >= _NEARLY_ALL
