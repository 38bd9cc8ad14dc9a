"""Undoing the import of a register: every entity back to what it was, unless something later builds on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, select, update

from etl.store.batch_rows import read_changes
from etl.store.register_changes import EntityChange, apply_changes
from etl.store.register_reading import read_register_by_id
from etl.store.register_rows import SHAPES
from etl.store.register_shape import DanglingReferenceError, References
from etl.store.schema import diagnosis, partnership, wave
from etl.store.schema_operations import import_batch, import_change
from surveys.findings import Finding, Place, Report
from surveys.model.entity_codec import entities_of, uid_of
from surveys.model.register import Entity

Key = tuple[str, str]  # kind and uid of an entity


@dataclass(frozen=True, slots=True)
class _Later:
    """Imports after this one that stand: what they changed, and the batches themselves, the newest last."""

    changed: dict[Key, Row[tuple[object, ...]]]
    batches: tuple[Row[tuple[object, ...]], ...]


def undo_register_batch(connection: Connection, batch_id: int, partnership_id: int, moment: str) -> Report:
    """Take back what a batch changed in the register.

    Args:
        connection: writing connection, the partnership locked.
        batch_id: row of the batch.
        partnership_id: row of its partnership.
        moment: when, as the store writes moments.

    Returns:
        Errors that say why it cannot be undone (nothing was changed then), or nothing. A partnership that the batch
        made is removed as a whole; its imports keep its slug.
    """
    changes = read_changes(connection, batch_id)
    later = _read_later(connection, batch_id, partnership_id)
    if _made_partnership(changes):
        blocking = list(later.batches)
    else:
        blocking = [later.changed[_key(change)] for change in changes if _key(change) in later.changed]
        blocking += _find_waves_of_removed(connection, changes, partnership_id)
    current, references = read_register_by_id(connection, partnership_id)
    standing = {(kind, uid_of(entity)): entity for kind, listed in entities_of(current).items() for entity in listed}
    orphans = _find_orphans(standing, changes, references)
    blocking += [later.changed[key] for key in orphans if key in later.changed]
    batch = connection.execute(select(import_batch).where(import_batch.c.id == batch_id)).one()
    place = Place(file=batch.file_name)
    if blocking:
        # The newest first: it is the one that nothing else builds on.
        last = max(blocking, key=lambda row: row.id)
        facts = {"later": last.uid, "later_file": last.file_name, "later_day": last.made_at[:10]}
        return Report((Finding("UNDO-LATER-IMPORT", place, facts),))
    strangers = [change for change in changes if standing.get(_key(change)) != change.after]
    if strangers or orphans:
        facts_since = {"file_name": batch.file_name, "count": len(strangers) + len(orphans)}
        return Report((Finding("UNDO-CHANGED-SINCE", place, facts_since),))
    _restore(connection, partnership_id, changes, references, moment)
    return Report()


def _restore(
    connection: Connection,
    partnership_id: int,
    changes: Sequence[EntityChange],
    references: References,
    moment: str,
) -> None:
    if not _made_partnership(changes):
        back = [EntityChange(change.kind, change.uid, change.after, change.before) for change in changes]
        apply_changes(connection, partnership_id, back, references, moment)
        return
    slug = select(partnership.c.slug).where(partnership.c.id == partnership_id).scalar_subquery()
    connection.execute(
        update(import_batch).where(import_batch.c.partnership_id == partnership_id).values(partnership_slug=slug)
    )
    connection.execute(delete(partnership).where(partnership.c.id == partnership_id))


def _read_later(connection: Connection, batch_id: int, partnership_id: int) -> _Later:
    standing = (
        import_batch.c.partnership_id == partnership_id,
        import_batch.c.id > batch_id,
        import_batch.c.state == "loaded",
    )
    batches = connection.execute(select(import_batch).where(*standing).order_by(import_batch.c.id)).all()
    by_id = {row.id: row for row in batches}
    touched = connection.execute(
        select(import_change.c.batch_id, import_change.c.entity, import_change.c.uid)
        .join_from(import_change, import_batch)
        .where(*standing)
        .order_by(import_change.c.batch_id)
    )
    # A later import of the same entity overwrites an earlier one: the newest is the one to undo first.
    return _Later({(row.entity, row.uid): by_id[row.batch_id] for row in touched}, tuple(batches))


def _find_waves_of_removed(
    connection: Connection, changes: Sequence[EntityChange], partnership_id: int
) -> list[Row[tuple[object, ...]]]:
    """Standing imports of surveys whose wave belongs to a diagnosis that would go."""
    gone = [change.uid for change in changes if change.kind == "diagnosis" and change.before is None]
    return list(
        connection.execute(
            select(import_batch)
            .join_from(import_batch, wave, wave.c.id == import_batch.c.wave_id)
            .join(diagnosis, diagnosis.c.id == wave.c.diagnosis_id)
            .where(
                import_batch.c.state == "loaded",
                diagnosis.c.partnership_id == partnership_id,
                diagnosis.c.uid.in_(gone),
            )
        ).all()
    )


def _find_orphans(standing: dict[Key, Entity], changes: Sequence[EntityChange], references: References) -> list[Key]:
    """Entities, not touched by the import, that would refer to something that goes or would be left without a home."""
    before = {_key(change): change.before for change in changes}
    if _made_partnership(changes):
        return [key for key in standing if key not in before]
    left = References()
    for (kind, uid), entity in standing.items():
        if kind != "partnership" and before.get((kind, uid), entity) is not None:
            left.add(kind, uid, references.id(kind, uid))
    shapes = {shape.kind: shape for shape in SHAPES}
    orphans = []
    for key, entity in standing.items():
        if key in before:
            continue
        try:
            shapes[key[0]].row(entity, left)
            shapes[key[0]].children(entity, left)
        except DanglingReferenceError:
            orphans.append(key)
    return orphans


def _made_partnership(changes: Sequence[EntityChange]) -> bool:
    return any(change.kind == "partnership" and change.before is None for change in changes)


def _key(change: EntityChange) -> Key:
    return change.kind, change.uid
