"""A map without a map server: outlines of powiats from the project's own data, partnerships as labelled points."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, plain_layout
from dashboard.charts.map_names import LONGITUDE_SCALE, MapPoint, outline, write_names
from dashboard.charts.palette import HIDDEN, MAIN
from dashboard.texts import say
from surveys.language.texts import Language

__all__ = ["MapPoint", "draw_map"]

_HEIGHT = 460
MOST_NAMES = 60
"""Names of more points would cover each other; they stand in the list beside the map."""


def draw_map(points: Sequence[MapPoint], *, title: str, language: Language) -> Chart:
    """Draw partnerships over the outlines of Mazovia's powiats.

    Args:
        points: in any order; names are drawn beside them and moved apart where they would cover each other, up to
            `MOST_NAMES` of them.
        title: for the alternative text.
        language: language of the alternative text.
    """
    longitudes, latitudes = outline()
    # In one go: Plotly checks all names anew at every single one that is added.
    figure = go.Figure(
        layout=plain_layout(
            _HEIGHT,
            annotations=write_names(points) if len(points) <= MOST_NAMES else [],
            margin=(0, 0, 0, 0),
            xaxis={"visible": False, "fixedrange": True},
            yaxis={"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": 1 / LONGITUDE_SCALE},
        )
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
        text=[as_words(point.name) for point in points],
        hovertemplate="%{text}<extra></extra>",
    )
    names = ", ".join(point.name for point in points)
    return Chart(figure, f"{title}. {say('figure.map_names', language, names=names)}")
