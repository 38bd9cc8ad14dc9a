"""Days and moments as people and survey tools write them; day or month first is decided per column.

``31.12.2024``, ``29.11.2024 01:22:09``, ``24/11/2025 15.57.55``, ``7/27/26 19:06:23``, ``2016/11/29 6:47:03 PM CET``,
``2024-05-05T08:56:00.000Z``, ``5 maja 2024 r.``, ``5 V 2024``, ``05-maj-24``, ``May 5, 2024``, ``2016-Apr-04``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from babel.core import Locale

from etl.readers.raw import CellValue
from surveys.language.folding import fold

_YEAR_SIGN = r"(?:\s*(?:roku|r|g)\b\.?)?"
_HOUR = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp])?(?:\.?\s?[Mm]\b\.?)?"
_ZONE = r"(?:\s*(?:[+-]\d{2}:?\d{2}|[^\W\d_]++(?:[+-]\d{1,4}(?::\d{2})?)?|\([^()]*\)))*"
_TAIL = rf"{_YEAR_SIGN}(?:(?:\s*[T,]\s*|\s+)(?:o\s|godz\.?\s?)?{_HOUR})?,?{_ZONE}\s*$"
_WEEKDAY = r"^\s*(?:[^\W\d_]{2,}\.?,?\s+)?"
_YEAR_FIRST = re.compile(rf"{_WEEKDAY}(?P<year>\d{{4}})([-./])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TAIL}")
_YEAR_LAST = re.compile(
    rf"{_WEEKDAY}(?P<first>\d{{1,2}})(?P<sign>[-./ ])(?P<second>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}}){_TAIL}"
)
_WORDED = (
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s.-]*(?P<word>[^\W\d_]+)\.?[\s.-]*(?P<year>\d{{4}}|\d{{2}})\b{_TAIL}"),
    re.compile(
        rf"{_WEEKDAY}(?P<word>[^\W\d_]+)\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b{_TAIL}"
    ),
    re.compile(rf"^\s*(?P<year>\d{{4}})[\s.-]+(?P<word>[^\W\d_]+)\.?[\s.-]*(?P<day>\d{{1,2}})\b{_TAIL}"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# Nobody who answers a survey was born in 2070, nor does one ask about 1949 in two digits.
_FIRST_SHORT_YEAR = 1950
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Written:
    """A text taken apart: ``first`` and ``second`` are day and month in an order still to be settled.

    Attributes:
        sign: between the parts of a date in digits with the year behind; ``None`` where the order is clear.
        clock: the time of day, ``None`` when there is none or it is impossible.
    """

    year: int
    first: int
    second: int
    sign: str | None
    clock: time | None
    american: bool = False


def read_days(values: Sequence[CellValue]) -> list[date | None] | None:
    """Return the day of each distinct value of a column.

    Args:
        values: distinct values of a column; texts or dates.

    Returns:
        One entry per value, ``None`` where it is not a day; or ``None`` for the whole column when day and month
        cannot be told apart.
    """
    moments = read_moments(values)
    return None if moments is None else [None if moment is None else moment.date() for moment in moments]


def read_moments(values: Sequence[CellValue]) -> list[datetime | None] | None:
    """Return the moment of each distinct value of a column, as its writer's clock showed it; midnight without a time.

    Args:
        values: distinct values of a column; texts, dates or moments.

    Returns:
        One entry per value, ``None`` where it is not a day; or ``None`` for the whole column when day and month
        cannot be told apart.
    """
    written = [_take_apart(value) if isinstance(value, str) else None for value in values]
    day_first = _is_day_first([item for item in written if item is not None and item.sign is not None])
    moments: list[datetime | None] = []
    for value, item in zip(values, written, strict=True):
        if isinstance(value, datetime):
            moments.append(value.replace(tzinfo=None))
        elif isinstance(value, date):
            moments.append(datetime.combine(value, time()))
        elif item is None:
            moments.append(None)
        elif item.sign in {None, "."}:
            moments.append(_make_moment(item, item.first, item.second))
        elif day_first is None:
            return None
        else:
            day, month = (item.first, item.second) if day_first else (item.second, item.first)
            moments.append(_make_moment(item, day, month))
    return moments


def month_number(word: str) -> int | None:
    """Return the number of a month by its Polish or English name, whole or shortened, or by its Roman numeral."""
    return _months().get(fold(word))


def _take_apart(text: str) -> _Written | None:
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.split())
    found = _YEAR_FIRST.match(text)
    if found is not None:
        clock, _ = _read_clock(found)
        return _Written(int(found["year"]), int(found["day"]), int(found["month"]), None, clock)
    found = _YEAR_LAST.match(text)
    if found is not None:
        clock, american = _read_clock(found)
        year = _whole_year(found["year"])
        return _Written(year, int(found["first"]), int(found["second"]), found["sign"], clock, american)
    for pattern in _WORDED:
        found = pattern.match(text)
        month = None if found is None else month_number(found["word"])
        if found is not None and month is not None:
            return _Written(_whole_year(found["year"]), int(found["day"]), month, None, _read_clock(found)[0])
    return None


def _read_clock(found: re.Match[str]) -> tuple[time | None, bool]:
    """Return the time of day, and whether it is told in twelve hours."""
    hour, minute, second, half = found.groups()[-4:]
    if hour is None:
        return None, False
    hours = int(hour)
    # Google's twelve hours begin with 0: "0:30 PM" is half past noon. "13:30 PM" is what it says.
    if half is not None and hours <= 12:
        hours = hours % 12 + (12 if half in "pP" else 0)
    try:
        return time(hours, int(minute), int(second or 0)), half is not None
    except ValueError:
        return None, half is not None


def _is_day_first(written: Sequence[_Written]) -> bool | None:
    """Whether ``3/4/2026`` is the third of April.

    A part over twelve proves it one way or the other; proofs of both leave it open. Without proof a date with dots
    beside it speaks for a Polish hand, an hour with PM for an American one.
    """
    slashed = [item for item in written if item.sign != "."]
    proofs = {item.first > 12 for item in slashed if (item.first > 12) != (item.second > 12)}
    if len(proofs) == 1:
        return proofs.pop()
    if proofs:
        return None
    if len(slashed) < len(written):
        return True
    return False if any(item.american for item in slashed) else None


def _make_moment(item: _Written, day: int, month: int) -> datetime | None:
    try:
        return datetime.combine(date(item.year, month, day), item.clock or time())
    except ValueError:
        return None


def _whole_year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return _FIRST_SHORT_YEAR + (int(text) - _FIRST_SHORT_YEAR) % 100


@cache
def _months() -> Mapping[str, int]:
    months = {numeral: number for number, numeral in enumerate(_ROMAN, start=1)}
    for language in ("pl", "en"):
        names = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[context][width].items():
                    # Polish shortens to three letters, whatever babel does with its "cze".
                    months.update({fold(name): number, fold(name)[:3]: number})
    return months
