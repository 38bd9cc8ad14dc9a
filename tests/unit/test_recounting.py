"""Counting a wave anew gives what was counted when its answers were written."""

from sqlalchemy import delete, select, update

from etl.store import schema as s
from etl.store.counting import recount_wave
from tests.made.big_store import fill_store


def counts(connection, wave_id):
    return set(connection.execute(select(s.choice_count).where(s.choice_count.c.wave_id == wave_id)).all())


def test_every_wave_is_recounted_to_what_it_was(store):
    fill_store(store, answers=20_000)
    with store.write() as connection:
        waves = connection.execute(select(s.wave.c.id)).scalars().all()
        for wave_id in waves:
            before = counts(connection, wave_id)
            asked = {row[1] for row in before}
            connection.execute(
                update(s.choice_count).where(s.choice_count.c.wave_id == wave_id).values(people_count=999_999)
            )
            recount_wave(connection, wave_id)
            assert counts(connection, wave_id) == before
            connection.execute(delete(s.choice_count).where(s.choice_count.c.wave_id == wave_id))
            recount_wave(connection, wave_id, asked)
            assert counts(connection, wave_id) == before
    assert len(waves) > 25


def test_a_question_that_nobody_answers_any_longer_keeps_its_base_of_nobody(store):
    fill_store(store, answers=2_000)
    with store.write() as connection:
        wave_id, question_id = connection.execute(
            select(s.choice_count.c.wave_id, s.choice_count.c.question_id)
        ).first()
        connection.execute(delete(s.answer).where(s.answer.c.wave_id == wave_id, s.answer.c.question_id == question_id))
        recount_wave(connection, wave_id)
        kept = [row for row in counts(connection, wave_id) if row[1] == question_id]
    assert kept == [(wave_id, question_id, 0, 0, 0)]
