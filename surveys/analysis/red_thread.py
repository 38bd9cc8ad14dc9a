"""The thread: problem → cause → project → activity → money → target group → result → next measurement.

What its stages are, and how much hangs on each problem. `thread_tracing` follows the thread of one problem,
`thread_breaks` finds where threads break.
"""

from enum import StrEnum
from typing import Protocol

import pandas as pd

LIVE_PROJECTS = frozenset({"preparation", "submitted", "in_progress", "completed"})
"""Statuses of projects in which somebody acts: an idea is none yet, a rejected or abandoned one no more."""


class Stage(StrEnum):
    """A layer of the thread, in its order."""

    PROBLEM = "problem"
    CAUSE = "cause"
    PROJECT = "project"
    ACTIVITY = "activity"
    MONEY = "money"
    GROUP = "group"
    RESULT = "result"
    NEXT = "next"


class ThreadParts(Protocol):
    """The frames of the register that are asked; columns as `etl.store.reading` has them."""

    @property
    def problems(self) -> pd.DataFrame:
        """Problems: partnership, uid, name, status."""

    @property
    def problem_groups(self) -> pd.DataFrame:
        """Groups of problems: partnership, uid, group."""

    @property
    def projects(self) -> pd.DataFrame:
        """Projects: partnership, uid, status, result, result_after, result_measured_on, next_measurement_on."""

    @property
    def project_problems(self) -> pd.DataFrame:
        """Links: partnership, uid, problem."""

    @property
    def project_causes(self) -> pd.DataFrame:
        """Links: partnership, uid, tree_node."""

    @property
    def project_groups(self) -> pd.DataFrame:
        """Groups of projects: partnership, uid, group."""

    @property
    def funding(self) -> pd.DataFrame:
        """Money of projects: partnership, uid, source, amount_pln."""

    @property
    def activities(self) -> pd.DataFrame:
        """Activities: partnership, uid, theme, form, project."""

    @property
    def activity_problems(self) -> pd.DataFrame:
        """Links: partnership, uid, problem."""

    @property
    def activity_groups(self) -> pd.DataFrame:
        """Groups of activities: partnership, uid, group."""

    @property
    def tree_nodes(self) -> pd.DataFrame:
        """Causes and effects: partnership, uid, kind."""

    @property
    def tree_problems(self) -> pd.DataFrame:
        """Links: partnership, uid (of the node), problem."""

    @property
    def tree_origins(self) -> pd.DataFrame:
        """Links: partnership, uid, origin (uids of nodes)."""


def join_activities(parts: ThreadParts) -> pd.DataFrame:
    """Return the problems of every activity, its own and those of its project, each once.

    Returns:
        Frame partnership, uid (of the activity), problem.
    """
    of_projects = parts.activities[["partnership", "uid", "project"]].dropna(subset=["project"])
    links = parts.project_problems.rename(columns={"uid": "project"})
    through = of_projects.merge(links, on=["partnership", "project"])
    columns = ["partnership", "uid", "problem"]
    return pd.concat([parts.activity_problems[columns], through[columns]]).drop_duplicates(ignore_index=True)


def count_stages(parts: ThreadParts, problems: pd.DataFrame) -> pd.DataFrame:
    """Return how much hangs on each problem, layer by layer.

    Projects that are only ideas, were rejected or abandoned don't count.

    Args:
        parts: frames of the register.
        problems: partnership, uid: the ones to count for.

    Returns:
        The keys of ``problems`` and a column of counts for every `Stage` but the problem itself: causes in its tree
        that are tied to it, projects, activities (its own and those of its projects), projects with a known amount of
        money, groups that any of these was for, projects with a measured result, with a day of a next measurement.
    """
    keys = ["partnership", "problem"]
    projects = parts.projects[parts.projects["status"].isin(LIVE_PROJECTS)]
    linked = parts.project_problems.merge(projects, on=["partnership", "uid"])
    funded = parts.funding[parts.funding["amount_pln"] > 0][["partnership", "uid"]].drop_duplicates()
    acting = join_activities(parts)
    causes = parts.tree_problems.merge(
        parts.tree_nodes[parts.tree_nodes["kind"] == "cause"][["partnership", "uid"]], on=["partnership", "uid"]
    )
    groups = pd.concat(
        [
            acting.merge(parts.activity_groups, on=["partnership", "uid"])[[*keys, "group"]],
            linked[[*keys, "uid"]].merge(parts.project_groups, on=["partnership", "uid"])[[*keys, "group"]],
        ]
    ).drop_duplicates()
    rows = {
        Stage.CAUSE: causes,
        Stage.PROJECT: linked,
        Stage.ACTIVITY: acting,
        Stage.MONEY: linked.merge(funded, on=["partnership", "uid"]),
        Stage.GROUP: groups,
        Stage.RESULT: linked[linked["result_after"].notna()],
        Stage.NEXT: linked[linked["next_measurement_on"].notna()],
    }
    counted = problems[["partnership", "uid"]].reset_index(drop=True)
    index = pd.MultiIndex.from_frame(counted)
    for stage, frame in rows.items():
        counted[stage.value] = frame.groupby(keys).size().reindex(index, fill_value=0).to_numpy()
    return counted
