"""The sample data as values: thirteen registers, made of templates by a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.sample.activities import invent_activities
from etl.sample.answers import SampleWave, invent_waves
from etl.sample.chance import Chance
from etl.sample.partner_answers import invent_partner_surveys
from etl.sample.partners import invent_partners
from etl.sample.problems import invent_diagnoses, invent_problems
from etl.sample.projects import invent_projects
from etl.sample.results import add_results
from etl.sample.templates import Profile, load_templates
from etl.sample.trees import invent_trees
from surveys.model import Partnership, Register, Rules, Territory

SEED = "partnerstwa-2026"
_INVENTED = "Dane zmyślone, do wypróbowania programu."
_RULES_COVER = "cele, członkostwo, Zespół Koordynacyjny, sposób podejmowania decyzji"


@dataclass(frozen=True, slots=True)
class SamplePartnership:
    """One invented partnership with its surveys of residents and of partners, the first one of each first."""

    register: Register
    waves: tuple[SampleWave, ...]
    of_partners: tuple[SampleWave, ...] = ()

    @property
    def surveys(self) -> tuple[SampleWave, ...]:
        """All surveys in the order in which they came."""
        return tuple(sorted((*self.waves, *self.of_partners), key=lambda one: one.wave.opened_on or date.min))


def generate_sample(seed: str = SEED) -> Iterator[SamplePartnership]:
    """Make the sample partnerships, one after another; the same seed makes the same.

    Each partnership and each part of it draws from a source of its own, so that a change of one template does not
    change everything else.
    """
    for profile in load_templates().partnerships:
        register = invent_register(profile, seed)
        yield SamplePartnership(
            register,
            invent_waves(profile, register.problems, seed),
            invent_partner_surveys(profile, register, seed),
        )


def invent_register(profile: Profile, seed: str) -> Register:
    """Return the invented register of a partnership: partners, problems with their trees, projects, activities."""

    def chance(part: str) -> Chance:
        return Chance(seed, profile.slug, part)

    partners = invent_partners(profile, chance("partners"))
    diagnoses = invent_diagnoses(profile, chance("diagnoses"))
    problems = invent_problems(profile, diagnoses, chance("problems"))
    projects = invent_projects(profile, partners, problems, chance("projects"))
    nodes = invent_trees(problems, chance("trees"))
    return Register(
        partnership=_partnership(profile),
        partners=tuple(one.partner for one in partners),
        diagnoses=diagnoses,
        problems=problems,
        projects=add_results(projects, nodes, chance("results")),
        activities=invent_activities(profile, partners, problems, projects, chance("activities")),
        tree_nodes=nodes,
    )


def _partnership(profile: Profile) -> Partnership:
    return Partnership(
        slug=profile.slug,
        name=profile.name,
        territory=(Territory(profile.teryt, profile.area),),
        founded_on=profile.founded_on,
        aims=f"{profile.aims} ({_INVENTED})",
        rules=None if profile.rules is None else Rules(*profile.rules, covers=_RULES_COVER),
        sample=True,
    )
