"""Interankiety, and a Polish tool that gives its coded values in twin columns ("Płeć", "Płeć wartość").

Interankiety numbers its questions over the first of their columns; the rows of a table stand below in a second row
of headers. Below a question with ticks the second row is empty: each column holds its option's own text or nothing,
and one that nobody ticked has no name. The same sheet is met cut into files, a question each, some without headers.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from etl.clean.labels import cell_text
from etl.readers.opening import column_letters
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.recognition import Recognition
from etl.recognise.twin_columns import recognise_twins
from etl.recognise.two_header_rows import HeadedGroup, read_groups
from surveys.language.folding import fold
from surveys.model import QuestionType

SOURCE = "interankiety"

_SEARCH_ROWS = 10
_NUMBERED = re.compile(r"^\d{1,3}[.)]\s*(?=\S)(?!\d)")
_QUESTION_FILE = re.compile(r"^(pytanie|pyt|question)[ _.-]*\d{1,3}\b", re.IGNORECASE)
# Of the headers in a row of numbered questions so many may be without a number: somebody's own columns.
_UNNUMBERED_SHARE = 0.2
# Numbers and moments before the questions are no questions without a number.
_TECHNICAL = re.compile(r"^(lp|l\.p|id|nr|numer|data|czas|data (i godzina|i czas|wypelnienia|ankiety)|status|ip)$")
_FEWEST_ROWS = 5
_MOST_OPTIONS = 12


def recognise(book: RawBook) -> Recognition | None:
    """Return the best sheet that one of these tools could have written, ``None`` when there is none."""
    found: list[Recognition] = []
    for sheet in sorted(book.sheets, key=lambda sheet: sheet.hidden):
        for recognition in (
            _recognise_numbered(sheet),
            recognise_twins(sheet, SOURCE),
            _recognise_headless(book, sheet),
        ):
            if recognition is not None:
                found.append(recognition)
    return max(found, key=lambda recognition: recognition.score, default=None)


def _recognise_numbered(sheet: RawSheet) -> Recognition | None:
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        cells = [cell_text(value) for value in sheet.row(row)]
        numbered = sum(_NUMBERED.match(cell) is not None for cell in cells)
        named = sum(bool(cell) and _TECHNICAL.match(fold(cell)) is None for cell in cells)
        if not numbered or named > numbered / (1 - _UNNUMBERED_SHARE):
            continue
        groups = read_groups(sheet, row)
        table = AnswerTable(sheet, row + 2)
        wide = [group for group in groups if len(group.positions) > 1 and _NUMBERED.match(group.text)]
        if not wide or not _has_items_below(groups, table):
            continue
        score, reasons = 0.7, [f"recognition.{SOURCE}.numbered_questions"]
        if any(all(group.items) for group in wide):
            score += 0.1
            reasons.append(f"recognition.{SOURCE}.two_rows")
        if any(not any(group.items) and _holds_own_options(group, table) for group in wide):
            score += 0.1
            reasons.append(f"recognition.{SOURCE}.options_in_cells")
        if numbered < 2:
            score -= 0.1
        layouts = [layout for group in groups for layout in _lay_out(group, table)]
        return Recognition(
            SOURCE, round(min(score, 1.0), 2), tuple(reasons), sheet=sheet.name, header_row=row, first_row=row + 2,
            layout=tuple(layouts),
        )  # fmt: skip
    return None


def _has_items_below(groups: Sequence[HeadedGroup], table: AnswerTable) -> bool:
    """Whether the second row holds headers: not a word of it is an answer further down.

    A single column has nothing there; of a question's columns all do, or (ticks) none.
    """
    among_answers = items = 0
    for group in groups:
        if len(group.positions) == 1:
            if group.items[0]:
                return False
            continue
        for position, item in zip(group.positions, group.items, strict=True):
            items += bool(item)
            among_answers += bool(item) and item in table.texts(position).values()
        if any(group.items) and sum(map(bool, group.items)) < 0.5 * len(group.items):
            return False
        if not any(group.items) and not _holds_own_options(group, table):
            return False
    return among_answers <= 0.1 * items


def _holds_own_options(group: HeadedGroup, table: AnswerTable) -> bool:
    """Whether each column holds one text or nothing; one of them may hold people's own words."""
    several = [position for position in group.positions if len(table.texts(position)) > 1]
    return len(several) <= 1 and bool(table.distinct(group.positions))


def _lay_out(group: HeadedGroup, table: AnswerTable) -> list[ColumnLayout]:
    text = _NUMBERED.sub("", group.text).strip()
    if len(group.positions) == 1:
        (position,) = group.positions
        return [ColumnLayout((position,), text)] if text else []
    if not any(group.items):
        return [_lay_out_ticks(group.positions, text, table)]
    layouts = []
    for position, item in zip(group.positions, group.items, strict=True):
        if item:
            layouts.append(ColumnLayout((position,), item, text, role="question"))
        else:
            words = ColumnLayout((position,), text, role="question", kind=QuestionType.TEXT)
            layouts.append(words if table.count(position) else ColumnLayout((position,), role="ignored"))
    return layouts


def _lay_out_ticks(positions: Sequence[int], text: str, table: AnswerTable) -> ColumnLayout:
    other = next((position for position in positions if len(table.texts(position)) > 1), None)
    columns = tuple(position for position in positions if position != other)
    options = tuple(next(iter(table.texts(position).values()), "") for position in columns)
    return ColumnLayout(
        columns, text, role="question", kind=QuestionType.MULTIPLE, spread=Spread.LABELS, options=options, other=other
    )


def _recognise_headless(book: RawBook, sheet: RawSheet) -> Recognition | None:
    """A file of one question, saved without its headers: the first row holds answers like all others."""
    stem = PurePath(book.file_name).stem
    if not _QUESTION_FILE.match(stem) or sheet.row_count < _FEWEST_ROWS or len(sheet.columns) < 2:
        return None
    table = AnswerTable(sheet, 2)
    first = [cell_text(value) for value in sheet.row(1)]
    filled = [(position, text) for position, text in enumerate(first) if text]
    again = sum(text in table.texts(position).values() for position, text in filled)
    if not filled or again < 0.6 * len(filled):
        return None
    name = " ".join(stem.replace("_", " ").split())
    return Recognition(
        SOURCE, 0.65, (f"recognition.{SOURCE}.question_file", f"recognition.{SOURCE}.headless"), sheet=sheet.name,
        header_row=1, first_row=1, layout=tuple(_name_by_letters(name, AnswerTable(sheet, 1), len(sheet.columns))),
    )  # fmt: skip


def _name_by_letters(name: str, table: AnswerTable, width: int) -> list[ColumnLayout]:
    """Name columns by their letters; neighbours with the same answers are rows of the file's one question."""
    runs: list[list[int]] = []
    for position in range(width):
        texts = table.distinct([position])
        if runs and texts and len(texts) <= _MOST_OPTIONS and texts & table.distinct(runs[-1]):
            runs[-1].append(position)
        else:
            runs.append([position])
    return [
        ColumnLayout((position,), column_letters(position), name if len(run) > 1 else "")
        for run in runs
        for position in run
    ]
