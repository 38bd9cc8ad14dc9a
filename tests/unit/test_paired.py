"""The same people twice: against statsmodels, and how often the interval holds the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar

from surveys.analysis.importance_gaps import Need, measure_gaps
from surveys.analysis.paired import mcnemar_p_value, overlapping_interval, paired_interval
from surveys.analysis.uncertainty import newcombe_interval

COUNTS = st.integers(0, 60)


@given(COUNTS, COUNTS)
def test_mcnemar_agrees_with_statsmodels(only_first: int, only_second: int) -> None:
    other = mcnemar([[5, only_first], [only_second, 7]], exact=True).pvalue
    assert mcnemar_p_value(only_first, only_second) == pytest.approx(other)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_paired_interval_holds_its_difference_and_turns_with_it(a: int, b: int, c: int, d: int) -> None:
    if not a + b + c + d:
        return
    difference, low, high = paired_interval(a, b, c, d)
    assert -1 - 1e-9 <= low <= difference <= high <= 1 + 1e-9
    assert paired_interval(a, c, b, d) == pytest.approx((-difference, -high, -low))
    assert paired_interval(d, b, c, a) == pytest.approx((difference, low, high))


@pytest.mark.parametrize("shares", [(0.5, 0.2, 0.1, 0.2), (0.05, 0.1, 0.05, 0.8), (0.3, 0.02, 0.02, 0.66)])
def test_the_paired_interval_holds_the_truth_as_often_as_it_says(shares: tuple[float, ...]) -> None:
    random = np.random.default_rng(11)
    truth = shares[1] - shares[2]
    hits = 0
    for counts in random.multinomial(60, shares, 800).tolist():
        _, low, high = paired_interval(*counts)
        hits += low <= truth <= high
    assert 0.93 <= hits / 800 <= 1


def test_pairing_makes_the_interval_narrower_than_two_samples() -> None:
    _, low, high = paired_interval(40, 10, 2, 48)
    _, apart_low, apart_high = paired_interval(25, 25, 17, 33)  # the same shares without a link between them
    assert high - low < apart_high - apart_low


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (1, -1, 2, 3)])
def test_impossible_numbers_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="somebody"):
        paired_interval(*counts)


def test_mcnemar_refuses_negative_numbers() -> None:
    with pytest.raises(ValueError, match="negative"):
        mcnemar_p_value(-1, 2)


def test_a_gap_is_seen_where_what_matters_is_rated_badly() -> None:
    doctor = np.zeros((5, 5), dtype=int)
    doctor[0, 4] = 60  # very important, rated very badly
    doctor[0, 0] = 20
    doctor[4, 4] = 20
    library = np.full((5, 5), 4)
    gaps = measure_gaps(
        {"doctor": doctor, "library": library, "nobody": np.zeros((5, 5))}, important={0, 1}, good={0, 1}
    )
    assert [gap.key for gap in gaps] == ["doctor", "library"]
    first, second = gaps
    assert (first.important, first.good, first.gap) == pytest.approx((0.8, 0.2, 0.6))
    assert first.need is Need.LACKING
    assert second.need is Need.UNSEEN
    assert second.low < 0 < second.high


def test_more_topics_make_wider_intervals() -> None:
    table = np.full((5, 5), 4)
    (alone,) = measure_gaps({"a": table}, important={0}, good={0})
    among = measure_gaps(dict.fromkeys("abcdef", table), important={0}, good={0})[0]
    assert among.high - among.low > alone.high - alone.low


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_without_common_people_the_interval_is_that_of_separate_samples(
    a: int, more: int, b: int, further: int
) -> None:
    expected = newcombe_interval(a, a + more, b, b + further)
    assert overlapping_interval((a, a + more), (b, b + further), (0, 0, 0, 0)) == pytest.approx(expected)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_coarse_correlation_never_makes_the_interval_narrower(a: int, b: int, c: int, d: int) -> None:
    people = a + b + c + d
    if not people:
        return
    shares = (a + b, people), (a + c, people)
    exact, coarse = (overlapping_interval(*shares, (a, b, c, d), step=step) for step in (0, 0.1))
    assert coarse[0] == exact[0]
    assert coarse[1] <= exact[1] + 1e-9
    assert coarse[2] >= exact[2] - 1e-9


def test_the_interval_of_partly_the_same_people_holds_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(5)
    shares = np.array([0.3, 0.4, 0.05, 0.25])
    truth, hits = 0.7 - 0.35, 0
    for _ in range(500):
        pairs = random.multinomial(60, shares)
        one, two = random.binomial(20, 0.7), random.binomial(30, 0.35)
        first, second = (int(pairs[0] + pairs[1]) + one, 80), (int(pairs[0] + pairs[2]) + two, 90)
        _, low, high = overlapping_interval(first, second, tuple(map(int, pairs)))
        hits += low <= truth <= high
    assert 0.93 <= hits / 500 <= 0.985


def test_people_who_gave_one_answer_count_in_its_share() -> None:
    table = np.array([[20, 40], [5, 15]])
    (gap,) = measure_gaps({"a": table}, important={0}, good={0}, alone={"a": ([20, 0], [0, 45])})
    assert (gap.important, gap.good) == pytest.approx((0.8, 0.2))
    assert gap.people == 80
