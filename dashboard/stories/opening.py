"""What the pages' stories share: the heading with its filters, the empty states, the narrowed frames."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.data import find_scope
from dashboard.escaping import plain
from dashboard.filtering import clear_filters, say_filters
from dashboard.texts import say
from dashboard.visit import View, current_visit
from etl.store.moments import utc_now
from surveys.analysis.filters import narrow
from surveys.analysis.register_tables import count_planned
from surveys.language.texts import LANGUAGES, Language


def open_page(view: View, key: str) -> None:
    """Show a page's heading and, under it, what is filtered with one click back to everything."""
    st.title(view.say(f"{key}.title"), anchor=False)
    if not view.filters.is_empty:
        with st.container(horizontal=True, vertical_alignment="center", key="active-filters"):
            what = plain(say_filters(view.filters, view.choices, view.language))
            st.markdown(view.say("filters.active", what=what), width="content")
            st.button(view.say("filters.clear"), on_click=clear_filters, key="clear-filters", type="tertiary")


def stop_when_empty(view: View) -> None:
    """End the page with what to do next, when there is no partnership to show."""
    if view.scope.partnerships:
        return
    st.header(view.say("empty.title"), anchor=False)
    st.markdown(view.say("empty.body"))
    st.page_link("app_pages/upload.py", label=view.say("empty.upload"), icon=":material/upload_file:")
    if not view.scope.sample and find_scope(current_visit().actor, sample=True).partnerships:
        st.button(view.say("empty.sample"), icon=":material/science:", key="show-sample", on_click=_show_sample)
        st.caption(view.say("empty.sample_note"))
    st.stop()


def _show_sample() -> None:
    # The switch under "Konto" shows the same choice, and takes it back.
    st.session_state["data_kind"] = "sample"


def stop_when_filtered_away(view: View, frame: pd.DataFrame, key: str) -> None:
    """End the page kindly, when nothing passes the filters or nothing of this kind was entered yet."""
    if len(frame):
        return
    if view.filters.is_empty:
        st.markdown(view.say(f"{key}.none_yet"))
    else:
        st.header(view.say("filters.nothing_title"), anchor=False)
        st.markdown(view.say("filters.nothing"))
    st.stop()


def say_activities(view: View, activities: pd.DataFrame, key: str = "counts.activities") -> str:
    """Say how many activities there are, and how many of them are only planned, so that nobody takes those for done.

    Args:
        view: what is looked at.
        activities: starts_on.
        key: text of the number of activities.
    """
    return say_number_of_activities(view, len(activities), count_planned(activities, today()), key)


def say_number_of_activities(view: View, number: int, planned: int, key: str = "counts.activities") -> str:
    """Do as `say_activities` does, from numbers: for whoever says it of hundreds of partnerships."""
    amount = view.say(key, n=number)
    return view.say("counts.planned", all=amount, n=planned) if planned else amount


def today() -> date:
    """Return the day by which an activity is planned or not."""
    return utc_now().date()


def chosen_activities(view: View) -> pd.DataFrame:
    """Return the activities that pass the filters."""
    frames = view.register
    return narrow(frames.activities, view.filters, groups=frames.activity_groups, date_column="starts_on")


def chosen_problems(view: View) -> pd.DataFrame:
    """Return the problems that pass the filters."""
    frames = view.register
    return narrow(frames.problems, view.filters, groups=frames.problem_groups, date_column="identified_on")


def partners_who_stayed(partners: pd.DataFrame) -> pd.DataFrame:
    """Return the partners who have not left their partnership."""
    return partners[partners["status"] != "withdrawn"]


def texts_of(key: str) -> dict[Language, str]:
    """Return a text in both languages, for the source of a published table."""
    return {language: say(key, language) for language in LANGUAGES}
