"""Whom a measurement asked: kept with it, written down or corrected later by whoever may import."""

from datetime import datetime

from sqlalchemy import Connection, update

from etl.store import schema as s
from etl.store.audit import Author, record_action
from etl.store.reading.packed_answers import find_wave_id
from etl.store.reading.scope import Scope
from etl.store.scope import Action, Actor
from surveys.model import Fieldwork


def fieldwork_values(fieldwork: Fieldwork) -> dict[str, str | int | None]:
    """Return the columns of a measurement's row."""
    return {
        "population": fieldwork.population.value if fieldwork.population else None,
        "population_words": fieldwork.who,
        "sampling": fieldwork.sampling.value if fieldwork.sampling else None,
        "population_count": fieldwork.population_count,
        "invited_count": fieldwork.invited_count,
    }


def write_fieldwork(
    connection: Connection,
    actor: Actor,
    scope: Scope,
    partnership: str,
    wave: str,
    fieldwork: Fieldwork,
    *,
    now: datetime,
) -> None:
    """Write down whom a measurement asked.

    Args:
        connection: writing connection.
        actor: needs the right to import into the partnership.
        scope: of the actor.
        partnership: slug; ``wave``: slug of the measurement in it.
        wave: see above.
        fieldwork: takes the place of what stood there.
        now: the moment.

    Raises:
        ForbiddenError: the actor may not.
        LookupError: no such measurement.
    """
    actor.require(Action.IMPORT, partnership)
    wave_id = find_wave_id(connection, scope, partnership, wave)
    connection.execute(update(s.wave).where(s.wave.c.id == wave_id).values(**fieldwork_values(fieldwork)))
    facts = {"wave": wave, **{name: value for name, value in fieldwork_values(fieldwork).items() if value}}
    record_action(connection, Author(actor.name, now), "describe_wave", f"partnership:{partnership}", facts)
