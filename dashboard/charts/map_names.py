"""Names beside points of a map: each where it covers neither a point nor an earlier name, or tied to it by a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

import numpy as np
import numpy.typing as npt

from dashboard.charts.layout import font, wrap_words
from dashboard.charts.palette import QUIET
from surveys.vocabulary import load_outline

Floats = npt.NDArray[np.float64]
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
    taken = np.empty((2 * len(dots), 4))
    taken[: len(dots)] = [(x - 7, y - 7, x + 7, y + 7) for x, y in dots]
    places = []
    for number, (point, (x, y)) in enumerate(zip(points, dots, strict=True), len(dots)):
        name = _shorten(point.name)
        boxes = np.array([_name_box(name, x, y, place) for place in _PLACES])
        best = int(np.argmin(_outside(boxes) + _overlaps(boxes, taken[:number])))
        taken[number] = boxes[best]
        places.append(_PLACES[best])
    return places


def _name_box(name: str, x: float, y: float, place: _Place) -> tuple[float, float, float, float]:
    width = len(name) * _LETTER_WIDTH
    left = x + place.right - {"left": 0.0, "center": width / 2, "right": width}[place.anchor]
    return left, y + place.up - 8, left + width, y + place.up + 8


def _outside(boxes: Floats) -> Floats:
    """How much of each name would leave the map, weighed like covering another name."""
    left, right = _edges()
    beyond = np.maximum(0.0, left - boxes[:, 0]) + np.maximum(0.0, boxes[:, 2] - right)
    return np.asarray(beyond * (boxes[:, 3] - boxes[:, 1]))


@cache
def _edges() -> tuple[float, float]:
    """Where the map ends on the left and on the right, in pixels."""
    known = [longitude for longitude in outline()[0] if longitude is not None]
    scale = LONGITUDE_SCALE * _PIXELS_PER_DEGREE
    return min(known) * scale, max(known) * scale


def _overlaps(boxes: Floats, others: Floats) -> Floats:
    """How much of what is taken each box would cover."""
    width = np.minimum(boxes[:, None, 2], others[:, 2]) - np.maximum(boxes[:, None, 0], others[:, 0])
    height = np.minimum(boxes[:, None, 3], others[:, 3]) - np.maximum(boxes[:, None, 1], others[:, 1])
    return np.asarray((np.maximum(0.0, width) * np.maximum(0.0, height)).sum(axis=1))


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
