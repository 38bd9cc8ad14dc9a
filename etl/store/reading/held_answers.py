"""Answers to a question that wait to be shown although the people who gave them count (`etl.store.waiting`)."""

from sqlalchemy import Connection, select

from etl.store import schema as s
from etl.store.superseding import ANSWERS


def read_held(connection: Connection, wave_id: int, question_id: int | None = None) -> dict[int, frozenset[int]]:
    """Return by question (row of the store) the responses that stand while their answers to it wait.

    Args:
        connection: reading connection.
        wave_id: row of the wave.
        question_id: of one question only.
    """
    held: dict[int, set[int]] = {}
    for _, aside in ANSWERS:
        found = (
            select(aside.c.question_id, aside.c.response_no)
            .join_from(
                aside,
                s.response,
                (s.response.c.wave_id == aside.c.wave_id) & (s.response.c.response_no == aside.c.response_no),
            )
            .where(aside.c.wave_id == wave_id)
        )
        if question_id is not None:
            found = found.where(aside.c.question_id == question_id)
        for row in connection.execute(found):
            held.setdefault(row.question_id, set()).add(row.response_no)
    return {question: frozenset(people) for question, people in held.items()}
