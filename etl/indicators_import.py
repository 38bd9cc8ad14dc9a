"""The branch of the pipeline for official figures: say what they are, rehearse, load. They are nobody's."""

from dataclasses import replace

from etl.clean.labels import cell_text
from etl.content_hash import hash_sheets
from etl.importing import ColumnInspection, Decisions, ImportResult, Inspection, SheetInspection
from etl.mapping.official_figures.form_of_ozps import map_ozps
from etl.mapping.official_figures.tables_of_bdl import MappedFigures, map_bdl
from etl.progress import Progress
from etl.readers.raw import RawBook
from etl.recognise import ozps
from etl.recognise.bdl import Indicators, find_tables
from etl.recognise.recognition import Recognition
from etl.store.engine import Store
from etl.store.indicator_writing import write_indicator_batch
from etl.store.moments import Clock
from etl.store.official import find_official_import, find_only_gmina
from etl.store.scope import Action, Actor
from surveys.findings import Finding, Place, Report


def inspect_indicators(book: RawBook, recognition: Recognition) -> Inspection:
    """Say of which areas and years the figures are."""
    if recognition.source == ozps.SOURCE:
        return _inspect_ozps(book, recognition)
    tables = {table.sheet.name: table for table in find_tables(book) if table.shape != "codes"}
    sheets = tuple(
        _inspect(tables[sheet.name])
        if sheet.name in tables
        else SheetInspection(sheet.name, "ignored" if sheet.row_count else "empty", None, sheet.row_count)
        for sheet in book.sheets
    )
    mapped = map_bdl(book)
    found = list(tables.values())
    years = sorted({year for table in found for year in table.years})
    said = _say(book, areas=max((table.areas for table in found), default=0), years=years, mapped=mapped)
    report = book.report + Report((said,)) + mapped.report
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report)


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


def _say(book: RawBook, *, areas: int, years: list[int], mapped: MappedFigures) -> Finding:
    span = "–".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else "–"
    facts: dict[str, str | int] = {"areas": areas, "years": span, "variables": len(mapped.figures.variables)}
    return Finding("INDICATORS-FOUND", Place(book.file_name), facts)


def _inspect(found: Indicators) -> SheetInspection:
    return SheetInspection(
        found.sheet.name,
        "indicators",
        found.header_row,
        found.rows,
        tuple(
            ColumnInspection((place,), cell_text(found.sheet.cell(found.header_row, place)), "metadata")
            for place in range(len(found.sheet.columns))
        ),
    )


def _inspect_ozps(book: RawBook, recognition: Recognition) -> Inspection:
    forms = {form.sheet.name: form for form in ozps.find_forms(book)}
    sheets = tuple(
        SheetInspection(sheet.name, "indicators", forms[sheet.name].header_row, forms[sheet.name].rows)
        if sheet.name in forms
        else SheetInspection(sheet.name, "ignored" if sheet.row_count else "empty", None, sheet.row_count)
        for sheet in book.sheets
    )
    mapped = map_ozps(book, None)
    years = sorted({column.year for form in forms.values() for column in form.columns})
    report = book.report + Report((_say(book, areas=1, years=years, mapped=mapped),)) + mapped.report
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report)
