"""Figures of the page Działania, each built from a view and nothing else."""

import pandas as pd

from dashboard.figures.panels import Panel, bar_panel, year_panel
from dashboard.stories.opening import chosen_activities, texts_of
from dashboard.visit import View
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.register_tables import (
    code_labels,
    count_by,
    count_by_year,
    name_labels,
    sum_funding,
    sum_participants,
)
from surveys.privacy.published import PublishedTable
from surveys.vocabulary import load


def build_activity_panels(view: View) -> list[Panel]:
    """Build the figures of the activities that pass the filters."""
    activities = chosen_activities(view)
    groups = keep_rows_of(view.register.activity_groups, activities)
    lists = load()
    group_labels = code_labels(lists.target_groups)
    what = texts_of("activities.what")
    people = sum_participants(activities, groups, labels=group_labels, what=texts_of("activities.people.what"))
    panels = [
        bar_panel(view, "activities-theme", count_by(activities, "theme", labels=code_labels(lists.themes), what=what)),
        bar_panel(
            view,
            "activities-group",
            count_by(groups, "group", labels=group_labels, what=texts_of("activities.what_groups")),
        ),
        bar_panel(view, "activities-people", people),
        year_panel(view, "activities-year", count_by_year(activities, "starts_on", what=what)),
        bar_panel(
            view, "activities-form", count_by(activities, "form", labels=code_labels(lists.activity_forms), what=what)
        ),
        bar_panel(view, "activities-funding", _sum_funding(view)),
    ]
    if view.filters.partnership is None and len(view.scope.partnerships) > 1:
        names = name_labels(view.register.partnerships)
        table = count_by(activities, "partnership", labels=names, what=what, order="list", with_zeros=True)
        panels.append(bar_panel(view, "activities-partnership", table))
    return panels


def _sum_funding(view: View) -> PublishedTable:
    funding: pd.DataFrame = view.register.funding
    if view.filters.partnership is not None:
        funding = funding[funding["partnership"] == view.filters.partnership]
    if view.filters.years is not None:
        funding = funding[funding["year"].between(*view.filters.years)]
    sources = code_labels(load().funding_sources)
    return sum_funding(funding, "source", labels=sources, what=texts_of("activities.funding.what"))
