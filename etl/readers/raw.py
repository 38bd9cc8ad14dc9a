"""Cells as they were in somebody's file, column by column, with their places kept.

A column is factorised once, so that everything later works on its unique values: a sheet of 20,000 × 60 cells has
a few hundred of them.
"""

from collections.abc import Mapping
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
class ColumnNotes:
    """What a file says of a column beside its cells (SPSS does).

    Attributes:
        label: the question's wording; empty when the file has none.
        value_labels: written value → what it means. Often only the ends of a scale are labelled.
        missing: values that the file's author declared to be no answer: single ones, and ranges as (low, high), both
            ends included and possibly infinite.
        measure: ``nominal``, ``ordinal``, ``scale`` or ``unknown``.
    """

    label: str = ""
    value_labels: Mapping[CellValue, str] = field(default_factory=dict)
    missing: tuple[CellValue | tuple[float, float], ...] = ()
    measure: str = "unknown"

    def is_missing(self, value: CellValue) -> bool:
        """Whether the author of the file declared a value to be no answer."""
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
        for declared in self.missing:
            if isinstance(declared, tuple):
                if number is not None and declared[0] <= number <= declared[1]:
                    return True
            elif declared == value:
                return True
        return False


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells merged into one, 1-based and both ends included; only the first of them holds a value."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """Columns that a file declares to be one question with several answers.

    Attributes:
        name: as in the file, without the leading ``$``.
        label: the question's wording; empty when the file has none.
        sheet: name of the sheet the columns are in.
        columns: their 0-based positions.
        counted_value: the value that means "ticked"; ``None`` where each column holds one of the ticked options.
    """

    name: str
    label: str
    sheet: str
    columns: tuple[int, ...]
    counted_value: CellValue | None = None


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet, from its cell A1 to its last non-empty cell.

    Attributes:
        name: as in the workbook; the file's name without suffix for CSV and SPSS. Unique in its book.
        columns: all of one length, ``row_count``.
        hidden: the person doesn't see this sheet in their program.
        member: name of the file it comes from, when the book is an archive of files; else ``None``.
        merged: ranges of merged cells (xlsx and xls only).
        notes: 0-based position → what the file says of the column; empty for spreadsheets and text.
    """

    name: str
    columns: tuple[RawColumn, ...]
    row_count: int
    hidden: bool = False
    member: str | None = None
    merged: tuple[MergedRange, ...] = ()
    notes: Mapping[int, ColumnNotes] = field(default_factory=dict)

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
        format: ``xlsx``, ``xls``, ``ods``, ``csv``, ``sav``; ``zip`` for an archive of several files. An archive
            with one file in it has that file's format.
        properties: what the file says of itself (``separator``, ``encoding``, ``label``), for recognisers; of several
            files only what they have in common.
        report: remarks about the file that did not stop the reading.
        mr_sets: questions with several answers that the file declares (SPSS).
    """

    file_name: str
    format: str
    sheets: tuple[RawSheet, ...]
    properties: dict[str, str] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    mr_sets: tuple[ResponseSet, ...] = ()

    def sheet(self, name: str) -> RawSheet | None:
        """Return the sheet of a name, ``None`` when there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
