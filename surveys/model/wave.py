"""When it was asked: a wave (pomiar) of a questionnaire in one partnership."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WaveMode(StrEnum):
    """How answers were collected."""

    PAPER = "paper"
    ONLINE = "online"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wave:
    """One measurement: a questionnaire asked in a partnership in a period.

    Attributes:
        slug: unique inside the partnership; its name in addresses and commands.
        questionnaire: slug; version: version of the questionnaire asked.
        diagnosis: uid of the diagnosis it belongs to, ``None`` when none is named.
        responses: number of people who answered.
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
