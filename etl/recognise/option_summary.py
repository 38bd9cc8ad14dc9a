"""A column beside columns of ticks that names the ticked options once more in one cell, as KoboToolbox writes them.

Whoever takes the tool's own columns out of its export leaves such a pair: ``problemy`` and ``problemy/drogi``. It is
one question, not two.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from etl.clean.labels import cell_text
from etl.clean.ticks import read_tick
from etl.readers.raw import RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.ticked_columns import TickedQuestion, cut_cells
from surveys.language.folding import fold
from surveys.model import QuestionType

_AGREEING = 0.9


def add_summary(sheet: RawSheet, described: ColumnLayout, headers: Mapping[int, str], last_header: int) -> ColumnLayout:
    """Return the layout of some columns of ticks together with the column that sums them up, where there is one.

    Args:
        sheet: the sheet.
        described: a question over columns of ticks.
        headers: header of each column of the table, by 0-based position.
        last_header: 1-based row of the last row of headers.
    """
    if described.spread is not Spread.FLAGS or described.kind is not None:
        return described
    wanted = fold(described.header)
    beside = (described.columns[0] - 1, described.columns[-1] + 1)
    summary = next((place for place in beside if place in headers and fold(headers[place]) == wanted), None)
    if summary is None:
        return described
    table = AnswerTable(sheet, last_header + 1)
    if not _names_ticks(table, summary, described):
        return described
    question = TickedQuestion(described.header, summary, described.columns, described.options)
    return replace(
        described,
        columns=(summary, *described.columns),
        kind=QuestionType.MULTIPLE,
        spread=Spread.CELL,
        cells=cut_cells(question, table, codes=False),
    )


def _names_ticks(table: AnswerTable, summary: int, described: ColumnLayout) -> bool:
    """Whether nearly every cell names what its row ticks."""
    cells = {code: fold(text) for code, text in table.texts(summary).items()}
    if not cells:
        return False
    agreeing = np.ones(len(table), dtype=bool)
    own = table.codes(summary)
    for position, option in zip(described.columns, described.options, strict=True):
        column = table.texts(position)
        ticked = np.isin(table.codes(position), [code for code, text in column.items() if read_tick(cell_text(text))])
        naming = np.isin(own, [code for code, text in cells.items() if fold(option) in text])
        agreeing &= ~ticked | naming
    filled = np.isin(own, list(cells))
    return float(agreeing[filled].mean()) >= _AGREEING
