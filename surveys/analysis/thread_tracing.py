"""The thread of one problem, traced: everything that hangs on it in the layers of `Stage`, and what is tied to what."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from surveys.analysis.red_thread import LIVE_PROJECTS, Stage, ThreadParts, join_activities


@dataclass(frozen=True, slots=True)
class Bead:
    """Something on the thread.

    Attributes:
        stage: its layer.
        key: uid of a problem, cause or project (of a result: its project's), code of an activity form, a funding source
            or a group; empty for what was folded together.
        count: activities of a form, or things folded together; 1 otherwise.
        amount_pln: of a source, ``None`` elsewhere and when not known.
    """

    stage: Stage
    key: str
    count: int = 1
    amount_pln: float | None = None


Tie = tuple[tuple[Stage, str], tuple[Stage, str]]


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything that hangs on one problem: beads by layer, and which are tied, the earlier layer first."""

    beads: tuple[Bead, ...]
    ties: tuple[Tie, ...]

    def at(self, stage: Stage) -> tuple[Bead, ...]:
        """Return the beads of a layer."""
        return tuple(bead for bead in self.beads if bead.stage is stage)


def trace_problem(parts: ThreadParts, partnership: str, problem: str, *, only: str | None = None) -> Thread:
    """Return the thread of one problem.

    Activities are folded by their form, money by its source; a project that names no cause of the problem's tree is
    tied to the problem itself, and so is an activity without a project.

    Args:
        parts: frames of the register.
        partnership: slug.
        problem: uid.
        only: uid of one project: the strand of that project alone; empty: that of activities outside projects.
    """
    hanging = _hanging(parts, partnership, problem)
    strand = _Strand(problem)
    named = _of(parts.project_causes, partnership)
    if only is not None:
        hanging = _keep_strand(hanging, set(named[named["uid"] == only]["tree_node"]), only)
    for uid in hanging.causes:
        strand.string(Stage.CAUSE, uid, [strand.start])
    for project in hanging.projects.to_dict("records"):
        uid = str(project["uid"])
        taken = [(Stage.CAUSE, node) for node in named[named["uid"] == uid]["tree_node"] if node in hanging.causes]
        strand.string(Stage.PROJECT, uid, taken or [strand.start])
        _string_project(parts, partnership, project, strand)
    groups = _of(parts.activity_groups, partnership)
    living = set(hanging.projects["uid"])
    for activity in hanging.activities.to_dict("records"):
        form = (Stage.ACTIVITY, str(activity["form"]))
        strand.string(*form, [(Stage.PROJECT, activity["project"]) if activity["project"] in living else strand.start])
        for group in groups[groups["uid"] == activity["uid"]]["group"]:
            strand.string(Stage.GROUP, str(group), [form])
    order = list(Stage)
    beads = sorted(strand.beads.values(), key=lambda bead: order.index(bead.stage))
    return Thread(tuple(beads), tuple(strand.ties))


def fold_thread(thread: Thread, most: int) -> Thread:
    """Return a thread with at most so many beads in each layer: the least tied ones of the others become one.

    The folded bead has the empty key, and says how many things it stands for; its money is not summed.
    """
    weights = Counter(end for tie in thread.ties for end in tie)
    folded: set[tuple[Stage, str]] = set()
    beads: list[Bead] = []
    for stage in Stage:
        here = thread.at(stage)
        if len(here) <= most:
            beads += here
            continue
        ranked = sorted(here, key=lambda bead: (weights[bead.stage, bead.key], bead.count), reverse=True)
        kept = set(ranked[: most - 1])
        folded |= {(bead.stage, bead.key) for bead in here if bead not in kept}
        beads += [bead for bead in here if bead in kept]
        beads.append(Bead(stage, "", sum(bead.count for bead in here if bead not in kept)))
    ties = {tuple((stage, "" if (stage, key) in folded else key) for stage, key in tie): None for tie in thread.ties}
    return Thread(tuple(beads), tuple((before, after) for before, after in ties))


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What hangs on a problem: living projects, causes in the order of the register, activities."""

    projects: pd.DataFrame
    causes: tuple[str, ...]
    activities: pd.DataFrame


class _Strand:
    """Beads and ties while they are strung."""

    def __init__(self, problem: str) -> None:
        self.start = (Stage.PROBLEM, problem)
        self.beads: dict[tuple[Stage, str], Bead] = {self.start: Bead(*self.start)}
        self.ties: dict[Tie, None] = {}

    def string(self, stage: Stage, key: str, before: Iterable[tuple[Stage, str]], amount: float | None = None) -> None:
        """Add a bead, or to one that is there already: activities are counted, amounts summed."""
        known = self.beads.get((stage, key))
        count = known.count + 1 if known is not None and stage is Stage.ACTIVITY else 1
        total = amount if known is None or known.amount_pln is None else known.amount_pln + (amount or 0)
        self.beads[stage, key] = Bead(stage, key, count, total)
        self.ties.update(dict.fromkeys((one, (stage, key)) for one in before))


def _string_project(parts: ThreadParts, partnership: str, project: dict[Hashable, Any], strand: _Strand) -> None:
    """Add a project's money, its own groups, its result and its next measurement."""
    uid = str(project["uid"])
    here, result = (Stage.PROJECT, uid), (Stage.RESULT, uid)
    money, groups = _of(parts.funding, partnership), _of(parts.project_groups, partnership)
    for part in money[money["uid"] == uid].to_dict("records"):
        amount = None if pd.isna(part["amount_pln"]) else float(part["amount_pln"])
        strand.string(Stage.MONEY, str(part["source"]), [here], amount)
    for group in groups[groups["uid"] == uid]["group"]:
        strand.string(Stage.GROUP, str(group), [here])
    if pd.notna(project["result_after"]) or str(project["result"]).strip():
        strand.string(*result, [here])
    if pd.notna(project["next_measurement_on"]):
        strand.string(Stage.NEXT, uid, [result if result in strand.beads else here])


def _keep_strand(hanging: _Hanging, named: set[str], only: str) -> _Hanging:
    """Keep one project with the causes it names and its activities, or with an empty ``only`` what has no project."""
    projects, activities = hanging.projects, hanging.activities
    outside = ~activities["project"].isin(set(projects["uid"]))
    return _Hanging(
        projects[projects["uid"] == only],
        tuple(uid for uid in hanging.causes if uid in named),
        activities[(activities["project"] == only) if only else outside],
    )


def _hanging(parts: ThreadParts, partnership: str, problem: str) -> _Hanging:
    links = _of(parts.project_problems, partnership)
    projects = _of(parts.projects, partnership)
    projects = projects[
        projects["uid"].isin(links[links["problem"] == problem]["uid"]) & projects["status"].isin(LIVE_PROJECTS)
    ]
    nodes = _of(parts.tree_nodes, partnership)
    tied = _of(parts.tree_problems, partnership)
    named = _of(parts.project_causes, partnership)
    origins = _of(parts.tree_origins, partnership)
    causes = set(nodes[nodes["kind"] == "cause"]["uid"])
    direct = set(tied[tied["problem"] == problem]["uid"]) & causes
    deeper, waiting = set(direct), list(direct)
    while waiting:
        for origin in origins[origins["uid"] == waiting.pop()]["origin"]:
            if origin not in deeper and origin in causes:
                deeper.add(origin)
                waiting.append(origin)
    taken = set(named[named["uid"].isin(projects["uid"])]["tree_node"]) & deeper
    acting = join_activities(parts)
    own = acting[(acting["partnership"] == partnership) & (acting["problem"] == problem)]["uid"]
    activities = _of(parts.activities, partnership)
    ordered = tuple(str(uid) for uid in nodes["uid"] if uid in direct | taken)
    return _Hanging(projects, ordered, activities[activities["uid"].isin(own)])


def _of(frame: pd.DataFrame, partnership: str) -> pd.DataFrame:
    return frame[frame["partnership"] == partnership]
