"""Figures of one partnership's card, each built from a view with a chosen partnership."""

import pandas as pd

from dashboard.charts.timeline import Span, draw_timeline
from dashboard.figures.panels import Panel, bar_panel
from dashboard.stories.opening import partners_who_stayed, say_activities, texts_of
from dashboard.visit import View
from surveys.analysis.register_tables import code_labels, count_by, count_by_year, sum_funding
from surveys.analysis.rows import is_known, rows_of
from surveys.language.numerals import format_money_pln
from surveys.vocabulary import load


def build_card_panels(view: View) -> list[Panel]:
    """Build partners by sector, money by source and the line of years.

    Raises:
        ValueError: no partnership is chosen.
    """
    slug = view.filters.partnership
    if slug is None:
        raise ValueError("a card needs a chosen partnership")
    frames = view.register
    partners, funding, projects, activities = (
        frame[frame["partnership"] == slug]
        for frame in (frames.partners, frames.funding, frames.projects, frames.activities)
    )
    active = partners_who_stayed(partners)
    sectors = count_by(active, "sector", labels=code_labels(load().sectors), what=texts_of("partnerships.what"))
    return [
        bar_panel(view, "card-sectors", sectors),
        _build_funding(view, funding),
        _build_timeline(view, projects, activities),
    ]


def _build_funding(view: View, funding: pd.DataFrame) -> Panel:
    sources = code_labels(load().funding_sources)
    table = sum_funding(funding, "source", labels=sources, what=texts_of("activities.funding.what"))
    panel = bar_panel(view, "card-funding", table)
    if table.is_empty:
        return panel
    total = format_money_pln(float(funding["amount_pln"].sum()), view.language)
    return Panel(panel.key, panel.title, view.say("card.funding.sentence", total=total), panel.chart, panel.tables)


def _build_timeline(view: View, projects: pd.DataFrame, activities: pd.DataFrame) -> Panel:
    dated = projects.dropna(subset=["starts_on"]).sort_values("starts_on")
    title = view.say("card.timeline.title")
    table = count_by_year(activities, "starts_on", what=texts_of("activities.what"))
    if table.is_empty and dated.empty:
        return Panel("card-timeline", title, view.say("card.timeline.none"))
    spans = [
        Span(row["name"], row["starts_on"].date(), row["ends_on"].date() if is_known(row["ends_on"]) else None)
        for row in rows_of(dated)
    ]
    chart = draw_timeline(
        spans,
        table,
        heading=view.say("card.timeline.activities"),
        alt=view.say("card.timeline.alt", projects=view.say("counts.projects", n=len(spans)), title=title),
        language=view.language,
    )
    sentence = view.say(
        "card.timeline.sentence",
        projects=view.say("counts.projects", n=len(projects)),
        activities=say_activities(view, activities),
    )
    return Panel("card-timeline", title, sentence, chart, () if table.is_empty else (table,))
