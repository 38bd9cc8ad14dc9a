"""The program's own answer sheet for a survey, told by the mark on a hidden sheet of its workbook.

The mark describes every column of the sheet of answers by the key in its first row, so that columns may be moved or
left out and rows sorted. Keys stand in the first row, wordings and what to type below them, then an example that is
nobody's answer. When no answers are typed in but its page of tallies is filled, the file is a tally.

An older sheet has the mark alone: names in the first row, wordings in the second, respondents from the third on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise import tally
from etl.recognise.layout import ColumnLayout, SetAside, Spread
from etl.recognise.recognition import Recognition
from etl.recognise.template_mark import EXAMPLE_MARKS, MARK, NUMBER_KEY, DescribedColumn, Mark, find_mark
from surveys.findings import Finding, Place
from surveys.language.folding import fold
from surveys.model import QuestionType

__all__ = ["MARK", "SOURCE", "recognise"]

SOURCE = "template"

_NAME = re.compile(r"^[a-z][a-z0-9_-]{0,80}$")
_NAMES_ROW, _WORDINGS_ROW = 1, 2
_NAMED = 0.6
# Rows in which the keys are looked for: somebody may write a title above them.
_SEARCH_ROWS = 10
_FEWEST_KEYS = 2
# Rows of heads below the keys: wordings, and what to type.
_HEADS = 2
_KINDS = {
    "single": QuestionType.SINGLE,
    "scale": QuestionType.SCALE,
    "number": QuestionType.NUMBER,
    "date": QuestionType.DATE,
    "text": QuestionType.TEXT,
}


def recognise(book: RawBook) -> Recognition | None:
    """Return the answer sheet of a workbook with the mark, ``None`` for every other file."""
    mark = find_mark(book)
    if mark is None:
        return None
    return _read_described(book, mark) if mark.columns else _read_plain(book, mark)


def _read_described(book: RawBook, mark: Mark) -> Recognition | None:
    known = {column.key for column in mark.columns}
    for sheet in book.sheets:
        found = _find_keys(sheet, known)
        if found is None:
            continue
        keys_row, positions = found
        header_row = keys_row + _HEADS
        first_row, aside, people_count = _tell_rows(sheet, header_row, positions, mark)
        counts = tally.find_tally(book)
        counted = counts is not None and any(line.count for asked in counts.questions for line in asked.lines)
        if counted and not people_count:
            counted_only = tally.recognise(book)
            named = (mark.questionnaire, mark.version)
            return None if counted_only is None else replace(counted_only, questionnaire=named)
        beside = counts.sheet.name if counted and counts is not None else None
        remarks = (Finding("SURVEY-TALLY-BESIDE", Place(book.file_name, beside)),) if beside else ()
        return Recognition(
            SOURCE,
            1.0,
            (f"recognition.{SOURCE}.mark",),
            sheet=sheet.name,
            header_row=header_row,
            first_row=first_row,
            layout=tuple(_lay_out(mark.columns, positions)),
            set_aside=aside,
            sheet_kinds={other.name: "codes" if other.hidden else "ignored" for other in book.sheets if other != sheet},
            remarks=remarks,
            questionnaire=(mark.questionnaire, mark.version),
        )
    return None


def _find_keys(sheet: RawSheet, known: set[str]) -> tuple[int, dict[str, int]] | None:
    """Return the row of the keys and the column of each, ``None`` on other sheets."""
    if sheet.hidden:
        return None
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        texts = [cell_text(value) for value in sheet.row(row)]
        positions = {text: place for place, text in reversed(list(enumerate(texts))) if text in known}
        filled = sum(bool(text) for text in texts)
        if len(positions) >= min(_FEWEST_KEYS, len(known)) and len(positions) >= _NAMED * filled:
            return row, positions
    return None


def _tell_rows(
    sheet: RawSheet, header_row: int, positions: Mapping[str, int], mark: Mark
) -> tuple[int, tuple[SetAside, ...], int]:
    """Tell the example and papers without any answer from people.

    Returns:
        1-based row of the first person, rows set aside, how many people there are.
    """
    number = positions.get(NUMBER_KEY)
    answers = [place for key, place in positions.items() if key != NUMBER_KEY]
    examples: list[int] = []
    overwritten: list[int] = []
    unanswered: list[int] = []
    people_count = 0
    marks = {fold(each) for each in EXAMPLE_MARKS}
    written_there = {positions[each.key]: each.example for each in mark.columns if each.key in positions}
    for row in range(header_row + 1, sheet.row_count + 1):
        written = cell_text(sheet.cell(row, number)) if number is not None else ""
        if fold(written) in marks:
            texts = {place: cell_text(sheet.cell(row, place)) for place in answers}
            same = all(not text or text == written_there[place] for place, text in texts.items())
            (examples if same else overwritten).append(row)
        elif any(sheet.cell(row, place) is not None for place in answers):
            people_count += 1
        elif written:
            unanswered.append(row)
    # Where it was left, the example is one head more; moved among the answers it is worth a word.
    first_row = header_row + 1
    if examples and examples[0] == first_row:
        first_row += 1
        examples = examples[1:]
    aside = {
        "SURVEY-ROW-EXAMPLE": examples,
        # Perhaps somebody's answers, typed over the example.
        "SURVEY-ROW-EXAMPLE-CHANGED": overwritten,
        "SURVEY-ROWS-UNANSWERED": unanswered,
    }
    told = tuple(SetAside(code, tuple(rows), always=True) for code, rows in aside.items() if rows)
    return first_row, told, people_count


def _lay_out(columns: Sequence[DescribedColumn], positions: Mapping[str, int]) -> list[ColumnLayout]:
    """Return what each column of the sheet holds; columns that somebody took out are left out."""
    layout: list[ColumnLayout] = []
    by_question: dict[tuple[str, str, str], list[DescribedColumn]] = {}
    for column in columns:
        if column.key not in positions:
            continue
        if column.key == NUMBER_KEY:
            layout.append(ColumnLayout((positions[column.key],), column.text, role="metadata"))
            continue
        # Questions of two groups may be called alike: the key's beginning tells them apart.
        path = column.key.rpartition("/")[0] if column.holds in {"option", "place", "own_words"} else column.key
        by_question.setdefault((path, column.text, column.stem), []).append(column)
    for own in by_question.values():
        words = next((positions[column.key] for column in own if column.holds == "own_words"), None)
        asked = [column for column in own if column.holds != "own_words"]
        if asked:
            layout.append(_lay_out_question(asked, words, positions))
        elif words is not None:  # somebody took the options out
            layout.append(ColumnLayout((words,), own[0].text, own[0].stem, role="question", kind=QuestionType.TEXT))
    return layout


def _lay_out_question(
    columns: Sequence[DescribedColumn], words: int | None, positions: Mapping[str, int]
) -> ColumnLayout:
    first = columns[0]
    if first.holds in {"option", "place"}:
        ranked = first.holds == "place"
        return ColumnLayout(
            tuple(positions[column.key] for column in columns),
            first.text,
            first.stem,
            role="question",
            kind=QuestionType.RANKING if ranked else QuestionType.MULTIPLE,
            spread=Spread.RANKS if ranked else Spread.FLAGS,
            options=tuple(column.option for column in columns),
            other=words,
            question=first.question,
        )
    return ColumnLayout(
        (positions[first.key],),
        first.text,
        first.stem,
        role="question",
        kind=_KINDS.get(first.holds),
        labels={cell_text(column.option): column.option for column in columns if column.option},
        other=words,
        question=first.question,
    )


def _read_plain(book: RawBook, mark: Mark) -> Recognition | None:
    answers = next(
        (sheet for sheet in book.sheets if sheet is not mark.sheet and not sheet.hidden and _names(sheet)), None
    )
    if answers is None:
        return None
    layout = tuple(
        ColumnLayout((position,), cell_text(answers.cell(_WORDINGS_ROW, position)), role=None)
        for position in _names(answers)
    )
    return Recognition(
        SOURCE,
        1.0,
        (f"recognition.{SOURCE}.mark",),
        sheet=answers.name,
        header_row=_WORDINGS_ROW,
        first_row=_WORDINGS_ROW + 1,
        layout=layout,
        sheet_kinds={mark.sheet.name: "codes"},
    )


def _names(sheet: RawSheet) -> list[int]:
    """Return the columns with a name of a question, none when the first row holds other things."""
    texts = {position: cell_text(sheet.cell(_NAMES_ROW, position)) for position in range(len(sheet.columns))}
    named = [position for position, text in texts.items() if _NAME.match(text)]
    filled = [position for position, text in texts.items() if text]
    return named if filled and len(named) >= _NAMED * len(filled) else []
