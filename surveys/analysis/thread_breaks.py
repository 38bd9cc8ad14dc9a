"""Where the thread from a problem to its result breaks, partnership by partnership: frames in, a frame out.

A break is something that was *entered* and leads nowhere; what nobody entered can't be told from what isn't there, and
the page says so. Every rule stands here once; `red_thread` counts and draws what holds.
"""

from datetime import date
from enum import StrEnum

import pandas as pd

from surveys.analysis.gaps import find_gaps
from surveys.analysis.problem_tree import find_loose_nodes
from surveys.analysis.red_thread import LIVE_PROJECTS, ThreadParts, join_activities

_OWN_DEVELOPMENT = "T11"  # meetings and training of the partnership itself answer no problem of the residents
_SETTLED = frozenset({"solved", "postponed"})
_TAKEN_UP = frozenset({"confirmed", "in_progress", "solved"})
_COLUMNS = ["kind", "partnership", "uid", "amount_pln"]


class Break(StrEnum):
    """A place where the thread breaks, in the order of the thread."""

    PROBLEM_WITHOUT_ACTION = "problem_without_action"
    CAUSE_WITHOUT_PROBLEM = "cause_without_problem"
    PROJECT_WITHOUT_PROBLEM = "project_without_problem"
    ACTIVITY_WITHOUT_PROBLEM = "activity_without_problem"
    MONEY_OUTSIDE_PRIORITIES = "money_outside_priorities"
    GROUP_NEVER_REACHED = "group_never_reached"
    PROJECT_WITHOUT_RESULT = "project_without_result"
    RESULT_NOT_MEASURED = "result_not_measured"
    RESULT_WITHOUT_NEXT = "result_without_next"
    MEASUREMENT_OVERDUE = "measurement_overdue"


def find_breaks(parts: ThreadParts, today: date) -> pd.DataFrame:
    """Return every break of every partnership.

    * problem without action: neither solved nor postponed, and no project that is prepared, applied for, running or
      completed names it, nor any activity or the project of one;
    * cause without a problem: stands in the problem tree and hangs on no problem;
    * project, activity without a problem: a project that lives, an activity that isn't the partnership's own
      development, and neither it nor (an activity) its project names a problem;
    * money outside priorities: a project that lives and has money, none of whose problems was confirmed or taken up;
    * group never reached: named in an open problem, and no activity and no running or completed project was for it;
    * project without a result: completed, and neither words nor a number say what came of it;
    * result not measured: completed, with words and no number;
    * result without a next measurement: measured, and no day is set on which to measure again;
    * measurement overdue: that day is past, and nothing has been measured since.

    Args:
        parts: frames of the register.
        today: the day by which a measurement is overdue.

    Returns:
        Frame kind (`Break`), partnership, uid (of the problem, node, project or activity, or the code of a group),
        amount_pln (money outside priorities, ``NaN`` elsewhere), in the order of the thread and then of the register.
    """
    projects = parts.projects
    live = projects[projects["status"].isin(LIVE_PROJECTS)]
    completed = projects[projects["status"] == "completed"]
    measured = completed["result_after"].notna()
    told = completed["result"].str.strip() != ""
    known = live[live["result_after"].notna()]
    due = projects["next_measurement_on"] < pd.Timestamp(today)
    fresh = projects["result_measured_on"] >= projects["next_measurement_on"]
    found = {
        Break.PROBLEM_WITHOUT_ACTION: _problems_without_action(parts, live),
        Break.CAUSE_WITHOUT_PROBLEM: _loose_nodes(parts),
        Break.PROJECT_WITHOUT_PROBLEM: _left(live, parts.project_problems),
        Break.ACTIVITY_WITHOUT_PROBLEM: _activities_without_problem(parts),
        Break.MONEY_OUTSIDE_PRIORITIES: _money_outside(parts, live),
        Break.GROUP_NEVER_REACHED: _groups_not_reached(parts),
        Break.PROJECT_WITHOUT_RESULT: completed[~measured & ~told],
        Break.RESULT_NOT_MEASURED: completed[~measured & told],
        Break.RESULT_WITHOUT_NEXT: known[known["next_measurement_on"].isna()],
        Break.MEASUREMENT_OVERDUE: live[(due & ~fresh).reindex(live.index)],
    }
    frames = [frame.assign(kind=kind.value).reindex(columns=_COLUMNS) for kind, frame in found.items()]
    return pd.concat([frame for frame in frames if len(frame)] or [pd.DataFrame(columns=_COLUMNS)], ignore_index=True)


def reached_groups(parts: ThreadParts) -> pd.DataFrame:
    """Return the groups that something was for: those of activities, and of running and completed projects.

    Returns:
        Frame partnership, uid (of the activity or project), group.
    """
    running = parts.projects[parts.projects["status"].isin(["in_progress", "completed"])]
    own = parts.project_groups.merge(running[["partnership", "uid"]], on=["partnership", "uid"])
    return pd.concat([parts.activity_groups, own], ignore_index=True)


def _problems_without_action(parts: ThreadParts, live: pd.DataFrame) -> pd.DataFrame:
    problems = parts.problems
    named = parts.project_problems.merge(live[["partnership", "uid"]], on=["partnership", "uid"])
    acted = pd.concat([named[["partnership", "problem"]], join_activities(parts)[["partnership", "problem"]]])
    open_problems = problems[~problems["status"].isin(_SETTLED)]
    return _left(open_problems, acted.rename(columns={"problem": "uid"}))


def _activities_without_problem(parts: ThreadParts) -> pd.DataFrame:
    activities = parts.activities[parts.activities["theme"] != _OWN_DEVELOPMENT]
    return _left(activities, join_activities(parts))


def _money_outside(parts: ThreadParts, live: pd.DataFrame) -> pd.DataFrame:
    money = parts.funding.groupby(["partnership", "uid"], as_index=False)["amount_pln"].sum()
    money = money[money["amount_pln"] > 0].merge(live[["partnership", "uid"]], on=["partnership", "uid"])
    taken_up = parts.problems[parts.problems["status"].isin(_TAKEN_UP)][["partnership", "uid"]]
    links = parts.project_problems.merge(
        taken_up.rename(columns={"uid": "problem"}), on=["partnership", "problem"], how="inner"
    )
    return _left(money, links)


def _groups_not_reached(parts: ThreadParts) -> pd.DataFrame:
    gaps = find_gaps(parts.problems, parts.problem_groups, reached_groups(parts))
    return gaps.rename(columns={"group": "uid"})


def _loose_nodes(parts: ThreadParts) -> pd.DataFrame:
    # Gathered in one pass: asking the frame for each node would cost its length as often as there are nodes.
    origins = _list_by_node(parts.tree_origins, "origin")
    tied = _list_by_node(parts.tree_problems, "problem")
    rows = []
    for slug, nodes in parts.tree_nodes.groupby("partnership", sort=False):
        links = {uid: origins.get((slug, uid), []) for uid in nodes["uid"]}
        problems = {uid: tied.get((slug, uid), []) for uid in nodes["uid"]}
        kinds = dict(zip(nodes["uid"], nodes["kind"], strict=True))
        rows += [{"partnership": slug, "uid": uid} for uid in find_loose_nodes(links, problems, kinds)]
    return pd.DataFrame(rows, columns=["partnership", "uid"])


def _list_by_node(frame: pd.DataFrame, column: str) -> dict[tuple[object, object], list[str]]:
    """Return what a column names of each node, in the order of the frame."""
    listed: dict[tuple[object, object], list[str]] = {}
    for slug, uid, value in zip(frame["partnership"], frame["uid"], frame[column], strict=True):
        listed.setdefault((slug, uid), []).append(value)
    return listed


def _left(entities: pd.DataFrame, served: pd.DataFrame) -> pd.DataFrame:
    """Return the entities whose key is not among those served."""
    keys = pd.MultiIndex.from_frame(entities[["partnership", "uid"]])
    return entities[~keys.isin(pd.MultiIndex.from_frame(served[["partnership", "uid"]]))]
