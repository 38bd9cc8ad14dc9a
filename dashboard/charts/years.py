"""Columns by year: how much happened when."""

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import font, plain_layout
from dashboard.charts.palette import MAIN, QUIET
from surveys.language.texts import Language
from surveys.privacy.published import PublishedTable, State
from surveys.privacy.wording import describe_table, say_value


def draw_years(table: PublishedTable, *, title: str, language: Language) -> Chart:
    """Draw one column a year with its figure on top; a year with nothing is a zero on the line.

    Args:
        table: one dimension ``year``; rows in order of years.
        title: for the alternative text.
        language: language of numbers.
    """
    years = [row.keys[0] for row in table.rows]
    hidden = [row.state is State.SUPPRESSED for row in table.rows]
    figure = go.Figure(
        layout=plain_layout(
            260,
            margin=(4, 4, 24, 28),
            xaxis={"type": "category", "fixedrange": True, "tickfont": font(14, QUIET)},
            yaxis={"visible": False, "rangemode": "tozero", "fixedrange": True},
        )
    )
    figure.add_bar(
        x=years,
        y=[row.value or 0 for row in table.rows],
        text=[say_value(row, table.unit, language) for row in table.rows],
        textposition="outside",
        cliponaxis=False,
        marker={"color": MAIN, "pattern": {"shape": ["/" if hide else "" for hide in hidden]}},
        hoverinfo="skip",
    )
    return Chart(figure, describe_table(table, title, language))
