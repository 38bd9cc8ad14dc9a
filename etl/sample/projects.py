"""Invented repair projects: who carries the finances, with what money, for which problems."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from etl.sample.chance import Chance
from etl.sample.partners import SamplePartner
from etl.sample.problems import is_known_on, is_taken_up
from etl.sample.templates import Profile, ProjectTemplate, load_templates
from surveys.model import Funding, Problem, Project
from surveys.vocabulary import load

REFERENCE_DAY = date(2026, 6, 30)  # the sample data's today: later things are plans
_FIRST_DAY = date(2019, 2, 1)
_PLANNED = (date(2026, 8, 1), date(2027, 3, 31))
_HISTORICAL_UNTIL = 2010  # partnerships founded before may have had money of the years 2007–2013
_WITHOUT_MONEY = frozenset({"idea", "rejected"})


def invent_projects(
    profile: Profile, partners: list[SamplePartner], problems: tuple[Problem, ...], chance: Chance
) -> tuple[tuple[Project, ProjectTemplate], ...]:
    """Return the projects with the templates they came from, oldest first."""
    codes = {problem.code for problem in problems if is_taken_up(problem)}
    fitting = [
        template
        for template in load_templates().projects
        if profile.setting in template.where and template.year is None
    ]
    weights = [0.02 + len(codes.intersection(template.problems)) ** 2 for template in fitting]
    chosen = chance.some(fitting, profile.counts["projects"], weights)
    old = [one for one in load_templates().projects if profile.setting in one.where and one.year is not None]
    if profile.founded_on.year < _HISTORICAL_UNTIL and chance.happens(0.7):
        chosen[-1] = old[0]
    made = [(_project(template, partners, problems, chance), template) for template in chosen]
    made.sort(key=lambda pair: pair[0].starts_on or date.max)
    return tuple((replace(project, uid=f"project-{at:02}"), template) for at, (project, template) in enumerate(made, 1))


def _project(
    template: ProjectTemplate, partners: list[SamplePartner], problems: tuple[Problem, ...], chance: Chance
) -> Project:
    if template.year is None:
        planned = chance.happens(0.13)
        starts = chance.day(*(_PLANNED if planned else (_FIRST_DAY, REFERENCE_DAY))).replace(day=1)
    else:
        starts = date(template.year, chance.between(1, 6), 1)
    ends = starts + timedelta(days=30 * chance.between(*template.months))
    status = _status(starts, ends, chance)
    members = [one for one in partners if one.takes_part_on(min(starts, REFERENCE_DAY))]
    lead = _finance_lead(template, members, chance)
    others = [one.partner.uid for one in members if one.partner.uid != lead]
    joined = chance.some(
        others,
        chance.between(2, 5),
        [2.0 if "coordination" in one.partner.membership.roles else 1.0 for one in members if one.partner.uid != lead],
    )
    funding = () if status in _WITHOUT_MONEY else _funding(template, starts, ends, chance)
    total = sum((part.amount_pln for part in funding if part.amount_pln is not None), Decimal(0))
    return Project(
        uid="",
        name=template.name,
        status=status,
        description=template.description,
        starts_on=starts,
        ends_on=ends,
        finance_lead=lead,
        partners=tuple(([lead] if lead else []) + joined),
        problems=tuple(
            problem.uid
            for problem in problems
            if problem.code in template.problems and is_taken_up(problem) and is_known_on(problem, starts)
        ),
        funding=funding,
        own_contribution_pln=_rounded(float(total) * (0.03 + 0.12 * chance.share())) if chance.happens(0.6) else None,
        result=template.result if status == "completed" else "",
    )


def _status(starts: date, ends: date, chance: Chance) -> str:
    if ends < REFERENCE_DAY:
        return chance.weighted(("completed", "abandoned", "rejected"), (0.86, 0.07, 0.07))
    if starts <= REFERENCE_DAY:
        return "in_progress"
    return chance.weighted(("idea", "preparation", "submitted"), (0.25, 0.4, 0.35))


def _finance_lead(template: ProjectTemplate, members: list[SamplePartner], chance: Chance) -> str | None:
    """A partner of the template's kinds, the first kinds more often; else anybody able to lead."""
    able = [one for one in members if one.lead]
    if not able:
        return None
    weights = [
        one.lead * (6.0 - template.lead.index(one.partner.kind) if one.partner.kind in template.lead else 0.3)
        for one in able
    ]
    return chance.weighted(able, weights).partner.uid


def _funding(template: ProjectTemplate, starts: date, ends: date, chance: Chance) -> tuple[Funding, ...]:
    """Money by source and year; the first source always, the others mostly."""
    parts = []
    for at, (source, low, high) in enumerate(template.funding):
        if at and not chance.happens(0.75):
            continue
        for year in range(starts.year, ends.year + 1):
            months = min(ends, date(year, 12, 31)).month - max(starts, date(year, 1, 1)).month + 1
            if months < 3 or not load().funding_sources[source].open_in(year):
                continue
            amount = chance.between(low, high) * months / 12
            parts.append(Funding(source, _rounded(amount) if chance.happens(0.95) else None, year))
    return tuple(parts)


def _rounded(amount: float) -> Decimal:
    """Amounts as budgets have them: full hundreds."""
    return Decimal(max(1, round(amount / 100)) * 100)
