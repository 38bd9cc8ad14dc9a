"""Many comparisons at once: who looks at twenty differences finds one by chance.

Benjamini–Hochberg for screens (which of many differences deserve a look), Holm for a few planned comparisons. Both
come as adjusted p-values and as confidence levels, such that an interval at its level excludes "no difference"
exactly when the adjusted p-value is at most alpha: a sentence and its interval cannot disagree.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Correction(StrEnum):
    """How many comparisons are allowed for."""

    HOLM = "holm"  # a few planned comparisons: no false difference among them
    BENJAMINI_HOCHBERG = "benjamini_hochberg"  # a screen: few false ones among the differences found


def holm(p_values: Sequence[float] | Floats) -> Floats:
    """Return p-values adjusted by Holm's step-down method, in the order given.

    Args:
        p_values: between 0 and 1; NaN stands for a comparison that could not be made, is not counted, and stays NaN.

    Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
    """
    return _adjust(p_values, lambda ordered: np.maximum.accumulate(ordered * np.arange(len(ordered), 0, -1)))


def benjamini_hochberg(p_values: Sequence[float] | Floats) -> Floats:
    """Return p-values adjusted by the step-up method that holds the false discovery rate, in the order given.

    Args:
        p_values: between 0 and 1; NaN stands for a comparison that could not be made, is not counted, and stays NaN.

    Source: Y. Benjamini, Y. Hochberg, JRSS B 57 (1995) 289–300.
    """
    return _adjust(
        p_values,
        lambda ordered: np.minimum.accumulate((ordered * len(ordered) / np.arange(1, len(ordered) + 1))[::-1])[::-1],
    )


def adjust(p_values: Sequence[float] | Floats, correction: Correction) -> Floats:
    """Return p-values adjusted by a correction."""
    return holm(p_values) if correction is Correction.HOLM else benjamini_hochberg(p_values)


def adjusted_levels(p_values: Sequence[float] | Floats, correction: Correction, alpha: float = 0.05) -> Floats:
    """Return the confidence level at which each comparison's interval is to be drawn.

    At its level an interval excludes "no difference" exactly when the adjusted p-value is at most alpha, provided
    that p-value and interval come from the same method.

    Args:
        p_values: as in `holm`.
        correction: Holm: level 1 − α/(m − i) for the i-th smallest (from 0) as long as they pass, the level of the
            first that fails for the rest. Benjamini–Hochberg: 1 − Rα/m for all, R being how many pass (at least 1).
        alpha: between 0 and 1.

    Returns:
        Levels between 0 and 1, NaN where the p-value is.

    Source: Holm (1979); for selected intervals Y. Benjamini, D. Yekutieli, JASA 100 (2005) 71–81.
    """
    values = np.asarray(p_values, dtype=float)
    levels = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    number = len(known)
    if not number:
        return levels
    ordered = known[np.argsort(values[known], kind="stable")]
    if correction is Correction.BENJAMINI_HOCHBERG:
        passed = int((benjamini_hochberg(values[known]) <= alpha).sum())
        levels[known] = 1 - max(1, passed) * alpha / number
        return levels
    steps = alpha / np.arange(number, 0, -1)
    failing = values[ordered] > steps
    first = int(np.argmax(failing)) if failing.any() else number - 1
    levels[ordered] = 1 - np.where(np.arange(number) < first, steps, steps[first])
    return levels


def _adjust(p_values: Sequence[float] | Floats, rule: Callable[[Floats], Floats]) -> Floats:
    values = np.asarray(p_values, dtype=float)
    known = ~np.isnan(values)
    if ((values[known] < 0) | (values[known] > 1)).any():
        raise ValueError("a p-value lies between 0 and 1")
    adjusted = np.full(values.shape, np.nan)
    given = values[known]
    order = np.argsort(given, kind="stable")
    back = np.empty(len(given))
    back[order] = np.minimum(rule(given[order]), 1.0)
    adjusted[known] = back
    return adjusted
