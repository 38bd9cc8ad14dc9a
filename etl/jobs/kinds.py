"""What each kind of job does: a call of the pipeline, the batches or the exports, with the rights its owner has now."""

import io

from etl.exports.partnership_workbook import annotate_workbook
from etl.importing import Decisions, Incoming
from etl.jobs.encoding import from_plain
from etl.jobs.queue import Claim, JobKind, Outcome, state_of
from etl.pipeline import import_file, inspect_file
from etl.progress import Progress
from etl.store.batches import undo_batch
from etl.store.engine import Store
from etl.store.job_files import keep_job_file
from etl.store.moments import Clock
from etl.store.owners import find_owner
from etl.store.scope import ForbiddenError
from etl.store.uploads import read_upload
from etl.survey_import import read_memory
from surveys.findings import FaultError, Finding, Report
from surveys.language.texts import Language


def run_kind(store: Store, claimed: Claim, report: Progress, clock: Clock) -> Outcome:
    """Run a claimed job and return its outcome.

    Args:
        store: open store.
        claimed: the job.
        report: takes stage and progress; what it raises breaks the job off.
        clock: gives this moment.

    Raises:
        FaultError: the input or the request has faults that stop it.
        ForbiddenError: its owner may not, or not any longer.
    """
    actor = find_owner(store, claimed.owner, clock())
    if actor is None:
        raise ForbiddenError("the owner of this job has no account any longer")
    report("begin", 0.0)
    if claimed.kind is JobKind.UNDO:
        report("undoing", 0.1)
        with store.write() as connection:
            return undo_batch(connection, actor, str(claimed.payload["batch"]), clock())
    incoming = _take_upload(store, claimed)
    if claimed.kind is JobKind.ANNOTATE:
        return _annotate(store, claimed, incoming, report, clock)
    decisions = from_plain(Decisions, claimed.payload.get("decisions", {}))
    if claimed.kind is JobKind.INSPECT:
        known, remembered = read_memory(store, actor, decisions.partnership or "")
        return inspect_file(
            incoming, known_questionnaires=known, decisions=decisions, remembered=remembered, progress=report
        )
    return import_file(
        incoming,
        store=store,
        actor=actor,
        decisions=decisions,
        dry_run=claimed.kind is JobKind.PREVIEW,
        progress=report,
        clock=clock,
    )


def _annotate(store: Store, claimed: Claim, incoming: Incoming, report: Progress, clock: Clock) -> Report:
    """Mark what another job of the same owner found, and keep the copy for them."""
    marks = state_of(store, claimed.owner, str(claimed.payload["marks"]))
    if marks is None:
        raise FaultError(Report((Finding("UPLOAD-GONE"),)))
    report("marking", 0.2)
    out = io.BytesIO()
    language: Language = "en" if claimed.payload["language"] == "en" else "pl"
    said = annotate_workbook(incoming.content, marks.report, out, language)
    report("storing", 0.9)
    if said.stops:
        return said
    upload = str(claimed.payload["upload"])
    if not keep_job_file(store, claimed.owner, claimed.uid, upload=upload, content=out.getvalue(), now=clock()):
        raise FaultError(Report((Finding("UPLOAD-GONE"),)))
    return said


def _take_upload(store: Store, claimed: Claim) -> Incoming:
    incoming = read_upload(store, claimed.owner, str(claimed.payload["upload"]))
    if incoming is None:
        raise FaultError(Report((Finding("UPLOAD-GONE"),)))
    return incoming
