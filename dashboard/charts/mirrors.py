"""Three mirrors of each problem beside each other: a bar, a bar and a point on a line, each lane with its own measure.

The lanes are never one axis: a share of people, a weight and a place among others cannot be added up or compared by
length, so each lane has a heading, its figures in words, and no common scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, hatched, plain_layout, wrap_words
from dashboard.charts.palette import GRID, HIDDEN, INK, MAIN, QUIET, SECOND
from surveys.privacy.published import PublishedRow, State

MOST_ROWS = 40
_LANE, _LANES = 0.86, 3
_RESIDENTS, _PARTNERS, _DATA = range(_LANES)
_LABEL_WIDTH = 42  # signs that fit a phone's width
_LINE, _MARK, _VALUE, _SPACE = 18, 22, 20, 18  # pixels
_HEADING = 48
_WORST_QUARTER = 0.75


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """One problem.

    Attributes:
        name: of the problem.
        named: gaps and agreements that are named of it, in words; empty for most.
        residents: published share, ``None`` when nobody was asked about it.
        partners: share of partners where they were asked, else ``None``.
        weight: in the partners' register, 0–1 of the most; ``None`` without a rating.
        worse_than: share of comparable places that stand better, ``None`` without a place.
        reaches: that place is of the partnership's own area.
        words: what stands under each lane.
    """

    name: str
    named: str
    residents: PublishedRow | None
    partners: PublishedRow | None
    weight: float | None
    worse_than: float | None
    reaches: bool
    words: tuple[str, str, str]


def draw_mirrors(
    rows: Sequence[MirrorRow], *, headings: tuple[str, str, str], average: float | None, alt: str
) -> Chart:
    """Draw the rows in their order, at most `MOST_ROWS`.

    Args:
        rows: in reading order.
        headings: of the lanes: a name and, on a second line, what is measured.
        average: share of the average problem of the residents' list; ``None`` when it is not known.
        alt: text that stands for the chart where it can't be seen.
    """
    drawn = rows[:MOST_ROWS]
    labels = [wrap_words(row.name, _LABEL_WIDTH, 2) + _write_named(row.named) for row in drawn]
    tops = _stack(labels)
    height = tops[-1] + _HEADING if tops else _HEADING
    marks = [top + _LINE * len(lines) + _MARK / 2 + 3 for top, lines in zip(tops, labels, strict=False)]
    reach = max((_reach(one) for row in drawn for one in (row.residents, row.partners)), default=0.0) or 1.0
    words: list[dict[str, Any]] = []
    for lane, heading in enumerate(headings):
        words.append(
            _write(lane, 0, "<br>".join(as_words(part) for part in heading.split("\n")), size=13, colour=QUIET)
        )
    for row, lines, top, mark in zip(drawn, labels, tops, marks, strict=False):
        words.append(_write(0, top, "<br>".join(lines), size=15))
        words += [
            _write(lane, mark + _MARK / 2, as_words(said), size=13, colour=QUIET) for lane, said in enumerate(row.words)
        ]
    traces = [
        *_draw_bars(drawn, marks, reach),
        *_draw_hidden(drawn, marks),
        *_draw_intervals(drawn, marks, reach),
        *_draw_places(drawn, marks),
    ]
    shapes = [_line(lane, 0, mark) for mark in marks for lane in (_RESIDENTS, _PARTNERS)]
    shapes += [shape for row, mark in zip(drawn, marks, strict=False) if row.worse_than is not None
               for shape in _track(mark)]  # fmt: skip
    if average is not None:
        shapes += [
            _line(_RESIDENTS, average / reach, mark, dash="dot", colour=SECOND)
            for row, mark in zip(drawn, marks, strict=False)
            if row.residents is not None and row.residents.value is not None
        ]
    layout = plain_layout(
        int(height),
        margin=(4, 4, 4, 4),
        xaxis={"visible": False, "fixedrange": True, "range": [0, _LANES]},
        yaxis={"visible": False, "fixedrange": True, "range": [height, 0]},
        barmode="overlay",
        annotations=words,
        shapes=shapes,
    )
    return Chart(go.Figure(data=traces, layout=layout), alt, rows_drawn=len(drawn))


def _write_named(named: str) -> list[str]:
    return [f"<b>{line}</b>" for line in wrap_words(named, _LABEL_WIDTH, 3)] if named else []


def _stack(labels: Sequence[Sequence[str]]) -> list[float]:
    """Return where each row begins, and the last one ends, in pixels from the top."""
    tops = [float(_HEADING)]
    for lines in labels:
        tops.append(tops[-1] + _LINE * len(lines) + _MARK + _VALUE + _SPACE)
    return tops


def _reach(row: PublishedRow | None) -> float:
    if row is None:
        return 0.0
    return row.high if row.high is not None else (row.value or 0.0)


def _draw_bars(rows: Sequence[MirrorRow], marks: Sequence[float], reach: float) -> list[go.Bar]:
    bars: list[tuple[int, float, float]] = []
    for row, mark in zip(rows, marks, strict=True):
        if row.residents is not None and row.residents.value is not None:
            bars.append((_RESIDENTS, row.residents.value / reach, mark))
        if row.partners is not None and row.partners.value is not None:
            bars.append((_PARTNERS, row.partners.value / reach, mark))
        elif row.weight is not None:
            bars.append((_PARTNERS, row.weight, mark))
    if not bars:
        return []
    return [
        go.Bar(
            x=[length * _LANE for _, length, _ in bars],
            base=[float(lane) for lane, _, _ in bars],
            y=[mark for *_, mark in bars],
            width=_MARK - 6,
            orientation="h",
            marker_color=MAIN,
            hoverinfo="skip",
        )
    ]


def _draw_hidden(rows: Sequence[MirrorRow], marks: Sequence[float]) -> list[go.Bar]:
    hidden = [
        (lane, mark)
        for row, mark in zip(rows, marks, strict=True)
        for lane, one in ((_RESIDENTS, row.residents), (_PARTNERS, row.partners))
        if one is not None and one.state is State.SUPPRESSED
    ]
    if not hidden:
        return []
    return [
        go.Bar(
            x=[0.12 * _LANE] * len(hidden),
            base=[float(lane) for lane, _ in hidden],
            y=[mark for _, mark in hidden],
            width=_MARK - 6,
            orientation="h",
            marker=hatched(),
            hoverinfo="skip",
        )
    ]


def _draw_intervals(rows: Sequence[MirrorRow], marks: Sequence[float], reach: float) -> list[go.Scatter]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, mark in zip(rows, marks, strict=True):
        for lane, one in ((_RESIDENTS, row.residents), (_PARTNERS, row.partners)):
            if one is not None and one.low is not None and one.high is not None:
                xs += [lane + one.low / reach * _LANE, lane + one.high / reach * _LANE, None]
                ys += [mark, mark, None]
    if not xs:
        return []
    marker = {"symbol": "line-ns-open", "size": 9, "color": INK}
    return [
        go.Scatter(x=xs, y=ys, mode="lines+markers", line={"color": INK, "width": 1.5}, marker=marker, hoverinfo="skip")
    ]


def _draw_places(rows: Sequence[MirrorRow], marks: Sequence[float]) -> list[go.Scatter]:
    placed = [(row, mark) for row, mark in zip(rows, marks, strict=True) if row.worse_than is not None]
    if not placed:
        return []
    return [
        go.Scatter(
            x=[_DATA + (row.worse_than or 0.0) * _LANE for row, _ in placed],
            y=[mark for _, mark in placed],
            mode="markers",
            marker={
                "size": 13,
                "color": MAIN,
                "symbol": ["circle" if row.reaches else "circle-open" for row, _ in placed],
                "line": {"width": 2, "color": MAIN},
            },
            hoverinfo="skip",
        )
    ]


def _track(mark: float) -> list[dict[str, Any]]:
    """The line from the best place to the worst, with the worst quarter shaded."""
    return [
        {
            "type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": "#F7D7AA",
            "x0": _DATA + _WORST_QUARTER * _LANE, "x1": _DATA + _LANE, "y0": mark - 8, "y1": mark + 8,
        },
        {
            "type": "line", "layer": "below", "line": {"color": HIDDEN, "width": 2},
            "x0": _DATA, "x1": _DATA + _LANE, "y0": mark, "y1": mark,
        },
    ]  # fmt: skip


def _line(lane: int, share: float, mark: float, *, dash: str = "solid", colour: str = GRID) -> dict[str, Any]:
    x = lane + share * _LANE
    return {
        "type": "line", "x0": x, "x1": x, "y0": mark - _MARK / 2, "y1": mark + _MARK / 2,
        "line": {"color": colour, "width": 2 if dash == "dot" else 1, "dash": dash},
    }  # fmt: skip


def _write(lane: int, top: float, text: str, *, size: int, colour: str = INK) -> dict[str, Any]:
    return {
        "x": lane, "y": top, "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False,
        "text": text, "font": font(size, colour), "borderpad": 0,
    }  # fmt: skip
