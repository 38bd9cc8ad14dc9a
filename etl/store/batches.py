"""The history of imports: who may see it, and undoing one import as a whole.

Undo restores what was there before. It refuses, naming the import to undo first, when a later import builds on this
one, and after `UNDO_DAYS` days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Select, func, select, update

from etl.store.audit import Author, record_action
from etl.store.batch_rows import read_findings
from etl.store.moments import read_moment, write_moment
from etl.store.official import OFFICIAL_KINDS, undo_official_batch
from etl.store.register_changes import find_partnership
from etl.store.register_undoing import undo_register_batch
from etl.store.row_plan import find_replacer
from etl.store.schema import partnership, wave
from etl.store.schema_operations import import_basis, import_batch, import_change
from etl.store.scope import Action, Actor, ForbiddenError
from etl.store.survey_undoing import undo_survey_batch
from surveys.findings import Finding, Place, Report
from surveys.indicators import SAMPLE

UNDO_DAYS = 30

_BatchRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """One import as the history shows it.

    Attributes:
        partnership: slug; also of a partnership that undoing this import removed; ``""`` for official data.
        partnership_name: ``""`` when the partnership is gone.
        sample: it belongs to the invented data.
        wave: slug of the wave, ``None`` for a register or when the wave is gone.
        kind: ``register``, ``survey``, ``indicators`` or ``boundaries``.
        changes_count: changed entities of a register, 0 for a survey.
        made_at: when it was loaded; undone_at: when it was undone, ``None`` when it was not.
        undo_until: last moment to undo it, ``None`` when this actor may not, it is undone or replaced.
        rows_known: rows of a survey that an earlier import brought already.
        replaces: uid of the import whose place it took as a whole, ``None`` for none.
        replaced_by: uid of the import that stands in its place now, ``None`` for none.
        state: ``loaded``, ``replaced`` or ``undone``.
    """

    uid: str
    partnership: str
    partnership_name: str
    sample: bool
    wave: str | None
    wave_name: str | None
    kind: str
    source: str
    file_name: str
    made_by: str
    made_at: datetime
    rows_read: int
    rows_stored: int
    rows_rejected: int
    rows_known: int
    answers_stored: int
    changes_count: int
    undone_by: str | None
    undone_at: datetime | None
    undo_until: datetime | None
    replaces: str | None
    replaced_by: str | None
    state: str


def list_batches(connection: Connection, actor: Actor) -> tuple[BatchSummary, ...]:
    """Return the imports an actor may see, the newest first.

    Those of one's own partnerships; BORIS and this machine's command line see all; visitors those of the sample.
    Imports of official data are seen by those who may make them, the invented figures with the sample.
    """
    rows = connection.execute(_question().order_by(import_batch.c.made_at.desc(), import_batch.c.id.desc()))
    return tuple(_summary(row, actor) for row in rows if _may_see(row, actor))


def read_batch_findings(connection: Connection, actor: Actor, uid: str) -> Report:
    """Return what an import had to say about its file.

    Raises:
        ForbiddenError: the actor may not see it, or there is no such import.
    """
    row = connection.execute(_question().where(import_batch.c.uid == uid)).one_or_none()
    if row is None or not _may_see(row, actor):
        raise ForbiddenError("no such import for this actor")
    return read_findings(connection, row.id, row.file_name)


def undo_batch(connection: Connection, actor: Actor, uid: str, now: datetime) -> Report:
    """Undo an import: what it wrote goes, what it changed is as before.

    Args:
        connection: writing connection.
        actor: needs the right to import into the partnership, or to import official data.
        uid: of the batch.
        now: this moment.

    Returns:
        ``UNDO-DONE``; or errors that say why not, and then nothing was changed.

    Raises:
        ForbiddenError: the actor may not, or there is no such import.
    """
    question = _question().where(import_batch.c.uid == uid)
    found = connection.execute(question).one_or_none()
    if found is None or not _may_change(found, actor):
        raise ForbiddenError("no such import for this actor")
    if found.kind not in OFFICIAL_KINDS:
        # Whoever else writes to this partnership finishes first; then the batch may be another one than before.
        find_partnership(connection, found.slug, lock=True)
    batch = connection.execute(question).one()
    place = Place(file=batch.file_name)
    refused = _refuse(connection, batch, now, place)
    if refused is not None:
        return Report((refused,))
    if batch.kind == "register":
        findings = undo_register_batch(connection, batch.id, batch.partnership_id, write_moment(now))
    elif batch.kind in OFFICIAL_KINDS:
        findings = undo_official_batch(connection, batch.id)
    else:
        findings = undo_survey_batch(connection, batch.id)
    if findings.stops:
        return findings
    connection.execute(
        update(import_batch)
        .where(import_batch.c.id == batch.id)
        .values(state="undone", undone_at=write_moment(now), undone_by=actor.name)
    )
    facts = {"batch": uid, "kind": batch.kind}
    thing = "official" if batch.kind in OFFICIAL_KINDS else f"partnership:{batch.slug}"
    record_action(connection, Author(actor.name, now), "undo_import", thing, facts)
    return Report((Finding("UNDO-DONE", place, {"file_name": batch.file_name}),))


def _refuse(connection: Connection, batch: _BatchRow, now: datetime, place: Place) -> Finding | None:
    facts: dict[str, str | int] = {"file_name": batch.file_name}
    replacer = find_replacer(connection, batch.id) if batch.state == "replaced" else None
    if replacer is not None:
        later = {"later": replacer.uid, "later_file": replacer.file_name, "later_day": replacer.made_at[:10]}
        return Finding("UNDO-REPLACED", place, facts | later)
    if batch.state == "undone":
        return Finding("UNDO-TWICE", place, facts | {"day": batch.undone_at[:10]})
    if now > read_moment(batch.made_at) + timedelta(days=UNDO_DAYS):
        return Finding("UNDO-TOO-LATE", place, facts | {"day": batch.made_at[:10], "limit": UNDO_DAYS})
    return None


def _question() -> Select[tuple[object, ...]]:
    """Batches with the names of what they belong to; a partnership that is gone leaves its slug in the batch."""
    changes = (
        select(func.count())
        .where(import_change.c.batch_id == import_batch.c.id, import_batch.c.kind == "register")
        .correlate(import_batch)
        .scalar_subquery()
    )
    base, replacer = import_batch.alias("base"), import_batch.alias("replacer")
    whole = import_basis.c.relation == "replaced"
    replaces = (
        select(base.c.uid)
        .join_from(import_basis, base, base.c.id == import_basis.c.base_id)
        .where(import_basis.c.batch_id == import_batch.c.id, whole)
        .correlate(import_batch)
        .scalar_subquery()
    )
    replaced_by = (
        select(replacer.c.uid)
        .join_from(import_basis, replacer, replacer.c.id == import_basis.c.batch_id)
        .where(import_basis.c.base_id == import_batch.c.id, whole, replacer.c.state != "undone")
        .correlate(import_batch)
        .scalar_subquery()
    )
    return (
        select(
            import_batch,
            func.coalesce(partnership.c.slug, import_batch.c.partnership_slug).label("slug"),
            partnership.c.name.label("partnership_name"),
            partnership.c.sample,
            wave.c.slug.label("wave_slug"),
            wave.c.name.label("wave_name"),
            changes.label("changes_count"),
            replaces.label("replaces"),
            replaced_by.label("replaced_by"),
        )
        .join_from(import_batch, partnership, partnership.c.id == import_batch.c.partnership_id, isouter=True)
        .outerjoin(wave, wave.c.id == import_batch.c.wave_id)
    )


def _may_see(row: _BatchRow, actor: Actor) -> bool:
    if row.kind in OFFICIAL_KINDS:
        return actor.may(Action.SEE_SAMPLE if row.source == SAMPLE else Action.IMPORT_OFFICIAL)
    return (row.sample is True and actor.may(Action.SEE_SAMPLE)) or actor.may(Action.SEE_PARTNERSHIP, row.slug)


def _may_change(row: _BatchRow, actor: Actor) -> bool:
    official = row.kind in OFFICIAL_KINDS
    return actor.may(Action.IMPORT_OFFICIAL) if official else actor.may(Action.IMPORT, row.slug)


def _summary(row: _BatchRow, actor: Actor) -> BatchSummary:
    made_at = read_moment(row.made_at)
    open_to_undo = row.state == "loaded" and _may_change(row, actor)
    return BatchSummary(
        uid=row.uid,
        partnership=row.slug,
        partnership_name=row.partnership_name or "",
        sample=row.sample is True or row.source == SAMPLE,
        wave=row.wave_slug,
        wave_name=row.wave_name,
        kind=row.kind,
        source=row.source,
        file_name=row.file_name,
        made_by=row.made_by,
        made_at=made_at,
        rows_read=row.rows_read,
        rows_stored=row.rows_stored,
        rows_rejected=row.rows_rejected,
        rows_known=row.rows_known,
        answers_stored=row.answers_stored,
        changes_count=row.changes_count,
        undone_by=row.undone_by,
        undone_at=read_moment(row.undone_at) if row.undone_at else None,
        undo_until=made_at + timedelta(days=UNDO_DAYS) if open_to_undo else None,
        replaces=row.replaces,
        replaced_by=row.replaced_by if row.state == "replaced" else None,
        state=row.state,
    )
