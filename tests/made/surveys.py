"""Made surveys with known counts: so many people, so many of them for each problem."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.model import Choice, Fieldwork, PopulationKind, Question, Questionnaire, QuestionType, Wave


def answer_question(question: Question, counts: Mapping[str, int], people: int) -> QuestionAnswers:
    """Let people tick options one after another, and begin anew with the first person after the last."""
    places = {choice.code: place for place, choice in enumerate(question.choices)}
    ticks = []
    for code, count in counts.items():
        first = len(ticks)
        ticks += [((first + step) % people, places[code]) for step in range(count)]
    assert question.type is QuestionType.MULTIPLE or len(ticks) <= people, "one answer each"
    ticks.sort()
    return QuestionAnswers(
        question=question,
        column=0,
        people=np.array([person for person, _ in ticks], dtype=np.int32),
        choices=np.array([place for _, place in ticks], dtype=np.int32),
        numbers=np.full(len(ticks), np.nan),
    )


def make_question(labels: Mapping[str, str], *, kind: QuestionType = QuestionType.MULTIPLE) -> Question:
    """Return a question about problems, whose options are codes of the list (or own words)."""
    return Question(
        name="main_problems",
        type=kind,
        text_pl="Które problemy są najbardziej dotkliwe?",
        choices=tuple(Choice(code, label) for code, label in labels.items()),
        vocabulary="problems",
    )


def load_survey_of(
    partnership: str,
    *,
    people: int,
    counts: Mapping[str, int],
    slug: str = "pomiar-2025",
    name: str = "Ankieta 2025",
    opened_on: date | None = date(2025, 3, 1),
    question: Question | None = None,
    nobody: Sequence[str] = (),
    people_asked: PopulationKind | None = None,
) -> Callable[[Store], None]:
    """Return what puts a survey of one question into a store.

    Args:
        partnership: slug; it is in the store already.
        people: respondents.
        counts: people by code of a problem.
        slug, name: of the wave.
        opened_on: day of every answer.
        question: instead of the one about problems made of ``counts``.
        nobody: further options that nobody ticked.
        people_asked: ``None`` when nobody wrote it down.
    """
    asked = question or make_question({code: code for code in (*counts, *nobody)})
    questionnaire = Questionnaire(f"{partnership}-{slug}", "1", "Ankieta", questions=(asked,), partnership=partnership)
    survey = SurveyAnswers(
        questionnaire=questionnaire,
        joined=None,
        answers=(answer_question(asked, counts, people),),
        source_rows=range(2, people + 2),
        submitted_on=[opened_on] * people,
    )
    wave = Wave(partnership, slug, name, questionnaire.slug, questionnaire.version, fieldwork=Fieldwork(people_asked))

    def load(store: Store) -> None:
        with store.write() as connection:
            write_survey_batch(
                connection,
                actor=Actor.at_machine(),
                wave=replace(wave, opened_on=opened_on),
                survey=survey,
                source="google_forms",
                file_name="ankieta.csv",
                content_hash=hashlib.sha256(f"{partnership}/{slug}".encode()).hexdigest(),
                report=Report(),
                rows_read=people,
                rows_rejected=0,
            )

    return load
