"""Values of expressions, as XPath 1.0 turns one kind into another, and as ODK widens it: days are numbers too."""

import math
import re
from collections.abc import Collection
from datetime import date, datetime, time

Value = str | float | bool

_NUMBER = re.compile(r"^\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(?:[T ].*)?$")
_EPOCH = date(1970, 1, 1).toordinal()


def value_of(answer: object) -> Value:
    """Return an answer as a value: none is an empty text, several options one text with spaces between, days ISO."""
    match answer:
        case None:
            return ""
        case bool() | str():
            return answer
        case int() | float():
            return float(answer)
        case datetime() | date() | time():
            return answer.isoformat()
        case Collection():
            return " ".join(to_text(value_of(each)) for each in answer)
        case _:
            return str(answer)


def to_number(value: Value) -> float:
    """Return a value as a number: days count from 1970-01-01, what is no number is NaN."""
    if isinstance(value, str):
        if _NUMBER.match(value):
            return float(value)
        if _DAY.match(value):
            try:
                return float(date.fromisoformat(value[:10]).toordinal() - _EPOCH)
            except ValueError:
                return math.nan
        return math.nan
    return float(value)


def to_text(value: Value) -> str:
    """Return a value as a text; whole numbers have no point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return str(int(value)) if value.is_integer() else repr(value)
    return value


def to_truth(value: Value) -> bool:
    """Return whether a value holds: a number other than 0, a text that is not empty."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def to_day(number: float) -> str:
    """Return the ISO day that a number of days since 1970-01-01 is; an empty text outside the calendar."""
    try:
        return date.fromordinal(int(number) + _EPOCH).isoformat()
    except (ValueError, OverflowError):
        return ""


def are_equal(left: Value, right: Value) -> bool:
    """Return whether two values are the same: as truths or as numbers when one of them is such, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left) == to_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right
