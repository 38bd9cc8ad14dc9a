"""Działania: what was done, by theme, form, target group and year; for how many people, and for whose money."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.charts.years import draw_years
from dashboard.presenting import show_figure, show_nothing
from dashboard.sentences import say_largest
from dashboard.story import chosen_activities, open_page, stop_when_empty, stop_when_filtered_away, texts_of
from dashboard.visit import Visit, current_visit
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.register_tables import (
    code_labels,
    count_by,
    count_by_year,
    name_labels,
    sum_funding,
    sum_participants,
)
from surveys.language.numerals import format_number
from surveys.privacy.published import PublishedTable
from surveys.vocabulary import load


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    open_page(visit, "activities")
    stop_when_empty(visit)
    activities = chosen_activities(visit)
    stop_when_filtered_away(visit, activities, "activities")
    groups = keep_rows_of(visit.register.activity_groups, activities)
    _summarise(visit, activities)
    lists = load()
    what = texts_of("activities.what")
    left, right = st.columns(2, gap="medium")
    with left:
        _show_bars(
            visit, "activities-theme", count_by(activities, "theme", labels=code_labels(lists.themes), what=what)
        )
        _show_bars(
            visit, "activities-group", count_by(groups, "group", labels=code_labels(lists.target_groups), what=what)
        )
        _show_participants(visit, activities, groups)
    with right:
        _show_years(visit, activities)
        _show_bars(
            visit, "activities-form", count_by(activities, "form", labels=code_labels(lists.activity_forms), what=what)
        )
        _show_funding(visit)
        if visit.filters.partnership is None and len(visit.scope.partnerships) > 1:
            names = name_labels(visit.register.partnerships)
            table = count_by(activities, "partnership", labels=names, what=what, order="list", with_zeros=True)
            _show_bars(visit, "activities-partnership", table)


def _summarise(visit: Visit, activities: pd.DataFrame) -> None:
    counted = activities["participants"].dropna()
    st.markdown(
        visit.say(
            "activities.summary",
            activities=visit.say("counts.activities", n=len(activities)),
            participants=visit.say("counts.participants", n=int(counted.sum())),
            counted=format_number(len(counted), visit.language),
        )
    )


def _show_bars(visit: Visit, key: str, table: PublishedTable) -> None:
    """Show one breakdown; its texts stand under the key with a dot for the dash."""
    texts = key.replace("-", ".")
    title = visit.say(f"{texts}.title")
    show_figure(
        key,
        title=title,
        sentence=say_largest(table, texts, visit.language),
        chart=draw_bars(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
    )


def _show_years(visit: Visit, activities: pd.DataFrame) -> None:
    table = count_by_year(activities, "starts_on", what=texts_of("activities.what"))
    title = visit.say("activities.year.title")
    show_figure(
        "activities-year",
        title=title,
        sentence=say_largest(table, "activities.year", visit.language),
        chart=draw_years(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
    )


def _show_participants(visit: Visit, activities: pd.DataFrame, groups: pd.DataFrame) -> None:
    table = sum_participants(
        activities, groups, labels=code_labels(load().target_groups), what=texts_of("activities.people.what")
    )
    if table.is_empty:
        show_nothing(
            "activities-people",
            title=visit.say("activities.people.title"),
            sentence=visit.say("activities.people.none"),
        )
    else:
        _show_bars(visit, "activities-people", table)


def _show_funding(visit: Visit) -> None:
    frames, filters = visit.register, visit.filters
    funding = frames.funding
    if filters.partnership is not None:
        funding = funding[funding["partnership"] == filters.partnership]
    if filters.years is not None:
        funding = funding[funding["year"].between(*filters.years)]
    table = sum_funding(
        funding, "source", labels=code_labels(load().funding_sources), what=texts_of("activities.funding.what")
    )
    title = visit.say("activities.funding.title")
    if table.is_empty:
        show_nothing("activities-funding", title=title, sentence=visit.say("activities.funding.none"))
        return
    show_figure(
        "activities-funding",
        title=title,
        sentence=visit.say("activities.funding.note"),
        chart=draw_bars(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
    )


tell()
