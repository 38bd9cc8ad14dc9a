"""Scales: the known ones of the code lists, in words, and bare digits, whose range the whole battery tells."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from etl.clean.labels import option_key
from etl.clean.missing import missing_kind
from etl.clean.numbers import read_number
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.choices import make_codes
from etl.mapping.numbered_points import without_numbers
from etl.mapping.option_list import OptionList
from etl.mapping.reading import Reading
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES
from surveys.model import Choice, QuestionType
from surveys.vocabulary import Scale, load

# "Ile osób…", "Rok urodzenia", "Wiek": digits that count or measure, whatever their range.
_MEASURED = re.compile(r"^(w )?(ile|ilu|liczba|rok|wiek|how many|how old|number of|year|age)\b")
# Ranges that linear scales have; the smallest that holds every digit of a battery is taken.
_RANGES = ((1, 5), (1, 7), (1, 10), (0, 10))
_HIGHEST_POINT = 10
# What data files write for "no answer" beside a scale: each number a kind of missing of its own, if they are meant so.
MISSING_CODES = (
    {97: "not_applicable", 98: "dont_know", 99: "refused"},
    {997: "not_applicable", 998: "dont_know", 999: "refused"},
    {-97: "not_applicable", -98: "dont_know", -99: "refused"},
    {-7: "not_applicable", -8: "dont_know", -9: "refused"},
    {77: "not_applicable", 88: "dont_know", 99: "refused"},
)
# Points that a scale up to five doesn't have, but files use for "no answer".
_FAR_POINTS, _NEAREST_POINT, _FEWEST_FOR_GAP = frozenset({7, 8, 9}), 5, 20
_SHORT_FORMS = {"bardzo ": ("b. ", "b.", "b "), "zdecydowanie ": ("zdec. ", "zdecyd. "), "raczej ": ("racz. ",)}
MISSING_CODES_REASON = "mapping.reason.digit_scale_codes"
# A scale has at most ten points; a few spellings and kinds of missing come beside them.
_LARGEST_BATTERY = 100
_LARGEST_SCALE, _MOST_SPELLINGS = 30, 300
# Seen points of a known scale that make it more than a chance: "dobry" alone is a word.
_LEAST_POINTS = 2


def read_digit_scale(column: AnswerColumn, battery: Sequence[AnswerColumn]) -> Reading | None:
    """Read bare whole numbers as a linear scale, ``None`` when they are not.

    97, 98 and 99 (and their kin) beside a scale are "not applicable", "don't know" and "refused": a convention, so the
    reading's reason says so.

    Args:
        column: the column.
        battery: columns of the same grid, this one among them; together they tell the range.
    """
    if _MEASURED.match(fold(column.header)):
        return None
    codes = find_missing_codes(battery)
    seen = [points for member in battery if (points := _digits(member, codes)) is not None]
    if len(seen) != len([member for member in battery if member.values]) or not any(seen):
        return None
    low, high = min(min(points) for points in seen if points), max(max(points) for points in seen if points)
    # 0 and 1 alone are no and yes, whichever way round; nobody offers a scale of two digits.
    binary = (low, high) == (0, 1)
    chosen = (0, 1) if binary else next(((start, end) for start, end in _RANGES if start <= low and high <= end), None)
    if chosen is None or (high == low and len(battery) == 1 and column.answered_count > 3):
        return None
    scale = range(chosen[0], chosen[1] + 1)
    gap: dict[str, int | str] = {} if binary or codes else _find_gap(seen, column.answered_count)
    options = OptionList(Choice(str(point), str(point), str(point)) for point in scale)
    picks: list[tuple[int, ...]] = []
    for position, value in enumerate(column.values):
        number = read_number(value)
        if number is not None and number not in codes:
            picks.append((int(number) - chosen[0],))
            continue
        if number is not None:
            picks.append((add_coded_missing(options, codes[int(number)]),))
            continue
        kind = missing_kind(column.keys[position])
        picks.append(() if kind in {None, "blank"} else (options.add_missing(column.texts[position], str(kind)),))
    return Reading(
        QuestionType.SINGLE if binary else QuestionType.SCALE,
        options.choices,
        tuple(picks),
        reason=MISSING_CODES_REASON if codes else "mapping.reason.digit_scale",
        facts={"low": chosen[0], "high": chosen[1]} | ({"codes": ", ".join(map(str, codes))} if codes else {}) | gap,
    )


def _find_gap(seen: Sequence[set[int]], answered: int) -> dict[str, int | str]:
    """Return points far beyond all others (1, 2, 3 and 9): they may be no answers, which only a person knows."""
    points: set[int] = set().union(*seen)
    far = points & _FAR_POINTS
    near = points - far
    if answered < _FEWEST_FOR_GAP or not far - {7} or len(near) < _LEAST_POINTS or max(near) > _NEAREST_POINT:
        return {}
    whole = len(near) == max(near) - min(near) + 1
    return {"gap": ", ".join(map(str, sorted(far)))} if whole else {}


def find_missing_codes(battery: Sequence[AnswerColumn]) -> dict[int, str]:
    """Return the numbers of a battery of digits that stand for kinds of missing, with their kinds; mostly none."""
    numbers = {
        int(number) for member in battery for number in member.numbers if number is not None and number.is_integer()
    }
    beyond = {number for number in numbers if not 0 <= number <= _HIGHEST_POINT}
    # One lone point and a code are two codes, or a number that happens to be one.
    if not beyond or len(numbers - beyond) < _LEAST_POINTS:
        return {}
    fitting = next((codes for codes in MISSING_CODES if beyond <= codes.keys()), {})
    return {number: fitting[number] for number in sorted(beyond)} if fitting else {}


def name_coded_missing(column: AnswerColumn, known: Sequence[Choice]) -> tuple[str, ...]:
    """Return a column's texts for a known scale of digits, numbers that stand for kinds of missing by their names."""
    points = [choice for choice in known if choice.missing is None]
    codes = find_missing_codes([column]) if points and all(choice.label_pl.isdigit() for choice in points) else {}
    kinds = load().missing_kinds
    numbers = [read_number(value) for value in column.values] if codes else [None] * len(column.values)
    return tuple(
        kinds.label(codes[int(number)], "pl") if number is not None and number in codes else text
        for number, text in zip(numbers, column.texts, strict=True)
    )


def add_coded_missing(options: OptionList, kind: str) -> int:
    """Return the place of a kind of missing that the file writes as a number, under the kind's own name."""
    kinds = load().missing_kinds
    label = kinds.label(kind, "pl")
    return options.add(Choice(kind, label, kinds.label(kind, "en"), missing=kind), option_key(label))


def read_known_scale(
    column: AnswerColumn, battery: Sequence[AnswerColumn], *, preferred: Collection[str] = ()
) -> Reading | None:
    """Read a column as a known scale in words, ``None`` when its answers are not of one.

    The smallest scale that holds every answer of the battery is taken, but one that the file's other questions
    certainly use goes first: a middle that nobody chose is still a middle. One answer outside the scale is let
    through, beside three inside, as an option of its own: a stray label in a scale is common.

    Args:
        column: the column.
        battery: columns of the same grid, this one among them.
        preferred: codes of scales that the file certainly uses.
    """
    scale = find_known_scale(battery, preferred)
    if scale is None and len(battery) <= _LARGEST_BATTERY:
        bare = [without_numbers(member) for member in battery if member.values]
        named = without_numbers(column)
        numbered = [member for member in bare if member is not None]
        if named is None or len(numbered) < len(bare) or find_known_scale(numbered, preferred) is None:
            return None
        return read_known_scale(named, numbered, preferred=preferred)
    if scale is None:
        return None
    # Two answers "tak" and "nie" are a choice, not a scale; its order is kept.
    kind = QuestionType.SCALE if scale.points > 2 else QuestionType.SINGLE
    return _read_scale(column, scale, kind)


def find_known_scale(battery: Sequence[AnswerColumn], preferred: Collection[str] = ()) -> Scale | None:
    """Return the known scale of the answers of a battery, ``None`` when they are of none."""
    if any(len(member.values) > _MOST_SPELLINGS for member in battery):
        return None  # people's own words; folding thousands of them would only cost time
    keys = {key for member in battery for key in member.keys}
    if len(keys) > _LARGEST_SCALE:
        return None
    seen = {key for key in keys if missing_kind(key) is None}
    if not seen:
        return None
    best: tuple[int, bool, int, Scale] | None = None
    for scale, points in _known_scales():
        inside = len(seen & points)
        stray = len(seen) - inside
        if inside >= _LEAST_POINTS and (stray == 0 or (stray == 1 and inside >= 3)):
            rank = (stray, scale.code not in preferred, scale.points, scale)
            if best is None or rank[:3] < best[:3]:
                best = rank
    return None if best is None else best[3]


def find_scales_in_use(batteries: Iterable[Sequence[AnswerColumn]]) -> frozenset[str]:
    """Return the codes of the scales that a file's questions certainly use: every point of them was chosen."""
    used: set[str] = set()
    for battery in batteries:
        scale = find_known_scale(battery)
        if scale is not None:
            keys = {key for member in battery for key in member.keys}
            points = (option_key(value) for value in scale.values_pl)
            english = (option_key(value) for value in scale.values_en)
            if keys.issuperset(points) or keys.issuperset(english):
                used.add(scale.code)
    return frozenset(used)


def _read_scale(column: AnswerColumn, scale: Scale, kind: QuestionType) -> Reading:
    order = {
        key: place
        for values in (scale.values_pl, scale.values_en)
        for place, value in enumerate(values)
        for key in _keys_of(value)
    }
    own_missing = {
        key: missing
        for labels in (scale.missing_pl, scale.missing_en)
        for label, missing in zip(labels, scale.missing_kinds, strict=True)
        for key in _keys_of(label)
    }
    written: dict[int, str] = {}
    # A point is shown as most people's answers write it.
    by_people = sorted(zip(column.keys, column.texts, column.counts, strict=True), key=lambda row: (-row[2], row[1]))
    for key, text, _ in by_people:
        if key in order:
            written.setdefault(order[key], text)
    labels = [written.get(place) or _like_written(value, written) for place, value in enumerate(scale.values_pl)]
    stray = next((text for key, text in zip(column.keys, column.texts, strict=True)
                  if key not in order and key not in own_missing and missing_kind(key) is None), None)  # fmt: skip
    options = OptionList()
    for place, code in enumerate(make_codes(scale.values_pl)):
        options.add(Choice(code, labels[place], scale.values_en[place]), option_key(scale.values_pl[place]))
    if stray:
        options.add(Choice(make_codes([stray])[0], stray), option_key(stray))
    picks: list[tuple[int, ...]] = []
    for key, text in zip(column.keys, column.texts, strict=True):
        missing = own_missing.get(key) or missing_kind(key)
        if key in order:
            picks.append((order[key],))
        elif missing is not None:
            picks.append(() if missing == "blank" else (options.add_missing(text, missing),))
        else:
            picks.append((scale.points,))
    return Reading(
        kind,
        options.choices,
        tuple(picks),
        reason="mapping.reason.known_scale",
        facts={"scale": scale.code, "points": scale.points},
    )


def _like_written(value: str, written: dict[int, str]) -> str:
    """A point nobody chose is shown as the others are written: with a capital or without."""
    large = any(text[:1].isupper() for text in written.values())
    return value[:1].upper() + value[1:] if large else value


def _digits(column: AnswerColumn, codes: Collection[int]) -> set[int] | None:
    """Return the points of a column, ``None`` when anything but them and kinds of missing is in it."""
    points: set[int] = set()
    for position, number in enumerate(column.numbers):
        if number is not None and number in codes:
            continue
        if number is not None and number.is_integer() and 0 <= number <= _HIGHEST_POINT:
            points.add(int(number))
        elif missing_kind(column.keys[position]) is None:
            return None
    return points


def _keys_of(label: str) -> tuple[str, ...]:
    """A point's key, the one of its code (`ani_tak_ani_nie` holds no comma), and those of its usual short forms."""
    short = (label.replace(word, form) for word, forms in _SHORT_FORMS.items() if word in label for form in forms)
    return (option_key(label), option_key(label.replace(",", "")), *map(option_key, short))


@cache
def _known_scales() -> tuple[tuple[Scale, frozenset[str]], ...]:
    known = []
    for scale in load().scales.values():
        for language in LANGUAGES:
            keys = frozenset(key for value in scale.values(language) for key in _keys_of(value))
            # Digits have their own reader, which asks the whole battery.
            if not any(key.isdigit() for key in keys):
                known.append((scale, keys))
    return tuple(known)
