"""Google Forms and Microsoft Forms, by the makers of their own tests."""

import csv
import io
from dataclasses import replace

from surveys.model import QuestionType
from tests.made import ms_forms as ms
from tests.made.google_forms import Cell as MadeCell
from tests.made.google_forms import MadeQuestion, MadeSurvey
from tests.made.layouts.tables import XLSX, Cell, Laid, Row, Style
from tests.made.truth import Asked, KnownSurvey, Said

_QUOTED = Style(quoting=csv.QUOTE_ALL)
_POLISH_SHEET = Style(decimal=",", day="%d.%m.%Y")


def google_form(survey: KnownSurvey) -> Laid:
    """The form's own CSV: ticks joined by ``;``."""
    # A point is the decimal sign of the form, whatever the language; days are ISO.
    return _google(survey, "Diagnoza", _QUOTED, form=True)


def google_sheet(survey: KnownSurvey) -> Laid:
    """The linked sheet as CSV of a Polish account: ticks joined by ``, ``."""
    return _google(survey, "Diagnoza (Odpowiedzi) - Liczba odpowiedzi 1", _POLISH_SHEET, form=False)


def google_workbook(survey: KnownSurvey) -> Laid:
    """The linked sheet as a workbook."""
    return _google(survey, "Diagnoza (Odpowiedzi)", XLSX, form=False)


def microsoft(survey: KnownSurvey) -> Laid:
    """Microsoft's workbook: of a grid only the rows are left, an order is a list."""
    stems: dict[str, list[str]] = {}
    for one in survey.asked:
        stems.setdefault(one.stem, []).append(one.text)
    told = survey.reworded(
        lambda one: replace(one, stem=f"{stems[one.stem][0]} … {stems[one.stem][-1]}") if one.stem else one
    )
    rows = [list(row) for row in ms.rows_of(as_made(survey), ms.POLISH, quiz=False, people="anonymous")]
    put_real_cells(rows[1:], survey, first=len(ms.POLISH))
    return Laid("ms_forms", "Diagnoza(1-40)", rows[:1], rows[1:], told, sheet="Sheet1")


def as_made(survey: KnownSurvey) -> MadeSurvey:
    """The survey for makers that take one of Google's: grids in brackets, own words in place of "inne"."""
    questions = tuple(
        MadeQuestion(header_of(one), _made_type(one), lambda chance: None, one.offered) for one in survey.asked
    )
    answers = tuple(
        tuple(_made_cell(one, cell) for one, cell in zip(survey.asked, row, strict=True)) for row in survey.answers
    )
    return MadeSurvey(questions, survey.stamps, answers)


def header_of(one: Asked) -> str:
    """``stem [row]`` for a row of a grid."""
    return f"{one.stem} [{one.text}]" if one.stem else one.text


def put_real_cells(rows: list[Row], survey: KnownSurvey, *, first: int) -> None:
    """Put numbers and days into the columns of questions that ask for them, for a file's style to write."""
    for row, answers in zip(rows, survey.answers, strict=True):
        for place, (one, said) in enumerate(zip(survey.asked, answers, strict=True), first):
            if is_measured(one):
                row[place] = real_cell(one, said)
            elif row[place] == "":
                row[place] = None


def is_measured(one: Asked) -> bool:
    """Whether answers are numbers or days."""
    return one.type in {QuestionType.NUMBER, QuestionType.DATE} or all(option.isdigit() for option in one.options)


def real_cell(one: Asked, said: Said) -> Cell:
    """The number or the day of an answer, the text of any other single one."""
    if one.type is QuestionType.DATE:
        return said.day if said.number is not None else None
    if said.number is not None:
        return said.number
    if said.labels and said.labels[0].isdigit() and not said.missing:
        return int(said.labels[0])
    return said.labels[0] if said.labels else said.words or None


def _google(survey: KnownSurvey, name: str, style: Style, *, form: bool) -> Laid:
    survey = survey.without(QuestionType.RANKING)  # Google asks for no order
    made = as_made(survey)
    written = made.form_csv() if form else made.sheet_csv()
    [header, *rows] = csv.reader(io.StringIO(written.decode(), newline=""))
    cells: list[Row] = [list(row) for row in rows]
    put_real_cells(cells, survey, first=1)
    if style is XLSX:
        for row, stamp in zip(cells, survey.stamps, strict=True):
            row[0] = stamp
    dotted = range(1, 1 + len(survey.asked))
    return Laid("google_forms", name, [list(header)], cells, survey, style, dotted=dotted)


def _made_type(one: Asked) -> QuestionType:
    return QuestionType.MULTIPLE if one.type is QuestionType.RANKING else one.type


def _made_cell(one: Asked, said: Said) -> MadeCell:
    if one.type is QuestionType.TEXT:
        return said.words or None
    if said.number is not None:
        return said.number
    return tuple(said.words if label == one.other and said.words else label for label in said.labels) or None
