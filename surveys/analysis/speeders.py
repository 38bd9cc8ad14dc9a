"""People who filled a questionnaire in much faster than the others: counted, never named, never left out.

The rule is relative, because no number of seconds is right for every questionnaire: faster than a third of the median.
It is a rule of thumb of those who run online panels and not a test: somebody to whom few questions apply is fast and
careful.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Of fewer durations the median itself is chance.
LEAST_TIMED = 20
_PART_OF_MEDIAN = 3


@dataclass(frozen=True, slots=True)
class Haste:
    """How fast people were.

    Attributes:
        timed: people of whom it is known how long they took.
        fast: those of them who took less than a third of the median; ``None`` where too few are known to say.
    """

    timed: int
    fast: int | None


def count_fast(seconds: Sequence[float]) -> Haste:
    """Return how many took less than a third of the median.

    Args:
        seconds: of everybody whose duration is known, in any order.
    """
    if len(seconds) < LEAST_TIMED:
        return Haste(len(seconds), None)
    taken = np.asarray(seconds, dtype=np.float64)
    return Haste(len(seconds), int((taken * _PART_OF_MEDIAN < np.median(taken)).sum()))
