"""One question by groups of people: shares of each group, their intervals, and whether the groups differ.

The input are sums over people, not people: counts, Σw and Σw² per cell. A million respondents cost what a hundred do
once they are added up. Nothing here has passed the disclosure gate (`surveys.privacy`): residuals and tests of a
table that may not be shown may not be shown either.

A single choice or a scale is one table, everybody in one cell. Options of a multiple choice are not exclusive, so
each is a table of its own: chose it or not, by group, among those of the group who answered; p-values of its options
are many comparisons (`surveys.analysis.multiplicity`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from surveys.analysis.independence import IndependenceTest, adjusted_residuals, check_independence
from surveys.analysis.multiplicity import benjamini_hochberg
from surveys.analysis.uncertainty import wilson_interval

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CellSums:
    """Sums over the people of each cell.

    Attributes:
        count: people.
        weight: Σw, ``None`` when unweighted.
        weight_squared: Σw², ``None`` when unweighted.
    """

    count: Ints
    weight: Floats | None = None
    weight_squared: Floats | None = None

    def __post_init__(self) -> None:
        if (self.weight is None) is not (self.weight_squared is None):
            raise ValueError("weighted sums need both Σw and Σw²")
        for sums in (self.weight, self.weight_squared):
            if sums is not None and sums.shape != self.count.shape:
                raise ValueError("counts and weighted sums have to be of one shape")

    @property
    def sums(self) -> Floats:
        """What shares are made of: Σw, or counts when unweighted."""
        return self.count.astype(float) if self.weight is None else self.weight

    @property
    def effective(self) -> Floats:
        """Effective number of people per cell, (Σw)²/Σw² (Kish); the count when unweighted, 0 where nobody is."""
        if self.weight is None or self.weight_squared is None:
            return self.count.astype(float)
        squares = self.weight_squared
        return np.divide(self.weight**2, squares, out=np.zeros_like(squares), where=squares > 0)

    def total(self) -> "CellSums":
        """Return the sums of each column over the rows."""
        if self.weight is None or self.weight_squared is None:
            return CellSums(self.count.sum(axis=0))
        return CellSums(self.count.sum(axis=0), self.weight.sum(axis=0), self.weight_squared.sum(axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class Crosstab:
    """One question by groups; rows are options, columns are groups.

    Attributes:
        count: people per cell.
        base: people of each group who gave a valid answer.
        effective_base: the same after weighting (n_eff); equal to ``base`` when unweighted.
        share: of the group, 0–1 (weighted when weights were given); NaN in a group of nobody.
        low, high: 95 % Wilson interval of the share, from n_eff; NaN in a group of nobody.
        residual: adjusted residual of each cell; NaN where it does not exist.
        test: of the whole table; ``None`` for a multiple choice and where there is nothing to test.
        option_tests: of each option of a multiple choice, else empty.
        option_p_values: their p-values adjusted by Benjamini–Hochberg, NaN where there is nothing to test.
    """

    count: Ints
    base: Ints
    effective_base: Floats
    share: Floats
    low: Floats
    high: Floats
    residual: Floats
    test: IndependenceTest | None
    option_tests: tuple[IndependenceTest | None, ...]
    option_p_values: Floats


def sum_cells(
    rows: npt.ArrayLike, columns: npt.ArrayLike, shape: tuple[int, int], weights: npt.ArrayLike | None = None
) -> CellSums:
    """Add up people into cells.

    Args:
        rows: option of each answer, from 0; −1 for none.
        columns: group of each answer's person, as long, from 0; −1 for none. Answers without either are left out.
        shape: number of options and of groups.
        weights: weight of each answer's person, as long; ``None`` when unweighted.
    """
    option, group = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
    known = (option >= 0) & (group >= 0)
    cells = option[known] * shape[1] + group[known]
    size = shape[0] * shape[1]
    count = np.bincount(cells, minlength=size).reshape(shape).astype(np.int64)
    if weights is None:
        return CellSums(count)
    weight = np.asarray(weights, dtype=float)[known]
    return CellSums(
        count,
        np.bincount(cells, weight, minlength=size).reshape(shape).astype(float),
        np.bincount(cells, weight**2, minlength=size).reshape(shape).astype(float),
    )


def share_cells(cells: CellSums, bases: CellSums, confidence: float = 0.95) -> tuple[Floats, Floats, Floats]:
    """Return shares of bases with their Wilson intervals.

    Args:
        cells: sums [options × groups] or [options].
        bases: sums [groups] that they are shares of, or [1].
        confidence: of the intervals.

    Returns:
        Shares, lower and upper bounds of the cells' shape, NaN where the base is nobody. Weighted ones rest on the
        effective base (Kish).
    """
    total = np.broadcast_to(bases.sums, cells.count.shape)
    effective = np.broadcast_to(bases.effective, cells.count.shape)
    share = np.full(cells.count.shape, np.nan)
    np.divide(cells.sums, total, out=share, where=total > 0)
    share = np.clip(share, 0.0, 1.0)  # Σw of everybody may differ from the total in the last digit
    low, high = np.full_like(share, np.nan), np.full_like(share, np.nan)
    for place, value in np.ndenumerate(share):
        n = float(effective[place])
        if n > 0:
            low[place], high[place] = wilson_interval(min(value * n, n), n, confidence)
    return share, low, high


def cross_exclusive(cells: CellSums, confidence: float = 0.95) -> Crosstab:
    """Cross a single choice or a scale with groups.

    Args:
        cells: sums [options × groups] of the valid answers; every person in one cell.
        confidence: of the intervals.
    """
    share, low, high = share_cells(cells, cells.total(), confidence)
    triple = (cells.count, cells.weight, cells.weight_squared)
    return Crosstab(
        count=cells.count,
        base=cells.count.sum(axis=0),
        effective_base=cells.total().effective,
        share=share,
        low=low,
        high=high,
        residual=adjusted_residuals(*triple),
        test=check_independence(*triple),
        option_tests=(),
        option_p_values=np.empty(0),
    )


def cross_multiple(cells: CellSums, bases: CellSums, confidence: float = 0.95) -> Crosstab:
    """Cross a multiple choice with groups, option by option.

    Args:
        cells: sums [options × groups] of the people who chose the option.
        bases: sums [groups] of the people who saw the question and answered it.
        confidence: of the intervals.

    Raises:
        ValueError: when more people chose an option than answered.
    """
    if (cells.count > bases.count[None, :]).any():
        raise ValueError("more people chose an option than answered the question")
    share, low, high = share_cells(cells, bases, confidence)
    residual = np.full(cells.count.shape, np.nan)
    tests: list[IndependenceTest | None] = []
    for position in range(len(cells.count)):
        table = _yes_and_no(cells, bases, position)
        residual[position] = adjusted_residuals(*table)[0]
        tests.append(check_independence(*table))
    p_values = np.array([np.nan if test is None else test.p_value for test in tests])
    return Crosstab(
        count=cells.count,
        base=bases.count,
        effective_base=bases.effective,
        share=share,
        low=low,
        high=high,
        residual=residual,
        test=None,
        option_tests=tuple(tests),
        option_p_values=benjamini_hochberg(p_values),
    )


def _yes_and_no(cells: CellSums, bases: CellSums, position: int) -> tuple[Floats, Floats | None, Floats | None]:
    def pair(chosen: npt.ArrayLike, base: npt.ArrayLike) -> Floats:
        chosen = np.asarray(chosen, dtype=float)
        return np.stack([chosen, np.maximum(np.asarray(base, dtype=float) - chosen, 0.0)])

    count = pair(cells.count[position], bases.count)
    if cells.weight is None or cells.weight_squared is None or bases.weight is None or bases.weight_squared is None:
        return count, None, None
    # Where everybody chose, or nobody did, a rest of 1e-17 is no weight of anybody.
    somebody = count > 0
    weight = np.where(somebody, pair(cells.weight[position], bases.weight), 0.0)
    return count, weight, np.where(somebody, pair(cells.weight_squared[position], bases.weight_squared), 0.0)
