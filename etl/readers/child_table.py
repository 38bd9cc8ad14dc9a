"""Rows into factorised columns, inside the child process. Standard library only: the child has to start fast."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

# Rows taken at a time: few enough that a sheet's cells never stand in memory all at once.
_CHUNK = 4_096

# True == 1 and False == 0 in Python: truth values go under names that no cell can hold.
_TRUE, _FALSE = "\x00TRUE", "\x00FALSE"


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
        width: number of columns; shorter rows are filled up with empty cells.
    """

    def __init__(self, width: int) -> None:
        self._indexes = [_Index() for _ in range(width)]
        self._codes = [array("i") for _ in range(width)]
        self._width = width
        self.row_count = 0

    def add(self, rows: Iterable[Sequence[Any]], max_rows: int) -> None:
        """Take rows, each at most ``width`` long.

        Raises:
            ChildFault: there are more than ``max_rows`` of them.
        """
        source = iter(rows)
        while chunk := list(islice(source, _CHUNK)):
            self.row_count += len(chunk)
            if self.row_count > max_rows:
                raise ChildFault("FILE-TOO-MANY-ROWS", limit=max_rows)
            width = self._width
            if any(len(row) != width for row in chunk):
                chunk = [[*row, *([""] * (width - len(row)))] for row in chunk]
            for index, codes, cells in zip(self._indexes, self._codes, zip(*chunk, strict=True), strict=True):
                named: Iterable[Any] = cells
                if bool in set(map(type, cells)):
                    named = [_name_truth(cell) for cell in cells]
                codes.extend(map(index.__getitem__, named))

    def columns(self) -> "Iterator[tuple[list[Any], array[int]]]":
        """Yield each column's distinct values, in order of appearance, and its codes."""
        for index, codes in zip(self._indexes, self._codes, strict=True):
            yield list(islice(index, 2, None)), codes


def pack_values(values: list[Any]) -> dict[str, Any]:
    """Return a column's distinct values as JSON can hold them."""
    kinds = set(map(type, values))
    if kinds <= {str} and not (_TRUE in values or _FALSE in values):
        return {"kind": "plain", "values": values}
    if kinds == {datetime}:
        return {"kind": "datetime", "values": [value.isoformat() for value in values]}
    return {"kind": "mixed", "values": [_pack(value) for value in values]}


def _name_truth(cell: Any) -> Any:
    if cell is True:
        return _TRUE
    return _FALSE if cell is False else cell


def _pack(value: Any) -> Any:
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
