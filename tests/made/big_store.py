"""A store of the size that speed is promised for: the sample data and so many answers beside them."""

from datetime import UTC, date, datetime

import numpy as np
import numpy.typing as npt

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.sample.loading import load_sample
from etl.sample.templates import load_templates
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.model import Question, Questionnaire, QuestionType, Wave, WaveMode
from surveys.questionnaires import load_questionnaire

_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_ANSWERED = 0.94


def fill_store(store: Store, *, answers: int = 500_000, seed: int = 1) -> int:
    """Load the sample data and one large wave for each of its partnerships.

    Args:
        store: with an up-to-date, empty schema.
        answers: at least so many rows of answers beside those of the sample, spread evenly.
        seed: of what people say.

    Returns:
        Rows of answers written beside those of the sample.
    """
    load_sample(store)
    chance = np.random.default_rng(seed)
    questionnaire = load_questionnaire("residents")
    partnerships = load_templates().partnerships
    per_person = invent_answers(questionnaire, 1000, chance).answer_count / 1000
    people = int(np.ceil(answers / len(partnerships) / per_person * 1.01))
    written = 0
    for profile in partnerships:
        survey = invent_answers(questionnaire, people, chance)
        with store.write() as connection:
            write_survey_batch(
                connection,
                actor=Actor.at_machine(),
                wave=Wave(
                    profile.slug, "duzy", "Duży pomiar", questionnaire.slug, questionnaire.version, WaveMode.ONLINE
                ),
                survey=survey,
                source="google_forms",
                file_name="duzy.csv",
                content_hash=f"duzy-{profile.slug}",
                report=Report(),
                rows_read=people,
                rows_rejected=0,
                clock=lambda: _NOW,
            )
        written += survey.answer_count
    return written


def invent_answers(questionnaire: Questionnaire, people: int, chance: np.random.Generator) -> SurveyAnswers:
    """Return answers of so many people, made at once for everybody."""
    return SurveyAnswers(
        questionnaire=questionnaire,
        joined=questionnaire,
        answers=tuple(_answer(question, people, chance) for question in questionnaire.questions),
        source_rows=range(2, people + 2),
        submitted_on=[date(2026, 5, 1 + number % 28) for number in range(people)],
    )


def _answer(question: Question, people: int, chance: np.random.Generator) -> QuestionAnswers:
    who = np.flatnonzero(chance.random(people) < _ANSWERED).astype(np.int32)
    if question.type is QuestionType.TEXT:
        some = who[::4].tolist()
        return _collect(question, who[:0], who[:0], some, ["Ludzie sobie pomagają."] * len(some))
    if question.type is QuestionType.MULTIPLE:
        most = min(question.max_choices or 3, len(question.choices))
        # The options with the smallest of as many random numbers: different ones for each person.
        ranked = np.argpartition(chance.random((len(who), len(question.choices))), most - 1, axis=1)[:, :most]
        return _collect(question, np.repeat(who, most), np.sort(ranked, axis=1).ravel())
    return _collect(question, who, chance.integers(0, len(question.choices), len(who)))


def _collect(
    question: Question,
    people: npt.NDArray[np.int32],
    choices: npt.NDArray[np.int_],
    text_people: list[int] | None = None,
    texts: list[str] | None = None,
) -> QuestionAnswers:
    numbers = np.full(len(people), np.nan)
    return QuestionAnswers(question, -1, people, choices.astype(np.int32), numbers, text_people or (), texts or ())
