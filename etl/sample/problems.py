"""Invented rounds of diagnosis and the problems they found."""

from dataclasses import replace
from datetime import date

from etl.sample.chance import Chance
from etl.sample.templates import Profile, load_templates
from surveys.model import Diagnosis, Problem
from surveys.vocabulary import load

_OTHER_METHODS = ("desk_research", "interview", "focus_group", "research_walk", "asset_map", "swot", "workshop")
_KNOWN_BEFORE = (date(2015, 1, 1), date(2018, 12, 31))
_STATUSES = {"in_progress": 0.42, "confirmed": 0.3, "reported": 0.1, "solved": 0.1, "postponed": 0.08}


def invent_diagnoses(profile: Profile, chance: Chance) -> tuple[Diagnosis, ...]:
    """Return the rounds of diagnosis: one per survey, and one of 2021 and of 2024 where no survey was made then."""
    asked = {wave.year for wave in profile.waves}
    years = asked | {2021} | ({2024} if 2023 not in asked else set())
    made = []
    for year in sorted(years):
        methods = chance.some(_OTHER_METHODS, chance.between(2, 4))
        made.append(
            Diagnosis(
                uid=f"diagnosis-{year}",
                name=f"Diagnoza {year}",
                started_on=chance.day(date(year, 1, 15), date(year, 2, 28)),
                ended_on=chance.day(date(year, 5, 20), date(year, 6, 28)),
                methods=("survey", *methods) if year in asked else tuple(methods),
            )
        )
    return tuple(made)


def invent_problems(profile: Profile, diagnoses: tuple[Diagnosis, ...], chance: Chance) -> tuple[Problem, ...]:
    """Return the problems, the more pressing ones of the setting more likely, in order of their diagnosis."""
    templates = load_templates().problems
    needs = [template.need[profile.setting] for template in templates]
    chosen = chance.some(templates, profile.counts["problems"], [need**1.5 for need in needs])
    found = []
    for template in chosen:
        need = template.need[profile.setting]
        diagnosis = chance.weighted(diagnoses, [3.0, *([2.0] * (len(diagnoses) - 1))])
        known = chance.happens(0.9)
        source = chance.one(diagnosis.methods) if known else "partner_report"
        groups = chance.some(template.groups, chance.between(1, 3))
        rated = chance.happens(0.9)
        problem = Problem(
            uid="",
            name=chance.one(template.names[profile.setting]),
            code=template.code,
            theme=load().problems[template.code].theme,
            status=chance.weighted(list(_STATUSES), list(_STATUSES.values())),
            description=template.description,
            target_groups=tuple(groups),
            size=_rating(need, 2.2, chance) if rated else None,
            severity=_rating(need, 2.8, chance) if rated else None,
            feasibility=_rating(5, 4.5, chance) if rated and chance.happens(0.92) else None,
            source=source,
            identified_on=_day_identified(diagnosis, chance),
            diagnosis=diagnosis.uid if known else None,
        )
        found.append(problem)
    if all(map(is_taken_up, found)):
        found[-1] = replace(found[-1], status="reported")
    found.sort(key=lambda problem: (problem.diagnosis or "", problem.code))
    return tuple(replace(problem, uid=f"problem-{number:02}") for number, problem in enumerate(found, 1))


def is_taken_up(problem: Problem) -> bool:
    """Whether anything is done about a problem: a merely reported or postponed one is a need without action."""
    return problem.status not in {"reported", "postponed"}


def is_known_on(problem: Problem, day: date) -> bool:
    """Whether a problem had been identified by a day; nothing is done about it before."""
    return problem.identified_on is not None and problem.identified_on <= day


def _rating(middle: float, spread: float, chance: Chance) -> int:
    return min(10, max(0, round(chance.around(middle, spread))))


def _day_identified(diagnosis: Diagnosis, chance: Chance) -> date | None:
    """Half of the problems were known before the diagnosis that confirmed them."""
    if chance.happens(0.5) or diagnosis.started_on is None or diagnosis.ended_on is None:
        return chance.day(*_KNOWN_BEFORE)
    return chance.day(diagnosis.started_on, diagnosis.ended_on)
