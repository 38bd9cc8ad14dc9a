"""A value as a cell of CSV and back, without loss: the same on SQLite and PostgreSQL, to the last byte.

Nothing is an empty cell. A text that a spreadsheet would take for a formula, that begins with an apostrophe, or that is
empty where it might have been missing, has an apostrophe in front, which reading takes away.
"""

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Float, Integer, Numeric, SmallInteger
from sqlalchemy.types import TypeEngine

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_BOUNDS: tuple[tuple[type[TypeEngine[Any]], int], ...] = (
    (SmallInteger, 2**15),
    (BigInteger, 2**63),
    (Integer, 2**31),
)


class CellError(ValueError):
    """A cell holds nothing of its column's type. Its text is the name of that type, never the cell."""


def type_of(column: Column[object]) -> str:
    """Return the Frictionless type of a column."""
    kinds: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
        (Boolean, "boolean"),
        (Integer, "integer"),
        (Date, "date"),
        (Float, "number"),
        (Numeric, "number"),
    )
    return next((name for kind, name in kinds if isinstance(column.type, kind)), "string")


def write_text(text: str | None, *, may_lack: bool) -> str:
    """Return a text as a cell.

    Args:
        text: ``None`` for none.
        may_lack: the column may be without a value, so that an empty text has to differ from none.
    """
    if text is None:
        return ""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or (may_lack and not text) else text


def read_text(cell: str, *, may_lack: bool) -> str | None:
    """Return the text of a cell."""
    if not cell:
        return None if may_lack else ""
    return cell.removeprefix("'")


def make_writer(column: Column[object]) -> Callable[[object], str]:
    """Return what writes a column's values as cells."""
    kind = type_of(column)
    may_lack = bool(column.nullable)
    if kind == "string":
        return lambda value: write_text(None if value is None else str(value), may_lack=may_lack)
    if kind == "boolean":
        return lambda value: "" if value is None else "true" if value else "false"
    if kind == "date":
        return lambda value: value.isoformat() if isinstance(value, date) else ""
    if isinstance(column.type, Float):
        return lambda value: "" if value is None else repr(float(value))  # type: ignore[arg-type] # a float column
    return lambda value: "" if value is None else str(value)


def make_reader(column: Column[object]) -> Callable[[str], object]:
    """Return what reads a column's cells; it raises `CellError` for a cell that is not of the type."""
    kind = type_of(column)
    may_lack = bool(column.nullable)
    parse = _PARSERS[kind] if kind in _PARSERS else _number_parser(column)

    def read(cell: str) -> object:
        if kind == "string":
            if "\0" in cell:
                raise CellError(kind)
            return read_text(cell, may_lack=may_lack)
        if not cell:
            if may_lack:
                return None
            raise CellError(kind)
        try:
            return parse(cell)
        except (ValueError, KeyError, InvalidOperation):
            raise CellError(kind) from None

    return read


def _number_parser(column: Column[object]) -> Callable[[str], object]:
    if isinstance(column.type, Integer):
        bound = next(bound for kind, bound in _BOUNDS if isinstance(column.type, kind))

        def whole(cell: str) -> int:
            number = int(cell)
            if not -bound <= number < bound or not cell.isascii() or "_" in cell:
                raise ValueError("out of range")
            return number

        return whole
    if isinstance(column.type, Float):

        def broken(cell: str) -> float:
            number = float(cell)
            if not math.isfinite(number):
                raise ValueError("not finite")
            return number

        return broken

    def exact(cell: str) -> Decimal:
        number = Decimal(cell)
        if not number.is_finite() or abs(number) >= 10**12:
            raise ValueError("out of range")
        return number

    return exact


_PARSERS: dict[str, Callable[[str], object]] = {
    "string": lambda cell: cell,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}
