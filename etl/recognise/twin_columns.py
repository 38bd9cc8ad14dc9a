"""Twin columns: every measured question twice, in words ("Płeć") and as its coded value ("Płeć wartość").

The twin is dropped only where it says nothing else than the first: one value for each answer. Where the first column
holds the numbers and the twin the words, the words are taken as their labels.
"""

import re

import numpy as np

from etl.clean.labels import cell_text
from etl.readers.raw import RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout
from etl.recognise.recognition import Recognition
from surveys.language.folding import fold

_SEARCH_ROWS = 10
_FEWEST_PAIRS = 2
_CERTAIN_PAIRS = 3
_TWIN = re.compile(r"^(?P<stem>.+?)[\s_\-–:(\[]+wartosc$")
_MOMENT = re.compile(r"^(data|data (wypelnienia|dodania|odpowiedzi|ankiety)|czas (wypelnienia|dodania))$")
_STAMP = re.compile(r"^(\d{4}-\d\d-\d\d|\d{1,2}[.-]\d{1,2}[.-]\d{4})(?!\d)")
_NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")


def recognise_twins(sheet: RawSheet, source: str) -> Recognition | None:
    """Return what a sheet with pairs of columns is, ``None`` when there are too few of them."""
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        pairs = _find_pairs(sheet, row)
        if len(pairs) < _FEWEST_PAIRS:
            continue
        table = AnswerTable(sheet, row + 1)
        moment = _find_moment(sheet, row, table)
        layouts = [layout for first, twin in pairs for layout in _lay_out_pair(first, twin, table)]
        if moment is not None:
            layouts.append(ColumnLayout((moment,), role="metadata", holds_moment=True))
        return Recognition(
            source=source,
            score=0.9 if len(pairs) >= _CERTAIN_PAIRS else 0.7,
            reasons=(f"recognition.{source}.twin_columns",),
            sheet=sheet.name,
            header_row=row,
            timestamp_column=moment,
            layout=tuple(sorted(layouts, key=lambda layout: layout.columns[0])),
        )
    return None


def _find_pairs(sheet: RawSheet, row: int) -> list[tuple[int, int]]:
    headers = [fold(cell_text(value)) for value in sheet.row(row)]
    pairs = []
    for position in range(len(headers) - 1):
        found = _TWIN.match(headers[position + 1])
        if found and headers[position] and fold(found["stem"]) == headers[position]:
            pairs.append((position, position + 1))
    return pairs


def _lay_out_pair(first: int, twin: int, table: AnswerTable) -> list[ColumnLayout]:
    values = _values_of_answers(first, twin, table)
    if values is None:
        return []  # the twin says more than the first: both stand for themselves
    named = {text: value for text, value in values.items() if text and value}
    labels: dict[str, str] = {}
    if named and all(map(_NUMBER.match, named)) and not any(map(_NUMBER.match, named.values())):
        labels = named
    elif named and all(map(_NUMBER.match, named.values())) and not any(map(_NUMBER.match, named)):
        # Options in the order of their values.
        ordered = sorted(named, key=lambda text: float(named[text].replace(",", ".")))
        labels = {text: text for text in ordered}
    return [ColumnLayout((first,), role="question", labels=labels), ColumnLayout((twin,), role="ignored")]


def _values_of_answers(first: int, twin: int, table: AnswerTable) -> dict[str, str] | None:
    """Return the twin's value of each answer, ``None`` when one answer has several; no answer is ``""``."""
    pairs = np.unique(np.column_stack([table.codes(first), table.codes(twin)]), axis=0)
    values: dict[str, str] = {}
    for code, twin_code in pairs.tolist():
        text, value = table.texts(first).get(code, ""), table.texts(twin).get(twin_code, "")
        if values.setdefault(text, value) != value:
            return None
    return values


def _find_moment(sheet: RawSheet, row: int, table: AnswerTable) -> int | None:
    for position in range(len(sheet.columns) - 1, -1, -1):
        texts = table.distinct([position])
        if _MOMENT.match(fold(cell_text(sheet.cell(row, position)))) and texts and all(map(_STAMP.match, texts)):
            return position
    return None
