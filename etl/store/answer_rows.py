"""Rows of answers, at the driver's own speed: responses, ticks, numbers, open texts, and the counts beside them."""

from collections.abc import Callable
from math import isnan

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, update

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store.counting import COUNT_COLUMNS, CountedQuestion, CountRow, count_wave
from etl.store.engine import insert_numbers, insert_rows
from etl.store.questionnaires import StoredQuestionnaire
from etl.store.row_marks import RowMarks
from etl.store.schema_operations import import_batch
from surveys.model import QuestionType


def insert_responses(
    connection: Connection, survey: SurveyAnswers, wave_id: int, batch_id: int, first_no: int, marks: RowMarks
) -> None:
    """Write one row per respondent, numbered from ``first_no``, with what it is known by; their batch counts them."""
    days = [None if day is None else day.isoformat() for day in survey.submitted_on]
    numbers = range(first_no, first_no + survey.people_count)
    durations = survey.durations or [None] * survey.people_count
    rows = list(zip(numbers, survey.source_rows, days, durations, marks.keys, marks.hashes.tolist(), strict=True))
    columns = ("response_no", "source_row", "submitted_on", "duration_seconds", "source_key", "row_hash")
    insert_rows(connection, "response", columns, rows, shared={"wave_id": wave_id, "batch_id": batch_id})
    connection.execute(
        update(import_batch)
        .where(import_batch.c.id == batch_id)
        .values(rows_standing=import_batch.c.rows_standing + len(rows))
    )


def insert_answers(
    connection: Connection,
    survey: SurveyAnswers,
    stored: StoredQuestionnaire,
    wave_id: int,
    first_no: int,
    progress: Callable[[float], None],
) -> None:
    """Write every answer, question by question in the order of the store's key.

    Args:
        connection: writing connection.
        survey: the answers.
        stored: row ids of its questionnaire.
        wave_id: row of the wave.
        first_no: number of the first respondent.
        progress: takes the share that is written; what it raises breaks the import off.
    """
    by_id = sorted(survey.answers, key=lambda answers: stored.questions[answers.question.name])
    total, done = max(1, survey.answer_count), 0
    for answers in by_id:
        question_id = stored.questions[answers.question.name]
        key: dict[str, int] = {"wave_id": wave_id, "question_id": question_id}
        _insert_ticks(connection, answers, choice_ids(answers, stored), first_no, key)
        texts = [(person + first_no, text) for person, text in zip(answers.text_people, answers.texts, strict=True)]
        insert_rows(connection, "open_answer", ("response_no", "text"), texts, shared=key)
        done += answers.answer_count
        progress(done / total)


def choice_ids(answers: QuestionAnswers, stored: StoredQuestionnaire) -> npt.NDArray[np.int64]:
    """Return row ids of a question's choices, in their order; the last element, for a number, is 0."""
    name = answers.question.name
    return np.array([*(stored.choices[name, choice.code] for choice in answers.question.choices), 0], dtype=np.int64)


def _insert_ticks(
    connection: Connection,
    answers: QuestionAnswers,
    ids: npt.NDArray[np.int64],
    first_no: int,
    key: dict[str, int],
) -> None:
    people, chosen = answers.people + first_no, ids[answers.choices]
    if (answers.choices < 0).any() or answers.question.type is QuestionType.RANKING:
        # A number alone, or an option with its place; a kind of missing that was said has no number.
        numbers = [None if isnan(number) else number for number in answers.numbers.tolist()]
        columns = ("response_no", "choice_id", "number")
        rows = list(zip(people.tolist(), chosen.tolist(), numbers, strict=True))
        insert_rows(connection, "answer", columns, rows, shared=key)
        return
    insert_numbers(connection, "answer", {"response_no": people, "choice_id": chosen}, shared=key)


def insert_counts(connection: Connection, survey: SurveyAnswers, stored: StoredQuestionnaire, wave_id: int) -> None:
    """Write the counts of a wave that holds these answers only."""
    insert_rows(connection, "choice_count", COUNT_COLUMNS, _count(survey, stored), shared={"wave_id": wave_id})


def add_counts(connection: Connection, survey: SurveyAnswers, stored: StoredQuestionnaire, wave_id: int) -> None:
    """Add these answers to the counts of their wave: what it costs does not grow with those that stand there."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    connection.exec_driver_sql(
        f"INSERT INTO choice_count (wave_id, {', '.join(COUNT_COLUMNS)}) "  # noqa: S608 # names of the schema
        f"VALUES ({', '.join([mark] * (len(COUNT_COLUMNS) + 1))}) "
        "ON CONFLICT (wave_id, question_id, choice_id, profile_choice_id) "
        "DO UPDATE SET people_count = choice_count.people_count + excluded.people_count",
        [(wave_id, *row) for row in _count(survey, stored)],
    )


def _count(survey: SurveyAnswers, stored: StoredQuestionnaire) -> list[CountRow]:
    questions = [
        CountedQuestion(
            id=stored.questions[answers.question.name],
            profile=answers.question.profile,
            choice_ids=choice_ids(answers, stored)[:-1],
            missing=np.array([choice.missing is not None for choice in answers.question.choices], dtype=bool),
            people=answers.people.astype(np.int64),
            choices=answers.choices.astype(np.int64),
            text_people=np.array(answers.text_people, dtype=np.int64),
        )
        for answers in survey.answers
    ]
    return list(count_wave(questions, survey.people_count))
