"""One question spread over several columns, put together: each distinct combination of ticks becomes one value.

From here on such a question is read like ticked options in one cell; only that nothing has to be cut apart, so that
commas and semicolons inside options cost nothing.

What an unticked cell means differs by tool, and often cannot be told from "not answered": a respondent without any
tick counts as one who did not answer. KoboToolbox leaves all cells blank for such a person, ODK Central writes 0 in
all of them, LimeSurvey "Nie" or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.clean.labels import cell_text, option_key, says_nothing
from etl.clean.numbers import read_number
from etl.clean.ticks import read_tick
from etl.readers.raw import RawColumn, RawSheet
from etl.recognise.layout import ColumnLayout, Spread
from surveys.model import QuestionType


@dataclass(frozen=True)
class Combined:
    """Combinations of a spread question, distinct, in order of appearance.

    Attributes:
        pieces: options of each combination, as the source writes them; of a ranking from the first place on.
        places: place of each of these options in a ranking, empty for ticks.
        own_words: what was written beside "inne" in each combination, ``None`` for nothing.
        codes: int32, one per respondent: index into ``pieces``, −1 for no answer.
        unread: columns with cells that are neither a tick nor its absence: 0-based position → how many respondents.
    """

    pieces: tuple[tuple[str, ...], ...]
    places: tuple[tuple[int, ...], ...]
    own_words: tuple[str | None, ...]
    codes: npt.NDArray[np.int32]
    unread: dict[int, int]


def combine_columns(sheet: RawSheet, layout: ColumnLayout, rows: npt.NDArray[np.int64]) -> Combined:
    """Put the columns of one question together.

    Args:
        sheet: the sheet.
        layout: of the question, with ``spread`` or with a column of the words beside "inne".
        rows: 0-based sheet rows of the respondents.
    """
    unread: dict[int, int] = {}
    columns = [sheet.columns[position] for position in layout.columns]
    if layout.spread is Spread.CELL:
        options, marks = _read_cells(columns[0], layout, rows)
    elif layout.spread is Spread.PLACES or layout.spread is None:
        # One column with the words beside "inne" in another: its one answer is its first place.
        options, marks = _read_places(columns, layout, rows)
    else:
        options = [
            layout.options[number] if number < len(layout.options) else "" for number in range(len(layout.columns))
        ]
        read = _read_rank if layout.spread is Spread.RANKS else _read_tick
        marks = np.zeros((len(rows), len(columns)), dtype=np.int16)
        for number, column in enumerate(columns):
            option = options[number]
            by_value = [read(column, value, option, layout) for value in range(len(column.values))]
            codes = column.codes[rows]
            marks[:, number] = np.array([*(mark or 0 for mark in by_value), 0], dtype=np.int16)[codes]
            strange = np.array([*(mark is None for mark in by_value), False])[codes]
            if strange.any():
                unread[layout.columns[number]] = int(strange.sum())
            if not option:
                options[number] = _commonest_text(column, codes)
    other = np.full(len(rows), -1, dtype=np.int32)
    words: Sequence[str] = ()
    if layout.other is not None and layout.other < len(sheet.columns):
        beside = sheet.columns[layout.other]
        words = ["" if says_nothing(text := cell_text(value)) else text for value in beside.values]
        other = beside.codes[rows]
    distinct, codes = _number_rows(np.column_stack([marks, other]))
    ranked = layout.spread in {Spread.RANKS, Spread.PLACES} or layout.kind is QuestionType.RANKING
    return _describe(distinct, codes, options, words, unread, ranked=ranked)


def _describe(
    distinct: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int32],
    options: Sequence[str],
    words: Sequence[str],
    unread: dict[int, int],
    *,
    ranked: bool,
) -> Combined:
    pieces: list[tuple[str, ...]] = []
    places: list[tuple[int, ...]] = []
    own_words: list[str | None] = []
    renumbered = np.full(len(distinct), -1, dtype=np.int32)
    for number, (*marks, other) in enumerate(distinct.tolist()):
        chosen = sorted((mark, position) for position, mark in enumerate(marks) if mark > 0)
        word = words[other] if other >= 0 else None
        if not chosen and not word:
            continue
        renumbered[number] = len(pieces)
        pieces.append(tuple(options[position] for _, position in chosen))
        places.append(tuple(mark for mark, _ in chosen) if ranked else ())
        own_words.append(word or None)
    return Combined(tuple(pieces), tuple(places), tuple(own_words), renumbered[codes], unread)


def _read_tick(column: RawColumn, value: int, option: str, layout: ColumnLayout) -> int | None:
    """1 for a tick, 0 for none, ``None`` for something else."""
    text = cell_text(column.values[value])
    if layout.spread is Spread.LABELS or text in layout.missing:
        return 0 if says_nothing(text) or text in layout.missing else 1
    tick = read_tick(layout.labels.get(text, text))
    if tick is not None:
        return int(tick)  # "Nie" under an option called "Nie" is no tick
    return 1 if option and option_key(text) == option_key(option) else None


def _read_rank(column: RawColumn, value: int, option: str, layout: ColumnLayout) -> int | None:
    """The place of an option, 0 for none."""
    del option
    text = cell_text(column.values[value])
    number = read_number(layout.labels.get(text, text))
    if number is None:
        return 0 if not option_key(text) or text in layout.missing else None
    return int(number) if number.is_integer() and 1 <= number <= 1_000 else None


def _read_places(
    columns: Sequence[RawColumn], layout: ColumnLayout, rows: npt.NDArray[np.int64]
) -> tuple[list[str], npt.NDArray[np.int16]]:
    """Turn "first place: A, second place: B" into the place of every option; an option named twice keeps the better."""
    numbers: dict[str, int] = {}
    options: list[str] = []
    by_column: list[npt.NDArray[np.int32]] = []
    for column in columns:
        places = []
        for value in column.values:
            text = cell_text(value)
            key = option_key(layout.labels.get(text, text))
            if not key or text in layout.missing:
                places.append(-1)
                continue
            if key not in numbers:
                numbers[key] = len(options)
                options.append(layout.labels.get(text, text))
            places.append(numbers[key])
        by_column.append(np.array([*places, -1], dtype=np.int32)[column.codes[rows]])
    marks = np.zeros((len(rows), len(options)), dtype=np.int16)
    for place in range(len(columns), 0, -1):
        chosen = by_column[place - 1]
        who = np.flatnonzero(chosen >= 0)
        marks[who, chosen[who]] = place
    return options, marks


def _read_cells(
    column: RawColumn, layout: ColumnLayout, rows: npt.NDArray[np.int64]
) -> tuple[list[str], npt.NDArray[np.int16]]:
    """Turn cells that hold several options into the place of every option in its cell; one named twice counts once."""
    ranked = layout.kind is QuestionType.RANKING
    numbers = {option_key(option): number for number, option in reversed(list(enumerate(layout.options)))}
    options = list(layout.options)
    cells: list[dict[int, int]] = []
    for value in column.values:
        held: dict[int, int] = {}
        text = cell_text(value)
        for option in () if text in layout.missing else layout.cells.get(text, (text,)):
            key = option_key(option)
            if key and key not in numbers:
                numbers[key] = len(options)
                options.append(option)
            if key:
                held.setdefault(numbers[key], len(held) + 1 if ranked else 1)
        cells.append(held)
    by_value = np.zeros((len(cells) + 1, len(options)), dtype=np.int16)
    for number, held in enumerate(cells):
        for option_number, place in held.items():
            by_value[number, option_number] = place
    return options, by_value[column.codes[rows]]


def _commonest_text(column: RawColumn, codes: npt.NDArray[np.int32]) -> str:
    """The option of a column that names it only by the text of its ticks; of several spellings the commonest."""
    texts = [cell_text(value) for value in column.values]
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    counts[[says_nothing(text) for text in texts]] = 0
    return texts[int(np.argmax(counts))] if counts.any() else ""


def _number_rows(table: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return the distinct rows of a table in order of appearance, and which one each row is."""
    distinct, first, codes = np.unique(table, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return distinct[order], rank[codes.reshape(-1)]
