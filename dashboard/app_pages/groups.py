"""Grupy docelowe: problems beside activities for each group: where there is need and no action."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.escaping import plain
from dashboard.figures.panels import keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.figures.sentences import list_names
from dashboard.stories.group_panels import build_group_panels, choose_group_rows
from dashboard.stories.opening import chosen_problems, open_page, stop_when_empty, stop_when_filtered_away
from dashboard.stories.survey_story import show_survey
from dashboard.visit import View, current_view
from surveys.analysis.gaps import find_gaps
from surveys.analysis.thread_breaks import reached_groups
from surveys.vocabulary import load

_MOST_PARTNERSHIPS = 20


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "groups")
    stop_when_empty(view)
    problem_groups, activity_groups = choose_group_rows(view)
    stop_when_filtered_away(view, pd.concat([problem_groups, activity_groups]), "groups")
    reached = reached_groups(replace(view.register, activity_groups=activity_groups))
    _show_gaps(view, find_gaps(chosen_problems(view), problem_groups, reached))
    panels = keep_panels(view, "groups", build_group_panels)
    show_panels(panels, ("groups-rolled", "groups-all"), language=view.language)
    st.header(view.say("groups.survey_title"), anchor=False)
    show_survey(view, "target_groups")


def _show_gaps(view: View, gaps: pd.DataFrame) -> None:
    st.header(view.say("groups.gaps.title"), anchor=False)
    if gaps.empty:
        st.markdown(view.say("groups.gaps.none"))
        return
    lists = load().target_groups
    by_partnership = gaps.groupby("partnership", sort=True)["group"].apply(list)
    if view.filters.partnership is not None:
        names = list_names([plain(lists.label(group, view.language)) for group in by_partnership.iloc[0]])
        st.markdown(view.say("groups.gaps.one", groups=names))
    else:
        lines = [
            f"- **{plain(view.name_of(str(slug)))}**: {list_names(names)}"
            for slug, groups in by_partnership.items()
            for names in [[plain(lists.label(group, view.language)) for group in groups]]
        ]
        st.markdown("\n".join([view.say("groups.gaps.many"), "", *lines[:_MOST_PARTNERSHIPS]]))
        if len(lines) > _MOST_PARTNERSHIPS:
            st.caption(view.say("groups.gaps.more", n=len(lines) - _MOST_PARTNERSHIPS))
    st.caption(view.say("groups.gaps.note"))
    if view.filters.partnership is not None:
        st.page_link(
            "app_pages/gaps.py", label=view.say("groups.to_gaps"), query_params=view.link_to(view.filters.partnership)
        )


tell()
