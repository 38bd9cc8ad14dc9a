"""Registers in which it is known where the thread breaks: planted whole threads, and breaks among them."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from surveys.analysis.thread_breaks import Break
from surveys.model import Activity, Funding, Membership, Partner, Partnership, Problem, Project, Register, TreeNode

TODAY = date(2026, 6, 1)
Truth = set[tuple[str, str, str]]  # kind, partnership, uid


def plant_world(seed: int, partnerships: int = 4) -> tuple[list[Register], Truth]:
    """Return registers and every break in them."""
    chance = random.Random(seed)  # noqa: S311 # made-up partnerships
    planted = [_plant(f"miejsce-{number}", chance) for number in range(partnerships)]
    return [register for register, _ in planted], set().union(*(truth for _, truth in planted))


def _plant(slug: str, chance: random.Random) -> tuple[Register, Truth]:
    truth: Truth = set()
    world = Register(Partnership(slug, slug), partners=(Partner("p", "P", "K201", "civic", Membership("active")),))

    def note(kind: Break, uid: str) -> None:
        truth.add((kind.value, slug, uid))

    for number in range(chance.randint(2, 12)):
        world = _whole_thread(world, number, chance)
    for kind in Break:
        for number in range(chance.randint(0, 2)):
            world = _PLANTERS[kind](world, f"{kind.value}-{number}", note, chance)
    return world, truth


def _whole_thread(world: Register, number: int, chance: random.Random) -> Register:
    """A problem that a cause leads to, a project takes on, an activity serves; measured, and measured again."""
    name = f"thread-{number}"
    group = chance.choice(["G02", "G05", "G17"])
    problem = Problem(name, name, "P501", "T04", chance.choice(["confirmed", "in_progress", "solved"]), "", (group,))
    deeper = TreeNode(f"deeper-{number}", f"deeper {name}", "cause")
    cause = TreeNode(f"cause-{number}", f"cause {name}", "cause", (name,), (deeper.uid,))
    project = _measured(
        Project(name, name, "completed", problems=(name,), causes=(cause.uid,), result="Dobrze"), chance
    )
    activity = Activity(name, name, "T04", "F15", date(2025, 3, 1), target_groups=(group,), project=name)
    other = Activity(f"own-{number}", f"own {name}", "T11", "F27", date(2025, 4, 1))  # the partnership's own meeting
    settled = Problem(f"settled-{number}", f"settled {name}", "P601", "T03", "postponed")
    dropped = Project(f"dropped-{number}", f"dropped {name}", chance.choice(["rejected", "abandoned", "idea"]))
    return replace(
        world,
        problems=(*world.problems, problem, settled),
        tree_nodes=(*world.tree_nodes, cause, deeper),
        projects=(*world.projects, project, dropped),
        activities=(*world.activities, activity, other),
    )


def _measured(project: Project, chance: random.Random) -> Project:
    return replace(
        project,
        funding=(Funding("FS01", Decimal(chance.randint(1, 90) * 100)), Funding("FS24")),
        result_indicator="Ludzie",
        result_after=float(chance.randint(0, 9)),  # zero is a result
        result_measured_on=TODAY - timedelta(days=200),
        next_measurement_on=TODAY + timedelta(days=chance.randint(0, 300)),
    )


def _a_problem(world: Register) -> str:
    return next(one.uid for one in world.problems if one.uid.startswith("thread"))


def _problem_without_action(world, name, note, chance):
    note(Break.PROBLEM_WITHOUT_ACTION, name)
    # What was rejected or is an idea only is no action.
    tried = Project(
        f"tried-{name}", f"tried {name}", chance.choice(["idea", "rejected", "abandoned"]), problems=(name,)
    )
    problem = Problem(name, name, "P802", "T10", chance.choice(["reported", "confirmed", "in_progress"]))
    return replace(world, problems=(*world.problems, problem), projects=(*world.projects, tried))


def _cause_without_problem(world, name, note, chance):
    note(Break.CAUSE_WITHOUT_PROBLEM, name)
    return replace(world, tree_nodes=(*world.tree_nodes, TreeNode(name, name, chance.choice(["cause", "effect"]))))


def _project_without_problem(world, name, note, chance):
    note(Break.PROJECT_WITHOUT_PROBLEM, name)
    status = chance.choice(["preparation", "submitted", "in_progress"])
    return replace(world, projects=(*world.projects, Project(name, name, status)))


def _activity_without_problem(world, name, note, chance):
    note(Break.ACTIVITY_WITHOUT_PROBLEM, name)
    activity = Activity(name, name, "T02", "F02", date(2025, 5, 1), target_groups=("G30",))
    return replace(world, activities=(*world.activities, activity))


def _money_outside(world, name, note, chance):
    note(Break.MONEY_OUTSIDE_PRIORITIES, name)
    # A problem that was only reported: somebody acts for it, but nobody has made it a priority.
    problem = Problem(f"rumour-{name}", f"rumour {name}", "P902", "T01", "reported")
    project = Project(name, name, "in_progress", problems=(problem.uid,), funding=(Funding("FS01", Decimal(500)),))
    return replace(world, problems=(*world.problems, problem), projects=(*world.projects, project))


def _group_never_reached(world, name, note, chance):
    group = "G25" if name.endswith("0") else "G22"
    note(Break.GROUP_NEVER_REACHED, group)
    problem = Problem(name, name, "P802", "T10", "confirmed", "", (group,))
    activity = Activity(name, name, "T10", "F10", date(2025, 5, 1), problems=(name,))  # for nobody in particular
    promised = Project(name, name, "submitted", problems=(name,), target_groups=(group,))  # reaches nobody yet
    return replace(
        world,
        problems=(*world.problems, problem),
        activities=(*world.activities, activity),
        projects=(*world.projects, promised),
    )


def _project_without_result(world, name, note, chance):
    note(Break.PROJECT_WITHOUT_RESULT, name)
    project = Project(name, name, "completed", problems=(_a_problem(world),), result=chance.choice(["", "  "]))
    return replace(world, projects=(*world.projects, project))


def _result_not_measured(world, name, note, chance):
    note(Break.RESULT_NOT_MEASURED, name)
    project = Project(name, name, "completed", problems=(_a_problem(world),), result="Było miło", result_before=3.0)
    return replace(world, projects=(*world.projects, project))


def _result_without_next(world, name, note, chance):
    note(Break.RESULT_WITHOUT_NEXT, name)
    project = _measured(Project(name, name, "completed", problems=(_a_problem(world),)), chance)
    return replace(world, projects=(*world.projects, replace(project, next_measurement_on=None)))


def _measurement_overdue(world, name, note, chance):
    note(Break.MEASUREMENT_OVERDUE, name)
    project = _measured(Project(name, name, "completed", problems=(_a_problem(world),)), chance)
    late = replace(project, next_measurement_on=TODAY - timedelta(days=chance.randint(1, 150)))
    # Measured on the day it was wanted, and wanted again since: fine.
    fresh = replace(late, uid=f"fresh-{name}", name=f"fresh {name}", result_measured_on=late.next_measurement_on)
    return replace(world, projects=(*world.projects, late, fresh))


_PLANTERS = {
    Break.PROBLEM_WITHOUT_ACTION: _problem_without_action,
    Break.CAUSE_WITHOUT_PROBLEM: _cause_without_problem,
    Break.PROJECT_WITHOUT_PROBLEM: _project_without_problem,
    Break.ACTIVITY_WITHOUT_PROBLEM: _activity_without_problem,
    Break.MONEY_OUTSIDE_PRIORITIES: _money_outside,
    Break.GROUP_NEVER_REACHED: _group_never_reached,
    Break.PROJECT_WITHOUT_RESULT: _project_without_result,
    Break.RESULT_NOT_MEASURED: _result_not_measured,
    Break.RESULT_WITHOUT_NEXT: _result_without_next,
    Break.MEASUREMENT_OVERDUE: _measurement_overdue,
}
