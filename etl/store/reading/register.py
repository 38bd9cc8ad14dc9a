"""The register of every partnership in scope, as frames: a dozen queries, whatever the number of partnerships."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Table, select

from etl.store import schema as s
from etl.store import schema_trees as t
from etl.store.reading.frames import frame_of
from etl.store.reading.scope import Scope


@dataclass(frozen=True, slots=True)
class RegisterFrames:
    """Frames of the register; ``partnership`` is a slug everywhere, ids never leave the store.

    Attributes:
        partnerships: slug, name, founded_on, aims, website, rules_version, rules_adopted_on, rules_covers, changed_at.
        territories: partnership, position, teryt, name.
        partners: partnership, uid, name, kind, sector, has_legal_personality, can_contribute,
            founded_by_partnership, status, declared_on, withdrawn_on.
        partner_roles: partnership, uid, role.
        partner_themes: partnership, uid, theme.
        diagnoses: partnership, uid, name, started_on, ended_on.
        problems: partnership, uid, name, description, code, theme, size, severity, feasibility, source, status,
            identified_on, diagnosis (uid).
        problem_groups: partnership, uid, group.
        projects: partnership, uid, name, description, status, starts_on, ends_on, finance_lead (uid),
            own_contribution_pln, result, result_indicator, result_unit, result_before, result_target, result_after,
            result_measured_on, next_measurement_on, result_shared.
        project_partners, project_problems, project_causes: partnership, uid, partner / problem / tree_node (uids).
        project_groups: partnership, uid, group.
        funding: partnership, uid, source, amount_pln, year.
        activities: partnership, uid, name, description, theme, form, starts_on, ends_on, place, participants,
            project (uid).
        activity_groups: partnership, uid, group. activity_partners, activity_problems: partnership, uid, partner /
            problem (uids).
        tree_nodes: partnership, uid, name, kind. tree_problems, tree_origins: partnership, uid, problem / origin
            (uids).
    """

    partnerships: pd.DataFrame
    territories: pd.DataFrame
    partners: pd.DataFrame
    partner_roles: pd.DataFrame
    partner_themes: pd.DataFrame
    diagnoses: pd.DataFrame
    problems: pd.DataFrame
    problem_groups: pd.DataFrame
    projects: pd.DataFrame
    project_partners: pd.DataFrame
    project_problems: pd.DataFrame
    project_causes: pd.DataFrame
    project_groups: pd.DataFrame
    funding: pd.DataFrame
    activities: pd.DataFrame
    activity_groups: pd.DataFrame
    activity_partners: pd.DataFrame
    activity_problems: pd.DataFrame
    tree_nodes: pd.DataFrame
    tree_problems: pd.DataFrame
    tree_origins: pd.DataFrame


def read_register_frames(connection: Connection, scope: Scope) -> RegisterFrames:
    """Read the register of the partnerships in scope."""
    owner = s.partnership.c.slug.label("partnership")
    finance_lead = s.partner.alias("finance_lead")
    origin = t.tree_node.alias("origin")
    read = _Reader(connection, scope)
    return RegisterFrames(
        partnerships=read(
            select(
                s.partnership.c.slug,
                s.partnership.c.name,
                s.partnership.c.founded_on,
                s.partnership.c.aims,
                s.partnership.c.website,
                s.partnership.c.rules_version,
                s.partnership.c.rules_adopted_on,
                s.partnership.c.rules_covers,
                s.partnership.c.changed_at,
            ).order_by(s.partnership.c.slug),
            dates=("founded_on", "rules_adopted_on"),
        ),
        territories=read(
            select(
                owner,
                s.partnership_territory.c.position,
                s.partnership_territory.c.teryt,
                s.partnership_territory.c.name,
            )
            .join_from(s.partnership_territory, s.partnership)
            .order_by(owner, s.partnership_territory.c.position)
        ),
        partners=read(
            select(
                owner,
                s.partner.c.uid,
                s.partner.c.name,
                s.partner.c.kind_code.label("kind"),
                s.partner.c.sector_code.label("sector"),
                s.partner.c.has_legal_personality,
                s.partner.c.can_contribute,
                s.partner.c.founded_by_partnership,
                s.membership.c.status_code.label("status"),
                s.membership.c.declared_on,
                s.membership.c.withdrawn_on,
            )
            .join_from(s.partner, s.partnership)
            .join(s.membership, s.membership.c.partner_id == s.partner.c.id)
            .order_by(owner, s.partner.c.id),
            dates=("declared_on", "withdrawn_on"),
        ),
        partner_roles=read(_listed(s.membership_role, s.partner, s.membership_role.c.role_code.label("role"))),
        partner_themes=read(_listed(s.partner_theme, s.partner, s.partner_theme.c.theme_code.label("theme"))),
        diagnoses=read(
            select(owner, s.diagnosis.c.uid, s.diagnosis.c.name, s.diagnosis.c.started_on, s.diagnosis.c.ended_on)
            .join_from(s.diagnosis, s.partnership)
            .order_by(owner, s.diagnosis.c.id),
            dates=("started_on", "ended_on"),
        ),
        problems=read(
            select(
                owner,
                s.problem.c.uid,
                s.problem.c.name,
                s.problem.c.description,
                s.problem.c.problem_code.label("code"),
                s.problem.c.theme_code.label("theme"),
                s.problem.c.size_rating.label("size"),
                s.problem.c.severity_rating.label("severity"),
                s.problem.c.feasibility_rating.label("feasibility"),
                s.problem.c.source_code.label("source"),
                s.problem.c.status_code.label("status"),
                s.problem.c.identified_on,
                s.diagnosis.c.uid.label("diagnosis"),
            )
            .join_from(s.problem, s.partnership)
            .outerjoin(s.diagnosis, s.diagnosis.c.id == s.problem.c.diagnosis_id)
            .order_by(owner, s.problem.c.id),
            dates=("identified_on",),
            numbers=("size", "severity", "feasibility"),
        ),
        problem_groups=read(
            _listed(s.problem_target_group, s.problem, s.problem_target_group.c.target_group_code.label("group"))
        ),
        projects=read(
            select(
                owner,
                s.project.c.uid,
                s.project.c.name,
                s.project.c.description,
                s.project.c.status_code.label("status"),
                s.project.c.starts_on,
                s.project.c.ends_on,
                finance_lead.c.uid.label("finance_lead"),
                s.project.c.own_contribution_pln,
                s.project.c.result,
                s.project.c.result_indicator,
                s.project.c.result_unit,
                s.project.c.result_before,
                s.project.c.result_target,
                s.project.c.result_after,
                s.project.c.result_measured_on,
                s.project.c.next_measurement_on,
                s.project.c.result_shared,
            )
            .join_from(s.project, s.partnership)
            .outerjoin(finance_lead, finance_lead.c.id == s.project.c.finance_lead_id)
            .order_by(owner, s.project.c.id),
            dates=("starts_on", "ends_on", "result_measured_on", "next_measurement_on"),
            numbers=("own_contribution_pln", "result_before", "result_target", "result_after"),
        ),
        project_partners=read(_linked(s.project_partner, s.project, s.partner)),
        project_problems=read(_linked(s.project_problem, s.project, s.problem)),
        project_causes=read(_linked(t.project_cause, s.project, t.tree_node)),
        project_groups=read(
            _listed(t.project_target_group, s.project, t.project_target_group.c.target_group_code.label("group"))
        ),
        funding=read(
            _listed(
                s.project_funding,
                s.project,
                s.project_funding.c.source_code.label("source"),
                s.project_funding.c.amount_pln,
                s.project_funding.c.year,
            ),
            numbers=("amount_pln", "year"),
        ),
        activities=read(
            select(
                owner,
                s.activity.c.uid,
                s.activity.c.name,
                s.activity.c.description,
                s.activity.c.theme_code.label("theme"),
                s.activity.c.form_code.label("form"),
                s.activity.c.starts_on,
                s.activity.c.ends_on,
                s.activity.c.place,
                s.activity.c.participants_count.label("participants"),
                s.project.c.uid.label("project"),
            )
            .join_from(s.activity, s.partnership)
            .outerjoin(s.project, s.project.c.id == s.activity.c.project_id)
            .order_by(owner, s.activity.c.starts_on, s.activity.c.id),
            dates=("starts_on", "ends_on"),
            numbers=("participants",),
        ),
        activity_groups=read(
            _listed(s.activity_target_group, s.activity, s.activity_target_group.c.target_group_code.label("group"))
        ),
        activity_partners=read(_linked(s.activity_partner, s.activity, s.partner)),
        activity_problems=read(_linked(s.activity_problem, s.activity, s.problem)),
        tree_nodes=read(
            select(owner, t.tree_node.c.uid, t.tree_node.c.name, t.tree_node.c.kind_code.label("kind"))
            .join_from(t.tree_node, s.partnership)
            .order_by(owner, t.tree_node.c.id)
        ),
        tree_problems=read(_linked(t.tree_node_problem, t.tree_node, s.problem)),
        tree_origins=read(
            _listed(t.tree_node_origin, t.tree_node, origin.c.uid.label("origin")).join(
                origin, origin.c.id == t.tree_node_origin.c.origin_id
            )
        ),
    )


class _Reader:
    """Runs questions within one scope: the filter is added here, so that no question can forget it."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._connection = connection
        self._ids = scope.ids

    def __call__(
        self, question: Select[tuple[object, ...]], *, dates: Sequence[str] = (), numbers: Sequence[str] = ()
    ) -> pd.DataFrame:
        result = self._connection.execute(question.where(s.partnership.c.id.in_(self._ids)))
        frame = frame_of(result)
        for name in dates:
            frame[name] = pd.to_datetime(frame[name])
        for name in numbers:
            frame[name] = pd.to_numeric(frame[name]).astype("float64")
        return frame


def _listed(child: Table, parent: Table, *columns: ColumnElement[object]) -> Select[tuple[object, ...]]:
    """A list of codes or values that belongs to an entity, in the order it was written."""
    return (
        select(s.partnership.c.slug.label("partnership"), parent.c.uid, *columns)
        .join_from(child, parent, next(iter(child.c)) == parent.c.id)
        .join(s.partnership, s.partnership.c.id == parent.c.partnership_id)
        .order_by(s.partnership.c.slug, parent.c.id, child.c.position)
    )


def _linked(link: Table, owner: Table, other: Table) -> Select[tuple[object, ...]]:
    """A link between two entities, by their uids."""
    return _listed(link, owner, other.c.uid.label(other.name)).join(other, other.c.id == link.c[f"{other.name}_id"])
