"""Cells of official tables as exact digits, a column's distinct values at a time."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from etl.readers.raw import CellValue, RawColumn
from surveys.indicators import ReadCell, read_figure

_POINTED = re.compile(r"^[-−–]?\d{1,3}\.\d{3}$")
_POINT = re.compile(r"^[-−–]?\d+\.\d+$")
_COMMA = re.compile(r"\d,\d")


def read_cells(values: Sequence[CellValue], *, pointed: bool, zero_is_below_unit: bool) -> list[ReadCell | None]:
    """Return what each distinct value of a column says, ``None`` for one that cannot be read.

    Args:
        values: distinct values of a column.
        pointed: whether ``1.234`` is a number with three decimals; otherwise nobody knows what it is.
        zero_is_below_unit: the table's ``0`` means "less than the unit".
    """
    return [_read(value, pointed=pointed, zero_is_below_unit=zero_is_below_unit) for value in values]


def knows_points(columns: Iterable[RawColumn]) -> bool:
    """Whether a point in the numbers of a table begins the decimals: some have one where no thousands can be apart."""
    texts = [value.strip() for column in columns for value in column.values if isinstance(value, str)]
    return any(_POINT.match(text) and not _POINTED.match(text) for text in texts) and not any(
        _COMMA.search(text) for text in texts if not text[:1].isalpha()
    )


def digits_of(value: float) -> str:
    """Return a spreadsheet's number as its fifteen digits say it, without an exponent.

    >>> digits_of(12.5), digits_of(1234.0), digits_of(0.1 + 0.2)
    ('12.5', '1234', '0.3')
    """
    return f"{Decimal(format(value, '.15g')):f}"


def _read(value: CellValue, *, pointed: bool, zero_is_below_unit: bool) -> ReadCell | None:
    if isinstance(value, bool | date | datetime | time | timedelta):
        return None
    if isinstance(value, int | float):
        return read_figure(digits_of(value), zero_is_below_unit=zero_is_below_unit)
    if _POINTED.match(value.strip()) and not pointed:
        return None
    return read_figure(value, zero_is_below_unit=zero_is_below_unit)
