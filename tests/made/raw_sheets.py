"""Sheets as the readers give them, out of rows of cells."""

import numpy as np

from etl.readers.raw import CellValue, RawBook, RawColumn, RawSheet


def make_sheet(*rows: tuple[CellValue | None, ...], name: str = "Arkusz1") -> RawSheet:
    """Return a sheet of these rows; ``None`` and ``""`` are empty cells."""
    width = max(map(len, rows))
    columns = []
    for position in range(width):
        values: dict[tuple[type, CellValue], int] = {}
        codes = []
        for row in rows:
            cell = row[position] if position < len(row) else None
            codes.append(-1 if cell in {None, ""} else values.setdefault((type(cell), cell), len(values)))
        columns.append(RawColumn(tuple(value for _, value in values), np.array(codes, dtype=np.int32)))
    return RawSheet(name, tuple(columns), len(rows))


def make_book(*sheets: RawSheet, file_name: str = "ankieta.xlsx", format: str = "xlsx") -> RawBook:  # noqa: A002 # the field's name
    """Return a file of these sheets."""
    return RawBook(file_name, format, sheets)
