"""A map without a map server: outlines of powiats from the project's own data, partnerships as labelled points."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.palette import HIDDEN, INK, MAIN
from dashboard.texts import say
from surveys.language.texts import Language
from surveys.vocabulary import load_outline

_LATITUDE = 52.3  # of Mazovia's middle: a degree of longitude is this much shorter


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One partnership on the map: degrees, and its name."""

    name: str
    latitude: float
    longitude: float


def draw_map(points: Sequence[MapPoint], *, title: str, language: Language) -> Chart:
    """Draw partnerships over the outlines of Mazovia's powiats.

    Args:
        points: in any order; names are drawn beside them and moved apart where they would cover each other.
        title: for the alternative text.
        language: language of the alternative text.
    """
    longitudes, latitudes = _outline()
    figure = go.Figure(
        layout={
            "height": 460,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "plot_bgcolor": "white",
            "paper_bgcolor": "white",
            "showlegend": False,
            "dragmode": False,
            "xaxis": {"visible": False, "fixedrange": True},
            "yaxis": {
                "visible": False,
                "fixedrange": True,
                "scaleanchor": "x",
                "scaleratio": 1 / cos(radians(_LATITUDE)),
            },
        }
    )
    figure.add_scatter(
        x=longitudes, y=latitudes, mode="lines", line={"color": HIDDEN, "width": 0.8}, fill="toself",
        fillcolor="#F5F7FA", hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[point.longitude for point in points],
        y=[point.latitude for point in points],
        mode="markers",
        marker={"size": 11, "color": MAIN, "line": {"color": "white", "width": 1.5}},
        text=[point.name for point in points],
        hovertemplate="%{text}<extra></extra>",
    )
    for point, (shift, anchor) in zip(points, _place_names(points), strict=True):
        figure.add_annotation(
            x=point.longitude, y=point.latitude, text=point.name, showarrow=False, xanchor=anchor,
            xshift=9 if anchor == "left" else -9, yshift=shift, font={"size": 13, "color": INK},
            bgcolor="rgba(255,255,255,0.75)",
        )  # fmt: skip
    names = ", ".join(point.name for point in points)
    return Chart(figure, f"{title}. {say('figure.map_names', language, names=names)}")


def _place_names(points: Sequence[MapPoint]) -> list[tuple[int, str]]:
    """Move names of close points apart: to the other side and up or down by a line."""
    placed: list[tuple[float, float]] = []
    places: list[tuple[int, str]] = []
    for point in points:
        near = sum(
            abs(point.latitude - latitude) < 0.09 and abs(point.longitude - longitude) < 0.5
            for latitude, longitude in placed
        )
        placed.append((point.latitude, point.longitude))
        places.append(((0, 0, 15, -15)[near % 4], ("left", "right", "left", "right")[near % 4]))
    return places


@cache
def _outline() -> tuple[list[float | None], list[float | None]]:
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
