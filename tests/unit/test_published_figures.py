"""Our figures on data sets whose results are in print."""

import numpy as np
import pytest

from surveys.analysis.crosstabs import CellSums, cross_exclusive
from surveys.analysis.multiplicity import benjamini_hochberg, holm
from surveys.analysis.paired import mcnemar_p_value, paired_interval
from surveys.analysis.uncertainty import newcombe_interval

# Hair by eyes of 592 students (R. D. Snee, The American Statistician 28 (1974) 9–12): black, brown, red, blond by
# brown, blue, hazel, green.
HAIR_AND_EYES = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]


def test_hair_and_eyes() -> None:
    table = cross_exclusive(CellSums(np.array(HAIR_AND_EYES)))
    assert table.test is not None
    assert table.test.chi_square == pytest.approx(138.29, abs=5e-3)
    assert table.test.df == 9
    assert table.test.cramers_v == pytest.approx(0.279, abs=5e-4)
    assert np.unravel_index(np.nanargmax(table.residual), (4, 4)) == (3, 1)  # blond and blue


def test_admissions_at_berkeley() -> None:
    """P. J. Bickel, E. A. Hammel, J. W. O'Connell, Science 187 (1975) 398–404: men and women, six departments."""
    table = cross_exclusive(CellSums(np.array([[1198, 557], [1493, 1278]])))
    assert table.share[0] == pytest.approx([0.445, 0.304], abs=5e-4)
    assert table.test is not None
    assert table.test.chi_square == pytest.approx(92.21, abs=5e-3)


def test_approval_of_a_prime_minister_asked_twice() -> None:
    """A. Agresti, Categorical Data Analysis, section 11.1: 944 and 880 of the same 1,600 people approve."""
    difference, low, high = paired_interval(794, 150, 86, 570)
    assert difference == pytest.approx(0.04)
    assert (low, high) == pytest.approx((0.021, 0.059), abs=1e-3)
    assert mcnemar_p_value(150, 86) < 0.0001


def test_aspirin_and_heart_attacks() -> None:
    """Physicians' Health Study, as in Agresti, section 2.2: .0171 less .0094, from .005 to .011."""
    difference, low, high = newcombe_interval(189, 11_034, 104, 11_037)
    assert (difference, low, high) == pytest.approx((0.0077, 0.005, 0.011), abs=5e-4)


def test_fifteen_comparisons_of_the_paper_that_named_the_false_discovery_rate() -> None:
    """Y. Benjamini, Y. Hochberg (1995), section 3.2: Bonferroni's kind of control finds three, theirs four."""
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ]  # fmt: skip
    assert (holm(p_values) <= 0.05).sum() == 3
    assert (benjamini_hochberg(p_values) <= 0.05).sum() == 4
