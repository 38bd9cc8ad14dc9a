"""Bands of numbers: round, open at both ends, everybody in one of them."""

import numpy as np
import pytest

from surveys.analysis.number_bins import choose_edges, count_bands


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ([0, 1, 2, 3, 4], (1, 2, 3, 4)),
        (list(range(18, 90)), (30, 40, 50, 60, 70, 80)),
        ([0.5, 1.0, 1.5, 2.0], (0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0)),
        ([7], ()),
        ([], ()),
    ],
)
def test_edges_are_round(values, edges) -> None:
    assert choose_edges(values, [10] * len(values)) == pytest.approx(edges)


def test_one_mistyped_number_does_not_stretch_the_bands() -> None:
    values, counts = [*range(20, 60), 99_999], [5] * 40 + [1]
    edges = choose_edges(values, counts)
    assert 20 < edges[0] < edges[-1] <= 70
    people = count_bands(values, counts, edges)
    assert people.sum() == 201
    assert len(people) == len(edges) + 1


def test_everybody_is_in_one_band() -> None:
    chance = np.random.default_rng(1)
    for _ in range(50):
        values = np.unique(chance.normal(50, 20, 30).round(int(chance.integers(0, 2))))
        counts = chance.integers(1, 20, len(values))
        edges = choose_edges(values, counts)
        assert list(edges) == sorted(set(edges))
        assert len(edges) < 12
        assert count_bands(values, counts, edges).sum() == counts.sum()
