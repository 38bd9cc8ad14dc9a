"""Partnerships on a map by what is known of them: colour says the class, shape says what kind of place a point is.

No tile server: outlines are those of the project's own data or the imported ones. Classes are few, stated in the legend
and of a scale that colour-blind people can read; hidden figures and missing ones have signs of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, plain_layout
from dashboard.charts.map_names import LONGITUDE_SCALE, MapPoint, outline, write_names
from dashboard.charts.palette import HIDDEN, INK, QUIET, map_colours

Rings = Sequence[Sequence[tuple[float, float]]]

MOST_NAMES = 40
_MAP_HEIGHT, _LEGEND_LINE = 470, 26
_PAPER = "#F5F7FA"


class Reach(StrEnum):
    """What kind of place a point stands for; its shape on the map."""

    WHOLE = "whole"  # a gmina or a district
    PART = "part"  # a named area inside one
    LARGER = "larger"  # a powiat or a voivodeship


class Unclassed(StrEnum):
    """Why a point has no class."""

    HIDDEN = "hidden"
    FEW = "few"  # too few people for percents
    NO_DATA = "no_data"


_SHAPES = {Reach.WHOLE: "circle", Reach.PART: "diamond", Reach.LARGER: "square"}


@dataclass(frozen=True, slots=True)
class PlacePoint:
    """One place of a partnership.

    Attributes:
        key: what a click on it gives.
        point: where it stands, and the name beside it.
        reach: what it stands for.
        standing: number of its class, or why it has none.
        words: what is said of it when pointed at.
        outlines: outer rings to be filled with its class's colour; empty for a point alone.
        is_chosen: drawn larger.
    """

    key: str
    point: MapPoint
    reach: Reach
    standing: int | Unclassed
    words: str
    outlines: Rings = ()
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """Words of the legend.

    Attributes:
        classes: label of each class, in order.
        unclassed: labels of what has no class.
        reaches: labels of the shapes.
    """

    classes: tuple[str, ...]
    unclassed: Mapping[Unclassed, str]
    reaches: Mapping[Reach, str]


def draw_places(points: Sequence[PlacePoint], legend: Legend, *, borders: Rings | None, alt: str) -> Chart:
    """Draw places over the outlines of powiats.

    Args:
        points: in any order.
        legend: its words.
        borders: outlines of powiats, ``None`` for the project's own of Mazovia.
        alt: text that stands for the chart where it can't be seen.
    """
    traces = [_draw_borders(borders), *_fill_areas(points, len(legend.classes)), *_draw_points(points, legend)]
    shapes = [reach for reach in Reach if any(one.reach is reach for one in points)]
    if len(shapes) > 1:
        traces += [_explain(legend.reaches[reach], _SHAPES[reach]) for reach in shapes]
    # A partnership of several places is named once.
    named = list({one.key: one.point for one in reversed(points)}.values())
    entries = sum(bool(trace.showlegend) for trace in traces)
    layout = plain_layout(
        _MAP_HEIGHT + _LEGEND_LINE * entries,
        margin=(0, 0, 0, 0),
        xaxis={"visible": False, "fixedrange": True},
        yaxis={"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": 1 / LONGITUDE_SCALE},
        annotations=write_names(named) if len(named) <= MOST_NAMES else [],
    )
    layout |= {
        "showlegend": True,
        "legend": {
            "orientation": "v", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "font": font(14),
            "itemclick": False, "itemdoubleclick": False, "itemsizing": "constant", "traceorder": "normal",
        },
    }  # fmt: skip
    return Chart(go.Figure(data=traces, layout=layout), alt)


def _draw_borders(borders: Rings | None) -> go.Scatter:
    longitudes, latitudes = outline() if borders is None else _chain(borders)
    return go.Scatter(
        x=longitudes, y=latitudes, mode="lines", line={"color": HIDDEN, "width": 0.8}, fill="toself",
        fillcolor=_PAPER, hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _fill_areas(points: Sequence[PlacePoint], classes: int) -> list[go.Scatter]:
    colours = map_colours(classes)
    filled: dict[str, list[Sequence[tuple[float, float]]]] = {}
    for one in points:
        if one.outlines:
            colour = colours[one.standing] if isinstance(one.standing, int) else "white"
            filled.setdefault(colour, []).extend(one.outlines)
    traces = []
    for colour, rings in filled.items():
        longitudes, latitudes = _chain(rings)
        traces.append(
            go.Scatter(
                x=longitudes,
                y=latitudes,
                mode="lines",
                line={"color": QUIET, "width": 1},
                fill="toself",
                fillcolor=colour,
                hoverinfo="skip",
                showlegend=False,
            )
        )
    return traces


def _draw_points(points: Sequence[PlacePoint], legend: Legend) -> list[go.Scatter]:
    colours = map_colours(len(legend.classes))
    groups: list[tuple[int | Unclassed, str]] = [*enumerate(legend.classes), *legend.unclassed.items()]
    traces = []
    for standing, label in groups:
        mine = [one for one in points if one.standing == standing and isinstance(one.standing, type(standing))]
        if not mine:
            continue
        colour = colours[standing] if isinstance(standing, int) else "white"
        traces.append(
            go.Scatter(
                x=[one.point.longitude for one in mine],
                y=[one.point.latitude for one in mine],
                mode="markers",
                name=as_words(label),
                text=[as_words(one.words) for one in mine],
                customdata=[one.key for one in mine],
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "opacity": 1,
                    "size": [18 if one.is_chosen else 13 for one in mine],
                    "color": colour,
                    "symbol": [_symbol(one) for one in mine],
                    "line": {"color": INK if isinstance(standing, int) else QUIET, "width": 1.3},
                },
                # What is drawn of a class in the legend must not depend on which place comes first.
                showlegend=False,
            )
        )
        traces.append(_explain(label, f"circle{_inside(standing)}", colour, is_classed=isinstance(standing, int)))
    return traces


def _explain(label: str, symbol: str, colour: str = "white", *, is_classed: bool = True) -> go.Scatter:
    """A line of the legend that stands for no point."""
    line = {"color": INK if is_classed else QUIET, "width": 1.3}
    marker = {"size": 13, "color": colour, "symbol": symbol, "line": line}
    return go.Scatter(
        x=[None], y=[None], mode="markers", name=as_words(label), marker=marker, hoverinfo="skip", showlegend=True
    )


def _symbol(one: PlacePoint) -> str:
    return _SHAPES[one.reach] + _inside(one.standing)


def _inside(standing: int | Unclassed) -> str:
    """A cross in a shape says that the figure is hidden, a dot that people are few, nothing that there is none."""
    signs = {Unclassed.HIDDEN: "-x", Unclassed.FEW: "-dot"}
    return signs.get(standing, "") if isinstance(standing, Unclassed) else ""


def _chain(rings: Rings) -> tuple[list[float | None], list[float | None]]:
    """Return rings as one broken line: longitudes and latitudes with ``None`` between them."""
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for ring in rings:
        longitudes += [*(x for x, _ in ring), None]
        latitudes += [*(y for _, y in ring), None]
    return longitudes, latitudes


def describe_points(points: Sequence[PlacePoint], most: int = 12) -> str:
    """Return the first places in words, for the alternative text."""
    return "; ".join(one.words for one in points[:most])
