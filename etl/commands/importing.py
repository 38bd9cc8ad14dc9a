"""``diagnoza import``: files into the store, each whole or not at all, one after another."""

import logging
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.commands.column_decisions import read_mapping_decisions
from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.commands.paths import find_inputs, read_with_form
from etl.faults import explain_fault
from etl.importing import Decisions, ImportResult, Incoming, findings_to_json
from etl.pipeline import import_file
from etl.store.engine import Store
from etl.store.fieldwork import require_possible
from etl.store.scope import Actor
from surveys.findings import FaultError, Report
from surveys.language.folding import slugify
from surveys.model import Fieldwork, PopulationKind, SampleKind

_logger = logging.getLogger(__name__)
_ACTOR = Actor.at_machine()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a result, or only the findings that stopped it."""

    path: Path
    report: Report
    result: ImportResult | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing was loaded because of faults."""
        return self.report.stops

    @property
    def brought_partnership(self) -> bool:
        """Whether a partnership may be there now that was not before."""
        return self.result is not None and self.result.batch is not None and bool(self.result.changes)

    @property
    def lacked_partnership(self) -> bool:
        """Whether nothing was loaded because the partnership was not there."""
        return any(finding.code.startswith("PARTNERSHIP-UNKNOWN") for finding in self.report)


def run_import(console: Console, options: Namespace) -> int:
    """Load files and folders; one that has faults does not keep the others back."""
    try:
        outcomes = _load_all(console, options)
    except FaultError as fault:  # before any file was touched
        console.warn_of(fault.report)
        if console.as_json:
            console.print_json(_to_json([], findings_to_json(fault.report, console.language)))
        return 1
    for outcome in outcomes:
        say_outcome(console, outcome, dry_run=options.dry_run)
    failed = sum(outcome.failed for outcome in outcomes)
    if len(outcomes) > 1:
        console.say("import.summary", n=len(outcomes), failed=failed)
    if console.as_json:
        console.print_json(_to_json([outcome_to_json(console, outcome) for outcome in outcomes], []))
    return 1 if failed else 0


def _load_all(console: Console, options: Namespace) -> list[Outcome]:
    paths = find_inputs(options.files)
    form = Path(options.form) if options.form else None
    decisions = _read_decisions(options)
    with open_configured_store(console, create=True) as store:
        outcomes = [_load(console, store, path, form, decisions, dry_run=options.dry_run) for path in paths]
        if not any(outcome.brought_partnership for outcome in outcomes):
            return outcomes
        # Answers that came before the workbook of their partnership have a place to go by now.
        return [
            _load(console, store, outcome.path, form, decisions, dry_run=options.dry_run)
            if outcome.lacked_partnership
            else outcome
            for outcome in outcomes
        ]


def _read_decisions(options: Namespace) -> Decisions:
    try:
        partnership = slugify(options.partnership) if options.partnership else None
    except ValueError:  # nothing in it that a name could be made of: let it be said that there is no such partnership
        partnership = options.partnership
    columns, worded = read_mapping_decisions(Path(options.mapping)) if options.mapping else ({}, ())
    return Decisions(
        partnership=partnership,
        wave=options.wave,
        questionnaire=options.questionnaire,
        columns=columns,
        worded=worded,
        keep_unfinished=options.keep_unfinished,
        keep_names=options.keep_names,
        people=options.people,
        fieldwork=_read_fieldwork(options),
        drop_identifiers=options.drop_identifiers,
        accept_suggestions=options.accept_suggestions,
        source=options.said_source,
        replaces=options.replace,
        keep_both=options.keep_both,
    )


def _read_fieldwork(options: Namespace) -> Fieldwork:
    fieldwork = Fieldwork(
        PopulationKind(options.population) if options.population else None,
        " ".join((options.who or "").split()),
        SampleKind(options.sampling) if options.sampling else None,
        options.population_count,
        options.invited,
    )
    require_possible(fieldwork)
    return fieldwork


def _load(
    console: Console, store: Store, path: Path, form: Path | None, decisions: Decisions, *, dry_run: bool
) -> Outcome:
    return load(console, store, path, lambda: read_with_form(path, form), decisions, dry_run=dry_run)


def load(  # what an import needs, in its order
    console: Console,
    store: Store,
    path: Path,
    read: Callable[[], Incoming],
    decisions: Decisions,
    *,
    dry_run: bool,
) -> Outcome:
    """Load one file; whatever goes wrong becomes its outcome.

    Args:
        console: shows progress.
        store: open store.
        path: what the person calls the file.
        read: gives its content.
        decisions: what the person decided.
        dry_run: do everything but store.
    """
    try:
        result = import_file(
            read(),
            store=store,
            actor=_ACTOR,
            decisions=decisions,
            dry_run=dry_run,
            progress=console.report_progress,
        )
    except FaultError as fault:
        return Outcome(path, _name_similar_partnerships(store, decisions, fault.report))
    except Exception as error:  # noqa: BLE001 # a fault of one file must not keep the others back
        return Outcome(path, explain_fault(error, _logger))
    return Outcome(path, result.report, result)


def _name_similar_partnerships(store: Store, decisions: Decisions, report: Report) -> Report:
    """The pipeline knows that a partnership isn't there; here we know what the person may have meant."""
    if all(finding.code != "SURVEY-PARTNERSHIP-UNKNOWN" for finding in report):
        return report
    try:
        require_partnership(store, _ACTOR, decisions.partnership or "")
    except FaultError as fault:
        return fault.report
    return report


def say_outcome(console: Console, outcome: Outcome, *, dry_run: bool) -> None:
    """Say what became of a file, and its findings."""
    result = outcome.result
    if outcome.failed or result is None:
        console.note("import.failed", file=outcome.path)
    elif result.already_loaded:
        console.say("import.already_loaded", file=outcome.path, batch=result.batch)
    else:
        console.say(
            "import.rehearsed" if dry_run else "import.loaded",
            file=outcome.path,
            source=console.text(f"source.{result.source}"),
            read=result.rows_read,
            stored=result.rows_stored,
            known=result.rows_known,
            rejected=result.rows_rejected,
            answers=result.answers_stored,
            batch=result.batch or "–",
        )
    console.warn_of(outcome.report)


def _to_json(files: list[dict[str, Any]], findings: list[dict[str, Any]]) -> dict[str, Any]:
    """One object for any number of files: the sums, and each file by itself under ``files``."""
    only = files[0] if len(files) == 1 else {}
    counts = ("rows_read", "rows_stored", "rows_rejected", "rows_known", "answers_stored")
    return {
        "batch": only.get("batch"),
        "source": only.get("source"),
        **{name: sum(file[name] for file in files) for name in counts},
        "findings": findings + [finding for file in files for finding in file["findings"]],
        "files": files,
    }


def outcome_to_json(console: Console, outcome: Outcome) -> dict[str, Any]:
    """Return the object that stands for one file; ``batch`` is ``None`` when nothing was loaded."""
    empty = ImportResult(None, "", 0, 0, 0, 0, outcome.report)
    plain = (outcome.result or empty).to_json(console.language)
    findings = findings_to_json(outcome.report, console.language)
    return {"file": str(outcome.path), **plain, "source": plain["source"] or None, "findings": findings}
