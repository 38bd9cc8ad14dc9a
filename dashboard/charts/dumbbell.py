"""Two figures of each answer beside each other: a dot for each, with its interval, told apart by colour and by shape.

The two dots of an answer stand one under the other, so that their intervals can both be read, and a pale line ties
them. Whether they differ is never to be read off two intervals: the sentence above the chart says it.
"""

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import font, hatched, plain_layout, wrap_words
from dashboard.charts.palette import GRID, HIDDEN, INK, PAIR_COLOURS, PAIR_SHAPES, QUIET
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_value

MOST_ANSWERS = 15  # the rest stands in the table, and the caption says how many
_LINE_HEIGHT, _DOT_STEP, _GAP, _KEY_HEIGHT = 17, 21, 14, 22
_LABEL_WIDTH, _MOST_LINES = 44, 3
_ROOM = 1.85  # of the longest interval: room for the figure written at its end, also on a phone
_HIDDEN_WIDTH = 0.12  # of the axis: a hidden figure has a width that says nothing
# The shapes of the dots in the key, in pixels from its corner.
_KEY_SHAPES: dict[str, dict[str, object]] = {
    "circle": {"type": "circle", "x0": 3, "x1": 13, "y0": 0, "y1": 10},
    "diamond": {"type": "path", "path": "M 8,-1 L 14,5 L 8,11 L 2,5 Z"},
}

_Drawn = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer: its name in lines, its figure in each series (``None``: the series does not have it), its place.

    Attributes:
        top: pixels from the top of the chart to its name; ``dots`` the same to the dot of each series.
    """

    lines: list[str]
    figures: tuple[PublishedRow | None, ...]
    top: float
    dots: tuple[float, ...]


def draw_dumbbell(table: PublishedTable, *, title: str, language: Language, most_answers: int = MOST_ANSWERS) -> Chart:
    """Draw two dots for each answer.

    Args:
        table: two dimensions, the answer and which of the two figures it is; the two rows of an answer together.
        title: what the chart shows, for the alternative text.
        language: language of labels and numbers.
        most_answers: how many are drawn.
    """
    series = dict.fromkeys(row.keys[-1] for row in table.rows)
    names = {row.keys[-1]: row.labels[language][-1] for row in table.rows}
    key_lines = [wrap_words(names[key], _LABEL_WIDTH - 4, 2) for key in series]
    top = float(sum(_KEY_HEIGHT + _LINE_HEIGHT * (len(lines) - 1) for lines in key_lines) + 10)
    answers, height = _place_answers(table, list(series), language, top, most_answers)
    reach = max((_reach(row) for answer in answers for row in answer.figures if row is not None), default=0.0) or 1.0
    words, shapes = _write_key(list(series), key_lines)
    for answer in answers:
        words.append(_write(0, answer.top, "<br>".join(answer.lines), 15, "top"))
        words += [
            _write_figure(row, place, table.unit, reach, language)
            for row, place in zip(answer.figures, answer.dots, strict=True)
            if row is not None
        ]
    traces = [_tie(answers), *(_draw_series(answers, number, key) for number, key in enumerate(series))]
    axis = {"type": "line", "x0": 0, "x1": 0, "y0": top, "y1": height, "line": {"color": GRID, "width": 1}}
    figure = go.Figure(
        data=[*traces, *_draw_hidden(answers, reach)],
        layout=plain_layout(
            int(height) + 12,
            margin=(4, 8, 4, 8),
            annotations=words,
            shapes=[axis, *shapes],
            xaxis={"range": [0, reach * _ROOM], "visible": False, "fixedrange": True},
            # Pixels: names of one line and of three need different room.
            yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        ),
    )
    drawn = sum(row is not None for answer in answers for row in answer.figures)
    return Chart(figure, describe_table(table, title, language), rows_drawn=drawn)


def _place_answers(
    table: PublishedTable, series: list[str], language: Language, top: float, most: int
) -> tuple[list[_Answer], float]:
    """Return the answers with their places, and the height of all, in pixels."""
    rows: dict[tuple[str, ...], dict[str, PublishedRow]] = {}
    for row in table.rows:
        rows.setdefault(row.keys[:-1], {})[row.keys[-1]] = row
    answers = []
    for figures in list(rows.values())[:most]:
        label = " – ".join(next(iter(figures.values())).labels[language][:-1])
        lines = wrap_words(label, _LABEL_WIDTH, _MOST_LINES)
        first = top + 5 + _LINE_HEIGHT * len(lines) + _DOT_STEP / 2
        dots = tuple(first + _DOT_STEP * number for number in range(len(series)))
        answers.append(_Answer(lines, tuple(figures.get(key) for key in series), top, dots))
        top = dots[-1] + _DOT_STEP / 2 + _GAP
    return answers, top


def _draw_series(answers: list[_Answer], number: int, key: str) -> go.Scatter:
    """The dots of one series with their intervals, as thin lines with ends."""
    placed = [
        (row, answer.dots[number])
        for answer in answers
        if (row := answer.figures[number]) is not None and row.value is not None
    ]
    above = [(row.high or 0.0) - (row.value or 0.0) if row.high is not None else 0.0 for row, _ in placed]
    below = [(row.value or 0.0) - (row.low or 0.0) if row.low is not None else 0.0 for row, _ in placed]
    return go.Scatter(
        x=[row.value for row, _ in placed],
        y=[place for _, place in placed],
        mode="markers",
        cliponaxis=False,
        marker={"symbol": _shape(key), "size": 11, "color": _colour(key), "line": {"color": "white", "width": 1}},
        error_x={
            "type": "data", "symmetric": False, "array": above, "arrayminus": below,
            "color": _colour(key), "thickness": 1.6, "width": 4,
        },
        hoverinfo="skip",
    )  # fmt: skip


def _tie(answers: list[_Answer]) -> go.Scatter:
    """A pale line between the dots of an answer, where both are shown; it runs between the figures, not over them."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for answer in answers:
        values = [row.value if row is not None else None for row in answer.figures]
        if len(values) == 2 and None not in values:
            middle = sum(answer.dots) / 2
            xs += [values[0], values[0], values[1], values[1], None]
            ys += [answer.dots[0], middle, middle, answer.dots[1], None]
    return go.Scatter(x=xs, y=ys, mode="lines", line={"color": HIDDEN, "width": 2}, opacity=0.6, hoverinfo="skip")


def _draw_hidden(answers: list[_Answer], reach: float) -> list[go.Bar]:
    places = [
        place
        for answer in answers
        for row, place in zip(answer.figures, answer.dots, strict=True)
        if row is not None and row.state is State.SUPPRESSED
    ]
    if not places:
        return []
    return [
        go.Bar(
            x=[reach * _HIDDEN_WIDTH] * len(places), y=places, width=11, orientation="h", hoverinfo="skip",
            marker=hatched(),
        )
    ]  # fmt: skip


def _write_key(
    series: list[str], key_lines: list[list[str]]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Which dot is which: its shape in its colour, and its name, above the answers."""
    words: _Drawn = []
    shapes: _Drawn = []
    below = 0
    for key, lines in zip(series, key_lines, strict=True):
        shapes.append(
            {
                **_KEY_SHAPES[_shape(key)], "xref": "paper", "yref": "y", "xsizemode": "pixel", "ysizemode": "pixel",
                "xanchor": 0, "yanchor": below + 14, "fillcolor": _colour(key), "line": {"width": 0},
            }
        )  # fmt: skip
        words.append({**_write(0, below, "<br>".join(lines), 14, "top"), "xshift": 20})
        below += _KEY_HEIGHT + _LINE_HEIGHT * (len(lines) - 1)
    return words, shapes


def _write_figure(row: PublishedRow, place: float, unit: str, reach: float, language: Language) -> dict[str, object]:
    hidden = row.state is State.SUPPRESSED
    end = _HIDDEN_WIDTH * reach if hidden else _reach(row)
    words = _write(end, place, say_value(row, unit, language), 14, "middle", QUIET if hidden else INK)
    return {**words, "xshift": 10}


def _write(x: float, y: float, text: str, size: int, anchor: str, colour: str = INK) -> dict[str, object]:
    return {
        "x": x, "y": y, "xanchor": "left", "yanchor": anchor, "showarrow": False, "align": "left", "text": text,
        "font": font(size, colour),
    }  # fmt: skip


def _reach(row: PublishedRow) -> float:
    return row.high if row.high is not None else (row.value or 0.0)


def _colour(key: str) -> str:
    return PAIR_COLOURS.get(key, INK)


def _shape(key: str) -> str:
    return PAIR_SHAPES.get(key, "circle")
