"""Figures of well-known published tables, typed in from the sources: what they printed is what we reckon."""

import numpy as np
import pytest

from surveys.analysis.crosstabs import cross_exclusive, sum_cells
from surveys.analysis.independence import adjusted_residuals, check_independence
from surveys.analysis.uncertainty import newcombe_interval, wilson_interval


def test_hair_and_eyes_of_students() -> None:
    """R. D. Snee, The American Statistician 28 (1974) 9–12: 592 students; χ² = 138.29, 9 df, Cramér's V = 0.279."""
    #        eyes: brown, blue, hazel, green
    table = np.array([[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]], dtype=float)
    test = check_independence(table)
    assert table.sum() == 592
    assert (test.chi_square, test.df) == (pytest.approx(138.29, abs=0.005), 9)
    assert test.cramers_v == pytest.approx(0.279, abs=5e-4)
    option, group = (np.repeat(axis.ravel(), table.astype(int).ravel()) for axis in np.indices(table.shape))
    crossed = cross_exclusive(sum_cells(option, group, table.shape))
    assert crossed.test is not None
    assert crossed.test.chi_square == pytest.approx(test.chi_square)
    assert np.unravel_index(np.argmax(adjusted_residuals(table)), table.shape) == (3, 1), "fair hair, blue eyes"


def test_admissions_to_berkeley() -> None:
    """P. J. Bickel, E. A. Hammel, J. W. O'Connell, Science 187 (1975) 398–404: the six largest departments together.

    1198 of 2691 men and 557 of 1835 women were admitted: χ² = 92.2 without correction, 1 df.
    """
    test = check_independence(np.array([[1198.0, 557.0], [1493.0, 1278.0]]))
    assert (test.chi_square, test.df) == (pytest.approx(92.2, abs=0.05), 1)
    difference, low, high = newcombe_interval(1198, 2691, 557, 1835)
    assert difference == pytest.approx(0.1416, abs=5e-5)
    assert 0.11 < low < difference < high < 0.17


@pytest.mark.parametrize(
    ("first", "second", "interval"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_differences_of_shares(first: tuple[int, int], second: tuple[int, int], interval: tuple[float, float]) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10."""
    _difference, low, high = newcombe_interval(*first, *second)
    assert (low, high) == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(
    ("count", "n", "interval"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_single_shares(count: int, n: int, interval: tuple[float, float]) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3."""
    assert wilson_interval(count, n) == pytest.approx(interval, abs=5e-5)
