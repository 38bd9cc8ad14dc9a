"""Points of a scale with their numbers: "1 – bardzo źle", "5) dobrze"; or numbers of which only the ends have words.

Forms write them so, and people who type paper in. Numbers in front of other options ("1. drogi") say nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.clean.labels import option_key
from etl.clean.missing import missing_kind
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.option_list import OptionList
from etl.mapping.reading import Reading
from surveys.model import Choice, QuestionType

_POINT = re.compile(r"^\(?(?P<number>\d{1,2})\s*(?:[-–—.):=]+\s*|\((?=.*\)$))(?P<words>[^\d\s(].*?)\)?$")
_STARS = re.compile(r"^(?P<full>[★⭐⭑✮]{1,10})[☆✩]*$")
_HIGHEST, _LARGEST, _FEWEST_BARE = 10, 40, 1
# Every row of a grid asks about the whole grid.
_LARGEST_BATTERY = 100


def without_numbers(column: AnswerColumn) -> AnswerColumn | None:
    """Return a column whose answers are words behind numbers with the words alone, ``None`` for every other one.

    Kinds of missing may stand without a number.
    """
    if not column.values or len(column.values) > _LARGEST:
        return None
    texts: list[str] = []
    numbered = 0
    for text, key in zip(column.texts, column.keys, strict=True):
        found = _POINT.match(text)
        if found is None and missing_kind(key) is None:
            return None
        numbered += found is not None
        texts.append(found["words"] if found is not None else text)
    return replace(column, texts=tuple(texts)) if numbered > 1 else None


def read_labelled_ends(column: AnswerColumn, battery: Sequence[AnswerColumn]) -> Reading | None:
    """Read numbers whose lowest or highest has words beside it, or stars, as a scale; ``None`` where they are not."""
    labels: dict[int, str] = {}
    bare: set[int] = set()
    starred = False
    if len(battery) > _LARGEST_BATTERY or any(len(member.values) > _LARGEST for member in battery):
        return None
    for member in battery:
        for text, key in zip(member.texts, member.keys, strict=True):
            number, words = _take_apart(text)
            if number is None:
                if missing_kind(key) is None:
                    return None
                continue
            starred = starred or _STARS.match(text) is not None
            if words:
                labels.setdefault(number, words)
            else:
                bare.add(number)
    points = bare | labels.keys()
    if len(points) < 2 or max(points) > _HIGHEST:
        return None
    low, high = min(points), max(points)
    if starred:
        low, high = 1, max(high, 5)
    elif not labels or len(bare) < _FEWEST_BARE or not labels.keys() <= {low, high} or high - low < 2:
        return None
    return _read(column, low, high, labels)


def _read(column: AnswerColumn, low: int, high: int, labels: dict[int, str]) -> Reading:
    shown = {point: f"{point} ({labels[point]})" if point in labels else str(point) for point in range(low, high + 1)}
    options = OptionList(Choice(str(point), label) for point, label in shown.items())
    picks: list[tuple[int, ...]] = []
    for text, key in zip(column.texts, column.keys, strict=True):
        number, _ = _take_apart(text)
        kind = missing_kind(key) if number is None else None
        if number is not None:
            picks.append((number - low,))
        else:
            picks.append(() if kind in {None, "blank"} else (options.add_missing(text, str(kind)),))
    return Reading(
        QuestionType.SCALE,
        options.choices,
        tuple(picks),
        reason="mapping.reason.digit_scale",
        facts={"low": low, "high": high},
    )


def _take_apart(text: str) -> tuple[int | None, str]:
    stars = _STARS.match(text)
    if stars is not None:
        return len(stars["full"]), ""
    found = _POINT.match(text)
    if found is not None:
        return int(found["number"]), found["words"].strip()
    return (int(text), "") if text.isascii() and text.isdigit() and len(text) <= 2 else (None, option_key(text))
