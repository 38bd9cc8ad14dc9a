"""What can be worked out of a table with hidden cells: the attacker's arithmetic, done before publishing.

Whoever reads the table knows every shown cell, every shown total, that people come in numbers from 0 up, and that
parts add up. Linear programming gives the tightest bounds of each hidden cell that follow. The equations are those of
a network, so the bounds are whole numbers and nothing tighter exists.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def bound_hidden(table: Ints, hidden: Bools, most: Ints | None = None, *, columns_add_up: bool) -> tuple[Ints, Ints]:
    """Return the least and the most people that each hidden cell can hold.

    Args:
        table: counts [rows × columns]; the last column holds what the others of its row add up to, and so does the
            last row, when ``columns_add_up``.
        hidden: cells that are not shown, totals too.
        most: upper limit of each cell known from elsewhere, ``None`` when there is none.
        columns_add_up: whether the last row is a row of totals.

    Returns:
        Lower and upper bounds of the table's shape; both are the count itself where it is shown.

    Source: M. Fischetti, J. J. Salazar, Management Science 47 (2001) 1008–1027 (auditing a suppression pattern).
    """
    from scipy.optimize import linprog  # noqa: PLC0415 # costs 0.3 s of a cold start
    from scipy.sparse import block_diag  # noqa: PLC0415 # the same

    low, high = table.copy(), table.copy()
    unknown = np.flatnonzero(hidden)
    if not len(unknown):
        return low, high
    equations, known = _equations(table, hidden, columns_add_up=columns_add_up)
    number = len(unknown)
    # One programme for each hidden cell, solved in one go as blocks of a large one.
    matrix: Any = block_diag([equations[:, unknown]] * number, format="csr")  # its stub knows no sparse matrices
    known = np.tile(known, number)
    goal = np.eye(number).ravel()
    limits = (most if most is not None else np.full(table.shape, table.max())).ravel()[unknown]
    upper = np.tile(np.maximum(limits, table.ravel()[unknown]), number)
    space: Any = np.column_stack([np.zeros(number * number), upper])
    for sign, bound in ((1.0, low), (-1.0, high)):
        found = linprog(sign * goal, A_eq=matrix, b_eq=known, bounds=space, method="highs")
        if found.x is None:
            raise ArithmeticError("the table's totals don't add up")
        # HiGHS works in floating point; the true bounds are whole.
        bound.ravel()[unknown] = np.rint(found.x[goal == 1]).astype(np.int64)
    return low, high


def _equations(table: Ints, hidden: Bools, *, columns_add_up: bool) -> tuple[Floats, Floats]:
    """Return one equation a line that holds a hidden cell: coefficients of all cells, and the known right side."""
    rows, columns = table.shape
    lines: list[Floats] = []
    for row in range(rows):
        line = np.zeros(table.shape)
        line[row] = 1
        line[row, -1] = -1
        lines.append(line.ravel())
    for column in range(columns) if columns_add_up else ():
        line = np.zeros(table.shape)
        line[:, column] = 1
        line[-1, column] = -1
        lines.append(line.ravel())
    equations = np.stack(lines)
    shown = np.where(hidden, 0, table).ravel()
    asks = (np.abs(equations) * hidden.ravel()).sum(axis=1) > 0
    return equations[asks], -(equations[asks] @ shown)
