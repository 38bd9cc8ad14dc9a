"""Rows of answers, at the driver's own speed: responses, ticks, numbers, open texts, and the counts beside them."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from etl.answers import COUNTED_PROFILES, QuestionAnswers, SurveyAnswers, count_choices
from etl.store.engine import insert_rows
from etl.store.questionnaires import StoredQuestionnaire

CountRow = tuple[int, int, int, int, int]


def insert_responses(connection: Connection, survey: SurveyAnswers, wave_id: int, batch_id: int, first_no: int) -> None:
    """Write one row per respondent, numbered from ``first_no``."""
    days = [None if day is None else day.isoformat() for day in survey.submitted_on]
    numbers = range(first_no, first_no + survey.people_count)
    rows = list(zip(numbers, survey.source_rows, days, strict=True))
    columns = ("response_no", "source_row", "submitted_on")
    insert_rows(connection, "response", columns, rows, shared={"wave_id": wave_id, "batch_id": batch_id})


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
        key = {"wave_id": wave_id, "question_id": question_id}
        _insert_ticks(connection, answers, choice_ids(answers, stored), first_no, key)
        texts = [
            (person + first_no, text) for person, text in zip(answers.text_people, answers.texts, strict=True)
        ]
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
    key: dict[str, object],
) -> None:
    people, chosen = (answers.people + first_no).tolist(), ids[answers.choices].tolist()
    if (answers.choices < 0).any():
        # A kind of missing that was said stands among the numbers without one.
        numbers = [None if number != number else number for number in answers.numbers.tolist()]
        columns, rows = ("response_no", "choice_id", "number"), list(zip(people, chosen, numbers, strict=True))
        insert_rows(connection, "answer", columns, rows, shared=key)
        return
    rows_without = list(zip(people, chosen, strict=True))
    insert_rows(connection, "answer", ("response_no", "choice_id"), rows_without, shared=key)


def count_rows(survey: SurveyAnswers, stored: StoredQuestionnaire, wave_id: int) -> list[CountRow]:
    """Return the rows of ``choice_count`` for a wave that holds these answers only.

    Per question: the base (choice 0) and every option that somebody chose, for everybody (profile choice 0) and for
    every option of the profile questions.
    """
    profiles = [
        (_profile_of_people(answers, survey.people_count), choice_ids(answers, stored))
        for answers in survey.answers
        if answers.question.profile in COUNTED_PROFILES and answers.question.choices
    ]
    rows: list[CountRow] = []
    for answers in survey.answers:
        question_id = stored.questions[answers.question.name]
        ids = choice_ids(answers, stored)
        valid = answers.find_people_with_valid_answer()
        rows.append((wave_id, question_id, 0, 0, len(valid)))
        rows += [
            (wave_id, question_id, int(ids[place]), 0, count)
            for place, count in enumerate(count_choices(answers).tolist())
            if count
        ]
        chosen = answers.choices >= 0
        people, choices = answers.people[chosen], answers.choices[chosen]
        for profile, profile_ids in profiles:
            rows += _count_by_profile(profile, profile_ids, valid, people, choices, ids, wave_id, question_id)
    return rows


def _profile_of_people(answers: QuestionAnswers, people_count: int) -> npt.NDArray[np.int32]:
    """Return each respondent's option of a profile question, −1 for none; kinds of missing are none."""
    missing = np.array([choice.missing is not None for choice in answers.question.choices] + [True], dtype=bool)
    kept = ~missing[answers.choices]
    profile = np.full(people_count, -1, dtype=np.int32)
    profile[answers.people[kept]] = answers.choices[kept]
    return profile


def _count_by_profile(  # noqa: PLR0913, PLR0917 # one question against one profile question, as arrays
    profile: npt.NDArray[np.int32],
    profile_ids: npt.NDArray[np.int64],
    valid: npt.NDArray[np.int32],
    people: npt.NDArray[np.int32],
    choices: npt.NDArray[np.int32],
    ids: npt.NDArray[np.int64],
    wave_id: int,
    question_id: int,
) -> Iterator[CountRow]:
    groups = len(profile_ids) - 1
    bases = np.bincount(profile[valid] + 1, minlength=groups + 1)[1:]
    for group in np.flatnonzero(bases).tolist():
        yield wave_id, question_id, 0, int(profile_ids[group]), int(bases[group])
    if not len(choices):
        return
    width = len(ids)
    known = profile[people] >= 0
    pairs = np.bincount(profile[people[known]] * width + choices[known], minlength=groups * width)
    for pair in np.flatnonzero(pairs).tolist():
        group, place = divmod(pair, width)
        yield wave_id, question_id, int(ids[place]), int(profile_ids[group]), int(pairs[pair])


def insert_counts(connection: Connection, rows: Sequence[CountRow]) -> None:
    """Write rows of ``choice_count``."""
    columns = ("wave_id", "question_id", "choice_id", "profile_choice_id", "people_count")
    insert_rows(connection, "choice_count", columns, list(rows))
