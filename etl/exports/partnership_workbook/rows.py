"""A register as rows of the workbook: codes become labels, references become names."""

from collections.abc import Mapping, Sequence

from etl.exports.partnership_workbook.cells import CellContent
from etl.workbook_layout import Field, Table, field_example
from surveys.model import Activity, Diagnosis, Partner, Partnership, Problem, Project, Register, TreeNode
from surveys.vocabulary import Vocabulary

RowContent = Mapping[str, CellContent | tuple[CellContent, ...]]
"""Content of a row by key of the field; a repeated field has a tuple, its gaps are ``None``."""


def example_row(table: Table) -> RowContent:
    """Return the row that shows how to fill in a table, without its mark."""
    return {field.key: _as_content(field, field_example(table, field)) for field in table.fields}


def card_content(partnership: Partnership) -> dict[str, CellContent]:
    """Return the content of the card's lines by key."""
    rules = partnership.rules
    return {
        "name": partnership.name,
        "founded_on": partnership.founded_on,
        "aims": partnership.aims,
        "website": partnership.website,
        "rules_version": rules.version if rules else None,
        "rules_adopted_on": rules.adopted_on if rules else None,
        "rules_covers": rules.covers if rules else None,
        "slug": partnership.slug,
        "sample": partnership.sample or None,
    }


def register_rows(register: Register, vocabulary: Vocabulary) -> dict[str, list[RowContent]]:
    """Return the rows of every table by its key."""
    names = _Names(register)
    labels = _Labels(vocabulary)
    return {
        "territory": [
            {"area": labels.area(piece.teryt), "teryt": piece.teryt, "name": piece.name}
            for piece in register.partnership.territory
        ],
        "diagnoses": [_diagnosis_row(diagnosis, labels) for diagnosis in register.diagnoses],
        "partners": [_partner_row(partner, labels) for partner in register.partners],
        "problems": [_problem_row(problem, labels, names) for problem in register.problems],
        "problem_tree": [_tree_node_row(node, labels, names) for node in register.tree_nodes],
        "projects": [_project_row(project, labels, names) for project in register.projects],
        "activities": [_activity_row(activity, labels, names) for activity in register.activities],
    }


class _Labels:
    """Labels of codes; a code that the lists no longer have is written as it is, so that an export never fails."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lists = {name: codes.labels("pl") for name, codes in vocabulary.lists.items()}
        self._areas = vocabulary.areas

    def one(self, vocabulary: str, code: str | None) -> str | None:
        return None if code is None else self._lists[vocabulary].get(code, code)

    def many(self, vocabulary: str, codes: Sequence[str]) -> tuple[str, ...]:
        labels = self._lists[vocabulary]
        return tuple(labels.get(code, code) for code in codes)

    def area(self, teryt: str) -> str | None:
        return self._areas.label(teryt, "pl") if teryt in self._areas else None


class _Names:
    """Names of entities by uid, kind by kind: two kinds may have a uid in common."""

    def __init__(self, register: Register) -> None:
        self.partners = {partner.uid: partner.name for partner in register.partners}
        self.diagnoses = {diagnosis.uid: diagnosis.name for diagnosis in register.diagnoses}
        self.problems = {problem.uid: problem.name for problem in register.problems}
        self.tree_nodes = {node.uid: node.name for node in register.tree_nodes}
        self.projects = {project.uid: project.name for project in register.projects}


def _name(names: Mapping[str, str], uid: str | None) -> str | None:
    return None if uid is None else names[uid]


def _list_names(names: Mapping[str, str], uids: Sequence[str]) -> tuple[str, ...]:
    return tuple(names[uid] for uid in uids)


def _diagnosis_row(diagnosis: Diagnosis, labels: _Labels) -> RowContent:
    return {
        "name": diagnosis.name,
        "started_on": diagnosis.started_on,
        "ended_on": diagnosis.ended_on,
        "methods": labels.many("problem_sources", diagnosis.methods),
        "uid": diagnosis.uid,
    }


def _partner_row(partner: Partner, labels: _Labels) -> RowContent:
    membership = partner.membership
    return {
        "name": partner.name,
        "kind": labels.one("partner_kinds", partner.kind),
        "sector": labels.one("sectors", partner.sector),
        "has_legal_personality": partner.has_legal_personality,
        "can_contribute": partner.can_contribute,
        "founded_by_partnership": partner.founded_by_partnership,
        "status": labels.one("membership_statuses", membership.status),
        "declared_on": membership.declared_on,
        "withdrawn_on": membership.withdrawn_on,
        "roles": labels.many("membership_roles", membership.roles),
        "statutory_themes": labels.many("themes", partner.statutory_themes),
        "uid": partner.uid,
    }


def _problem_row(problem: Problem, labels: _Labels, names: _Names) -> RowContent:
    return {
        "name": problem.name,
        "code": labels.one("problems", problem.code),
        "theme": labels.one("themes", problem.theme),
        "description": problem.description,
        "target_groups": labels.many("target_groups", problem.target_groups),
        "size": problem.size,
        "severity": problem.severity,
        "feasibility": problem.feasibility,
        "source": labels.one("problem_sources", problem.source),
        "identified_on": problem.identified_on,
        "status": labels.one("problem_statuses", problem.status),
        "diagnosis": _name(names.diagnoses, problem.diagnosis),
        "uid": problem.uid,
    }


def _tree_node_row(node: TreeNode, labels: _Labels, names: _Names) -> RowContent:
    return {
        "name": node.name,
        "kind": labels.one("tree_node_kinds", node.kind),
        "problems": _list_names(names.problems, node.problems),
        "results_from": _list_names(names.tree_nodes, node.results_from),
        "uid": node.uid,
    }


def _project_row(project: Project, labels: _Labels, names: _Names) -> RowContent:
    return {
        "name": project.name,
        "status": labels.one("project_statuses", project.status),
        "description": project.description,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "finance_lead": _name(names.partners, project.finance_lead),
        "partners": _list_names(names.partners, project.partners),
        "problems": _list_names(names.problems, project.problems),
        "funding_source": labels.many("funding_sources", [money.source for money in project.funding]),
        "funding_amount": tuple(money.amount_pln for money in project.funding),
        "funding_year": tuple(money.year for money in project.funding),
        "own_contribution_pln": project.own_contribution_pln,
        "result": project.result,
        "causes": _list_names(names.tree_nodes, project.causes),
        "target_groups": labels.many("target_groups", project.target_groups),
        "result_indicator": project.result_indicator,
        "result_unit": project.result_unit,
        "result_before": project.result_before,
        "result_target": project.result_target,
        "result_after": project.result_after,
        "result_measured_on": project.result_measured_on,
        "next_measurement_on": project.next_measurement_on,
        "result_shared": project.result_shared,
        "uid": project.uid,
    }


def _activity_row(activity: Activity, labels: _Labels, names: _Names) -> RowContent:
    return {
        "name": activity.name,
        "theme": labels.one("themes", activity.theme),
        "form": labels.one("activity_forms", activity.form),
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "place": activity.place,
        "description": activity.description,
        "target_groups": labels.many("target_groups", activity.target_groups),
        "participants_count": activity.participants_count,
        "partners": _list_names(names.partners, activity.partners),
        "project": _name(names.projects, activity.project),
        "problems": _list_names(names.problems, activity.problems),
        "uid": activity.uid,
    }


def _as_content(field: Field, values: tuple[CellContent, ...]) -> CellContent | tuple[CellContent, ...]:
    if field.repeat:
        return values
    return values[0] if values else None
