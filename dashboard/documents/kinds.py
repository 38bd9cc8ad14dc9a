"""The shapes of documents that people need, each as its list of chapters.

* ``full``: the whole diagnosis.
* ``srps``: the diagnostic part of a strategy of solving social problems. Art. 16b(2) of the Polish act of 12 March 2004
  on social assistance wants a diagnosis of the social situation, with what entities of the social economy can do in
  social services, a forecast of changes, and goals, directions of action, ways with their financial frame, and
  indicators; art. 16b(3) wants the social services. What only people can write there is asked of them.
* ``cus``: the diagnosis of needs and potential of the local community in social services, which the act of 19 July 2019
  on centres of social services asks of every centre.
* ``lsr``: the parts of a local development strategy that a diagnosis carries, as Regulation (EU) 2021/1060 has them for
  community-led local development: area and population, involvement of the community, analysis of needs and potential,
  objectives.
* ``gpr``: the detailed diagnosis of a communal revitalisation programme (act of 9 October 2015 on revitalisation):
  negative phenomena of art. 9(1) in five spheres, and local potentials.
* ``grant``: the justification in an application for a grant: the need, whom it concerns, what is done, what is lacking.
* ``brief``: two pages for residents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dashboard.documents.chapters_in_brief import (
    tell_brief_actions,
    tell_brief_asked,
    tell_brief_partnership,
    tell_brief_problems,
    tell_summary,
)
from dashboard.documents.chapters_of_decisions import tell_brief_decisions, tell_decisions
from dashboard.documents.chapters_of_mirrors import tell_mirrors
from dashboard.documents.chapters_of_people import (
    tell_groups_in_need,
    tell_potential,
    tell_profile,
    tell_residents,
)
from dashboard.documents.chapters_of_place import (
    tell_limits,
    tell_method,
    tell_official,
    tell_partnership,
    tell_reading,
    tell_sources,
)
from dashboard.documents.chapters_of_time import tell_time
from dashboard.documents.chapters_of_work import (
    tell_actions,
    tell_causes,
    tell_gaps,
    tell_groups,
    tell_problems,
    tell_resources,
    tell_results,
    tell_services,
    tell_social_economy,
    tell_spheres,
)
from dashboard.documents.content import Block
from dashboard.documents.material import Material

Tell = Callable[[Material], list[Block]]


class Kind(StrEnum):
    """A shape of document."""

    FULL = "full"
    SRPS = "srps"
    CUS = "cus"
    LSR = "lsr"
    GPR = "gpr"
    GRANT = "grant"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of a shape.

    Attributes:
        key: of its title, and of the organisation's own paragraphs.
        tellers: make its blocks from the material, one after another.
        level: 1 for a chapter, 2 for a part of the one before.
        asks: people have to write something here that no data say.
        told_suffices: what data say is enough, and nothing is asked where they say something.
        may_lack: a part without blocks is left out.
    """

    key: str
    tellers: tuple[Tell, ...] = ()
    level: int = 1
    asks: bool = False
    told_suffices: bool = False
    may_lack: bool = False


_SUMMARY = Part("summary", (tell_summary,))
_BASIS = Part("basis", asks=True)
_PARTNERSHIP = Part("partnership", (tell_partnership,))
_METHOD = Part("method", (tell_method,))
_PROFILE = Part("profile", (tell_profile,), level=2, may_lack=True)
_OFFICIAL = Part("official", (tell_official,))
_RESIDENTS = Part("residents", (tell_residents,))
_TIME = Part("time", (tell_time,), level=2)
_PROBLEMS = Part("problems", (tell_problems,))
_CAUSES = Part("causes", (tell_causes,), level=2, may_lack=True)
_GROUPS = Part("groups", (tell_groups_in_need, tell_groups))
_RESOURCES = Part("resources", (tell_resources,))
_POTENTIAL = Part("potential", (tell_potential,), level=2, may_lack=True)
_ACTIONS = Part("actions", (tell_actions,))
_RESULTS = Part("results", (tell_results,), level=2)
_GAPS = Part("gaps", (tell_gaps,))
_GOALS = Part("goals", asks=True)
_MIRRORS = Part("mirrors", (tell_mirrors,), may_lack=True)
_SERVICES = Part("services", (tell_services,))
_DECISIONS = Part("decisions", (tell_decisions,), may_lack=True)
_LIMITS = Part("limits", (tell_limits,))
_SOURCES = Part("sources", (tell_sources,))
_END = (_LIMITS, _SOURCES)

PARTS: dict[Kind, tuple[Part, ...]] = {
    Kind.FULL: (
        _SUMMARY, _PARTNERSHIP, _METHOD, _PROFILE, _OFFICIAL, _RESIDENTS, _TIME, _PROBLEMS, _CAUSES, _MIRRORS,
        _GROUPS, _RESOURCES, _POTENTIAL, _ACTIONS, _RESULTS, _GAPS, _DECISIONS, Part("conclusions", asks=True), *_END,
    ),
    Kind.SRPS: (
        _SUMMARY, _BASIS, _PARTNERSHIP, _METHOD, _PROFILE, _OFFICIAL, _RESIDENTS, _PROBLEMS, _CAUSES, _MIRRORS,
        _GROUPS, _RESOURCES, _SERVICES, Part("social_economy", (tell_social_economy,), asks=True), _ACTIONS, _GAPS,
        Part("forecast", (tell_time,), asks=True), _DECISIONS, _GOALS,
        Part("ways", asks=True),
        Part("indicators", (tell_results,), asks=True), *_END,
    ),
    Kind.CUS: (
        _SUMMARY, _BASIS, _PARTNERSHIP, _METHOD, _PROFILE, _SERVICES, _RESIDENTS, _GROUPS,
        _OFFICIAL, _MIRRORS, _RESOURCES, _POTENTIAL, _ACTIONS, _GAPS, _DECISIONS,
        Part("consultation", asks=True), *_END,
    ),
    Kind.LSR: (
        _SUMMARY, _BASIS, _PARTNERSHIP, Part("involvement", (tell_method,), asks=True), _PROFILE, _OFFICIAL, _PROBLEMS,
        _RESIDENTS, _MIRRORS, _GROUPS, _RESOURCES, _POTENTIAL, _ACTIONS, _GAPS, _DECISIONS, _GOALS, *_END,
    ),
    Kind.GPR: (
        _SUMMARY, _BASIS, _METHOD, _PROFILE, Part("area", asks=True), Part("spheres", (tell_spheres,)), _OFFICIAL,
        _RESIDENTS, _PROBLEMS, _CAUSES, _MIRRORS, _GROUPS, _RESOURCES, _POTENTIAL, _ACTIONS, _GAPS, _DECISIONS, _GOALS,
        *_END,
    ),
    Kind.GRANT: (
        Part("need", (tell_summary,), asks=True), Part("evidence", (tell_brief_problems,)),
        Part("groups", (tell_groups_in_need, tell_groups)), Part("actions", (tell_brief_actions,)), _GAPS,
        Part("goals", asks=True), Part("partnership", (tell_brief_partnership,)), _LIMITS,
        Part("sources", (tell_sources, tell_reading)),
    ),
    Kind.BRIEF: (
        Part("brief_problems", (tell_brief_problems,)), Part("brief_groups", (tell_groups_in_need,), may_lack=True),
        Part("brief_actions", (tell_brief_actions,)),
        Part("brief_next", (tell_brief_decisions,), asks=True, told_suffices=True),
        Part("brief_partnership", (tell_brief_partnership,)),
        Part("brief_asked", (tell_brief_asked,)),
    ),
}  # fmt: skip

# Shapes of a few pages: their chapters have no numbers and no contents.
SHORT = frozenset({Kind.BRIEF, Kind.GRANT})
# Shapes that end with the tables behind their figures.
WITH_TABLES = frozenset({Kind.FULL, Kind.SRPS, Kind.CUS, Kind.LSR, Kind.GPR})


def own_sections(kind: Kind) -> tuple[Part, ...]:
    """Return the parts that the organisation may add paragraphs to: all of them."""
    return PARTS[kind]
