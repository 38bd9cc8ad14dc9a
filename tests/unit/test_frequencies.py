"""Frequencies: denominators anybody can reproduce, kinds of missing apart, and nothing of a single person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import DescrStatsW

from surveys.analysis.crosstabs import CellSums, sum_cells
from surveys.analysis.frequencies import (
    count_bases,
    count_options,
    summarise_numbers,
    summarise_ranking,
    summarise_scale,
)


def test_kinds_of_missing_stand_apart() -> None:
    bases = count_bases(100, 70, {"dont_know": 12, "refused": 3, "not_applicable": 0, "not_shown": 10})
    assert (bases.people, bases.asked, bases.answered) == (100, 90, 70)
    assert bases.missing == {"dont_know": 12, "refused": 3, "blank": 5}
    assert bases.non_response == pytest.approx(8 / 90)
    assert count_bases(0, 0, {}).non_response == 0


def test_more_answers_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="more answers"):
        count_bases(10, 9, {"refused": 2})


def test_options_of_a_multiple_choice_are_shares_of_who_answered() -> None:
    """Ten answered; seven ticked one thing, six the other. The eleventh person, who ticked nothing, is not in it."""
    frequencies = count_options(CellSums(np.array([7, 6])), CellSums(np.array([10])))
    assert frequencies.share.tolist() == [0.7, 0.6]
    assert frequencies.base == 10


def test_a_weighted_share_rests_on_the_effective_base() -> None:
    chosen = CellSums(np.array([3, 2]), np.array([3.0, 3.0]), np.array([3.0, 5.0]))
    base = CellSums(np.array([5]), np.array([6.0]), np.array([8.0]))
    frequencies = count_options(chosen, base)
    assert frequencies.share.tolist() == [0.5, 0.5]
    assert frequencies.effective_base == 4.5


def test_nobody_gives_no_share() -> None:
    assert np.isnan(count_options(CellSums(np.array([0])), CellSums(np.array([0]))).share).all()
    assert summarise_scale(CellSums(np.array([0, 0]))).median is None


@given(st.integers(0, 5000), st.integers(2, 200), st.booleans())
def test_the_mean_of_a_scale_agrees_with_statsmodels(seed: int, people: int, weighted: bool) -> None:
    random = np.random.default_rng(seed)
    answers = random.integers(0, 5, people)
    weights = random.lognormal(0, 0.5, people) if weighted else np.ones(people)
    cells = sum_cells(answers, np.zeros(people, dtype=int), (5, 1), weights)
    sums = CellSums(cells.count[:, 0], cells.weight[:, 0], cells.weight_squared[:, 0])
    summary = summarise_scale(sums if weighted else CellSums(sums.count))
    assert summary.mean == pytest.approx(np.average(answers + 1, weights=weights))
    if not weighted:
        assert (summary.low, summary.high) == pytest.approx(DescrStatsW(answers + 1.0).tconfint_mean(), abs=1e-9)
    assert summary.median == np.sort(answers)[(people - 1) // 2] or weighted


def test_scores_can_be_given() -> None:
    assert summarise_scale(CellSums(np.array([10, 10])), scores=[-2, 2]).mean == 0


def test_a_ranking_tells_first_places_and_the_mean_place_of_those_who_ranked_it() -> None:
    summary = summarise_ranking([[20, 10, 0], [5, 5, 10], [0, 0, 0]], base=25)
    assert summary.first.tolist() == [20, 5, 0]
    assert summary.share.tolist() == [0.8, 0.2, 0]
    assert summary.ranked.tolist() == [30, 20, 0]
    assert summary.mean_place[:2].tolist() == [pytest.approx(40 / 30), 2.25]
    assert np.isnan(summary.mean_place[2])


def test_quartiles_of_common_numbers_are_those_numbers() -> None:
    quartiles = summarise_numbers([1, 2, 3, 4], [10, 10, 10, 10])
    assert quartiles is not None
    assert (quartiles.lower, quartiles.median, quartiles.upper) == (1, 2, 3)


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 6), min_size=1, max_size=60))
def test_no_quartile_is_one_persons_number(numbers: dict[int, int]) -> None:
    quartiles = summarise_numbers(list(numbers), list(numbers.values()))
    people = np.sort(np.repeat(list(numbers), list(numbers.values())))
    if len(people) < 12:
        assert quartiles is None
        return
    assert quartiles is not None
    assert quartiles.base == len(people)
    assert quartiles.lower <= quartiles.median <= quartiles.upper
    # Every figure is the mean of three people or more: it lies within their numbers, and not at an end of one alone.
    for figure in (quartiles.lower, quartiles.median, quartiles.upper):
        assert people[:3].mean() - 1e-9 <= figure <= people[-3:].mean() + 1e-9
        alone = [value for value, count in numbers.items() if count < 3 and value == figure]
        assert not alone or len(people) >= 12
    plain = np.quantile(people, [0.25, 0.5, 0.75], method="inverted_cdf")
    ranks = np.searchsorted(people, [quartiles.lower, quartiles.median, quartiles.upper])
    assert (np.abs(ranks - np.searchsorted(people, plain)) <= 8).all()


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 6), min_size=4, max_size=30), st.randoms())
def test_the_order_of_numbers_does_not_matter(numbers: dict[int, int], random) -> None:
    turned = list(numbers)
    random.shuffle(turned)
    assert summarise_numbers(turned, [numbers[value] for value in turned]) == summarise_numbers(
        list(numbers), list(numbers.values())
    )
