"""Several questions as one scale: the items first, then whether they hang together (Cronbach's α).

Only from fifty people on: of fewer α says next to nothing. The items' own figures come before the scale's, because a
question that runs against the others (worded the other way round, or misread) shows there and is hidden in α.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEAST_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a scale.

    Attributes:
        mean: of its scores.
        rest_correlation: with the sum of the other items; negative when it runs against them, NaN when nobody differs.
        alpha_without: α of the others alone, NaN when fewer than two are left.
    """

    mean: float
    rest_correlation: float
    alpha_without: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How a scale's items hang together.

    Attributes:
        items: in the order given.
        people: with an answer to every item; others are left out.
        left_out: people with some answers, but not all.
        alpha, low, high: Cronbach's α with its 95 % interval.
        reversed_items: positions of items that run against the others.
    """

    items: tuple[Item, ...]
    people: int
    left_out: int
    alpha: float
    low: float
    high: float
    reversed_items: tuple[int, ...]


def cronbach_alpha(scores: npt.ArrayLike, confidence: float = 0.95) -> Reliability | None:
    """Return how the items of a scale hang together.

    Args:
        scores: people × items, all items scored the same way round; NaN for no answer.
        confidence: of the interval of α.

    Returns:
        ``None`` with fewer than two items, fewer than `LEAST_PEOPLE` full answers, or no differences among people.

    Source: L. J. Cronbach, Psychometrika 16 (1951) 297–334; interval of L. S. Feldt, Psychometrika 30 (1965) 357–370.
    """
    from scipy.special import fdtri  # noqa: PLC0415 # costs 0.2 s of a cold start

    given = np.asarray(scores, dtype=float)
    answered = ~np.isnan(given)
    full = given[answered.all(axis=1)]
    people, number = full.shape
    if number < 2 or people < LEAST_PEOPLE:
        return None
    covariance = np.cov(full, rowvar=False)
    if not covariance.sum() > 0:
        return None
    alpha = _alpha(covariance)
    df1, df2 = people - 1, (people - 1) * (number - 1)
    tail = (1 - confidence) / 2
    low, high = (1 - (1 - alpha) * float(fdtri(df1, df2, part)) for part in (1 - tail, tail))
    items = tuple(_item(full, covariance, position) for position in range(number))
    return Reliability(
        items=items,
        people=people,
        left_out=int((answered.any(axis=1) & ~answered.all(axis=1)).sum()),
        alpha=alpha,
        low=low,
        high=high,
        reversed_items=tuple(position for position, item in enumerate(items) if item.rest_correlation < 0),
    )


def _alpha(covariance: Floats) -> float:
    number = len(covariance)
    total = float(covariance.sum())
    return number / (number - 1) * (1 - float(np.trace(covariance)) / total) if total > 0 else float("nan")


def _item(full: Floats, covariance: Floats, position: int) -> Item:
    others = np.delete(np.arange(len(covariance)), position)
    rest = covariance[np.ix_(others, others)]
    spread = float(covariance[position, position] * rest.sum())
    correlation = float(covariance[position, others].sum()) / spread**0.5 if spread > 0 else float("nan")
    without = _alpha(rest) if len(others) > 1 else float("nan")
    return Item(float(full[:, position].mean()), correlation, without)
