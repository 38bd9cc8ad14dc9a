"""A document's tables and figures as a workbook: a sheet each, native charts, and a sheet on method and sources.

Hidden figures are words in their cells ("ukryte") and gaps in the charts; nothing stands in hidden sheets or caches.
"""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.charts.palette import MAIN
from dashboard.documents.content import Bullets, Document, Figure, Grid, Section, Text, Tone
from dashboard.documents.sheet_numbers import read_figure
from dashboard.documents.shown_rows import end_of_axis
from dashboard.texts import say
from etl.exports.repeatable import without_moments
from surveys.privacy.published import PublishedRow
from surveys.privacy.wording import tabulate

_HEAD = PatternFill("solid", fgColor="E7EEF4")
_FONT = "Arial"
_TEXT_KEYS = frozenset({"limits", "sources", "method", "involvement", "brief_asked"})
_FORMATS = {"share": "0%", "pln": "#,##0", "count": "#,##0", "people": "#,##0"}
_CHART_WIDTH_CM, _ROW_CM = 18.0, 0.75
_LINE_POINTS = 15


def write_xlsx(made: Document) -> bytes:
    """Return a document's figures and tables as a workbook."""
    book = Workbook()
    contents = book.worksheets[0]
    contents.title = say("documents.sheet_contents", made.language)
    _write(contents.cell(1, 1), made.title).font = Font(name=_FONT, bold=True, size=16)
    _write(contents.cell(2, 1), made.subtitle)
    if made.invented:
        _write(contents.cell(3, 1), say("documents.invented", made.language)).font = Font(name=_FONT, bold=True)
    for place in (1, 2, 3):
        contents.cell(place, 1).alignment = Alignment(wrap_text=False)
    contents.column_dimensions["A"].width = 6
    contents.column_dimensions["B"].width = 130
    row, number = 5, 0
    for section in made.sections:
        if section.key == "tables":
            continue  # every figure's own sheet has its table
        for block in section.blocks:
            if isinstance(block, Figure | Grid):
                number += 1
                sheet = book.create_sheet(str(number))
                _write_number(contents.cell(row, 1), number, "0")
                link = _write(contents.cell(row, 2), f"{section.title}: {block.caption}")
                link.hyperlink = f"#'{number}'!A1"
                link.font = Font(name=_FONT, color=MAIN.removeprefix("#"), underline="single")
                row += 1
                _begin(sheet, made, block.caption, contents.title)
                if isinstance(block, Figure):
                    _write_figure(sheet, block, made)
                else:
                    _write_grid(sheet, block, made)
    _write_method(book.create_sheet(say("documents.sheet_method", made.language)), made)
    for sheet in book.worksheets:
        _fit_on_paper(sheet)
    book.properties.creator, book.properties.title = "diagnoza-lokalna", made.title
    out = io.BytesIO()
    book.save(out)
    return without_moments(out.getvalue())


def _fit_on_paper(sheet: Worksheet) -> None:
    """Whoever prints a sheet gets it as wide as a page lying down."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _begin(sheet: Worksheet, made: Document, caption: str, contents: str) -> None:
    _write(sheet.cell(1, 1), caption).font = Font(name=_FONT, bold=True, size=13)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    back = _write(sheet.cell(2, 1), say("documents.sheet_back", made.language))
    back.hyperlink = f"#'{contents}'!A1"
    back.font = Font(name=_FONT, color=MAIN.removeprefix("#"), underline="single")


def _write_grid(sheet: Worksheet, grid: Grid, made: Document) -> None:
    _write_head(sheet, grid.headers, grid.figures)
    for place, cells in enumerate(grid.rows, 5):
        for column, cell in enumerate(cells, 1):
            figure = read_figure(cell, made.language) if column > 1 else None  # the first column names the row
            if figure is None:
                written = _write(sheet.cell(place, column), cell)
                if column - 1 in grid.figures:
                    written.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right")
                elif column - 2 in grid.figures:
                    written.alignment = Alignment(wrap_text=True, vertical="top", indent=1)
            else:
                _write_number(sheet.cell(place, column), *figure)
    widths = [max(12.0, 16 * width) for width in grid.widths or (1.0,) * len(grid.headers)]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for place, cells in enumerate((grid.headers, *grid.rows), 4):
        _make_room(sheet, place, cells, widths)
    _write_across(sheet, len(grid.rows) + 6, len(grid.headers), grid.note)


def _write_figure(sheet: Worksheet, figure: Figure, made: Document) -> None:
    table = figure.table
    headers, words = tabulate(table, made.language)
    names = len(table.dimensions)
    _write_head(sheet, headers, frozenset(range(names, len(headers) - (1 if table.unit == "share" else 0))))
    for place, (row, cells) in enumerate(zip(table.rows, words, strict=True), 5):
        for column, (word, number) in enumerate(zip(cells, _numbers(row, table.unit, names), strict=True), 1):
            cell = sheet.cell(place, column)
            if number is None:
                _write(cell, word)
            else:
                _write_number(cell, *number)
    remarks = 1 if table.unit == "share" else 0
    widths = [46.0] * names + [14.0] * (len(headers) - names - remarks) + [26.0] * remarks
    for column in range(1, len(headers) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    for place, cells in enumerate((headers, *words), 4):
        _make_room(sheet, place, cells, widths)
    last = 4 + len(table.rows)
    for place, text in enumerate((figure.sentence, figure.question, figure.note), last + 2):
        _write_across(sheet, place, len(headers), text)
    if table.rows:
        chart = _draw(sheet, figure, made, last)
        # Beside all columns, those of the chart's whiskers too.
        sheet.add_chart(chart, f"{get_column_letter(sheet.max_column + 2)}4")


def _draw(sheet: Worksheet, figure: Figure, made: Document, last: int) -> BarChart:
    """A native chart of the figures in the sheet, with the intervals that stand beside them."""
    names = len(figure.table.dimensions)
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth = "bar", 10, 60
    chart.title = figure.caption[:120]
    chart.legend = None
    chart.add_data(Reference(sheet, min_col=names + 1, min_row=5, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(sheet, min_col=names, min_row=5, max_row=last))
    series: Any = chart.series[0]
    series.graphicalProperties.solidFill = MAIN.removeprefix("#")
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    if any(row.low is not None for row in figure.table.rows):
        _write_distances(sheet, figure, made, last, series)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0
    if figure.table.unit == "share":
        chart.y_axis.scaling.max = end_of_axis(figure.table.rows)
    chart.x_axis.tickLblSkip = 1
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = _FORMATS[figure.table.unit]
    size: Any = chart  # the library calls centimetres whole numbers
    size.width, size.height = _CHART_WIDTH_CM, max(6.0, 3 + _ROW_CM * len(figure.table.rows))
    return chart


def _write_distances(sheet: Worksheet, figure: Figure, made: Document, last: int, series: Any) -> None:
    """Whiskers of a chart are distances from its figures: two more columns, where everybody sees them."""
    first = sheet.max_column + 1
    for offset, side in enumerate(("minus", "plus")):
        letter = get_column_letter(first + offset)
        head = _write(sheet.cell(4, first + offset), say(f"documents.distance_{side}", made.language))
        head.font, head.fill = Font(name=_FONT, bold=True), _HEAD
        sheet.column_dimensions[letter].width = 14
        for place, row in enumerate(figure.table.rows, 5):
            bound = row.low if side == "minus" else row.high
            if bound is not None and row.value is not None:
                cell = sheet.cell(place, first + offset)
                cell.value, cell.number_format = abs(row.value - bound), "0%"
    minus, plus = (
        NumDataSource(
            numRef=NumRef(f=f"'{sheet.title}'!${get_column_letter(column)}$5:${get_column_letter(column)}${last}")
        )
        for column in (first, first + 1)
    )
    series.errBars = ErrorBars(errBarType="both", errValType="cust", minus=minus, plus=plus)


def _write_across(sheet: Worksheet, row: int, columns: int, text: str) -> None:
    """Write a long text below a table, as wide as the table and as high as it needs."""
    _write(sheet.cell(row, 1), text)
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    width = sum(sheet.column_dimensions[get_column_letter(column)].width or 13 for column in range(1, columns + 1))
    sheet.row_dimensions[row].height = _LINE_POINTS * (1 + len(text) // max(20, int(width * 0.95)))


def _make_room(sheet: Worksheet, row: int, cells: Sequence[str], widths: Sequence[float]) -> None:
    """Give a row the height of its longest cell: not every program finds it by itself."""
    lines = max(1 + int(len(cell) / (width * 0.95)) for cell, width in zip(cells, widths, strict=True))
    sheet.row_dimensions[row].height = _LINE_POINTS * lines + 2


def _write_head(sheet: Worksheet, headers: Any, figures: frozenset[int] = frozenset()) -> None:
    for column, header in enumerate(headers, 1):
        cell = _write(sheet.cell(4, column), header)
        if column - 1 in figures:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right")
        cell.font, cell.fill = Font(name=_FONT, bold=True), _HEAD
    sheet.freeze_panes = "A5"


def _write_method(sheet: Worksheet, made: Document) -> None:
    sheet.column_dimensions["A"].width = 120
    row = 1
    for section in made.sections:
        texts = _tell_method(section)
        if not texts:
            continue
        _write(sheet.cell(row, 1), section.title).font = Font(name=_FONT, bold=True, size=13)
        for place, text in enumerate(texts, row + 1):
            _write(sheet.cell(place, 1), text)
        row += len(texts) + 2


def _tell_method(section: Section) -> list[str]:
    """What a chapter says of the method: chapters on it everything, all others their notes."""
    texts: list[str] = []
    for block in section.blocks:
        if isinstance(block, Text) and (section.key in _TEXT_KEYS or block.tone is Tone.NOTE):
            texts.append(block.text)
        elif isinstance(block, Bullets) and section.key in _TEXT_KEYS:
            texts += block.items
    return texts


def _numbers(row: PublishedRow, unit: str, names: int) -> tuple[tuple[float, str] | None, ...]:
    """The row's figures with their formats; ``None`` where words stand instead."""
    blank: tuple[None, ...] = (None,) * names
    if unit != "share":
        return (*blank, None if row.value is None else (row.value, _FORMATS[unit]))
    shares = [None if value is None else (value, "0%") for value in (row.value, row.low, row.high)]
    counts = [None if value is None else (float(value), "#,##0") for value in (row.count, row.base)]
    return (*blank, *shares, *counts, None)


def _write_number(cell: Any, number: float, shape: str) -> None:
    cell.value, cell.number_format = number, shape
    cell.font, cell.alignment = Font(name=_FONT), Alignment(vertical="top")


def _write(cell: Cell | MergedCell, text: str) -> Any:
    """Write a text that is never a formula, whatever it begins with."""
    cell.value = text
    if isinstance(cell, Cell):
        cell.data_type = "s"
    cell.font = Font(name=_FONT)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
