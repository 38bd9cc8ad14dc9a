"""Marks of a network can be told apart on a phone, and the same network looks the same."""

from itertools import combinations
from math import hypot

import numpy as np
import pytest

from dashboard.charts.network_map import NetworkPartner, draw_network
from surveys.analysis.network_layout import MARK, NARROW, lay_out, layout_height


def a_network(number: int, share: float) -> list[tuple[int, int]]:
    random = np.random.default_rng(number)
    return [pair for pair in combinations(range(number), 2) if random.random() < share]


@pytest.mark.parametrize("number", [2, 5, 24, 60])
@pytest.mark.parametrize("share", [0.0, 0.03, 0.3, 1.0])
def test_no_two_marks_cover_each_other_on_a_phone(number: int, share: float) -> None:
    places = lay_out(range(number), a_network(number, share))
    height = layout_height(number)
    assert set(places) == set(range(number))
    for x, y in places.values():
        assert 0 <= x <= 1
        assert 0 <= y <= 1
    for (x1, y1), (x2, y2) in combinations(places.values(), 2):
        assert hypot((x1 - x2) * NARROW, (y1 - y2) * height) >= MARK - 1


def test_a_part_adrift_does_not_press_the_others_into_a_corner() -> None:
    ties = [*((one, two) for one, two in a_network(50, 0.08)), (50, 51), (52, 53), (53, 54)]
    places = np.array(list(lay_out(range(55), ties).values()))
    middle = (np.quantile(places, 0.75, axis=0) - np.quantile(places, 0.25, axis=0)).min()
    assert middle > 0.3, "half of the marks share at least a third of the picture"


def test_one_network_has_one_picture() -> None:
    ties = a_network(24, 0.2)
    assert lay_out(range(24), ties) == lay_out(range(24), [(two, one) for one, two in ties[::-1]])


def test_partners_who_work_together_stand_closer() -> None:
    ties = [*combinations(range(8), 2), *combinations(range(8, 16), 2), (0, 8)]
    places = lay_out(range(16), ties)

    def middle(members: range) -> tuple[float, float]:
        return tuple(np.mean([places[one] for one in members], axis=0))

    one, two = middle(range(8)), middle(range(8, 16))
    assert hypot(one[0] - two[0], one[1] - two[1]) > 0.3


def test_sectors_differ_in_shape_and_colour_and_every_partner_is_drawn_once() -> None:
    sectors = ("public", "civic", "business", "other", "")
    partners = {f"p{n}": NetworkPartner(n, f"Partner {n}", sectors[n % 5], sectors[n % 5] or "–") for n in range(1, 61)}
    chart = draw_network(partners, {("p1", "p2"): 1, ("p5", "p10"): 7}, title="Sieć", summary="Dwie pary.")
    marks = [trace for trace in chart.figure.data if trace.mode == "markers+text"]
    assert sorted(int(text) for trace in marks for text in trace.text) == list(range(1, 61))
    looks = {(trace.marker.symbol, trace.marker.color) for trace in marks}
    assert len({shape for shape, _ in looks}) == len({colour for _, colour in looks}) == 4  # both others are alike
    assert [trace.line.dash for trace in chart.figure.data if trace.mode == "lines"] == ["solid", "dot"]
    assert chart.alt == "Sieć. Dwie pary."
