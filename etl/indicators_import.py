"""The branch of the pipeline for official figures: rehearse, load. They are nobody's."""

from dataclasses import replace

from etl.content_hash import hash_sheets
from etl.importing import Decisions, ImportResult
from etl.mapping.official_figures.form_of_ozps import map_ozps
from etl.mapping.official_figures.tables_of_bdl import MappedFigures, map_bdl
from etl.progress import Progress
from etl.readers.raw import RawBook
from etl.recognise import ozps
from etl.recognise.bdl import find_tables
from etl.recognise.recognition import Recognition
from etl.store.engine import Store
from etl.store.indicator_writing import write_indicator_batch
from etl.store.moments import Clock
from etl.store.official import find_official_import, find_only_gmina
from etl.store.scope import Action, Actor
from surveys.findings import Report


def import_indicators(  # what an import needs, by name
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
    """Load official figures, or rehearse it.

    Raises:
        ForbiddenError: the actor may not import official data.
    """
    actor.require(Action.IMPORT_OFFICIAL)
    progress("mapping", 0.35)
    mapped, content_hash = _map(book, recognition, store, decisions)
    report = book.report + mapped.report
    read = len(mapped.figures.rows) + mapped.rejected
    rehearsed = ImportResult(None, recognition.source, read, 0, mapped.rejected, 0, report)
    with store.read() as connection:
        earlier = find_official_import(connection, content_hash, book.file_name)
    if earlier is not None:
        uid, said = earlier
        return replace(rehearsed, batch=uid, report=report + Report((said,)), already_loaded=True)
    if dry_run or report.stops:
        return replace(rehearsed, rows_stored=0 if report.stops else len(mapped.figures.rows))
    progress("storing", 0.6)
    with store.write() as connection:
        result = write_indicator_batch(
            connection,
            actor=actor,
            figures=mapped.figures,
            source=recognition.source,
            file_name=book.file_name,
            content_hash=content_hash,
            report=report,
            figures_rejected=mapped.rejected,
            clock=clock,
        )
    progress("done", 1.0)
    return result


def _map(book: RawBook, recognition: Recognition, store: Store, decisions: Decisions) -> tuple[MappedFigures, str]:
    """Return the figures, and the number of their content."""
    if recognition.source != ozps.SOURCE:
        sheets = [table.sheet for table in find_tables(book)]
        # A table that comes twice is the same content under another date of export too: only the tables count.
        return map_bdl(book), hash_sheets(sheets)
    gmina = None
    if decisions.partnership is not None:
        with store.read() as connection:
            gmina = find_only_gmina(connection, decisions.partnership)
    forms = ozps.find_forms(book)
    content_hash = hash_sheets([form.sheet for form in forms])
    return map_ozps(book, gmina), content_hash if gmina is None else f"{content_hash}:{gmina}"
