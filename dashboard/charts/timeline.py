"""One partnership's years on one line: projects as bars, activities as dots by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import font, plain_layout, wrap_words
from dashboard.charts.palette import GRID, MAIN, QUIET, SECOND
from surveys.language.texts import Language
from surveys.privacy.published import PublishedTable

_ROW_HEIGHT = 40
_NAME_WIDTH = 40  # signs that fit a phone's width; the list of projects has the whole name
_MOST_YEARS = 8  # more labels than this run into each other on a phone


@dataclass(frozen=True, slots=True)
class Span:
    """A project on the line; an open end reaches to the line's end."""

    name: str
    starts_on: date
    ends_on: date | None


def draw_timeline(
    projects: Sequence[Span], activities: PublishedTable, *, heading: str, alt: str, language: Language
) -> Chart:
    """Draw projects over the number of activities a year.

    Args:
        projects: in order of their beginnings.
        activities: published counts by year.
        heading: what the row of activities is called.
        alt: alternative text.
        language: language of the page (labels come ready).
    """
    years = [int(row.keys[0]) for row in activities.rows]
    years += [span.starts_on.year for span in projects] + [span.ends_on.year for span in projects if span.ends_on]
    first, last = (min(years), max(years)) if years else (2000, 2000)
    end = date(last, 12, 31)
    rows = len(projects) + 1
    figure = go.Figure(
        layout=plain_layout(
            _ROW_HEIGHT * rows + 70,
            margin=(4, 4, 8, 28),
            xaxis={
                "range": [date(first, 1, 1).isoformat(), end.isoformat()],
                **_label_years(first, last),
                "tickangle": 0,
                "fixedrange": True,
                "tickfont": font(13, QUIET),
            },
            yaxis={"range": [rows - 0.4, -0.8], "visible": False, "fixedrange": True},
        )
    )
    for position, span in enumerate(projects):
        figure.add_scatter(
            x=[span.starts_on.isoformat(), (span.ends_on or end).isoformat()],
            y=[position, position],
            mode="lines",
            line={"color": MAIN, "width": 9},
            hoverinfo="skip",
        )
        late = (span.starts_on.year - first) > (last - first) / 2
        figure.add_annotation(
            x=(span.ends_on or end).isoformat() if late else span.starts_on.isoformat(), y=position, yshift=15,
            text=wrap_words(span.name, _NAME_WIDTH, 1)[0], showarrow=False, xanchor="right" if late else "left",
            font=font(13),
        )  # fmt: skip
    base = len(projects)
    figure.add_scatter(
        x=[f"{int(row.keys[0]):04d}-07-01" for row in activities.rows],
        y=[base] * len(activities.rows),
        mode="markers+text",
        marker={
            "color": SECOND,
            "size": [6 + min(30.0, (row.value or 0) ** 0.5 * 5) for row in activities.rows],
            "opacity": 0.35,
        },
        text=[f"{row.value:.0f}" if row.value is not None else "" for row in activities.rows],
        textfont=font(14),
        hoverinfo="skip",
    )
    figure.add_annotation(
        x=0, y=base, xref="paper", yshift=24, text=heading, showarrow=False, xanchor="left",
        font=font(13, SECOND),
    )  # fmt: skip
    return Chart(figure, alt)


def _label_years(first: int, last: int) -> dict[str, object]:
    """Return an axis of whole years: a line where one begins, its name in its middle, where its circle stands.

    Left to itself, Plotly puts a year's name at its first day, which for the first one is the edge of the figure.
    """
    step = -(-(last + 1 - first) // _MOST_YEARS)
    years = range(first, last + 1, step)
    lines = range(first, last + 1, 1 if step < 3 else step)
    return {
        "type": "date",
        "tickmode": "array",
        "tickvals": [f"{year:04d}-07-01" for year in years],
        "ticktext": [str(year) for year in years],
        "showgrid": False,
        "minor": {
            "tickmode": "array",
            "tickvals": [f"{year:04d}-01-01" for year in lines],
            "showgrid": True,
            "gridcolor": GRID,
        },
    }
