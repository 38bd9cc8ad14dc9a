"""Days as people and survey tools write them; whether the day or the month comes first is decided per column."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from etl.readers.raw import CellValue

_YEAR_FIRST = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ,].*)?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})([-./ ])(\d{1,2})\2(\d{4}|\d{2})(?:r\.?)?(?:[T ,].*)?$")
_AMERICAN_HOUR = re.compile(r"\b[AP]M\b", re.IGNORECASE)


def read_days(values: Sequence[CellValue]) -> list[date | None] | None:
    """Return the day of each distinct value of a column.

    Args:
        values: distinct values of a column; texts or dates.

    Returns:
        One entry per value, ``None`` where it is not a day; or ``None`` for the whole column when day and month
        cannot be told apart.
    """
    day_first = _is_day_first(value for value in values if isinstance(value, str))
    days: list[date | None] = []
    ambiguous = False
    for value in values:
        if isinstance(value, datetime):
            days.append(value.date())
        elif isinstance(value, date):
            days.append(value)
        elif isinstance(value, str):
            text = value.strip()
            if (found := _YEAR_FIRST.match(text)) is not None:
                days.append(_make_day(found.group(1), found.group(2), found.group(3)))
            elif (found := _YEAR_LAST.match(text)) is not None:
                first, second = (
                    (found.group(1), found.group(3)) if day_first is not False else (found.group(3), found.group(1))
                )
                ambiguous = ambiguous or day_first is None
                days.append(_make_day(_whole_year(found.group(4)), second, first))
            else:
                days.append(None)
        else:
            days.append(None)
    return None if ambiguous else days


def _is_day_first(texts: Iterable[str]) -> bool | None:
    """Whether ``3/4/2026`` is the third of April: dots say so, a first part over twelve proves it, ``PM`` says no."""
    slashed = american = False
    for text in texts:
        found = _YEAR_LAST.match(text.strip())
        if found is None:
            continue
        if found.group(2) == "." or int(found.group(1)) > 12:
            return True
        if int(found.group(3)) > 12:
            return False
        slashed = True
        american = american or _AMERICAN_HOUR.search(text) is not None
    if american:
        return False
    return None if slashed else True


def _whole_year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"


def _make_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
