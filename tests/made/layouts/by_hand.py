"""Tables that people make: ticks in columns, headers in two rows, by the makers of their own tests."""

from collections.abc import Sequence

from surveys.model import QuestionType
from tests.made import hand_made
from tests.made.layouts.forms import as_made, header_of, is_measured, put_real_cells
from tests.made.layouts.tables import Cell, Laid, Row
from tests.made.truth import KnownSurvey


def plain(survey: KnownSurvey, separator: str = "; ") -> Laid:
    """One column a question, ticks joined in a cell, words in place of "inne"."""
    survey = survey.without(QuestionType.RANKING)
    rows: list[Row] = [[_joined(cell, separator) for cell in answers] for answers in as_made(survey).answers]
    put_real_cells(rows, survey, first=0)
    headers: Row = [header_of(one) for one in survey.asked]
    return Laid("generic", "Ankieta z papieru", [headers], rows, survey, dotted=range(len(headers)))


def one_hot(survey: KnownSurvey, *, header: str = "dash", ticks: str = "ones") -> Laid:
    """A column an option, its question in front of each."""
    survey = _for_columns(survey)
    sheet = hand_made.spread_ticks(as_made(survey), header=hand_made.STEMS[header], ticks=hand_made.TICKS[ticks])
    return _lay(survey, sheet, 1)


def two_rows(survey: KnownSurvey, *, merged: bool = True, ticks: str = "crosses") -> Laid:
    """Questions over their options."""
    survey = _for_columns(survey)
    return _lay(survey, hand_made.two_rows(as_made(survey), merged=merged, ticks=hand_made.TICKS[ticks]), 2)


def separated(survey: KnownSurvey) -> Laid:
    """The question of ticks over an empty column before them."""
    survey = _for_columns(survey)
    return _lay(survey, hand_made.separated(as_made(survey)), 1)


def _for_columns(survey: KnownSurvey) -> KnownSurvey:
    return survey.without(QuestionType.RANKING).without_own_words()


def _lay(survey: KnownSurvey, sheet: hand_made.Sheet, header_rows: int) -> Laid:
    headers, rows = sheet.rows[:header_rows], sheet.rows[header_rows:]
    width = max(map(len, sheet.rows))
    body: list[Row] = [_with_days([*row, *[None] * (width - len(row))], survey, headers) for row in rows]
    for row, answers in zip(body, survey.answers, strict=True):
        for place, said in _days(survey, headers, answers):
            row[place] = said
    written = [list(row) for row in headers]
    return Laid(
        "generic", "Ankieta z papieru", written, body, survey, merged=sheet.merged, dotted=range(max(map(len, written)))
    )


def _with_days(row: Row, survey: KnownSurvey, headers: Sequence[Row]) -> Row:
    digits = {header_of(one) for one in survey.asked if one.type is QuestionType.SCALE and is_measured(one)}
    return [
        int(cell) if isinstance(cell, str) and cell.isdigit() and _header(headers, place) in digits else cell
        for place, cell in enumerate(row)
    ]


def _days(survey: KnownSurvey, headers: Sequence[Row], answers: Sequence[object]) -> list[tuple[int, Cell]]:
    by_header = {_header(headers, place): place for place in range(max(map(len, headers)))}
    return [
        (by_header[header_of(one)], said.day if said.number is not None else None)
        for one, said in zip(survey.asked, answers, strict=True)
        if one.type is QuestionType.DATE
    ]


def _header(headers: Sequence[Row], place: int) -> Cell:
    return next((row[place] for row in headers if place < len(row) and row[place] is not None), None)


def _joined(cell: object, separator: str) -> Cell:
    return separator.join(cell) if isinstance(cell, tuple) else cell if isinstance(cell, str | float) else None
