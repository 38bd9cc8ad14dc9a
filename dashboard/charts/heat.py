"""A grid of places and answers: the figure is written into every cell, its colour only helps to find it.

A place's name stands above its row of cells, so that the grid fits a phone, and the headings come again further down.
A cell that is hidden is hatched and says so; a place with too few people has words instead of its row; an answer that
could not be given there has an empty cell with a dash.
"""

from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, plain_layout, wrap_words
from dashboard.charts.palette import HIDDEN, INK, QUIET
from surveys.language.numerals import format_number, format_percent
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_base, say_hidden, say_state

MOST_PLACES = 60  # the rest stands in the table, and the caption says how many
MOST_ANSWERS = 14
_NAME, _CELL, _LETTER, _AGAIN = 24, 26, 6.6, 15
_NAME_WIDTH = 46
_HEADING_WIDTH, _HEADING_LINES = 20, 2
_WIDE_COLUMNS, _LONG_HEADING_WIDTH = 10, 30
# Light enough for dark figures on all of them.
_COLOURS = [[0.0, "#F7FAFC"], [0.5, "#BBD9EF"], [1.0, "#4F97D0"]]


@dataclass
class _Grid:
    """What is being drawn, in pixels from the top."""

    edges: list[float] = field(default_factory=lambda: [0.0])
    values: list[list[float | None]] = field(default_factory=list)
    figures: list[list[str]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[tuple[int, float]] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.edges[-1]

    def add(self, height: float, values: list[float | None], figures: list[str]) -> None:
        self.edges.append(self.bottom + height)
        self.values.append(values)
        self.figures.append(figures)


def draw_heat(table: PublishedTable, *, title: str, language: Language) -> Chart:
    """Draw a grid of two dimensions.

    Args:
        table: rows by place and answer, in reading order; shares or counts.
        title: what the chart shows, for the alternative text.
        language: language of labels and numbers.
    """
    answers = list(dict.fromkeys((row.keys[1], row.labels[language][1]) for row in table.rows))[:MOST_ANSWERS]
    lines: dict[str, dict[str, PublishedRow]] = {}
    for row in table.rows:
        lines.setdefault(row.keys[0], {})[row.keys[1]] = row
    drawn = list(lines.values())[:MOST_PLACES]
    grid = _Grid()
    for number, line in enumerate(drawn):
        if number % _AGAIN == 0:
            _write_headings(grid, [name for _, name in answers])
        _write_line(grid, [line.get(code) for code, _ in answers], line, table.unit, language)
    return Chart(
        _make_figure(grid, len(answers)),
        describe_table(table, title, language),
        rows_drawn=sum(len(line) for line in drawn) if len(lines) > len(drawn) else None,
        intervals_drawn=False,
    )


def _write_headings(grid: _Grid, names: list[str]) -> None:
    # Many columns are narrow on a phone: a second line would run into the next heading.
    width, lines = (_HEADING_WIDTH, _HEADING_LINES) if len(names) <= _WIDE_COLUMNS else (_LONG_HEADING_WIDTH, 1)
    wrapped = [wrap_words(name, width, lines) for name in names]
    height = 14 + _LETTER * max((len(line) for lines in wrapped for line in lines), default=0)
    grid.words += [
        {
            "x": place, "y": grid.bottom + height - 2, "xanchor": "center", "yanchor": "bottom", "textangle": -90,
            "showarrow": False, "align": "left", "text": "<br>".join(lines), "font": font(12),
        }
        for place, lines in enumerate(wrapped)
    ]  # fmt: skip
    grid.add(height, [None] * len(names), [""] * len(names))


def _write_line(
    grid: _Grid,
    cells: list[PublishedRow | None],
    line: dict[str, PublishedRow],
    unit: str,
    language: Language,
) -> None:
    """A place: its name with the people behind it, and under it its cells, or the reason why there are none."""
    rows = list(line.values())
    told = next((row for row in rows if row.base is not None), rows[0])
    name = " – ".join([rows[0].labels[language][0], *([base] if (base := say_base(told, language)) else [])])
    grid.words.append(_write(-0.5, grid.bottom + _NAME - 2, wrap_words(name, _NAME_WIDTH, 1)[0], 14, "bottom"))
    grid.add(_NAME, [None] * len(cells), [""] * len(cells))
    reason = _reason_of_all(rows, language)
    if reason:
        grid.words.append(_write(-0.5, grid.bottom + _CELL / 2, as_words(reason), 13, "middle", QUIET))
        grid.add(_CELL, [None] * len(cells), [""] * len(cells))
        return
    top = grid.bottom
    for place, row in enumerate(cells):
        if row is None or row.value is None:
            hidden = row is not None
            word = say_hidden(language) if hidden else "–"
            centre = _write(place, top + _CELL / 2, word, 9 if hidden else 12, "middle", INK if hidden else QUIET)
            grid.words.append({**centre, "xanchor": "center"})
        if row is not None and row.state is State.SUPPRESSED:
            grid.hidden.append((place, top))
    values = [row.value if row is not None else None for row in cells]
    grid.add(_CELL, values, ["" if value is None else _say(value, unit, language) for value in values])


def _reason_of_all(rows: list[PublishedRow], language: Language) -> str:
    """The one reason for which nothing of a place is drawn, empty when something is."""
    states = {row.state for row in rows}
    if not states <= {State.SUPPRESSED, State.COUNTS_ONLY}:
        return ""
    return say_state(State.COUNTS_ONLY if State.COUNTS_ONLY in states else State.SUPPRESSED, language)


def _say(value: float, unit: str, language: Language) -> str:
    """The figure of a cell: percents without their sign, which would not fit ten times beside each other."""
    return format_percent(value, language).rstrip("%\u00a0 ") if unit == "share" else format_number(value, language)


def _make_figure(grid: _Grid, columns: int) -> go.Figure:
    known = [value for line in grid.values for value in line if value is not None]
    heat = go.Heatmap(
        z=grid.values,
        x=list(range(columns)),
        y=grid.edges,
        text=grid.figures,
        texttemplate="%{text}",
        textfont=font(12),
        colorscale=_COLOURS,
        zmin=0,
        zmax=max(known, default=1.0) or 1.0,
        xgap=2,
        ygap=1,
        showscale=False,
        hoverinfo="skip",
    )
    return go.Figure(
        data=[heat, *_draw_hidden(grid)],
        layout=plain_layout(
            int(grid.bottom) + 8,
            margin=(4, 8, 2, 6),
            annotations=grid.words,
            xaxis={"range": [-0.5, columns - 0.5], "visible": False, "fixedrange": True},
            yaxis={"range": [grid.bottom, 0], "visible": False, "fixedrange": True},
        ),
    )


def _draw_hidden(grid: _Grid) -> list[go.Bar]:
    if not grid.hidden:
        return []
    return [
        go.Bar(
            x=[place for place, _ in grid.hidden],
            y=[_CELL - 2] * len(grid.hidden),
            base=[top + 1 for _, top in grid.hidden],
            width=0.92,
            marker={
                "color": "white", "line": {"color": HIDDEN, "width": 1},
                "pattern": {"shape": "/", "fgcolor": "#DDE3E9", "size": 6},
            },
            hoverinfo="skip",
        )
    ]  # fmt: skip


def _write(x: float, y: float, text: str, size: int, anchor: str, colour: str = INK) -> dict[str, Any]:
    return {
        "x": x, "y": y, "xanchor": "left", "yanchor": anchor, "showarrow": False, "align": "left", "text": text,
        "font": font(size, colour),
    }  # fmt: skip
