"""What there is to say of one question's answers: cells that could not be read, codes set aside, doubtful shapes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from etl.clean.numbers import has_ambiguous_points, read_number
from etl.mapping.age_bands import holds_birth_years
from etl.mapping.column_readings import QuestionReading
from etl.mapping.lost_ranges import holds_ranges_as_dates
from etl.readers.opening import column_letters
from surveys.findings import Finding, Place
from surveys.model import QuestionType
from surveys.vocabulary import load

_LONGEST_MEASURE = 20
# What one person wrote is theirs; an option that several chose may be quoted.
_QUOTED_FROM = 2


def remark_question(item: QuestionReading, rows: Sequence[int], place: Place) -> list[Finding]:
    """Return the findings on a question.

    Args:
        item: the question, read.
        rows: 1-based sheet row of each respondent.
        place: file, sheet and column.
    """
    return [*_remark_cells(item, rows, place), *_remark_suggestions(item, place), *_remark_doubts(item, place)]


def _remark_cells(item: QuestionReading, rows: Sequence[int], place: Place) -> Iterator[Finding]:
    column, reading = item.column, item.reading
    for position, count in column.unread.items():
        yield Finding("SURVEY-TICK-UNREAD", replace(place, column=column_letters(position)), {"count": count})
    if reading.unread:
        lost = np.flatnonzero(np.isin(column.codes, np.array(reading.unread, dtype=np.int32)))
        # Ages in years are numbers, though a band of them is chosen.
        wanted = QuestionType.NUMBER if reading.type is QuestionType.SINGLE else reading.type
        first = replace(place, row=rows[int(lost[0])])
        yield Finding(f"SURVEY-NOT-A-{wanted.upper()}", first, {"count": len(lost)})
    if "codes" in reading.facts:
        coded = {int(number) for number in str(reading.facts["codes"]).split(", ")}
        count = sum(
            times for value, times in zip(column.values, column.counts, strict=True) if read_number(value) in coded
        )
        yield Finding("SURVEY-MISSING-CODES", place, {"codes": reading.facts["codes"], "count": count})
    if item.new_options:
        yield Finding("SURVEY-OPTIONS-NEW", place, {"count": len(item.new_options)})


def _remark_suggestions(item: QuestionReading, place: Place) -> Iterator[Finding]:
    column, reading = item.column, item.reading
    if reading.vocabulary is None:
        return
    labels = load().lists[reading.vocabulary].labels("pl")
    chosen: Counter[int] = Counter()
    for pick, count in zip(reading.picks, column.counts, strict=True):
        chosen.update(dict.fromkeys(pick, count))
    for position, code in reading.suggestions.items():
        if chosen[position] >= _QUOTED_FROM:
            option = reading.choices[position].label_pl
            yield Finding("SURVEY-CODE-SUGGESTED", place, {"option": option, "label": labels[code], "code": code})


def _remark_doubts(item: QuestionReading, place: Place) -> Iterator[Finding]:
    column, reading = item.column, item.reading
    if "gap" in reading.facts:
        yield Finding("SURVEY-SCALE-GAP", place, {"points": reading.facts["gap"]})
    if reading.type is not QuestionType.DATE and holds_ranges_as_dates(column):
        yield Finding("SURVEY-RANGES-AS-DATES", place)
    if all(map(_looks_measured, column.texts)) and has_ambiguous_points(column.values):
        yield Finding("SURVEY-POINTS-AMBIGUOUS", place)
    if "year" in reading.facts:
        yield Finding("SURVEY-BIRTH-YEARS", place, {"year": reading.facts["year"]})
    elif item.profile == "age" and reading.type is QuestionType.NUMBER and holds_birth_years(column):
        yield Finding("SURVEY-BIRTH-YEARS-WHEN", place)
    if reading.reason == "mapping.reason.option_numbers":
        yield Finding("SURVEY-OPTION-NUMBERS", place, {"count": len(reading.choices)})


def _looks_measured(text: str) -> bool:
    return len(text) <= _LONGEST_MEASURE and any(sign.isdigit() for sign in text)
