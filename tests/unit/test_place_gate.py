"""The promises of the gate for partnerships side by side, each under its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.language.texts import LANGUAGES
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.place_gate import PlaceShare, may_put_together, publish_places
from surveys.privacy.published import PublishedTable, Reason, Source, State


def publish(*places: tuple[int, int], sensitive: bool = False) -> PublishedTable:
    rows = [
        PlaceShare(Heading(f"p{place}", dict.fromkeys(LANGUAGES, f"p{place}")), count, base)
        for place, (count, base) in enumerate(places)
    ]
    return publish_places(rows, source=Source({"pl": "co", "en": "what"}), sensitive=sensitive)


def test_fewer_than_three_partnerships_are_not_compared() -> None:
    assert publish((40, 100), (50, 100)).is_empty
    assert publish((40, 100), (50, 100), (3, 9)).is_empty  # the third is too small to be shown
    assert not publish((40, 100), (50, 100), (5, 15)).is_empty


def test_nothing_is_told_where_one_is_most_of_all() -> None:
    assert publish((40, 1000), (5, 30), (5, 30)).is_empty
    assert not may_put_together([76, 12, 12])
    assert may_put_together([75, 13, 12])
    assert not may_put_together([50, 50, 0])
    assert not may_put_together([3, 3, 3])


def test_a_place_needs_people_in_it_and_outside_it() -> None:
    table = publish((40, 100), (50, 100), (50, 100), (3, 9))
    assert [row.state for row in table.rows] == [State.SHOWN] * 3 + [State.SUPPRESSED]
    assert table.rows[3].reason is Reason.FEW_ASKED
    assert publish((8, 15), (8, 15), (8, 15), sensitive=True).is_empty


def test_public_figures_are_rounded() -> None:
    row = publish((41, 123), (50, 100), (50, 100)).rows[0]
    assert (row.value, row.count, row.base) == (0.33, 40, 125)
    assert row.low == pytest.approx(0.26)
    assert row.high == pytest.approx(0.42)
    few = publish((7, 18), (50, 100), (50, 100)).rows[0]
    assert (few.state, few.value, few.count, few.base) == (State.COUNTS_ONLY, None, 5, 20)


def test_an_answer_of_one_or_two_people_is_hidden() -> None:
    assert publish((2, 100), (50, 100), (50, 100)).rows[0].reason is Reason.FEW_CHOSE


PLACES = st.lists(st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=6)


@given(PLACES)
def test_no_figure_of_a_small_place_gets_out(places: list[tuple[int, int]]) -> None:
    table = publish(*places)
    for row, (count, base) in zip(table.rows, places, strict=False):
        if row.state is State.SUPPRESSED:
            assert (row.value, row.count, row.base, row.low, row.high) == (None,) * 5
            continue
        assert base >= 10
        assert sum(other for _, other in places) - base >= 10
        assert count not in {1, 2}
        assert row.count is not None
        assert row.count % 5 == 0
        assert row.base is not None
        assert row.base % 5 == 0
        assert row.value is None or row.value == round(row.value, 2)
