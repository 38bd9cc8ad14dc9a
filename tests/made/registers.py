"""Registers for tests: a small one by hand, and any that hypothesis can think of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

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

# Partnership, two partners, diagnosis, problem, project, activity, three nodes of a problem tree.
ENTITIES = 10


def make_register(slug: str = "liw") -> Register:
    """A small register in which everything refers to something."""
    return Register(
        partnership=Partnership(
            slug=slug,
            name="Liw",
            territory=(Territory("1433042"), Territory("1433042", "Dolina Liwca")),
            founded_on=date(2009, 10, 26),
            rules=Rules("1", date(2010, 1, 2), "cele"),
        ),
        partners=(
            Partner(
                "urzad",
                "Urząd Gminy",
                "K101",
                "public",
                Membership("active", date(2009, 10, 26), None, ("coordination", "coordinator")),
                has_legal_personality=True,
                can_contribute=True,
                statutory_themes=("T01", "T04"),
            ),
            Partner("kgw", "KGW „Zielone Wzgórze”", "K203", "civic", Membership("withdrawn", None, date(2024, 1, 1))),
        ),
        diagnoses=(Diagnosis("d24", "Diagnoza 2024", date(2024, 1, 1), date(2024, 6, 1), ("survey", "swot")),),
        problems=(
            Problem(
                "samotnosc",
                "Samotni starsi ludzie",
                "P501",
                "T04",
                "confirmed",
                target_groups=("G05", "G06"),
                size=8,
                source="survey",
                diagnosis="d24",
            ),
        ),
        projects=(
            Project(
                "dom",
                "Dom sąsiedzki",
                "in_progress",
                starts_on=date(2025, 1, 1),
                finance_lead="kgw",
                partners=("kgw", "urzad"),
                problems=("samotnosc",),
                funding=(Funding("FS01", Decimal("1234.50"), 2025), Funding("FS24")),
                own_contribution_pln=Decimal("100.00"),
                causes=("autobus",),
                target_groups=("G06",),
                result_indicator="Osoby odwiedzane co tydzień",
                result_unit="osoby",
                result_before=0.0,
                result_target=20.0,
                next_measurement_on=date(2026, 6, 1),
                result_shared=True,
            ),
        ),
        activities=(
            Activity(
                "festyn",
                "Festyn",
                "T03",
                "F01",
                date(2025, 6, 1),
                participants_count=120,
                target_groups=("G30",),
                partners=("urzad",),
                project="dom",
                problems=("samotnosc",),
            ),
        ),
        tree_nodes=(
            TreeNode("autobus", "Autobus nie jeździ", "cause", ("samotnosc",), ("pasazerowie",)),
            TreeNode("pasazerowie", "Mało pasażerów", "cause"),
            TreeNode("zdrowie", "Gorsze zdrowie", "effect", ("samotnosc",)),
        ),
    )


def rename_partner(register: Register, uid: str, name: str) -> Register:
    """The register with one partner named differently."""
    partners = tuple(replace(one, name=name) if one.uid == uid else one for one in register.partners)
    return replace(register, partners=partners)


def add_partner(register: Register, uid: str) -> Register:
    """The register with one partner more."""
    return replace(register, partners=(*register.partners, replace(register.partners[1], uid=uid, name=f"Nowy {uid}")))


# Whatever a person may type, without NUL and lone surrogates: cleaning takes those away before anything is stored.
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
AMOUNTS = st.decimals(0, Decimal("999999999.99"), places=2)
CODES = st.lists(st.sampled_from(["T01", "T02", "G05", "survey", "member"]), max_size=3).map(tuple)
MEASURES = st.none() | st.floats(-1e12, 1e12)
RATINGS = st.none() | st.integers(0, 10)
BOOLEANS = st.booleans()


def _some_of(uids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(uids), unique=True).map(tuple) if uids else st.just(())


def _one_of(uids: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(uids) if uids else st.none()


def _uids(kind: str, draw: st.DrawFn) -> list[str]:
    return [f"{kind}-{number}" for number in range(draw(st.integers(0, 3)))]


def _period(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    return (last, first) if first and last and last < first else (first, last)


@st.composite
def registers(draw: st.DrawFn, slug: str = "liw") -> Register:
    """Any register whose references hold and whose periods run forwards."""
    partner_uids, diagnosis_uids = _uids("partner", draw), _uids("diagnosis", draw)
    problem_uids, project_uids = _uids("problem", draw), _uids("project", draw)
    node_uids = _uids("node", draw)
    partners = tuple(
        Partner(
            uid,
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            Membership(draw(TEXTS), draw(st.none() | DAYS), draw(st.none() | DAYS), draw(CODES)),
            draw(st.none() | BOOLEANS),
            draw(st.none() | BOOLEANS),
            draw(CODES),
            draw(BOOLEANS),
        )
        for uid in partner_uids
    )
    diagnoses = tuple(Diagnosis(uid, draw(TEXTS), *_period(draw), draw(CODES)) for uid in diagnosis_uids)
    problems = tuple(
        Problem(
            uid,
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            draw(CODES),
            draw(RATINGS),
            draw(RATINGS),
            draw(RATINGS),
            draw(st.none() | TEXTS),
            draw(st.none() | DAYS),
            draw(_one_of(diagnosis_uids)),
        )
        for uid in problem_uids
    )
    fundings = st.lists(
        st.builds(Funding, TEXTS, st.none() | AMOUNTS, st.none() | st.integers(1990, 2100)), max_size=3
    ).map(tuple)
    projects = tuple(
        Project(
            uid,
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            *_period(draw),
            draw(_one_of(partner_uids)),
            draw(_some_of(partner_uids)),
            draw(_some_of(problem_uids)),
            draw(fundings),
            draw(st.none() | AMOUNTS),
            draw(TEXTS),
            draw(_some_of(node_uids)),
            draw(CODES),
            draw(TEXTS),
            draw(TEXTS),
            draw(MEASURES),
            draw(MEASURES),
            draw(MEASURES),
            draw(st.none() | DAYS),
            draw(st.none() | DAYS),
            draw(st.none() | BOOLEANS),
        )
        for uid in project_uids
    )
    activities = tuple(
        Activity(
            uid,
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            first,
            draw(st.none() | st.dates(first, date(2101, 1, 1))),
            draw(TEXTS),
            draw(TEXTS),
            draw(CODES),
            draw(st.none() | st.integers(0, 10**6)),
            draw(_some_of(partner_uids)),
            draw(_one_of(project_uids)),
            draw(_some_of(problem_uids)),
        )
        for uid in _uids("activity", draw)
        for first in [draw(DAYS)]
    )
    partnership = Partnership(
        slug,
        draw(TEXTS),
        draw(st.lists(st.builds(Territory, TEXTS, TEXTS), max_size=2).map(tuple)),
        draw(st.none() | DAYS),
        draw(TEXTS),
        draw(TEXTS),
        draw(st.none() | st.builds(Rules, TEXTS, st.none() | DAYS, TEXTS)),
    )
    nodes = tuple(
        TreeNode(uid, draw(TEXTS), draw(TEXTS), draw(_some_of(problem_uids)), draw(_some_of(node_uids)))
        for uid in node_uids
    )
    return Register(partnership, partners, diagnoses, problems, projects, activities, nodes)
