"""Rows of surveys: questionnaires, waves, responses, answers, and the counts kept beside them.

Bricks for whoever writes surveys inside this room; rights, batches and findings are theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, insert, select, text

from etl.store import schema as s
from etl.store.engine import insert_rows
from surveys.model import Question, Questionnaire, Wave

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class QuestionnaireIds:
    """Ids of a questionnaire's rows: questions by name, options by question's name and code."""

    id: int
    questions: dict[str, int] = field(default_factory=dict)
    choices: dict[tuple[str, str], int] = field(default_factory=dict)


def ensure_questionnaire(
    connection: Connection, questionnaire: Questionnaire, partnership_id: int | None
) -> QuestionnaireIds:
    """Return the ids of a version of a questionnaire; it is written when it is not there.

    Args:
        connection: writing connection.
        questionnaire: one version.
        partnership_id: row of the partnership it belongs to, ``None`` for one shipped with the program.
    """
    if connection.dialect.name == "postgresql":
        # Two first imports at once would both find none: NULL partnerships are not unique to the database.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('questionnaire'))"))
    found = connection.execute(
        select(s.questionnaire.c.id).where(
            s.questionnaire.c.slug == questionnaire.slug,
            s.questionnaire.c.version == questionnaire.version,
            s.questionnaire.c.partnership_id.is_not_distinct_from(partnership_id),
        )
    ).scalar()
    if found is None:
        found = _insert_questionnaire(connection, questionnaire, partnership_id)
    return read_questionnaire_ids(connection, found)


def read_questionnaire_ids(connection: Connection, questionnaire_id: int) -> QuestionnaireIds:
    """Return the ids of a questionnaire's questions and options."""
    ids = QuestionnaireIds(questionnaire_id)
    rows = connection.execute(
        select(s.question.c.name, s.question.c.id, s.choice.c.code, s.choice.c.id.label("choice_id"))
        .join_from(s.question, s.choice, s.choice.c.question_id == s.question.c.id, isouter=True)
        .where(s.question.c.questionnaire_id == questionnaire_id)
    )
    for row in rows:
        ids.questions[row.name] = row.id
        if row.choice_id is not None:
            ids.choices[row.name, row.code] = row.choice_id
    return ids


def insert_wave(connection: Connection, partnership_id: int, wave: Wave, questionnaire_id: int) -> int:
    """Write a wave and return its id; its diagnosis is found by uid.

    Raises:
        IntegrityError: the partnership has a wave of that slug.
    """
    diagnosis = select(s.diagnosis.c.id).where(
        s.diagnosis.c.partnership_id == partnership_id, s.diagnosis.c.uid == wave.diagnosis
    )
    values = {
        "partnership_id": partnership_id,
        "slug": wave.slug,
        "name": wave.name,
        "questionnaire_id": questionnaire_id,
        "diagnosis_id": connection.execute(diagnosis).scalar(),
        "mode": wave.mode.value,
        "opened_on": wave.opened_on,
        "closed_on": wave.closed_on,
    }
    wave_id: int = connection.execute(insert(s.wave).values(values).returning(s.wave.c.id)).scalar_one()
    return wave_id


def insert_responses(
    connection: Connection,
    wave_id: int,
    batch_id: int,
    submitted_on: Sequence[date | None],
    *,
    first_source_row: int = 2,
) -> None:
    """Write the responses 1, 2, … of a wave; their rows in the file follow each other."""
    rows: list[tuple[object, ...]] = [
        (wave_id, number, batch_id, first_source_row + number - 1, day.isoformat() if day else None)
        for number, day in enumerate(submitted_on, 1)
    ]
    columns = ("wave_id", "response_no", "batch_id", "source_row", "submitted_on")
    insert_rows(connection, "response", columns, rows)


def insert_answers(
    connection: Connection,
    wave_id: int,
    ids: QuestionnaireIds,
    answers: Mapping[str, Sequence[tuple[int, str]]],
    texts: Mapping[str, Sequence[tuple[int, str]]],
) -> None:
    """Write answers, question by question, so that one question lies in one piece.

    Args:
        connection: writing connection.
        wave_id: row of the wave; its responses have been written.
        ids: of its questionnaire.
        answers: question name → (number of the response, code of the option).
        texts: question name → (number of the response, what was written).
    """
    rows: list[tuple[object, ...]] = []
    for name, listed in answers.items():
        question_id = ids.questions[name]
        rows += [(wave_id, question_id, number, ids.choices[name, code]) for number, code in listed]
    insert_rows(connection, "answer", ("wave_id", "question_id", "response_no", "choice_id"), rows)
    written: list[tuple[object, ...]] = [
        (wave_id, ids.questions[name], number, said) for name, listed in texts.items() for number, said in listed
    ]
    insert_rows(connection, "open_answer", ("wave_id", "question_id", "response_no", "text"), written)


def recount_wave(connection: Connection, wave_id: int) -> None:
    """Count a wave's answers anew: options and base, for everybody and for each option of the profile questions.

    Every question of the questionnaire has a base, 0 when nobody answered. Counted here and not by the database:
    its plans for the same counts take many times longer on SQLite.
    """
    connection.execute(delete(s.choice_count).where(s.choice_count.c.wave_id == wave_id))
    asked = connection.execute(
        select(s.question.c.id, s.question.c.profile)
        .join_from(s.question, s.wave, s.wave.c.questionnaire_id == s.question.c.questionnaire_id)
        .where(s.wave.c.id == wave_id)
    ).all()
    missing = _column(
        connection.execute(
            select(s.choice.c.id)
            .join_from(s.choice, s.question)
            .join(s.wave, s.wave.c.questionnaire_id == s.question.c.questionnaire_id)
            .where(s.wave.c.id == wave_id, s.choice.c.missing_kind.is_not(None))
        ).all()
    )
    answers = select(s.answer.c.question_id, s.answer.c.choice_id, s.answer.c.response_no)
    said = _columns(connection.execute(answers.where(s.answer.c.wave_id == wave_id)).all(), 3)
    open_answers = select(s.open_answer.c.question_id, s.open_answer.c.response_no)
    written = _columns(connection.execute(open_answers.where(s.open_answer.c.wave_id == wave_id)).all(), 2)
    # A real answer: an option that is no kind of missing, a number (choice 0), a text.
    real = said[:, [0, 2]][~np.isin(said[:, 1], missing)]
    valid = np.unique(np.concatenate([real, written]), axis=0)
    bases = np.column_stack([valid[:, 0], np.zeros(len(valid), dtype=np.int64), valid[:, 1]])
    counted = np.concatenate([bases, said[said[:, 1] != 0]])
    profile_questions = [row.id for row in asked if row.profile is not None]
    profile = said[np.isin(said[:, 0], profile_questions) & (said[:, 1] != 0)]
    rows: list[tuple[object, ...]] = [(wave_id, *count) for count in _count(counted, 0)]
    rows += [(wave_id, question_id, 0, 0, 0) for question_id in {row.id for row in asked} - set(bases[:, 0].tolist())]
    for choice_id in np.unique(profile[:, 1]).tolist():
        people = profile[profile[:, 1] == choice_id, 2]
        rows += [(wave_id, *count) for count in _count(counted[np.isin(counted[:, 2], people)], choice_id)]
    columns = ("wave_id", "question_id", "choice_id", "profile_choice_id", "people_count")
    insert_rows(connection, "choice_count", columns, rows)


def _count(counted: Ids, profile_choice_id: int) -> list[tuple[int, int, int, int]]:
    """Count people by question and option."""
    pairs, counts = np.unique(counted[:, :2], axis=0, return_counts=True)
    return [
        (question_id, choice_id, profile_choice_id, count)
        for (question_id, choice_id), count in zip(pairs.tolist(), counts.tolist(), strict=True)
    ]


def _columns(rows: Sequence[Sequence[Any]], width: int) -> Ids:
    return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, width)


def _column(rows: Sequence[Sequence[Any]]) -> Ids:
    return _columns(rows, 1)[:, 0]


def _insert_questionnaire(connection: Connection, questionnaire: Questionnaire, partnership_id: int | None) -> int:
    questionnaire_id: int = connection.execute(
        insert(s.questionnaire)
        .values(
            slug=questionnaire.slug,
            version=questionnaire.version,
            title_pl=questionnaire.title_pl,
            title_en=questionnaire.title_en,
            partnership_id=partnership_id,
        )
        .returning(s.questionnaire.c.id)
    ).scalar_one()
    rows = [
        _question_row(question, position) | {"questionnaire_id": questionnaire_id}
        for position, question in enumerate(questionnaire.questions)
    ]
    made = connection.execute(insert(s.question).returning(s.question.c.id, s.question.c.name), rows)
    question_ids = {row.name: row.id for row in made}
    choices = [
        {
            "question_id": question_ids[question.name],
            "position": position,
            "code": choice.code,
            "label_pl": choice.label_pl,
            "label_en": choice.label_en,
            "missing_kind": choice.missing,
            "is_other": choice.is_other,
        }
        for question in questionnaire.questions
        for position, choice in enumerate(question.choices)
    ]
    if choices:
        connection.execute(insert(s.choice), choices)
    return questionnaire_id


def _question_row(question: Question, position: int) -> dict[str, object]:
    return {
        "position": position,
        "name": question.name,
        "type": question.type.value,
        "text_pl": question.text_pl,
        "text_en": question.text_en,
        "battery": question.battery,
        "vocabulary": question.vocabulary,
        "profile": question.profile,
        "max_choices": question.max_choices,
    }
