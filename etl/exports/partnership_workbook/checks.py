"""What the spreadsheet itself checks while somebody types: lists, dates, numbers, and help beside the headers."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.workbook_layout import Field, FieldKind, field_list_name, say
from surveys.language.texts import Language

_TITLE_LENGTH, _TEXT_LENGTH = 32, 255  # what a spreadsheet program takes; longer ones make the file unreadable
_FIRST_DAY, _LAST_DAY = "DATE(1900,1,1)", "DATE(2100,12,31)"
_MOST_PLN = 999_999_999_999


def add_field_check(sheet: Worksheet, field: Field, area: str, language: Language) -> None:
    """Add the check of a field to cells; fields of free text have none.

    Args:
        sheet: where the cells are.
        field: what they hold.
        area: reference of the cells, for example ``C5:C1004``.
        language: of the messages.
    """
    check = _field_check(field, language)
    if check is None:
        return
    check.allow_blank = True
    check.showErrorMessage = True
    check.errorTitle = say("input.title", language)[:_TITLE_LENGTH]
    check.add(area)
    sheet.add_data_validation(check)


def add_header_help(sheet: Worksheet, cell: str, title: str, text: str) -> None:
    """Show a field's help when somebody stands on its header."""
    if not text:
        return
    check = DataValidation(showInputMessage=True, promptTitle=title[:_TITLE_LENGTH], prompt=text[:_TEXT_LENGTH])
    check.add(cell)
    sheet.add_data_validation(check)


def _field_check(field: Field, language: Language) -> DataValidation | None:
    name = field_list_name(field)
    if name is not None:
        # A name may be typed before its own row is written, an area outside the list is fine, and a cell of a
        # repeated field may hold several words: warn, don't stop.
        listed = field.kind in {FieldKind.CODE, FieldKind.YES_NO}
        text = ("several_error" if field.repeat else "list_error") if listed else "name_error"
        return DataValidation(
            type="list",
            formula1=name,
            errorStyle="stop" if listed and not field.repeat else "warning",
            error=say(f"input.{text}", language)[:_TEXT_LENGTH],
        )
    if field.kind is FieldKind.DATE:
        return DataValidation(
            type="date",
            operator="between",
            formula1=_FIRST_DAY,
            formula2=_LAST_DAY,
            error=say("input.date_error", language)[:_TEXT_LENGTH],
            showInputMessage=True,
            prompt=say("input.date", language)[:_TEXT_LENGTH],
        )
    if field.kind is FieldKind.INTEGER:
        return DataValidation(
            type="whole",
            operator="between",
            formula1=str(field.low),
            formula2=str(field.high),
            error=say("input.whole_error", language, low=field.low, high=field.high)[:_TEXT_LENGTH],
        )
    if field.kind is FieldKind.AMOUNT:
        return DataValidation(
            type="decimal",
            operator="between",
            formula1=str(field.low),
            formula2=str(_MOST_PLN),
            error=say("input.amount_error", language)[:_TEXT_LENGTH],
        )
    if field.kind is FieldKind.NUMBER:
        return DataValidation(
            type="decimal",
            operator="between",
            formula1=str(-_MOST_PLN),
            formula2=str(_MOST_PLN),
            error=say("input.number_error", language)[:_TEXT_LENGTH],
        )
    return None
