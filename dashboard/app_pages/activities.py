"""Działania: done and planned, by theme, form, target group and year; for how many people, and for whose money."""

import pandas as pd
import streamlit as st

from dashboard.figures.panels import keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.stories.activity_panels import build_activity_panels
from dashboard.stories.opening import (
    chosen_activities,
    open_page,
    say_activities,
    stop_when_empty,
    stop_when_filtered_away,
)
from dashboard.visit import View, current_view
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.register_tables import hush_few
from surveys.language.numerals import format_number


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "activities")
    stop_when_empty(view)
    activities = chosen_activities(view)
    stop_when_filtered_away(view, activities, "activities")
    _summarise(view, activities)
    show_panels(
        keep_panels(view, "activities", build_activity_panels),
        ("activities-theme", "activities-group", "activities-people"),
        ("activities-year", "activities-form", "activities-funding", "activities-partnership"),
        language=view.language,
    )


def _summarise(view: View, activities: pd.DataFrame) -> None:
    groups = keep_rows_of(view.register.activity_groups, activities)
    counted = hush_few(activities, groups)["participants"].dropna()
    amount = say_activities(view, activities)
    if counted.empty:
        st.markdown(view.say("activities.summary_uncounted", activities=amount))
        return
    st.markdown(
        view.say(
            "activities.summary",
            activities=amount,
            participants=view.say("counts.participants", n=int(counted.sum())),
            counted=format_number(len(counted), view.language),
        )
    )


tell()
