"""Counts in blocks: the wording of a question, below it its options with their counts, under or beside each other."""

import re
from dataclasses import dataclass, field

from etl.clean.labels import cell_text
from etl.clean.numbers import read_number
from etl.readers.raw import RawSheet
from etl.recognise.sheet_shape import filled_cells
from etl.recognise.tally_lines import COUNTS, OPTIONS, PEOPLE, TallyLine, TallyQuestion, make_question, read_count
from surveys.language.folding import fold

_NUMBERED = re.compile(r"^\s*\(?(pyt\.?\s*)?\d{1,3}\s*[.)]\s*\S")
_LOOK_UP = 2
_FEWEST_LINES = 2
# A list of codes or a summary beside people's answers covers little of a sheet.
_COVERED = 0.6
# Counts fit on a few pages; longer sheets hold people's answers.
_MOST_ROWS = 400


@dataclass(slots=True)
class _Block:
    column: int
    lines: list[TallyLine] = field(default_factory=list)
    head: int = 0


def read_blocks(sheet: RawSheet) -> tuple[TallyQuestion, ...]:
    """Return the questions of a sheet that holds little else than blocks of counts, none of any other sheet."""
    if sheet.row_count > _MOST_ROWS:
        return ()
    filled = filled_cells(sheet)
    questions: list[TallyQuestion] = []
    covered = 0
    column = 0
    while column < len(sheet.columns) - 1:
        blocks = _find_blocks(sheet, column)
        for block in blocks:
            text = cell_text(sheet.cell(block.head, column))
            made = make_question(text.rstrip(": "), block.head, (column, column + 1), block.lines)
            # What comes twice under one wording is people's answers, not options.
            if len({fold(line.label) for line in made.lines}) == len(made.lines) >= _FEWEST_LINES:
                questions.append(made)
                covered += 2 * len(block.lines) + 1 + _percents_beside(sheet, block)
        column += 2 if blocks else 1
    if not questions or covered < _COVERED * int(filled.sum()):
        return ()
    return tuple(sorted(questions, key=lambda question: (question.row, question.columns)))


def _find_blocks(sheet: RawSheet, column: int) -> list[_Block]:
    """Find the runs of "text, count" down two columns, each under the wording of its question."""
    blocks: list[_Block] = []
    block: _Block | None = None
    gaps = _has_gaps(sheet, column)
    for row in range(1, sheet.row_count + 1):
        label, value = cell_text(sheet.cell(row, column)), sheet.cell(row, column + 1)
        count = read_count(value)
        if label and count is not None and not PEOPLE.match(fold(label)):
            if block is None:
                head = _find_head(sheet, row, column)
                if head is None:
                    continue
                block = _Block(column, head=head)
                blocks.append(block)
            block.lines.append(TallyLine(label, count, row))
        elif block is not None and label and value is None and _is_empty_option(sheet, row, column, gaps=gaps):
            block.lines.append(TallyLine(label, 0, row))
        else:
            block = None
    return [block for block in blocks if len(block.lines) >= _FEWEST_LINES]


def _find_head(sheet: RawSheet, first: int, column: int) -> int | None:
    """Return the row of a question's wording above its first option: a text without a count."""
    for row in range(first - 1, max(0, first - 1 - _LOOK_UP), -1):
        label, value = cell_text(sheet.cell(row, column)), sheet.cell(row, column + 1)
        beside = fold(cell_text(value))
        if fold(label) in OPTIONS or (not label and beside):
            continue  # the heads of the block's own columns
        if label and read_number(label) is None and (value is None or COUNTS.match(beside)):
            return row
    return None


def _is_empty_option(sheet: RawSheet, row: int, column: int, *, gaps: bool) -> bool:
    """Whether a text without a count is an option that nobody chose, rather than the next question.

    Where blank rows part the questions it is an option. Where nothing parts them it is a question, if options follow.
    """
    label = cell_text(sheet.cell(row, column))
    if label.endswith(("?", ":")) or _NUMBERED.match(label):
        return False
    if fold(cell_text(sheet.cell(row + 1, column))) in OPTIONS:
        return False
    return gaps and _is_option(sheet, row + 1, column)


def _is_option(sheet: RawSheet, row: int, column: int) -> bool:
    return bool(cell_text(sheet.cell(row, column))) and read_count(sheet.cell(row, column + 1)) is not None


def _has_gaps(sheet: RawSheet, column: int) -> bool:
    """Whether blank rows part what stands in a column, or every option has its count, were it 0."""
    rows = range(1, sheet.row_count + 1)
    alone = [row for row in rows if cell_text(sheet.cell(row, column)) and sheet.cell(row, column + 1) is None]
    heads = [row for row in alone if _is_option(sheet, row + 1, column) and _is_option(sheet, row + 2, column)]
    zeros = any(read_count(sheet.cell(row, column + 1)) == 0 for row in rows)
    after_options = sum(_is_option(sheet, row - 1, column) for row in heads)
    return not after_options or (after_options == 1 and not zeros)


def _percents_beside(sheet: RawSheet, block: _Block) -> int:
    """Return how many cells right of a block hold its shares."""
    shares = (sheet.cell(line.row, block.column + 2) for line in block.lines)
    return sum(isinstance(value, float) or (isinstance(value, str) and value.strip().endswith("%")) for value in shares)
