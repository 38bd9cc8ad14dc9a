"""Whose voice is missing: who answered, beside who lives here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.analysis.uncertainty import wilson_interval


class Presence(StrEnum):
    """How a group's share among the answers stands to its share among the inhabitants."""

    MISSING = "missing"  # nobody of the group answered
    UNDER = "under"
    FAIR = "fair"  # no difference can be seen
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Voice:
    """One group.

    Attributes:
        group: code.
        count: people of the group who answered.
        share: among all who answered and gave their group.
        low, high: interval of the share, wide enough for all groups together.
        population_share: among the inhabitants.
        presence: under or over only where the interval excludes the population's share.
    """

    group: str
    count: int
    share: float
    low: float
    high: float
    population_share: float
    presence: Presence


def compare_voices(
    counts: Mapping[str, int], population: Mapping[str, float], confidence: float = 0.95
) -> tuple[Voice, ...]:
    """Compare who answered with who lives here, in the order of the population's groups.

    The intervals speak of chance alone. Few answers of a group can still be plenty for a word on it; that is for the
    disclosure gate and the thresholds of bases to decide (counts here have not passed either).

    Args:
        counts: people who answered, by group; groups without a share of the population are left out of the base.
        population: inhabitants, or their shares, by group; above 0.
        confidence: for all groups together (Bonferroni).

    Raises:
        ValueError: when nobody answered, or the population of a group is not above 0.

    Source: Wilson's interval; O. J. Dunn, JASA 56 (1961) 52–64 for the level.
    """
    base = sum(counts.get(group, 0) for group in population)
    total = sum(population.values())
    if base <= 0 or any(not value > 0 for value in population.values()):
        raise ValueError("somebody has to have answered, and every group of the population to hold somebody")
    level = 1 - (1 - confidence) / len(population)
    voices = []
    for group, inhabitants in population.items():
        count = counts.get(group, 0)
        low, high = wilson_interval(count, base, level)
        expected = inhabitants / total
        presence = _judge(count, low, high, expected)
        voices.append(Voice(group, count, count / base, low, high, expected, presence))
    return tuple(voices)


def _judge(count: int, low: float, high: float, expected: float) -> Presence:
    if count == 0:
        return Presence.MISSING
    if high < expected:
        return Presence.UNDER
    return Presence.OVER if low > expected else Presence.FAIR
