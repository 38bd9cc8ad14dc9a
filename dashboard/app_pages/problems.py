"""Problemy: what residents point at, what partnerships diagnosed, and the evidence of one problem.

Residents' answers and the partnership's own diagnosis stand side by side, never merged into one figure.
"""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.charts.years import draw_years
from dashboard.filtering import choose_code
from dashboard.presenting import show_figure
from dashboard.problem_evidence import show_problem
from dashboard.sentences import say_largest
from dashboard.story import chosen_problems, open_page, stop_when_empty, stop_when_filtered_away, texts_of
from dashboard.survey_story import show_problem_survey
from dashboard.visit import Visit, current_visit
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.register_tables import Labels, code_labels, count_by, count_by_year, name_labels
from surveys.privacy.published import PublishedTable
from surveys.vocabulary import load


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    open_page(visit, "problems")
    stop_when_empty(visit)
    problems = chosen_problems(visit)
    labels = code_labels(load().problems)
    code = _choose_problem(visit, problems)
    if code is not None:
        show_problem(visit, code, problems)
        return
    if visit.filters.partnership is not None:
        show_problem_survey(visit)
    stop_when_filtered_away(visit, problems, "problems")
    _show_register(visit, problems, labels)


def _choose_problem(visit: Visit, problems: pd.DataFrame) -> str | None:
    """Offer one problem to look into: those of the register and of the surveys in sight."""
    lists = load().problems
    named = set(problems["code"])
    choices = visit.surveys.choices
    asked = choices[choices["code"].isin(set(lists)) & (choices["people"] > 0)]
    if visit.filters.partnership is not None:
        asked = asked[asked["partnership"] == visit.filters.partnership]
    offered = [code for code in lists if code in named or code in set(asked["code"])]
    return choose_code(
        "problem",
        offered,
        label=visit.say("problems.choose"),
        placeholder=visit.say("problems.choose_placeholder"),
        labels=lists.labels(visit.language),
    )


def _show_register(visit: Visit, problems: pd.DataFrame, labels: Labels) -> None:
    lists = load()
    what = texts_of("problems.what")
    groups = keep_rows_of(visit.register.problem_groups, problems)
    st.markdown(f"## {visit.say('problems.register_title')}")
    left, right = st.columns(2, gap="medium")
    with left:
        if visit.filters.partnership is None:
            # One partnership may name a problem twice: places are counted, not entries.
            places = problems.drop_duplicates(["partnership", "code"])
            table = count_by(places, "code", labels=labels, what=texts_of("problems.code.what"), dimension="problem")
            _show_bars(visit, "problems-code", table)
        else:
            table = count_by(problems, "code", labels=labels, what=what, dimension="problem")
            _show_bars(visit, "problems-entries", table)
        table = count_by(groups, "group", labels=code_labels(lists.target_groups), what=what)
        _show_bars(visit, "problems-group", table)
    with right:
        _show_bars(visit, "problems-theme", count_by(problems, "theme", labels=code_labels(lists.themes), what=what))
        statuses = code_labels(lists.problem_statuses)
        _show_bars(visit, "problems-status", count_by(problems, "status", labels=statuses, what=what, order="list"))
        table = count_by_year(problems, "identified_on", what=what)
        if not table.is_empty:
            title = visit.say("problems.year.title")
            show_figure(
                "problems-year",
                title=title,
                sentence=say_largest(table, "problems.year", visit.language),
                chart=draw_years(table, title=title, language=visit.language),
                table=table,
                language=visit.language,
            )
        if visit.filters.partnership is None and len(visit.scope.partnerships) > 1:
            names = name_labels(visit.register.partnerships)
            table = count_by(problems, "partnership", labels=names, what=what, order="list", with_zeros=True)
            _show_bars(visit, "problems-partnership", table)


def _show_bars(visit: Visit, key: str, table: PublishedTable) -> None:
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


tell()
