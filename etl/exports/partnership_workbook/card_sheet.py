"""The sheet Partnerstwo: the card (field, value, help), and below it the territory and the diagnoses."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.exports.partnership_workbook import styling
from etl.exports.partnership_workbook.cells import CellContent, write_cell
from etl.exports.partnership_workbook.checks import add_field_check
from etl.exports.partnership_workbook.row_height import fit_row
from etl.exports.partnership_workbook.rows import RowContent
from etl.exports.partnership_workbook.table_writing import WrittenTable, style_blank_rows, write_table
from etl.workbook_layout import CARD, DIAGNOSES, TERRITORY, Field, FieldKind, Table, field_header, field_help, say
from surveys.language.texts import Language

_HEADER_ROW = 4
# Numbers, names and areas, values and codes, help: wide enough for each of the three tables that share the columns.
_WIDTHS = {"A": 11, "B": 44, "C": 46, "D": 62}

_PARAGRAPH_HEIGHT = 48.0


def write_card_sheet(
    sheet: Worksheet,
    card: dict[str, CellContent] | None,
    rows: dict[str, list[RowContent]] | None,
    language: Language,
) -> WrittenTable:
    """Write the three parts of the sheet.

    Args:
        sheet: empty, its title rows written.
        card: content of the card's lines, ``None`` for an empty workbook.
        rows: rows by table, ``None`` for an empty workbook.
        language: of help and messages.

    Returns:
        Where the diagnoses stand: other sheets choose from their names.
    """
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    last_row = _write_card(sheet, card or {}, language)
    written = _write_section(sheet, TERRITORY, rows, last_row + 2, language)
    diagnoses = _write_section(sheet, DIAGNOSES, rows, written.last_row + 2, language)
    for position, column in enumerate(diagnoses.columns, start=1):
        letter = get_column_letter(position)
        if letter not in _WIDTHS:
            sheet.column_dimensions[letter].width = column.field.width
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    return diagnoses


def _write_card(sheet: Worksheet, card: dict[str, CellContent], language: Language) -> int:
    headers = (None, *(say(f"card.headers.{name}", "pl") for name in ("field", "value", "help")))
    for position, text in enumerate(headers, start=1):
        cell = write_cell(sheet, _HEADER_ROW, position, text)
        cell.font, cell.fill, cell.alignment = styling.HEADER_FONT, styling.HEADER_FILL, styling.CENTRED
    row = _HEADER_ROW
    for field in CARD.fields:
        if field.only_when_set and not card.get(field.key):
            continue
        row += 1
        _write_line(sheet, row, field, card.get(field.key), language)
    return row


def _write_line(sheet: Worksheet, row: int, field: Field, content: CellContent, language: Language) -> None:
    label = write_cell(sheet, row, 2, field_header(CARD, field) + (" *" if field.required else ""))
    label.font, label.alignment, label.border = styling.BOLD_FONT, styling.WRAPPED, styling.GRID
    value = write_cell(sheet, row, 3, content)
    value.font, value.fill, value.alignment = styling.TEXT_FONT, styling.ENTRY_FILL, styling.WRAPPED
    value.border = styling.GRID
    if field.kind is FieldKind.DATE:
        value.alignment = styling.TO_THE_LEFT
    value.number_format = styling.DATE_FORMAT if field.kind is FieldKind.DATE else styling.TEXT_FORMAT
    add_field_check(sheet, field, value.coordinate, language)
    explanation = write_cell(sheet, row, 4, field_help(CARD, field, language))
    explanation.font, explanation.alignment = styling.HELP_FONT, styling.WRAPPED
    if field.kind is FieldKind.PARAGRAPH and not content:
        sheet.row_dimensions[row].height = _PARAGRAPH_HEIGHT
    fit_row(sheet, (value,))
    fit_row(sheet, (explanation,), small=True)


def _write_section(
    sheet: Worksheet, table: Table, rows: dict[str, list[RowContent]] | None, top: int, language: Language
) -> WrittenTable:
    title = write_cell(sheet, top, 1, say(f"table.{table.key}.title", language))
    title.font = styling.SECTION_FONT
    intro = write_cell(sheet, top + 1, 1, say(f"table.{table.key}.intro", language))
    intro.font = styling.HELP_FONT
    own = None if rows is None else rows[table.key]
    written = write_table(sheet, table, own, top + 2, language, own_sheet=False)
    style_blank_rows(sheet, written, written.header_row + (2 if own is None else len(own) + 1))
    return written
