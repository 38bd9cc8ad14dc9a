"""Two measures beside each other for the same rows: need on the left, action on the right, each on its own scale."""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, plain_layout
from dashboard.charts.palette import GRID, MAIN, SECOND
from surveys.language.texts import Language
from surveys.privacy.published import PublishedTable
from surveys.privacy.wording import describe_table, say_value

_ROW_HEIGHT = 48
_GAP = 0.04


def draw_pairs(
    left: PublishedTable, right: PublishedTable, *, titles: tuple[str, str], title: str, language: Language
) -> Chart:
    """Draw two columns of bars that share their rows.

    Args:
        left: one dimension; decides the rows and their order.
        right: the same keys (a key that is absent is a zero).
        titles: heading of each column.
        title: for the alternative text.
        language: language of labels and numbers.
    """
    by_key = {row.keys: row for row in right.rows}
    count = len(left.rows)
    half = (1 - _GAP) / 2
    traces = []
    words: list[dict[str, Any]] = []
    for axis, colour, heading, table in (("x", MAIN, titles[0], left), ("x2", SECOND, titles[1], right)):
        rows = [by_key.get(row.keys) for row in left.rows] if table is right else list(left.rows)
        traces.append(
            go.Bar(
                x=[row.value if row is not None and row.value is not None else 0 for row in rows],
                y=list(range(count)),
                xaxis=axis,
                orientation="h",
                width=0.36,
                marker_color=colour,
                text=[say_value(row, table.unit, language) if row is not None else "0" for row in rows],
                textposition="outside",
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
        heading_font = font(14, colour)
        words.append({**_word(heading, -1.05, heading_font), "text": f"<b>{heading}</b>", "xref": axis})
    words += [
        {**_word(as_words(row.labels[language][-1]), position, font(15)), "xref": "paper", "yshift": 18}
        for position, row in enumerate(left.rows)
    ]
    layout = plain_layout(
        _ROW_HEIGHT * count + 48,
        margin=(4, 8, 8, 4),
        yaxis={"range": [count - 0.4, -1.45], "visible": False, "fixedrange": True},
        xaxis=_axis(left, (0, half)),
        xaxis2=_axis(right, (half + _GAP, 1)),
        annotations=words,
    )
    figure = go.Figure(data=traces, layout=layout)
    alt = f"{describe_table(left, titles[0], language)} {describe_table(right, titles[1], language)}"
    return Chart(figure, f"{title}. {alt}")


def _word(text: str, y: float, typeface: dict[str, Any]) -> dict[str, Any]:
    return {"x": 0, "y": y, "yref": "y", "text": text, "showarrow": False, "xanchor": "left", "font": typeface}


def _axis(table: PublishedTable, domain: tuple[float, float]) -> dict[str, object]:
    reach = max((row.value or 0 for row in table.rows), default=0) or 1
    return {
        "range": [0, reach * 1.35],
        "domain": domain,
        "showticklabels": False,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": GRID,
        "fixedrange": True,
    }
