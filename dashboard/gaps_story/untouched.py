"""Groups that the register itself names in open problems, and for which nothing was done in the period."""

from dataclasses import replace

import streamlit as st

from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from dashboard.visit import View
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.gaps import find_gaps
from surveys.analysis.supply_gaps import Period
from surveys.analysis.thread_breaks import reached_groups
from surveys.vocabulary import load


def show_untouched(view: View, period: Period) -> None:
    """Show those of the chosen partnership: a count of what was entered, so that chance has no part in it."""
    frames = view.register
    inside = frames.activities[frames.activities["starts_on"].dt.year.between(period.first, period.last)]
    of_period = replace(frames, activity_groups=keep_rows_of(frames.activity_groups, inside))
    gaps = find_gaps(frames.problems, frames.problem_groups, reached_groups(of_period))
    own = gaps[gaps["partnership"] == view.filters.partnership]
    labels = load().target_groups
    with st.container(border=True, key="card-gaps-untouched"):
        st.header(view.say("gaps.untouched.title"), anchor=False)
        if own.empty:
            st.markdown(view.say("gaps.untouched.none"))
            return
        names = [plain(labels.label(code, view.language)) for code in own["group"]]
        st.markdown(view.say("gaps.untouched.some", first=period.first, last=period.last, groups=list_names(names)))
