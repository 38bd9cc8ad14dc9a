"""Outlines of areas into the store, as one import that can be undone; the same file twice is one import."""

import json
from dataclasses import replace

from sqlalchemy import Connection

from etl.boundaries.outlines import Outlines, Polygons
from etl.importing import ImportResult
from etl.store.audit import Author, record_action
from etl.store.batch_rows import NewBatch, insert_batch
from etl.store.engine import insert_rows
from etl.store.moments import Clock, utc_now
from etl.store.official import BOUNDARIES, find_official_import
from etl.store.scope import Action, Actor
from surveys.findings import Report
from surveys.vocabulary import Areas

# Ten metres: more would not be seen.
_DECIMALS = 4


def write_boundary_batch(  # what is known of an import, by name
    connection: Connection,
    *,
    actor: Actor,
    outlines: Outlines,
    areas: Areas,
    file_name: str,
    content_hash: str,
    clock: Clock = utc_now,
) -> ImportResult:
    """Import outlines as one batch.

    Args:
        connection: writing connection; its transaction is the import's.
        actor: needs the right to import official data.
        outlines: what a file holds, simplified; an error among its findings stops the import.
        areas: every unit there is.
        file_name: as the person knows it.
        content_hash: of the file.
        clock: tells when.

    Raises:
        ForbiddenError: the actor may not.
    """
    actor.require(Action.IMPORT_OFFICIAL)
    by = Author(actor.name, clock())
    report, polygons = outlines.report, outlines.polygons
    outcome = ImportResult(None, BOUNDARIES, outlines.features, 0, outlines.left_out, 0, report)
    earlier = find_official_import(connection, content_hash, file_name)
    if earlier is not None:
        uid, said = earlier
        return replace(outcome, batch=uid, report=report + Report((said,)), already_loaded=True)
    if report.stops:
        return outcome
    batch = NewBatch(
        BOUNDARIES, BOUNDARIES, file_name, content_hash, outlines.features, len(polygons), outlines.left_out
    )
    batch_id, uid = insert_batch(connection, None, batch, report=report, by=by)
    rows = [(teryt, areas[teryt].level.value, _write(outline)) for teryt, outline in sorted(polygons.items())]
    insert_rows(connection, "area_boundary", ("teryt", "level", "outline"), rows, shared={"batch_id": batch_id})
    record_action(connection, by, "import_boundaries", "official", {"batch": uid, "areas": len(rows)})
    return replace(outcome, batch=uid, rows_stored=len(rows))


def _write(outline: Polygons) -> str:
    rounded = [[[[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in ring] for ring in rings] for rings in outline]
    return json.dumps(rounded, separators=(",", ":"))
