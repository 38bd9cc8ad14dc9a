"""How many people a measurement has, from what is kept beside its answers: nobody counts respondents to say it."""

from sqlalchemy import ColumnElement, func, literal_column, select

from etl.store import schema as s
from etl.store.schema_operations import import_batch


def counts_everybody() -> ColumnElement[bool]:
    """Return the condition on `schema.choice_count` that a row counts everybody, not a part of the profile.

    The number stands in the statement itself: SQLite takes the index of those rows only when it can read it there.
    """
    return s.choice_count.c.profile_choice_id == literal_column("0")


def people_of_wave() -> ColumnElement[int]:
    """Return the number of people of a wave, for questions that select from `schema.wave`.

    Counts of paper have no respondents behind them: their largest base is all that is known of how many they were.
    """
    counted = s.choice_count.c
    of_imports = (
        select(func.sum(import_batch.c.rows_standing)).where(import_batch.c.wave_id == s.wave.c.id).correlate(s.wave)
    )
    largest_base = (
        select(func.max(counted.people_count))
        .where(counted.wave_id == s.wave.c.id, counted.choice_id == 0, counts_everybody())
        .correlate(s.wave)
    )
    return func.coalesce(func.nullif(of_imports.scalar_subquery(), 0), largest_base.scalar_subquery(), 0)
