"""Reading one code-list file into rows that know where they stand, collecting every fault on the way."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from surveys.findings import Finding, Place, Report

_T = TypeVar("_T")

Folder = Traversable | Path
"""Where the lists lie: the package's own ``data`` or, for checking an edited copy, any folder."""


@dataclass(slots=True)
class FaultLog:
    """Faults in the order they were met; nothing stops at the first."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: Place, **facts: str | int) -> None:
        """Note a fault."""
        self.findings.append(Finding(code, place, facts))

    def report(self) -> Report:
        """Return everything noted."""
        return Report(tuple(self.findings))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list.

    Attributes:
        file: name of the file; line: 1-based line as a spreadsheet shows it.
        cells: stripped text by column.
    """

    file: str
    line: int
    cells: Mapping[str, str]
    faults: FaultLog

    def place(self, column: str) -> Place:
        """Return where a cell stands."""
        return Place(file=self.file, row=self.line, column=column)

    def text(self, column: str) -> str:
        """Return the text of a cell, empty when it is blank."""
        return self.cells[column]

    def words(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that ``|`` separates; blanks between bars are dropped."""
        return tuple(part for part in (piece.strip() for piece in self.cells[column].split("|")) if part)

    def choice(self, column: str, allowed: Mapping[str, _T], fallback: _T) -> _T:
        """Return what a cell's word stands for; an unknown word is a fault and gives the fallback."""
        word = self.cells[column].casefold()
        if word in allowed:
            return allowed[word]
        names = ", ".join(name or "–" for name in allowed)
        self.faults.add("VOCABULARY-VALUE-UNKNOWN", self.place(column), value=self.cells[column], allowed=names)
        return fallback

    def year(self, column: str) -> int | None:
        """Return a four-digit year, ``None`` when the cell is blank or a fault was noted."""
        text = self.cells[column]
        if not text:
            return None
        if len(text) == 4 and text.isascii() and text.isdigit():
            return int(text)
        self.faults.add("VOCABULARY-NUMBER-BAD", self.place(column), value=text)
        return None


def read_rows(folder: Folder, name: str, columns: Sequence[str], faults: FaultLog) -> list[Row]:
    """Read a list's file.

    Args:
        folder: where the lists lie.
        name: file name, for example ``problems.csv``.
        columns: columns the file has to have, in any order, and no others.
        faults: receives a missing file, a wrong encoding, wrong columns and lines of a wrong width.

    Returns:
        The rows that can be read; empty when the file or its header is unusable. Blank lines are passed over.
    """
    try:
        text = (folder / name).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.add("VOCABULARY-FILE-MISSING", Place(file=name))
        return []
    except UnicodeDecodeError:
        faults.add("VOCABULARY-ENCODING", Place(file=name))
        return []
    # An English spreadsheet saves with commas, a Polish one with semicolons: the first line tells.
    first_line = text.partition("\n")[0]
    separator = ";" if first_line.count(";") >= first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [cell.strip() for cell in next(reader, [])]
    if not _check_header(name, header, columns, faults):
        return []
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        line = reader.line_num
        if len(cells) != len(header):
            faults.add("VOCABULARY-ROW-WIDTH", Place(file=name, row=line), found=len(cells), expected=len(header))
            continue
        rows.append(Row(name, line, {key: cell.strip() for key, cell in zip(header, cells, strict=True)}, faults))
    return rows


def _check_header(name: str, header: Sequence[str], columns: Sequence[str], faults: FaultLog) -> bool:
    missing = [column for column in columns if column not in header]
    for column in missing:
        faults.add("VOCABULARY-COLUMN-MISSING", Place(file=name, row=1), name=column)
    seen: set[str] = set()
    for column in header:
        if column not in columns or column in seen:
            faults.add("VOCABULARY-COLUMN-UNKNOWN", Place(file=name, row=1, column=column), name=column)
        seen.add(column)
    return not missing
