"""Invented results of projects: what was measured before and after, when again, and whether others may see it."""

from dataclasses import replace
from datetime import timedelta

from etl.sample.chance import Chance
from etl.sample.projects import REFERENCE_DAY
from etl.sample.templates import ProjectTemplate
from surveys.model import Project, TreeNode

_UNDER_WAY = frozenset({"in_progress", "submitted", "preparation"})


def add_results(
    projects: tuple[tuple[Project, ProjectTemplate], ...], nodes: tuple[TreeNode, ...], chance: Chance
) -> tuple[Project, ...]:
    """Return the projects with their measured results and the causes that they take on.

    Not everybody measures, and few measure again: the holes are there to be found.
    """
    return tuple(_with_result(_with_causes(project, nodes, chance), template, chance) for project, template in projects)


def _with_causes(project: Project, nodes: tuple[TreeNode, ...], chance: Chance) -> Project:
    fitting = [node.uid for node in nodes if node.kind == "cause" and set(node.problems) & set(project.problems)]
    return replace(project, causes=tuple(chance.some(fitting, chance.between(1, 2)))) if fitting else project


def _with_result(project: Project, template: ProjectTemplate, chance: Chance) -> Project:
    measure = template.measure
    before, change = chance.between(*measure.before), chance.between(*measure.change)
    target = max(0, before + round(change * (0.8 + 0.5 * chance.share())))
    measures, again, shares = chance.share(), chance.share(), chance.share()
    planned = replace(
        project,
        result_indicator=measure.what,
        result_unit=measure.unit,
        result_before=float(before),
        result_target=float(target),
    )
    if project.status == "completed" and project.ends_on is not None and measures < 0.75:
        measured = min(project.ends_on + timedelta(days=chance.between(5, 40)), REFERENCE_DAY)
        return replace(
            planned,
            result_after=float(max(0, before + change)),
            result_measured_on=measured,
            next_measurement_on=REFERENCE_DAY + timedelta(days=chance.between(30, 300)) if again < 0.5 else None,
            result_shared=True if shares < 0.6 else False if shares < 0.8 else None,
        )
    if project.status in _UNDER_WAY and project.ends_on is not None and measures < 0.7:
        return replace(planned, next_measurement_on=max(project.ends_on, REFERENCE_DAY) + timedelta(days=14))
    return project
