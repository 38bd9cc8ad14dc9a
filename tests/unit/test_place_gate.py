"""The promises of the gate for partnerships side by side, each under its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.language.texts import LANGUAGES
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.place_gate import PlaceShare, may_put_together, publish_places
from surveys.privacy.place_tables import (
    Estimate,
    PlaceEstimates,
    publish_beside_others,
    publish_estimates,
    publish_grid,
    publish_pairs,
)
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


def heading(code: str) -> Heading:
    return Heading(code, dict.fromkeys(LANGUAGES, code))


def test_a_grid_hides_what_each_answer_alone_would_hide():
    bases = [8, 20, 52, 200]
    counts = [[4, 0], [7, 2], [1, None], [61, 0]]
    source = Source({"pl": "co", "en": "what"})
    places = [heading(f"p{place}") for place in range(4)]
    table = publish_grid(places, [heading("A"), heading("B")], counts, bases, source=source)
    rows = {row.keys: row for row in table.rows}
    assert ("p2", "B") not in rows  # it could not be answered there
    assert {keys for keys, row in rows.items() if row.state is State.SUPPRESSED} == {
        ("p0", "A"),
        ("p0", "B"),
        ("p1", "B"),
        ("p2", "A"),
    }
    assert all(row.count is row.base is row.value is None for row in rows.values() if row.state is State.SUPPRESSED)
    assert rows["p1", "A"].state is State.COUNTS_ONLY
    assert (rows["p3", "A"].value, rows["p3", "A"].count, rows["p3", "A"].base) == (0.3, 60, 200)
    assert publish_grid(places[:2], [heading("A")], [[30], [30]], [60, 60], source=source).is_empty


def test_what_is_computed_is_told_of_shown_percents_only_and_in_whole_percents():
    source = Source({"pl": "co", "en": "what"})
    estimate = (Estimate(heading("shrunk"), 0.2345, 0.1234, 0.3456),)
    rows = [
        PlaceEstimates(PlaceShare(heading(f"p{place}"), *pair), heading("front"), estimate)
        for place, pair in enumerate([(4, 8), (7, 20), (1, 52), (61, 200), (30, 90), (40, 90)])
    ]
    dimensions = ("partnership", "standing", "estimate")
    table = publish_estimates(rows, own=heading("own"), unsaid=heading("–"), dimensions=dimensions, source=source)
    computed = {row.keys[0]: (row.value, row.low, row.high) for row in table.rows if row.keys[2] == "shrunk"}
    assert computed == dict.fromkeys(("p3", "p4", "p5"), (0.23, 0.12, 0.35))
    standings = {row.keys[0]: row.keys[1] for row in table.rows if row.keys[2] == "own"}
    assert {place for place, standing in standings.items() if standing == "–"} == {"p0", "p1", "p2"}


def test_others_are_told_together_only_when_none_of_them_is_most():
    source = Source({"pl": "co", "en": "what"})
    own = [PlaceShare(heading("P501"), 30, 90), PlaceShare(heading("P101"), 1, 90)]
    others = [(0.2, 0.1, 0.3), (0.1, 0.05, 0.2)]
    series = (heading("own"), heading("others"))
    told = publish_beside_others(own, others, [50, 60, 70], series=series, source=source)
    assert [row.keys for row in told.rows] == [("P501", "own"), ("P501", "others"), ("P101", "own")]
    assert publish_beside_others(own, others, [50, 60], series=series, source=source).is_empty
    assert publish_beside_others(own, others, [30, 31, 400], series=series, source=source).is_empty


def test_two_measurements_pass_the_gate_each_on_its_own():
    source = Source({"pl": "co", "en": "what"})
    pairs = [
        (PlaceShare(heading(f"p{place}"), 10, 8 if place == 0 else 60), PlaceShare(heading(f"p{place}"), 20, 61))
        for place in range(4)
    ]
    pairs[0] = (PlaceShare(heading("p0"), 4, 8), pairs[0][1])
    table = publish_pairs(pairs, series=(heading("0"), heading("1")), dimensions=("partnership", "wave"), source=source)
    assert [row.keys for row in table.rows if row.state is State.SUPPRESSED] == [("p0", "0")]
    assert publish_pairs(pairs[:3], series=(heading("0"), heading("1")), dimensions=("a", "b"), source=source).is_empty
