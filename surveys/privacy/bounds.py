"""What can be worked out of a table with hidden cells: the attacker's arithmetic, done before publishing.

Whoever reads the table knows every shown cell, every shown total, that people come in numbers from 0 up, and that
parts add up. Linear programming gives the tightest bounds of each hidden cell that follow. The equations are those of
a network, so the bounds are whole numbers and nothing tighter exists.

Most cells need no programme: four hidden cells at the corners of a rectangle can trade people without changing any
total, and the trade itself shows what the attacker cannot know (`trade_at_corners`).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def bound_hidden(table: Ints, hidden: Bools, wanted: Bools | None = None) -> tuple[Ints, Ints]:
    """Return the least and the most people that hidden cells can hold.

    Args:
        table: counts; the last column holds what the others of its row add up to, the last row the same for columns.
        hidden: cells that are not shown, totals too.
        wanted: hidden cells to be bounded; all by default.

    Returns:
        Lower and upper bounds of the table's shape; both are the count itself where it is shown or was not wanted.

    Raises:
        ArithmeticError: when the table's totals don't add up.

    Source: M. Fischetti, J. J. Salazar, Management Science 47 (2001) 1008–1027 (auditing a suppression pattern).
    """
    from scipy.optimize import linprog  # noqa: PLC0415 # costs 0.3 s of a cold start
    from scipy.sparse import block_diag  # noqa: PLC0415 # the same

    low, high = table.copy(), table.copy()
    unknown = np.flatnonzero(hidden)
    asked = unknown if wanted is None else np.flatnonzero(hidden & wanted)
    if not len(asked):
        return low, high
    equations, known = _equations(table, hidden)
    # One programme for each cell asked for, solved in one go as blocks of a large one.
    matrix: Any = block_diag([equations[:, unknown]] * len(asked), format="csr")  # its stub knows no sparse matrices
    known = np.tile(known, len(asked))
    goal = (asked[:, None] == unknown[None, :]).astype(float).ravel()
    for sign, bound in ((1.0, low), (-1.0, high)):
        found = linprog(sign * goal, A_eq=matrix, b_eq=known, bounds=(0, None), method="highs")
        if found.x is None:
            raise ArithmeticError("the table's totals don't add up")
        # HiGHS works in floating point; the true bounds are whole.
        bound.ravel()[asked] = np.rint(found.x[goal == 1]).astype(np.int64)
    return low, high


def trade_at_corners(table: Ints, hidden: Bools) -> tuple[Ints, Ints]:
    """Return counts that each hidden cell could hold as well, by trading people round a rectangle of hidden cells.

    Args:
        table: counts without totals.
        hidden: cells that are not shown.

    Returns:
        A lower and a higher count of the table's shape: the attacker's bounds lie at least as far apart. Both are the
        count itself where there is no such rectangle, or the cell is shown.
    """
    low, high = table.copy(), table.copy()
    held = np.where(hidden, table, 0)
    for row, column in np.argwhere(hidden).tolist():
        beside, across = held[row][None, :], held[:, column][:, None]
        # One more here and at the far corner, one fewer at the two between; and the other way round.
        more = np.where(hidden, np.minimum(beside, across), 0)
        both = hidden[row][None, :] & hidden[:, column][:, None]
        fewer = np.where(both, np.minimum(held, table[row, column]), 0)
        for trade in (more, fewer):
            trade[row] = 0
            trade[:, column] = 0
        high[row, column] += more.max()
        low[row, column] -= fewer.max()
    return low, high


def _equations(table: Ints, hidden: Bools) -> tuple[Floats, Floats]:
    """Return one equation a line that holds a hidden cell: coefficients of all cells, and the known right side."""
    rows, columns = table.shape
    lines: list[Floats] = []
    for row in range(rows):
        line = np.zeros(table.shape)
        line[row] = 1
        line[row, -1] = -1
        lines.append(line.ravel())
    for column in range(columns):
        line = np.zeros(table.shape)
        line[:, column] = 1
        line[-1, column] = -1
        lines.append(line.ravel())
    equations = np.stack(lines)
    shown = np.where(hidden, 0, table).ravel()
    asks = (np.abs(equations) * hidden.ravel()).sum(axis=1) > 0
    return equations[asks], -(equations[asks] @ shown)
