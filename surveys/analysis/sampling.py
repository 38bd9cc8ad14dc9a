"""What an interval covers depends on how people came into the sample.

A random sample of a small population is surer than of a large one, and a census (every partner asked, every partner
answered) has no sampling error at all. Most local surveys are of convenience: whoever came, whoever clicked. Their
intervals cover chance only, not who was never reached, and the method note has to say so.
"""

from surveys.analysis.uncertainty import wilson_interval
from surveys.language.numerals import format_number, format_percent
from surveys.language.texts import Language, load_catalogue
from surveys.model import Fieldwork, PopulationKind, SampleKind

# Of a smaller part of everybody the correction is not made: it changes a width by less than 3 % (Cochran 1977, 2.6).
LEAST_PART = 0.05
_CATALOGUE = "surveys.language.catalogues"
_RESIDENTS = Fieldwork(PopulationKind.RESIDENTS, sampling=SampleKind.CONVENIENCE)
_PARTNERS = Fieldwork(PopulationKind.PARTNERS, sampling=SampleKind.CENSUS)
# What the questionnaires of the program are made for; who asks otherwise says so.
_USUAL = {
    "residents": _RESIDENTS,
    "residents-short": _RESIDENTS,
    "youth": Fieldwork(PopulationKind.YOUTH, sampling=SampleKind.CONVENIENCE),
    "activity": Fieldwork(PopulationKind.PARTICIPANTS, sampling=SampleKind.CONVENIENCE),
    "partners": _PARTNERS,
    "cooperation": _PARTNERS,
}


def usual_fieldwork(questionnaire: str) -> Fieldwork:
    """Return whom a questionnaire is usually put to, by its slug; nothing is known of a partnership's own one."""
    return _USUAL.get(questionnaire, Fieldwork())


def share_interval(
    count: float,
    n: float,
    kind: SampleKind = SampleKind.CONVENIENCE,
    population: float | None = None,
    confidence: float = 0.95,
    *,
    people: float | None = None,
) -> tuple[float, float] | None:
    """Return the interval of a share, as far as the sample has one.

    Args:
        count: people with the answer.
        n: people who answered, above 0; effective ones where they are weighted.
        kind: of the sample; the correction for a finite population is for random samples alone.
        population: people there are, where known; at least ``n``.
        confidence: between 0 and 1.
        people: who answered, where ``n`` are effective ones.

    Returns:
        Lower and upper bound; ``None`` for a census. A random sample of everybody leaves nothing open: both bounds
        are the share.

    Raises:
        ValueError: when more people answered than there are.

    Source: W. G. Cochran, Sampling Techniques (1977), section 3.2: the standard error shrinks by √((N − n)/(N − 1)),
    which is an effective base of n·(N − 1)/(N − n).
    """
    if kind is SampleKind.CENSUS:
        return None
    if kind is SampleKind.CONVENIENCE or population is None:
        return wilson_interval(count, n, confidence)
    answered = n if people is None else people
    if answered > population:
        raise ValueError("more people answered than there are")
    share = count / n
    if answered == population:
        return share, share
    effective = n * (population - 1) / (population - answered)
    return wilson_interval(min(share * effective, effective), effective, confidence)


def describe_sample(kind: SampleKind, language: Language) -> str:
    """Return the sentence on what the intervals cover, for the method note."""
    return _say(kind.value, language)


def describe_correction(population: int, language: Language) -> str:
    """Return the sentence on intervals that are narrower because much of a small population answered.

    Args:
        population: people there are.
        language: to say it in.
    """
    return _say("corrected", language, count=format_number(population, language))


def name_population(population: object, who: object) -> str:
    """Return whom a measurement asked as the gate of comparisons compares it; empty when nobody wrote it down.

    Args:
        population: value of `PopulationKind`, or nothing.
        who: the partnership's own words; they tell other people apart, but not residents of one place from another.
    """
    kind = str(population) if isinstance(population, str) else ""
    words = str(who) if isinstance(who, str) else ""
    return words if kind in {"", PopulationKind.OTHER} and words else kind


def is_corrected(people: float, kind: SampleKind | None, population: float | None) -> bool:
    """Return whether intervals are narrower because a large part of everybody was drawn and answered.

    Args:
        people: who answered.
        kind: of the sample, ``None`` when nobody wrote it down.
        population: people there are, ``None`` when unknown; fewer than ``people`` cannot be right.
    """
    drawn = kind is SampleKind.RANDOM and population is not None
    return drawn and population is not None and LEAST_PART * population < people <= population


def is_whole(people: float, kind: SampleKind | None, population: float | None) -> bool:
    """Return whether everybody there is was asked and answered, so that nothing is left to chance."""
    return kind is SampleKind.CENSUS and population == people


def sampled_interval(
    count: float,
    n: float,
    kind: SampleKind | None,
    population: float | None,
    *,
    people: float | None = None,
    confidence: float = 0.95,
) -> tuple[float, float] | None:
    """Return the interval of a share as far as what was written down of the sample carries it.

    Args:
        count: people with the answer; ``n``: people who answered (effective ones where they are weighted).
        n: see above.
        kind: of the sample, ``None`` when nobody wrote it down: then nothing is made surer.
        population: people there are, ``None`` when unknown; one smaller than those who answered cannot be right and is
            not used. Of a group the people it is estimated to have (`group_population`).
        people: who answered, where ``n`` are effective ones.
        confidence: between 0 and 1.

    Returns:
        Lower and upper bound; ``None`` when everybody there is answered. A census that some did not answer is treated
        like any other sample: they may think otherwise.
    """
    answered = n if people is None else people
    if is_whole(answered, kind, population):
        return None
    corrected = is_corrected(answered, kind, population)
    usual = SampleKind.RANDOM if corrected else SampleKind.CONVENIENCE
    return share_interval(count, n, usual, population, confidence, people=answered)


def group_population(people: int, answered: int, population: int | None) -> float | None:
    """Return how many people a group is estimated to have, by its part of those who answered.

    Within a group those drawn are a random sample of it; how many it has nobody wrote down.

    Args:
        people: of the group who answered.
        answered: of all groups together.
        population: people there are, ``None`` when unknown.

    Source: W. G. Cochran, Sampling Techniques (1977), section 2.13 (subpopulations of unknown size).
    """
    return None if population is None or not answered else people * population / answered


def describe_fieldwork(fieldwork: Fieldwork, people: int | None, language: Language) -> str:
    """Return whom a measurement asked, for the method note: population, sample, how many were asked and answered.

    Args:
        fieldwork: what was written down.
        people: who took part; ``None`` where that is not to be told.
        language: to say it in.
    """
    parts = []
    if fieldwork.population is not None:
        named = _say(f"population.{fieldwork.population.value}", language)
        parts.append(_say("asked_who", language, population=named, who=fieldwork.who) if fieldwork.who else named)
    elif fieldwork.who:
        parts.append(_say("who_only", language, who=fieldwork.who))
    else:
        parts.append(_say("population.unknown", language))
    parts.append(_say(f"kind.{fieldwork.sampling.value if fieldwork.sampling else 'unknown'}", language))
    if fieldwork.population_count is not None:
        parts.append(_say("of_people", language, count=format_number(fieldwork.population_count, language)))
    if fieldwork.invited_count:
        invited = format_number(fieldwork.invited_count, language)
        if people is not None and people <= fieldwork.invited_count:
            rate = format_percent(people / fieldwork.invited_count, language)
            parts.append(
                _say("response_rate", language, invited=invited, people=format_number(people, language), rate=rate)
            )
        else:
            parts.append(_say("invited", language, invited=invited))
    return " ".join(parts)


def _say(key: str, language: Language, /, **facts: object) -> str:
    return load_catalogue(_CATALOGUE).say(f"sampling.{key}", language, **facts)
