"""The kinds of entities of the register as rows: one `Shape` each, explicit from both sides.

An entity has one row in its own table and ordered rows in child tables (roles, target groups, links).
"""

from collections.abc import Mapping

from sqlalchemy import RowMapping, Table

from etl.store import schema as s
from etl.store import schema_trees as t
from etl.store.register_shape import (
    ChildValues,
    References,
    Rows,
    Shape,
    Values,
    find_reference,
    list_codes,
    list_links,
    read_codes,
    read_links,
    read_reference,
)
from surveys.model import (
    Activity,
    Diagnosis,
    Funding,
    Membership,
    Partner,
    Partnership,
    Problem,
    Project,
    Rules,
    Territory,
    TreeNode,
)

# ---------------------------------------------------------------- partnership


def _partnership_row(entity: Partnership, _refs: References) -> Values:
    rules = entity.rules
    return {
        "slug": entity.slug,
        "name": entity.name,
        "founded_on": entity.founded_on,
        "aims": entity.aims,
        "website": entity.website,
        "rules_version": rules.version if rules else None,
        "rules_adopted_on": rules.adopted_on if rules else None,
        "rules_covers": rules.covers if rules else "",
        "sample": entity.sample,
    }


def _partnership_children(entity: Partnership, _refs: References) -> ChildValues:
    return {s.partnership_territory: [{"teryt": part.teryt, "name": part.name} for part in entity.territory]}


def _build_partnership(row: RowMapping, children: Mapping[Table, Rows], _refs: References) -> Partnership:
    return Partnership(
        slug=row["slug"],
        name=row["name"],
        territory=tuple(Territory(part["teryt"], part["name"]) for part in children[s.partnership_territory]),
        founded_on=row["founded_on"],
        aims=row["aims"],
        website=row["website"],
        rules=None
        if row["rules_version"] is None
        else Rules(row["rules_version"], row["rules_adopted_on"], row["rules_covers"]),
        sample=row["sample"],
    )


# ---------------------------------------------------------------- partner


def _partner_row(entity: Partner, _refs: References) -> Values:
    return {
        "uid": entity.uid,
        "name": entity.name,
        "kind_code": entity.kind,
        "sector_code": entity.sector,
        "has_legal_personality": entity.has_legal_personality,
        "can_contribute": entity.can_contribute,
        "founded_by_partnership": entity.founded_by_partnership,
    }


def _partner_children(entity: Partner, _refs: References) -> ChildValues:
    membership = entity.membership
    return {
        s.membership: [
            {
                "status_code": membership.status,
                "declared_on": membership.declared_on,
                "withdrawn_on": membership.withdrawn_on,
            }
        ],
        **list_codes(s.partner_theme, "theme_code", entity.statutory_themes),
        **list_codes(s.membership_role, "role_code", membership.roles),
    }


def _build_partner(row: RowMapping, children: Mapping[Table, Rows], _refs: References) -> Partner:
    (membership,) = children[s.membership]
    return Partner(
        uid=row["uid"],
        name=row["name"],
        kind=row["kind_code"],
        sector=row["sector_code"],
        membership=Membership(
            status=membership["status_code"],
            declared_on=membership["declared_on"],
            withdrawn_on=membership["withdrawn_on"],
            roles=read_codes(children[s.membership_role], "role_code"),
        ),
        has_legal_personality=row["has_legal_personality"],
        can_contribute=row["can_contribute"],
        statutory_themes=read_codes(children[s.partner_theme], "theme_code"),
        founded_by_partnership=row["founded_by_partnership"],
    )


# ---------------------------------------------------------------- diagnosis and problem


def _diagnosis_row(entity: Diagnosis, _refs: References) -> Values:
    return {"uid": entity.uid, "name": entity.name, "started_on": entity.started_on, "ended_on": entity.ended_on}


def _diagnosis_children(entity: Diagnosis, _refs: References) -> ChildValues:
    return list_codes(s.diagnosis_method, "method_code", entity.methods)


def _build_diagnosis(row: RowMapping, children: Mapping[Table, Rows], _refs: References) -> Diagnosis:
    methods = read_codes(children[s.diagnosis_method], "method_code")
    return Diagnosis(row["uid"], row["name"], row["started_on"], row["ended_on"], methods)


def _problem_row(entity: Problem, refs: References) -> Values:
    return {
        "uid": entity.uid,
        "name": entity.name,
        "description": entity.description,
        "problem_code": entity.code,
        "theme_code": entity.theme,
        "size_rating": entity.size,
        "severity_rating": entity.severity,
        "feasibility_rating": entity.feasibility,
        "source_code": entity.source,
        "status_code": entity.status,
        "identified_on": entity.identified_on,
        "diagnosis_id": find_reference(entity.diagnosis, "diagnosis", refs),
    }


def _problem_children(entity: Problem, _refs: References) -> ChildValues:
    return list_codes(s.problem_target_group, "target_group_code", entity.target_groups)


def _build_problem(row: RowMapping, children: Mapping[Table, Rows], refs: References) -> Problem:
    return Problem(
        uid=row["uid"],
        name=row["name"],
        code=row["problem_code"],
        theme=row["theme_code"],
        status=row["status_code"],
        description=row["description"],
        target_groups=read_codes(children[s.problem_target_group], "target_group_code"),
        size=row["size_rating"],
        severity=row["severity_rating"],
        feasibility=row["feasibility_rating"],
        source=row["source_code"],
        identified_on=row["identified_on"],
        diagnosis=read_reference(row["diagnosis_id"], "diagnosis", refs),
    )


# ---------------------------------------------------------------- problem trees


def _tree_node_row(entity: TreeNode, _refs: References) -> Values:
    return {"uid": entity.uid, "name": entity.name, "kind_code": entity.kind}


def _tree_node_children(entity: TreeNode, refs: References) -> ChildValues:
    return {
        **list_links(t.tree_node_problem, "problem", entity.problems, refs),
        t.tree_node_origin: [{"origin_id": refs.id("tree_node", uid)} for uid in entity.results_from],
    }


def _build_tree_node(row: RowMapping, children: Mapping[Table, Rows], refs: References) -> TreeNode:
    return TreeNode(
        uid=row["uid"],
        name=row["name"],
        kind=row["kind_code"],
        problems=read_links(children[t.tree_node_problem], "problem", refs),
        results_from=tuple(refs.uid("tree_node", link["origin_id"]) for link in children[t.tree_node_origin]),
    )


# ---------------------------------------------------------------- project and activity


def _project_row(entity: Project, refs: References) -> Values:
    return {
        "uid": entity.uid,
        "name": entity.name,
        "description": entity.description,
        "status_code": entity.status,
        "starts_on": entity.starts_on,
        "ends_on": entity.ends_on,
        "finance_lead_id": find_reference(entity.finance_lead, "partner", refs),
        "own_contribution_pln": entity.own_contribution_pln,
        "result": entity.result,
        "result_indicator": entity.result_indicator,
        "result_unit": entity.result_unit,
        "result_before": entity.result_before,
        "result_target": entity.result_target,
        "result_after": entity.result_after,
        "result_measured_on": entity.result_measured_on,
        "next_measurement_on": entity.next_measurement_on,
        "result_shared": entity.result_shared,
    }


def _project_children(entity: Project, refs: References) -> ChildValues:
    return {
        s.project_funding: [
            {"source_code": part.source, "amount_pln": part.amount_pln, "year": part.year} for part in entity.funding
        ],
        **list_links(s.project_partner, "partner", entity.partners, refs),
        **list_links(s.project_problem, "problem", entity.problems, refs),
        **list_links(t.project_cause, "tree_node", entity.causes, refs),
        **list_codes(t.project_target_group, "target_group_code", entity.target_groups),
    }


def _build_project(row: RowMapping, children: Mapping[Table, Rows], refs: References) -> Project:
    return Project(
        uid=row["uid"],
        name=row["name"],
        status=row["status_code"],
        description=row["description"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        finance_lead=read_reference(row["finance_lead_id"], "partner", refs),
        partners=read_links(children[s.project_partner], "partner", refs),
        problems=read_links(children[s.project_problem], "problem", refs),
        funding=tuple(
            Funding(part["source_code"], part["amount_pln"], part["year"]) for part in children[s.project_funding]
        ),
        own_contribution_pln=row["own_contribution_pln"],
        result=row["result"],
        causes=read_links(children[t.project_cause], "tree_node", refs),
        target_groups=read_codes(children[t.project_target_group], "target_group_code"),
        result_indicator=row["result_indicator"],
        result_unit=row["result_unit"],
        result_before=row["result_before"],
        result_target=row["result_target"],
        result_after=row["result_after"],
        result_measured_on=row["result_measured_on"],
        next_measurement_on=row["next_measurement_on"],
        result_shared=row["result_shared"],
    )


def _activity_row(entity: Activity, refs: References) -> Values:
    return {
        "uid": entity.uid,
        "name": entity.name,
        "description": entity.description,
        "theme_code": entity.theme,
        "form_code": entity.form,
        "starts_on": entity.starts_on,
        "ends_on": entity.ends_on,
        "place": entity.place,
        "participants_count": entity.participants_count,
        "project_id": find_reference(entity.project, "project", refs),
    }


def _activity_children(entity: Activity, refs: References) -> ChildValues:
    return {
        **list_codes(s.activity_target_group, "target_group_code", entity.target_groups),
        **list_links(s.activity_partner, "partner", entity.partners, refs),
        **list_links(s.activity_problem, "problem", entity.problems, refs),
    }


def _build_activity(row: RowMapping, children: Mapping[Table, Rows], refs: References) -> Activity:
    return Activity(
        uid=row["uid"],
        name=row["name"],
        theme=row["theme_code"],
        form=row["form_code"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        place=row["place"],
        description=row["description"],
        target_groups=read_codes(children[s.activity_target_group], "target_group_code"),
        participants_count=row["participants_count"],
        partners=read_links(children[s.activity_partner], "partner", refs),
        project=read_reference(row["project_id"], "project", refs),
        problems=read_links(children[s.activity_problem], "problem", refs),
    )


PARTNERSHIP_SHAPE = Shape(
    "partnership",
    s.partnership,
    (s.partnership_territory,),
    _partnership_row,
    _partnership_children,
    _build_partnership,
)

# In the order in which rows may refer to each other.
SHAPES: tuple[Shape, ...] = (
    PARTNERSHIP_SHAPE,
    Shape(
        "partner",
        s.partner,
        (s.membership, s.partner_theme, s.membership_role),
        _partner_row,
        _partner_children,
        _build_partner,
    ),
    Shape("diagnosis", s.diagnosis, (s.diagnosis_method,), _diagnosis_row, _diagnosis_children, _build_diagnosis),
    Shape("problem", s.problem, (s.problem_target_group,), _problem_row, _problem_children, _build_problem),
    Shape(
        "tree_node",
        t.tree_node,
        (t.tree_node_problem, t.tree_node_origin),
        _tree_node_row,
        _tree_node_children,
        _build_tree_node,
    ),
    Shape(
        "project",
        s.project,
        (s.project_funding, s.project_partner, s.project_problem, t.project_cause, t.project_target_group),
        _project_row,
        _project_children,
        _build_project,
    ),
    Shape(
        "activity",
        s.activity,
        (s.activity_target_group, s.activity_partner, s.activity_problem),
        _activity_row,
        _activity_children,
        _build_activity,
    ),
)
