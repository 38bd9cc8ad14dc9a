"""What matters to people beside how they rate it: where the distance is large, there is something to do.

Both answers are of the same people, so the gap has a paired interval; only people who answered both count. Means of
scales are not compared: the gap is between two shares, "important" and "rated good", whose answers are named.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from surveys.analysis.paired import paired_interval


class Need(StrEnum):
    """What a gap says."""

    LACKING = "lacking"  # important to more people than rate it good
    MET = "met"  # rated good by more people than find it important
    UNSEEN = "unseen"  # no difference can be seen


@dataclass(frozen=True, slots=True)
class ImportanceGap:
    """One topic.

    Attributes:
        key: of the topic.
        people: who answered both questions.
        important, good: shares of these.
        gap, low, high: important minus good, with an interval that allows for all topics together.
        need: lacking or met only where the interval excludes 0.
    """

    key: str
    people: int
    important: float
    good: float
    gap: float
    low: float
    high: float
    need: Need


def measure_gaps(
    tables: Mapping[str, npt.ArrayLike],
    *,
    important: Collection[int],
    good: Collection[int],
    confidence: float = 0.95,
) -> tuple[ImportanceGap, ...]:
    """Return the gap between importance and rating of several topics, in the order given.

    Args:
        tables: by topic, people [importance × rating] who gave both answers. They have not passed the disclosure
            gate: a topic answered by few people is for the caller to leave out.
        important: rows that count as important.
        good: columns that count as good.
        confidence: for all topics together (Bonferroni).

    Returns:
        Topics that nobody answered are left out.

    Source: importance–performance analysis, J. A. Martilla, J. C. James, Journal of Marketing 41 (1977) 77–79.
    """
    counts = {key: np.asarray(table, dtype=np.int64) for key, table in tables.items()}
    asked = {key: count for key, count in counts.items() if count.sum()}
    level = 1 - (1 - confidence) / max(1, len(asked))
    return tuple(_gap(key, count, sorted(important), sorted(good), level) for key, count in asked.items())


def _gap(
    key: str, count: npt.NDArray[np.int64], important: list[int], good: list[int], confidence: float
) -> ImportanceGap:
    people = int(count.sum())
    both = int(count[np.ix_(important, good)].sum())
    matters, rated = int(count[important].sum()), int(count[:, good].sum())
    gap, low, high = paired_interval(both, matters - both, rated - both, people - matters - rated + both, confidence)
    need = Need.LACKING if low > 0 else Need.MET if high < 0 else Need.UNSEEN
    return ImportanceGap(key, people, matters / people, rated / people, gap, low, high, need)
