"""A large measurement of two or three questions and nothing else, so that a million people are made fast."""

import numpy as np

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.model import Choice, Question, Questionnaire, QuestionType, Wave

TRUST = Question(
    "trust", QuestionType.SCALE, "Czy ufa Pan/Pani sąsiadom?", "Do you trust your neighbours?",
    (*(Choice(f"t{point}", f"punkt {point}", f"point {point}") for point in range(1, 6)),
     Choice("dont_know", "Trudno powiedzieć", "Hard to say", missing="dont_know")),
)  # fmt: skip
AGE = Question(
    "age", QuestionType.SINGLE, "Wiek", "Age",
    tuple(Choice(f"a{number}", f"grupa {number}", f"group {number}") for number in range(1, 7)), profile="age",
)  # fmt: skip
NEEDS = Question(
    "needs", QuestionType.MULTIPLE, "Czego brakuje?", "What is missing?",
    tuple(Choice(f"n{number}", f"rzecz {number}", f"thing {number}") for number in range(1, 16)), max_choices=3,
)  # fmt: skip
_ANSWERED = 0.94


def invent_two_questions(
    people: int, *, seed: int = 1, questions: tuple[Question, ...] = (TRUST, AGE), again: bool = False
) -> SurveyAnswers:
    """Return answers of so many people to the questions above; six in a hundred leave each out.

    Args:
        people: how many.
        seed: of what they say.
        questions: asked.
        again: the questionnaire is in the store already.
    """
    chance = np.random.default_rng(seed)
    questionnaire = Questionnaire("dwa-pytania", "1", "Dwa pytania", questions=questions, partnership="liw")
    return SurveyAnswers(
        questionnaire=questionnaire,
        joined=questionnaire if again else None,
        answers=tuple(_answer(question, people, chance) for question in questions),
        source_rows=range(2, people + 2),
        submitted_on=[None] * people,
    )


def load_answers(store: Store, survey: SurveyAnswers, *, slug: str = "duzy", partnership: str = "liw") -> None:
    """Load answers as a measurement of a partnership that is in the store."""
    wave = Wave(partnership, slug, "Duży pomiar", survey.questionnaire.slug, survey.questionnaire.version)
    with store.write() as connection:
        write_survey_batch(
            connection, actor=Actor.at_machine(), wave=wave, survey=survey, source="google_forms",
            file_name="duzy.csv", content_hash=f"{slug}-{survey.people_count}", report=Report(),
            rows_read=survey.people_count, rows_rejected=0, keep_both=True,
        )  # fmt: skip


def _answer(question: Question, people: int, chance: np.random.Generator) -> QuestionAnswers:
    who = np.flatnonzero(chance.random(people) < _ANSWERED).astype(np.int32)
    if question.type is QuestionType.MULTIPLE:
        ranked = np.argpartition(chance.random((len(who), len(question.choices))), 2, axis=1)[:, :3]
        people_of, choices = np.repeat(who, 3), np.sort(ranked, axis=1).ravel()
    else:
        people_of, choices = who, chance.integers(0, len(question.choices), len(who))
    return QuestionAnswers(question, -1, people_of, choices.astype(np.int32), np.full(len(people_of), np.nan))
