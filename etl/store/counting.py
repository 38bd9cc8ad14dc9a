"""Counts kept beside the answers: per question, option and option of the profile. One way of counting for all.

How many people a measurement has is kept too, import by import (``import_batch.rows_standing``). A file's first import
counts its arrays; a wave that a second file joins, or that loses one, is counted anew from the store, question by
question.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, select, update

from etl.answers import COUNTED_PROFILES
from etl.store import schema as s
from etl.store.engine import insert_rows
from etl.store.schema_operations import import_batch

Ints = npt.NDArray[np.int64]
CountRow = tuple[int, int, int, int]
COUNT_COLUMNS = ("question_id", "choice_id", "profile_choice_id", "people_count")


@dataclass(frozen=True)
class CountedQuestion:
    """Answers to one question, ready to be counted.

    Attributes:
        id: row of the question.
        profile: part of the respondent profile, ``None`` for other questions.
        choice_ids: rows of its options.
        missing: which of them are kinds of missing.
        people: respondent of each answer; any numbers from 0 up.
        choices: as long: place in ``choice_ids``, −1 for a number.
        text_people: respondents who wrote something.
    """

    id: int
    profile: str | None
    choice_ids: Ints
    missing: npt.NDArray[np.bool_]
    people: Ints
    choices: Ints
    text_people: Ints

    def find_valid(self, last_person: int) -> Ints:
        """Return the respondents with a real answer, each once; ``last_person`` is the largest number of one."""
        gave = np.zeros(last_person + 1, dtype=bool)
        # −1, a number, reaches the last element: not missing.
        gave[self.people[~np.append(self.missing, False)[self.choices]]] = True  # an element, not a switch
        gave[self.text_people] = True
        return np.flatnonzero(gave)


def count_wave(questions: Iterable[CountedQuestion], last_person: int) -> Iterator[CountRow]:
    """Yield the rows of ``choice_count`` for questions of a wave (`COUNT_COLUMNS`).

    Per question: the base (choice 0), also when it is 0, and every option that somebody chose; for everybody
    (profile choice 0) and for every option of the profile questions.

    Args:
        questions: all questions that were asked.
        last_person: the largest number of a respondent.
    """
    asked = list(questions)
    profiles = [
        (_profile_of_people(question, last_person), question.choice_ids)
        for question in asked
        if question.profile in COUNTED_PROFILES and len(question.choice_ids)
    ]
    for question in asked:
        valid = question.find_valid(last_person)
        chosen = question.choices >= 0
        people, choices = question.people[chosen], question.choices[chosen]
        yield question.id, 0, 0, len(valid)
        totals = np.bincount(choices, minlength=len(question.choice_ids))
        for place in np.flatnonzero(totals).tolist():
            yield question.id, int(question.choice_ids[place]), 0, int(totals[place])
        for profile, profile_ids in profiles:
            yield from _count_by_profile(question, profile, profile_ids, valid, people, choices)


def _profile_of_people(question: CountedQuestion, last_person: int) -> Ints:
    """Return each respondent's option of a profile question, −1 for none; kinds of missing are none."""
    kept = (question.choices >= 0) & ~np.append(question.missing, True)[question.choices]  # an element
    profile = np.full(last_person + 1, -1, dtype=np.int64)
    profile[question.people[kept]] = question.choices[kept]
    return profile


def _count_by_profile(  # one question against one of the profile, as arrays
    question: CountedQuestion, profile: Ints, profile_ids: Ints, valid: Ints, people: Ints, choices: Ints
) -> Iterator[CountRow]:
    groups, width = len(profile_ids), len(question.choice_ids)
    bases = np.bincount(profile[valid] + 1, minlength=groups + 1)[1:]
    for group in np.flatnonzero(bases).tolist():
        yield question.id, 0, int(profile_ids[group]), int(bases[group])
    if not len(choices):
        return
    known = profile[people] >= 0
    pairs = np.bincount(profile[people[known]] * width + choices[known], minlength=groups * width)
    for pair in np.flatnonzero(pairs).tolist():
        group, place = divmod(pair, width)
        yield question.id, int(question.choice_ids[place]), int(profile_ids[group]), int(pairs[pair])


def recount_wave(connection: Connection, wave_id: int, asked: Iterable[int] = ()) -> None:
    """Replace a wave's rows of ``choice_count``, and the people its imports count, by what its answers say.

    Args:
        connection: writing connection; the counts change in the transaction of the answers.
        wave_id: row of the wave.
        asked: questions that were asked; with those counted so far they get a base even when nobody answered.
    """
    counted = s.choice_count.c
    known = connection.execute(select(counted.question_id).where(counted.wave_id == wave_id).distinct()).scalars()
    wanted = sorted({*known, *asked})
    last = connection.execute(
        select(s.response.c.response_no)
        .where(s.response.c.wave_id == wave_id)
        .order_by(s.response.c.response_no.desc())
        .limit(1)
    ).scalar()
    connection.execute(delete(s.choice_count).where(counted.wave_id == wave_id))
    questions = [_read_question(connection, wave_id, question_id) for question_id in wanted]
    rows = list(count_wave(questions, last or 0))
    insert_rows(connection, "choice_count", COUNT_COLUMNS, rows, shared={"wave_id": wave_id})
    standing = select(func.count()).select_from(s.response).where(s.response.c.batch_id == import_batch.c.id)
    connection.execute(
        update(import_batch)
        .where(import_batch.c.wave_id == wave_id)
        .values(rows_standing=standing.correlate(import_batch).scalar_subquery())
    )


def _read_question(connection: Connection, wave_id: int, question_id: int) -> CountedQuestion:
    options = connection.execute(
        select(s.choice.c.id, s.choice.c.missing_kind)
        .where(s.choice.c.question_id == question_id)
        .order_by(s.choice.c.id)
    ).all()
    ids = np.array([row.id for row in options], dtype=np.int64)
    answer, written = s.answer.c, s.open_answer.c
    rows = connection.execute(
        select(answer.response_no, answer.choice_id).where(answer.wave_id == wave_id, answer.question_id == question_id)
    )
    # One flat run of numbers: an array of rows would ask each row what it is.
    given = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 2)
    texts = connection.execute(
        select(written.response_no).where(written.wave_id == wave_id, written.question_id == question_id)
    ).scalars()
    return CountedQuestion(
        id=question_id,
        profile=connection.execute(select(s.question.c.profile).where(s.question.c.id == question_id)).scalar(),
        choice_ids=ids,
        missing=np.array([row.missing_kind is not None for row in options], dtype=bool),
        people=given[:, 0],
        choices=np.where(given[:, 1] == 0, -1, np.searchsorted(ids, given[:, 1])),
        text_people=np.array(list(texts), dtype=np.int64),
    )
