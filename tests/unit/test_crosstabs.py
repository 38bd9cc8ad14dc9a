"""A question by groups: what a reader of the table would check by hand."""

import numpy as np
import pytest

from surveys.analysis.crosstabs import CellSums, cross_exclusive, cross_multiple, sum_cells


def test_people_are_added_up_into_cells() -> None:
    cells = sum_cells([0, 1, 1, -1, 0], [0, 1, 1, 0, -1], (2, 2), [1.0, 2.0, 3.0, 9.0, 9.0])
    assert cells.count.tolist() == [[1, 0], [0, 2]]
    assert cells.weight is not None
    assert cells.weight.tolist() == [[1, 0], [0, 5]]
    assert cells.weight_squared is not None
    assert cells.weight_squared.tolist() == [[1, 0], [0, 13]]


def test_shares_are_of_the_group() -> None:
    table = cross_exclusive(CellSums(np.array([[30, 10], [30, 30]])))
    assert table.base.tolist() == [60, 40]
    assert table.share.tolist() == [[0.5, 0.25], [0.5, 0.75]]
    assert table.test is not None
    assert table.test.chi_square == pytest.approx(6.25)
    assert table.test.cramers_v == pytest.approx(0.25)


def test_options_of_a_multiple_choice_are_shares_of_who_answered() -> None:
    """Sixty women and forty men answered; the options overlap, and their sum says nothing."""
    chosen = CellSums(np.array([[45, 10], [30, 20], [0, 0]]))
    table = cross_multiple(chosen, CellSums(np.array([60, 40])))
    assert table.share.tolist() == [[0.75, 0.25], [0.5, 0.5], [0, 0]]
    assert table.test is None
    first, second, third = table.option_tests
    assert first is not None
    assert first.p_value < 1e-5
    assert second is not None
    assert second.p_value == pytest.approx(1)
    assert third is None  # nobody chose it: nothing to test
    assert table.option_p_values[:2] == pytest.approx([2 * first.p_value, 1])
    assert np.isnan(table.option_p_values[2])


def test_a_weighted_base_is_worth_fewer_people() -> None:
    cells = CellSums(np.array([[5], [0]]), np.array([[6.0], [0.0]]), np.array([[8.0], [0.0]]))
    table = cross_exclusive(cells)
    assert table.base.tolist() == [5]
    assert table.effective_base == pytest.approx([4.5])
    assert table.share[0, 0] == 1
    assert table.low[0, 0] < cross_exclusive(CellSums(np.array([[5], [0]]))).low[0, 0]


def test_a_group_of_nobody_has_no_share() -> None:
    table = cross_exclusive(CellSums(np.array([[3, 0], [4, 0]])))
    assert np.isnan(table.share[:, 1]).all()
    assert table.test is None


def test_few_people_make_the_test_rough() -> None:
    rough, sound = (
        cross_exclusive(CellSums(np.array(count))).test for count in ([[2, 3], [4, 2]], [[20, 30], [40, 20]])
    )
    assert rough is not None
    assert rough.few_expected
    assert sound is not None
    assert not sound.few_expected


def test_a_weighted_table_beyond_reading_is_not_tested() -> None:
    count = np.full((30, 30), 5)
    assert cross_exclusive(CellSums(count, count * 1.0, count * 1.0)).test is None
    assert cross_exclusive(CellSums(count)).test is not None


def test_sums_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="Σw²"):
        CellSums(np.array([[1]]), np.array([[1.0]]))
    with pytest.raises(ValueError, match="shape"):
        CellSums(np.array([[1]]), np.array([1.0]), np.array([1.0]))
    with pytest.raises(ValueError, match="more people chose"):
        cross_multiple(CellSums(np.array([[5]])), CellSums(np.array([4])))
