"""Days that people gave, put into months or years: a single day would point at a person, and nobody reads hundreds."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

_EPOCH = date(1970, 1, 1)
_MOST_MONTHS = 24
_MOST_YEARS = 40


@dataclass(frozen=True, slots=True)
class DateBand:
    """A month, a year, or several years.

    Attributes:
        first: its first day.
        years: how many years it holds, 0 for a month.
        people: who gave a day in it.
    """

    first: date
    years: int
    people: int


def band_dates(values: npt.ArrayLike, counts: npt.ArrayLike) -> tuple[DateBand, ...]:
    """Return the bands between the earliest and the latest day, the empty ones among them.

    Args:
        values: distinct days, as days since 1970-01-01 (what stands behind the comma, an hour, is left out).
        counts: people who gave each.

    Returns:
        Months where all days lie within two years, else years, else decades; empty when nobody gave a day.
    """
    days = [_EPOCH + timedelta(days=int(np.floor(value))) for value in np.asarray(values, dtype=float)]
    people = [int(count) for count in np.asarray(counts)]
    if not days:
        return ()
    first, last = min(days), max(days)
    months = _month_of(last) - _month_of(first) + 1
    if months <= _MOST_MONTHS:
        totals = [0] * months
        for day, count in zip(days, people, strict=True):
            totals[_month_of(day) - _month_of(first)] += count
        starts = [_month_of(first) + place for place in range(months)]
        return tuple(
            DateBand(date(start // 12, start % 12 + 1, 1), 0, total)
            for start, total in zip(starts, totals, strict=True)
        )
    step = 1 if last.year - first.year < _MOST_YEARS else 10
    begin = first.year - first.year % step
    totals = [0] * ((last.year - begin) // step + 1)
    for day, count in zip(days, people, strict=True):
        totals[(day.year - begin) // step] += count
    return tuple(DateBand(date(max(1, begin + step * place), 1, 1), step, total) for place, total in enumerate(totals))


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1
