"""Invented respondents: who answers a survey of a mode in a setting."""

from dataclasses import dataclass

from etl.sample.chance import Chance
from surveys.privacy.durations import round_duration

AGES = ("18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
# Paper reaches older people, the internet younger ones.
_AGE_WEIGHTS = {
    "paper": (4, 8, 14, 17, 22, 22, 13),
    "mixed": (7, 13, 19, 18, 18, 16, 9),
    "online": (10, 20, 26, 20, 14, 8, 2),
}
_YOUNG = 2  # ages before this index count as young
_OLD = 5  # ages from this index on count as old


@dataclass(frozen=True, slots=True)
class Respondent:
    """One invented person.

    Attributes:
        gender, age, status: codes of the profile questions, ``None`` when left blank.
        generation: 0 young, 1 middle, 2 old: what the person is, whether said or not.
        parent: has children at home.
        trust: leaning to trust others, around 0.
        patience: 0–1; impatient people leave more questions blank.
    """

    gender: str | None
    age: str | None
    status: str | None
    generation: int
    parent: bool
    trust: float
    patience: float


def invent_respondent(setting: str, mode: str, chance: Chance) -> Respondent:
    """Return one person who answered."""
    age = chance.weighted(range(len(AGES)), _AGE_WEIGHTS[mode])
    generation = 0 if age < _YOUNG else 1 if age < _OLD else 2
    status = _status(age, setting, chance)
    gender = chance.weighted(("woman", "man", "other", "refused"), (0.61, 0.34, 0.01, 0.04))
    return Respondent(
        gender=gender if chance.happens(0.98) else None,
        age=("refused" if chance.happens(0.02) else AGES[age]) if chance.happens(0.98) else None,
        status=("refused" if chance.happens(0.03) else status) if chance.happens(0.97) else None,
        generation=generation,
        parent=1 <= age <= 3 and chance.happens(0.65),
        trust=chance.around(0, 1.6),
        patience=chance.share(),
    )


def invent_duration(person: Respondent, mode: str, chance: Chance) -> int | None:
    """Return the seconds somebody took, as they are kept: about a quarter of an hour, a few in a hurry; paper has none.

    Args:
        person: impatient people are faster, old ones slower.
        mode: of the survey; of a mixed one half came on paper.
        chance: a source of its own.
    """
    minutes = 9 + 5 * person.patience + 2 * person.generation + chance.around(0, 4)
    hurried, online = chance.happens(0.04), mode == "online" or (mode == "mixed" and chance.happens(0.5))
    return round_duration(60 * (minutes / 5 if hurried else minutes)) if online else None


def _status(age: int, setting: str, chance: Chance) -> str:
    if age >= _OLD:
        return "retired" if chance.happens(0.92) else "employed"
    if age == 0 and chance.happens(0.6):
        return "pupil"
    farmers = 0.16 if setting == "village" else 0.0
    retired = 0.25 if age == _OLD - 1 else 0.02
    return chance.weighted(
        ("employed", "farmer", "unemployed", "home", "retired", "other"), (0.68, farmers, 0.07, 0.09, retired, 0.03)
    )
