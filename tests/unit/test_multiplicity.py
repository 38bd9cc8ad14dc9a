"""Many comparisons: against statsmodels, and intervals that agree with their p-values."""

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from surveys.analysis.multiplicity import Correction, adjust, adjusted_levels, benjamini_hochberg, holm

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def frozen_objects() -> Iterator[None]:
    """Keep what is alive out of collections: statsmodels collects garbage at each call, over all of a test run's."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("frozen_objects")
@given(P_VALUES)
def test_both_agree_with_statsmodels(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-12)
    assert benjamini_hochberg(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1], abs=1e-12)


@given(P_VALUES, st.sampled_from(Correction))
def test_a_level_excludes_no_difference_exactly_when_the_adjusted_p_value_passes(
    p_values: list[float], correction: Correction
) -> None:
    passed = adjust(p_values, correction) <= 0.05
    # An interval at level 1 − a excludes "no difference" when its own p-value is at most a.
    excludes = np.asarray(p_values) <= 1 - adjusted_levels(p_values, correction)
    unsure = np.abs(np.asarray(p_values) - (1 - adjusted_levels(p_values, correction))) < 1e-12
    assert (unsure | (passed == excludes)).all()


@given(P_VALUES, st.randoms(use_true_random=False))
def test_the_order_of_comparisons_does_not_matter(p_values: list[float], random) -> None:
    order = list(range(len(p_values)))
    random.shuffle(order)
    shuffled = [p_values[position] for position in order]
    for rule in (holm, benjamini_hochberg):
        assert rule(shuffled) == pytest.approx(rule(p_values)[order])


def test_a_comparison_that_could_not_be_made_does_not_count() -> None:
    assert holm([0.01, np.nan, 0.04]) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert np.isnan(adjusted_levels([np.nan, np.nan], Correction.HOLM)).all()
    assert adjusted_levels([0.01, np.nan, 0.5], Correction.HOLM) == pytest.approx([0.975, np.nan, 0.95], nan_ok=True)


def test_impossible_p_values_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([1.2])
