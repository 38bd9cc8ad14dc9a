"""Fewer points for drawing, and borders that still meet: each stretch of a border is simplified once, for both sides.

Rings are cut where borders of three areas meet. Along a stretch the point whose triangle with its neighbours is the
smallest goes first, until every triangle left is large enough to be seen (Visvalingam and Whyatt, The Cartographic
Journal 30 (1993) 46–51).
"""

import heapq
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import cos, radians

from etl.boundaries.outlines import Point, Polygons, Ring

# Less than half a pixel of a picture of Mazovia (250 km) that is 800 pixels wide.
SMALLEST_TRIANGLE_KM2 = 0.05
_KM_A_DEGREE = 111.2
_Stretch = tuple[Point, ...]


def simplify_outlines(
    polygons: Mapping[str, Polygons], smallest_km2: float = SMALLEST_TRIANGLE_KM2
) -> dict[str, Polygons]:
    """Return outlines with fewer points; a ring that would vanish stays as it is.

    Args:
        polygons: by area, closed rings of (longitude, latitude); neighbours share the points of their border.
        smallest_km2: triangles below this area go.
    """
    rings = [ring for outline in polygons.values() for holes in outline for ring in holes]
    meeting = _find_meeting_points(rings)
    kept: dict[_Stretch, _Stretch] = {}
    return {
        code: tuple(tuple(_simplify_ring(ring, meeting, kept, smallest_km2) for ring in holes) for holes in outline)
        for code, outline in polygons.items()
    }


def _find_meeting_points(rings: Iterable[Ring]) -> set[Point]:
    """Return the points that have more than two neighbours over all rings: there borders part."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for before, point in pairwise(ring):
            beside.setdefault(before, set()).add(point)
            beside.setdefault(point, set()).add(before)
    return {point for point, neighbours in beside.items() if len(neighbours) > 2}


def _simplify_ring(ring: Ring, meeting: set[Point], kept: dict[_Stretch, _Stretch], smallest_km2: float) -> Ring:
    open_ring = ring[:-1]
    # A ring that meets no third area begins at its smallest point, so that its neighbour cuts it at the same one.
    starts = [at for at, point in enumerate(open_ring) if point in meeting] or [open_ring.index(min(open_ring))]
    points: list[Point] = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else starts[0] + len(open_ring)
        stretch = tuple(open_ring[at % len(open_ring)] for at in range(start, end + 1))
        points += _simplify_stretch(stretch, kept, smallest_km2)[:-1]
    simple = (*points, points[0])
    return simple if len(set(simple)) >= 3 else ring


def _simplify_stretch(stretch: _Stretch, kept: dict[_Stretch, _Stretch], smallest_km2: float) -> _Stretch:
    """Return a stretch simplified, the same points whichever side asks for it."""
    backwards = stretch[::-1]
    turned = backwards < stretch
    key = backwards if turned else stretch
    if key not in kept:
        kept[key] = _drop_points(key, smallest_km2)
    return kept[key][::-1] if turned else kept[key]


def _drop_points(stretch: _Stretch, smallest_km2: float) -> _Stretch:
    last = len(stretch) - 1
    # A stretch that comes back to its beginning keeps enough points to enclose something.
    fewest = 4 if stretch[0] == stretch[last] else 2
    before, after = list(range(-1, last)), list(range(1, last + 2))
    gone = [False] * len(stretch)
    waiting = [(_triangle_km2(stretch[at - 1], stretch[at], stretch[at + 1]), at) for at in range(1, last)]
    current = {at: area for area, at in waiting}
    heapq.heapify(waiting)
    left = len(stretch)
    largest = 0.0
    while waiting and left > fewest:
        area, at = heapq.heappop(waiting)
        if gone[at] or current[at] != area:
            continue
        # A point is never more dispensable than one that went before it.
        largest = max(largest, area)
        if largest >= smallest_km2:
            break
        gone[at] = True
        left -= 1
        low, high = before[at], after[at]
        after[low], before[high] = high, low
        for other in (low, high):
            if 0 < other < last:
                current[other] = _triangle_km2(stretch[before[other]], stretch[other], stretch[after[other]])
                heapq.heappush(waiting, (current[other], other))
    return tuple(point for at, point in enumerate(stretch) if not gone[at])


def _triangle_km2(first: Point, second: Point, third: Point) -> float:
    narrow = cos(radians(second[1]))
    ax, ay = (second[0] - first[0]) * narrow, second[1] - first[1]
    bx, by = (third[0] - first[0]) * narrow, third[1] - first[1]
    return abs(ax * by - ay * bx) / 2 * _KM_A_DEGREE**2
