"""A register into the store: its rehearsal, the bare write, and the import that can be undone.

The same content twice is one import. An import that changes nothing makes no batch: there would be nothing to undo,
and the history would fill with empty lines; the result says so with ``IMPORT-CHANGES-NOTHING``. An import never
changes whether a partnership is sample data.
"""

from dataclasses import replace

from sqlalchemy import Connection

from etl.importing import ImportResult
from etl.store.audit import Author, record_action
from etl.store.batch_rows import NewBatch, find_loaded_batch, insert_batch, insert_changes
from etl.store.grants import insert_grant
from etl.store.moments import Clock, utc_now, write_moment
from etl.store.register_changes import (
    ChangeCounts,
    RegisterPlan,
    apply_changes,
    find_partnership,
    make_partnership,
    plan_register,
)
from etl.store.sample_removal import remove_sample_partnership, sample_gives_way
from etl.store.scope import Action, Actor, ForbiddenError, Grant, Role
from surveys.findings import Finding, Place, Report
from surveys.model import Register


def rehearse_register(connection: Connection, register: Register, actor: Actor) -> ChangeCounts:
    """Return what `write_register_batch` would change, without changing it: kind → (added, changed, unchanged)."""
    slug = register.partnership.slug
    new = sample_gives_way(connection, actor, slug)
    return plan_register(connection, register, None if new else find_partnership(connection, slug)).counts


def write_register(
    connection: Connection, register: Register, batch_id: int | None, *, clock: Clock = utc_now
) -> ChangeCounts:
    """Merge a register into the store.

    Args:
        connection: writing connection.
        register: checked; entities that it does not name stay.
        batch_id: row of the import the changes are logged under, ``None`` for sample data, which have none.
        clock: tells when.

    Returns:
        Kind of entity → (added, changed, unchanged).

    Raises:
        DanglingReferenceError: an entity refers to one that is neither in the register nor in the store.
    """
    moment = write_moment(clock())
    slug = register.partnership.slug
    partnership_id = find_partnership(connection, slug, lock=True)
    made = False
    if partnership_id is None:
        partnership_id, made = make_partnership(connection, register.partnership, moment)
    plan = plan_register(connection, register, None if made else partnership_id)
    _write_plan(connection, partnership_id, plan, batch_id, moment)
    return plan.counts


def write_register_batch(  # noqa: PLR0913 # what is known of an import, by name
    connection: Connection,
    *,
    actor: Actor,
    register: Register,
    source: str,
    file_name: str,
    content_hash: str,
    report: Report,
    rows_read: int,
    rows_rejected: int,
    clock: Clock = utc_now,
) -> ImportResult:
    """Import a register as one batch that can be undone.

    Args:
        connection: writing connection; its transaction is the import's.
        actor: needs the right to import into the partnership, or to make a new one. The account that makes a new
            one becomes its coordinator.
        register: as read from the file.
        source: name of the reader, for example ``partnership_workbook``.
        file_name: as the person knows it.
        content_hash: of the content that was read.
        report: findings of reading; errors among them stop the import.
        rows_read: rows of the file.
        rows_rejected: those that were left out, each with a finding.
        clock: tells when.

    Raises:
        ForbiddenError: the actor may not.
        DanglingReferenceError: see `write_register`.
    """
    by = Author(actor.name, clock())
    moment = write_moment(by.at)
    slug = register.partnership.slug
    place = Place(file=file_name)

    outcome = ImportResult(
        batch=None,
        source=source,
        rows_read=rows_read,
        rows_stored=0,
        rows_rejected=rows_rejected,
        answers_stored=0,
        report=report,
    )
    gives_way = sample_gives_way(connection, actor, slug)
    if gives_way and not report.stops:
        remove_sample_partnership(connection, slug, by)
        report += (Finding("SAMPLE-GAVE-WAY", place),)
        outcome = replace(outcome, report=report)
    partnership_id = None if gives_way else find_partnership(connection, slug, lock=True)
    actor.require(Action.CREATE_PARTNERSHIP if partnership_id is None else Action.IMPORT, slug)
    if report.stops:
        return outcome
    made = False
    if partnership_id is None:
        partnership_id, made = make_partnership(connection, register.partnership, moment)
    earlier = None if made else find_loaded_batch(connection, partnership_id, content_hash)
    if earlier is not None:
        said = Finding("IMPORT-ALREADY-LOADED", place, {"batch": earlier.uid, "day": earlier.made_at[:10]})
        return replace(outcome, batch=earlier.uid, report=report + Report((said,)), already_loaded=True)
    if not made and not actor.may(Action.IMPORT, slug):
        raise ForbiddenError("somebody else made this partnership a moment ago")
    plan = plan_register(connection, register, None if made else partnership_id)
    stored = rows_read - rows_rejected
    outcome = replace(outcome, rows_stored=stored, changes=plan.counts)
    if not plan.changes:
        return replace(outcome, report=report + Report((Finding("IMPORT-CHANGES-NOTHING", place),)))
    batch = NewBatch("register", source, file_name, content_hash, rows_read, stored, rows_rejected)
    batch_id, uid = insert_batch(connection, partnership_id, batch, report=report, by=by)
    _write_plan(connection, partnership_id, plan, batch_id, moment)
    if made and actor.user_id is not None:
        grant = Grant(Role.COORDINATOR, slug)
        insert_grant(connection, user_id=actor.user_id, name=actor.name, grant=grant, by=by)
    record_action(
        connection,
        by,
        "import_register",
        f"partnership:{slug}",
        {"batch": uid, "source": source, "changes": len(plan.changes), "rows_rejected": rows_rejected},
    )
    return replace(outcome, batch=uid)


def _write_plan(
    connection: Connection, partnership_id: int, plan: RegisterPlan, batch_id: int | None, moment: str
) -> None:
    if not plan.changes:
        return
    if batch_id is not None:
        insert_changes(connection, batch_id, plan.changes)
    apply_changes(connection, partnership_id, plan.changes, plan.references, moment)
