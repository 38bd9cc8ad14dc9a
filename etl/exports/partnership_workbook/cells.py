"""Values into cells: a text stays a text, whatever it begins with."""

import re
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from etl.workbook_layout import say

CellContent = str | int | float | bool | date | Decimal | None

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ inside a text as the letter A; its own way of saying "really an underscore" is _x005F_.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_cell(sheet: Worksheet, row: int, column: int, content: CellContent) -> Cell:
    """Put a value into a cell and return the cell; row and column are 1-based.

    Truth values are written as Tak and Nie. A text that looks like a formula is stored as a text and marked with the
    prefix sign, so that it stays one when somebody edits the cell. Signs that XML forbids are left out.
    """
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("the cell is a hidden part of a merged one and cannot hold a value")
    if content is None or content == "":
        return cell
    if isinstance(content, bool):
        content = say("words.yes" if content else "words.no", "pl")
    if not isinstance(content, str):
        cell.value = content
        return cell
    text = _NOT_IN_XML.sub("", content.replace("\r\n", "\n").replace("\r", "\n"))
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", text)
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True
    return cell
