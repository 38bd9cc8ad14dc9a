"""Numbers and rankings of one question, added up by the database: who gave which stays there."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, func, select

from etl.store import schema as s
from etl.store.reading.packed_answers import Floats, Ints, find_questions, find_wave_id
from etl.store.reading.scope import Scope
from etl.store.schema_results import number_count


@dataclass(frozen=True, slots=True, eq=False)
class NumberCounts:
    """Answers to a question that asks for a number.

    Attributes:
        values: distinct numbers, ascending.
        people: who gave each.
    """

    values: Floats
    people: Ints


@dataclass(frozen=True, slots=True, eq=False)
class PlaceCounts:
    """Answers to a ranking.

    Attributes:
        options: codes in the order shown.
        places: people [options × places] who put the option at the place, first place first.
        base: people who ranked anything.
    """

    options: tuple[str, ...]
    places: Ints
    base: int


def read_number_counts(
    connection: Connection, scope: Scope, partnership: str, wave: str, question: str
) -> NumberCounts:
    """Return how many people gave each number.

    Raises:
        LookupError: no such measurement or question in scope.
    """
    wave_id = find_wave_id(connection, scope, partnership, wave)
    asked = find_questions(connection, wave_id, [question])[question]
    answer = s.answer.c
    given = connection.execute(
        select(answer.number, func.count())
        .where(answer.wave_id == wave_id, answer.question_id == asked.id, answer.choice_id == 0)
        .where(answer.number.is_not(None))
        .group_by(answer.number)
        .order_by(answer.number)
    ).all()
    rows = [(row[0], row[1]) for row in given] or [row[1:] for row in _read_kept(connection, wave_id, asked.id)]
    return NumberCounts(
        np.array([row[0] for row in rows], dtype=float), np.array([row[1] for row in rows], dtype=np.int64)
    )


def read_place_counts(connection: Connection, scope: Scope, partnership: str, wave: str, question: str) -> PlaceCounts:
    """Return how many people put each option at each place.

    Raises:
        LookupError: no such measurement or question in scope.
    """
    wave_id = find_wave_id(connection, scope, partnership, wave)
    asked = find_questions(connection, wave_id, [question])[question]
    answer = s.answer.c
    mine = (answer.wave_id == wave_id, answer.question_id == asked.id, answer.choice_id.in_(asked.option_ids))
    given = connection.execute(
        select(answer.choice_id, answer.number, func.count()).where(*mine).group_by(answer.choice_id, answer.number)
    ).all()
    base = connection.execute(select(func.count(answer.response_no.distinct())).where(*mine)).scalar() or 0
    rows = [(row[0], row[1], row[2]) for row in given]
    if not rows:
        rows, base = _read_kept(connection, wave_id, asked.id), _read_base(connection, wave_id, asked.id)
    known = [row for row in rows if row[1] is not None and row[1] >= 1]
    width = max((int(row[1]) for row in known), default=1)
    places = np.zeros((len(asked.options), width), dtype=np.int64)
    for choice_id, number, people in known:
        places[asked.option_ids.index(choice_id), int(number) - 1] += people
    return PlaceCounts(asked.options, places, int(base))


def _read_kept(connection: Connection, wave_id: int, question_id: int) -> list[tuple[int, float, int]]:
    """Return option, number and people as they were kept when single answers were deleted, by number."""
    kept = number_count.c
    rows = connection.execute(
        select(kept.choice_id, kept.number, kept.people_count)
        .where(kept.wave_id == wave_id, kept.question_id == question_id)
        .order_by(kept.number)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _read_base(connection: Connection, wave_id: int, question_id: int) -> int:
    counted = s.choice_count.c
    return (
        connection.execute(
            select(counted.people_count).where(
                counted.wave_id == wave_id,
                counted.question_id == question_id,
                counted.choice_id == 0,
                counted.profile_choice_id == 0,
            )
        ).scalar()
        or 0
    )
