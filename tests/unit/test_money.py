"""Sums of money at the gate: the published examples, and what a second giver could work out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.privacy.money import MoneyRow, is_sum_safe, publish_sums
from surveys.privacy.published import Source, State

SOURCE = Source({"pl": "co", "en": "what"})


def test_the_published_examples() -> None:
    assert not is_sum_safe([50_000, 49_000, 1_000])  # X = 100 000
    assert is_sum_safe([52_000, 50_000, 8_000])  # X = 110 000: 15.4 %
    assert pytest.approx(0.154, abs=5e-4) == 8_000 / 52_000


def test_fewer_than_three_givers_are_never_shown() -> None:
    assert not is_sum_safe([100, 90])
    assert not is_sum_safe([100, 90, 0])
    assert not is_sum_safe([])


@given(st.lists(st.floats(0, 1e6), max_size=8))
def test_the_order_of_givers_does_not_matter(given_sums: list[float]) -> None:
    assert is_sum_safe(given_sums) == is_sum_safe(given_sums[::-1])


@given(st.lists(st.lists(st.integers(1, 1000), max_size=5), min_size=1, max_size=6))
def test_hidden_sums_are_safe_together(rows: list[list[int]]) -> None:
    """Whoever knows the grand total knows the sum of the hidden rows: it has to be safe as one."""
    table = publish_sums(
        [
            MoneyRow((str(place),), {"pl": (str(place),), "en": (str(place),)}, tuple(row))
            for place, row in enumerate(rows)
        ],
        dimensions=("source",),
        source=SOURCE,
    )
    hidden = [row.state is State.SUPPRESSED for row in table.rows]
    for row, hide, given_sums in zip(table.rows, hidden, rows, strict=True):
        assert hide or row.value == sum(given_sums)
        assert hide or not given_sums or is_sum_safe(given_sums)
    if any(hidden) and not all(hidden):
        assert is_sum_safe(
            [value for hide, given_sums in zip(hidden, rows, strict=True) if hide for value in given_sums]
        )
