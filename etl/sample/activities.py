"""Invented activities of the years 2019–2026: seasons, people, partners, and the thread to projects and problems."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from etl.sample.chance import Chance
from etl.sample.partners import SamplePartner
from etl.sample.problems import is_known_on, is_taken_up
from etl.sample.projects import REFERENCE_DAY
from etl.sample.templates import ActivityTemplate, Profile, ProjectTemplate, load_templates
from surveys.model import Activity, Problem, Project
from surveys.vocabulary import load

# How much was done in a year: the epidemic of 2020–2021 shows, and 2026 is half planned.
_YEARS = {2019: 1.0, 2020: 0.45, 2021: 0.7, 2022: 1.0, 2023: 1.15, 2024: 1.25, 2025: 1.3, 2026: 0.95}
_MONTH_NAMES = [
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "maj",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
]
# Forms that happen at weekends.
_WEEKEND_FORMS = frozenset({"F01", "F02", "F03", "F08"})
# Partners who like to do a form themselves.
_ORGANISERS = {
    "F18": ("K203",),
    "F15": ("K209", "K103"),
    "F03": ("K205", "K121", "K204"),
    "F16": ("K106", "K201"),
    "F28": ("K101", "K103"),
    "F13": ("K103", "K104"),
}

_IN_PROJECTS = 0.4  # share of activities for which a project is looked for
_PROJECT_DRAWS = 20  # how long
_EVERYBODY = "G30"  # the general public
_NEVER_FORGOTTEN = frozenset({"G28", "G29", _EVERYBODY})  # leaders, partners

Projects = tuple[tuple[Project, ProjectTemplate], ...]


def invent_activities(
    profile: Profile, partners: list[SamplePartner], problems: tuple[Problem, ...], projects: Projects, chance: Chance
) -> tuple[Activity, ...]:
    """Return the activities in order of their first day; those after the reference day are plans."""
    templates = [one for one in load_templates().activities if profile.setting in one.where]
    problems = tuple(problem for problem in problems if is_taken_up(problem))
    codes = {problem.code for problem in problems}
    # Groups nobody thinks of here, so that needs without action show.
    forgotten = frozenset(chance.some([one for one in load().target_groups.codes if one not in _NEVER_FORGOTTEN], 5))
    weights = [one.weight * (1 + len(codes.intersection(one.problems))) for one in templates]
    made: list[Activity] = []
    names: set[str] = set()
    # Every form once as far as the number allows, then by weight: no page of the sample is empty.
    first = chance.some(_one_of_each_form(templates, chance), profile.counts["activities"])
    while len(made) < profile.counts["activities"]:
        template = first.pop() if first else chance.weighted(templates, weights)
        activity = _activity(template, partners, problems, projects, chance)
        if not first and chance.happens(_IN_PROJECTS):
            for _ in range(_PROJECT_DRAWS):
                if activity.project is None:
                    template = chance.weighted(templates, weights)
                    activity = _activity(template, partners, problems, projects, chance)
        groups = tuple(group for group in activity.target_groups if group not in forgotten) or (_EVERYBODY,)
        activity = replace(activity, target_groups=groups)
        if activity.name not in names:
            names.add(activity.name)
            made.append(activity)
    made.sort(key=lambda activity: (activity.starts_on, activity.name))
    return tuple(replace(activity, uid=f"activity-{number:03}") for number, activity in enumerate(made, 1))


def _one_of_each_form(templates: list[ActivityTemplate], chance: Chance) -> list[ActivityTemplate]:
    by_form: dict[str, list[ActivityTemplate]] = {}
    for template in templates:
        by_form.setdefault(template.form, []).append(template)
    return [chance.one(listed) for listed in by_form.values()]


def _activity(
    template: ActivityTemplate,
    partners: list[SamplePartner],
    problems: tuple[Problem, ...],
    projects: Projects,
    chance: Chance,
) -> Activity:
    name = chance.one(template.names)
    starts = _first_day(template, name, chance)
    length = chance.between(max(1, template.days // 2), template.days)
    # The problem a template names first is the one it is mostly for.
    own = [
        problem.uid
        for code in template.problems
        for problem in problems
        if problem.code == code and is_known_on(problem, starts)
    ]
    project = _project_on(starts, template, projects, chance)
    if project is not None:
        own = [uid for uid in own if uid in project.problems] or list(project.problems)
    return Activity(
        uid="",
        name=_full_name(template, name, starts),
        theme=template.theme,
        form=template.form,
        starts_on=starts,
        ends_on=None if length == 1 else starts + timedelta(days=length),
        place=chance.one(template.places),
        target_groups=tuple(chance.some(template.groups, chance.between(1, 3))),
        participants_count=_participants(template, starts, chance),
        partners=tuple(_organisers(template, starts, partners, project, chance)),
        project=project.uid if project else None,
        problems=tuple(own[: chance.between(1, 2)]),
    )


def _first_day(template: ActivityTemplate, name: str, chance: Chance) -> date:
    year = chance.weighted(list(_YEARS), list(_YEARS.values()))
    month = chance.one(template.name_months.get(name, template.months))
    day = date(year, month, chance.between(1, monthrange(year, month)[1]))
    weekend = template.form in _WEEKEND_FORMS
    # Saturday or Sunday for festivals, a working day for most others.
    wanted = chance.between(5, 6) if weekend else chance.between(0, 4)
    moved = day + timedelta(days=wanted - day.weekday())
    return moved if moved.month == month else day


def _full_name(template: ActivityTemplate, name: str, starts: date) -> str:
    if template.monthly:
        return f"{name}, {_MONTH_NAMES[starts.month - 1]} {starts.year}"
    return f"{name} {starts.year}" if template.yearly or template.days < 60 else f"{name}, sezon {starts.year}"


def _participants(template: ActivityTemplate, starts: date, chance: Chance) -> int | None:
    if template.people is None or starts > REFERENCE_DAY or not chance.happens(0.88):
        return None
    low, high = template.people
    people = chance.between(low, high)
    # People count small groups and estimate large ones.
    return people if people < 60 else round(people, -1)


def _project_on(day: date, template: ActivityTemplate, projects: Projects, chance: Chance) -> Project | None:
    """A project that runs on the day and has the activity's theme; half of what fits was done outside projects."""
    running = [
        project
        for project, origin in projects
        if template.theme in origin.themes
        and project.status in {"in_progress", "completed"}
        and project.starts_on is not None
        and project.ends_on is not None
        and project.starts_on <= day <= project.ends_on
    ]
    return chance.one(running) if running and chance.happens(0.7) else None


def _organisers(
    template: ActivityTemplate, day: date, partners: list[SamplePartner], project: Project | None, chance: Chance
) -> list[str]:
    members = [one.partner for one in partners if one.takes_part_on(min(day, REFERENCE_DAY))]
    kinds = _ORGANISERS.get(template.form, ())
    weights = [
        0.4
        + 2.0 * (template.theme in partner.statutory_themes and not partner.founded_by_partnership)
        + 20.0 * (partner.kind in kinds)
        + 3.0 * (project is not None and partner.uid in project.partners)
        for partner in members
    ]
    count = min(len(members), 3 + chance.between(2, 9)) if template.form == "F27" else chance.between(1, 4)
    return chance.some([partner.uid for partner in members], count, weights)
