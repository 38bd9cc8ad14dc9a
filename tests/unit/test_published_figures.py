"""Our figures on data sets whose results are in print."""

import numpy as np
import pytest

from surveys.analysis.crosstabs import CellSums, cross_exclusive
from surveys.analysis.independence import adjusted_residuals
from surveys.analysis.multiplicity import benjamini_hochberg, holm
from surveys.analysis.paired import mcnemar_p_value, paired_interval
from surveys.analysis.scales import cronbach_alpha
from surveys.analysis.uncertainty import newcombe_interval, wilson_interval

# Hair by eyes of 592 students (R. D. Snee, The American Statistician 28 (1974) 9–12): black, brown, red, blond by
# brown, blue, hazel, green.
HAIR_AND_EYES = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]
# Ratings of 30 departments: S. Chatterjee, B. Price, Regression Analysis by Example (1977); R's `attitude`.
ATTITUDE = """
43 51 30 39 61 92 45 63 64 51 54 63 73 47 71 70 68 69 76 86 48 61 63 45 47 54 84 35 81 78 56 66 71 83 47
43 55 49 44 54 49 34 58 67 42 56 66 68 35 71 75 50 55 70 66 41 72 82 72 67 71 83 31 67 61 45 47 62 80 41
64 53 53 58 58 67 34 67 60 47 39 59 74 41 69 62 57 42 55 63 25 68 83 83 45 59 77 35 77 77 54 72 79 77 46
81 90 50 72 60 54 36 74 85 64 69 79 79 63 65 60 65 75 55 80 60 65 70 46 57 75 85 46 50 58 68 54 64 78 52
50 40 33 34 43 64 33 64 61 52 62 66 80 41 53 66 52 50 63 80 37 40 37 42 58 50 57 49 63 54 42 48 66 75 33
66 77 66 63 88 76 72 78 75 58 74 80 78 49 48 57 44 45 51 83 38 85 85 71 71 77 74 55 82 82 39 59 64 78 39
"""


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


def test_hair_and_eyes_cell_by_cell() -> None:
    """Pearson residuals of M. Friendly, Visualizing Categorical Data (2000); ours are adjusted for the margins."""
    counts = np.array(HAIR_AND_EYES)
    rows, columns = counts.sum(axis=1) / 592, counts.sum(axis=0) / 592
    scales = np.sqrt(np.outer(1 - rows, 1 - columns))
    residuals = adjusted_residuals(counts) * scales
    for (row, column), published in {(3, 1): 7.05, (0, 0): 4.40, (3, 0): -5.85}.items():
        assert residuals[row, column] == pytest.approx(published, abs=0.006)


def test_ratings_of_departments_hang_together() -> None:
    """Raw α = 0.84, the example of W. Revelle's R package psych; everybody twice, for α wants 50 people."""
    scores = np.array(ATTITUDE.split(), dtype=float).reshape(30, 7)
    found = cronbach_alpha(np.concatenate([scores, scores]))
    assert found is not None
    assert round(found.alpha, 2) == 0.84


@pytest.mark.parametrize(("count", "n", "low", "high"), [(1, 29, 0.0061, 0.1718), (29, 29, 0.8830, 1.0)])
def test_one_share_as_published(count: int, n: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3; the last one by symmetry of 0/29."""
    assert wilson_interval(count, n) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_two_shares_as_published(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10."""
    _, below, above = newcombe_interval(*first, *second)
    assert (below, above) == pytest.approx((low, high), abs=6e-5)
