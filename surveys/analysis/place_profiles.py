"""One place beside others, answer by answer, and which places have a profile like its own.

What others say together is the mean of their shares, each place counting once: a large place would else speak for all.
Its uncertainty is that of the people who happened to answer in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from surveys.analysis.multiplicity import Correction, adjust, adjusted_levels
from surveys.analysis.uncertainty import newcombe_interval, wilson_interval
from surveys.analysis.wave_comparison import newcombe_p_value

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MOST_ALIKE = 3
"""How many places of a similar profile are named; fewer may not be put together."""


@dataclass(frozen=True, slots=True)
class Typical:
    """A share that several places have together, each counting once.

    Attributes:
        share: mean of their shares.
        effective: people of one sample that would know the share as well.
        low, high: 95 % interval.
        places: how many they are.
    """

    share: float
    effective: float
    low: float
    high: float
    places: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer: the place's own share against that of the others.

    Attributes:
        own: people with the answer and people who answered.
        others: what the others have together.
        difference: own share minus theirs, with its interval, which allows for all answers looked at.
        p_value: adjusted; at most 0.05 exactly when the interval excludes 0.
    """

    own: tuple[int, int]
    others: Typical
    difference: float
    low: float
    high: float
    p_value: float

    @property
    def is_seen(self) -> bool:
        """Whether the interval of the difference excludes 0."""
        return self.low > 0 or self.high < 0


def typical_share(counts: Ints, bases: Ints) -> Typical:
    """Return the mean share of places.

    Args:
        counts: people with the answer, by place.
        bases: people who answered, each above 0.
    """
    # One person more on both sides: a place where nobody gave the answer is not known for certain to have nobody.
    softened = (counts + 1) / (bases + 2)
    variance = float((softened * (1 - softened) / bases).sum()) / len(bases) ** 2
    share = float((counts / bases).mean())
    middle = float(softened.mean())
    effective = middle * (1 - middle) / variance
    low, high = wilson_interval(share * effective, effective)
    return Typical(share, effective, low, high, len(bases))


def compare_with_others(
    own: tuple[Ints, int], others: tuple[Ints, Ints], *, alpha: float = 0.05
) -> tuple[Difference, ...]:
    """Compare a place with others, answer by answer.

    Args:
        own: people with each answer, and people who answered.
        others: the same of the others: places × answers, and places.
        alpha: share of false differences among those seen (Benjamini–Hochberg over all answers).

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10, with the effective number of people of
    the others in place of a base.
    """
    typical = [typical_share(others[0][:, answer], others[1]) for answer in range(others[0].shape[1])]
    base = own[1]
    samples = [
        (float(count), float(base), together.share * together.effective, together.effective)
        for count, together in zip(own[0].tolist(), typical, strict=True)
    ]
    p_values = [newcombe_p_value(*sample) for sample in samples]
    levels = adjusted_levels(p_values, Correction.BENJAMINI_HOCHBERG, alpha)
    adjusted = adjust(p_values, Correction.BENJAMINI_HOCHBERG)
    return tuple(
        Difference((int(sample[0]), base), together, *newcombe_interval(*sample, confidence=float(level)), float(p))
        for sample, together, level, p in zip(samples, typical, levels, adjusted, strict=True)
    )


def profile_likeness(values: Floats, variances: Floats | None = None) -> Floats:
    """Return how alike the profiles of places are, each with each.

    Args:
        values: places × answers, in any unit that all share (shares, percents, people of a thousand); not negative.
        variances: of sampling, as large, in the square of that unit: small places are otherwise unlike everybody.

    Returns:
        places × places: 1 for the same profile, 0 for profiles that have nothing in common; symmetric. The unit does
        not matter. ``NaN`` for a place of which nothing is known.

    Source: the quantitative coefficient of Sørensen and Dice, 2Σpq / (Σp² + Σq²), with Σp² freed of what sampling
    adds to it.
    """
    noise = np.zeros_like(values) if variances is None else variances
    together = values @ values.T
    sizes = np.maximum((values**2 - noise).sum(axis=1), 0.0)
    added = sizes[:, None] + sizes[None, :]
    likeness = np.full(together.shape, np.nan)
    np.divide(2 * together, added, out=likeness, where=added > 0)
    np.clip(likeness, 0.0, 1.0, out=likeness)
    known = values.sum(axis=1) > 0
    likeness[~known, :] = np.nan
    likeness[:, ~known] = np.nan
    np.fill_diagonal(likeness, np.where(known, 1.0, np.nan))
    return likeness


def find_alike(keys: Sequence[str], counts: Ints, bases: Ints, key: str, most: int = MOST_ALIKE) -> tuple[str, ...]:
    """Return the places whose profile is most like that of one, the most alike first; ties in order of the keys.

    Args:
        keys: places, in any order.
        counts: places × answers.
        bases: people of each, 2 or more.
        key: the place whose neighbours are looked for.
        most: how many.
    """
    shares = counts / bases[:, None]
    likeness = profile_likeness(shares, shares * (1 - shares) / (bases[:, None] - 1))
    mine = likeness[list(keys).index(key)]
    ordered = sorted(
        (-round(float(value), 9), other)
        for other, value in zip(keys, mine, strict=True)
        if other != key and not np.isnan(value)
    )
    return tuple(other for _, other in ordered[:most])
