"""A thread for each row: a bead for every stage that is there, an empty ring where the thread breaks."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import font, plain_layout, wrap_words
from dashboard.charts.palette import HIDDEN, INK, MAIN, QUIET
from surveys.language.texts import Language
from surveys.privacy.published import PublishedTable
from surveys.privacy.wording import describe_table

MOST_THREADS = 20  # the rest stands in the table, and the caption says how many
_ROW_HEIGHT = 66
_HEADING = 74
_BEAD = 24
_LEAST, _MOST = 18, 34  # pixels: the figure inside has to be read
_NAME_WIDTH = 46  # signs that fit a phone's width
_HEADING_WIDTH = 10
_SLANT = -38


@dataclass(frozen=True, slots=True)
class _Bead:
    """A bead: its stage and thread by position, its figure, its width in pixels."""

    at: int
    place: int
    count: int
    size: float


def draw_beads(table: PublishedTable, *, title: str, language: Language, folded: bool = False) -> Chart:
    """Draw one thread a row.

    Args:
        table: two dimensions, what the thread is of and the stage; every row has the same stages in the same order.
        title: what the chart shows, for the alternative text.
        language: language of labels and numbers.
        folded: a row stands for many threads: its first bead is all of them, and the area of the others says how many
            of them reach so far.
    """
    stages = list(dict.fromkeys(row.keys[1] for row in table.rows))
    names = {row.keys[0]: row.labels[language][0] for row in table.rows}
    headings = {row.keys[1]: row.labels[language][1] for row in table.rows}
    values = {row.keys: int(row.value or 0) for row in table.rows}
    drawn = list(names)[:MOST_THREADS]
    whole: tuple[list[float | None], list[float | None]] = ([], [])
    broken: tuple[list[float | None], list[float | None]] = ([], [])
    for position, key in enumerate(drawn):
        there = [values[key, stage] > 0 for stage in stages]
        for at in range(len(stages) - 1):
            xs, ys = whole if there[at] and there[at + 1] and not folded else broken
            xs += [at, at + 1, None]
            ys += [position, position, None]
    beads = [
        _Bead(at, place, values[key, stage], _size(values[key, stage], values[key, stages[0]]) if folded else _BEAD)
        for place, key in enumerate(drawn)
        for at, stage in enumerate(stages)
    ]
    ring = {"color": "white", "line": {"color": QUIET, "width": 1.5}}
    traces = [
        _line(broken, {"color": HIDDEN, "width": 1.5, "dash": "dot"}),
        _line(whole, {"color": MAIN, "width": 3}),
        _dots([bead for bead in beads if bead.count], {"color": MAIN}, "white"),
        _dots([bead for bead in beads if not bead.count], ring, QUIET),
    ]
    words: list[dict[str, Any]] = [
        {
            "x": -0.35, "y": position, "yshift": 26, "xanchor": "left", "showarrow": False, "font": font(14, INK),
            "text": wrap_words(names[key], _NAME_WIDTH, 1)[0],
        }
        for position, key in enumerate(drawn)
    ]  # fmt: skip
    words += [
        {
            "x": at, "y": -0.62, "xanchor": "left", "yanchor": "bottom", "showarrow": False, "textangle": _SLANT,
            "font": font(13, QUIET), "align": "left",
            "text": "<br>".join(wrap_words(headings[stage], _HEADING_WIDTH, 2)),
        }
        for at, stage in enumerate(stages)
    ]  # fmt: skip
    layout = plain_layout(
        _HEADING + _ROW_HEIGHT * len(drawn),
        margin=(4, 4, _HEADING, 4),
        xaxis={"range": [-0.4, len(stages) + 0.6], "visible": False, "fixedrange": True},
        yaxis={"range": [len(drawn) - 0.55, -0.62], "visible": False, "fixedrange": True},
        annotations=words,
    )
    return Chart(go.Figure(data=traces, layout=layout), describe_table(table, title, language), len(drawn))


def count_threads(table: PublishedTable) -> int:
    """Return how many threads a table holds."""
    return len({row.keys[0] for row in table.rows})


def _line(ends: tuple[list[float | None], list[float | None]], line: dict[str, Any]) -> go.Scatter:
    return go.Scatter(x=ends[0], y=ends[1], mode="lines", line=line, hoverinfo="skip")


def _size(count: int, whole: int) -> float:
    return _BEAD if not whole else _LEAST + (_MOST - _LEAST) * (count / whole) ** 0.5


def _dots(beads: list[_Bead], marker: dict[str, Any], colour: str) -> go.Scatter:
    return go.Scatter(
        x=[bead.at for bead in beads],
        y=[bead.place for bead in beads],
        mode="markers+text",
        marker={"size": [bead.size for bead in beads], "opacity": 1, **marker},
        text=[str(bead.count) for bead in beads],
        textfont=font(12, colour),
        hoverinfo="skip",
        cliponaxis=False,
    )
