"""Names on the map: near their points, apart from each other, and tied to a point that they had to leave."""

from dashboard.charts.area_map import MapPoint, draw_map

AROUND_WARSAW = [
    MapPoint("Dolina Jeziorki", 52.0433, 20.9923),
    MapPoint("Liw", 52.3978, 21.9517),
    MapPoint("Słupno", 52.5088, 19.8205),
    MapPoint("Sochaczew", 52.2355, 20.256),
    MapPoint("Warszawa Mokotów", 52.1934, 21.0349),
    MapPoint("Warszawa Ochota", 52.211, 20.9725),
    MapPoint("Warszawa Powiśle", 52.229, 21.0164),
    MapPoint("Żyrardów", 52.0603, 20.4426),
]


def names_of(points: list[MapPoint]) -> dict[str, dict[str, object]]:
    layout = draw_map(points, title="Mapa", language="pl").figure.to_plotly_json()["layout"]
    return {one["text"]: one for one in layout["annotations"]}


def test_a_name_alone_stands_right_beside_its_point() -> None:
    (name,) = names_of([MapPoint("Liw", 52.37, 21.95)]).values()
    assert (name["showarrow"], name["xshift"], name["yshift"]) == (False, 10, 0)


def test_a_name_in_a_crowd_stays_near_its_point() -> None:
    for name, drawn in names_of(AROUND_WARSAW).items():
        up = -drawn["ay"] if drawn["showarrow"] else drawn["yshift"]
        assert abs(up) <= 20, name


def test_a_name_that_left_its_point_is_tied_to_it_by_a_line() -> None:
    drawn = names_of([MapPoint(f"Warszawa numer {number}", 52.2, 21.0) for number in range(9)]).values()
    far = [one for one in drawn if abs(one["ay"] if one["showarrow"] else one["yshift"]) >= 20]
    assert far
    assert all(one["showarrow"] and one["arrowhead"] == 0 for one in far)
    assert len({(one["ax"], one["ay"]) for one in far}) == len(far)
