"""Chapters on problems and what is done about them: the register, its thread from problem to project, and the gaps."""

import pandas as pd

from dashboard.documents.chapters_of_place import active_partners
from dashboard.documents.content import Block, Bullets, Grid, Text
from dashboard.documents.figures import count_figure, register_figure
from dashboard.documents.material import Material
from dashboard.texts import say as say_any
from surveys.analysis.problem_tree import CAUSE, EFFECT
from surveys.analysis.register_tables import code_labels, sum_funding
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.language.collation import sort_key
from surveys.language.numerals import format_money_pln, format_number, format_period
from surveys.language.texts import LANGUAGES
from surveys.vocabulary import load

_MOST_NAMED = 12
_KINDS = (CAUSE, EFFECT)
_SOCIAL_ECONOMY = "K211"  # social cooperatives and centres of social integration
_OPEN = frozenset({"reported", "confirmed", "in_progress"})
# Themes by the spheres of art. 9(1) of the act on revitalisation.
SPHERES: dict[str, tuple[str, ...]] = {
    "social": ("T02", "T03", "T04", "T05", "T06", "T08", "T09", "T11", "T12", "T13", "T14"),
    "economic": ("T07",),
    "environmental": ("T01",),
    "spatial": ("T10",),
}
# Problems of the technical sphere, whatever their theme: housing, energy, sewers.
_TECHNICAL = frozenset({"P107", "P109", "P110", "P803", "P805"})


def tell_problems(material: Material) -> list[Block]:
    """Show the problems of the register: by theme, and one by one with groups, state and what is done."""
    problems, lists = material.register.problems, load()
    if problems.empty:
        return [Text(material.say("problems.none"))]
    still = problems[problems["status"].isin(_OPEN)]
    blocks: list[Block] = [Text(material.say("problems.intro", n=len(problems), open=len(still)))]
    for key, column, labels in (
        ("problems.theme", "theme", code_labels(lists.themes)),
        ("problems.status", "status", code_labels(lists.problem_statuses)),
    ):
        figure = count_figure(material, key, problems, column, labels)
        if figure is not None:
            blocks.append(figure)
    rows = tuple(_problem_row(material, row) for row in rows_of(problems.sort_values("theme", kind="stable")))
    headers = tuple(material.say(f"column.{name}") for name in ("problem", "theme", "groups", "status", "done"))
    return [*blocks, Grid(material.say("problems.table"), headers, rows, (2.6, 1.5, 1.7, 1.2, 0.9), frozenset({4}))]


def tell_causes(material: Material) -> list[Block]:
    """Set causes and effects of the problem trees beside each problem; nothing where nobody has drawn one."""
    nodes, links = material.register.tree_nodes, material.register.tree_problems
    if nodes.empty:
        return []
    joined = links.merge(nodes[["uid", "name", "kind"]], on="uid").merge(
        material.register.problems[["uid", "name"]].rename(columns={"uid": "problem", "name": "about"}), on="problem"
    )
    rows = []
    for about, mine in joined.groupby("about", sort=True):
        named = ["; ".join(material.set(str(one)) for one in mine[mine["kind"] == kind]["name"]) for kind in _KINDS]
        rows.append((material.set(str(about)), *(names or "–" for names in named)))
    if not rows:
        return []
    headers = tuple(material.say(f"column.{name}") for name in ("problem", "causes", "effects"))
    return [Grid(material.say("causes.table"), headers, tuple(rows), (1.8, 2.4, 2.4))]


def tell_groups(material: Material) -> list[Block]:
    """Show whom the problems of the register concern."""
    groups = material.register.problem_groups
    labels = code_labels(load().target_groups)
    figure = None if groups.empty else count_figure(material, "problems.group", groups, "group", labels)
    return [Text(material.say("groups.none"))] if figure is None else [figure]


def tell_resources(material: Material) -> list[Block]:
    """Show what the place can build on: partners by kind and theme."""
    lists, partners = load(), active_partners(material)
    if partners.empty:
        return [Text(material.say("partnership.no_partners"))]
    blocks: list[Block] = []
    figure = count_figure(material, "partnerships.kind", partners, "kind", code_labels(lists.partner_kinds))
    if figure is not None:
        blocks.append(figure)
    able = int((partners["can_contribute"] == True).sum())  # noqa: E712 # unknown is neither
    legal = int((partners["has_legal_personality"] == True).sum())  # noqa: E712 # the same
    return [Text(material.say("resources.able", n=len(partners), able=able, legal=legal)), *blocks]


def tell_actions(material: Material) -> list[Block]:
    """Show activities by theme and form, projects one by one, and money by source."""
    lists, register = load(), material.register
    blocks: list[Block] = []
    if register.activities.empty and register.projects.empty:
        return [Text(material.say("actions.none"))]
    past = register.activities[register.activities["starts_on"] <= pd.Timestamp(material.today)]
    amounts = {
        name: material.say(f"count.{name}", n=len(frame))
        for name, frame in (("activities", past), ("projects", register.projects))
    }
    blocks.append(Text(material.say("actions.intro", **amounts)))
    for key, column, labels in (
        ("activities.theme", "theme", code_labels(lists.themes)),
        ("activities.form", "form", code_labels(lists.activity_forms)),
    ):
        figure = count_figure(material, key, past, column, labels, what_key="documents.actions.past")
        if figure is not None:
            blocks.append(figure)
    if not register.projects.empty:
        rows = tuple(_project_row(material, row) for row in rows_of(register.projects.sort_values("starts_on")))
        headers = tuple(material.say(f"column.{name}") for name in ("project", "when", "status", "money"))
        blocks.append(Grid(material.say("actions.table"), headers, rows, (2.6, 1.8, 1.2, 1.1), frozenset({3})))
    return [*blocks, *_tell_money(material)]


def tell_gaps(material: Material) -> list[Block]:
    """Name the open problems that no project and no activity answers."""
    problems = material.register.problems
    still = problems[problems["status"].isin(_OPEN)]
    if still.empty:
        return [Text(material.say("gaps.no_problems"))]
    bare = [row for row in rows_of(still) if not _count_answers(material, str(row["uid"]))]
    if not bare:
        return [Text(material.say("gaps.none"))]
    named = tuple(material.set(str(row["name"])) for row in bare[:_MOST_NAMED])
    rest = len(bare) - len(named)
    blocks: list[Block] = [Text(material.say("gaps.intro", n=len(bare))), Bullets(named)]
    return [*blocks, Text(material.say("gaps.more", n=rest))] if rest else blocks


def tell_results(material: Material) -> list[Block]:
    """Show indicators of projects: before, target, after."""
    projects = material.register.projects
    measured = projects[projects["result_indicator"].fillna("") != ""]
    told = projects[projects["result"].fillna("") != ""]
    blocks: list[Block] = []
    if not measured.empty:
        rows = tuple(
            (
                material.set(f"{row['result_indicator']} ({row['name']})"),
                *(_number(material, row[f"result_{when}"]) for when in ("before", "target", "after")),
                material.set(str(row["result_unit"] or "–")),
            )
            for row in rows_of(measured)
        )
        headers = tuple(material.say(f"column.{name}") for name in ("indicator", "before", "target", "after", "unit"))
        blocks.append(
            Grid(material.say("results.table"), headers, rows, (3.2, 0.9, 0.9, 0.9, 1.1), frozenset({1, 2, 3}))
        )
    if not told.empty:
        items = tuple(material.set(f"{row['name']}: {row['result']}") for row in rows_of(told)[:_MOST_NAMED])
        blocks += [Text(material.say("results.told")), Bullets(items)]
    return blocks or [Text(material.say("results.none"))]


def tell_spheres(material: Material) -> list[Block]:
    """Set the problems in the spheres of a revitalisation programme."""
    problems = material.register.problems
    rows = []
    for sphere in (*SPHERES, "technical"):
        mine = [row for row in rows_of(problems) if _sphere_of(row) == sphere]
        named = "; ".join(str(row["name"]) for row in mine[:_MOST_NAMED])
        rows.append((material.say(f"sphere.{sphere}"), str(len(mine)), material.set(named) or "–"))
    headers = tuple(material.say(f"column.{name}") for name in ("sphere", "count", "problems"))
    return [
        Text(material.say("spheres.intro")),
        Grid(
            material.say("spheres.table"),
            headers,
            tuple(rows),
            (1.4, 0.7, 4.0),
            frozenset({1}),
            material.say("spheres.note"),
        ),
    ]


def tell_services(material: Material) -> list[Block]:
    """Set problems, activities and partners side by side, theme by theme: needs and potential of services."""
    lists, register = load(), material.register
    rows = []
    for theme in lists.themes:
        counts = [
            int((register.problems["theme"] == theme).sum()),
            int((register.activities["theme"] == theme).sum()),
            int(register.partner_themes[register.partner_themes["theme"] == theme]["uid"].nunique()),
        ]
        if any(counts):
            rows.append((lists.themes.label(theme, material.language), *map(str, counts)))
    if not rows:
        return [Text(material.say("services.none"))]
    headers = tuple(
        material.say(f"column.{name}") for name in ("theme", "problems_count", "activities_count", "partners_count")
    )
    note = material.say("services.note")
    grid = Grid(material.say("services.table"), headers, tuple(rows), (2.8, 1.0, 1.0, 1.0), frozenset({1, 2, 3}), note)
    return [Text(material.say("services.intro")), grid]


def tell_social_economy(material: Material) -> list[Block]:
    """Name the partners that are entities of the social economy; what they can do only people know."""
    partners = active_partners(material)
    named = sorted((str(name) for name in partners[partners["kind"] == _SOCIAL_ECONOMY]["name"]), key=sort_key)
    if not named:
        return [Text(material.say("social_economy.none"))]
    return [Text(material.say("social_economy.named", n=len(named))), Bullets(tuple(map(material.set, named)))]


def _tell_money(material: Material) -> list[Block]:
    what = {language: say_any("documents.money.what", language) for language in LANGUAGES}
    labels = code_labels(load().funding_sources)
    table = sum_funding(material.register.funding, "source", labels=labels, what=what)
    return [] if table.is_empty else [register_figure(material, "documents.money", table)]


def _problem_row(material: Material, row: Row) -> tuple[str, ...]:
    lists, language = load(), material.language
    groups = material.register.problem_groups
    named = [lists.target_groups.label(code, language) for code in groups[groups["uid"] == row["uid"]]["group"]]
    return (
        material.set(str(row["name"])),
        lists.themes.label(str(row["theme"]), language),
        "; ".join(named) or "–",
        lists.problem_statuses.label(str(row["status"]), language),
        str(_count_answers(material, str(row["uid"]))),
    )


def _project_row(material: Material, row: Row) -> tuple[str, ...]:
    first, last = (row[name].date() if is_known(row[name]) else None for name in ("starts_on", "ends_on"))
    funding = material.register.funding
    amount = funding[funding["uid"] == row["uid"]]["amount_pln"].sum(min_count=1)
    money = format_money_pln(float(amount), material.language) if is_known(amount) else "–"
    status = load().project_statuses.label(str(row["status"]), material.language)
    return material.set(str(row["name"])), format_period(first, last, material.language) or "–", status, money


def _count_answers(material: Material, uid: str) -> int:
    """Projects and activities that answer a problem."""
    register = material.register
    links = (register.project_problems, register.activity_problems)
    return sum(int((link["problem"] == uid).sum()) for link in links)


def _sphere_of(row: Row) -> str:
    if row["code"] in _TECHNICAL:
        return "technical"
    return next((sphere for sphere, themes in SPHERES.items() if row["theme"] in themes), "social")


def _number(material: Material, value: object) -> str:
    if not is_known(value):
        return "–"
    number = float(str(value))
    return format_number(number, material.language, decimals=0 if number == int(number) else 1)
