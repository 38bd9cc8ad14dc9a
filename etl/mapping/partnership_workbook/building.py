"""Rows into entities of the register, and entities back into values where a file has no such column."""

from etl.mapping.partnership_workbook.identity import Named
from etl.mapping.partnership_workbook.rows import Row, Value
from surveys.model import Activity, Diagnosis, Funding, Membership, Partner, Problem, Project, TreeNode
from surveys.vocabulary import load

_ACTIVE, _WITHDRAWN, _REPORTED = "active", "withdrawn", "reported"
_OF_SOURCES = frozenset({"funding_amount", "funding_year"})
Values = dict[str, tuple[Value | None, ...]]


def keep_absent_values(row: Row, entity: Named) -> None:
    """Keep what the store knows of an entity in fields for which the file has no column.

    Amounts and years stay with their sources: they are kept only where the sources are the same.
    """
    known = _values_of(entity)
    other_sources = "funding_source" in row.places and row.texts("funding_source") != known.get("funding_source")
    for key, values in known.items():
        if key not in row.places and not (key in _OF_SOURCES and other_sources):
            row.values[key] = values


def sector_of(row: Row) -> str:
    """Return the sector of a partner's row: the one written, else the usual one of its kind, if it has one."""
    kind = load().partner_kinds.get(row.text("kind"))
    usual = kind.sector if kind is not None and not kind.sector_choice_required else ""
    return row.text("sector") or usual


def status_of(row: Row) -> str:
    """Return the status of a membership: the one written, else active, or withdrawn when there is a day of it."""
    return row.text("status") or (_WITHDRAWN if row.day("withdrawn_on") else _ACTIVE)


def build_diagnosis(row: Row) -> Diagnosis:
    """Return a diagnosis of a row without faults."""
    return Diagnosis(
        uid=row.uid,
        name=row.text("name"),
        started_on=row.day("started_on"),
        ended_on=row.day("ended_on"),
        methods=row.texts("methods"),
    )


def build_partner(row: Row) -> Partner:
    """Return a partner of a row without faults."""
    return Partner(
        uid=row.uid,
        name=row.text("name"),
        kind=row.text("kind"),
        sector=sector_of(row),
        membership=Membership(
            status=status_of(row),
            declared_on=row.day("declared_on"),
            withdrawn_on=row.day("withdrawn_on"),
            roles=row.texts("roles"),
        ),
        has_legal_personality=row.flag("has_legal_personality"),
        can_contribute=row.flag("can_contribute"),
        statutory_themes=row.texts("statutory_themes"),
        founded_by_partnership=row.flag("founded_by_partnership") is True,
    )


def build_problem(row: Row) -> Problem:
    """Return a problem of a row without faults; a blank theme is that of its code."""
    code = row.text("code")
    return Problem(
        uid=row.uid,
        name=row.text("name"),
        code=code,
        theme=row.text("theme") or load().problems[code].theme,
        status=row.text("status") or _REPORTED,
        description=row.text("description"),
        target_groups=row.texts("target_groups"),
        size=row.number_of("size"),
        severity=row.number_of("severity"),
        feasibility=row.number_of("feasibility"),
        source=row.text("source") or None,
        identified_on=row.day("identified_on"),
        diagnosis=row.text("diagnosis") or None,
    )


def build_tree_node(row: Row) -> TreeNode:
    """Return a cause or an effect of a row without faults."""
    return TreeNode(
        uid=row.uid,
        name=row.text("name"),
        kind=row.text("kind"),
        problems=row.texts("problems"),
        results_from=row.texts("results_from"),
    )


def build_project(row: Row) -> Project:
    """Return a project of a row without faults."""
    return Project(
        uid=row.uid,
        name=row.text("name"),
        status=row.text("status"),
        description=row.text("description"),
        starts_on=row.day("starts_on"),
        ends_on=row.day("ends_on"),
        finance_lead=row.text("finance_lead") or None,
        partners=row.texts("partners"),
        problems=row.texts("problems"),
        funding=tuple(Funding(source, amount, year) for source, amount, year in row.money() if source),
        own_contribution_pln=row.amount("own_contribution_pln"),
        result=row.text("result"),
        causes=row.texts("causes"),
        target_groups=row.texts("target_groups"),
        result_indicator=row.text("result_indicator"),
        result_unit=row.text("result_unit"),
        result_before=row.measure("result_before"),
        result_target=row.measure("result_target"),
        result_after=row.measure("result_after"),
        result_measured_on=row.day("result_measured_on"),
        next_measurement_on=row.day("next_measurement_on"),
        result_shared=row.flag("result_shared"),
    )


def build_activity(row: Row) -> Activity:
    """Return an activity of a row without faults.

    Raises:
        ValueError: the row has no first day, so it has a fault and should not have come here.
    """
    starts_on = row.day("starts_on")
    if starts_on is None:
        raise ValueError("an activity without a first day has a fault")
    return Activity(
        uid=row.uid,
        name=row.text("name"),
        theme=row.text("theme"),
        form=row.text("form"),
        starts_on=starts_on,
        ends_on=row.day("ends_on"),
        place=row.text("place"),
        description=row.text("description"),
        target_groups=row.texts("target_groups"),
        participants_count=row.number_of("participants_count"),
        partners=row.texts("partners"),
        project=row.text("project") or None,
        problems=row.texts("problems"),
    )


def _values_of(entity: Named) -> Values:
    """Return an entity's values by key of the workbook's fields."""
    values: Values = {}
    for name in type(entity).__dataclass_fields__:
        content = getattr(entity, name)
        if isinstance(content, Membership):
            values |= {
                "status": (content.status,),
                "declared_on": (content.declared_on,),
                "withdrawn_on": (content.withdrawn_on,),
                "roles": content.roles,
            }
        elif name == "funding":
            values["funding_source"] = tuple(money.source for money in content)
            values["funding_amount"] = tuple(money.amount_pln for money in content)
            values["funding_year"] = tuple(money.year for money in content)
        else:
            values[name] = content if isinstance(content, tuple) else (None if content == "" else content,)
    return values
