"""Named things in layers from the top down, tied by lines: a thread from a problem to its result, a problem tree.

The figure is static and its words wrap, so that it reads on a phone, on paper and on a wall. Whoever can't see it has
the same as a nested list on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, plain_layout, wrap_words
from dashboard.charts.palette import HIDDEN, INK, MAIN, QUIET

_PER_ROW = 3  # side by side on a phone
_LETTERS = 16
_MOST_LINES = 5
_LINE, _PADDING, _HEADING, _BETWEEN, _GAP = 15, 12, 22, 26, 10
_SIDE = 0.012
_EDGE, _LANES = 0.93, 5  # share of the width that boxes take; ties side by side in the rest
_NO_BREAK, _PLACEHOLDER = "\u00a0", "\ue000"


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in a layer.

    Attributes:
        key: by which ties know it.
        text: somebody's words.
        kind: ``plain``, ``main`` (what the figure is about) or ``missing`` (here the thread breaks).
    """

    key: str
    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer with its heading."""

    heading: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a box stands: its layer, left and right in shares of the width, top and bottom in pixels."""

    depth: int
    left: float
    right: float
    top: float
    bottom: float
    lines: list[str]
    kind: str


def draw_layers(layers: Sequence[Layer], ties: Sequence[tuple[str, str]], *, alt: str) -> Chart:
    """Draw layers.

    Args:
        layers: from the top down; a layer without boxes is passed over.
        ties: keys of boxes, the upper one first; an end that is not drawn is passed over.
        alt: alternative text.
    """
    placed: dict[str, _Placed] = {}
    words: list[dict[str, Any]] = []
    top, said = 0.0, ""
    for depth, layer in enumerate(one for one in layers if one.boxes):
        if layer.heading != said:
            words.append(_word(0.0, top + _HEADING / 2, as_words(layer.heading), font(13, QUIET), anchor="left"))
            top += _HEADING
            said = layer.heading
        for start in range(0, len(layer.boxes), _PER_ROW):
            row = layer.boxes[start : start + _PER_ROW]
            wrapped = [_wrap(box.text) for box in row]
            height = _PADDING + _LINE * max(map(len, wrapped))
            for at, (box, lines) in enumerate(zip(row, wrapped, strict=True)):
                left, right = _span(at, len(row))
                placed[box.key] = _Placed(depth, left, right, top, top + height, lines, box.kind)
            top += height + _GAP
        top += _BETWEEN - _GAP
    strings = [_tie(placed[upper], placed[lower]) for upper, lower in ties if upper in placed and lower in placed]
    for one in placed.values():
        colour = "white" if one.kind == "main" else INK if one.kind == "plain" else QUIET
        text = "<br>".join(one.lines)
        words.append(_word((one.left + one.right) / 2, (one.top + one.bottom) / 2, text, font(12, colour)))
    layout = plain_layout(
        round(top) + 8,
        margin=(2, 2, 4, 4),
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [top, 0], "visible": False, "fixedrange": True},
        shapes=[*strings, *map(_frame, placed.values())],
        annotations=words,
    )
    return Chart(go.Figure(layout=layout), alt)


def _wrap(text: str) -> list[str]:
    """Wrap words; an amount of money stays in one line."""
    lines = wrap_words(text.replace(_NO_BREAK, _PLACEHOLDER), _LETTERS, _MOST_LINES)
    return [line.replace(_PLACEHOLDER, _NO_BREAK) for line in lines]


def _span(at: int, count: int) -> tuple[float, float]:
    """Boxes of a short row stand in its middle, as wide as those of a full one; the right edge is left for ties."""
    width = _EDGE / _PER_ROW
    left = (_EDGE - count * width) / 2 + at * width
    return left + _SIDE, left + width - _SIDE


def _tie(upper: _Placed, lower: _Placed) -> dict[str, Any]:
    """Tie neighbouring layers directly; a longer tie goes round by the right edge, never behind another box."""
    start, end = (upper.left + upper.right) / 2, (lower.left + lower.right) / 2
    if lower.depth - upper.depth <= 1:
        middle = (upper.bottom + lower.top) / 2
        path = f"M {start:.4f} {upper.bottom:.1f} C {start:.4f} {middle:.1f} {end:.4f} {middle:.1f} {end:.4f}"
        path += f" {lower.top:.1f}"
    else:
        lane = _EDGE + (1 - _EDGE) * (0.3 + 0.14 * (lower.depth % _LANES))
        below, above = upper.bottom + _GAP / 2, lower.top - _GAP / 2
        path = f"M {start:.4f} {upper.bottom:.1f} L {start:.4f} {below:.1f} L {lane:.4f} {below:.1f}"
        path += f" L {lane:.4f} {above:.1f} L {end:.4f} {above:.1f} L {end:.4f} {lower.top:.1f}"
    missing = "missing" in {upper.kind, lower.kind}
    line = {"color": HIDDEN, "width": 1.5, "dash": "dot"} if missing else {"color": MAIN, "width": 1.8}
    return {"type": "path", "path": path, "line": line, "opacity": 0.75}


def _frame(box: _Placed) -> dict[str, Any]:
    line: dict[str, Any] = {"color": MAIN, "width": 1.4}
    if box.kind == "missing":
        line = {"color": QUIET, "width": 1.4, "dash": "dot"}
    return {
        "type": "rect", "x0": box.left, "x1": box.right, "y0": box.top, "y1": box.bottom, "line": line,
        "fillcolor": MAIN if box.kind == "main" else "white",
    }  # fmt: skip


def _word(x: float, y: float, text: str, typeface: dict[str, Any], *, anchor: str = "center") -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": anchor, "font": typeface}
