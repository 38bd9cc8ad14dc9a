"""Results that partnerships agreed to show to others: the one question that looks past the asker's own partnerships.

Only completed projects with a measured result whose partnership said yes; and of these only what a study visit needs:
what was done, for which problems and groups, what it cost and who paid, what came of it, and which organisation to
ring. Nothing else of a partnership is read, and no person's name: residents are no contacts, and texts are scrubbed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, select

from etl.store import schema as s
from etl.store import schema_trees as t
from etl.store.reading.indicators import list_variables, match_catalogue, read_figures
from etl.store.scope import Action, Actor
from surveys.privacy.identifiers import scrub_text
from surveys.privacy.people_in_texts import scrub_people
from surveys.vocabulary import load

_RESIDENT, _OTHER_SECTOR, _LEFT = "K401", "other", "withdrawn"
_POPULATION = "IND01"
_LATEST_YEARS = 3  # a gmina may be missing from the newest table
# Names of organisations stay as they are: some are called after people.
_TEXTS = ("name", "result", "result_indicator", "result_unit")


@dataclass(frozen=True, slots=True)
class SharedResults:
    """Frames of what is shared; ``uid`` is the project's, within its partnership.

    Attributes:
        results: partnership (slug), partnership_name, uid, name, starts_on, ends_on, result, result_indicator,
            result_unit, result_before, result_target, result_after, result_measured_on, amount_pln (``NaN`` when
            nobody wrote it down), contact (name of an organisation, ``""`` when there is none).
        problems: partnership, uid, code, theme.
        groups: partnership, uid, group.
        sources: partnership, uid, source, each once.
        territories: partnership, teryt, name.
    """

    results: pd.DataFrame
    problems: pd.DataFrame
    groups: pd.DataFrame
    sources: pd.DataFrame
    territories: pd.DataFrame


def read_shared_results(connection: Connection, actor: Actor, *, sample: bool) -> SharedResults:
    """Return what partnerships agreed to show, of the real ones or of the invented ones.

    Args:
        connection: reading connection.
        actor: whoever asks; people with no role in any partnership get nothing, and the same as when nothing is shared.
        sample: look at the invented data instead of the real ones.
    """
    may = actor.may(Action.SEE_SAMPLE if sample else Action.SEE_SHARED_RESULTS)
    shared = (
        (s.partnership.c.sample == sample)
        & (s.project.c.status_code == "completed")
        & s.project.c.result_shared.is_(True)
        & (s.project.c.result_indicator != "")
        & s.project.c.result_after.is_not(None)
    )
    if not may:
        shared &= s.partnership.c.id.is_(None)
    owner = s.partnership.c.slug.label("partnership")
    key = (owner, s.project.c.uid)
    own = s.project.join(s.partnership, s.partnership.c.id == s.project.c.partnership_id)
    results = _read(
        connection,
        select(
            *key,
            s.partnership.c.name.label("partnership_name"),
            s.project.c.name,
            s.project.c.starts_on,
            s.project.c.ends_on,
            s.project.c.result,
            s.project.c.result_indicator,
            s.project.c.result_unit,
            s.project.c.result_before,
            s.project.c.result_target,
            s.project.c.result_after,
            s.project.c.result_measured_on,
        )
        .select_from(own)
        .where(shared)
        .order_by(owner, s.project.c.id),
        dates=("starts_on", "ends_on", "result_measured_on"),
        numbers=("result_before", "result_target", "result_after"),
    )
    funding = _read(
        connection,
        select(*key, s.project_funding.c.source_code.label("source"), s.project_funding.c.amount_pln)
        .select_from(own.join(s.project_funding, s.project_funding.c.project_id == s.project.c.id))
        .where(shared)
        .order_by(owner, s.project.c.id, s.project_funding.c.position),
        numbers=("amount_pln",),
    )
    amounts = funding.groupby(["partnership", "uid"], as_index=False)["amount_pln"].sum(min_count=1)
    results = results.merge(amounts, on=["partnership", "uid"], how="left")
    results = results.merge(_read_contacts(connection, shared), on=["partnership", "uid"], how="left")
    results["contact"] = results["contact"].fillna("")
    for name in _TEXTS:
        results[name] = [_scrub(str(text)) for text in results[name]]
    return SharedResults(
        results,
        _read_problems(connection, shared),
        _read_groups(connection, shared),
        funding[["partnership", "uid", "source"]].drop_duplicates(ignore_index=True),
        _read_territories(connection, results["partnership"]),
    )


def read_populations(connection: Connection, teryts: Iterable[str], *, sample: bool) -> dict[str, float]:
    """Return the newest loaded number of inhabitants by area; those without one are not in it."""
    wanted = set(teryts)
    variables = match_catalogue(list_variables(connection, sample=sample), load().indicators).get(_POPULATION, ())
    return {
        figure.teryt: float(figure.number)
        for variable in variables
        for figure in read_figures(connection, variable, years=variable.years[-_LATEST_YEARS:])
        if figure.teryt in wanted and figure.number is not None
    }


def _read_contacts(connection: Connection, shared: ColumnElement[bool]) -> pd.DataFrame:
    """The organisation to ring: the finance lead, else the first partner of the project, else the coordinator's."""
    project = s.project.join(s.partnership, s.partnership.c.id == s.project.c.partnership_id)
    named = (s.partnership.c.slug.label("partnership"), s.project.c.uid, s.partner.c.name.label("contact"))
    organisation = (s.partner.c.kind_code != _RESIDENT) & (s.partner.c.sector_code != _OTHER_SECTOR)
    stayed = organisation & (s.membership.c.status_code != _LEFT)
    member = s.membership.c.partner_id == s.partner.c.id
    lead = project.join(s.partner, s.partner.c.id == s.project.c.finance_lead_id)
    first = project.join(s.project_partner, s.project_partner.c.project_id == s.project.c.id)
    first = first.join(s.partner, s.partner.c.id == s.project_partner.c.partner_id)
    coordinator = project.join(s.partner, s.partner.c.partnership_id == s.partnership.c.id)
    coordinator = coordinator.join(s.membership_role, s.membership_role.c.partner_id == s.partner.c.id)
    questions = (
        select(*named).select_from(lead.join(s.membership, member)),
        select(*named).select_from(first.join(s.membership, member)).order_by(s.project_partner.c.position),
        select(*named)
        .select_from(coordinator.join(s.membership, member))
        .where(s.membership_role.c.role_code == "coordinator"),
    )
    found = pd.concat([_read(connection, question.where(shared, stayed)) for question in questions])
    return found.drop_duplicates(["partnership", "uid"], ignore_index=True)


def _read_problems(connection: Connection, shared: ColumnElement[bool]) -> pd.DataFrame:
    joined = (
        s.project.join(s.partnership, s.partnership.c.id == s.project.c.partnership_id)
        .join(s.project_problem, s.project_problem.c.project_id == s.project.c.id)
        .join(s.problem, s.problem.c.id == s.project_problem.c.problem_id)
    )
    found = _read(
        connection,
        select(
            s.partnership.c.slug.label("partnership"),
            s.project.c.uid,
            s.problem.c.problem_code.label("code"),
            s.problem.c.theme_code.label("theme"),
        )
        .select_from(joined)
        .where(shared),
    )
    return found.drop_duplicates(ignore_index=True)


def _read_groups(connection: Connection, shared: ColumnElement[bool]) -> pd.DataFrame:
    project = s.project.join(s.partnership, s.partnership.c.id == s.project.c.partnership_id)
    key = (s.partnership.c.slug.label("partnership"), s.project.c.uid)
    own = project.join(t.project_target_group, t.project_target_group.c.project_id == s.project.c.id)
    acted = project.join(s.activity, s.activity.c.project_id == s.project.c.id).join(
        s.activity_target_group, s.activity_target_group.c.activity_id == s.activity.c.id
    )
    questions = (
        select(*key, t.project_target_group.c.target_group_code.label("group")).select_from(own),
        select(*key, s.activity_target_group.c.target_group_code.label("group")).select_from(acted),
    )
    found = pd.concat([_read(connection, question.where(shared)) for question in questions])
    return found.drop_duplicates(ignore_index=True)


def _read_territories(connection: Connection, slugs: "pd.Series[str]") -> pd.DataFrame:
    territory = s.partnership_territory.c
    question = (
        select(s.partnership.c.slug.label("partnership"), territory.teryt, territory.name)
        .join_from(s.partnership_territory, s.partnership)
        .where(s.partnership.c.slug.in_(sorted(set(slugs))))
        .order_by(s.partnership.c.slug, territory.position)
    )
    return _read(connection, question)


def _read(
    connection: Connection,
    question: Select[tuple[object, ...]],
    *,
    dates: Sequence[str] = (),
    numbers: Sequence[str] = (),
) -> pd.DataFrame:
    result = connection.execute(question)
    frame = pd.DataFrame.from_records(result.all(), columns=list(result.keys()))
    for name in dates:
        frame[name] = pd.to_datetime(frame[name])
    for name in numbers:
        frame[name] = pd.to_numeric(frame[name]).astype("float64")
    return frame


def _scrub(text: str) -> str:
    return scrub_people(scrub_text(text)[0])[0]
