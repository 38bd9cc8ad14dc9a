"""The branch of the pipeline for partnership workbooks: rehearse, load."""

from dataclasses import replace

from etl.content_hash import hash_sheets
from etl.importing import Decisions, ImportResult
from etl.mapping.partnership_workbook import RegisterReading, read_register, read_slug
from etl.progress import Progress
from etl.readers.raw import RawBook
from etl.recognise.recognition import Recognition
from etl.store import register_reading
from etl.store.engine import Store
from etl.store.moments import Clock
from etl.store.register_writing import rehearse_register, write_register_batch
from etl.store.sample_removal import sample_gives_way
from etl.store.scope import Action, Actor
from surveys.findings import Finding, Place
from surveys.model import Register


def import_register(
    book: RawBook,
    recognition: Recognition,
    *,
    store: Store,
    actor: Actor,
    decisions: Decisions,
    progress: Progress,
    dry_run: bool,
    clock: Clock,
) -> ImportResult:
    """Load a partnership workbook, or rehearse it.

    Raises:
        ForbiddenError: the actor may neither import into the partnership nor make it.
    """
    slug = decisions.partnership or read_slug(book)
    known = _known_register(store, actor, slug)
    progress("mapping", 0.35)
    reading = read_register(book, known, accept_suggestions=decisions.accept_suggestions, slug=decisions.partnership)
    report = book.report + reading.report
    outcome = ImportResult(None, recognition.source, reading.rows_read, 0, reading.rows_rejected, 0, report)
    if reading.register is None or report.stops:
        return outcome
    register = reading.register
    if register.partnership.sample and not actor.machine:
        # An account tries out a card of invented data: it becomes the account's own, and can be undone.
        register = replace(register, partnership=replace(register.partnership, sample=False))
        report += (Finding("SAMPLE-CARD", Place(file=book.file_name)),)
        outcome = replace(outcome, report=report)
    if dry_run:
        with store.read() as connection:
            changes = rehearse_register(connection, register, actor)
        return replace(outcome, rows_stored=reading.rows_read - reading.rows_rejected, changes=changes)
    progress("storing", 0.6)
    result = _write(store, actor, reading, register, outcome, book, clock)
    progress("done", 1.0)
    return result


def _known_register(store: Store, actor: Actor, slug: str | None) -> Register | None:
    """What the store knows of the partnership; asked only by who may change it."""
    if slug is None:
        return None
    with store.read() as connection:
        gives_way = sample_gives_way(connection, actor, slug)
        known = None if gives_way else register_reading.read_register(connection, slug)
    actor.require(Action.CREATE_PARTNERSHIP if known is None else Action.IMPORT, slug)
    return known


def _write(
    store: Store,
    actor: Actor,
    reading: RegisterReading,
    register: Register,
    outcome: ImportResult,
    book: RawBook,
    clock: Clock,
) -> ImportResult:
    with store.write() as connection:
        return write_register_batch(
            connection,
            actor=actor,
            register=register,
            source=outcome.source,
            file_name=book.file_name,
            content_hash=hash_sheets(book.sheets),
            report=outcome.report,
            rows_read=reading.rows_read,
            rows_rejected=reading.rows_rejected,
            clock=clock,
        )
