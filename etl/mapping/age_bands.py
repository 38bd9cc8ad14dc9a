"""Ages in years put into bands, so that a column of numbers breaks results down as a question with bands does.

The bands are those of the known question, else those of the residents' questionnaire; whoever is younger than the
first band has one of their own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from etl.mapping.answer_column import AnswerColumn
from etl.mapping.missing_numbers import set_codes_aside
from etl.mapping.reading import Reading, read_numbers
from surveys.model import Choice, QuestionType
from surveys.questionnaires import load_questionnaire

_BAND = re.compile(r"(?P<first>\d{1,3})(?:-(?P<last>\d{1,3})|\+)")
_OLDEST = 120
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# Years of birth and numbers of bands are no ages: an age column holds mostly these.
_USUAL = range(10, 106)
_YEARS_OF_BIRTH = range(1900, 2100)
_NEARLY_ALL = 0.8


def band_ages(column: AnswerColumn, known: Sequence[Choice] = (), *, year: int | None = None) -> Reading | None:
    """Read a column of ages, or of years of birth, as a choice of one band.

    Args:
        column: the column; said kinds of missing stay what they are.
        known: options of the known question, whose codes tell the bands (``18-24``, ``75+``).
        year: in which people answered; a year of birth is an age then. Without it years of birth stay unread here.

    Returns:
        The reading, whose ``unread`` values are no age; ``None`` when the column holds no ages in years, or the known
        options are no bands.
    """
    reading = read_numbers(column, known=known or _standard_bands())
    reason, facts = "mapping.reason.age_bands", dict(reading.facts)
    if holds_birth_years(column):
        if year is None:
            return None
        reason, facts = "mapping.reason.birth_years", {"year": year}
        reading = replace(reading, numbers=tuple(_age_in(year, number) for number in reading.numbers))
    elif _holds_ages(column, reading.numbers):
        reading = set_codes_aside(reading, column, ages=True)
        facts = dict(reading.facts)
    else:
        return None
    bounds = [_read_band(choice) for choice in reading.choices]
    first = min((band.start for band in bounds if band is not None), default=0)
    if not first:
        return None
    choices = list(reading.choices)
    picks: list[tuple[int, ...]] = []
    unread = set(reading.unread)
    young: int | None = None
    for position, (number, pick) in enumerate(zip(reading.numbers, reading.picks, strict=True)):
        years = None if number is None else int(number)
        if years is None:
            picks.append(pick)
        elif 0 <= years < first:
            if young is None:
                choices.append(Choice(f"0-{first - 1}", f"do {first - 1}", f"{first - 1} and under"))
                young = len(choices) - 1
            picks.append((young,))
        else:
            place = next((at for at, band in enumerate(bounds) if band is not None and years in band), None)
            if place is None:
                unread.add(position)
            picks.append(() if place is None else (place,))
    banded = replace(
        reading,
        type=QuestionType.SINGLE,
        choices=tuple(choices),
        picks=tuple(picks),
        numbers=(),
        unread=tuple(sorted(unread)),
        reason=reason,
        facts=facts,
    )
    return banded if known or young is None else _put_first(banded, young)


def find_year(days: Sequence[date | None], title: str) -> int | None:
    """Return the year in which people answered: of most answers, else the only one in a title; ``None`` for none."""
    told = Counter(day.year for day in days if day is not None)
    if told:
        return told.most_common(1)[0][0]
    years = {int(year) for year in _YEAR.findall(title)}
    return years.pop() if len(years) == 1 else None


def holds_birth_years(column: AnswerColumn) -> bool:
    """Whether nearly all numbers of a column are years in which somebody who answers could be born."""
    numbers = read_numbers(column).numbers
    counted = [(number, count) for number, count in zip(numbers, column.counts, strict=True) if number is not None]
    born = sum(count for number, count in counted if number.is_integer() and int(number) in _YEARS_OF_BIRTH)
    return bool(counted) and born >= _NEARLY_ALL * sum(count for _, count in counted)


def _age_in(year: int, number: float | None) -> float | None:
    """The age that somebody reaches in a year; a number that is no year of birth becomes one that no band takes."""
    if number is None:
        return None
    return float(year - int(number)) if int(number) in _YEARS_OF_BIRTH and number <= year else -1.0


def _holds_ages(column: AnswerColumn, numbers: Sequence[float | None]) -> bool:
    counted = [(number, count) for number, count in zip(numbers, column.counts, strict=True) if number is not None]
    usual = sum(count for number, count in counted if int(number) in _USUAL)
    return bool(counted) and 2 * usual > sum(count for _, count in counted)


def _read_band(choice: Choice) -> range | None:
    found = _BAND.fullmatch(choice.code)
    if found is None or choice.missing is not None:
        return None
    return range(int(found["first"]), int(found["last"] or _OLDEST) + 1)


def _put_first(reading: Reading, place: int) -> Reading:
    """The youngest come first; where the options are known, a new one stands last instead."""
    order = [place, *(at for at in range(len(reading.choices)) if at != place)]
    moved = {old: new for new, old in enumerate(order)}
    return replace(
        reading,
        choices=tuple(reading.choices[old] for old in order),
        picks=tuple(tuple(moved[old] for old in pick) for pick in reading.picks),
    )


@cache
def _standard_bands() -> tuple[Choice, ...]:
    """Return the bands of the residents' questionnaire, without its kinds of missing."""
    ages = next(question for question in load_questionnaire("residents").questions if question.profile == "age")
    return tuple(choice for choice in ages.choices if choice.missing is None)
