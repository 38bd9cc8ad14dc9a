"""Figures of the page Problemy that come from the register, each built from a view and nothing else."""

from dashboard.figures.panels import Panel, bar_panel, year_panel
from dashboard.stories.opening import chosen_problems, texts_of
from dashboard.visit import View
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.register_tables import code_labels, count_by, count_by_year, name_labels
from surveys.vocabulary import load


def build_problem_panels(view: View) -> list[Panel]:
    """Build the figures of the problems that pass the filters."""
    problems = chosen_problems(view)
    groups = keep_rows_of(view.register.problem_groups, problems)
    lists = load()
    what = texts_of("problems.what")
    labels = code_labels(lists.problems)
    panels = [
        bar_panel(
            view, "problems-group", count_by(groups, "group", labels=code_labels(lists.target_groups), what=what)
        ),
        bar_panel(view, "problems-theme", count_by(problems, "theme", labels=code_labels(lists.themes), what=what)),
        bar_panel(
            view,
            "problems-status",
            count_by(problems, "status", labels=code_labels(lists.problem_statuses), what=what, order="list"),
        ),
        year_panel(view, "problems-year", count_by_year(problems, "identified_on", what=what)),
    ]
    if view.filters.partnership is not None:
        return panels  # one partnership's problems are shown one by one, in its own words
    # One partnership may name a problem twice: places are counted, not entries.
    places = problems.drop_duplicates(["partnership", "code"])
    table = count_by(places, "code", labels=labels, what=texts_of("problems.code.what"), dimension="problem")
    panels.append(bar_panel(view, "problems-code", table))
    if len(view.scope.partnerships) > 1:
        names = name_labels(view.register.partnerships)
        table = count_by(problems, "partnership", labels=names, what=what, order="list", with_zeros=True)
        panels.append(bar_panel(view, "problems-partnership", table))
    return panels
