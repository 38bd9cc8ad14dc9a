"""Tables of the paper form: scales with a row a question, long lists in two columns, and the team's page of tallies."""

from collections.abc import Sequence

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from etl.exports.questionnaires.paper_styles import (
    BOX,
    SMALL,
    SMALLER,
    TEXT_WIDTH_CM,
    hang,
    keep_row_whole,
    repeat_as_header,
    set_widths,
    shade,
    stand_upright,
)

# Size of large type, and what the edges of a cell take.
_TYPE_CM, _EDGES_CM = 0.494, 0.3
# How wide letters of the form's typeface are, as parts of its size; the others are like "a".
_LETTER_WIDTHS = {
    **dict.fromkeys("ijlłI.,'|", 0.23), **dict.fromkeys("ft/-:", 0.28), **dict.fromkeys("r()", 0.34),
    **dict.fromkeys("ckszvxyćśżź", 0.5), "w": 0.73, "m": 0.84, "M": 0.84, "W": 0.95,
}  # fmt: skip
_ANY_LETTER, _ANY_CAPITAL = 0.56, 0.7
_NARROWEST_CM, _NARROWEST_FIRST_CM = 1.2, 3.4
# Rows of strokes of so short a list stay on one page.
_KEPT_TOGETHER = 10
_FEW = 5
_UPRIGHT_CM = 1.5


def grid_widths(rows: Sequence[str], options: Sequence[str]) -> tuple[tuple[float, ...], bool]:
    """Return the widths of a scale's columns, the wordings' first, and whether the options have to stand upright.

    No word is broken: a column is as wide as the longest word in it, all options the same where there is room.
    """
    needs = [max(_NARROWEST_CM, _widest_word_cm(option) + _EDGES_CM) for option in options]
    first = max([_NARROWEST_FIRST_CM, *(_widest_word_cm(row) + _EDGES_CM for row in rows)])
    even = [max(needs)] * len(needs)
    for widths in (even, needs):
        if first + sum(widths) <= TEXT_WIDTH_CM:
            return (TEXT_WIDTH_CM - sum(widths), *widths), False
    width = min(_UPRIGHT_CM, max(0.6, (TEXT_WIDTH_CM - first) / len(options)))
    return (TEXT_WIDTH_CM - width * len(options), *[width] * len(options)), True


def draw_grid(paper: Paper, rows: Sequence[str], options: Sequence[str]) -> None:
    """Draw a scale: a row a question, a column an option, a box where they meet."""
    widths, upright = grid_widths(rows, options)
    table = paper.add_table(rows=1 + len(rows), cols=1 + len(options))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    head, *lines = table.rows
    repeat_as_header(head)
    keep_row_whole(head)
    for cell, option in zip(head.cells[1:], options, strict=True):
        _write(cell, option, centred=True)
        if upright:
            stand_upright(cell)
    if upright:
        # Two lines stand side by side in a column.
        longest = max(max(_widest_word_cm(option), 0.5 * _width_cm(option) + 1.0) for option in options)
        head.height = Cm(min(9.0, longest + 0.8))
    for cell in head.cells:
        shade(cell)
    for line, wording in zip(lines, rows, strict=True):
        keep_row_whole(line)
        _write(line.cells[0], wording)
        for cell in line.cells[1:]:
            _write(cell, BOX, centred=True)
            cell.paragraphs[0].runs[0].font.size = Pt(18)
    _keep_together(table)
    set_widths(table, widths)
    _part_from_next(paper)


def draw_in_two_columns(paper: Paper, options: Sequence[str]) -> None:
    """Draw many options beside each other, read across, a box before each."""
    table = paper.add_table(rows=-(-len(options) // 2), cols=2)
    for number, option in enumerate(options):
        cell = table.rows[number // 2].cells[number % 2]
        _write(cell, f"{BOX}\t{option}")
        hang(cell.paragraphs[0])
    for row in table.rows:
        keep_row_whole(row)
    set_widths(table, (TEXT_WIDTH_CM / 2, TEXT_WIDTH_CM / 2))


def draw_tally(paper: Paper, options: Sequence[str], heads: tuple[str, str, str]) -> None:
    """Draw a table for strokes: a row an option."""
    table = paper.add_table(rows=1 + len(options), cols=3)
    table.style = "Table Grid"
    repeat_as_header(table.rows[0])
    for row, texts in zip(table.rows, (heads, *((option, "", "") for option in options)), strict=True):
        keep_row_whole(row)
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell, text)
            for run in cell.paragraphs[0].runs:
                run.font.size = SMALL
    for cell in table.rows[0].cells:
        shade(cell)
    if len(options) <= _KEPT_TOGETHER:
        _keep_together(table)
    set_widths(table, (7.0, 7.6, 2.4))
    _part_from_next(paper)


def draw_grid_tally(paper: Paper, rows: Sequence[str], options: Sequence[str]) -> None:
    """Draw a table for the strokes of a scale: a row a question, a column an option."""
    table = paper.add_table(rows=1 + len(rows), cols=1 + len(options))
    table.style = "Table Grid"
    repeat_as_header(table.rows[0])
    for row, texts in zip(table.rows, (("", *options), *((row, *[""] * len(options)) for row in rows)), strict=True):
        keep_row_whole(row)
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell, text)
            for run in cell.paragraphs[0].runs:
                run.font.size = SMALL if len(options) <= _FEW else SMALLER
    for row in table.rows[1:]:
        row.height = Cm(1.1)
    for cell in table.rows[0].cells:
        shade(cell)
    _keep_together(table)
    first = 4.0
    width = (TEXT_WIDTH_CM - first) / len(options)
    set_widths(table, (first, *[width] * len(options)))
    _part_from_next(paper)


def _write(cell: _Cell, text: str, *, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(text)
    paragraph.paragraph_format.space_after = Pt(2)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _keep_together(table: Table) -> None:
    for line in table.rows[:-1]:
        for cell in line.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _widest_word_cm(text: str) -> float:
    # A non-breaking space may still not break.
    return max(map(_width_cm, text.split(" ")), default=0.0)


def _width_cm(text: str) -> float:
    widths = (_LETTER_WIDTHS.get(sign, _ANY_CAPITAL if sign.isupper() else _ANY_LETTER) for sign in text)
    return _TYPE_CM * sum(widths)


def _part_from_next(paper: Paper) -> None:
    """Without a paragraph between them two tables become one."""
    between = paper.add_paragraph()
    between.paragraph_format.space_after = Pt(0)
    between.paragraph_format.line_spacing = 0.5
