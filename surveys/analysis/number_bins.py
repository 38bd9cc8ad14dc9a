"""Numbers in bands for a figure: round edges, open ends, so that no band tells the least or the greatest number."""

from math import floor, log10

import numpy as np
import numpy.typing as npt

_MOST_BANDS = 8


def choose_edges(values: npt.ArrayLike, counts: npt.ArrayLike) -> tuple[float, ...]:
    """Return the edges between bands of numbers: round ones, about as many as fit a figure.

    Args:
        values: distinct numbers, in any order.
        counts: people who gave each.

    Returns:
        Ascending edges; a band holds numbers from an edge up to the next one. The first band ends at the first edge,
        the last begins at the last. Empty when there is but one number, or none.
    """
    order = np.argsort(np.asarray(values, dtype=float), kind="stable")
    numbers, people = np.asarray(values, dtype=float)[order], np.asarray(counts, dtype=np.int64)[order]
    if len(numbers) < 2:
        return ()
    # One mistyped number in a thousand does not stretch all bands.
    reached = np.cumsum(people) / people.sum()
    low, high = (float(numbers[int(np.searchsorted(reached, part - 1e-9))]) for part in (0.05, 0.95))
    if low == high:
        low, high = float(numbers[0]), float(numbers[-1])
    step = _round((high - low) / (_MOST_BANDS - 2))
    if all(number == int(number) for number in numbers):
        step = max(1.0, step)
    first, last = floor(low / step) + 1, floor(high / step + 1e-9)
    return tuple(step * place for place in range(first, max(first, last) + 1))


def count_bands(values: npt.ArrayLike, counts: npt.ArrayLike, edges: tuple[float, ...]) -> npt.NDArray[np.int64]:
    """Return the people in each band, one more than there are edges."""
    places = np.searchsorted(np.asarray(edges), np.asarray(values, dtype=float), side="right")
    return np.bincount(places, np.asarray(counts), minlength=len(edges) + 1).astype(np.int64)


def _round(step: float) -> float:
    """Return the nearest of 1, 2, 5, 10, 20, 50 …, as ratios go."""
    power = 10.0 ** floor(log10(step))
    return min((factor * power for factor in (1, 2, 5, 10)), key=lambda near: abs(log10(near / step)))
