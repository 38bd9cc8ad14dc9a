"""Two measures beside each other for the same rows: need on the left, action on the right, each on its own scale.

Half a phone is narrow: figures with intervals stand under their bars, where they cannot run into the other column;
short ones stand beside them.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import font, hatched, plain_layout, wrap_words
from dashboard.charts.palette import GRID, INK, MAIN, QUIET, SECOND
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_value

_GAP = 0.04
_HEADING, _LINE, _SMALL, _BAR, _SPACE = 34, 19, 17, 16, 15  # pixels
_LABEL_WIDTH = 44  # signs that fit a phone's width
_HEADING_WIDTH = 19  # half a phone's
_SHORT = 8  # signs that fit beside a bar

Rows = Sequence[PublishedRow | None]


def draw_pairs(
    left: PublishedTable,
    right: PublishedTable,
    *,
    titles: tuple[str, str],
    title: str,
    language: Language,
    one_scale: bool = False,
) -> Chart:
    """Draw two columns of bars that share their rows.

    Args:
        left: decides the rows and their order; of two dimensions the last names the row and the first stands under it.
        right: the same keys (a key that is absent is a zero).
        titles: heading of each column.
        title: for the alternative text.
        language: language of labels and numbers.
        one_scale: the columns count the same things, so that their lengths may be compared.
    """
    by_key = {row.keys: row for row in right.rows}
    columns: tuple[tuple[str, str, Rows, str], ...] = (
        ("x", MAIN, list(left.rows), left.unit),
        ("x2", SECOND, [by_key.get(row.keys) for row in left.rows], right.unit),
    )
    said = [[say_value(row, unit, language) if row is not None else "0" for row in rows] for *_, rows, unit in columns]
    below = any(len(words) > _SHORT for column in said for words in column)
    explained = any(len(row.labels[language]) > 1 for row in left.rows)
    first_bar = _LINE + (_SMALL if explained else 0) + _BAR / 2 + 2
    step = first_bar + _BAR / 2 + (_SMALL if below else 0) + _SPACE
    headings = [wrap_words(heading, _HEADING_WIDTH, 2) for heading in titles]
    top = _HEADING + _LINE * (max(map(len, headings)) - 1)
    bars = [top + step * place + first_bar for place in range(len(left.rows))]
    height = top + step * len(left.rows)
    reaches = [_reach(left), _reach(right)]
    if one_scale:
        reaches = [max(reaches)] * 2
    traces: list[go.Bar] = []
    words: list[dict[str, Any]] = []
    for (axis, colour, rows, _), heading, figures, reach in zip(columns, headings, said, reaches, strict=True):
        traces.append(_draw_bars(rows, bars, axis, colour, [] if below else figures))
        traces += _draw_hidden(rows, bars, axis, reach)
        words.append(_word(f"<b>{'<br>'.join(heading)}</b>", 4, font(14, colour), axis))
        if below:
            words += [_word(one, bar + _BAR / 2, font(13), axis) for one, bar in zip(figures, bars, strict=True)]
    for row, bar in zip(left.rows, bars, strict=True):
        name, *why = row.labels[language][::-1]
        words.append(_word(_one_line(name), bar - first_bar, font(15), "paper"))
        words += [_word(_one_line(one), bar - first_bar + _LINE, font(13, QUIET), "paper") for one in why]
    half = (1 - _GAP) / 2
    layout = plain_layout(
        int(height) + 12,
        margin=(4, 4, 8, 4),
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        barmode="overlay",
        xaxis=_axis(reaches[0], (0, half), below=below),
        xaxis2=_axis(reaches[1], (half + _GAP, 1), below=below),
        annotations=words,
    )
    figure = go.Figure(data=traces, layout=layout)
    alt = f"{describe_table(left, titles[0], language)} {describe_table(right, titles[1], language)}"
    return Chart(figure, f"{title}. {alt}")


def _draw_bars(rows: Rows, bars: list[float], axis: str, colour: str, beside: list[str]) -> go.Bar:
    values = [row.value if row is not None and row.value is not None else 0 for row in rows]
    surer = [(row.low, row.high) if row is not None and row.value is not None else (None, None) for row in rows]
    intervals = {
        "type": "data",
        "symmetric": False,
        "array": [None if high is None else high - value for value, (_, high) in zip(values, surer, strict=True)],
        "arrayminus": [None if low is None else value - low for value, (low, _) in zip(values, surer, strict=True)],
        "color": INK,
        "thickness": 1.5,
        "width": 4,
    }
    return go.Bar(
        x=values,
        y=bars,
        xaxis=axis,
        orientation="h",
        width=_BAR,
        marker_color=colour,
        text=beside or None,
        textposition="outside" if beside else "none",
        cliponaxis=False,
        error_x=intervals if any(low is not None for low, _ in surer) else None,
        hoverinfo="skip",
    )


def _draw_hidden(rows: Rows, bars: list[float], axis: str, reach: float) -> list[go.Bar]:
    places = [bar for row, bar in zip(rows, bars, strict=True) if row is not None and row.state is State.SUPPRESSED]
    if not places:
        return []
    return [
        go.Bar(
            x=[0.1 * reach] * len(places),
            y=places,
            xaxis=axis,
            orientation="h",
            width=_BAR,
            marker=hatched(),
            hoverinfo="skip",
        )
    ]


def _one_line(words: str) -> str:
    return wrap_words(words, _LABEL_WIDTH, 1)[0]


def _word(text: str, top: float, typeface: dict[str, Any], across: str) -> dict[str, Any]:
    return {
        "x": 0, "y": top, "xref": across, "yref": "y", "xanchor": "left", "yanchor": "top", "align": "left",
        "text": text, "showarrow": False, "font": typeface, "borderpad": 0,
    }  # fmt: skip


def _reach(table: PublishedTable) -> float:
    return max((row.high if row.high is not None else row.value or 0 for row in table.rows), default=0) or 1


def _axis(reach: float, domain: tuple[float, float], *, below: bool) -> dict[str, object]:
    return {
        "range": [0, reach * (1.04 if below else 1.35)],
        "domain": domain,
        "showticklabels": False,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": GRID,
        "fixedrange": True,
    }
