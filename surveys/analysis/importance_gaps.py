"""What matters to people beside how they rate it: where the distance is large, there is something to do.

Mostly the same people gave both answers, so the gap has an interval that takes their going together into account; who
gave one answer only counts in the share of that one. Means of scales are not compared: the gap is between two shares,
"important" and "rated good", whose answers are named.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from surveys.analysis.paired import overlapping_interval


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
        important, good: shares of those who answered the one and the other question.
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
    alone: Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike]] | None = None,
    confidence: float = 0.95,
    step: float = 0.0,
) -> tuple[ImportanceGap, ...]:
    """Return the gap between importance and rating of several topics, in the order given.

    Args:
        tables: by topic, people [importance × rating] who gave both answers. They have not passed the disclosure
            gate: a topic answered by few people is for the caller to leave out.
        important: rows that count as important.
        good: columns that count as good.
        alone: by topic, people [importance] who did not rate it, and people [rating] who did not say how important it
            is; left out: nobody.
        confidence: for all topics together (Bonferroni).
        step: as in `surveys.analysis.paired.overlapping_interval`.

    Returns:
        Topics that nobody answered are left out.

    Source: importance–performance analysis, J. A. Martilla, J. C. James, Journal of Marketing 41 (1977) 77–79.
    """
    counts = {key: np.asarray(table, dtype=np.int64) for key, table in tables.items()}
    asked = {key: count for key, count in counts.items() if count.sum()}
    level = 1 - (1 - confidence) / max(1, len(asked))
    rows, columns = sorted(important), sorted(good)
    gaps = []
    for key, count in asked.items():
        further = (alone or {}).get(key, (np.zeros(len(count)), np.zeros(count.shape[1])))
        first = count.sum(axis=1) + np.asarray(further[0], dtype=np.int64)
        second = count.sum(axis=0) + np.asarray(further[1], dtype=np.int64)
        both, matters, rated = count[np.ix_(rows, columns)].sum(), count[rows].sum(), count[:, columns].sum()
        people = int(count.sum())
        pairs = (int(both), int(matters - both), int(rated - both), people - int(matters + rated - both))
        shares = (int(first[rows].sum()), int(first.sum())), (int(second[columns].sum()), int(second.sum()))
        gap, low, high = overlapping_interval(*shares, pairs, level, step)
        need = Need.LACKING if low > 0 else Need.MET if high < 0 else Need.UNSEEN
        named = [count / base for count, base in shares]
        gaps.append(ImportanceGap(key, people, named[0], named[1], gap, low, high, need))
    return tuple(gaps)
