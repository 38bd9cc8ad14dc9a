"""A person's own workbook back, each fault in its cell: coloured, with a comment, and listed on a sheet in front.

openpyxl reads and writes the file, so charts, pictures and macros that were in it are not in the copy; the copy is
for mending the table, and the person still has the original.
"""

import io
import re
import zlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string, quote_sheetname
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.exports.partnership_workbook import styling
from etl.exports.partnership_workbook.cells import write_cell
from etl.exports.partnership_workbook.row_height import fit_row
from etl.workbook_layout import say
from surveys.findings import Finding, Place, Report, Severity
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES, Language

_AUTHOR = "diagnoza-lokalna"
_COLUMN_LETTERS = re.compile(r"[A-Z]{1,3}")
_COLUMNS = {"place": 58, "severity": 16, "cause": 64, "remedy": 64}
_FIRST_ROW = 5
_FEWEST_HEADERS = 4  # a line of the card has at most a label, a value and its help
_WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.INFO)
# Where each folded text of a sheet stands: rows and columns, from the top.
_Texts = Mapping[str, Sequence[tuple[int, int]]]
_UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)


def annotate_workbook(content: bytes, report: Report, out: BinaryIO | Path, language: Language = "pl") -> Report:
    """Write a person's workbook with the findings marked in it.

    Args:
        content: the workbook as it came, already read once by `etl.readers.open_book`, which refuses those that
            would take the memory of the machine.
        report: what was found in it.
        out: where the copy goes; nothing is written when the file cannot be opened for writing.
        language: of the remarks.

    Returns:
        An empty report, or ``ANNOTATION-IMPOSSIBLE`` when this kind of file cannot be marked (xls, ods, csv).
    """
    try:
        book = load_workbook(io.BytesIO(content))
    except _UNREADABLE:
        # openpyxl has no exception of its own for files it does not understand; whatever it stumbles over, the person
        # is told that there is no copy, and the list on the page remains.
        place = next((finding.place.file for finding in report if finding.place.file), None)
        return Report((Finding("ANNOTATION-IMPOSSIBLE", Place(file=place)),))
    _remove_old_marks(book)
    texts = {sheet.title: _find_texts(sheet) for sheet in book.worksheets}
    cells = [_find_cell(book, texts, finding.place) for finding in report]
    marked: dict[tuple[str, str], tuple[Cell, list[Finding]]] = {}
    for finding, cell in zip(report, cells, strict=True):
        if cell is not None and isinstance(cell.parent, Worksheet):
            marked.setdefault((cell.parent.title, cell.coordinate), (cell, []))[1].append(finding)
    for cell, findings in marked.values():
        _mark_cell(cell, findings, language)
    _write_list(book, report, cells, language)
    book.save(out)
    return Report()


def _remove_old_marks(book: Workbook) -> None:
    """Take away what an earlier copy left: its list, its comments and the colour of their cells."""
    for language in LANGUAGES:
        name = say("annotated.sheet", language)
        if name in book.sheetnames:
            book.remove(book[name])
    for sheet in book.worksheets:
        for cell in _filled_cells(sheet):
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _filled_cells(sheet: Worksheet) -> list[Cell]:
    """Return the cells that are there; walking by rows would make every cell up to a stray one far below."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]  # noqa: SLF001 # no public way to them


def _find_texts(sheet: Worksheet) -> _Texts:
    """Return where each text stands, folded: rows and columns, from the top."""
    places: dict[str, list[tuple[int, int]]] = {}
    folded: dict[str, str] = {}
    for cell in _filled_cells(sheet):
        if isinstance(cell.value, str):
            text = folded.get(cell.value) or folded.setdefault(cell.value, fold(cell.value))
            places.setdefault(text, []).append((cell.row, cell.column))
    return {text: sorted(found) for text, found in places.items()}


def _find_cell(book: Workbook, texts: Mapping[str, _Texts], place: Place) -> Cell | None:
    """Return the cell of a place: under a header, beside a label of the card, or the first one of its row.

    What is said of a whole column of answers is marked at its header.
    """
    sheet = next((sheet for sheet in book.worksheets if sheet.title == place.sheet), None)
    if sheet is None:
        return None
    if place.row is None:
        headers = texts[sheet.title].get(fold(place.column), ()) if place.column else ()
        found = sheet.cell(*headers[0]) if headers else None
        return found if isinstance(found, Cell) else None
    position = _find_column(sheet, texts[sheet.title], place.row, place.column) if place.column else None
    cell = sheet.cell(place.row, position or _first_filled(sheet, place.row))
    return cell if isinstance(cell, Cell) else None


def _find_column(sheet: Worksheet, texts: _Texts, row: int, column: str) -> int | None:
    found = texts.get(fold(column), ())
    after = bisect_left(found, (row + 1, 0))
    upper = found[after - 1][0] if after else 0
    if upper == row:
        beside = found[bisect_left(found, (row, 0))][1]
        # A header marked itself stands in its own row; a label of the card has its value beside it.
        header = sum(isinstance(cell.value, str) for cell in sheet[row]) >= _FEWEST_HEADERS
        return beside if header else beside + 1
    if upper:
        return found[bisect_left(found, (upper, 0))][1]
    return column_index_from_string(column) if _COLUMN_LETTERS.fullmatch(column) else None


def _first_filled(sheet: Worksheet, row: int) -> int:
    return next((cell.column for cell in sheet[row] if cell.value is not None and cell.column), 1)


def _mark_cell(cell: Cell, findings: Sequence[Finding], language: Language) -> None:
    heaviest = min((finding.severity for finding in findings), key=_WEIGHTS.index)
    cell.fill = copy(styling.FAULT_FILLS[heaviest.value])
    lines = [f"{finding.message(language)} {finding.remedy(language)}" for finding in findings]
    text = "\n\n".join(lines)
    cell.comment = Comment(text, _AUTHOR, height=60 + 20 * (len(text) // 45), width=360)


def _write_list(book: Workbook, report: Report, cells: Sequence[Cell | None], language: Language) -> None:
    sheet: Worksheet = book.create_sheet(say("annotated.sheet", language), 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    write_cell(sheet, 1, 1, say("annotated.title", language)).font = styling.TITLE_FONT
    write_cell(sheet, 2, 1, say("annotated.intro", language)).font = styling.TEXT_FONT
    for position, (key, width) in enumerate(_COLUMNS.items(), start=1):
        header = write_cell(sheet, _FIRST_ROW - 1, position, say(f"annotated.{key}", language))
        header.font, header.fill = styling.HEADER_FONT, styling.HEADER_FILL
        sheet.column_dimensions[header.column_letter].width = width
    order = sorted(range(len(report)), key=lambda number: _WEIGHTS.index(report.findings[number].severity))
    for row, number in enumerate(order, start=_FIRST_ROW):
        _write_line(sheet, row, report.findings[number], cells[number], language)
    sheet.freeze_panes = f"A{_FIRST_ROW}"


def _write_line(sheet: Worksheet, row: int, finding: Finding, cell: Cell | None, language: Language) -> None:
    place = Place(None, finding.place.sheet, finding.place.row, finding.place.column)
    texts = (
        place.describe(language) or finding.place.file or "",
        say(f"annotated.{finding.severity.value}", language),
        finding.message(language),
        finding.remedy(language),
    )
    written = [write_cell(sheet, row, position, text) for position, text in enumerate(texts, start=1)]
    for each in written:
        each.font, each.alignment, each.border = styling.TEXT_FONT, styling.WRAPPED, styling.GRID
    written[1].fill = copy(styling.FAULT_FILLS[finding.severity.value])
    if cell is not None and isinstance(cell.parent, Worksheet):
        written[0].hyperlink = f"#{quote_sheetname(cell.parent.title)}!{cell.coordinate}"
    fit_row(sheet, written)
