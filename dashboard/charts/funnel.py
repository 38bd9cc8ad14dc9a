"""A funnel: places by how many people answered, against the limits to which chance alone takes a share at each size.

Only places beyond the limits are named in the chart; the table has them all. No place is first or last here.
"""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, plain_layout, wrap_words
from dashboard.charts.palette import GRID, INK, MAIN, QUIET, SECOND
from surveys.language.numerals import format_percent
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable
from surveys.privacy.wording import describe_table

_HEIGHT = 420
_NAME_WIDTH = 18
_SYMBOLS = {True: "circle", False: "diamond"}
_PHONE, _LETTER, _LINE = 290, 6.8, 15  # pixels: the width that names have to fit, and a letter's

Limits = tuple[list[int], list[float], list[float]]


def draw_funnel(  # the words of a funnel, by name
    table: PublishedTable,
    *,
    mean: float,
    limits: dict[str, Limits],
    inside: str,
    axis: str,
    title: str,
    language: Language,
) -> Chart:
    """Draw shares of places against limits.

    Args:
        table: place, position in the funnel, and figure; rows with a share are drawn.
        mean: share of all together.
        limits: name of a pair of limits → sizes, lower and upper limits at them; the inner pair first.
        inside: code of the position that lies within all limits.
        axis: words under the axis of sizes.
        title: what the chart shows, for the alternative text.
        language: language of labels and numbers.
    """
    rows = [row for row in table.rows if row.value is not None and row.base is not None]
    highest = max([row.value or 0 for row in rows] + [max(upper) for _, _, upper in limits.values()], default=1.0)
    sizes = next(iter(limits.values()))[0]
    traces: list[go.Scatter] = []
    words: list[dict[str, Any]] = []
    for place, (name, (ns, low, high)) in enumerate(limits.items()):
        line = {"color": QUIET, "width": 1.4, "dash": "solid" if place == 0 else "dot"}
        traces += [go.Scatter(x=ns, y=ys, mode="lines", line=line, hoverinfo="skip") for ys in (low, high)]
        spot = len(ns) * 3 // 5  # where the limits lie well apart
        words.append(_write(ns[spot], high[spot], name, QUIET, "left", "top" if place == 0 else "bottom"))
    traces.append(_draw_mean(sizes, mean))
    traces += [_draw_places(rows, inside, is_inside=is_inside) for is_inside in (True, False)]
    top = min(1.0, highest * 1.12)
    words += _name_apart([row for row in rows if row.keys[1] != inside], mean, sizes, top, language)
    figure = go.Figure(
        data=traces,
        layout=plain_layout(
            _HEIGHT,
            margin=(44, 12, 12, 46),
            annotations=words,
            xaxis={
                "title": {"text": axis, "font": font(13)}, "range": [0, sizes[-1] * 1.04], "fixedrange": True,
                "gridcolor": GRID, "zeroline": False, "nticks": 6,
            },
            yaxis={
                "range": [0, top], "fixedrange": True, "gridcolor": GRID, "zeroline": False,
                **_ticks(top, language),
            },
        ),
    )  # fmt: skip
    return Chart(figure, describe_table(table, title, language), intervals_drawn=False)


def _draw_mean(sizes: list[int], mean: float) -> go.Scatter:
    return go.Scatter(x=[0, sizes[-1]], y=[mean, mean], mode="lines", line={"color": INK, "width": 1}, hoverinfo="skip")


def _draw_places(rows: list[PublishedRow], inside: str, *, is_inside: bool) -> go.Scatter:
    drawn = [row for row in rows if (row.keys[1] == inside) is is_inside]
    colour = MAIN if is_inside else SECOND
    return go.Scatter(
        x=[row.base for row in drawn],
        y=[row.value for row in drawn],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": _SYMBOLS[is_inside], "size": 9 if is_inside else 12, "color": colour, "opacity": 0.85,
            "line": {"color": "white", "width": 1},
        },
        hoverinfo="skip",
    )  # fmt: skip


def _name_apart(
    rows: list[PublishedRow], mean: float, sizes: list[int], top: float, language: Language
) -> list[dict[str, Any]]:
    """Name places from the one that stands out most; a name that would lie on another is left to the table."""
    across, up = _PHONE / (sizes[-1] * 1.04), (_HEIGHT - 58) / top
    named: list[dict[str, Any]] = []
    taken: list[tuple[float, float, float]] = []
    for row in sorted(rows, key=lambda row: -abs((row.value or 0) - mean) * (row.base or 0) ** 0.5):
        word = _name(row, language, sizes)
        width = _LETTER * len(word["text"])
        left = word["x"] * across + (9 if word["xanchor"] == "left" else -9 - width)
        y = word["y"] * up
        if all(abs(y - at) >= _LINE or left >= end or left + width <= start for start, end, at in taken):
            taken.append((left, left + width, y))
            named.append(word)
    return named


def _name(row: PublishedRow, language: Language, sizes: list[int]) -> dict[str, Any]:
    right = (row.base or 0) > sizes[-1] * 0.55
    (name,) = wrap_words(row.labels[language][0], _NAME_WIDTH, 1)
    word = _write(row.base or 0, row.value or 0, name, INK, "right" if right else "left", "middle")
    return {**word, "text": name, "xshift": -9 if right else 9}


def _write(x: float, y: float, text: str, colour: str, xanchor: str, yanchor: str) -> dict[str, Any]:
    return {
        "x": x, "y": y, "xanchor": xanchor, "yanchor": yanchor, "showarrow": False, "text": as_words(text),
        "font": font(13, colour),
    }  # fmt: skip


def _ticks(highest: float, language: Language) -> dict[str, Any]:
    step = 0.05 if highest <= 0.3 else 0.1 if highest <= 0.6 else 0.2
    values = [round(step * number, 2) for number in range(int(highest / step) + 1)]
    return {"tickvals": values, "ticktext": [format_percent(value, language) for value in values]}
