"""Horizontal bars with their labels above them, so that long Polish names fit a phone."""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import font, hatched, plain_layout, wrap_words
from dashboard.charts.palette import GRID, INK, QUIET, colour_of
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_value

MOST_BARS = 15  # the rest stands in the table, and the caption says how many
_HIDDEN_WIDTH = 0.12  # of the axis: a hidden bar has a width that says nothing
# Of the longest bar: room for the figure written at its end, also on a phone.
_ROOM_FOR_COUNTS, _ROOM_FOR_SHARES = 1.55, 1.85
_ROW_HEIGHT = 46
_LINE_HEIGHT = 20
_BAR_HEIGHT = 19
_LABEL_WIDTH = 44  # signs that fit a phone's width
_MOST_LINES = 3


def draw_bars(
    table: PublishedTable, *, title: str, language: Language, most_rows: int | None = MOST_BARS, in_blocks: bool = False
) -> Chart:
    """Draw one bar a row, with its interval where it has one.

    Args:
        table: one dimension; rows in reading order.
        title: what the chart shows, for the alternative text (the page writes it above the chart).
        language: language of labels and numbers.
        most_rows: how many rows are drawn, ``None`` for all.
        in_blocks: of two dimensions; what rows under each other have in common is written once, above the first.
    """
    rows = table.rows[:most_rows]
    reach = max((_reach(row) for row in rows), default=0.0) or 1.0
    names = _name_in_blocks(rows, language) if in_blocks else [_wrap(" – ".join(row.labels[language])) for row in rows]
    lines = max((len(name) for name in names), default=1)
    row_height = _ROW_HEIGHT + _LINE_HEIGHT * (lines - 1)
    width = _BAR_HEIGHT / row_height
    words = [
        annotation
        for position, row in enumerate(rows)
        for annotation in (
            _write_name(position, names[position]),
            _write_figure(position, row, table.unit, reach, language),
        )
    ]
    traces = [
        _draw_values(rows, table.dimensions[-1], width),
        *_draw_intervals(rows),
        *_draw_hidden(rows, reach, width),
    ]
    # In one go: Plotly checks every single addition anew, and a page has a hundred labels.
    room = _ROOM_FOR_SHARES if table.unit == "share" else _ROOM_FOR_COUNTS
    figure = go.Figure(data=traces, layout={**_layout(len(rows), reach * room, row_height), "annotations": words})
    return Chart(figure, describe_table(table, title, language), rows_drawn=len(rows))


def _wrap(words: str) -> list[str]:
    return wrap_words(words, _LABEL_WIDTH, _MOST_LINES)


def _name_in_blocks(rows: tuple[PublishedRow, ...], language: Language) -> list[list[str]]:
    names, above = [], ""
    for row in rows:
        *common, own = row.labels[language]
        block = " – ".join(common)
        heading = [f"<b>{line}</b>" for line in _wrap(block)] if block != above else []
        names.append([*heading, *_wrap(own)])
        above = block
    return names


def _draw_values(rows: tuple[PublishedRow, ...], dimension: str, width: float) -> go.Bar:
    shown = [position for position, row in enumerate(rows) if row.value is not None]
    return go.Bar(
        x=[rows[position].value for position in shown],
        y=shown,
        width=width,
        orientation="h",
        marker_color=[colour_of(dimension, rows[position].keys[-1]) for position in shown],
        hoverinfo="skip",
    )


def _draw_hidden(rows: tuple[PublishedRow, ...], reach: float, width: float) -> list[go.Bar]:
    hidden = [position for position, row in enumerate(rows) if row.state is State.SUPPRESSED]
    if not hidden:
        return []
    return [
        go.Bar(
            x=[reach * _HIDDEN_WIDTH] * len(hidden),
            y=hidden,
            width=width,
            orientation="h",
            marker=hatched(),
            hoverinfo="skip",
        )
    ]


def _draw_intervals(rows: tuple[PublishedRow, ...]) -> list[go.Scatter]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for position, row in enumerate(rows):
        if row.low is not None and row.high is not None:
            xs += [row.low, row.high, None]
            ys += [position, position, None]
    if not xs:
        return []
    marker = {"symbol": "line-ns-open", "size": 9, "color": INK}
    return [
        go.Scatter(x=xs, y=ys, mode="lines+markers", line={"color": INK, "width": 1.5}, marker=marker, hoverinfo="skip")
    ]


def _reach(row: PublishedRow) -> float:
    return row.high if row.high is not None else (row.value or 0.0)


def _write_name(position: int, lines: list[str]) -> dict[str, object]:
    """The label, growing upwards from its bar."""
    return {
        "x": 0, "y": position, "xanchor": "left", "yanchor": "bottom", "yshift": 9, "showarrow": False,
        "text": "<br>".join(lines), "align": "left", "font": font(15),
    }  # fmt: skip


def _write_figure(position: int, row: PublishedRow, unit: str, reach: float, language: Language) -> dict[str, object]:
    """The figure at the end of its bar or interval."""
    hidden = row.state is State.SUPPRESSED
    return {
        "x": _HIDDEN_WIDTH * reach if hidden else _reach(row), "y": position, "xanchor": "left", "xshift": 6,
        "showarrow": False, "text": say_value(row, unit, language), "font": font(14, QUIET if hidden else INK),
    }  # fmt: skip


def _layout(row_count: int, width: float, row_height: int) -> dict[str, Any]:
    axis = {"type": "line", "x0": 0, "x1": 0, "y0": -0.4, "y1": row_count - 0.6, "line": {"color": GRID, "width": 1}}
    top = (row_height - 0.15 * _ROW_HEIGHT) / row_height  # of a row: the first label stands above its bar
    return plain_layout(
        row_height * row_count + 24,
        margin=(4, 8, 14, 4),
        bargap=0.2,
        xaxis={"range": [0, width], "visible": False, "fixedrange": True},
        yaxis={"range": [row_count - 0.5, -top], "visible": False, "fixedrange": True},
        shapes=[axis],
    )
