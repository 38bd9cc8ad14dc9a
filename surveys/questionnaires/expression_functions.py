"""Functions of XLSForm's expressions that this program computes, and those it knows only by name."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from surveys.questionnaires.expression_parsing import ExpressionError, Fault
from surveys.questionnaires.expression_values import Value, to_day, to_number, to_text, to_truth

_MANY = 99
_MOST_MATCHED = 1000
_REPEAT = re.compile(r"\*|\+|\{\d*,\}")

# Computed by ODK Collect, Kobo and Enketo from what only they have: the form's data tree, files, chance, the device.
KNOWN_ELSEWHERE = frozenset(
    {"jr:choice-name", "jr:itext", "indexed-repeat", "pulldata", "instance", "current", "position", "last", "count",
     "count-non-empty", "sum", "random", "randomize", "uuid", "once", "now", "format-date", "format-date-time",
     "decimal-time", "decimal-date-time", "date-time", "digest", "hash", "distance", "area", "enclosed-area",
     "geofence", "weighted-checklist", "checklist", "property", "version", "search", "id", "name", "local-name", "node",
     "base64-decode", "extract-signed", "intersects", "item-at", "join", "is-selected", "log", "log10", "exp", "exp10",
     "text", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sqrt", "pi"}
)  # fmt: skip


def _selected(values: Sequence[Value]) -> Value:
    return to_text(values[1]).strip() in to_text(values[0]).split()


def _selected_at(values: Sequence[Value]) -> Value:
    options, place = to_text(values[0]).split(), to_number(values[1])
    return options[int(place)] if 0 <= place < len(options) else ""


def _regex(values: Sequence[Value]) -> Value:
    return compile_pattern(to_text(values[1])).fullmatch(to_text(values[0])[:_MOST_MATCHED]) is not None


def _coalesce(values: Sequence[Value]) -> Value:
    return next((value for value in values if to_text(value)), "")


def _substr(values: Sequence[Value]) -> Value:
    text, start = to_text(values[0]), _whole(values[1])
    end = len(text) if len(values) == 2 else _whole(values[2])
    return text[start:end]


def _round(values: Sequence[Value]) -> Value:
    number = to_number(values[0])
    if not math.isfinite(number):
        return number
    scale = 10.0 ** (_whole(values[1]) if len(values) > 1 else 0)
    return math.floor(number * scale + 0.5) / scale  # XPath: halves go up


def _integer(values: Sequence[Value]) -> Value:
    number = to_number(values[0])
    return float(math.trunc(number)) if math.isfinite(number) else math.nan


def _least(values: Sequence[Value]) -> Value:
    return min((to_number(value) for value in values), default=math.nan)


def _most(values: Sequence[Value]) -> Value:
    return max((to_number(value) for value in values), default=math.nan)


def _power(values: Sequence[Value]) -> Value:
    try:
        return float(math.pow(to_number(values[0]), to_number(values[1])))
    except (OverflowError, ValueError):
        return math.nan


def _date(values: Sequence[Value]) -> Value:
    number = to_number(values[0])
    return to_day(number) if math.isfinite(number) else ""


def _translate(values: Sequence[Value]) -> Value:
    text, before, after = (to_text(value) for value in values)
    table: dict[int, str] = {}
    for place, sign in enumerate(before):
        table.setdefault(ord(sign), after[place : place + 1])
    return text.translate(table)


def _whole(value: Value) -> int:
    number = to_number(value)
    return int(number) if math.isfinite(number) else 0


# Name → least and most arguments, and what it gives. `if`, `today`, `true` and `false` are the evaluator's own.
FUNCTIONS: Mapping[str, tuple[int, int, Callable[[Sequence[Value]], Value]]] = {
    "selected": (2, 2, _selected),
    "selected-at": (2, 2, _selected_at),
    "count-selected": (1, 1, lambda v: float(len(to_text(v[0]).split()))),
    "not": (1, 1, lambda v: not to_truth(v[0])),
    "boolean": (1, 1, lambda v: to_truth(v[0])),
    "boolean-from-string": (1, 1, lambda v: to_text(v[0]).lower() in {"true", "1"}),
    "string": (1, 1, lambda v: to_text(v[0])),
    "string-length": (0, 1, lambda v: float(len(to_text(v[0])))),
    "normalize-space": (1, 1, lambda v: " ".join(to_text(v[0]).split())),
    "regex": (2, 2, _regex),
    "contains": (2, 2, lambda v: to_text(v[1]) in to_text(v[0])),
    "starts-with": (2, 2, lambda v: to_text(v[0]).startswith(to_text(v[1]))),
    "ends-with": (2, 2, lambda v: to_text(v[0]).endswith(to_text(v[1]))),
    "substr": (2, 3, _substr),
    "substring-before": (2, 2, lambda v: to_text(v[0]).partition(to_text(v[1]))[0] if _has(v) else ""),
    "substring-after": (2, 2, lambda v: to_text(v[0]).partition(to_text(v[1]))[2] if _has(v) else ""),
    "translate": (3, 3, _translate),
    "concat": (1, _MANY, lambda v: "".join(to_text(each) for each in v)),
    "coalesce": (2, _MANY, _coalesce),
    "number": (1, 1, lambda v: to_number(v[0])),
    "int": (1, 1, _integer),
    "round": (1, 2, _round),
    "floor": (1, 1, lambda v: _step(v[0], math.floor)),
    "ceiling": (1, 1, lambda v: _step(v[0], math.ceil)),
    "abs": (1, 1, lambda v: abs(to_number(v[0]))),
    "pow": (2, 2, _power),
    "min": (1, _MANY, _least),
    "max": (1, _MANY, _most),
    "date": (1, 1, _date),
}  # fmt: skip
OWN_FUNCTIONS: Mapping[str, tuple[int, int]] = {"if": (3, 3), "today": (0, 0), "true": (0, 0), "false": (0, 0)}


def _has(values: Sequence[Value]) -> bool:
    part = to_text(values[1])
    return bool(part) and part in to_text(values[0])


def _step(value: Value, rounding: Callable[[float], int]) -> Value:
    number = to_number(value)
    return float(rounding(number)) if math.isfinite(number) else number


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of ``regex()``, ready to match.

    Raises:
        ExpressionError: it is broken, or could keep a computer busy for hours on a short answer: something repeated
            without end inside something repeated without end.
    """
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        raise ExpressionError(Fault.BAD_PATTERN, 1, pattern) from None
    if _is_slow(pattern):
        raise ExpressionError(Fault.SLOW_PATTERN, 1, pattern)
    return compiled


def _is_slow(pattern: str) -> bool:
    """Whether a group that repeats, or holds alternatives, is itself repeated without end."""
    bare = re.sub(r"\\.", "x", pattern)
    bare = re.sub(r"\[\^?\]?[^\]]*\]", "x", bare)
    open_groups: list[bool] = []
    place = 0
    while place < len(bare):
        sign = bare[place]
        if sign == "(":
            open_groups.append(False)
        elif sign == ")" and open_groups:
            inside = open_groups.pop()
            repeated = _REPEAT.match(bare, place + 1) is not None
            if inside and repeated:
                return True
            if open_groups and (inside or repeated):
                open_groups[-1] = True
        elif open_groups and (sign == "|" or _REPEAT.match(bare, place)):
            open_groups[-1] = True
        place += 1
    return False
