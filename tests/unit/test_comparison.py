"""Places of different size: published numbers, and an order that claims nothing it cannot carry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from surveys.analysis.comparison import Standing, funnel_limits, shrink_rates, shrink_shares, simulate_ranks

EVENTS, BASES = [2, 9, 30, 4, 60], [10, 60, 100, 40, 120]


def test_marshalls_published_numbers() -> None:
    estimates, mean, between = shrink_rates(EVENTS, BASES)
    assert mean == pytest.approx(0.318182, abs=5e-7)
    assert between == pytest.approx(0.0186364, abs=5e-8)
    assert estimates == pytest.approx([0.2745, 0.1873, 0.3027, 0.1653, 0.4774], abs=5e-5)


PLACES = st.lists(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=20
)


@given(PLACES)
def test_a_shrunk_share_lies_between_the_mean_and_the_places_own(places: list[tuple[int, int]]) -> None:
    counts, bases = (np.array(side, dtype=float) for side in zip(*places, strict=True))
    shares = shrink_shares(counts, bases)
    assert shares.between >= 0
    least, most = np.minimum(shares.own, shares.mean), np.maximum(shares.own, shares.mean)
    assert (shares.estimates >= least - 1e-9).all()
    assert (shares.estimates <= most + 1e-9).all()
    assert (shares.low <= shares.high).all()
    # The order of places of one size is never turned round.
    for first in range(len(bases)):
        for second in range(len(bases)):
            if bases[first] == bases[second] and counts[first] < counts[second]:
                assert shares.estimates[first] <= shares.estimates[second] + 1e-12


def test_no_spread_beyond_chance_draws_all_places_to_the_mean() -> None:
    """Unclamped, the variance between these places would be negative and the order of places reversed."""
    shares = shrink_shares([10, 11, 9, 10], [30, 30, 30, 30])
    assert shares.between == 0
    assert shares.estimates == pytest.approx([1 / 3] * 4)
    assert shares.low[0] < 1 / 3 < shares.high[0]
    assert {rank.standing for rank in simulate_ranks(shares, seed=1)} == {Standing.UNDECIDED}


def test_fewer_people_are_drawn_more() -> None:
    shares = shrink_shares([6, 60, 10, 100, 50, 5], [10, 100, 100, 400, 100, 10])
    assert shares.own[0] == shares.own[1]
    assert abs(shares.estimates[0] - shares.mean) < abs(shares.estimates[1] - shares.mean)


def test_the_estimate_is_the_mean_of_a_beta_binomial_posterior() -> None:
    shares = shrink_shares(EVENTS, BASES)
    assert shares.prior is not None
    grid = np.linspace(0.0005, 0.9995, 4000)
    alpha, beta = shares.prior
    for place, (count, base) in enumerate(zip(EVENTS, BASES, strict=True)):
        weight = grid ** (alpha - 1) * (1 - grid) ** (beta - 1) * binom.pmf(count, base, grid)
        assert shares.estimates[place] == pytest.approx((grid * weight).sum() / weight.sum(), abs=2e-4)
    assert betabinom(100, alpha, beta).mean() == pytest.approx(100 * shares.mean)
    assert betabinom(100, alpha, beta).var() == pytest.approx(
        100 * shares.mean * (1 - shares.mean) * (1 + 99 * shares.between / (shares.mean * (1 - shares.mean)))
    )


def test_a_place_of_nobody_gets_the_mean() -> None:
    shares = shrink_shares([2, 50, 0], [10, 100, 0])
    assert np.isnan(shares.own[2])
    assert shares.estimates[2] == pytest.approx(shares.mean)


def test_a_dozen_places_do_not_know_their_spread() -> None:
    assert not shrink_shares([5] * 12, [10] * 12).prior_is_known
    assert shrink_shares([5] * 30, [10] * 30).prior_is_known


@pytest.mark.parametrize(("counts", "bases"), [([1], [0]), ([5], [4]), ([1, 2], [3]), ([-1], [3])])
def test_impossible_places_are_refused(counts: list[int], bases: list[int]) -> None:
    with pytest.raises(ValueError, match="answer"):
        shrink_shares(counts, bases)


def test_the_published_funnel() -> None:
    low, high = funnel_limits(0.30, [50, 100])
    assert low == pytest.approx([0.1661, 0.2069], abs=5e-5)
    assert high == pytest.approx([0.4201, 0.3869], abs=5e-5)
    wide_low, wide_high = funnel_limits(0.30, 100, 0.998)
    assert (float(wide_low), float(wide_high)) == pytest.approx((0.1603, 0.4416), abs=5e-5)


@given(st.floats(0.01, 0.99), st.integers(1, 2000), st.sampled_from([0.95, 0.998]))
def test_funnel_limits_agree_with_scipy(p0: float, n: int, level: float) -> None:
    for part, limit in zip(((1 - level) / 2, (1 + level) / 2), funnel_limits(p0, n, level), strict=True):
        reached = binom.ppf(part, n, p0)
        above, below = binom.cdf(reached, n, p0), binom.cdf(reached - 1, n, p0)
        expected = (reached - (above - part) / (above - below)) / n
        assert float(limit) == pytest.approx(min(1.0, max(0.0, expected)), abs=1e-6)


@pytest.mark.parametrize(("p0", "n", "level"), [(0, 10, 0.95), (0.3, 0, 0.95), (0.3, 10, 1)])
def test_impossible_funnels_are_refused(p0: float, n: int, level: float) -> None:
    with pytest.raises(ValueError, match="funnel"):
        funnel_limits(p0, n, level)


def test_only_what_the_posterior_carries_is_called_front_or_back() -> None:
    counts = [180, 175, 100, 101, 99, 98, 20, 22, 8]
    ranks = simulate_ranks(shrink_shares(counts, [200] * 8 + [15]), seed=7)
    assert [rank.standing for rank in ranks[:2]] == [Standing.FRONT] * 2
    assert [rank.standing for rank in ranks[6:8]] == [Standing.BACK] * 2
    assert ranks[8].standing is Standing.UNDECIDED  # fifteen people decide nothing
    assert ranks == simulate_ranks(shrink_shares(counts, [200] * 8 + [15]), seed=7)
