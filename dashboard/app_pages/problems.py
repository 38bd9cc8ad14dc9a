"""Problemy: what residents point at, what partnerships diagnosed, and the evidence of one problem.

Residents' answers and the partnership's own diagnosis stand side by side, never merged into one figure.
"""

import pandas as pd
import streamlit as st

from dashboard.figures.panels import keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.filtering import choose_code
from dashboard.stories.opening import chosen_problems, open_page, stop_when_empty, stop_when_filtered_away
from dashboard.stories.problem_evidence import show_entries, show_problem
from dashboard.stories.problem_panels import build_problem_panels
from dashboard.stories.survey_story import show_survey
from dashboard.visit import View, current_view
from surveys.vocabulary import load


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "problems")
    stop_when_empty(view)
    problems = chosen_problems(view)
    code = _choose_problem(view, problems)
    if code is not None:
        show_problem(view, code, problems)
        return
    show_survey(view, "problems")
    stop_when_filtered_away(view, problems, "problems")
    st.header(view.say("problems.register_title"), anchor=False)
    show_panels(
        keep_panels(view, "problems", build_problem_panels),
        ("problems-code", "problems-group"),
        ("problems-theme", "problems-status", "problems-year", "problems-partnership"),
        language=view.language,
    )
    if view.filters.partnership is not None:
        st.header(view.say("problems.entries_title"), anchor=False)
        show_entries(view, problems)


def _choose_problem(view: View, problems: pd.DataFrame) -> str | None:
    """Offer one problem to look into: those of the register and of the surveys in sight."""
    lists = load().problems
    choices = view.surveys.choices
    asked = choices[choices["code"].isin(set(lists)) & (choices["people"] > 0)]
    if view.filters.partnership is not None:
        asked = asked[asked["partnership"] == view.filters.partnership]
    named = set(problems["code"]) | set(asked["code"])
    return choose_code(
        "problem",
        [code for code in lists if code in named],
        label=view.say("problems.choose"),
        placeholder=view.say("problems.choose_placeholder"),
        labels=lists.labels(view.language),
    )


tell()
