"""Does the answer go with the group? χ² of a table of counts or of weighted sums, with its strength and residuals.

Written out in numpy, with tails from `scipy.special` (imported when first asked: it costs a quarter of a second of a
cold start); statsmodels, scipy.stats and samplics are the second opinion of the tests.

Weights make answers less certain than their number says. The weighted test is therefore corrected by Rao and Scott:
the covariance of the weighted cell shares is taken from Σw and Σw² of the cells alone, as if people had been drawn
independently with replacement (no strata, no clusters: our surveys have none that anybody recorded).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# The corrected test solves equations with a row a cell; beyond so many a table is no table to read either.
MOST_CELLS = 600


@dataclass(frozen=True, slots=True)
class IndependenceTest:
    """The χ² test of one table.

    Attributes:
        chi_square: Pearson's statistic (of the weighted shares times the number of people, when weighted).
        df: (rows − 1) · (columns − 1) without empty rows and columns.
        p_value: of the plain test when unweighted, of the second-order corrected F when weighted.
        cramers_v: strength, 0 to 1.
        few_expected: an expected count under 1, or over a fifth of them under 5 (Cochran): the p-value is rough.
        p_first_order: p-value with the first-order correction; ``None`` when unweighted.
        f_value, f_df1, f_df2: the corrected F and its degrees of freedom; ``None`` when unweighted.
    """

    chi_square: float
    df: int
    p_value: float
    cramers_v: float
    few_expected: bool
    p_first_order: float | None = None
    f_value: float | None = None
    f_df1: float | None = None
    f_df2: float | None = None


def check_independence(
    count: npt.ArrayLike, weight: npt.ArrayLike | None = None, weight_squared: npt.ArrayLike | None = None
) -> IndependenceTest | None:
    """Test whether rows and columns of a table are independent.

    Args:
        count: people per cell [rows × columns], everybody in one cell.
        weight: Σw per cell, when weighted.
        weight_squared: Σw² per cell, when weighted.

    Returns:
        The test; ``None`` when fewer than two rows or columns hold anybody, or when a weighted table has more than
        `MOST_CELLS` cells.

    Source: J. N. K. Rao, A. J. Scott, Annals of Statistics 12 (1984) 46–60; the F form of D. R. Thomas, J. N. K. Rao,
    JASA 82 (1987) 630–636; expected counts W. G. Cochran, Biometrics 10 (1954) 417–451.
    """
    from scipy.special import chdtrc, fdtrc  # noqa: PLC0415 # costs 0.2 s of a cold start

    counts = np.asarray(count, dtype=float)
    sums = counts if weight is None else np.asarray(weight, dtype=float)
    rows, columns = sums.sum(axis=1) > 0, sums.sum(axis=0) > 0
    if rows.sum() < 2 or columns.sum() < 2:
        return None
    people = counts.sum()
    kept = np.ix_(rows, columns)
    shares = sums[kept] / sums.sum()
    fitted = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    chi_square = float(people * ((shares - fitted) ** 2 / fitted).sum())
    df = (shares.shape[0] - 1) * (shares.shape[1] - 1)
    strength = float(np.sqrt(chi_square / (people * (min(shares.shape) - 1))))
    expected = fitted * people
    few = bool((expected < 1).any() or (expected < 5).mean() > 0.2)
    if weight is None or weight_squared is None:
        return IndependenceTest(chi_square, df, float(chdtrc(df, chi_square)), strength, few)
    if shares.size > MOST_CELLS or people < 2:
        return None
    squares = np.asarray(weight_squared, dtype=float)[kept]
    effects = _design_effects(shares, squares, float(sums.sum()), float(people))
    total, total_squared = float(np.trace(effects)), float(np.trace(effects @ effects))
    f_value, df1 = chi_square / total, total**2 / total_squared
    df2 = df1 * (people - 1)
    return IndependenceTest(
        chi_square=chi_square,
        df=df,
        p_value=float(fdtrc(df1, df2, f_value)),
        cramers_v=min(1.0, strength),
        few_expected=few,
        p_first_order=float(chdtrc(df, chi_square * df / total)),
        f_value=f_value,
        f_df1=df1,
        f_df2=float(df2),
    )


def adjusted_residuals(
    count: npt.ArrayLike, weight: npt.ArrayLike | None = None, weight_squared: npt.ArrayLike | None = None
) -> Floats:
    """Return how far each cell lies from independence, in standard errors [rows × columns].

    Unweighted these are the adjusted (standardised) residuals; weighted ones are divided by the root of the design
    effect of the cell's own deviation p_rc − p_r·p_c, so that equal weights change nothing. NaN where a row or a
    column is empty or holds everybody.

    Args:
        count: people per cell, as in `check_independence`.
        weight: Σw per cell, when weighted.
        weight_squared: Σw² per cell, when weighted.

    Source: S. J. Haberman, Biometrics 29 (1973) 205–220; variance of the deviation by linearisation (Särndal,
    Swensson, Wretman, Model Assisted Survey Sampling (1992), section 5.5).
    """
    counts = np.asarray(count, dtype=float)
    sums = counts if weight is None else np.asarray(weight, dtype=float)
    people, total = counts.sum(), sums.sum()
    if not total > 0:
        return np.full(counts.shape, np.nan)
    shares = sums / total
    row, column = shares.sum(axis=1)[:, None], shares.sum(axis=0)[None, :]
    variance = row * column * (1 - row) * (1 - column) / people
    with np.errstate(divide="ignore", invalid="ignore"):
        residuals = np.where(variance > 0, (shares - row * column) / np.sqrt(variance), np.nan)
        if weight is None or weight_squared is None:
            return np.asarray(residuals)
        squares = np.asarray(weight_squared, dtype=float) / total**2
        effects = _deviation_variance(shares, squares) / (_deviation_variance(shares, shares) / people)
        return np.asarray(np.where(effects > 0, residuals / np.sqrt(effects), np.nan))


def _design_effects(shares: Floats, squares: Floats, total: float, people: float) -> Floats:
    """Return the matrix of generalised design effects of the interaction contrasts."""
    rows, columns = shares.shape
    p, s = shares.ravel(), squares.ravel()
    covariance = np.diag(s) - np.outer(p, s) - np.outer(s, p) + np.outer(p, p) * s.sum()
    covariance *= people / (people - 1) / total**2
    # Contrasts of interaction: the product of deviations from the mean of the rows and of the columns.
    contrasts = np.kron(np.eye(rows)[:, 1:] - 1 / rows, np.eye(columns)[:, 1:] - 1 / columns)
    inverse = np.divide(1.0, p, out=np.zeros_like(p), where=p > 0)
    scaled = contrasts * inverse[:, None]
    simple = contrasts.T @ scaled / people
    # A pattern of empty cells can leave a contrast without anybody behind it: the least-norm solution leaves it out.
    return np.asarray(np.linalg.pinv(simple, hermitian=True) @ (scaled.T @ covariance @ scaled))


def _deviation_variance(shares: Floats, squares: Floats) -> Floats:
    """Return Σ of squared influences on p_rc − p_r·p_c per cell; ``squares`` are Σw² (or shares) per cell."""
    row, column = shares.sum(axis=1)[:, None], shares.sum(axis=0)[None, :]
    row_squares, column_squares = squares.sum(axis=1)[:, None], squares.sum(axis=0)[None, :]
    rest = squares.sum() - row_squares - column_squares + squares
    base = 2 * row * column - shares
    return np.asarray(
        squares * (1 - row - column + base) ** 2
        + (row_squares - squares) * (base - column) ** 2
        + (column_squares - squares) * (base - row) ** 2
        + rest * base**2
    )
