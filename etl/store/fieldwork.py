"""Whom a measurement asked: kept with it, written down or corrected later by whoever may import."""

from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from etl.store import schema as s
from etl.store.audit import Author, record_action
from etl.store.reading.packed_answers import find_wave_id
from etl.store.reading.scope import Scope
from etl.store.scope import Action, Actor
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Fieldwork, PopulationKind, SampleKind


def fieldwork_values(fieldwork: Fieldwork) -> dict[str, str | int | None]:
    """Return the columns of a measurement's row."""
    return {
        "population": fieldwork.population.value if fieldwork.population else None,
        "population_words": fieldwork.who,
        "sampling": fieldwork.sampling.value if fieldwork.sampling else None,
        "population_count": fieldwork.population_count,
        "invited_count": fieldwork.invited_count,
    }


def make_fieldwork(row: Row[tuple[object, ...]]) -> Fieldwork:
    """Return what a row with these columns says."""
    return Fieldwork(
        PopulationKind(row.population) if row.population else None,
        row.population_words or "",
        SampleKind(row.sampling) if row.sampling else None,
        row.population_count,
        row.invited_count,
    )


def read_wave_fieldwork(connection: Connection, partnership_id: int, wave: str) -> Fieldwork | None:
    """Return whom a measurement asked as it stands there, ``None`` for no such measurement.

    Args:
        connection: reading or writing connection.
        partnership_id: row of the partnership.
        wave: slug of the measurement in it.
    """
    row = connection.execute(
        select(s.wave).where(s.wave.c.partnership_id == partnership_id, s.wave.c.slug == wave)
    ).one_or_none()
    return None if row is None else make_fieldwork(row)


def differs(said: Fieldwork, kept: Fieldwork) -> bool:
    """Return whether something that a person says of a measurement is not what stands there."""
    there = fieldwork_values(kept)
    return any(value and value != there[name] for name, value in fieldwork_values(said).items())


def require_possible(fieldwork: Fieldwork) -> None:
    """Refuse more people invited than there are.

    Raises:
        FaultError: ``FIELDWORK-INVITED``.
    """
    there, invited = fieldwork.population_count, fieldwork.invited_count
    if there is not None and invited is not None and invited > there:
        raise FaultError(Report((Finding("FIELDWORK-INVITED", Place(), {"invited": invited, "there": there}),)))


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
        FaultError: ``FIELDWORK-INVITED``, more were invited than there are.
    """
    actor.require(Action.IMPORT, partnership)
    require_possible(fieldwork)
    wave_id = find_wave_id(connection, scope, partnership, wave)
    connection.execute(update(s.wave).where(s.wave.c.id == wave_id).values(**fieldwork_values(fieldwork)))
    facts = {"wave": wave, **{name: value for name, value in fieldwork_values(fieldwork).items() if value}}
    record_action(connection, Author(actor.name, now), "describe_wave", f"partnership:{partnership}", facts)
