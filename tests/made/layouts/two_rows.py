"""Sources with two rows of headers (SurveyMonkey, Interankiety), and the tool whose columns have twins of values.

Beside what `tests.made.surveymonkey` and `tests.made.interankiety` write there are words beside "inne", rankings, kinds
of missing, and cells that a workbook holds as numbers and days.
"""

from dataclasses import replace

from surveys.model import QuestionType
from tests.made.layouts.forms import real_cell
from tests.made.layouts.tables import Cell, Laid, Row, Style
from tests.made.truth import Asked, KnownSurvey, Said

_RESPONDENT = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
               "Last Name", "Custom Data 1")  # fmt: skip
_SPECIFY = "Inne (proszę podać)"


def surveymonkey(survey: KnownSurvey) -> Laid:
    """All responses, expanded, answers as texts."""
    told = survey.reworded(lambda one: replace(one, other=_SPECIFY) if one.other else one)
    above: Row = list(_RESPONDENT)
    below: Row = [None] * len(_RESPONDENT)
    stem = ""
    for one in told.asked:
        items = _monkey_items(one)
        above += [(one.stem or one.text) if not one.stem or one.stem != stem else None, *[None] * (len(items) - 1)]
        below += items
        stem = one.stem
    rows: list[Row] = []
    for number, (stamp, answers) in enumerate(zip(told.stamps, told.answers, strict=True)):
        row: Row = [str(11_600_000_000 + number), "400123456", stamp, stamp, None, None, None, None, None]
        for one, said in zip(told.asked, answers, strict=True):
            row += _monkey(one, said)
        rows.append(row)
    dotted = range(len(_RESPONDENT), len(above))
    return Laid("surveymonkey", "Diagnoza", [above, below], rows, told, sheet="Sheet", dotted=dotted)


def interankiety(survey: KnownSurvey) -> Laid:
    """Numbered questions; under ticks the second row is empty."""
    survey = survey.without(QuestionType.RANKING)  # nobody has seen how it writes an order
    above: Row = []
    below: Row = []
    stem, number = "", 0
    for one in survey.asked:
        width = len(one.offered) if one.type is QuestionType.MULTIPLE else 1
        goes_on = bool(one.stem) and one.stem == stem
        number += not goes_on
        above += [None if goes_on else f"{number}. {one.stem or one.text}", *[None] * (width - 1)]
        below += [one.text if one.stem else None, *[None] * (width - 1)]
        stem = one.stem
    rows = [
        [cell for one, said in zip(survey.asked, answers, strict=True) for cell in _interankiety(one, said)]
        for answers in survey.answers
    ]
    return Laid("interankiety", "ankieta", [above, below], rows, survey, dotted=range(len(above)))


def twins(survey: KnownSurvey) -> Laid:
    """Each closed question twice, in words and as its value; two empty columns in front, the day behind."""
    survey = survey.without(QuestionType.RANKING, QuestionType.MULTIPLE).without_own_words()
    headers: Row = [None, None]
    for one in survey.asked:
        header = f"{one.stem} [{one.text}]" if one.stem else one.text
        headers += [header, f"{header} wartość"] if one.options else [header]
    rows: list[Row] = []
    for stamp, answers in zip(survey.stamps, survey.answers, strict=True):
        row: Row = [None, None]
        for one, said in zip(survey.asked, answers, strict=True):
            value = one.offered.index(said.labels[0]) + 1 if said.labels else None
            row += [real_cell(one, said), value] if one.options else [real_cell(one, said)]
        rows.append([*row, f"{stamp:%Y-%m-%dT%H:%M:%S}"])
    style = Style(encoding="cp1250", delimiter=";", decimal=",", day="%Y-%m-%d")
    return Laid("interankiety", "wyniki", [[*headers, "data"]], rows, survey, style)


def _monkey_items(one: Asked) -> list[Cell]:
    beside: list[Cell] = [_SPECIFY] if one.other else []
    if one.type is QuestionType.MULTIPLE:
        return [*one.options, *beside]
    if one.type is QuestionType.RANKING:
        return list(one.options)
    if one.stem:
        return [one.text]
    if one.type in {QuestionType.TEXT, QuestionType.NUMBER, QuestionType.DATE}:
        return ["Open-Ended Response"]
    return ["Response", *beside]


def _monkey(one: Asked, said: Said) -> list[Cell]:
    if one.type is QuestionType.RANKING:
        return [said.labels.index(option) + 1 if option in said.labels else None for option in one.options]
    beside: list[Cell] = [said.words or None] if one.other else []
    if one.type is QuestionType.MULTIPLE:
        return [*(option if option in said.labels else None for option in one.options), *beside]
    return [real_cell(one, replace(said, words="") if one.other else said), *beside]


def _interankiety(one: Asked, said: Said) -> list[Cell]:
    if one.type is QuestionType.MULTIPLE:
        cells: list[Cell] = [option if option in said.labels else None for option in (*one.options, *one.missing)]
        return [*cells, said.words or None] if one.other else cells
    if said.words and one.other:
        return [said.words]
    return [real_cell(one, said)]
