"""The program's own answer sheet for a survey, told by the mark on a hidden sheet of its workbook.

The hidden sheet holds the mark in its first cell, and beside it the questionnaire and its version. The answer sheet has
the names of the questions in its first row, their wordings in the second, and a respondent in each row below.
"""

import re

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.layout import ColumnLayout
from etl.recognise.recognition import Recognition

SOURCE = "template"
MARK = "diagnoza-lokalna:survey-template"

_NAME = re.compile(r"^[a-z][a-z0-9_-]{0,80}$")
_NAMES_ROW, _WORDINGS_ROW = 1, 2
_NAMED = 0.6


def recognise(book: RawBook) -> Recognition | None:
    """Return the answer sheet of a workbook with the mark, ``None`` for every other file."""
    marked = next((sheet for sheet in book.sheets if _is_marked(sheet)), None)
    if marked is None:
        return None
    answers = next((sheet for sheet in book.sheets if sheet is not marked and not sheet.hidden and _names(sheet)), None)
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
        sheet_kinds={marked.name: "codes"},
    )


def _is_marked(sheet: RawSheet) -> bool:
    return sheet.hidden and cell_text(sheet.cell(1, 0)) == MARK


def _names(sheet: RawSheet) -> list[int]:
    """Return the columns with a name of a question, none when the first row holds other things."""
    texts = {position: cell_text(sheet.cell(_NAMES_ROW, position)) for position in range(len(sheet.columns))}
    named = [position for position, text in texts.items() if _NAME.match(text)]
    filled = [position for position, text in texts.items() if text]
    return named if filled and len(named) >= _NAMED * len(filled) else []
