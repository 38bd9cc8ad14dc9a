"""A table of a document on a slide: native, so that it can be changed, as wide as the text, with a plain head."""

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Cm, Emu, Pt

from dashboard.charts.palette import INK, MAIN
from dashboard.documents.content import Grid

MOST_ROWS = 7
_SIZE = Pt(15)


def add_slide_table(slide: Any, grid: Grid, *, left: Any, top: Any, width: Any) -> None:
    """Add the first rows of a table to a slide.

    Args:
        slide: of python-pptx.
        grid: the table.
        left: of the slide.
        top: of the slide.
        width: of the table.
    """
    rows = (grid.headers, *grid.rows[:MOST_ROWS])
    shape = slide.shapes.add_table(len(rows), len(grid.headers), left, top, width, Cm(1.1) * len(rows))
    shape.name = grid.caption
    shape._element.nvGraphicFramePr.cNvPr.set("descr", grid.caption)  # noqa: SLF001 # no public way to an alternative text
    table = shape.table
    table.first_row, table.horz_banding = True, False
    shares = grid.widths or (1.0,) * len(grid.headers)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(width * share / sum(shares)))
    for number, words in enumerate(rows):
        for place, word in enumerate(words):
            _fill_cell(table.cell(number, place), word, is_head=number == 0)


def _fill_cell(cell: Any, word: str, *, is_head: bool) -> None:
    cell.text = word
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.margin_left = cell.margin_right = Cm(0.15)
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(MAIN if is_head else "#FFFFFF")
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.size, run.font.name, run.font.bold = _SIZE, "Arial", is_head
        run.font.color.rgb = _rgb("#FFFFFF" if is_head else INK)


def _rgb(ink: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(ink.removeprefix("#"))  # type: ignore[no-untyped-call] # the library's own
    return made
