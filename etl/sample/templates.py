"""The invented contents out of ``content/*.toml``, as frozen values."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

SETTINGS = ("city", "town", "village")


@dataclass(frozen=True, slots=True)
class WavePlan:
    """A survey that a partnership made: year, number of questionnaires, mode."""

    year: int
    people: int
    mode: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a sample partnership is like.

    Attributes:
        setting: ``city``, ``town`` or ``village``.
        rules: version and day of adoption, ``None`` where it has no rules yet.
        counts: how many ``partners``, ``problems``, ``projects``, ``activities``.
        own_organisation: name of the organisation it founded, empty for none.
        partner_surveys: surveys among partners of what they see in their work.
        cooperation_surveys: surveys among partners of how they work together.
    """

    slug: str
    name: str
    teryt: str
    setting: str
    founded_on: date
    counts: dict[str, int]
    team_size: int
    waves: tuple[WavePlan, ...]
    aims: str
    area: str = ""
    rules: tuple[str, date] | None = None
    own_organisation: str = ""
    partner_surveys: tuple[WavePlan, ...] = ()
    cooperation_surveys: tuple[WavePlan, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerTemplate:
    """A kind of partner with invented names by setting."""

    kind: str
    weight: int
    contributes: bool
    themes: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    sector: str = ""
    lead: int = 0


@dataclass(frozen=True, slots=True)
class ProblemTemplate:
    """A problem in a partnership's own words; ``need`` 0–10 by setting."""

    code: str
    need: dict[str, int]
    groups: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    description: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a project counts: in what unit, how many before, and how many more (or fewer) after."""

    what: str
    unit: str
    before: tuple[int, int]
    change: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TreeTemplate:
    """The tree of one problem; a line is a name and the names it results from."""

    problem: str
    causes: tuple[tuple[str, ...], ...]
    effects: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ProjectTemplate:
    """A repair project; ``funding`` lists source and the usual lowest and highest amount of a year."""

    name: str
    themes: tuple[str, ...]
    problems: tuple[str, ...]
    lead: tuple[str, ...]
    funding: tuple[tuple[str, int, int], ...]
    months: tuple[int, int]
    description: str
    result: str
    measure: Measure
    where: tuple[str, ...] = SETTINGS
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityTemplate:
    """An activity; ``people`` is ``None`` where nobody counts them."""

    form: str
    theme: str
    names: tuple[str, ...]
    groups: tuple[str, ...]
    places: tuple[str, ...]
    problems: tuple[str, ...]
    where: tuple[str, ...] = SETTINGS
    months: tuple[int, ...] = tuple(range(1, 13))
    name_months: dict[str, tuple[int, ...]] = field(default_factory=dict)
    people: tuple[int, int] | None = None
    days: int = 1
    weight: int = 2
    yearly: bool = False
    monthly: bool = False


@dataclass(frozen=True, slots=True)
class Templates:
    """All invented contents."""

    partnerships: tuple[Profile, ...]
    partners: tuple[PartnerTemplate, ...]
    problems: tuple[ProblemTemplate, ...]
    projects: tuple[ProjectTemplate, ...]
    activities: tuple[ActivityTemplate, ...]
    trees: tuple[TreeTemplate, ...]


@cache
def load_templates() -> Templates:
    """Return the contents of the package."""
    return Templates(
        partnerships=tuple(_profile(table) for table in _tables("partnership")),
        partners=tuple(PartnerTemplate(**_frozen(_by_setting(table))) for table in _tables("partner")),
        problems=tuple(ProblemTemplate(**_frozen(_by_setting(table))) for table in _tables("problem")),
        projects=tuple(_project(table) for table in _tables("project")),
        activities=tuple(ActivityTemplate(**_frozen(table)) for table in _tables("activity", "activities")),
        trees=tuple(TreeTemplate(**_frozen(table)) for table in _tables("tree")),
    )


@cache
def load_leanings() -> dict[str, Any]:
    """Return what invented respondents lean to: section → question or option → numbers, as ``answers.toml`` says."""
    file = resources.files("etl.sample") / "content" / "answers.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _tables(name: str, plural: str | None = None) -> list[dict[str, Any]]:
    file = resources.files("etl.sample") / "content" / f"{plural or name + 's'}.toml"
    tables: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return tables


def _profile(table: dict[str, Any]) -> Profile:
    rules = table.pop("rules", None)
    waves, partner_surveys, cooperation_surveys = (
        tuple(WavePlan(**wave) for wave in table.pop(name, ()))
        for name in ("waves", "partner_surveys", "cooperation_surveys")
    )
    return Profile(
        **table,
        waves=waves,
        partner_surveys=partner_surveys,
        cooperation_surveys=cooperation_surveys,
        rules=(rules["version"], rules["adopted_on"]) if rules else None,
    )


def _project(table: dict[str, Any]) -> ProjectTemplate:
    measure = Measure(**_frozen(table.pop("measure")))
    return ProjectTemplate(**_frozen(table), measure=measure)


def _by_setting(table: dict[str, Any]) -> dict[str, Any]:
    """Names by setting; a setting without its own takes those of all."""
    everywhere = table.pop("names", [])
    names = {setting: table.pop(setting, everywhere) for setting in SETTINGS}
    return table | {"names": names}


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {name: _freeze(value) for name, value in table.items()}


def _freeze(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    return {name: _freeze(item) for name, item in value.items()} if isinstance(value, dict) else value
