"""Empty cells that a program wrote as a word: R's ``NA``, pandas' ``NaN`` and ``<NA>``, a database's ``NULL``.

One such word in one column may be somebody's answer. A program writes it for every empty cell, so it stands in many
columns, and among numbers, where no person would answer so.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from etl.clean.numbers import read_column_numbers
from etl.readers.raw import CellValue, RawBook, RawColumn, RawSheet
from surveys.findings import Finding, Place, Report

_WORDS = ("NA", "<NA>", "NaN", "nan", "NULL")
_LEAST_COLUMNS = 2
_LEAST_SHARE = 0.2


def empty_program_blanks(book: RawBook) -> RawBook:
    """Return a book whose cells that a program filled with a word for "empty" are empty; a finding says where."""
    sheets: list[RawSheet] = []
    said: list[Finding] = []
    for sheet in book.sheets:
        words = [word for word in _WORDS if _is_written_for_empty(sheet, word)]
        sheets.append(_without(sheet, frozenset(words)) if words else sheet)
        place = Place(book.file_name, sheet.name)
        said += [
            Finding("FILE-PROGRAM-BLANKS", place, {"word": word, "count": len(_columns_with(sheet, word))})
            for word in words
        ]
    return replace(book, sheets=tuple(sheets), report=book.report + Report(tuple(said))) if said else book


def _is_written_for_empty(sheet: RawSheet, word: str) -> bool:
    having = _columns_with(sheet, word)
    if len(having) < _LEAST_COLUMNS:
        return False
    filled = sum(bool(column.values) for column in sheet.columns)
    return any(_is_number_beside(column.values, word) for column in having) or len(having) >= _LEAST_SHARE * filled


def _columns_with(sheet: RawSheet, word: str) -> list[RawColumn]:
    return [column for column in sheet.columns if word in column.values]


def _is_number_beside(values: Iterable[CellValue], word: str) -> bool:
    """Whether all but the header and the word are numbers; a column of nothing but the word proves nothing."""
    others = [value for value in values if value != word][1:]
    return bool(others) and all(number is not None for number in read_column_numbers(others))


def _without(sheet: RawSheet, words: frozenset[str]) -> RawSheet:
    return replace(sheet, columns=tuple(_empty(column, words) for column in sheet.columns))


def _empty(column: RawColumn, words: frozenset[str]) -> RawColumn:
    kept = [value for value in column.values if value not in words]
    if len(kept) == len(column.values):
        return column
    # One place more than values: the code −1 of an empty cell reaches it.
    codes = np.full(len(column.values) + 1, -1, dtype=np.int32)
    places = [code for code, value in enumerate(column.values) if value not in words]
    codes[places] = np.arange(len(kept), dtype=np.int32)
    return RawColumn(tuple(kept), codes[column.codes])
