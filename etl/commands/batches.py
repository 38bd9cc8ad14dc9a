"""``diagnoza imports`` and ``diagnoza undo``: the history of imports, and taking one back."""

from argparse import Namespace
from datetime import datetime

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.importing import findings_to_json
from etl.store.batches import BatchSummary, list_batches, undo_batch
from etl.store.moments import utc_now, write_moment
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Report

_ACTOR = Actor.at_machine()
_COLUMNS = ("batch", "day", "partnership", "file", "source", "rows", "state")


def run_imports(console: Console, options: Namespace) -> int:
    """List imports, the newest first."""
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, _ACTOR, options.partnership) if options.partnership else None
        with store.read() as connection:
            batches = [each for each in list_batches(connection, _ACTOR) if slug in {None, each.partnership}]
    if console.as_json:
        console.print_json({"imports": [_to_json(batch) for batch in batches]})
    elif not batches:
        console.say("imports.none")
    else:
        headers = [console.text(f"imports.column.{name}") for name in _COLUMNS]
        console.print_table(headers, [_to_row(console, batch) for batch in batches], frozenset({5}))
    return 0


def run_undo(console: Console, options: Namespace) -> int:
    """Undo an import as a whole; 1 when something later builds on it, or it is too late."""
    with open_configured_store(console, create=False) as store:
        with store.read() as connection:
            known = {batch.uid for batch in list_batches(connection, _ACTOR)}
        if options.batch not in known:
            raise FaultError(Report((Finding("BATCH-UNKNOWN", facts={"batch": options.batch}),)))
        with store.write() as connection:
            report = undo_batch(connection, _ACTOR, options.batch, utc_now())
    if report.stops:
        console.warn_of(report)
    else:
        for finding in report:
            console.print(finding.message(console.language))
    if console.as_json:
        undone = not report.stops
        findings = findings_to_json(report, console.language)
        console.print_json({"batch": options.batch, "undone": undone, "findings": findings})
    return 1 if report.stops else 0


def _to_row(console: Console, batch: BatchSummary) -> list[str]:
    return [
        batch.uid,
        batch.made_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        batch.partnership,
        batch.file_name,
        console.text(f"source.{batch.source}"),
        str(batch.rows_stored),
        console.text(f"imports.state.{batch.state}"),
    ]


def _to_json(batch: BatchSummary) -> dict[str, object]:
    return {
        "batch": batch.uid,
        "partnership": batch.partnership,
        "wave": batch.wave_name,
        "kind": batch.kind,
        "source": batch.source,
        "file": batch.file_name,
        "made_by": batch.made_by,
        "made_at": write_moment(batch.made_at),
        "rows_read": batch.rows_read,
        "rows_stored": batch.rows_stored,
        "rows_rejected": batch.rows_rejected,
        "rows_known": batch.rows_known,
        "answers_stored": batch.answers_stored,
        "changes": batch.changes_count,
        "state": batch.state,
        "replaces": batch.replaces,
        "replaced_by": batch.replaced_by,
        "undone_at": _moment(batch.undone_at),
        "undone_by": batch.undone_by,
        "undo_until": _moment(batch.undo_until),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else write_moment(moment)
