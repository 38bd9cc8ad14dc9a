"""Crosstabs against second implementations on random data, and laws that hold for every table."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2, chi2_contingency, f
from scipy.stats.contingency import association
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.proportion import proportion_confint

from surveys.analysis.crosstabs import CellSums, Crosstab, cross_exclusive, cross_multiple, sum_cells
from surveys.analysis.independence import check_independence

SHAPES = st.tuples(st.integers(2, 6), st.integers(2, 6))
TABLES = SHAPES.flatmap(lambda shape: arrays(np.int64, shape, elements=st.integers(0, 200)))
FULL_TABLES = SHAPES.flatmap(lambda shape: arrays(np.int64, shape, elements=st.integers(1, 200)))


def draw_people(seed: int, rows: int = 4, columns: int = 3, people: int = 300) -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(seed)
    option, group = random.integers(0, rows, people), random.integers(0, columns, people)
    return option, group, random.lognormal(0, 0.7, people)


@given(FULL_TABLES)
def test_the_test_agrees_with_scipy(count: np.ndarray) -> None:
    test = check_independence(count)
    other = chi2_contingency(count, correction=False)
    assert test is not None
    assert (test.chi_square, test.df, test.p_value) == pytest.approx((other.statistic, other.dof, other.pvalue))
    assert test.cramers_v == pytest.approx(association(count, method="cramer"))


@given(FULL_TABLES)
def test_residuals_agree_with_statsmodels(count: np.ndarray) -> None:
    assert cross_exclusive(CellSums(count)).residual == pytest.approx(
        Table(count, shift_zeros=False).standardized_resids
    )


@given(TABLES)
def test_shares_and_intervals_agree_with_statsmodels(count: np.ndarray) -> None:
    table = cross_exclusive(CellSums(count))
    for (row, column), people in np.ndenumerate(count):
        base = count[:, column].sum()
        if base == 0:
            assert np.isnan([table.share[row, column], table.low[row, column], table.high[row, column]]).all()
            continue
        assert table.share[row, column] == pytest.approx(people / base)
        assert (table.low[row, column], table.high[row, column]) == pytest.approx(
            proportion_confint(people, base, method="wilson"), abs=1e-9
        )


@given(st.integers(0, 10_000))
@settings(max_examples=8)
def test_the_weighted_test_agrees_with_samplics(seed: int) -> None:
    """The covariance of cell shares from samplics' people, against ours from sums of cells only."""
    rows, columns = 3, 4
    option, group, weight = draw_people(seed, rows, columns, 250)
    shares, covariance = ask_samplics(option * columns + group, weight)
    simple = (np.diag(shares) - np.outer(shares, shares)) / len(option)
    main = np.hstack([np.kron(np.eye(rows), np.ones((columns, 1))), np.kron(np.ones((rows, 1)), np.eye(columns))])
    left, sizes, _ = np.linalg.svd(main)
    turned = left[:, (sizes > 1e-9).sum() :] / shares[:, None]  # contrasts orthogonal to the main effects
    effects = np.linalg.solve(turned.T @ simple @ turned, turned.T @ covariance @ turned)
    df1 = np.trace(effects) ** 2 / np.trace(effects @ effects)
    test = cross_exclusive(sum_cells(option, group, (rows, columns), weight)).test
    assert test is not None
    assert test.f_value == pytest.approx(test.chi_square / np.trace(effects))
    assert (test.f_df1, test.f_df2) == pytest.approx((df1, df1 * 249))
    assert test.p_value == pytest.approx(f.sf(test.f_value, df1, df1 * 249))
    assert test.p_first_order == pytest.approx(chi2.sf(test.f_value * test.df, test.df))


def test_false_alarms_of_the_weighted_test_stay_near_five_in_a_hundred() -> None:
    """Weights go with the group, answers don't; the plain test of weighted sums errs 135 times in 600."""
    random = np.random.default_rng(20_260)
    alarms = 0
    for _ in range(600):
        group = random.integers(0, 3, 400)
        option, weight = random.integers(0, 4, 400), random.lognormal(0, 0.4 + 0.25 * group)
        test = cross_exclusive(sum_cells(option, group, (4, 3), weight)).test
        alarms += test is not None and test.p_value < 0.05
    assert 15 <= alarms <= 48  # 30 expected; 5.3 is one standard deviation


@given(FULL_TABLES, st.floats(0.1, 50))
def test_equal_weights_change_nothing_but_a_hair(count: np.ndarray, weight: float) -> None:
    plain = cross_exclusive(CellSums(count))
    weighted = cross_exclusive(CellSums(count, count * weight, count * weight**2))
    assert weighted.share == pytest.approx(plain.share)
    assert weighted.low == pytest.approx(plain.low)
    assert weighted.high == pytest.approx(plain.high)
    assert weighted.residual == pytest.approx(plain.residual)
    assert plain.test is not None
    assert weighted.test is not None
    assert weighted.test.chi_square == pytest.approx(plain.test.chi_square, abs=1e-9)
    assert weighted.test.f_df1 == pytest.approx(plain.test.df)
    people = count.sum()
    assert weighted.test.f_value == pytest.approx(plain.test.chi_square / plain.test.df * (people - 1) / people)


@given(st.integers(0, 10_000), st.floats(0.01, 100))
@settings(max_examples=25)
def test_the_unit_of_weights_does_not_matter(seed: int, factor: float) -> None:
    option, group, weight = draw_people(seed)
    assert_same(
        cross_exclusive(sum_cells(option, group, (4, 3), weight)),
        cross_exclusive(sum_cells(option, group, (4, 3), weight * factor)),
        np.arange(4),
        np.arange(3),
    )


@given(st.integers(0, 10_000), st.permutations(range(4)), st.permutations(range(3)), st.booleans())
@settings(max_examples=40)
def test_the_order_of_options_groups_and_people_does_not_matter(
    seed: int, rows: list[int], columns: list[int], multiple: bool
) -> None:
    option, group, weight = draw_people(seed)
    turn = np.random.default_rng(seed).permutation(len(option))
    cells = sum_cells(option, group, (4, 3), weight)
    moved = sum_cells(np.argsort(rows)[option[turn]], np.argsort(columns)[group[turn]], (4, 3), weight[turn])
    if multiple:
        assert_same(cross_multiple(cells, cells.total()), cross_multiple(moved, moved.total()), rows, columns)
    else:
        assert_same(cross_exclusive(cells), cross_exclusive(moved), rows, columns)


@given(TABLES)
def test_an_empty_group_or_option_changes_nothing_for_the_others(count: np.ndarray) -> None:
    plain = cross_exclusive(CellSums(count))
    padded = cross_exclusive(CellSums(np.pad(count, ((0, 1), (0, 1)))))
    assert padded.share[:-1, :-1] == pytest.approx(plain.share, nan_ok=True)
    assert (plain.test is None) == (padded.test is None)
    if plain.test is not None:
        assert padded.test.p_value == pytest.approx(plain.test.p_value)


def assert_same(first: Crosstab, second: Crosstab, rows: object, columns: object) -> None:
    for name in ("share", "low", "high", "residual"):
        assert getattr(second, name) == pytest.approx(getattr(first, name)[np.ix_(rows, columns)], nan_ok=True), name
    if first.test is not None:
        assert second.test is not None
        assert second.test.p_value == pytest.approx(first.test.p_value)
        assert second.test.cramers_v == pytest.approx(first.test.cramers_v)
    if first.option_tests:
        assert second.option_p_values == pytest.approx(first.option_p_values[rows], nan_ok=True)


def ask_samplics(cell: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # archived: on import it warns of its own end
        from samplics import PopParam
        from samplics.estimation import TaylorEstimator

        estimator = TaylorEstimator(PopParam.mean)
        estimator.estimate(y=cell, samp_weight=weight, psu=np.arange(len(cell)), as_factor=True)
    levels = sorted(estimator.point_est)
    shares = np.array([estimator.point_est[level] for level in levels])
    return shares, np.array([[estimator.covariance[one][two] for two in levels] for one in levels])
