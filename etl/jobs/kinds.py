"""What each kind of job does: one call of the pipeline or of the batches, with the rights its owner has now."""

from collections.abc import Callable

from etl.importing import Decisions, Incoming
from etl.jobs.encoding import from_plain
from etl.jobs.queue import Claim, JobKind, Outcome
from etl.pipeline import import_file, inspect_file
from etl.store.batches import undo_batch
from etl.store.engine import Store
from etl.store.moments import Clock
from etl.store.owners import find_owner
from etl.store.scope import Actor, ForbiddenError
from etl.store.uploads import read_upload
from surveys.findings import FaultError, Finding, Report

ReportProgress = Callable[[str, float], None]


def run_kind(store: Store, claimed: Claim, report: ReportProgress, clock: Clock) -> Outcome:
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
        undo_batch(store, actor, str(claimed.payload["batch"]))
        return Report()
    incoming = _take_upload(store, claimed)
    if claimed.kind is JobKind.INSPECT:
        return inspect_file(incoming, progress=report)
    return _import(store, actor, incoming, claimed, report)


def _import(store: Store, actor: Actor, incoming: Incoming, claimed: Claim, report: ReportProgress) -> Outcome:
    decisions = from_plain(Decisions, claimed.payload["decisions"])
    rehearse = claimed.kind is JobKind.PREVIEW
    return import_file(incoming, store=store, actor=actor, decisions=decisions, dry_run=rehearse, progress=report)


def _take_upload(store: Store, claimed: Claim) -> Incoming:
    incoming = read_upload(store, claimed.owner, str(claimed.payload["upload"]))
    if incoming is None:
        raise FaultError(Report((Finding("UPLOAD-GONE"),)))
    return incoming
