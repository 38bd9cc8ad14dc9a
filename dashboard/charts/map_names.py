"""Names beside points of a map: each where it covers neither a point nor an earlier name, or tied to it by a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

from dashboard.charts.layout import font, wrap_words
from dashboard.charts.palette import QUIET
from surveys.vocabulary import load_outline

_FAR = 20  # pixels: a name this high above its point needs a line to it
_LETTER_WIDTH = 6.4  # pixels of an average letter at this size, rather too much than too little
_NAME_WIDTH = 20  # signs: a longer name would not fit beside its point on a phone
LONGITUDE_SCALE = cos(radians(52.3))  # at Mazovia's middle a degree of longitude is this much shorter
_PIXELS_PER_DEGREE = 160  # between a phone (150) and a wide screen (165)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name stands beside its point, in pixels."""

    right: int
    up: int
    anchor: str


_PLACES = (
    _Place(10, 0, "left"),
    _Place(-10, 0, "right"),
    _Place(0, 16, "center"),
    _Place(0, -16, "center"),
    _Place(8, 14, "left"),
    _Place(8, -14, "left"),
    _Place(-8, 14, "right"),
    _Place(-8, -14, "right"),
    _Place(8, 20, "left"),
    _Place(-8, 20, "right"),
    _Place(8, -20, "left"),
    _Place(-8, -20, "right"),
    _Place(8, 28, "left"),
    _Place(-8, 28, "right"),
    _Place(8, -28, "left"),
    _Place(-8, -28, "right"),
)


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One partnership on the map: degrees, and its name."""

    name: str
    latitude: float
    longitude: float


def write_names(points: Sequence[MapPoint]) -> list[dict[str, object]]:
    """Return annotations that write each point's name, in the order given."""
    return [
        {
            "x": point.longitude, "y": point.latitude, "text": _shorten(point.name), "xanchor": place.anchor,
            "font": font(13), **_lead_to(place),
        }
        for point, place in zip(points, _place_names(points), strict=True)
    ]  # fmt: skip


def _lead_to(place: _Place) -> dict[str, object]:
    """Return where a name stands; one that found no room close by is tied to its point by a thin line."""
    if abs(place.up) < _FAR:
        return {"showarrow": False, "xshift": place.right, "yshift": place.up}
    return {
        "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": QUIET, "standoff": 5,
        "ax": place.right, "ay": -place.up, "borderpad": 0,
    }  # fmt: skip


def _shorten(name: str) -> str:
    return wrap_words(name, _NAME_WIDTH, 1)[0]


def _place_names(points: Sequence[MapPoint]) -> list[_Place]:
    """Give each name the first place beside its point where it covers neither a point nor an earlier name."""
    dots = [
        (point.longitude * LONGITUDE_SCALE * _PIXELS_PER_DEGREE, point.latitude * _PIXELS_PER_DEGREE)
        for point in points
    ]
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in dots]
    places = []
    for point, (x, y) in zip(points, dots, strict=True):
        boxes = [(place, _name_box(_shorten(point.name), x, y, place)) for place in _PLACES]
        place, box = min(boxes, key=lambda pair: _outside(pair[1]) + sum(_overlap(pair[1], other) for other in taken))
        taken.append(box)
        places.append(place)
    return places


def _name_box(name: str, x: float, y: float, place: _Place) -> tuple[float, float, float, float]:
    width = len(name) * _LETTER_WIDTH
    left = x + place.right - {"left": 0.0, "center": width / 2, "right": width}[place.anchor]
    return left, y + place.up - 8, left + width, y + place.up + 8


def _outside(box: tuple[float, float, float, float]) -> float:
    """How much of a name would leave the map, weighed like covering another name."""
    left, right = _edges()
    return (max(0.0, left - box[0]) + max(0.0, box[2] - right)) * (box[3] - box[1])


@cache
def _edges() -> tuple[float, float]:
    """Where the map ends on the left and on the right, in pixels."""
    known = [longitude for longitude in outline()[0] if longitude is not None]
    scale = LONGITUDE_SCALE * _PIXELS_PER_DEGREE
    return min(known) * scale, max(known) * scale


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


@cache
def outline() -> tuple[list[float | None], list[float | None]]:
    """All rings as one broken line: longitudes and latitudes with ``None`` between rings."""
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for ring in _rings(load_outline()):
        longitudes += [*(point[0] for point in ring), None]
        latitudes += [*(point[1] for point in ring), None]
    return longitudes, latitudes


def _rings(outline: object) -> list[list[tuple[float, float]]]:
    rings: list[list[tuple[float, float]]] = []
    for feature in outline["features"]:  # type: ignore[index] # GeoJSON: plain nested dictionaries
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings += [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]
    return rings
