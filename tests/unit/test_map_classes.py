"""Classes of a map, and the signs of what has no class."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.map_names import MapPoint
from dashboard.charts.palette import map_colours
from dashboard.charts.place_map import Legend, PlacePoint, Reach, Unclassed, draw_places
from surveys.analysis.map_classes import MOST_CLASSES, find_class, split_classes

FIGURES = st.lists(st.decimals(-1000, 1000, places=1), max_size=60)


@given(FIGURES, st.integers(1, MOST_CLASSES))
def test_every_figure_lies_in_one_class_and_equal_ones_in_the_same(values, most):
    classes = split_classes(values, most)
    assert len(classes) <= most
    assert sum(one.places for one in classes) == len(values)
    assert all(one.places for one in classes)
    assert all(one.low <= one.high for one in classes)
    assert all(first.high < second.low for first, second in pairwise(classes))
    for value in values:
        assert sum(one.low <= value <= one.high for one in classes) == 1
        assert classes[find_class(value, classes)].low <= value
    assert {one.low for one in classes} | {one.high for one in classes} <= set(values)


def test_few_figures_are_classes_of_their_own_and_many_are_parted_evenly():
    assert [(one.low, one.high, one.places) for one in split_classes(map(Decimal, (3, 1, 3)))] == [(1, 1, 1), (3, 3, 2)]
    assert split_classes([]) == ()
    assert [one.places for one in split_classes(Decimal(n) for n in range(100))] == [20] * 5
    with pytest.raises(ValueError, match="no class"):
        find_class(Decimal(2), split_classes([Decimal(1), Decimal(3)]))


def test_colours_run_from_light_to_dark():
    for number in range(1, MOST_CLASSES + 1):
        colours = map_colours(number)
        lightness = [sum(int(colour[at : at + 2], 16) * share for at, share in ((1, 0.21), (3, 0.72), (5, 0.07)))
                     for colour in colours]  # fmt: skip
        assert len(set(colours)) == number
        assert lightness == sorted(lightness, reverse=True)
        assert all(first - second > 25 for first, second in pairwise(lightness))


def test_hidden_few_and_missing_figures_have_signs_of_their_own():
    labels = {one: one.value for one in Unclassed}
    legend = Legend(("1 – 5",), labels, {reach: reach.value for reach in Reach})
    standings = (0, *Unclassed)
    points = [
        PlacePoint(str(place), MapPoint(f"P{place}", 52.0, 20.0 + place), Reach.PART, standing, "words")
        for place, standing in enumerate(standings)
    ]
    chart = draw_places(points, legend, borders=None, alt="")
    drawn = {
        trace.customdata[0]: (trace.marker.symbol[0], trace.marker.color)
        for trace in chart.figure.data
        if trace.customdata is not None
    }
    assert drawn["0"] == ("diamond", map_colours(1)[0])
    assert [drawn[str(place)][0] for place in (1, 2, 3)] == ["diamond-x", "diamond-dot", "diamond"]
    assert {drawn[str(place)][1] for place in (1, 2, 3)} == {"white"}
    told = {trace.name: trace.marker.symbol for trace in chart.figure.data if trace.showlegend}
    assert told == {"1 – 5": "circle", "hidden": "circle-x", "few": "circle-dot", "no_data": "circle"}


def test_a_crowd_of_points_is_drawn_without_names():
    legend = Legend(("1",), {}, {reach: reach.value for reach in Reach})
    many = [
        PlacePoint(str(n), MapPoint(f"P{n}", 52 + n / 300, 20 + n / 300), Reach.WHOLE, 0, f"P{n}") for n in range(300)
    ]
    chart = draw_places(many, legend, borders=None, alt="")
    assert chart.figure.layout.annotations == ()
