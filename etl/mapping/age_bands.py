"""Ages in years put into bands, so that a column of numbers breaks results down as a question with bands does.

The bands are those of the known question, else those of the residents' questionnaire; whoever is younger than the
first band has one of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from etl.mapping.answer_column import AnswerColumn
from etl.mapping.missing_numbers import set_codes_aside
from etl.mapping.reading import Reading, read_numbers
from surveys.model import Choice, QuestionType
from surveys.questionnaires import list_questionnaires

_BAND = re.compile(r"(?P<first>\d{1,3})(?:-(?P<last>\d{1,3})|\+)")
_OLDEST = 120
# Years of birth and numbers of bands are no ages: an age column holds mostly these.
_USUAL = range(10, 106)


def band_ages(column: AnswerColumn, known: Sequence[Choice] = ()) -> Reading | None:
    """Read a column of ages as a choice of one band.

    Args:
        column: the column; said kinds of missing stay what they are.
        known: options of the known question, whose codes tell the bands (``18-24``, ``75+``).

    Returns:
        The reading, whose ``unread`` values are no age; ``None`` when the column holds no ages in years, or the known
        options are no bands.
    """
    reading = read_numbers(column, known=known or _standard_bands())
    if not _holds_ages(column, reading.numbers):
        return None
    reading = set_codes_aside(reading, column, ages=True)
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
        reason="mapping.reason.age_bands",
    )
    return banded if known or young is None else _put_first(banded, young)


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
    """Return the bands of the shipped questionnaire, without its kinds of missing."""
    questions = (question for shipped in list_questionnaires() for question in shipped.questions)
    ages = next(question for question in questions if question.profile == "age")
    return tuple(choice for choice in ages.choices if choice.missing is None)
