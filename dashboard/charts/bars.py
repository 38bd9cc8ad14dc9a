"""Horizontal bars with their labels above them, so that long Polish names fit a phone."""

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.palette import GRID, HIDDEN, INK, MAIN, QUIET, colour_of
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_value

MAX_BARS = 15  # the rest stands in the table, and the caption says how many
_ROW_HEIGHT = 46
_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 15, "color": INK}


def draw_bars(table: PublishedTable, *, title: str, language: Language) -> Chart:
    """Draw one bar a row, with its interval where it has one.

    Args:
        table: one dimension; rows in reading order. Only the first `MAX_BARS` are drawn.
        title: what the chart shows, for the alternative text (the page writes it above the chart).
        language: language of labels and numbers.
    """
    rows = table.rows[:MAX_BARS]
    positions = list(range(len(rows)))
    reach = max((_reach(row) for row in rows), default=0.0) or 1.0
    figure = go.Figure(layout=_layout(len(rows), reach))
    shown = [position for position in positions if rows[position].value is not None]
    figure.add_bar(
        x=[rows[position].value for position in shown],
        y=shown,
        width=0.42,
        orientation="h",
        marker_color=[colour_of(table.dimensions[-1], rows[position].keys[-1]) for position in shown],
        hoverinfo="skip",
    )
    _draw_intervals(figure, rows)
    hidden = [position for position in positions if rows[position].state is State.SUPPRESSED]
    if hidden:
        figure.add_bar(
            x=[reach * 0.12] * len(hidden),
            y=hidden,
            width=0.42,
            orientation="h",
            marker={"color": "white", "line": {"color": HIDDEN, "width": 1}, "pattern": _hatch()},
            hoverinfo="skip",
        )
    for position, row in enumerate(rows):
        _write_row(figure, position, row, table.unit, reach, language)
    return Chart(figure, describe_table(table, title, language))


def _reach(row: PublishedRow) -> float:
    return row.high if row.high is not None else (row.value or 0.0)


def _hatch() -> dict[str, object]:
    return {"shape": "/", "fgcolor": HIDDEN, "size": 6}


def _draw_intervals(figure: go.Figure, rows: tuple[PublishedRow, ...]) -> None:
    with_interval = [
        (position, row.low, row.high)
        for position, row in enumerate(rows)
        if row.low is not None and row.high is not None
    ]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for position, low, high in with_interval:
        xs += [low, high, None]
        ys += [position, position, None]
    if xs:
        figure.add_scatter(
            x=xs, y=ys, mode="lines+markers", line={"color": INK, "width": 1.5}, hoverinfo="skip",
            marker={"symbol": "line-ns-open", "size": 9, "color": INK},
        )  # fmt: skip


def _write_row(
    figure: go.Figure, position: int, row: PublishedRow, unit: str, reach: float, language: Language
) -> None:
    figure.add_annotation(
        x=0, y=position, yshift=19, text=_escape(" – ".join(row.labels[language])), showarrow=False,
        xanchor="left", align="left", font=_FONT,
    )  # fmt: skip
    end = 0.12 * reach if row.state is State.SUPPRESSED else _reach(row)
    figure.add_annotation(
        x=end, y=position, xshift=6, text=say_value(row, unit, language), showarrow=False, xanchor="left",
        font=_FONT | {"size": 14, "color": QUIET if row.state is State.SUPPRESSED else INK},
    )  # fmt: skip


def _escape(text: str) -> str:
    """Plotly reads a few HTML tags in text: somebody's words must stay words."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _layout(row_count: int, reach: float) -> dict[str, object]:
    return {
        "height": _ROW_HEIGHT * row_count + 24,
        "margin": {"l": 4, "r": 8, "t": 14, "b": 4},
        "showlegend": False,
        "bargap": 0.2,
        "plot_bgcolor": "white",
        "paper_bgcolor": "white",
        "font": _FONT,
        # Room on the right for the figure written at the end of the longest bar, also on a phone.
        "xaxis": {"range": [0, reach * 1.55], "visible": False, "fixedrange": True},
        "yaxis": {"range": [row_count - 0.5, -0.85], "visible": False, "fixedrange": True},
        "dragmode": False,
        "shapes": [
            {"type": "line", "x0": 0, "x1": 0, "y0": -0.4, "y1": row_count - 0.6, "line": {"color": GRID, "width": 1}}
        ],
        "colorway": [MAIN],
    }
