"""Outlines of areas: what can be taken is, what is left out is told, and borders still meet when points go."""

import json
import math
from itertools import pairwise

import pytest

from etl.boundaries import outlines as outlines_module
from etl.boundaries.outlines import read_outlines
from etl.boundaries.simplifying import simplify_outlines
from etl.settings import database_url
from etl.store.engine import open_store
from etl.store.reading.boundaries import read_boundaries
from surveys.language.texts import LANGUAGES
from surveys.vocabulary import AreaLevel, load

AREAS = load().areas
LIW, WEGROW = "1433042", "1433011"
NEAR_LIW = (21.95, 52.40)


def square(x: float, y: float, side: float = 0.05) -> list[list[float]]:
    east, north = round(x + side, 4), round(y + side, 4)
    return [[x, y], [east, y], [east, north], [x, north], [x, y]]


def feature(code: object, ring: object = None, *, key: str = "terc", kind: str = "Polygon") -> dict:
    ring = square(*NEAR_LIW) if ring is None else ring
    return {"type": "Feature", "properties": {key: code}, "geometry": {"type": kind, "coordinates": [ring]}}


def write(*features: dict, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


METRES = [[x * 20_000, y * 9_000] for x, y in square(*NEAR_LIW)]
SWAPPED = [[y, x] for x, y in square(*NEAR_LIW)]
NOTHING = "BOUNDARIES-NOTHING-LEFT"
FAULTS = {
    "broken": (write(feature(LIW))[:-20], ["BOUNDARIES-BROKEN"]),
    "not json": (b"PK\x03\x04 a zip", ["BOUNDARIES-BROKEN"]),
    "nested without end": (b'{"features":' + b"[" * 100_000, ["BOUNDARIES-BROKEN"]),
    "not a number": (write(feature(LIW)).replace(b"52.4]", b"NaN]"), ["BOUNDARIES-BROKEN"]),
    "empty": (write(), ["BOUNDARIES-NO-FEATURES"]),
    "a list": (b"[1, 2]", ["BOUNDARIES-NO-FEATURES"]),
    "metres": (write(feature(LIW, METRES)), ["BOUNDARIES-NOT-DEGREES"]),
    "says metres": (
        write(feature(LIW), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2180"}}),
        ["BOUNDARIES-NOT-DEGREES"],
    ),
    "latitude first": (write(feature(LIW, SWAPPED)), ["BOUNDARIES-SWAPPED"]),
    "Vienna": (write(feature(LIW, square(16.3, 48.2))), ["BOUNDARIES-ABROAD", NOTHING]),
    "no code": (write(feature(LIW, key="kod")), ["BOUNDARIES-CODE-MISSING", NOTHING]),
    "unknown code": (write(feature("9999011")), ["BOUNDARIES-CODES-UNKNOWN", NOTHING]),
    "part of a gmina": (write(feature("1433055")), ["BOUNDARIES-CODES-UNKNOWN", NOTHING]),
    "a point": (write(feature(LIW, [21.9, 52.4], kind="Point")), ["BOUNDARIES-GEOMETRY-BAD", NOTHING]),
    "two corners": (write(feature(LIW, square(*NEAR_LIW)[:2])), ["BOUNDARIES-GEOMETRY-BAD", NOTHING]),
    "no geometry": (write({"type": "Feature", "properties": {"terc": LIW}}), ["BOUNDARIES-GEOMETRY-BAD", NOTHING]),
    "a line": (write(feature(LIW, square(*NEAR_LIW), kind="LineString")), ["BOUNDARIES-GEOMETRY-BAD", NOTHING]),
    "a collection of shapes": (
        write(
            {
                "type": "Feature",
                "properties": {"terc": LIW},
                "geometry": {"type": "GeometryCollection", "geometries": []},
            }
        ),
        ["BOUNDARIES-GEOMETRY-BAD", NOTHING],
    ),
    "words for numbers": (write(feature(LIW, [["a", "b"]] * 4)), ["BOUNDARIES-GEOMETRY-BAD", NOTHING]),
    "the middle of Poland in PUWG 1992": (
        write(feature(LIW, [[640_100.5, 486_200.1], [650_000, 486_200], [650_000, 490_000], [640_100.5, 486_200.1]])),
        ["BOUNDARIES-NOT-DEGREES"],
    ),
    "a country beside Poland": (write(feature("CZ0100", square(14.4, 50.0))), ["BOUNDARIES-CODES-UNKNOWN", NOTHING]),
    "elsewhere": (write(feature(LIW, square(15.0, 51.0))), ["BOUNDARIES-ELSEWHERE", NOTHING]),
    "several at once": (
        write(feature("9999011"), feature(None), feature(WEGROW, [])),
        ["BOUNDARIES-CODE-MISSING", "BOUNDARIES-GEOMETRY-BAD", "BOUNDARIES-CODES-UNKNOWN", NOTHING],
    ),
    "too many": (write(*[feature(LIW)] * 5_001), ["BOUNDARIES-TOO-LARGE"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_said_and_nothing_is_kept(diagnoza, tmp_path, fault):
    content, codes = FAULTS[fault]
    file = tmp_path / "gminy.geojson"
    file.write_bytes(content)
    ran = diagnoza("boundaries", "import", file, "--json")
    assert (ran.code, ran.codes, ran.json["batch"]) == (1, codes, None)
    for language in LANGUAGES:
        for finding in read_outlines(content, "a", AREAS).report:
            assert finding.message(language)
            assert finding.remedy(language)
    assert kept(AreaLevel.GMINA) == {}


LEFT_OUT = {
    "Vilnius": (feature(WEGROW, square(25.2, 54.6)), "BOUNDARIES-ABROAD"),
    "a country beside Poland": (feature("CZ0100", square(14.4, 50.0)), "BOUNDARIES-CODES-UNKNOWN"),
    "unknown code": (feature("9999011"), "BOUNDARIES-CODES-UNKNOWN"),
    "no code": (feature(None), "BOUNDARIES-CODE-MISSING"),
    "no code and no outline": (feature(None, []), "BOUNDARIES-CODE-MISSING"),
    "broken outline": (feature(WEGROW, [[21.9, 52.4]]), "BOUNDARIES-GEOMETRY-BAD"),
    "elsewhere": (feature(WEGROW, square(15.0, 51.0)), "BOUNDARIES-ELSEWHERE"),
}


@pytest.mark.parametrize("fault", LEFT_OUT)
def test_an_area_with_a_fault_is_left_out_and_told_and_the_others_are_taken(diagnoza, tmp_path, fault):
    odd, code = LEFT_OUT[fault]
    file = tmp_path / "gminy.geojson"
    file.write_bytes(write(odd, feature(LIW)))
    ran = diagnoza("boundaries", "import", file, "--json")
    assert ran.code == 0
    assert code in ran.codes
    assert NOTHING not in ran.codes
    assert (ran.json["rows_read"], ran.json["rows_stored"], ran.json["rows_rejected"]) == (2, 1, 1)
    assert list(kept(AreaLevel.GMINA)) == [LIW]


def test_an_outline_under_a_code_of_yesterday_is_kept_under_todays(diagnoza, tmp_path):
    file = tmp_path / "gminy.geojson"
    file.write_bytes(write(feature("1433052")))
    ran = diagnoza("boundaries", "import", file, "--json")
    assert (ran.code, ran.codes, ran.json["rows_rejected"]) == (0, ["BOUNDARIES-CODES-OLDER"], 0)
    [code] = kept(AreaLevel.GMINA)
    assert code[:6] == "143305"
    assert code in AREAS


def kept(level: AreaLevel, within: str = "") -> dict:
    store = open_store(database_url())
    with store.read() as connection:
        found = read_boundaries(connection, level, within=within)
    store.close()
    return found


@pytest.mark.parametrize(("limit", "most"), [("MOST_BYTES", 100), ("MOST_POINTS", 9), ("MOST_FEATURES", 1)])
def test_a_file_too_large_in_any_way_is_refused_and_one_at_the_limit_is_not(monkeypatch, limit, most):
    content = write(feature(LIW), feature(WEGROW, square(22.0, 52.38)))
    monkeypatch.setattr(outlines_module, limit, most)
    assert [finding.code for finding in read_outlines(content, "a", AREAS).report] == ["BOUNDARIES-TOO-LARGE"]
    monkeypatch.setattr(
        outlines_module, limit, {"MOST_BYTES": len(content), "MOST_POINTS": 10, "MOST_FEATURES": 2}[limit]
    )
    found = read_outlines(content, "a", AREAS)
    assert (set(found.polygons), list(found.report)) == ({LIW, WEGROW}, [])


def test_islands_holes_and_heights_are_outlines_too():
    outer, hole = square(*NEAR_LIW, side=0.1), square(NEAR_LIW[0] + 0.02, NEAR_LIW[1] + 0.02, side=0.02)
    island = [[x, y, 105.5] for x, y in square(22.1, 52.3)]
    shape = {"type": "MultiPolygon", "coordinates": [[outer, hole], [island]]}
    found = read_outlines(write({"type": "Feature", "properties": {"terc": LIW}, "geometry": shape}), "a", AREAS)
    assert list(found.report) == []
    assert [len(rings) for rings in found.polygons[LIW]] == [2, 1]


@pytest.mark.parametrize(
    ("code", "key"),
    [(LIW, "terc"), (LIW, "JPT_KOD_JE"), ("143304_2", "teryt"), (1433042, "TERYT"), (1433042.0, "terc")],
)
def test_codes_are_read_however_they_are_written(diagnoza, tmp_path, code, key):
    file = tmp_path / "gminy.geojson"
    file.write_bytes(write(feature(code, key=key)))
    assert diagnoza("boundaries", "import", file).code == 0
    assert list(kept(AreaLevel.GMINA)) == [LIW]


def test_the_same_file_is_one_import_and_can_be_undone(diagnoza, tmp_path):
    file = tmp_path / "gminy.geojson"
    file.write_bytes(write(feature(LIW), feature("1433", square(21.9, 52.4))))
    first = diagnoza("boundaries", "import", file, "--json").json
    again = diagnoza("boundaries", "import", file, "--json")
    assert (first["rows_stored"], again.json["batch"], again.codes) == (2, first["batch"], ["IMPORT-ALREADY-LOADED"])
    assert kept(AreaLevel.GMINA) == {LIW: [[[tuple(point) for point in square(*NEAR_LIW)]]]}
    assert list(kept(AreaLevel.POWIAT)) == ["1433"]
    assert kept(AreaLevel.GMINA, "02") == {}
    listed = diagnoza("imports", "--json").json["imports"]
    assert [each["kind"] for each in listed] == ["boundaries"]
    assert diagnoza("undo", first["batch"]).code == 0
    assert kept(AreaLevel.GMINA) == {}


def test_the_outlines_of_mazovia_are_taken_whole(diagnoza, geo):
    for name, level, count in (("gminy", AreaLevel.GMINA, 314), ("powiaty", AreaLevel.POWIAT, 42)):
        assert diagnoza("boundaries", "import", geo / f"mazowieckie-{name}.geojson").code == 0
        outlines = kept(level, "14")
        assert len(outlines) == count
        assert all(
            ring[0] == ring[-1] and len(ring) >= 4 for each in outlines.values() for rings in each for ring in rings
        )


def wavy(start: tuple[float, float], end: tuple[float, float], steps: int = 400) -> list[tuple[float, float]]:
    """A border with many small bends, from one corner to another, its last point left out."""
    (x0, y0), (x1, y1) = start, end
    return [
        (
            round(x0 + (x1 - x0) * at / steps + 0.0004 * math.sin(at * 1.7) * (at > 0), 5),
            round(y0 + (y1 - y0) * at / steps + 0.0004 * math.cos(at * 2.3) * (at > 0), 5),
        )
        for at in range(steps)
    ]


def test_neighbours_still_share_their_border_when_most_points_are_gone():
    a, b, c, d, e, f = (21.0, 52.0), (21.4, 52.0), (21.8, 52.0), (21.8, 52.3), (21.4, 52.3), (21.0, 52.3)
    middle = [*wavy(b, e), e]
    left = (*wavy(a, b), *middle, *wavy(e, f)[1:], *wavy(f, a), a)
    right = (*wavy(c, d), *wavy(d, e), *middle[::-1], *wavy(b, c)[1:], c)
    simple = simplify_outlines({"left": ((left,),), "right": ((right,),)})
    [[[*of_left]], [[*of_right]]] = [[list(ring) for ring in simple[side][0]] for side in ("left", "right")]
    assert len(of_left) + len(of_right) < (len(left) + len(right)) / 10
    at_left = set(pairwise(of_left))
    at_right = {(second, first) for first, second in pairwise(of_right)}
    shared = [pair for pair in at_left if pair in at_right]
    ends = {point for pair in shared for point in pair}
    assert {b, e} <= ends
    # What both have is one line from corner to corner: a gap or an overlap would break it.
    assert len(shared) == len(ends) - 1


def test_an_area_that_would_vanish_stays():
    tiny = tuple((21.0 + x / 10_000, 52.0 + y / 10_000) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)))
    [[ring]] = simplify_outlines({"a": ((tiny,),)})["a"]
    assert len(set(ring)) >= 3
