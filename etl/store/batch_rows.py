"""Rows of the history of imports: a batch, its findings, the log of what it changed.

Both kinds of imports (registers and surveys) write their batch here, inside the transaction of the import itself.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select, update

from etl.store.audit import Author
from etl.store.moments import write_moment
from etl.store.register_changes import EntityChange
from etl.store.schema import wave
from etl.store.schema_operations import import_basis, import_batch, import_change, import_finding
from surveys.findings import Finding, Place, Report
from surveys.model.entity_codec import decode_entity, encode_entity


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What is known of an import when it is written.

    Attributes:
        kind: ``register``, ``survey``, ``indicators`` or ``boundaries``.
        source: ``partnership_workbook``, ``google_forms`` …
        content_hash: of the content that was loaded; the same content of a partnership is one import.
        rows_known: rows that stood already and were not stored again.
        sheet: name of the sheet that the rows are of.
    """

    kind: str
    source: str
    file_name: str
    content_hash: str
    rows_read: int
    rows_stored: int
    rows_rejected: int
    answers_stored: int = 0
    wave_id: int | None = None
    rows_known: int = 0
    sheet: str | None = None


def find_loaded_batch(connection: Connection, partnership_id: int, content_hash: str) -> Row[tuple[object, ...]] | None:
    """Return the batch that loaded this content into this partnership and was not undone, or ``None``."""
    return connection.execute(
        select(import_batch).where(
            import_batch.c.partnership_id == partnership_id,
            import_batch.c.content_hash == content_hash,
            import_batch.c.state == "loaded",
        )
    ).one_or_none()


def find_wave_of_batch(connection: Connection, partnership_id: int, uid: str) -> str | None:
    """Return the name of the wave that a partnership's batch belongs to, ``None`` when there is none."""
    return connection.execute(
        select(wave.c.name)
        .join_from(import_batch, wave, wave.c.id == import_batch.c.wave_id)
        .where(import_batch.c.uid == uid, import_batch.c.partnership_id == partnership_id)
    ).scalar()


def insert_batch(
    connection: Connection, partnership_id: int | None, batch: NewBatch, *, report: Report, by: Author
) -> tuple[int, str]:
    """Write a batch with its findings and return its row id and uid; official data have no partnership.

    Raises:
        IntegrityError: the same content is loaded in this partnership (ask `find_loaded_batch` first).
    """
    uid = secrets.token_hex(6)
    batch_id = connection.execute(
        insert(import_batch)
        .values(
            uid=uid,
            partnership_id=partnership_id,
            wave_id=batch.wave_id,
            kind=batch.kind,
            source=batch.source,
            file_name=batch.file_name,
            content_hash=batch.content_hash,
            made_by=by.name,
            made_at=write_moment(by.at),
            rows_read=batch.rows_read,
            rows_stored=batch.rows_stored,
            rows_rejected=batch.rows_rejected,
            rows_known=batch.rows_known,
            sheet=batch.sheet,
            answers_stored=batch.answers_stored,
            state="loaded",
        )
        .returning(import_batch.c.id)
    ).scalar_one()
    insert_findings(connection, batch_id, report)
    return batch_id, uid


def insert_basis(connection: Connection, batch_id: int, relation: str, rows: Mapping[int, int]) -> None:
    """Note what a batch builds on.

    Args:
        connection: writing connection.
        batch_id: row of the batch.
        relation: ``known`` (rows of the other that it left where they were), ``changed`` (rows that it took the place
            of) or ``replaced`` (it took the place of the other as a whole).
        rows: how many, by the row of the other batch.
    """
    if rows:
        connection.execute(
            insert(import_basis),
            [
                {"batch_id": batch_id, "base_id": base, "relation": relation, "rows_count": count}
                for base, count in rows.items()
            ],
        )


def set_batch_state(connection: Connection, batch_id: int, state: str) -> None:
    """Say that a batch is ``loaded``, ``replaced`` or ``undone``."""
    connection.execute(update(import_batch).where(import_batch.c.id == batch_id).values(state=state))


def insert_findings(connection: Connection, batch_id: int, report: Report, *, first: int = 0) -> None:
    """Write findings of a batch in their order, the first at the place ``first``."""
    rows = [
        {
            "batch_id": batch_id,
            "position": position,
            "code": finding.code,
            "sheet": finding.place.sheet,
            "row": finding.place.row,
            "column": finding.place.column,
            "facts": json.dumps(dict(finding.facts), ensure_ascii=False, sort_keys=True),
        }
        for position, finding in enumerate(report, first)
    ]
    if rows:
        connection.execute(insert(import_finding), rows)


def read_findings(connection: Connection, batch_id: int, file_name: str) -> Report:
    """Return the findings of a batch as they were."""
    rows = connection.execute(
        select(import_finding).where(import_finding.c.batch_id == batch_id).order_by(import_finding.c.position)
    ).mappings()
    return Report(
        tuple(
            Finding(
                row["code"], Place(file_name, row["sheet"], row["row"], row["column"]), facts=json.loads(row["facts"])
            )
            for row in rows
        )
    )


def insert_changes(connection: Connection, batch_id: int, changes: Sequence[EntityChange]) -> None:
    """Write the log of what a batch changed in the register, in the order of the changes."""
    rows = [
        {
            "batch_id": batch_id,
            "position": position,
            "entity": change.kind,
            "uid": change.uid,
            "before": None if change.before is None else encode_entity(change.before),
            "after": None if change.after is None else encode_entity(change.after),
        }
        for position, change in enumerate(changes)
    ]
    if rows:
        connection.execute(insert(import_change), rows)


def read_changes(connection: Connection, batch_id: int) -> tuple[EntityChange, ...]:
    """Return what a batch changed in the register, in the order of the changes."""
    rows = connection.execute(
        select(import_change).where(import_change.c.batch_id == batch_id).order_by(import_change.c.position)
    )
    return tuple(
        EntityChange(
            row.entity,
            row.uid,
            None if row.before is None else decode_entity(row.entity, row.before),
            None if row.after is None else decode_entity(row.entity, row.after),
        )
        for row in rows
    )
