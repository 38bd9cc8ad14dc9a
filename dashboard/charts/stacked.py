"""Scales side by side: one bar of a hundred percent for each question or group, cut into the points of the scale.

A bar of which a piece is hidden shows the rest of its length hatched, in one piece: its parts say nothing.
"""

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, hatched, plain_layout, wrap_words
from dashboard.charts.palette import INK, QUIET, scale_colours
from surveys.language.numerals import format_percent
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_hidden, say_state

MOST_BARS = 24
_ROW_HEIGHT, _LINE_HEIGHT, _BAR_HEIGHT, _KEY_HEIGHT = 52, 17, 24, 20
_LABEL_WIDTH, _MOST_LINES = 44, 3
_KEY_WIDTH = 24  # signs of a point's name, two of them beside each other on a phone
_LAST_FIGURE = 0.8  # of the bar: beyond it the word "hidden" stands
_ROOM_FOR_WORDS = 0.075  # of the bar: a narrower piece has its figure in the table only


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar: its name and its pieces in the order of the scale."""

    name: str
    pieces: tuple[PublishedRow, ...]


def draw_stacked(table: PublishedTable, *, title: str, language: Language) -> Chart:
    """Draw one bar for each first key, cut by the second.

    Args:
        table: two dimensions, for example item and choice; rows of one bar together, in the order of the scale.
        title: what the chart shows, for the alternative text.
        language: language of labels and numbers.
    """
    bars = _bars_of(table, language)[:MOST_BARS]
    points = list(dict.fromkeys((row.keys[-1], row.labels[language][-1]) for row in table.rows))
    colours = dict(zip([key for key, _ in points], scale_colours(len(points)), strict=True))
    names = [wrap_words(bar.name, _LABEL_WIDTH, _MOST_LINES) for bar in bars]
    row_height = _ROW_HEIGHT + _LINE_HEIGHT * (max(map(len, names), default=1) - 1)
    # Long names get a line each: cut short, "strongly" and "strongly not" may read alike.
    beside = 1 if any(len(name) > _KEY_WIDTH for _, name in points) else 2
    key_rows = -(-len(points) // beside)
    top = key_rows * _KEY_HEIGHT + 12
    width = _BAR_HEIGHT / row_height
    words: list[dict[str, object]] = []
    words += [_write_key(place, name, key_rows, beside) for place, (_, name) in enumerate(points)]
    for place, bar in enumerate(bars):
        words.append(_write_name(place, names[place]))
        words += _write_pieces(place, bar, language)
    traces = [_draw_piece(bars, key, name, colours[key], width) for key, name in points]
    traces += _draw_rest(bars, width)
    figure = go.Figure(
        data=traces,
        layout=plain_layout(
            row_height * len(bars) + top + 16,
            margin=(4, 8, top, 4),
            barmode="stack",
            annotations=words,
            shapes=[_draw_key(place, colours[key], key_rows, beside) for place, (key, _) in enumerate(points)],
            xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
            yaxis={
                "range": [len(bars) - 0.5, -1 + 0.15 * _ROW_HEIGHT / row_height],
                "visible": False,
                "fixedrange": True,
            },
        ),
    )
    drawn = sum(len(bar.pieces) for bar in bars)
    return Chart(figure, describe_table(table, title, language), rows_drawn=drawn, intervals_drawn=False)


def _bars_of(table: PublishedTable, language: Language) -> list[_Bar]:
    pieces: dict[tuple[str, ...], list[PublishedRow]] = {}
    for row in table.rows:
        pieces.setdefault(row.keys[:-1], []).append(row)
    return [_Bar(" – ".join(rows[0].labels[language][:-1]), tuple(rows)) for rows in pieces.values()]


def _draw_piece(bars: list[_Bar], key: str, name: str, colour: str, width: float) -> go.Bar:
    values = [next((row.value or 0.0 for row in bar.pieces if row.keys[-1] == key), 0.0) for bar in bars]
    return go.Bar(
        x=values, y=list(range(len(bars))), width=width, orientation="h", name=as_words(name), hoverinfo="skip",
        marker={"color": colour, "line": {"color": "white", "width": 1}},
    )  # fmt: skip


def _draw_rest(bars: list[_Bar], width: float) -> list[go.Bar]:
    """The part of a bar that is hidden, in one piece; of a bar without percents nothing is drawn."""
    rest = [1 - sum(row.value or 0.0 for row in bar.pieces) if _is_cut(bar) else 0.0 for bar in bars]
    if not any(rest):
        return []
    return [
        go.Bar(
            x=rest, y=list(range(len(bars))), width=width, orientation="h", hoverinfo="skip",
            marker=hatched(),
        )
    ]  # fmt: skip


def _is_cut(bar: _Bar) -> bool:
    return any(row.state is State.SUPPRESSED for row in bar.pieces) and not _has_counts_only(bar)


def _has_counts_only(bar: _Bar) -> bool:
    return any(row.state is State.COUNTS_ONLY for row in bar.pieces)


def _write_key(place: int, name: str, key_rows: int, beside: int) -> dict[str, object]:
    """A point of the scale in words, beside its colour, above the bars."""
    (line, *_) = wrap_words(name, _KEY_WIDTH * 2 // beside, 1)
    return {
        "xref": "paper", "yref": "paper", "x": place % beside / beside, "y": 1, "xanchor": "left", "yanchor": "bottom",
        "xshift": 18, "yshift": _key_height(place, key_rows, beside), "showarrow": False, "align": "left",
        "font": font(13), "text": line,
    }  # fmt: skip


def _draw_key(place: int, colour: str, key_rows: int, beside: int) -> dict[str, object]:
    """The colour of a point: a square of so many pixels, whatever the width of the screen."""
    below = _key_height(place, key_rows, beside) + 5
    return {
        "type": "rect", "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel",
        "xanchor": place % beside / beside, "yanchor": 1, "x0": 2, "x1": 14, "y0": below, "y1": below + 12,
        "fillcolor": colour, "line": {"color": QUIET, "width": 1},
    }  # fmt: skip


def _key_height(place: int, key_rows: int, beside: int) -> int:
    return 4 + _KEY_HEIGHT * (key_rows - 1 - place // beside)


def _write_name(place: int, lines: list[str]) -> dict[str, object]:
    return {
        "x": 0, "y": place, "xanchor": "left", "yanchor": "bottom", "yshift": 13, "showarrow": False,
        "text": "<br>".join(lines), "align": "left", "font": font(15),
    }  # fmt: skip


def _write_pieces(place: int, bar: _Bar, language: Language) -> list[dict[str, object]]:
    if _has_counts_only(bar):
        return [_write_inside(place, 0, say_state(State.COUNTS_ONLY, language), QUIET, "left")]
    words, start = [], 0.0
    for row in bar.pieces:
        value = row.value or 0.0
        if value >= _ROOM_FOR_WORDS and not (_is_cut(bar) and start + value / 2 > _LAST_FIGURE):
            words.append(_write_inside(place, start + value / 2, format_percent(value, language), INK, "center"))
        start += value
    if _is_cut(bar):
        words.append(_write_inside(place, min(start + (1 - start) / 2, 0.93), say_hidden(language), INK, "center"))
    return words


def _write_inside(place: int, x: float, text: str, colour: str, anchor: str) -> dict[str, object]:
    return {"x": x, "y": place, "xanchor": anchor, "yanchor": "middle", "showarrow": False, "text": text,
            "font": font(13, colour)}  # fmt: skip
