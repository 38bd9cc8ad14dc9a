"""Figures of the page Grupy docelowe, each built from a view and nothing else."""

import pandas as pd

from dashboard.charts.pairs import draw_pairs
from dashboard.figures.panels import Panel
from dashboard.stories.opening import chosen_activities, chosen_problems, texts_of
from dashboard.visit import View
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.gaps import count_entities_by_group, order_groups
from surveys.vocabulary import load


def choose_group_rows(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return target groups of the problems and of the activities that pass the filters.

    A chosen group keeps its own rows only; other groups of the same problems would confuse.
    """
    problem_groups = keep_rows_of(view.register.problem_groups, chosen_problems(view))
    activity_groups = keep_rows_of(view.register.activity_groups, chosen_activities(view))
    wanted = view.filters.group_codes
    if wanted:
        problem_groups = problem_groups[problem_groups["group"].isin(wanted)]
        activity_groups = activity_groups[activity_groups["group"].isin(wanted)]
    return problem_groups, activity_groups


def build_group_panels(view: View) -> list[Panel]:
    """Build the four main groups, then all groups."""
    problem_groups, activity_groups = choose_group_rows(view)
    order = order_groups(problem_groups, activity_groups)
    panels = [_pair(view, "groups-all", problem_groups, activity_groups, order=order, rolled_up=False)]
    if not view.filters.groups:
        roll_ups = load().target_groups.roll_ups.codes
        rolled = _pair(view, "groups-rolled", problem_groups, activity_groups, order=roll_ups, rolled_up=True)
        panels.insert(0, rolled)
    return panels


def _pair(
    view: View,
    key: str,
    problem_groups: pd.DataFrame,
    activity_groups: pd.DataFrame,
    *,
    order: tuple[str, ...],
    rolled_up: bool,
) -> Panel:
    problems, activities = (
        count_entities_by_group(rows, rolled_up=rolled_up, order=order, what=texts_of(f"groups.{name}_what"))
        for name, rows in (("problems", problem_groups), ("activities", activity_groups))
    )
    texts = key.replace("-", ".")
    title = view.say(f"{texts}.title")
    headings = (view.say("groups.problems"), view.say("groups.activities"))
    chart = draw_pairs(problems, activities, titles=headings, title=title, language=view.language)
    return Panel(key, title, view.say(f"{texts}.sentence"), chart, (problems, activities), headings)
