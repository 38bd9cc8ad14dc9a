"""A form → an XLSForm workbook or its CSV variant, which KoboToolbox, ODK and `read_form_file` read back unchanged."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from etl.exports.partnership_workbook.cells import write_cell
from surveys.model import Form
from surveys.questionnaires import FormSheet, FormSheets, fill_labels, join_csv, write_sheets

_WIDTHS = {"type": 28, "name": 24, "list_name": 20, "relevant": 32, "constraint": 32}
_LABEL_WIDTH, _PLAIN_WIDTH = 54, 18
_LONG = ("label", "hint", "constraint_message", "required_message")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def write_xlsform(form: Form) -> bytes:
    """Return a form as a workbook: sheets survey, choices, settings, headers frozen, every cell a text.

    Options that are bound to a code list get its labels: other programs don't know our lists.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for section, sheet in write_sheets(fill_labels(form)).sheets.items():
        _write_sheet(book, section, sheet)
    book.properties.creator = "diagnoza-lokalna"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv_form(form: Form) -> bytes:
    """Return a form in XLSForm's CSV variant, UTF-8 without a mark (pyxform would take it for a part of the name).

    A cell that a spreadsheet would take for a formula gets a space in front, which every reader of XLSForm takes away.
    """
    sheets = write_sheets(fill_labels(form))
    tame = {section: _tame(sheet) for section, sheet in sheets.sheets.items()}
    return join_csv(FormSheets(tame)).encode("utf-8")


def _write_sheet(book: Workbook, name: str, sheet: FormSheet) -> None:
    drawn = book.create_sheet(name)
    for column, header in enumerate(sheet.headers, 1):
        cell = write_cell(drawn, 1, column, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E7EEF4")
        plain = _LABEL_WIDTH if header.startswith(_LONG) else _PLAIN_WIDTH
        drawn.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(header, plain)
    for number, row in sheet.rows:
        for column, header in enumerate(sheet.headers, 1):
            if header in row:
                cell = write_cell(drawn, number, column, row[header])
                cell.alignment = Alignment(wrap_text=header.startswith(_LONG), vertical="top")
    drawn.freeze_panes = "A2" if name == "settings" else "C2"


def _tame(sheet: FormSheet) -> FormSheet:
    rows = [
        (number, {_tame_text(header): _tame_text(text) for header, text in row.items()}) for number, row in sheet.rows
    ]
    return FormSheet(tuple(map(_tame_text, sheet.headers)), tuple(rows), sheet.name, sheet.header_row)


def _tame_text(text: str) -> str:
    return f" {text}" if text.startswith(_FORMULA_STARTS) else text
