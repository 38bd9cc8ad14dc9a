"""Counting a wave anew from its answers: when a second file joins it, and when an import is undone."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, literal, select, union

from etl.answers import COUNTED_PROFILES
from etl.store import schema as s


def recount_wave(connection: Connection, wave_id: int, asked: Iterable[int] = ()) -> None:
    """Replace a wave's rows of ``choice_count`` by what its answers say.

    Args:
        connection: writing connection; the counts change in the transaction of the answers.
        wave_id: row of the wave.
        asked: questions that were asked; they get a base even when nobody gave a valid answer.
    """
    counted = s.choice_count.c
    bases = connection.execute(
        select(counted.question_id).where(
            counted.wave_id == wave_id, counted.choice_id == 0, counted.profile_choice_id == 0
        )
    ).scalars()
    wanted = {*bases, *asked}
    connection.execute(delete(s.choice_count).where(counted.wave_id == wave_id))
    answer, valid = s.answer.c, _valid_answers(wave_id)
    count = func.count()
    connection.execute(
        insert(s.choice_count).from_select(
            list(s.choice_count.c),
            select(answer.wave_id, answer.question_id, answer.choice_id, literal(0), count)
            .where(answer.wave_id == wave_id, answer.choice_id != 0)
            .group_by(answer.wave_id, answer.question_id, answer.choice_id),
        )
    )
    connection.execute(
        insert(s.choice_count).from_select(
            list(s.choice_count.c),
            select(literal(wave_id), valid.c.question_id, literal(0), literal(0), count).group_by(valid.c.question_id),
        )
    )
    _count_by_profile(connection, wave_id)
    present = set(
        connection.execute(
            select(counted.question_id).where(
                counted.wave_id == wave_id, counted.choice_id == 0, counted.profile_choice_id == 0
            )
        ).scalars()
    )
    nobody = [
        {"wave_id": wave_id, "question_id": question, "choice_id": 0, "profile_choice_id": 0, "people_count": 0}
        for question in sorted(wanted - present)
    ]
    if nobody:
        connection.execute(insert(s.choice_count), nobody)


def _valid_answers(wave_id: int):  # type: ignore[no-untyped-def] # SQLAlchemy's type of a union's subquery has no short name
    """Who gave a real answer to which question, each once: options, numbers and open texts, no kinds of missing."""
    answer, written = s.answer.c, s.open_answer.c
    chosen = (
        select(answer.question_id, answer.response_no)
        .join_from(s.answer, s.choice, s.choice.c.id == answer.choice_id, isouter=True)
        .where(answer.wave_id == wave_id, s.choice.c.missing_kind.is_(None))
    )
    texts = select(written.question_id, written.response_no).where(written.wave_id == wave_id)
    return union(chosen, texts).subquery()


def _count_by_profile(connection: Connection, wave_id: int) -> None:
    profile_answer = s.answer.alias("profile_answer")
    profile_choice = s.choice.alias("profile_choice")
    of_profile = (
        select(profile_answer.c.response_no, profile_answer.c.choice_id)
        .join_from(profile_answer, s.question, s.question.c.id == profile_answer.c.question_id)
        .join(profile_choice, profile_choice.c.id == profile_answer.c.choice_id)
        .where(
            profile_answer.c.wave_id == wave_id,
            s.question.c.profile.in_(COUNTED_PROFILES),
            profile_choice.c.missing_kind.is_(None),
        )
        .subquery()
    )
    answer, valid, count = s.answer.c, _valid_answers(wave_id), func.count()
    for counted in (
        select(literal(wave_id), answer.question_id, answer.choice_id, of_profile.c.choice_id, count)
        .join_from(s.answer, of_profile, of_profile.c.response_no == answer.response_no)
        .where(answer.wave_id == wave_id, answer.choice_id != 0)
        .group_by(answer.question_id, answer.choice_id, of_profile.c.choice_id),
        select(literal(wave_id), valid.c.question_id, literal(0), of_profile.c.choice_id, count)
        .join_from(valid, of_profile, of_profile.c.response_no == valid.c.response_no)
        .group_by(valid.c.question_id, of_profile.c.choice_id),
    ):
        connection.execute(insert(s.choice_count).from_select(list(s.choice_count.c), counted))
