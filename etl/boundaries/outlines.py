"""A GeoJSON file as outlines by TERYT code, and every reason why some of it, or all, cannot be."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, NoReturn

from surveys.findings import Finding, Place, Report
from surveys.indicators import LeftOut, read_area_code
from surveys.vocabulary import Areas

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygons = tuple[tuple[Ring, ...], ...]

MOST_BYTES = 50 * 1024 * 1024
MOST_FEATURES, MOST_POINTS = 5_000, 3_000_000
_CODE_PROPERTIES = ("terc", "jpt_kod_je", "teryt")
# Five decimals are a metre: neighbours share the points of their border exactly.
_DECIMALS = 5
_POLAND = ((13.5, 24.7), (48.5, 55.5))
_NEAR_DEGREES = 0.3
_DEGREES = re.compile(r"CRS84|4326", re.IGNORECASE)
_FIRST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Outlines:
    """What a file holds.

    Attributes:
        polygons: by TERYT code of 2, 4 or 7 digits; rings of (longitude, latitude), closed.
        features: features in the file.
        left_out: those of them that are not in ``polygons``; warnings say why.
        report: with an error among its findings ``polygons`` is not to be used.
    """

    polygons: Mapping[str, Polygons]
    features: int
    left_out: int
    report: Report


def read_outlines(content: bytes, file_name: str, areas: Areas) -> Outlines:
    """Return the outlines of a GeoJSON file.

    Args:
        content: of the file; a ``FeatureCollection`` whose features have a property ``terc``, ``JPT_KOD_JE`` or
            ``teryt``, in degrees (WGS 84).
        file_name: for findings.
        areas: every unit there is.
    """
    place = Place(file_name)

    def refuse(code: str, **facts: str | int) -> Outlines:
        return Outlines({}, 0, 0, Report((Finding(code, place, facts),)))

    if len(content) > MOST_BYTES:
        return refuse("BOUNDARIES-TOO-LARGE", features=MOST_FEATURES, points=MOST_POINTS)
    try:
        collection = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):  # not JSON, not UTF-8, nested without end
        return refuse("BOUNDARIES-BROKEN")
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(each, dict) for each in features):
        return refuse("BOUNDARIES-NO-FEATURES")
    if len(features) > MOST_FEATURES:
        return refuse("BOUNDARIES-TOO-LARGE", features=MOST_FEATURES, points=MOST_POINTS)
    if _names_other_system(collection):
        return refuse("BOUNDARIES-NOT-DEGREES")
    reading = _Reading(areas)
    for number, feature in enumerate(features, 1):
        reading.take(number, feature)
        if reading.points > MOST_POINTS:
            return refuse("BOUNDARIES-TOO-LARGE", features=MOST_FEATURES, points=MOST_POINTS)
    report = Report(tuple(reading.findings(place)))
    return Outlines(reading.polygons, len(features), len(features) - reading.taken, report)


class _Reading:
    """The features of one file."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self.polygons: dict[str, Polygons] = {}
        self.points = 0
        self.taken = 0
        self._without_code: list[int] = []
        self._unknown: list[str] = []
        self._older: list[str] = []
        self._bad: list[int] = []
        self._spots: Counter[str] = Counter()
        self._elsewhere: list[str] = []

    def take(self, number: int, feature: Mapping[str, Any]) -> None:
        code = _read_code(feature.get("properties"))
        polygons = _read_geometry(feature.get("geometry"))
        if code is None:
            self._without_code.append(number)
        if polygons is None:
            self._bad.append(number)
        if code is None or polygons is None:
            return
        self.points += sum(len(ring) for rings in polygons for ring in rings)
        spot = _place_of(polygons)
        self._spots[spot] += 1
        found = read_area_code(code, self._areas)
        if isinstance(found, LeftOut) or found[0] not in self._areas:
            self._unknown.append(code)
            return
        teryt, older = found
        if spot != "poland":
            return
        if not _is_near(self._areas[teryt].lon, self._areas[teryt].lat, polygons):
            self._elsewhere.append(teryt)
            return
        if older:
            self._older.append(code)
        self.taken += 1
        self.polygons[teryt] = self.polygons.get(teryt, ()) + polygons

    def findings(self, place: Place) -> Iterator[Finding]:
        """Every fault, and last that nothing is left when it is so."""
        system = {"metres": "BOUNDARIES-NOT-DEGREES", "swapped": "BOUNDARIES-SWAPPED", "abroad": "BOUNDARIES-ABROAD"}
        for spot, code in system.items():
            if self._spots[spot]:
                yield Finding(code, place, {"count": self._spots[spot]} if spot == "abroad" else {})
        if self._without_code:
            facts: dict[str, str | int] = {"count": len(self._without_code), "first": self._without_code[0]}
            yield Finding("BOUNDARIES-CODE-MISSING", place, facts)
        if self._bad:
            yield Finding("BOUNDARIES-GEOMETRY-BAD", place, {"count": len(self._bad), "first": self._bad[0]})
        for codes, said in ((self._unknown, "BOUNDARIES-CODES-UNKNOWN"), (self._older, "BOUNDARIES-CODES-OLDER")):
            if codes:
                yield Finding(said, place, {"count": len(codes), "codes": _list(codes)})
        if self._elsewhere:
            yield Finding(
                "BOUNDARIES-ELSEWHERE", place, {"count": len(self._elsewhere), "codes": _list(self._elsewhere)}
            )
        if not self.polygons and not (self._spots["metres"] or self._spots["swapped"]):
            yield Finding("BOUNDARIES-NOTHING-LEFT", place, {})


def _list(codes: list[str]) -> str:
    return ", ".join(codes[:_FIRST_NAMED]) + (" …" if len(codes) > _FIRST_NAMED else "")


def _names_other_system(collection: Mapping[str, Any]) -> bool:
    crs = collection.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return isinstance(name, str) and _DEGREES.search(name) is None


def _read_code(properties: Any) -> str | None:
    if not isinstance(properties, dict):
        return None
    lowered = {str(key).lower(): value for key, value in properties.items()}
    for name in _CODE_PROPERTIES:
        value = lowered.get(name)
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        # A program that took the code for a number has lost its first zero.
        text = str(value).strip().replace("_", "")
        if text:
            return text
    return None


def _read_geometry(geometry: Any) -> Polygons | None:
    """Return polygons of closed rings, ``None`` when a geometry is none, or is broken."""
    if not isinstance(geometry, dict):
        return None
    given = geometry.get("coordinates")
    listed = [given] if geometry.get("type") == "Polygon" else given if geometry.get("type") == "MultiPolygon" else None
    if not isinstance(listed, list) or not listed:
        return None
    polygons = []
    for rings in listed:
        read = [_read_ring(ring) for ring in rings] if isinstance(rings, list) and rings else [None]
        whole = [ring for ring in read if ring is not None]
        if len(whole) != len(read):
            return None
        polygons.append(tuple(whole))
    return tuple(polygons)


def _read_ring(ring: Any) -> Ring | None:
    if not isinstance(ring, list) or len(ring) < 4:
        return None
    points: list[Point] = []
    for pair in ring:
        if not isinstance(pair, list) or len(pair) < 2 or not all(_is_number(value) for value in pair[:2]):
            return None
        point = (round(float(pair[0]), _DECIMALS), round(float(pair[1]), _DECIMALS))
        if not points or points[-1] != point:
            points.append(point)
    if points[0] != points[-1]:
        points.append(points[0])
    return tuple(points) if len(points) >= 4 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _place_of(polygons: Polygons) -> str:
    """Return where an outline lies: ``poland``, ``swapped`` (latitude before longitude), ``metres`` or ``abroad``."""
    xs = [x for rings in polygons for ring in rings for x, _ in ring]
    ys = [y for rings in polygons for ring in rings for _, y in ring]
    if max(map(abs, xs)) > 180 or max(map(abs, ys)) > 180:
        return "metres"
    (west, east), (south, north) = _POLAND
    if west <= min(xs) and max(xs) <= east and south <= min(ys) and max(ys) <= north:
        return "poland"
    swapped = south <= min(xs) and max(xs) <= north and west <= min(ys) and max(ys) <= east
    return "swapped" if swapped else "abroad"


def _is_near(lon: float, lat: float, polygons: Polygons) -> bool:
    """Whether the point that the list of areas has for a code lies within an outline's box, or nearly."""
    xs = [x for rings in polygons for ring in rings for x, _ in ring]
    ys = [y for rings in polygons for ring in rings for _, y in ring]
    wide, high = _NEAR_DEGREES, _NEAR_DEGREES / 2
    return min(xs) - wide <= lon <= max(xs) + wide and min(ys) - high <= lat <= max(ys) + high


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
