"""Two measurements side by side: nothing beyond the gates, nothing beyond the interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.comparability import Aspect, Doubt, Grade, Verdict
from surveys.analysis.multiplicity import Correction
from surveys.analysis.uncertainty import newcombe_interval
from surveys.analysis.wave_comparison import (
    Direction,
    NotComparableError,
    WaveComparison,
    compare_measurements,
    newcombe_p_value,
)
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedTable, Source


def published(base: int, **counts: int) -> PublishedTable:
    rows = [ShareRow((code,), dict.fromkeys(LANGUAGES, (code,)), count, base) for code, count in counts.items()]
    return publish_shares(rows, dimensions=("choice",), source=Source({"pl": "co", "en": "what"}), exclusive=False)


def directions(comparison: WaveComparison) -> dict[str, Direction]:
    return {change.key: change.direction for change in comparison.changes}


def test_without_the_gate_nothing_is_compared() -> None:
    table = published(100, a=40)
    refused = Verdict((Doubt(Aspect.CAP, Grade.NOT_COMPARABLE, "cap"),))
    with pytest.raises(NotComparableError):
        compare_measurements(table, table, refused)
    with pytest.raises(TypeError):
        compare_measurements(table, table)


def test_a_reservation_stays_with_the_figures() -> None:
    reserved = Verdict((Doubt(Aspect.MODE, Grade.RESERVED, "mode"),))
    comparison = compare_measurements(published(100, a=40), published(100, a=60), reserved)
    assert comparison.verdict is reserved
    assert directions(comparison) == {"a": Direction.MORE}


def test_what_one_comparison_would_show_many_do_not() -> None:
    """Forty and fifty-five of a hundred differ by themselves; among twelve comparisons it may be chance."""
    alone = compare_measurements(published(100, a=40), published(100, a=55), Verdict())
    assert directions(alone) == {"a": Direction.MORE}
    others = {f"o{place}": 40 for place in range(11)}
    among = compare_measurements(published(100, a=40, **others), published(100, a=55, **others), Verdict())
    assert among.looked_at == 12
    assert directions(among)["a"] is Direction.UNSEEN
    assert among.changes[0].low < 0 < among.changes[0].high


def test_hidden_and_lone_answers_are_left_out_and_named() -> None:
    comparison = compare_measurements(published(100, a=40, b=2, c=9), published(100, a=40, b=30, d=9), Verdict())
    assert [change.key for change in comparison.changes] == ["a"]
    assert comparison.left_out == ("b", "c", "d")


def test_few_people_are_not_compared() -> None:
    comparison = compare_measurements(published(29, a=20), published(100, a=40), Verdict())
    assert comparison.changes == ()


BASES = st.integers(30, 400)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8),
    BASES,
    BASES,
    st.sampled_from(Correction),
)
def test_a_direction_is_claimed_exactly_when_the_adjusted_interval_excludes_zero(
    shares: list[tuple[float, float]], first: int, second: int, correction: Correction
) -> None:
    one = {f"o{place}": round(share * first) for place, (share, _) in enumerate(shares)}
    two = {f"o{place}": round(share * second) for place, (_, share) in enumerate(shares)}
    comparison = compare_measurements(published(first, **one), published(second, **two), Verdict(), correction)
    for change in comparison.changes:
        assert change.low <= change.difference <= change.high
        seen = change.direction is not Direction.UNSEEN
        assert seen == (change.p_value < 0.05) or change.p_value == pytest.approx(0.05, abs=1e-9)
        assert seen == (not change.low <= 0 <= change.high)
        assert (change.direction is Direction.MORE) == (change.low > 0)


@given(st.integers(0, 60), st.integers(60, 200), st.integers(0, 60), st.integers(60, 200), st.floats(0.5, 0.9999))
def test_the_p_value_is_where_the_interval_begins_to_exclude_zero(
    count1: int, n1: int, count2: int, n2: int, confidence: float
) -> None:
    p_value = newcombe_p_value(count1, n1, count2, n2)
    _, low, high = newcombe_interval(count1, n1, count2, n2, confidence)
    if p_value != pytest.approx(1 - confidence, abs=1e-9):
        assert (low > 0 or high < 0) == (p_value < 1 - confidence)
    assert newcombe_p_value(count2, n2, count1, n1) == pytest.approx(p_value)
