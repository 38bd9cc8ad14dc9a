"""Numbers and rankings of one question, added up by the database: who gave which stays there."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, func, select

from etl.store import schema as s
from etl.store.reading.packed_answers import Floats, Ints, find_questions, find_wave_id
from etl.store.reading.scope import Scope


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
    rows = connection.execute(
        select(answer.number, func.count())
        .where(answer.wave_id == wave_id, answer.question_id == asked.id, answer.choice_id == 0)
        .where(answer.number.is_not(None))
        .group_by(answer.number)
        .order_by(answer.number)
    ).all()
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
    rows = connection.execute(
        select(answer.choice_id, answer.number, func.count()).where(*mine).group_by(answer.choice_id, answer.number)
    ).all()
    base = connection.execute(select(func.count(answer.response_no.distinct())).where(*mine)).scalar() or 0
    known = [row for row in rows if row[1] is not None and row[1] >= 1]
    width = max((int(row[1]) for row in known), default=1)
    places = np.zeros((len(asked.options), width), dtype=np.int64)
    for choice_id, number, people in known:
        places[asked.option_ids.index(choice_id), int(number) - 1] += people
    return PlaceCounts(asked.options, places, int(base))
