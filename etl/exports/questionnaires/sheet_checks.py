"""What the answer sheet checks while somebody types: lists, ticks, places, numbers; what is too many is only coloured.

The paper is the truth: somebody who ticked four where three were asked for is typed in with four, so nothing that can
stand on paper is refused.
"""

from typing import Literal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.exports.questionnaires.number_limits import find_limits
from etl.exports.questionnaires.sheet_columns import SheetColumn
from surveys.language.languages import Language
from surveys.language.texts import load_catalogue
from surveys.model.form import Form
from surveys.questionnaires import options_of
from surveys.questionnaires.filling_lists import waits_for_list

_TEXT_LENGTH = 255  # what a spreadsheet program takes; longer ones make the file unreadable
_FIRST_DAY, _LAST_DAY = "DATE(1900,1,1)", "DATE(2100,12,31)"
_TOO_MANY = PatternFill("solid", bgColor="FFF4B183")


def add_check(
    sheet: Worksheet, column: SheetColumn, area: str, list_name: str | None, form: Form, language: Language
) -> None:
    """Add the check of one column to its cells.

    Args:
        sheet: the sheet of answers.
        column: what it holds.
        area: reference of the cells, for example ``C5:C1004``.
        list_name: defined name of the options to choose from.
        form: for the number of options.
        language: of the messages.
    """
    check = _check(column, area, list_name, form, language)
    check.allow_blank = True
    check.errorTitle = load_catalogue("etl.texts").say("answer_sheet.error.title", language)
    check.add(area)
    sheet.add_data_validation(check)


def colour_too_many(sheet: Worksheet, first: int, last: int, rows: tuple[int, int], most: int) -> None:
    """Colour the ticks of a row where there are more than a question allows.

    Args:
        sheet: the sheet of answers.
        first: 1-based first column of the question.
        last: its last column.
        rows: first and last 1-based row.
        most: ticks that the question allows.
    """
    left, right = get_column_letter(first), get_column_letter(last)
    area = f"{left}{rows[0]}:{right}{rows[1]}"
    formula = f"COUNTA(${left}{rows[0]}:${right}{rows[0]})>{most}"
    sheet.conditional_formatting.add(area, _colouring(formula))


def colour_doubles(sheet: Worksheet, first: int, last: int, rows: tuple[int, int]) -> None:
    """Colour the places of a ranking that stand twice in a row; see `colour_too_many`."""
    left, right = get_column_letter(first), get_column_letter(last)
    area = f"{left}{rows[0]}:{right}{rows[1]}"
    formula = f'AND({left}{rows[0]}<>"",COUNTIF(${left}{rows[0]}:${right}{rows[0]},{left}{rows[0]})>1)'
    sheet.conditional_formatting.add(area, _colouring(formula))


def _colouring(formula: str) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=_TOO_MANY))


def _check(column: SheetColumn, area: str, list_name: str | None, form: Form, language: Language) -> DataValidation:
    def say(key: str, **facts: object) -> str:
        return load_catalogue("etl.texts").say(f"answer_sheet.error.{key}", language, **facts)[:_TEXT_LENGTH]

    if column.holds in {"single", "scale"} and list_name is not None and column.asked is not None:
        # Of a list that was not filled in before printing, people wrote their own words.
        return DataValidation(
            type="list", formula1=list_name, error=say("list"), showErrorMessage=True,
            errorStyle="warning" if waits_for_list(form, column.asked.row) else "stop",
        )  # fmt: skip
    if column.holds == "option":
        return DataValidation(type="list", formula1='"x"', error=say("tick"), showErrorMessage=True)
    if column.holds == "place" and column.asked is not None:
        count = len(options_of(column.asked.row, form.lists))
        return DataValidation(
            type="whole", operator="between", formula1="1", formula2=str(count), error=say("place", high=count),
            showErrorMessage=True,
        )  # fmt: skip
    if column.holds == "number" and column.asked is not None:
        return _number_check(column, say("whole"), say("decimal"), language)
    if column.holds == "date":
        return DataValidation(
            type="date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY, error=say("date"),
            showErrorMessage=True,
        )  # fmt: skip
    if column.holds == "number_of_paper":
        first = area.split(":", maxsplit=1)[0]
        letters = first.rstrip("0123456789")
        last = area.split(":")[1].removeprefix(letters)
        formula = f"COUNTIF(${letters}${first.removeprefix(letters)}:${letters}${last},{first})=1"
        return DataValidation(
            type="custom", formula1=formula, error=say("number_again"), errorStyle="warning", showErrorMessage=True
        )
    return DataValidation()


def _number_check(column: SheetColumn, whole: str, decimal: str, language: Language) -> DataValidation:
    if column.asked is None:
        raise TypeError("a column of numbers belongs to a question")
    low, high = find_limits(column.asked.row)
    kind: Literal["whole", "decimal"] = "whole" if column.asked.row.type == "integer" else "decimal"
    if low is None or high is None:
        return DataValidation(
            type=kind, operator="between", formula1="-1000000000", formula2="1000000000",
            error=whole if kind == "whole" else decimal, showErrorMessage=True,
        )  # fmt: skip
    error = load_catalogue("etl.texts").say("answer_sheet.error.range", language, low=f"{low:g}", high=f"{high:g}")
    return DataValidation(
        type=kind, operator="between", formula1=f"{low:g}", formula2=f"{high:g}", error=error[:_TEXT_LENGTH],
        errorStyle="warning", showErrorMessage=True,
    )  # fmt: skip
