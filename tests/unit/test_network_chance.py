"""Bridging and bonding beside chance: what was planted is found, what was not is seldom claimed."""

from itertools import combinations, product

import numpy as np
import pytest

from surveys.analysis.network import summary
from surveys.analysis.network_chance import Leaning, compare_with_chance

SECTORS = {number: "public" if number < 8 else "civic" if number < 15 else "business" for number in range(20)}
PAIRS = list(combinations(SECTORS, 2))


def draw(seed: int, *, between: float, within: float) -> list[tuple[int, int]]:
    random = np.random.default_rng(seed)
    return [(one, two) for one, two in PAIRS if random.random() < (between if SECTORS[one] != SECTORS[two] else within)]


def leanings(*, between: float, within: float) -> list[Leaning]:
    worlds = (draw(seed, between=between, within=within) for seed in range(60))
    return [found.leaning for ties in worlds if (found := compare_with_chance(ties, SECTORS, seed=3)) is not None]


def test_planted_bridges_and_bonds_are_found() -> None:
    assert leanings(between=0.45, within=0.08).count(Leaning.BRIDGING) >= 57
    assert leanings(between=0.08, within=0.45).count(Leaning.BONDING) >= 57


def test_where_nothing_was_planted_little_is_claimed() -> None:
    found = leanings(between=0.25, within=0.25)
    assert len(found) - found.count(Leaning.UNSEEN) <= 6


def test_what_chance_gives_is_the_value_at_random_of_the_summary() -> None:
    ties = draw(5, between=0.3, within=0.2)
    found = compare_with_chance(ties, SECTORS, seed=3)
    figures = summary(ties, SECTORS)
    assert found is not None
    assert (found.external + found.internal, found.external) == (
        figures.ties,
        round((1 + figures.external_internal) / 2 * figures.ties),
    )
    assert 2 * found.expected / figures.ties - 1 == pytest.approx(figures.external_internal_at_random)
    assert found.low <= found.expected <= found.high


def test_the_same_ties_give_the_same_answer_whatever_their_order() -> None:
    ties = draw(5, between=0.3, within=0.2)
    turned = [(two, one) for one, two in reversed(ties)]
    assert compare_with_chance(ties, SECTORS, seed=3) == compare_with_chance([*turned, *ties], SECTORS, seed=3)


@pytest.mark.parametrize(
    ("ties", "sectors"),
    [
        ([], SECTORS),
        ([(1, 2)], {1: "public", 2: "civic"}),
        ([(1, 2), (2, 3)], dict.fromkeys((1, 2, 3), "public")),
        ([(1, 1)], {1: "public", 2: "civic", 3: "civic"}),
    ],
)
def test_where_there_is_nothing_to_compare_there_is_no_answer(
    ties: list[tuple[int, int]], sectors: dict[int, str]
) -> None:
    assert compare_with_chance(ties, sectors, seed=3) is None


def test_a_network_of_everybody_with_everybody_leans_nowhere() -> None:
    found = compare_with_chance(PAIRS, SECTORS, seed=3)
    assert found is not None
    assert (found.leaning, found.low, found.high) == (Leaning.UNSEEN, found.external, found.external)
    assert found.external == sum(
        len(one) * len(two)
        for one, two in product(([n for n in SECTORS if SECTORS[n] == kind] for kind in ("public",)),
                                ([n for n in SECTORS if SECTORS[n] != kind] for kind in ("public",)))
    ) + 7 * 5  # fmt: skip
