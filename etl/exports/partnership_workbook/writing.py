"""The whole workbook: its sheets in order, the names its drop-down lists use, how it prints."""

from pathlib import Path
from typing import BinaryIO

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.exports.partnership_workbook import styling
from etl.exports.partnership_workbook.card_sheet import write_card_sheet
from etl.exports.partnership_workbook.cells import write_cell
from etl.exports.partnership_workbook.dictionary_sheet import write_dictionaries
from etl.exports.partnership_workbook.row_height import fit_row
from etl.exports.partnership_workbook.rows import card_content, register_rows
from etl.exports.partnership_workbook.table_writing import WrittenTable, write_table
from etl.workbook_layout import (
    ACTIVITIES,
    DICTIONARY_SHEET,
    GUIDE_SHEET,
    PARTNERS,
    PROBLEM_TREE,
    PROBLEMS,
    PROJECTS,
    SHEETS,
    say,
    sheet_name,
)
from surveys.language.texts import Language
from surveys.model import Register
from surveys.vocabulary import load

CREATOR = "diagnoza-lokalna"
_HELP_ROW = 3
_GUIDE_STEPS = 10
# Characters side by side that can still be read on a printed A4; a wider table is printed on pages side by side.
_LEGIBLE_WIDTH = 210
_TAB_COLOURS = {DICTIONARY_SHEET: "FFBFBFBF", GUIDE_SHEET: "FFE0A526"}


def write_partnership_workbook(register: Register | None, out: BinaryIO | Path, language: Language = "pl") -> None:
    """Write the partnership workbook as xlsx.

    Args:
        register: what to fill it with; ``None`` makes an empty one to fill in, with one example row per table that
            the reader knows and never imports.
        out: where to.
        language: of help, messages and instructions. Names of sheets and columns and the words of the lists are
            Polish in both: the workbook goes round among the partners.

    Reading the result gives an equal register.
    """
    vocabulary = load()
    book = Workbook()
    sheets = {key: _make_sheet(book, key, language) for key in SHEETS}
    book.remove(book.worksheets[0])
    rows = None if register is None else register_rows(register, vocabulary)
    card = None if register is None else card_content(register.partnership)
    _name_names(book, "diagnoses", sheets["partnership"], write_card_sheet(sheets["partnership"], card, rows, language))
    for table in (PARTNERS, PROBLEMS, PROBLEM_TREE, PROJECTS, ACTIVITIES):
        sheet = sheets[table.sheet]
        own = None if rows is None else rows[table.key]
        written = write_table(sheet, table, own, _HELP_ROW, language, own_sheet=True)
        _finish_table_sheet(sheet, written)
        _name_names(book, table.key, sheet, written)
    write_dictionaries(book, sheets[DICTIONARY_SHEET], vocabulary, language)
    _write_guide(sheets[GUIDE_SHEET], language)
    book.properties.creator = CREATOR
    book.properties.title = say("sheet.partnership.title", "pl")
    book.properties.language = "pl-PL"
    book.save(out)


def _make_sheet(book: Workbook, key: str, language: Language) -> Worksheet:
    sheet: Worksheet = book.create_sheet(sheet_name(key))
    sheet.sheet_properties.tabColor = _TAB_COLOURS.get(key, "FF1F4E5F")
    title = write_cell(sheet, 1, 1, say(f"sheet.{key}.title", language))
    intro = write_cell(sheet, 2, 1, say(f"sheet.{key}.intro", language))
    title.font, title.alignment, title.number_format = styling.TITLE_FONT, styling.ONE_LINE, "General"
    intro.font, intro.alignment, intro.number_format = styling.TEXT_FONT, styling.ONE_LINE, "General"
    sheet.row_dimensions[1].height = styling.TITLE_HEIGHT
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A – &P/&N"
    return sheet


def _finish_table_sheet(sheet: Worksheet, written: WrittenTable) -> None:
    first_row = written.header_row + 1
    # The mark and the name stay in sight, and so do the headers.
    sheet.freeze_panes = f"C{first_row}"
    sheet.auto_filter.ref = f"A{written.header_row}:{get_column_letter(len(written.columns))}{written.last_row}"
    sheet.print_title_rows = f"{written.header_row}:{written.header_row}"
    sheet.print_title_cols = "A:B"
    width = sum(column.field.width for column in written.columns)
    sheet.page_setup.fitToWidth = max(1, round(width / _LEGIBLE_WIDTH))


def _name_names(book: Workbook, key: str, sheet: Worksheet, written: WrittenTable) -> None:
    """Name the cells other sheets choose from: a table's names, from its first row to the last one filled in.

    The range begins at the header, which nobody deletes: deleting the first row would break a list that began there.
    """
    letter = written.column_letter("name")
    place = quote_sheetname(sheet.title)
    head = f"{place}!${letter}${written.header_row}"
    whole = f"{head}:${letter}${written.last_row}"
    filled = f'SUMPRODUCT(MAX(({whole}<>"")*ROW({whole})))-ROW({head})'
    name = f"nazwy_{key}"
    book.defined_names[name] = DefinedName(name, attr_text=f"OFFSET({head},1,0,MAX(1,{filled}),1)")


def _write_guide(sheet: Worksheet, language: Language) -> None:
    sheet.column_dimensions["A"].width = 5
    sheet.column_dimensions["B"].width = 110
    for step in range(1, _GUIDE_STEPS + 1):
        number = write_cell(sheet, step + 2, 1, step)
        text = write_cell(sheet, step + 2, 2, say(f"guide.step{step}", language))
        number.font, number.alignment = styling.BOLD_FONT, styling.WRAPPED
        text.font, text.alignment = styling.TEXT_FONT, styling.WRAPPED
        fit_row(sheet, (text,))
