"""Official figures into the store, as one import that can be undone; the same content twice is one import."""

from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from etl.importing import ImportResult
from etl.indicator_figures import IndicatorFigures
from etl.store.audit import Author, record_action
from etl.store.batch_rows import NewBatch, insert_batch
from etl.store.engine import insert_rows
from etl.store.moments import Clock, utc_now
from etl.store.official import INDICATORS, find_official_import
from etl.store.schema_indicators import indicator, indicator_note, indicator_origin
from etl.store.scope import Action, Actor
from surveys.findings import Report
from surveys.indicators import Variable

_COLUMNS = ("indicator_id", "year", "teryt", "value", "state", "attribute")
_KEYS_AT_A_TIME = 500


def write_indicator_batch(  # what is known of an import, by name
    connection: Connection,
    *,
    actor: Actor,
    figures: IndicatorFigures,
    source: str,
    file_name: str,
    content_hash: str,
    report: Report,
    figures_rejected: int,
    clock: Clock = utc_now,
) -> ImportResult:
    """Import figures as one batch.

    Args:
        connection: writing connection; its transaction is the import's.
        actor: needs the right to import official data.
        figures: what the file holds.
        source: ``bdl`` or ``ozps``.
        file_name: as the person knows it.
        content_hash: of the cells that were read.
        report: findings of reading and mapping; errors among them stop the import.
        figures_rejected: figures that were left out, with findings that say why.
        clock: tells when.

    Returns:
        What it came to; its rows are figures.

    Raises:
        ForbiddenError: the actor may not.
    """
    actor.require(Action.IMPORT_OFFICIAL)
    by = Author(actor.name, clock())
    read = len(figures.rows) + figures_rejected
    outcome = ImportResult(None, source, read, 0, figures_rejected, 0, report)
    earlier = find_official_import(connection, content_hash, file_name)
    if earlier is not None:
        uid, said = earlier
        return replace(outcome, batch=uid, report=report + Report((said,)), already_loaded=True)
    if report.stops:
        return outcome
    stored = len(figures.rows)
    batch = NewBatch(INDICATORS, source, file_name, content_hash, read, stored, figures_rejected)
    batch_id, uid = insert_batch(connection, None, batch, report=report, by=by)
    ids = _store_variables(connection, figures.variables)
    rows = [
        (ids[place], year, teryt, value, str(state), said) for place, year, teryt, value, state, said in figures.rows
    ]
    # In the order of the table, which is laid out by its key.
    rows.sort(key=lambda row: row[:3])
    insert_rows(connection, "indicator_value", _COLUMNS, rows, shared={"batch_id": batch_id})
    _store_origin(connection, batch_id, figures, by)
    facts: dict[str, str | int] = {"batch": uid, "source": source, "figures": stored, "variables": len(ids)}
    record_action(connection, by, "import_indicators", "official", facts)
    return replace(outcome, batch=uid, rows_stored=stored)


def _store_variables(connection: Connection, variables: tuple[Variable, ...]) -> list[int]:
    """Return rows of variables, in their order; what an earlier file did not say of them is filled in."""
    known = _read_known(connection, variables)
    ids: list[int] = []
    for variable in variables:
        row = known.get((variable.source, variable.key))
        if row is None:
            row = int(
                connection.execute(insert(indicator).values(**_values(variable)).returning(indicator.c.id)).scalar_one()
            )
            known[variable.source, variable.key] = row
        else:
            said = {name: value for name, value in _values(variable).items() if name in {"bdl_id", "subject"} and value}
            if said:
                connection.execute(update(indicator).where(indicator.c.id == row).values(**said))
        ids.append(row)
    return ids


def _read_known(connection: Connection, variables: tuple[Variable, ...]) -> dict[tuple[str, str], int]:
    keys = [variable.key for variable in variables]
    known: dict[tuple[str, str], int] = {}
    for first in range(0, len(keys), _KEYS_AT_A_TIME):
        some = keys[first : first + _KEYS_AT_A_TIME]
        found = connection.execute(select(indicator).where(indicator.c.key.in_(some)))
        known |= {(row.source, row.key): int(row.id) for row in found}
    return known


def _values(variable: Variable) -> dict[str, object]:
    return {
        "source": variable.source,
        "key": variable.key,
        "bdl_id": variable.bdl_id,
        "subject_code": variable.subject_code,
        "subject": variable.subject,
        "name": variable.name,
        "unit": variable.unit,
        "sex": None if variable.sex is None else variable.sex.value,
        "age_first": None if variable.age is None else variable.age.first,
        "age_last": None if variable.age is None else variable.age.last,
    }


def _store_origin(connection: Connection, batch_id: int, figures: IndicatorFigures, by: Author) -> None:
    fetched_on = figures.fetched_on or by.at.date()
    connection.execute(
        insert(indicator_origin).values(batch_id=batch_id, fetched_on=fetched_on, description=figures.description)
    )
    if figures.notes:
        connection.execute(
            insert(indicator_note),
            [
                {"batch_id": batch_id, "position": position, "kind": note.kind, "text": note.text}
                for position, note in enumerate(figures.notes)
            ],
        )
