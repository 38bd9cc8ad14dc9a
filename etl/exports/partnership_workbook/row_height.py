"""Heights of rows with wrapped text: not every program fits them by itself when it opens a file."""

from collections.abc import Iterable
from math import ceil

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

# Points of a line by letter size, and how many of its letters fit into the width of one ordinary letter; a little is
# kept back because lines break between words.
_ORDINARY, _SMALL = (15.0, 1.0), (12.0, 1.15)
_MOST_LINES = 12


def fit_row(sheet: Worksheet, cells: Iterable[Cell | MergedCell], *, small: bool = False) -> None:
    """Make the row of some cells high enough for their texts; a row of one line keeps the program's own height."""
    line_height, letters = _SMALL if small else _ORDINARY
    lines, row = 1, 0
    for cell in cells:
        row = cell.row or row
        if isinstance(cell.value, str):
            width = sheet.column_dimensions[get_column_letter(cell.column)].width * letters
            lines = max(lines, sum(max(1, ceil(len(line) / width)) for line in cell.value.split("\n")))
    if lines > 1:
        dimension = sheet.row_dimensions[row]
        dimension.height = max(dimension.height or 0.0, min(lines, _MOST_LINES) * line_height + 3)
