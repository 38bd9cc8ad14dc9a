"""Tables side by side on one sheet: the largest is read, a pivot table or a list of codes beside it is not.

Empty columns between sections of one table part nothing: what belongs together starts under the same headers and
goes down equally far.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from etl.clean.labels import question_key
from etl.readers.raw import RawSheet
from etl.recognise.sheet_shape import filled_cells, find_header_row

_SAME_HEIGHT = 0.7
_REPEATED_HEADERS = 0.6


@dataclass(frozen=True, slots=True)
class MainTable:
    """The table of a sheet that its answers stand in.

    Attributes:
        header_row: 1-based.
        columns: 0-based positions.
        beside: positions of columns that belong to other tables.
        rows_beside: 1-based rows below the headers in which only other tables have cells.
        twin: another table repeats the headers of this one: answers of several surveys, perhaps.
    """

    header_row: int
    columns: tuple[int, ...]
    beside: tuple[int, ...] = ()
    rows_beside: tuple[int, ...] = ()
    twin: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    columns: tuple[int, ...]
    header_row: int
    height: int
    whole: bool
    cells: int
    headers: frozenset[str]


def find_main_table(sheet: RawSheet) -> MainTable | None:
    """Return the table with the most cells, ``None`` when no part of the sheet has headers."""
    filled = filled_cells(sheet)
    if not filled.size:
        return None
    blocks = [
        block
        for columns in _split_columns([bool(column.any()) for column in filled.T])
        if (block := _look_at(sheet, columns))
    ]
    if not blocks:
        return None
    main = max(blocks, key=lambda block: block.cells)
    whole_row = find_header_row(sheet)
    own, twin = set(main.columns), False
    beside: list[int] = []
    for block in blocks:
        if block is main:
            continue
        repeats = len(block.headers & main.headers) >= max(2, _REPEATED_HEADERS * len(block.headers))
        if _belongs(block, main) and not repeats:
            own.update(block.columns)
        else:
            beside += block.columns
            twin = twin or repeats
    # Blocks without headers of their own: single columns, sections without answers.
    known = {position for block in blocks for position in block.columns}
    own.update(position for position in range(len(sheet.columns)) if position not in known)
    header_row = main.header_row if beside or whole_row is None else whole_row
    rows_beside: tuple[int, ...] = ()
    if beside:
        only: npt.NDArray[np.bool_] = np.asarray(filled[:, beside].any(axis=1) & ~filled[:, sorted(own)].any(axis=1))
        only[:header_row] = False
        rows_beside = tuple((np.flatnonzero(only) + 1).tolist())
    return MainTable(header_row, tuple(sorted(own)), tuple(sorted(beside)), rows_beside, twin)


def _split_columns(used: Sequence[bool]) -> list[tuple[int, ...]]:
    runs: list[list[int]] = []
    for position in np.flatnonzero(used).tolist():
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return [tuple(run) for run in runs]


def _look_at(sheet: RawSheet, columns: Sequence[int]) -> _Block | None:
    part = replace(sheet, columns=tuple(sheet.columns[position] for position in columns), merged=(), notes={})
    row = find_header_row(part)
    if row is None:
        return None
    filled = filled_cells(part)[row:]
    rows = np.flatnonzero(filled.any(axis=1))
    height = int(rows[-1]) + 1 if len(rows) else 0
    headers = frozenset(question_key(value) for value in part.row(row) if isinstance(value, str))
    return _Block(tuple(columns), row, height, len(rows) == height, int(filled.sum()), headers)


def _belongs(block: _Block, main: _Block) -> bool:
    """Whether a block is a section of the main table: headers in the same rows, answers equally far down.

    A section that few people answered has gaps; a table of its own has its rows one below the other.
    """
    near = abs(block.header_row - main.header_row) <= 1
    return near and (block.height >= _SAME_HEIGHT * main.height or not block.whole)
