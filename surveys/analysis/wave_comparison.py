"""Two measurements of a question side by side: which differences can be seen, with all that were looked at.

Takes published figures only, so that it cannot tell what the gate of privacy hid, and the verdict of the gate of
comparisons, without which it refuses.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import erfc, sqrt

import numpy as np

from surveys.analysis.comparability import Grade, Verdict
from surveys.analysis.multiplicity import Correction, adjust, adjusted_levels
from surveys.analysis.uncertainty import newcombe_interval
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable


class NotComparableError(ValueError):
    """The gate of comparisons forbids this one. A programming error: pages ask the gate first."""


class Direction(StrEnum):
    """Which way a share went from the first measurement to the second."""

    MORE = "more"
    LESS = "less"
    UNSEEN = "unseen"  # no difference can be seen


@dataclass(frozen=True, slots=True)
class Change:
    """One answer in two measurements.

    Attributes:
        key: code of the answer.
        labels: the same in words.
        first, second: its row in each.
        difference: second share minus first.
        low, high: interval of the difference, at a level that allows for all comparisons looked at.
        p_value: adjusted for them; at most alpha exactly when the interval excludes 0.
        direction: more or less only when the interval excludes 0.
    """

    key: str
    labels: dict[Language, str]
    first: PublishedRow
    second: PublishedRow
    difference: float
    low: float
    high: float
    p_value: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class WaveComparison:
    """All answers of a question in two measurements.

    Attributes:
        verdict: of the gate, to be shown with the figures.
        changes: in the order of the first measurement.
        left_out: codes that only one measurement has, or that privacy hides or says in counts only in one of them.
        looked_at: number of comparisons allowed for.
        correction: how.
    """

    verdict: Verdict
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    looked_at: int
    correction: Correction


def compare_measurements(
    first: PublishedTable,
    second: PublishedTable,
    verdict: Verdict,
    correction: Correction = Correction.HOLM,
    alpha: float = 0.05,
) -> WaveComparison:
    """Compare a question's shares in two measurements.

    Args:
        first: shares by option, published.
        second: the same of the other measurement; for a verdict on a dichotomy, shares of the dichotomy.
        verdict: of `judge_comparability`.
        correction: Holm for a few planned comparisons, Benjamini–Hochberg for a screen of many.
        alpha: how often a difference may be seen where there is none.

    Raises:
        NotComparableError: when the verdict is "not comparable".

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10, inverted for p-values. Two
    measurements are taken for independent samples; people who answered twice make the intervals wider than needed.
    """
    if verdict.grade is Grade.NOT_COMPARABLE:
        raise NotComparableError("these measurements are not comparable")
    other = {row.keys[-1]: row for row in second.rows}
    pairs = [(row, other[row.keys[-1]]) for row in first.rows if row.keys[-1] in other]
    pairs = [(one, two) for one, two in pairs if one.value is not None and two.value is not None]
    compared = {one.keys[-1] for one, _ in pairs}
    codes = dict.fromkeys([*(row.keys[-1] for row in first.rows), *other])
    p_values = [newcombe_p_value(*_sample(two), *_sample(one)) for one, two in pairs]
    levels = adjusted_levels(p_values, correction, alpha)
    changes = tuple(
        _change(one, two, float(level), float(p_value))
        for (one, two), level, p_value in zip(pairs, levels, adjust(p_values, correction), strict=True)
    )
    left_out = tuple(code for code in codes if code not in compared)
    return WaveComparison(verdict, changes, left_out, len(changes), correction)


def newcombe_p_value(count1: float, n1: float, count2: float, n2: float) -> float:
    """Return the p-value at which Newcombe's interval of a difference begins to exclude 0.

    Args:
        count1: people in the first group who chose the option.
        n1: base of the first group.
        count2: the same in the second group.
        n2: base of the second group.

    Returns:
        1 for equal shares; the interval at confidence c excludes 0 exactly when this is below 1 − c.
    """
    if count1 / n1 == count2 / n2:
        return 1.0
    low, high = 0.0, 40.0  # in standard errors; the interval widens with them
    for _ in range(60):
        middle = (low + high) / 2
        if _excludes_zero(count1, n1, count2, n2, middle):
            low = middle
        else:
            high = middle
    return erfc(low / sqrt(2))


def _excludes_zero(count1: float, n1: float, count2: float, n2: float, z: float) -> bool:
    """Whether the hybrid score interval that reaches z standard errors lies on one side of 0."""
    if count1 / n1 < count2 / n2:
        count1, n1, count2, n2 = count2, n2, count1, n1
    share1, share2 = count1 / n1, count2 / n2
    below = share1 - _wilson_bound(count1, n1, -z)
    above = _wilson_bound(count2, n2, z) - share2
    return share1 - share2 > sqrt(below**2 + above**2)


def _wilson_bound(count: float, n: float, z: float) -> float:
    spread = z * sqrt(z * z + 4 * count * (1 - count / n))
    return (2 * count + z * z + spread) / (2 * (n + z * z))


def _sample(row: PublishedRow) -> tuple[float, float]:
    n = float(row.effective_base if row.effective_base is not None else row.base or 0)
    return min((row.value or 0.0) * n, n), n


def _change(first: PublishedRow, second: PublishedRow, level: float, p_value: float) -> Change:
    difference, low, high = newcombe_interval(*_sample(second), *_sample(first), level)
    direction = Direction.MORE if low > 0 else Direction.LESS if high < 0 else Direction.UNSEEN
    labels = {language: words[-1] for language, words in first.labels.items()}
    bounds = (float(np.clip(low, -1, 1)), float(np.clip(high, -1, 1)))
    return Change(first.keys[-1], labels, first, second, difference, *bounds, p_value, direction)
