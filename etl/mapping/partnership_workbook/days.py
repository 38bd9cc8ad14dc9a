"""Days as people type them into one cell: digits, month names, Roman months; Excel's serial numbers."""

import re
from datetime import date, datetime, timedelta

from etl.clean.dates import month_number, read_days
from etl.clean.labels import cell_text
from etl.mapping.partnership_workbook.spots import Spot
from etl.readers.raw import CellValue
from surveys.language.folding import fold

FIRST_YEAR = 1989
_YEARS_AHEAD = 20

# Day 0 of Excel's calendar, counted so that days after February 1900 are right.
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)  # 1927 to 2119; smaller numbers are years

_WORDED = re.compile(r"^(?:(\d{1,2})[. ]+)?([a-z]+)\.? +(\d{4})$")
_YEAR_SIGN = re.compile(r"\s*(r\.?|roku?)$", re.IGNORECASE)
_DASHED = re.compile(r"^(\d{1,2})[-–](\d{1,2})[-–](\d{2,4})$")
_SHORT_YEAR = re.compile(r"^\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2}$")
_PART_OF_DATE = re.compile(r"^(\d{4}|\d{1,2}[-./]\d{4}|\d{4}[-./]\d{1,2})$")


def read_day(value: CellValue, spot: Spot) -> date | None:
    """Return the day a cell holds; what is not one certain day is a fault and ``None``.

    A year long past or far ahead is taken, with a warning.
    """
    day = _read_any(value, spot)
    if day is not None and not FIRST_YEAR <= day.year <= spot.terms.today.year + _YEARS_AHEAD:
        spot.fault("DATE-ODD", year=day.year)
    return day


def _read_any(value: CellValue, spot: Spot) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        spot.fault("DATE-UNREADABLE", value=cell_text(value))
        return None
    if isinstance(value, int | float):
        return _read_serial(value, spot)
    if isinstance(value, str):
        return _read_written(value, spot)
    spot.fault("DATE-UNREADABLE", value=cell_text(value))
    return None


def _read_serial(value: float, spot: Spot) -> date | None:
    if int(value) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(value))
    year = value == int(value) and 1900 <= value <= 2199
    spot.fault("DATE-INCOMPLETE" if year else "DATE-UNREADABLE", value=cell_text(value))
    return None


def _read_written(value: str, spot: Spot) -> date | None:
    text = _YEAR_SIGN.sub("", " ".join(value.split()))
    worded = _WORDED.match(fold(text))
    if worded is not None and (month := month_number(worded.group(2))) is not None:
        if worded.group(1) is None:
            spot.fault("DATE-INCOMPLETE", value=value)
            return None
        return _make_day(int(worded.group(3)), month, int(worded.group(1)), value, spot)
    if _PART_OF_DATE.match(text):
        spot.fault("DATE-INCOMPLETE", value=value)
        return None
    if _SHORT_YEAR.match(text):
        spot.fault("DATE-AMBIGUOUS", value=value)
        return None
    # With dashes a Pole means day first; only slashes come from both sides of the ocean.
    days = read_days([_DASHED.sub(r"\1.\2.\3", text)])
    if days is None:
        spot.fault("DATE-AMBIGUOUS", value=value)
        return None
    if days[0] is None:
        spot.fault("DATE-UNREADABLE", value=value)
    return days[0]


def _make_day(year: int, month: int, day: int, value: str, spot: Spot) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        spot.fault("DATE-UNREADABLE", value=value)
        return None
