"""Places of different size beside each other: shrunk shares, funnel limits, and what can be said of an order.

A small place is at the top or the bottom of a list by chance alone. Shares are therefore drawn towards the mean of
all places, the more so the fewer people answered; a funnel shows how far chance reaches at each size; an order is
said only as far as simulation from the posterior carries it. With a dozen or so places the spread between them is
itself poorly known, and `ShrunkShares.prior_is_known` says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from surveys.analysis.uncertainty import wilson_interval

Floats = npt.NDArray[np.float64]
FEWEST_PLACES = 30
"""From so many places on the spread between them is taken for known."""


@dataclass(frozen=True, slots=True, eq=False)
class ShrunkShares:
    """Shares drawn towards their mean, place by place.

    Attributes:
        estimates: 0–1, each between the mean and the place's own share.
        low, high: 95 % interval from the posterior; that of the mean itself when no spread can be seen.
        own: the places' own shares, NaN where nobody answered.
        mean: of all people together.
        between: variance between places, never below 0.
        counts, bases: as given.
    """

    estimates: Floats
    low: Floats
    high: Floats
    own: Floats
    mean: float
    between: float
    counts: Floats
    bases: Floats

    @property
    def prior_is_known(self) -> bool:
        """Whether there are enough places to know how much they differ."""
        return len(self.estimates) >= FEWEST_PLACES

    @property
    def prior(self) -> tuple[float, float] | None:
        """The beta distribution of the places' shares, ``None`` when no spread can be seen."""
        if self.between <= 0:
            return None
        size = self.mean * (1 - self.mean) / self.between - 1
        return self.mean * size, (1 - self.mean) * size


class Standing(StrEnum):
    """What can be said of a place's rank."""

    FRONT = "front"
    MIDDLE = "middle"
    BACK = "back"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Where a place may stand, 1 being the largest share."""

    low: int
    high: int
    standing: Standing


def shrink_shares(counts: Sequence[float] | Floats, bases: Sequence[float] | Floats) -> ShrunkShares:
    """Return shares of places drawn towards their mean (beta-binomial, empirical Bayes).

    Args:
        counts: people of each place with the answer.
        bases: people of each place who answered; 0 gives the mean.

    Raises:
        ValueError: when counts and bases don't fit, or nobody answered anywhere.

    Source: moments as R. J. Marshall, Applied Statistics 40 (1991) 283–294, with the variance m(1 − m)/b of a share
    in place of the Poisson's m/b, and clamped at 0: below it the order of places would be turned round.
    """
    count, base = _check(counts, bases)
    if (count > base).any():
        raise ValueError("no more people gave the answer than answered")
    mean, spread = _moments(count, base)
    between = max(0.0, spread - mean * (1 - mean) * np.count_nonzero(base) / base.sum())
    own = np.full(len(base), np.nan)
    np.divide(count, base, out=own, where=base > 0)
    # All the difference there can be: places of nobody but yes and nobody but no.
    between = min(between, mean * (1 - mean) * (1 - 1e-9))
    if between <= 0:
        low, high = wilson_interval(float(count.sum()), float(base.sum()))
        flat = np.ones(len(base))
        return ShrunkShares(flat * mean, flat * low, flat * high, own, mean, 0.0, count, base)
    from scipy.special import betaincinv  # noqa: PLC0415 # costs 0.2 s of a cold start

    size = mean * (1 - mean) / between - 1
    yes, no = mean * size + count, (1 - mean) * size + base - count
    return ShrunkShares(
        estimates=yes / (yes + no),
        low=betaincinv(yes, no, 0.025),
        high=betaincinv(yes, no, 0.975),
        own=own,
        mean=mean,
        between=between,
        counts=count,
        bases=base,
    )


def shrink_rates(events: Sequence[float] | Floats, bases: Sequence[float] | Floats) -> tuple[Floats, float, float]:
    """Return rates of rare events drawn towards their mean, with that mean and the variance between places.

    For events that are few among many (registers), not for shares of answers.

    Args:
        events: of each place.
        bases: people of each place, above 0.

    Source: Marshall (1991), the global estimator.
    """
    count, base = _check(events, bases)
    mean, spread = _moments(count, base)
    between = max(0.0, spread - mean * len(base) / base.sum())
    rates = count / base
    estimates = mean + between / (between + mean / base) * (rates - mean) if between > 0 else np.full(len(base), mean)
    return np.asarray(estimates), mean, between


def funnel_limits(p0: float, n: npt.ArrayLike, level: npt.ArrayLike = 0.95) -> tuple[Floats, Floats]:
    """Return how far chance takes a share at each size when the true one is p0.

    Args:
        p0: share of all places together, above 0 and below 1.
        n: people, one number or many, above 0.
        level: 0.95 and 0.998 by custom; one number, or one for each size.

    Returns:
        Lower and upper limits of the shape of ``n``: exact binomial limits, interpolated, within 0–1.

    Source: D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185–1202, appendix.
    """
    size, reach = np.asarray(n, dtype=np.int64), np.asarray(level, dtype=float)
    if not 0 < p0 < 1 or not ((reach > 0) & (reach < 1)).all() or (size <= 0).any():
        raise ValueError("a funnel needs a share and a level between 0 and 1, and somebody at each size")
    tail = (1 - reach) / 2
    return _binomial_limit(tail, size, p0), _binomial_limit(1 - tail, size, p0)


def simulate_ranks(
    shares: ShrunkShares, *, seed: int, draws: int = 4000, confidence: float = 0.9
) -> tuple[RankInterval, ...]:
    """Return where each place may stand, by simulation from the posterior.

    Args:
        shares: of `shrink_shares`.
        seed: of the simulation; the same seed gives the same ranks.
        draws: how often to draw.
        confidence: of the rank intervals.

    Returns:
        Intervals in the order given. A third at the front, the middle or the back only when the whole interval lies
        in it; undecided else, and for all where no spread can be seen.

    Source: H. Goldstein, D. J. Spiegelhalter, JRSS A 159 (1996) 385–443.
    """
    number = len(shares.estimates)
    if shares.prior is None:
        return tuple(RankInterval(1, number, Standing.UNDECIDED) for _ in range(number))
    yes, no = shares.prior[0] + shares.counts, shares.prior[1] + shares.bases - shares.counts
    drawn = np.random.default_rng(seed).beta(yes, no, size=(draws, number))
    ranks = (-drawn).argsort(axis=1).argsort(axis=1) + 1
    tail = (1 - confidence) / 2
    low, high = (np.quantile(ranks, part, axis=0, method="inverted_cdf") for part in (tail, 1 - tail))
    return tuple(
        RankInterval(int(first), int(last), _standing(int(first), int(last), number))
        for first, last in zip(low, high, strict=True)
    )


def _standing(first: int, last: int, number: int) -> Standing:
    third = number / 3
    if last <= third:
        return Standing.FRONT
    if first > number - third:
        return Standing.BACK
    return Standing.MIDDLE if first > third and last <= number - third else Standing.UNDECIDED


def _check(counts: Sequence[float] | Floats, bases: Sequence[float] | Floats) -> tuple[Floats, Floats]:
    count, base = np.asarray(counts, dtype=float), np.asarray(bases, dtype=float)
    if count.shape != base.shape or count.ndim != 1 or (count < 0).any() or (base < 0).any() or not base.sum() > 0:
        raise ValueError("every place needs a count and a base, and somebody has to have answered somewhere")
    return count, base


def _moments(count: Floats, base: Floats) -> tuple[float, float]:
    mean = float(count.sum() / base.sum())
    rates = np.divide(count, base, out=np.full(len(base), mean), where=base > 0)
    return mean, float((base * (rates - mean) ** 2).sum() / base.sum())


def _binomial_limit(part: Floats, size: npt.NDArray[np.int64], share: float) -> Floats:
    from scipy.special import bdtr, bdtrik  # noqa: PLC0415 # costs 0.2 s of a cold start

    # The least number whose cumulative probability reaches the part; the inverse may be off by a hair.
    reached = np.ceil(np.nan_to_num(bdtrik(part, size, share), nan=0.0))
    reached = np.where(bdtr(np.maximum(reached - 1, 0), size, share) >= part, np.maximum(reached - 1, 0), reached)
    reached = np.where(bdtr(reached, size, share) < part, reached + 1, reached)
    above = bdtr(reached, size, share)
    below = np.where(reached >= 1, bdtr(np.maximum(reached - 1, 0), size, share), 0.0)
    return np.asarray(np.clip((reached - (above - part) / (above - below)) / size, 0.0, 1.0))
