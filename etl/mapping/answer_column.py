"""One question of a table of answers: its header, its distinct values, and which respondent gave which.

Mostly a question is one column. One that its source spreads over several columns becomes one `AnswerColumn` whose
values are combinations of ticks, so that everything after it reads all sources alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from etl.clean.labels import cell_text, option_key, says_nothing, split_grid
from etl.clean.missing import missing_kind
from etl.clean.numbers import read_number
from etl.mapping.spread_columns import combine_columns
from etl.readers.raw import CellValue, RawColumn, RawSheet
from etl.recognise.layout import ColumnLayout, Spread
from surveys.model import QuestionType
from surveys.vocabulary import load


@dataclass(frozen=True)
class AnswerColumn:
    """A question's column (or columns) cut to the rows of respondents.

    Attributes:
        position: 0-based, in the sheet; of several columns the first one.
        header: on one line; empty when the cell is.
        values: distinct filled values, as they were in the file.
        texts: each of them as a person would read it.
        codes: int32, one per respondent: index into ``values``, −1 for no answer.
        counts: how many respondents gave each value.
        layout: what the source said of it, ``None`` when it said nothing.
        pieces: options in each distinct value, where the source keeps them apart; ``None`` where the cell has to be
            cut. In the order of a ranking, where there is one.
        places: place of each of these options in a ranking; empty otherwise.
        own_words: what was written beside "inne" in each distinct value; empty when there is no such column.
        unread: cells that are neither a tick nor its absence: 0-based position → how many respondents.
        said: a person's word on written values: `option_key` → code of an option or of a code list, ``None`` for an
            option of its own.
    """

    position: int
    header: str
    values: tuple[CellValue, ...]
    texts: tuple[str, ...]
    codes: npt.NDArray[np.int32]
    counts: tuple[int, ...]
    layout: ColumnLayout | None = None
    pieces: tuple[tuple[str, ...], ...] | None = None
    places: tuple[tuple[int, ...], ...] = ()
    own_words: tuple[str | None, ...] = ()
    unread: Mapping[int, int] = field(default_factory=dict)
    said: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def positions(self) -> tuple[int, ...]:
        """0-based positions of all columns of the question, the one with the words beside "inne" left out."""
        return self.layout.columns if self.layout is not None else (self.position,)

    @property
    def kind(self) -> QuestionType | None:
        """Type of the question where its source is sure of it."""
        return self.layout.kind if self.layout is not None else None

    @property
    def offered(self) -> tuple[str, ...]:
        """Options that the source says the question has, chosen or not."""
        if self.layout is None:
            return ()
        return self.layout.options or tuple(dict.fromkeys(self.layout.labels.values()))

    @property
    def answered_count(self) -> int:
        """How many respondents gave any answer."""
        return sum(self.counts)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """`option_key` of each distinct value."""
        return tuple(option_key(text) for text in self.texts)

    @cached_property
    def numbers(self) -> tuple[float | None, ...]:
        """Number of each distinct value by itself, ``None`` for none; asked for again by every row of a grid."""
        return tuple(map(read_number, self.values))

    @cached_property
    def grid(self) -> tuple[str, str] | None:
        """Stem and row of the header when the source says so, or when it is written as a grid's."""
        if self.layout is not None and self.layout.stem:
            return self.layout.stem, self.header
        return split_grid(self.header)


def merge_columns(columns: Sequence[AnswerColumn]) -> AnswerColumn:
    """Return the distinct values of a grid's columns as one column of nobody, for reading its options together."""
    counts: dict[tuple[type, CellValue], int] = {}
    texts: dict[tuple[type, CellValue], str] = {}
    for column in columns:
        for value, text, count in zip(column.values, column.texts, column.counts, strict=True):
            key = (type(value), value)
            counts[key] = counts.get(key, 0) + count
            texts[key] = text
    return AnswerColumn(
        position=columns[0].position,
        header=columns[0].header,
        values=tuple(value for _, value in counts),
        texts=tuple(texts.values()),
        codes=np.zeros(0, dtype=np.int32),
        counts=tuple(counts.values()),
        said={key: code for column in columns for key, code in column.said.items()},
    )


def read_response_ids(columns: Sequence[AnswerColumn], position: int | None) -> tuple[str, ...] | None:
    """Return the source's own number of each response, ``""`` for none; ``None`` when no column holds any."""
    column = next((column for column in columns if column.position == position), None)
    if column is None or not column.answered_count:
        return None
    by_code = (*column.texts, "")  # −1, an empty cell, reaches the last one
    return tuple(by_code[code] for code in column.codes.tolist())


def find_answer_rows(sheet: RawSheet, header_row: int) -> npt.NDArray[np.int64]:
    """Return the 0-based sheet rows below the headers that have a filled cell."""
    if not sheet.columns:
        return np.zeros(0, dtype=np.int64)
    filled = np.zeros(sheet.row_count - header_row, dtype=bool)
    for column in sheet.columns:
        filled |= column.codes[header_row:] >= 0
    return np.flatnonzero(filled) + header_row


def gather_columns(
    sheet: RawSheet, header_row: int, rows: npt.NDArray[np.int64], layout: Sequence[ColumnLayout] = ()
) -> list[AnswerColumn]:
    """Cut every question of a sheet to some rows, in the order of their first columns.

    Args:
        sheet: the sheet.
        header_row: 1-based row of the headers.
        rows: 0-based sheet rows of the respondents.
        layout: what the source says of its columns; the others stand for themselves.
    """
    said = {described.columns[0]: described for described in layout if described.columns}
    taken = {position for described in layout for position in described.columns[1:]}
    taken |= {described.other for described in layout if described.other is not None}
    columns: list[AnswerColumn] = []
    for position in range(len(sheet.columns)):
        described = said.get(position)
        if described is not None and described.spread is Spread.BRANCHES:
            columns.append(_cut(sheet, position, header_row, rows, described))
        elif described is not None and (described.spread is not None or described.other is not None):
            columns.append(_combine(sheet, described, header_row, rows))
        elif described is not None or position not in taken:
            columns.append(_cut(sheet, position, header_row, rows, described))
    return columns


def _cut(
    sheet: RawSheet, position: int, header_row: int, rows: npt.NDArray[np.int64], layout: ColumnLayout | None
) -> AnswerColumn:
    raw = sheet.columns[position]
    if layout is not None and layout.spread is Spread.BRANCHES:
        raw = _join_branches([sheet.columns[branch] for branch in layout.columns])
    codes = raw.codes[rows]
    counts = np.bincount(codes[codes >= 0], minlength=len(raw.values))
    values: list[CellValue] = []
    texts: list[str] = []
    kept: list[int] = []
    # One place more than values: the code −1 of an empty cell reaches it.
    new_codes = np.full(len(raw.values) + 1, -1, dtype=np.int32)
    for code in np.flatnonzero(counts).tolist():
        text, value = _say(raw.values[code], layout)
        if says_nothing(text):
            continue
        new_codes[code] = len(values)
        values.append(value)
        texts.append(text)
        kept.append(int(counts[code]))
    return AnswerColumn(
        position=position,
        header=_header(sheet, position, header_row, layout),
        values=tuple(values),
        texts=tuple(texts),
        codes=new_codes[codes],
        counts=tuple(kept),
        layout=layout,
    )


def _join_branches(branches: Sequence[RawColumn]) -> RawColumn:
    """Return one column with the first filled cell of each row."""
    numbers: dict[tuple[type, CellValue], int] = {}
    codes = np.full(len(branches[0].codes), -1, dtype=np.int32)
    for branch in branches:
        renumbered = [numbers.setdefault((type(value), value), len(numbers)) for value in branch.values]
        own = np.array([*renumbered, -1], dtype=np.int32)[branch.codes]
        codes = np.where(codes >= 0, codes, own)
    return RawColumn(tuple(value for _, value in numbers), codes)


def _say(value: CellValue, layout: ColumnLayout | None) -> tuple[str, CellValue]:
    """Return a cell as a person would read it, with its source's label in place of a code, and the value behind it."""
    text = cell_text(value)
    if layout is None or not (layout.labels or layout.missing):
        return text, value
    label = layout.labels.get(text)
    kind = layout.missing.get(text)
    if kind is not None and (label is None or missing_kind(option_key(label)) != kind):
        label = "" if kind == "blank" else load().missing_kinds.label(kind, "pl")
    return (text, value) if label is None else (label, label)


def _combine(sheet: RawSheet, layout: ColumnLayout, header_row: int, rows: npt.NDArray[np.int64]) -> AnswerColumn:
    combined = combine_columns(sheet, layout, rows)
    texts = tuple(
        "; ".join([*pieces, *([words] if words else [])])
        for pieces, words in zip(combined.pieces, combined.own_words, strict=True)
    )
    counts = np.bincount(combined.codes[combined.codes >= 0], minlength=len(texts))
    return AnswerColumn(
        position=layout.columns[0],
        header=_header(sheet, layout.columns[0], header_row, layout),
        values=texts,
        texts=texts,
        codes=combined.codes,
        counts=tuple(counts.tolist()),
        layout=layout,
        pieces=combined.pieces,
        places=combined.places if any(combined.places) else (),
        own_words=combined.own_words if layout.other is not None else (),
        unread=combined.unread,
    )


def _header(sheet: RawSheet, position: int, header_row: int, layout: ColumnLayout | None) -> str:
    return (layout.header if layout is not None else "") or cell_text(sheet.cell(header_row, position))
