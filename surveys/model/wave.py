"""When and whom it was asked: a wave (pomiar) of a questionnaire in one partnership."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WaveMode(StrEnum):
    """How answers were collected."""

    PAPER = "paper"
    ONLINE = "online"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class PopulationKind(StrEnum):
    """Whom a measurement asked."""

    RESIDENTS = "residents"
    YOUTH = "youth"
    PARTNERS = "partners"
    PARTICIPANTS = "participants"  # of an activity
    OTHER = "other"  # said in words


class SampleKind(StrEnum):
    """How people came into the sample."""

    CONVENIENCE = "convenience"
    RANDOM = "random"
    CENSUS = "census"


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """Whom a measurement asked and how they came into it; what nobody wrote down is ``None`` or empty.

    Attributes:
        population: the kind of people.
        who: who could take part, in the partnership's own words ("dorośli mieszkańcy gminy").
        sampling: how people came into the sample.
        population_count: people there are.
        invited_count: people who were asked to answer.
    """

    population: PopulationKind | None = None
    who: str = ""
    sampling: SampleKind | None = None
    population_count: int | None = None
    invited_count: int | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """One measurement: a questionnaire asked in a partnership in a period.

    Attributes:
        slug: unique inside the partnership; its name in addresses and commands.
        questionnaire: slug; version: version of the questionnaire asked.
        diagnosis: uid of the diagnosis it belongs to, ``None`` when none is named.
        responses: number of people who answered.
        fieldwork: whom it asked.
    """

    partnership: str
    slug: str
    name: str
    questionnaire: str
    version: str
    mode: WaveMode = WaveMode.UNKNOWN
    opened_on: date | None = None
    closed_on: date | None = None
    diagnosis: str | None = None
    responses: int = 0
    fieldwork: Fieldwork = Fieldwork()
