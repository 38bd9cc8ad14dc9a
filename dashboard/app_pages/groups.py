"""Grupy docelowe: problems beside activities for each group: where there is need and no action."""

import pandas as pd
import streamlit as st

from dashboard.charts.pairs import draw_pairs
from dashboard.escaping import plain
from dashboard.presenting import show_pair
from dashboard.story import (
    chosen_activities,
    chosen_problems,
    open_page,
    stop_when_empty,
    stop_when_filtered_away,
    texts_of,
)
from dashboard.visit import Visit, current_visit
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.gaps import count_entities_by_group, find_gaps, order_groups
from surveys.vocabulary import load

_MOST_PARTNERSHIPS = 20


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    open_page(visit, "groups")
    stop_when_empty(visit)
    problems, activities = chosen_problems(visit), chosen_activities(visit)
    problem_groups = keep_rows_of(visit.register.problem_groups, problems)
    activity_groups = keep_rows_of(visit.register.activity_groups, activities)
    stop_when_filtered_away(visit, pd.concat([problem_groups, activity_groups]), "groups")
    # A chosen group keeps its rows; other groups of the same problems would only confuse.
    wanted = visit.filters.group_codes
    if wanted:
        problem_groups = problem_groups[problem_groups["group"].isin(wanted)]
        activity_groups = activity_groups[activity_groups["group"].isin(wanted)]
    gaps = find_gaps(problems, problem_groups, activity_groups)
    _show_gaps(visit, gaps)
    roll_ups = load().target_groups.roll_ups.codes
    if not wanted:
        _show_pairs(visit, "groups-rolled", problem_groups, activity_groups, roll_ups, rolled_up=True)
    order = order_groups(problem_groups, activity_groups)
    _show_pairs(visit, "groups-all", problem_groups, activity_groups, order, rolled_up=False)


def _show_gaps(visit: Visit, gaps: pd.DataFrame) -> None:
    st.markdown(f"### {visit.say('groups.gaps.title')}")
    if gaps.empty:
        st.markdown(visit.say("groups.gaps.none"))
        return
    labels = load().target_groups.labels(visit.language)
    by_partnership = gaps.groupby("partnership", sort=True)["group"].apply(list)
    if visit.filters.partnership is not None:
        names = ", ".join(plain(labels[group]) for group in by_partnership.iloc[0])
        st.markdown(visit.say("groups.gaps.one", groups=names))
    else:
        lines = [
            f"- **{plain(visit.name_of(str(slug)))}**: {', '.join(plain(labels[group]) for group in groups)}"
            for slug, groups in by_partnership.items()
        ]
        st.markdown("\n".join([visit.say("groups.gaps.many"), "", *lines[:_MOST_PARTNERSHIPS]]))
        if len(lines) > _MOST_PARTNERSHIPS:
            st.caption(visit.say("groups.gaps.more", n=len(lines) - _MOST_PARTNERSHIPS))
    st.caption(visit.say("groups.gaps.note"))


def _show_pairs(
    visit: Visit,
    key: str,
    problem_groups: pd.DataFrame,
    activity_groups: pd.DataFrame,
    order: tuple[str, ...],
    *,
    rolled_up: bool,
) -> None:
    texts = key.replace("-", ".")
    left = count_entities_by_group(
        problem_groups, rolled_up=rolled_up, order=order, what=texts_of("groups.problems_what")
    )
    right = count_entities_by_group(
        activity_groups, rolled_up=rolled_up, order=order, what=texts_of("groups.activities_what")
    )
    title = visit.say(f"{texts}.title")
    headings = (visit.say("groups.problems"), visit.say("groups.activities"))
    show_pair(
        key,
        title=title,
        sentence=visit.say(f"{texts}.sentence"),
        chart=draw_pairs(left, right, titles=headings, title=title, language=visit.language),
        tables=(left, right),
        headings=headings,
        language=visit.language,
    )


tell()
