"""Chance that is the same for everybody: a seeded source with the few draws that the sample data need."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws from a seed.

    Args:
        *seed: words; the same words give the same draws on every machine.
    """

    def __init__(self, *seed: str) -> None:
        self.seed = seed
        self._source = random.Random("/".join(seed))  # noqa: S311 # invented data, no secrets

    def share(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return self._source.random()

    def happens(self, probability: float) -> bool:
        """Return whether something of a probability happens."""
        return self._source.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        return low + int(self._source.random() * (high - low + 1))

    def around(self, middle: float, spread: float) -> float:
        """Return a number around a middle, bell-shaped: the sum of four draws has no long tails."""
        return middle + spread * (sum(self._source.random() for _ in range(4)) - 2)

    def one(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[int(self._source.random() * len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of the items, heavier ones more often."""
        point = self._source.random() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            point -= weight
            if point < 0:
                return item
        return items[-1]

    def some(self, items: Sequence[T], count: int, weights: Sequence[float] | None = None) -> list[T]:
        """Return different items, heavier ones more often, in their own order; weight 0 is never drawn."""
        heavy = [1.0] * len(items) if weights is None else weights
        # Efraimidis and Spirakis (2006): the largest keys u^(1/w) are a weighted sample without replacement.
        keys = [(self._source.random() ** (1 / weight), at) for at, weight in enumerate(heavy) if weight > 0]
        return [items[at] for at in sorted(at for _, at in sorted(keys, reverse=True)[:count])]

    def day(self, first: date, last: date) -> date:
        """Return a day of a period, both ends included."""
        return first + timedelta(days=self.between(0, max((last - first).days, 0)))
