"""What a partnership workbook holds: which sheet is which table."""

from etl.importing import ColumnInspection, Inspection, SheetInspection
from etl.mapping.partnership_workbook import read_register
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.partnership_workbook import LocatedTable, LocatedWorkbook, locate_workbook
from etl.recognise.recognition import Recognition


def inspect_register(book: RawBook, recognition: Recognition) -> Inspection:
    """Say which sheet of a workbook is which table; faults that would stop its loading are findings."""
    located = locate_workbook(book)
    sheets = tuple(_inspect_sheet(sheet, located) for sheet in book.sheets)
    report = book.report + read_register(book).report
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report)


def _inspect_sheet(sheet: RawSheet, located: LocatedWorkbook) -> SheetInspection:
    tables = [table for table in located.tables.values() if table.sheet is sheet]
    if tables:
        first = min(tables, key=lambda table: table.header_row)
        rows = sum(table.last_row - table.header_row for table in tables)
        return SheetInspection(sheet.name, "register", first.header_row, rows, _inspect_columns(first))
    if located.card_sheet is sheet:
        return SheetInspection(sheet.name, "register", None, sheet.row_count)
    return SheetInspection(sheet.name, "ignored" if sheet.row_count else "empty", None, sheet.row_count)


def _inspect_columns(table: LocatedTable) -> tuple[ColumnInspection, ...]:
    return tuple(
        ColumnInspection((column.position,), column.header, "metadata" if column.match else "ignored")
        for column in table.columns
        if column.header
    )
