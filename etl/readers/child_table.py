"""Rows into factorised columns, inside the child process. Standard library only: the child has to start fast."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

# Rows taken at a time: few enough that a sheet's cells never stand in memory all at once.
_CHUNK = 4_096

# True == 1 and False == 0 in Python: truth values go under names that no cell can hold.
_TRUE, _FALSE = "\x00TRUE", "\x00FALSE"

# Code of the finding, place, facts: as they travel to the parent.
Findings = list[tuple[str, dict[str, Any], dict[str, str | int]]]


class ChildFault(Exception):  # noqa: N818 # it carries a finding to the parent, it is not an error of the program
    """A finding that stops the reading: its code and facts travel to the parent."""

    def __init__(self, code: str, place: dict[str, Any] | None = None, **facts: str | int) -> None:
        self.code = code
        self.place = place or {}
        self.facts = facts
        super().__init__(code)


class _Index(dict[Any, int]):
    """Value to its number, in order of appearance; an empty cell is −1."""

    def __init__(self) -> None:
        super().__init__({"": -1, None: -1})

    def __missing__(self, value: Any) -> int:
        number = self[value] = len(self) - 2
        return number


class TableBuilder:
    """Collects the rows of one sheet column by column.

    Args:
        width: number of columns to begin with; shorter rows are filled up with empty cells, wider ones add columns.
    """

    def __init__(self, width: int) -> None:
        self._indexes = [_Index() for _ in range(width)]
        self._codes = [array("i") for _ in range(width)]
        self.row_count = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self._codes)

    def add(self, rows: Iterable[Sequence[Any]], max_rows: int, max_cells: int | None = None) -> None:
        """Take rows.

        Raises:
            ChildFault: there are more than ``max_rows`` of them, or they span more than ``max_cells``.
        """
        source = iter(rows)
        while chunk := list(islice(source, _CHUNK)):
            widest = max(map(len, chunk))
            if widest > self.width:
                self._widen(widest)
            self.row_count += len(chunk)
            if self.row_count > max_rows:
                raise ChildFault("FILE-TOO-MANY-ROWS", limit=max_rows)
            width = self.width
            if max_cells is not None and width * self.row_count > max_cells:
                raise ChildFault("FILE-TOO-MANY-CELLS", limit=max_cells)
            if any(len(row) != width for row in chunk):
                chunk = [[*row, *([""] * (width - len(row)))] for row in chunk]
            for index, codes, cells in zip(self._indexes, self._codes, zip(*chunk, strict=True), strict=True):
                named: Iterable[Any] = cells
                if bool in set(map(type, cells)):
                    named = [_name_truth(cell) for cell in cells]
                codes.extend(map(index.__getitem__, named))

    def add_column(self, cells: Iterable[Any]) -> None:
        """Take one more column, as long as the others."""
        index = _Index()
        codes = array("i", map(index.__getitem__, cells))
        self._indexes.append(index)
        self._codes.append(codes)
        self.row_count = len(codes)

    def columns(self) -> "Iterator[tuple[list[Any], array[int]]]":
        """Yield each column's distinct values, in order of appearance, and its codes."""
        for index, codes in zip(self._indexes, self._codes, strict=True):
            yield list(islice(index, 2, None)), codes

    def _widen(self, width: int) -> None:
        for _ in range(width - self.width):
            self._indexes.append(_Index())
            self._codes.append(array("i", [-1]) * self.row_count)


@dataclass(frozen=True, slots=True)
class ChildSheet:
    """One sheet as a reader in the child gives it.

    Attributes:
        name: empty where the file itself has the only name.
        merged: first row, first column, last row, last column of each range, 1-based.
        notes: per column what the file says of it: ``label``, ``labels`` as pairs, ``missing``, ``measure``.
        member: file of an archive.
    """

    name: str
    table: TableBuilder
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: dict[int, dict[str, Any]] = field(default_factory=dict)
    member: str | None = None


@dataclass(frozen=True, slots=True)
class ChildBook:
    """A whole file as a reader in the child gives it.

    Attributes:
        sets: of SPSS's multiple-response sets ``name``, ``label``, ``sheet`` (index), ``columns``, ``counted``.
    """

    format: str
    sheets: list[ChildSheet]
    properties: dict[str, str] = field(default_factory=dict)
    findings: Findings = field(default_factory=list)
    sets: list[dict[str, Any]] = field(default_factory=list)


def pack_values(values: list[Any]) -> dict[str, Any]:
    """Return a column's distinct values as JSON can hold them."""
    kinds = set(map(type, values))
    if kinds <= {str} and not (_TRUE in values or _FALSE in values):
        return {"kind": "plain", "values": values}
    if kinds == {datetime}:
        return {"kind": "datetime", "values": [value.isoformat() for value in values]}
    return {"kind": "mixed", "values": [pack_value(value) for value in values]}


def pack_value(value: Any) -> Any:
    """Return one value as JSON can hold it."""
    if isinstance(value, str):
        return {_TRUE: True, _FALSE: False}.get(value, value)
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["timedelta", value.total_seconds()]
    return value


def _name_truth(cell: Any) -> Any:
    if cell is True:
        return _TRUE
    return _FALSE if cell is False else cell
