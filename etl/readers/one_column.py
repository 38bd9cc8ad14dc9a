"""A table that a spreadsheet or an export squeezed into one column: "Kobieta;34;drogi" in every cell of column A.

It happens when a CSV is opened with the wrong separator and saved, or when every line of it was quoted as a whole.
"""

import csv
from collections import Counter
from dataclasses import replace

import numpy as np

from etl.readers.raw import RawBook, RawColumn, RawSheet
from surveys.findings import Finding, Place, Report

_SEPARATORS = (";", "\t", ",", "|")
_FEWEST_ROWS, _FEWEST_COLUMNS, _ALIKE = 3, 2, 0.9
_MOST_COLUMNS = 2_000


def spread_single_columns(book: RawBook) -> RawBook:
    """Return a book whose squeezed sheets are tables again, with a remark on each; other sheets as they are."""
    findings: list[Finding] = []
    sheets: list[RawSheet] = []
    for sheet in book.sheets:
        spread = _spread(sheet)
        sheets.append(spread or sheet)
        if spread is not None:
            count = len(spread.columns)
            findings.append(Finding("FILE-ONE-COLUMN", Place(book.file_name, sheet.name), {"count": count}))
    if not findings:
        return book
    return replace(book, sheets=tuple(sheets), report=book.report + Report(tuple(findings)))


def _spread(sheet: RawSheet) -> RawSheet | None:
    filled = [column for column in sheet.columns if (column.codes >= 0).any()]
    if len(filled) != 1 or not all(isinstance(value, str) for value in filled[0].values):
        return None
    texts = [str(value) for value in filled[0].values]
    if len(texts) < _FEWEST_ROWS:
        return None
    for separator in _SEPARATORS:
        rows = _cut(texts, separator)
        if rows is None:
            continue
        widths = Counter(map(len, rows))
        width, count = widths.most_common(1)[0]
        # A comma parts a sentence too, but not every sentence at equally many places.
        if _FEWEST_COLUMNS <= width <= _MOST_COLUMNS and count >= _ALIKE * len(rows):
            return _build(sheet, filled[0], rows)
    return None


def _cut(texts: list[str], separator: str) -> list[list[str]] | None:
    if sum(separator in text for text in texts) < _ALIKE * len(texts):
        return None
    try:
        return [next(csv.reader([text], delimiter=separator), []) for text in texts]
    except csv.Error:
        return None


def _build(sheet: RawSheet, squeezed: RawColumn, rows: list[list[str]]) -> RawSheet:
    columns: list[RawColumn] = []
    for place in range(max(map(len, rows))):
        numbers: dict[str, int] = {}
        cells = [row[place].strip() if place < len(row) else "" for row in rows]
        codes = [numbers.setdefault(cell, len(numbers)) if cell else -1 for cell in cells]
        by_value = np.array([*codes, -1], dtype=np.int32)
        columns.append(RawColumn(tuple(numbers), by_value[squeezed.codes]))
    return replace(sheet, columns=tuple(columns), notes={}, merged=())
