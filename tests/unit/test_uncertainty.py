"""Intervals against published numbers and a second implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from surveys.analysis.uncertainty import newcombe_interval, wilson_interval


@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
)
def test_wilson_gives_the_published_numbers(count: int, n: int, low: float, high: float) -> None:
    assert wilson_interval(count, n) == pytest.approx((low, high), abs=5e-5)


def test_13_of_33_is_the_interval_the_domain_names() -> None:
    low, high = wilson_interval(13, 33)
    assert (round(low * 100), round(high * 100)) == (25, 56)


def test_newcombe_gives_the_published_numbers() -> None:
    assert newcombe_interval(56, 70, 48, 80) == pytest.approx((0.20, 0.0524, 0.3339), abs=5e-5)


COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_wilson_agrees_with_statsmodels(counts: tuple[int, int]) -> None:
    count, n = counts
    assert wilson_interval(count, n) == pytest.approx(proportion_confint(count, n, method="wilson"), abs=1e-9)


@given(COUNTS, COUNTS)
def test_newcombe_agrees_with_statsmodels(first: tuple[int, int], second: tuple[int, int]) -> None:
    _, low, high = newcombe_interval(*first, *second)
    assert (low, high) == pytest.approx(confint_proportions_2indep(*first, *second, method="newcomb"), abs=1e-9)


@given(COUNTS)
def test_the_interval_holds_the_share_and_stays_in_bounds(counts: tuple[int, int]) -> None:
    count, n = counts
    low, high = wilson_interval(count, n)
    assert 0 <= low <= count / n <= high <= 1


@pytest.mark.parametrize(("count", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_impossible_counts_are_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="proportion"):
        wilson_interval(count, n)
