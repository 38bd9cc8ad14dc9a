"""Outlines of areas for maps. They belong to no partnership, so no scope is asked for."""

import json

from sqlalchemy import Connection, select

from etl.store.schema_indicators import area_boundary
from surveys.vocabulary import AreaLevel

# Polygons of rings of (longitude, latitude) in degrees, closed; the first ring is the outer one.
Outline = list[list[list[tuple[float, float]]]]


def read_boundaries(connection: Connection, level: AreaLevel, *, within: str = "") -> dict[str, Outline]:
    """Return the outlines of a level by TERYT code, simplified for drawing; empty when none were imported.

    Args:
        connection: reading connection.
        level: of the areas.
        within: TERYT code of a voivodeship or powiat, ``""`` for the whole country.
    """
    rows = connection.execute(
        select(area_boundary.c.teryt, area_boundary.c.outline)
        .where(area_boundary.c.level == level.value, area_boundary.c.teryt.startswith(within, autoescape=True))
        .order_by(area_boundary.c.teryt, area_boundary.c.batch_id)
    )
    # Of one area the newest import stands last, and counts.
    newest = {row.teryt: row.outline for row in rows}
    return {
        teryt: [[[(x, y) for x, y in ring] for ring in rings] for rings in json.loads(outline)]
        for teryt, outline in newest.items()
    }
