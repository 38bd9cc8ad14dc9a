"""Outlines of the powiats of Mazowsze for a small map that asks nothing of the network.

The file is GeoJSON, one powiat a line, coordinates rounded to about a hundred metres: enough for a map of dots.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, cast


@cache
def load_outline() -> Mapping[str, Any]:
    """Return a GeoJSON FeatureCollection: 42 features, ``id`` and ``properties.teryt`` are four-digit TERYT codes.

    The value is shared: do not change it.
    """
    file = resources.files("surveys.vocabulary") / "data" / "mazowieckie_powiaty.geojson"
    return cast("Mapping[str, Any]", json.loads(file.read_text(encoding="utf-8")))
