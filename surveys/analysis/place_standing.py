"""What can be said of one answer in many places: its share drawn towards the mean, its rank, whether it stands out.

A place stands out when its share lies beyond the limits that chance reaches around the share of all together, at a
level that allows for all places looked at. The order in which places are given does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from surveys.analysis.comparison import (
    FEWEST_PLACES,
    RankInterval,
    funnel_limits,
    shrink_shares,
    simulate_ranks,
)
from surveys.analysis.multiplicity import benjamini_hochberg

Floats = npt.NDArray[np.float64]
WARNING, ALARM = 0.95, 0.998
"""Levels of the two pairs of limits of a funnel."""
_SEED = 20_261
_HALVINGS = 40
_ALPHA = 0.05


class Position(StrEnum):
    """Where a place lies in the funnel."""

    INSIDE = "inside"
    ABOVE = "above"  # beyond the 95 % limit
    BELOW = "below"
    FAR_ABOVE = "far_above"  # beyond the 99.8 % limit
    FAR_BELOW = "far_below"


@dataclass(frozen=True, slots=True)
class Standing:
    """One answer in one place.

    Attributes:
        own: share of the place, 0–1.
        shrunk, low, high: drawn towards the mean, with its 95 % interval.
        rank: where it may stand among all, 1 being the largest share; 90 % interval.
        position: in the funnel.
        p_value: of lying so far out by chance, adjusted for all places (Benjamini–Hochberg).
    """

    own: float
    shrunk: float
    low: float
    high: float
    rank: RankInterval
    position: Position
    p_value: float

    @property
    def stands_out(self) -> bool:
        """Whether it differs from the others by more than chance, with all places that were looked at."""
        return self.p_value <= _ALPHA


@dataclass(frozen=True, slots=True)
class Standings:
    """One answer in many places.

    Attributes:
        mean: share of all people together.
        places: by place, in order of their keys.
        prior_is_known: whether there are enough places to know how much they differ.
    """

    mean: float
    places: dict[str, Standing]
    prior_is_known: bool

    @property
    def can_rank(self) -> bool:
        """Whether any place's rank can be told at all."""
        return any(standing.rank.standing.value != "undecided" for standing in self.places.values())


def stand_places(counts: Mapping[str, tuple[int, int]], *, seed: int = _SEED) -> Standings:
    """Return what can be said of each place.

    Args:
        counts: people with the answer and people who answered (above 0), by place; two places or more.
        seed: of the simulation of ranks; the same seed gives the same ranks.

    Source: see `surveys.analysis.comparison`; Y. Benjamini, Y. Hochberg, JRSS B 57 (1995) 289–300.
    """
    keys = sorted(counts)
    count = np.array([counts[key][0] for key in keys], dtype=float)
    base = np.array([counts[key][1] for key in keys], dtype=float)
    shrunk = shrink_shares(count, base)
    ranks = simulate_ranks(shrunk, seed=seed)
    own = count / base
    if 0 < shrunk.mean < 1:
        positions = find_positions(own, base, shrunk.mean)
        p_values = benjamini_hochberg(funnel_p_values(own, base, shrunk.mean))
    else:
        positions, p_values = [Position.INSIDE] * len(keys), np.ones(len(keys))
    return Standings(
        shrunk.mean,
        {
            key: Standing(
                float(own[place]),
                float(shrunk.estimates[place]),
                float(shrunk.low[place]),
                float(shrunk.high[place]),
                ranks[place],
                positions[place],
                float(p_values[place]),
            )
            for place, key in enumerate(keys)
        },
        len(keys) >= FEWEST_PLACES,
    )


def find_positions(shares: Floats, bases: Floats, mean: float) -> list[Position]:
    """Return where shares lie in the funnel around a mean (above 0, below 1)."""
    (low, high), (far_low, far_high) = (funnel_limits(mean, bases, level) for level in (WARNING, ALARM))
    return [
        Position.FAR_ABOVE
        if share > limits[3]
        else Position.FAR_BELOW
        if share < limits[2]
        else Position.ABOVE
        if share > limits[1]
        else Position.BELOW
        if share < limits[0]
        else Position.INSIDE
        for share, *limits in zip(shares, low, high, far_low, far_high, strict=True)
    ]


def funnel_p_values(shares: Floats, bases: Floats, mean: float) -> Floats:
    """Return at which level each share begins to lie beyond the funnel's limits, as a p-value.

    The limits of `funnel_limits` turned round: a share lies beyond those of level c exactly when this is below 1 − c,
    so that a sentence and the drawn limits cannot disagree.

    Args:
        shares: 0–1, of each place.
        bases: people of each.
        mean: share of all, above 0 and below 1.
    """
    # Halved on the logarithm: p-values far below the usual ones have to be told apart for the adjustment.
    smallest, largest = np.full(len(shares), -30.0), np.zeros(len(shares))
    for _ in range(_HALVINGS):
        middle = (smallest + largest) / 2
        beyond = _lie_beyond(shares, bases, mean, 1 - np.exp(middle))
        largest = np.where(beyond, middle, largest)
        smallest = np.where(beyond, smallest, middle)
    return np.asarray(np.exp(largest))


def _lie_beyond(shares: Floats, bases: Floats, mean: float, levels: Floats) -> npt.NDArray[np.bool_]:
    low, high = funnel_limits(mean, bases, levels)
    return np.asarray((shares < low) | (shares > high))
