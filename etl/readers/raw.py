"""Cells as they were in somebody's file, column by column, with their places kept.

A column is factorised once, so that everything later works on its unique values: a sheet of 20,000 × 60 cells has
a few hundred of them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt

from surveys.findings import Report

CellValue = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column of a sheet.

    Attributes:
        values: its distinct non-empty cell values, in order of appearance. Texts are as written, not stripped.
        codes: int32, one per sheet row: index into ``values``, −1 for an empty cell.
    """

    values: tuple[CellValue, ...]
    codes: npt.NDArray[np.int32]

    def cell(self, row: int) -> CellValue | None:
        """Return the cell of a 1-based sheet row, ``None`` when it is empty."""
        code = int(self.codes[row - 1])
        return None if code < 0 else self.values[code]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet, from its cell A1 to its last non-empty cell.

    Attributes:
        name: as in the workbook; the file's name without suffix for CSV.
        columns: all of one length, ``row_count``.
        hidden: the person doesn't see this sheet in their program.
    """

    name: str
    columns: tuple[RawColumn, ...]
    row_count: int
    hidden: bool = False

    def cell(self, row: int, column: int) -> CellValue | None:
        """Return the cell at a 1-based row and a 0-based column, ``None`` when empty or outside."""
        if row < 1 or row > self.row_count or column >= len(self.columns):
            return None
        return self.columns[column].cell(row)

    def row(self, row: int) -> tuple[CellValue | None, ...]:
        """Return all cells of a 1-based row."""
        return tuple(column.cell(row) for column in self.columns)


@dataclass(frozen=True, slots=True)
class RawBook:
    """A whole file.

    Attributes:
        file_name: as the person knows it, without folders.
        format: ``xlsx``, ``xls``, ``ods``, ``csv`` …
        properties: what the file says of itself (creator, separator, encoding), for recognisers.
        report: remarks about the file that did not stop the reading.
    """

    file_name: str
    format: str
    sheets: tuple[RawSheet, ...]
    properties: dict[str, str] = field(default_factory=dict)
    report: Report = field(default_factory=Report)

    def sheet(self, name: str) -> RawSheet | None:
        """Return the sheet of a name, ``None`` when there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
