"""Registers as a workbook can hold them: any words a person may type, codes of the lists, names that differ."""

import unicodedata
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from etl.mapping.partnership_workbook.identity import name_key
from etl.mapping.partnership_workbook.rows import CELL_ERRORS
from surveys.language.folding import slugify
from surveys.model import (
    Activity,
    Diagnosis,
    Funding,
    Membership,
    Partner,
    Partnership,
    Problem,
    Project,
    Register,
    Rules,
    Territory,
    TreeNode,
)
from surveys.vocabulary import load
from tests.made.texts import SIGNS

_DAYS = st.dates(date(1901, 1, 1), date(2100, 12, 31))
_SOME_DAY = st.none() | _DAYS
_YES_NO = st.none() | st.booleans()
_AMOUNTS = st.none() | st.decimals(0, Decimal("999999999.99"), places=2)
_MEASURES = st.none() | st.floats(-1e6, 1e6).map(lambda number: round(number, 6))
_UIDS = st.text("abcdef0123456789", min_size=12, max_size=12)
_ESCAPES = st.sampled_from(["", "", "", "_x0041_", "_x005F_", "=1+1", "-5", "@a", "+48", "#REF", "\t"])


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# A text that is just what a spreadsheet says of a broken formula is taken for one.
_LINES = st.builds(lambda start, text: _tidy(start + text), _ESCAPES, st.text(SIGNS, max_size=20)).filter(
    lambda line: line.upper() not in CELL_ERRORS
)
_NAMES = st.builds(lambda start, text: _tidy(f"{start}{text} n"), _ESCAPES, st.text(SIGNS, max_size=20))
_PARAGRAPHS = st.lists(_LINES, max_size=3).map(lambda lines: "\n".join(lines).strip())


def _codes(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(load().lists[vocabulary].codes)


def _code_lists(vocabulary: str, most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(_codes(vocabulary), max_size=most, unique=True).map(tuple)


def _some_of(uids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(uids), unique=True).map(tuple) if uids else st.just(())


def _one_of(uids: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(uids) if uids else st.none()


def _period(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first, last = draw(_SOME_DAY), draw(_SOME_DAY)
    return (last, first) if first and last and last < first else (first, last)


def _named(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Uids with names, all different in the eyes of a person."""
    names: list[str] = draw(st.lists(_NAMES, max_size=3, unique_by=name_key))
    uids = draw(st.lists(_UIDS, min_size=len(names), max_size=len(names), unique=True))
    return list(zip(uids, names, strict=True))


@st.composite
def _partnerships(draw: st.DrawFn) -> Partnership:
    name = draw(_NAMES)
    areas = st.builds(Territory, st.sampled_from(load().areas.codes), _LINES)
    rules = st.builds(Rules, _LINES, _SOME_DAY, _PARAGRAPHS)
    return Partnership(
        slug=slugify(draw(st.sampled_from(["liw", name]))),
        name=name,
        territory=tuple(draw(st.lists(areas, max_size=3, unique=True))),
        founded_on=draw(_SOME_DAY),
        aims=draw(_PARAGRAPHS),
        website=draw(st.sampled_from(["", "https://liw.example/partnerstwo?a=b&c=d", "http://x.pl"])),
        rules=draw(st.none() | rules.filter(lambda made: made != Rules(""))),
        sample=draw(st.booleans()),
    )


def _make_partner(draw: st.DrawFn, uid: str, name: str) -> Partner:
    declared, withdrawn = _period(draw)
    return Partner(
        uid,
        name,
        draw(_codes("partner_kinds")),
        draw(_codes("sectors")),
        Membership(draw(_codes("membership_statuses")), declared, withdrawn, draw(_code_lists("membership_roles", 3))),
        draw(_YES_NO),
        draw(_YES_NO),
        draw(_code_lists("themes")),
        draw(st.booleans()),
    )


def _make_nodes(draw: st.DrawFn, problem_uids: list[str]) -> tuple[TreeNode, ...]:
    """Nodes that hang on a problem and result from earlier ones of their kind: no circle, nothing loose."""
    nodes: list[TreeNode] = []
    for uid, name in _named(draw) if problem_uids else []:
        kind = draw(st.sampled_from(["cause", "effect"]))
        problems = (draw(st.sampled_from(problem_uids)),)
        origins = draw(_some_of([node.uid for node in nodes if node.kind == kind]))
        nodes.append(TreeNode(uid, name, kind, problems, origins))
    return tuple(nodes)


def _two_days(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first, last = _period(draw)
    return (first, last if first != last else None)


@st.composite
def workbook_registers(draw: st.DrawFn) -> Register:
    """Any register that stands in a workbook without faults."""
    partners = tuple(_make_partner(draw, uid, name) for uid, name in _named(draw))
    diagnoses = tuple(
        Diagnosis(uid, name, *_period(draw), draw(_code_lists("problem_sources"))) for uid, name in _named(draw)
    )
    partner_uids = [partner.uid for partner in partners]
    rating = st.none() | st.integers(0, 10)
    problems = tuple(
        Problem(
            uid,
            name,
            draw(_codes("problems")),
            draw(_codes("themes")),
            draw(_codes("problem_statuses")),
            draw(_PARAGRAPHS),
            draw(_code_lists("target_groups")),
            draw(rating),
            draw(rating),
            draw(rating),
            draw(st.none() | _codes("problem_sources")),
            draw(_SOME_DAY),
            draw(_one_of([diagnosis.uid for diagnosis in diagnoses])),
        )
        for uid, name in _named(draw)
    )
    problem_uids = [problem.uid for problem in problems]
    nodes = _make_nodes(draw, problem_uids)
    causes = [node.uid for node in nodes if node.kind == "cause"]
    money = st.builds(Funding, _codes("funding_sources"), _AMOUNTS, st.none() | st.integers(1989, 2100))
    projects = tuple(
        Project(
            uid,
            name,
            draw(_codes("project_statuses")),
            draw(_PARAGRAPHS),
            *_period(draw),
            draw(_one_of(partner_uids)),
            draw(_some_of(partner_uids)),
            draw(_some_of(problem_uids)),
            tuple(draw(st.lists(money, max_size=5))),
            draw(_AMOUNTS),
            draw(_PARAGRAPHS),
            draw(_some_of(causes)),
            draw(_code_lists("target_groups")),
            draw(_NAMES),
            draw(_LINES),
            draw(_MEASURES),
            draw(_MEASURES),
            draw(_MEASURES),
            *_two_days(draw),
            draw(_YES_NO),
        )
        for uid, name in _named(draw)
    )
    project_uids = [project.uid for project in projects]
    activities = tuple(
        _make_activity(draw, uid, name, partner_uids, project_uids, problem_uids) for uid, name in _named(draw)
    )
    return Register(draw(_partnerships()), partners, diagnoses, problems, projects, activities, nodes)


def _make_activity(  # a register's parts
    draw: st.DrawFn, uid: str, name: str, partners: list[str], projects: list[str], problems: list[str]
) -> Activity:
    first = draw(_DAYS)
    return Activity(
        uid,
        name,
        draw(_codes("themes")),
        draw(_codes("activity_forms")),
        first,
        draw(st.none() | st.dates(first, date(2101, 1, 1))),
        draw(_LINES),
        draw(_PARAGRAPHS),
        draw(_code_lists("target_groups")),
        draw(st.none() | st.integers(0, 10_000_000)),
        draw(_some_of(partners)),
        draw(_one_of(projects)),
        draw(_some_of(problems)),
    )
