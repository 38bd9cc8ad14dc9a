"""One column of a table of answers: its header, its distinct values, and which respondent gave which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from etl.clean.labels import cell_text, option_key, split_grid
from etl.readers.raw import CellValue, RawSheet

# A dash, a dot, a slash alone: how people fill a cell that has no answer.
_NOTHING = re.compile(r"^[\s.\-–—_?/*…]*$")


@dataclass(frozen=True)
class AnswerColumn:
    """A column cut to the rows of respondents.

    Attributes:
        position: 0-based, in the sheet.
        header: on one line; empty when the cell is.
        values: distinct filled values, as they were in the file.
        texts: each of them as a person would read it.
        codes: int32, one per respondent: index into ``values``, −1 for no answer.
        counts: how many respondents gave each value.
    """

    position: int
    header: str
    values: tuple[CellValue, ...]
    texts: tuple[str, ...]
    codes: npt.NDArray[np.int32]
    counts: tuple[int, ...]

    @property
    def answered_count(self) -> int:
        """How many respondents gave any answer."""
        return sum(self.counts)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """`option_key` of each distinct value."""
        return tuple(option_key(text) for text in self.texts)

    @cached_property
    def grid(self) -> tuple[str, str] | None:
        """Stem and row of the header when it is written as a grid's."""
        return split_grid(self.header)


def merge_columns(columns: Sequence[AnswerColumn]) -> AnswerColumn:
    """Return the distinct values of a grid's columns as one column of nobody, for reading its options together."""
    counts: dict[tuple[type, CellValue], int] = {}
    texts: dict[tuple[type, CellValue], str] = {}
    for column in columns:
        for value, text, count in zip(column.values, column.texts, column.counts, strict=True):
            key = (type(value), value)
            counts[key] = counts.get(key, 0) + count
            texts[key] = text
    return AnswerColumn(
        position=columns[0].position,
        header=columns[0].header,
        values=tuple(value for _, value in counts),
        texts=tuple(texts.values()),
        codes=np.zeros(0, dtype=np.int32),
        counts=tuple(counts.values()),
    )


def read_response_ids(columns: Sequence[AnswerColumn], position: int | None) -> tuple[str, ...] | None:
    """Return the source's own number of each response, ``""`` for none; ``None`` when no column holds any."""
    column = next((column for column in columns if column.position == position), None)
    if column is None or not column.answered_count:
        return None
    by_code = (*column.texts, "")  # −1, an empty cell, reaches the last one
    return tuple(by_code[code] for code in column.codes.tolist())


def find_answer_rows(sheet: RawSheet, header_row: int) -> npt.NDArray[np.int64]:
    """Return the 0-based sheet rows below the headers that have a filled cell."""
    if not sheet.columns:
        return np.zeros(0, dtype=np.int64)
    filled = np.zeros(sheet.row_count - header_row, dtype=bool)
    for column in sheet.columns:
        filled |= column.codes[header_row:] >= 0
    return np.flatnonzero(filled) + header_row


def gather_columns(sheet: RawSheet, header_row: int, rows: npt.NDArray[np.int64]) -> list[AnswerColumn]:
    """Cut every column of a sheet to some rows.

    Args:
        sheet: the sheet.
        header_row: 1-based row of the headers.
        rows: 0-based sheet rows of the respondents.
    """
    return [_cut(sheet, position, header_row, rows) for position in range(len(sheet.columns))]


def _cut(sheet: RawSheet, position: int, header_row: int, rows: npt.NDArray[np.int64]) -> AnswerColumn:
    raw = sheet.columns[position]
    codes = raw.codes[rows]
    counts = np.bincount(codes[codes >= 0], minlength=len(raw.values))
    values: list[CellValue] = []
    texts: list[str] = []
    kept: list[int] = []
    # One place more than values: the code −1 of an empty cell reaches it.
    new_codes = np.full(len(raw.values) + 1, -1, dtype=np.int32)
    for code in np.flatnonzero(counts).tolist():
        text = cell_text(raw.values[code])
        if _NOTHING.match(text):
            continue
        new_codes[code] = len(values)
        values.append(raw.values[code])
        texts.append(text)
        kept.append(int(counts[code]))
    return AnswerColumn(
        position=position,
        header=cell_text(raw.cell(header_row)),
        values=tuple(values),
        texts=tuple(texts),
        codes=new_codes[codes],
        counts=tuple(kept),
    )
