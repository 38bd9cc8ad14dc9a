"""One table onto a sheet: help row, header row, example or register rows, and empty rows ready to be filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.exports.partnership_workbook import styling
from etl.exports.partnership_workbook.cells import write_cell
from etl.exports.partnership_workbook.checks import add_field_check, add_header_help
from etl.exports.partnership_workbook.columns import Column, lay_out_columns
from etl.exports.partnership_workbook.row_height import fit_row
from etl.exports.partnership_workbook.rows import RowContent, example_row
from etl.workbook_layout import FieldKind, Table, example_mark, field_help
from surveys.language.texts import Language

_FORMATS = {
    FieldKind.DATE: styling.DATE_FORMAT,
    FieldKind.AMOUNT: styling.AMOUNT_FORMAT,
    FieldKind.INTEGER: styling.INTEGER_FORMAT,
    FieldKind.TERYT: styling.TEXT_FORMAT,
    FieldKind.ID: styling.TEXT_FORMAT,
}
_LONG_KINDS = {FieldKind.TEXT, FieldKind.PARAGRAPH, FieldKind.CODE, FieldKind.REFERENCE, FieldKind.AREA}


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """Where a table came to stand; rows are 1-based, ``last_row`` is the last one with checks."""

    header_row: int
    last_row: int
    columns: tuple[Column, ...]

    def column_letter(self, key: str) -> str:
        """Return the letter of a field's first column."""
        keys = [column.field.key for column in self.columns]
        return get_column_letter(keys.index(key) + 1)


def write_table(
    sheet: Worksheet,
    table: Table,
    rows: Sequence[RowContent] | None,
    top: int,
    language: Language,
    *,
    own_sheet: bool,
) -> WrittenTable:
    """Write a table with its help row at ``top`` and its headers below.

    Args:
        sheet: where to.
        table: what.
        rows: content of the register; ``None`` for an empty workbook, which gets one example row.
        top: 1-based row of the help.
        language: of help and messages.
        own_sheet: the table has the sheet to itself and may set the widths and formats of whole columns.
    """
    contents = [example_row(table)] if rows is None else list(rows)
    columns = lay_out_columns(table, contents)
    if own_sheet:
        _style_columns(sheet, columns)
    header_row = top + 1
    _write_headers(sheet, table, columns, top, language)
    for offset, content in enumerate(contents, start=1):
        mark = example_mark() if rows is None else offset
        _write_row(sheet, columns, content, header_row + offset, mark)
    last_row = header_row + max(table.blank_rows, len(contents) + table.blank_rows // 2)
    for position, column in enumerate(columns, start=1):
        letter = get_column_letter(position)
        add_field_check(sheet, column.field, f"{letter}{header_row + 1}:{letter}{last_row}", language)
    return WrittenTable(header_row, last_row, columns)


def style_blank_rows(sheet: Worksheet, written: WrittenTable, first_blank_row: int) -> None:
    """Frame the empty rows of a table that shares its sheet with others."""
    for row in range(first_blank_row, written.last_row + 1):
        for position, column in enumerate(written.columns, start=1):
            cell = sheet.cell(row, position)
            cell.border = styling.GRID
            cell.fill = styling.ENTRY_FILL
            cell.number_format = _FORMATS.get(column.field.kind, "General")
            cell.alignment = _alignment(column)


def _style_columns(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Give whole columns their width, number format and wrapping, so that empty rows need no cells of their own."""
    for position, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = column.field.width
        dimension.number_format = _FORMATS.get(column.field.kind, "General")
        dimension.alignment = _alignment(column)
        dimension.font = styling.PALE_FONT if column.field.kind is FieldKind.ID else styling.TEXT_FONT


def _write_headers(sheet: Worksheet, table: Table, columns: Sequence[Column], top: int, language: Language) -> None:
    sheet.row_dimensions[top + 1].height = styling.HEADER_HEIGHT
    for position, column in enumerate(columns, start=1):
        text = field_help(table, column.field, language)
        help_cell = write_cell(sheet, top, position, text if column.number in {None, 1} else None)
        help_cell.font, help_cell.fill, help_cell.alignment = styling.HELP_FONT, styling.HELP_FILL, styling.WRAPPED
        title = column.header(table)
        header = write_cell(sheet, top + 1, position, title)
        header.font, header.fill, header.alignment = styling.HEADER_FONT, styling.HEADER_FILL, styling.CENTRED
        header.border = styling.GRID
        add_header_help(sheet, header.coordinate, title, text)
    fit_row(sheet, sheet[top], small=True)


def _write_row(sheet: Worksheet, columns: Sequence[Column], content: RowContent, row: int, mark: str | int) -> None:
    example = isinstance(mark, str)
    for position, column in enumerate(columns, start=1):
        own = mark if column.field.kind is FieldKind.MARK else column.content(content)
        cell = write_cell(sheet, row, position, own)
        cell.number_format = _FORMATS.get(column.field.kind, "General")
        cell.alignment = _alignment(column)
        cell.border = styling.GRID
        cell.font = styling.PALE_FONT if column.field.kind is FieldKind.ID else styling.TEXT_FONT
        if example:
            cell.font, cell.fill = styling.EXAMPLE_FONT, styling.EXAMPLE_FILL
    fit_row(sheet, sheet[row])


def _alignment(column: Column) -> Alignment:
    if column.field.kind in {FieldKind.MARK, FieldKind.DATE}:
        return styling.TO_THE_LEFT
    return styling.WRAPPED if column.field.kind in _LONG_KINDS else styling.ONE_LINE
