"""Which options lead, and when the data cannot tell: no "most often" without an interval behind it."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist


def leading_options(counts: Sequence[float], base: float, confidence: float = 0.95) -> tuple[int, ...]:
    """Return the positions of options that may be the most often chosen one.

    The leader is compared with every other option. Both shares come from the same people and their overlap is not
    known from counts alone, so the variance assumed is the largest possible one (nobody chose both); the level is
    divided by the number of comparisons (Bonferroni).

    Args:
        counts: people who chose each option; effective ones where answers are weighted.
        base: people who gave a valid answer, above 0; likewise.
        confidence: between 0 and 1, for all comparisons together.

    Returns:
        Positions in order of counts; one position means that the leader stands out.

    Source: paired difference of proportions, Agresti, Categorical Data Analysis (2013), section 11.1.
    """
    if base <= 0 or not counts or max(counts) == 0:
        return ()
    order = sorted(range(len(counts)), key=lambda position: (-counts[position], position))
    leader = counts[order[0]] / base
    z = NormalDist().inv_cdf(1 - (1 - confidence) / (2 * max(1, len(counts) - 1)))
    group = [order[0]]
    for position in order[1:]:
        share = counts[position] / base
        difference = leader - share
        variance = max(0.0, min(1.0, leader + share) - difference**2) / base
        if difference <= z * sqrt(variance):
            group.append(position)
    return tuple(group)
