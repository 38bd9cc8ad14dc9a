"""A large invented store, to measure speed with: hundreds of partnerships with registers and measurements.

The same seed gives the same store. It is written partnership by partnership: no more than one measurement's answers
are ever held in memory.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import numpy as np
import numpy.typing as npt

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.sample.generating import invent_register
from etl.sample.templates import Profile, load_templates
from etl.store.engine import Store
from etl.store.register_writing import write_register
from etl.store.scope import Actor
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.language.folding import slugify
from surveys.model import Question, Questionnaire, QuestionType, Wave, WaveMode
from surveys.questionnaires import load_questionnaire
from surveys.vocabulary import load
from surveys.vocabulary.areas import AreaKind

_AUTHOR = Actor(name="sample", machine=True)
_VOIVODESHIP = "14"
_NEWEST_YEAR, _YEARS_APART = 2026, 2
_NEWEST_DAY = date(_NEWEST_YEAR, 5, 31)
_ANSWERED = 0.94
# Sizes of the measurements, in turn: some partnerships ask many people, others few.
_SIZES = (0.4, 0.7, 1.0, 1.3, 1.6)
_SETTINGS = {AreaKind.DISTRICT: "city", AreaKind.URBAN: "town", AreaKind.URBAN_RURAL: "town", AreaKind.RURAL: "village"}
_FLAVOUR = 0.8  # how far partnerships differ, on the logarithm of what is felt
_MODES = (WaveMode.PAPER, WaveMode.ONLINE, WaveMode.MIXED)
_THIN = 34  # people of a thin measurement: enough for percents


@dataclass(frozen=True, slots=True)
class LargePlan:
    """How large a store is made.

    Attributes:
        partnerships: up to as many gminas and districts as Mazovia has.
        waves: measurements of each.
        answers: rows of answers in all, about; ``None`` for as few as still give percents: a few dozen people in each
            measurement, who tick one problem and one group and leave out the rest.
    """

    partnerships: int = 300
    waves: int = 5
    answers: int | None = 10_000_000


def load_large(
    store: Store,
    plan: LargePlan,
    *,
    seed: int = 1,
    progress: Callable[[float], None] = lambda _share: None,
) -> int:
    """Fill a store and return how many rows of answers it holds.

    Args:
        store: with an up-to-date, empty schema.
        plan: how large.
        seed: of everything that is invented.
        progress: takes the share that is written.
    """
    questionnaire = load_questionnaire("residents")
    per_person = _count_answers(_answer(questionnaire, 400, np.random.default_rng(0), _even(questionnaire))) / 400
    mean = _THIN if plan.answers is None else max(1.0, plan.answers / plan.partnerships / plan.waves / per_person)
    written = 0
    for number, profile in enumerate(invent_profiles(plan.partnerships)):
        chance = np.random.default_rng((seed, number))
        people = _THIN if plan.answers is None else max(1, round(mean * _SIZES[number % len(_SIZES)]))
        flavours = _flavour(questionnaire, chance)
        with store.write() as connection:
            write_register(connection, invent_register(profile, f"large-{seed}"), None)
            for wave in _plan_waves(profile, plan.waves, questionnaire, chance):
                answers = (
                    _answer_thinly(questionnaire, people, chance, flavours)
                    if plan.answers is None
                    else _answer(questionnaire, people, chance, flavours)
                )
                survey = _gather(questionnaire, answers, people, wave)
                write_survey_batch(
                    connection,
                    actor=_AUTHOR,
                    wave=wave,
                    survey=survey,
                    source="google_forms",
                    file_name=f"{wave.partnership}-{wave.slug}.csv",
                    content_hash=hashlib.sha256(f"{wave.partnership}/{wave.slug}".encode()).hexdigest(),
                    report=Report(),
                    rows_read=people,
                    rows_rejected=0,
                    clock=partial(datetime.combine, wave.closed_on or _NEWEST_DAY, time(12, tzinfo=UTC)),
                )
                written += survey.answer_count
        progress((number + 1) / plan.partnerships)
    return written


def invent_profiles(count: int) -> Iterator[Profile]:
    """Yield so many partnerships, one for each gmina or district of Mazovia, in order of their codes."""
    templates = load_templates().partnerships
    by_setting = {setting: [one for one in templates if one.setting == setting] for setting in _SETTINGS.values()}
    areas = [area for area in load().areas.gminas if area.voivodeship_code == _VOIVODESHIP]
    # Spread over the voivodeship, whatever their number.
    chosen = sorted({round(place * (len(areas) - 1) / max(1, count - 1)) for place in range(count)})
    taken: set[str] = set()
    for number, place in enumerate(chosen):
        area = areas[place]
        alike = by_setting[_SETTINGS[area.kind]]
        slug = slugify(area.name)
        slug = slug if slug not in taken else f"{slug}-{area.teryt}"
        taken.add(slug)
        yield replace(
            alike[number % len(alike)],
            slug=slug,
            name=area.name if slug == slugify(area.name) else f"{area.name} ({area.powiat})",
            teryt=area.teryt,
            area="",
            waves=(),
        )


def _plan_waves(
    profile: Profile, count: int, questionnaire: Questionnaire, chance: np.random.Generator
) -> Iterator[Wave]:
    for number in range(count):
        year = _NEWEST_YEAR - _YEARS_APART * (count - 1 - number)
        opened = date(year, 3, 1) + timedelta(days=int(chance.integers(0, 60)))
        yield Wave(
            partnership=profile.slug,
            slug=f"pomiar-{year}",
            name=f"Ankieta mieszkańców {year}",
            questionnaire=questionnaire.slug,
            version=questionnaire.version,
            mode=_MODES[int(chance.integers(0, len(_MODES)))],
            opened_on=opened,
            closed_on=opened + timedelta(days=27),
        )


Flavours = dict[str, npt.NDArray[np.float64]]


def _even(questionnaire: Questionnaire) -> Flavours:
    return {question.name: np.zeros(len(question.choices)) for question in questionnaire.questions}


def _flavour(questionnaire: Questionnaire, chance: np.random.Generator) -> Flavours:
    """What is felt in a partnership: the logarithm of how often each option is chosen, against an even chance."""
    return {
        question.name: chance.normal(0, _FLAVOUR, size=len(question.choices)) for question in questionnaire.questions
    }


def _answer(
    questionnaire: Questionnaire, people: int, chance: np.random.Generator, flavours: Flavours
) -> tuple[QuestionAnswers, ...]:
    return tuple(
        _tick(question, np.flatnonzero(chance.random(people) < _ANSWERED), chance, flavours, _most(question))
        for question in questionnaire.questions
    )


def _answer_thinly(
    questionnaire: Questionnaire, people: int, chance: np.random.Generator, flavours: Flavours
) -> tuple[QuestionAnswers, ...]:
    """One tick of everybody in the questions about problems and groups, nothing in the others."""
    everybody, nobody = np.arange(people), np.arange(0)
    return tuple(
        _tick(question, everybody if question.vocabulary is not None else nobody, chance, flavours, 1)
        for question in questionnaire.questions
    )


def _most(question: Question) -> int:
    return (question.max_choices or 3) if question.type is QuestionType.MULTIPLE else 1


def _tick(
    question: Question,
    who: npt.NDArray[np.int64],
    chance: np.random.Generator,
    flavours: Flavours,
    most: int,
) -> QuestionAnswers:
    """Let people tick different options, those with more flavour more often (the largest of Gumbel's numbers)."""
    options = len(question.choices)
    if not options or not len(who):
        return _collect(question, who[:0], who[:0])
    most = min(most, options)
    felt = flavours[question.name] + chance.gumbel(size=(len(who), options))
    best = np.argpartition(-felt, most - 1, axis=1)[:, :most] if most < options else felt.argsort(axis=1)
    return _collect(question, np.repeat(who, most), np.sort(best, axis=1).ravel())


def _collect(question: Question, people: npt.NDArray[np.int64], choices: npt.NDArray[np.int64]) -> QuestionAnswers:
    numbers = np.full(len(people), np.nan)
    return QuestionAnswers(question, -1, people.astype(np.int32), choices.astype(np.int32), numbers)


def _gather(
    questionnaire: Questionnaire, answers: tuple[QuestionAnswers, ...], people: int, wave: Wave
) -> SurveyAnswers:
    opened = wave.opened_on or _NEWEST_DAY
    return SurveyAnswers(
        questionnaire=questionnaire,
        joined=questionnaire,
        answers=answers,
        source_rows=range(2, people + 2),
        submitted_on=[opened + timedelta(days=number % 28) for number in range(people)],
    )


def _count_answers(answers: tuple[QuestionAnswers, ...]) -> int:
    return sum(one.answer_count for one in answers)
