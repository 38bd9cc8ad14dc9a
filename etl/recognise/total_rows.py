"""Rows below a table that are no answers: sums of its columns ("Suma", "Razem"), and notes ("n = 35")."""

import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from etl.clean.numbers import read_number
from etl.readers.raw import CellValue, RawBook, RawColumn, RawSheet
from surveys.language.folding import fold

_TOTAL = re.compile(r"^(suma|razem|ogolem|lacznie|srednia|total|sum|average)\b.{0,20}$")
_NOTE = re.compile(
    r"^(strona|str\.?|page) \d+|^(sporzadzil|opracowal|zestawil|wykonal|zrodlo\b|data sporzadzenia|podpis\b)"
)
# One answer "razem" among many is an answer; footers are few.
_MOST = 5
_FEWEST_ROWS, _FEWEST_COLUMNS, _NUMBERED = 5, 3, 0.9


def find_total_rows(sheet: RawSheet, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which of some 0-based filled rows sum up the others: footers stand below and hold hardly any words."""
    total = np.zeros(len(rows), dtype=bool)
    for column in sheet.columns[:2]:
        named = np.array([isinstance(value, str) and _names_total(value) for value in column.values] + [False])
        if not named.any():
            continue
        hits = named[column.codes[rows]]
        if hits.sum() <= _MOST and hits[: len(rows) // 2].sum() == 0:
            total |= hits
    for place in np.flatnonzero(total):
        total[place] = _holds_figures(sheet.row(int(rows[place]) + 1))
    return total


def find_note_rows(sheet: RawSheet, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which of some 0-based filled rows are notes below the table: words in one cell of a column of numbers.

    Nobody's answers look so: where everybody has a number, words stand for no number, and nothing else is there. Words
    that only a page or its author writes ("Strona 2 z 3", "Sporządził …") are notes wherever they stand alone.
    """
    notes = np.zeros(len(rows), dtype=bool)
    if len(rows) < _FEWEST_ROWS or len(sheet.columns) < _FEWEST_COLUMNS:
        return notes
    filled = np.stack([column.codes[rows] >= 0 for column in sheet.columns], axis=1)
    for place in range(len(rows) - 1, max(len(rows) - 1 - _MOST, -1), -1):
        (cells,) = np.nonzero(filled[place])
        if len(cells) != 1 or not _stands_under_numbers(sheet.columns[int(cells[0])], rows[:place], rows[place]):
            break
        notes[place] = True
    # Rows with a single filled cell are few: only their words are looked at, not those of every answer.
    alone = np.flatnonzero(filled.sum(axis=1) == 1)
    for place, position in zip(alone.tolist(), filled[alone].argmax(axis=1).tolist(), strict=True):
        cell = sheet.cell(int(rows[place]) + 1, position)
        if isinstance(cell, str) and _NOTE.match(fold(cell)) is not None:
            notes[place] = True
    return notes


def _stands_under_numbers(column: RawColumn, above: npt.NDArray[np.int64], row: np.int64) -> bool:
    figures = np.array([read_number(value) is not None for value in column.values] + [False])
    value = column.values[int(column.codes[row])]
    wordy = isinstance(value, str) and any(sign.isalpha() for sign in value)
    return wordy and bool(figures[column.codes[above]].mean() > _NUMBERED)


def without_totals(book: RawBook) -> RawBook:
    """Return a book without the rows of totals at the very end of its sheets, for looking at what columns hold."""
    return replace(book, sheets=tuple(map(_cut_totals, book.sheets)))


def _cut_totals(sheet: RawSheet) -> RawSheet:
    filled = np.zeros(sheet.row_count, dtype=bool)
    for column in sheet.columns:
        filled |= column.codes >= 0
    rows = np.flatnonzero(filled)
    total = find_total_rows(sheet, rows)
    if not len(rows) or not total[-1]:
        return sheet
    last = np.flatnonzero(~total)
    count = int(rows[last[-1]]) + 1 if len(last) else 0
    columns = tuple(RawColumn(column.values, column.codes[:count]) for column in sheet.columns)
    return replace(sheet, columns=columns, row_count=count)


def _names_total(text: str) -> bool:
    return _TOTAL.match(fold(text)) is not None


def _holds_figures(cells: tuple[CellValue | None, ...]) -> bool:
    """Whether a row named so holds figures, or nothing else: "razem z rodziną" may as well be somebody's answer."""
    words = [cell for cell in cells if isinstance(cell, str) and not _is_figure(cell)]
    filled = [cell for cell in cells if cell is not None]
    return len(words) - 1 <= 0.5 * (len(filled) - 1)


def _is_figure(text: str) -> bool:
    return read_number(text.strip().removesuffix("%").strip()) is not None
