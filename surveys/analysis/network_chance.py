"""Do partners of different sectors work together more, or less, than chance gives? Sectors shuffled over the partners.

The E-I index alone says little: with many small sectors most ties go between sectors whoever works with whom. Here the
ties stay as they are and the sectors are dealt out anew, so that busy partners stay busy; what comes out most of the
time is chance, and only a network outside it is said to bridge or to keep to itself.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


class Leaning(StrEnum):
    """Which way a network leans, as far as chance allows to say."""

    BRIDGING = "bridging"  # more ties between sectors than chance gives
    BONDING = "bonding"  # fewer
    UNSEEN = "unseen"  # within what chance gives


@dataclass(frozen=True, slots=True)
class Chance:
    """Ties between sectors beside what chance gives.

    Attributes:
        external, internal: ties between and within sectors.
        expected: external ties that chance gives, mean of all ways to deal the sectors out.
        low, high: external ties that 95 of 100 shuffles lie between.
        p_value: how often shuffles lie as far from the expected number, on either side.
        leaning: what may be said at 5 %.
    """

    external: int
    internal: int
    expected: float
    low: int
    high: int
    p_value: float
    leaning: Leaning


def compare_with_chance(
    edges: Iterable[tuple[Hashable, Hashable]],
    sectors: Mapping[Hashable, str],
    *,
    seed: int,
    shuffles: int = 999,
    alpha: float = 0.05,
) -> Chance | None:
    """Return ties between sectors beside what chance gives.

    Args:
        edges: ties; the same tie twice or the other way round is one, a tie with oneself is none.
        sectors: sector of every partner; partners without ties are among them.
        seed: of the shuffles; the same seed gives the same figures.
        shuffles: how often the sectors are dealt out.
        alpha: how often a network of no leaning may be said to have one.

    Returns:
        ``None`` without ties, with fewer than three partners, or when all are of one sector.

    Source: D. Krackhardt, R. N. Stern, Social Psychology Quarterly 51 (1988) 123–140; permutation of node labels with
    the observed one counted among them (Phipson, Smyth, Statistical Applications in Genetics 9 (2010) 39).
    """
    ties = sorted({tuple(sorted(edge, key=str)) for edge in edges if len(set(edge)) == 2}, key=str)
    partners = sorted(sectors, key=str)
    kinds = sorted(set(sectors.values()))
    if not ties or len(partners) < 3 or len(kinds) < 2:
        return None
    place = {partner: number for number, partner in enumerate(partners)}
    one, two = (np.array([place[tie[end]] for tie in ties]) for end in (0, 1))
    colours = np.array([kinds.index(sectors[partner]) for partner in partners])
    random = np.random.default_rng(seed)
    dealt = random.permuted(np.tile(colours, (shuffles, 1)), axis=1)
    counts: Ints = (dealt[:, one] != dealt[:, two]).sum(axis=1)
    external = int((colours[one] != colours[two]).sum())
    expected = len(ties) * _share_between(colours)
    distances = np.abs(counts - expected)
    # Rounding must not part two shuffles that lie equally far.
    p_value = (1 + int((distances >= abs(external - expected) - 1e-9).sum())) / (shuffles + 1)
    leaning = Leaning.BRIDGING if external > expected else Leaning.BONDING
    low, high = np.quantile(counts, (0.025, 0.975), method="nearest")
    return Chance(
        external=external,
        internal=len(ties) - external,
        expected=expected,
        low=int(low),
        high=int(high),
        p_value=p_value,
        leaning=leaning if p_value <= alpha else Leaning.UNSEEN,
    )


def _share_between(colours: Ints) -> float:
    """Return the share of all pairs of partners that are of different sectors."""
    sizes = np.bincount(colours)
    number = len(colours)
    return 1 - float((sizes * (sizes - 1)).sum()) / (number * (number - 1))
