"""The rules of the queue: who may see a job, who may run it, and what happens when a worker dies.

A worker holds a job by a lease that it renews. A lease that runs out means that its worker is gone, and the job runs
again from the start: imports are idempotent by content, so nothing is loaded twice. After `MOST_ATTEMPTS` the job is
failed with a finding rather than tried for ever. Works on SQLite and PostgreSQL with any number of workers: a job is
taken by one conditional change under a lock.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from etl.importing import ImportResult, Inspection
from etl.jobs.encoding import from_plain, to_plain
from etl.store import jobs
from etl.store.engine import Store
from etl.store.moments import utc_now, write_moment
from etl.store.uploads import drop_upload_within
from surveys.findings import Finding, Place, Report

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
# A preview tells how many people of a file chose what: it is kept no longer than the file itself.
KEPT_AFTER_END = timedelta(hours=24)


class JobKind(StrEnum):
    """What a job does: one call of `etl.pipeline`, of the batches, or of the exports."""

    INSPECT = "inspect"
    PREVIEW = "preview"
    IMPORT = "import"
    UNDO = "undo"
    ANNOTATE = "annotate"


class Status(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobState:
    """What an owner sees of a job.

    Attributes:
        stage: key of the stage that runs, ``""`` before the first.
        progress: 0–1.
        payload: what was asked: references to uploads and batches, decisions.
        result: ``None`` until the job ends; read it through `inspection`, `import_result` and `report`.
        made_at: when it was asked for, UTC text of the store.
    """

    uid: str
    kind: JobKind
    state: Status
    stage: str
    progress: float
    payload: dict[str, Any]
    result: dict[str, Any] | None
    cancel_requested: bool
    made_at: str

    @property
    def ended(self) -> bool:
        """Whether the job will not change any more."""
        return self.state in (Status.DONE, Status.FAILED, Status.CANCELLED)

    @property
    def inspection(self) -> Inspection | None:
        """Outcome of a job of kind ``inspect``."""
        plain = (self.result or {}).get("inspection")
        return None if plain is None else from_plain(Inspection, plain)

    @property
    def import_result(self) -> ImportResult | None:
        """Outcome of a job of kind ``preview``, ``import`` or ``undo``."""
        plain = (self.result or {}).get("import")
        return None if plain is None else from_plain(ImportResult, plain)

    @property
    def report(self) -> Report:
        """Findings of the job, whatever its kind; a failed job has at least one."""
        if self.inspection is not None:
            return self.inspection.report
        if self.import_result is not None:
            return self.import_result.report
        plain = (self.result or {}).get("report")
        return Report() if plain is None else from_plain(Report, plain)


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in a worker's hands."""

    uid: str
    kind: JobKind
    owner: str
    payload: dict[str, Any]
    worker: str


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a worker learns when it renews: whether it still holds the job, and whether to stop."""

    held: bool
    cancel_requested: bool


Outcome = Inspection | ImportResult | Report


def enqueue(store: Store, owner: str, kind: JobKind, payload: Mapping[str, Any], *, now: datetime | None = None) -> str:
    """Ask for a job and return its uid; asking twice while it waits or runs (a second click) is asking once.

    Args:
        store: open store.
        owner: ``owner_key`` of the actor; nobody else will see the job.
        kind: what to do.
        payload: references and decisions as plain JSON values, never contents of a file. Its ``upload`` or ``batch``
            is what the job is about, by which it is found again.
        now: this moment.
    """
    text = json.dumps(dict(payload), ensure_ascii=False, sort_keys=True)
    with store.write(changes_data=False) as connection:
        same = jobs.find_open_job(connection, owner=owner, kind=kind, payload=text)
        if same is not None:
            return same
        at = write_moment(now or utc_now())
        subject = payload.get("upload", payload.get("batch"))
        return jobs.insert_job(connection, kind=kind, owner=owner, subject=subject, payload=text, at=at)


def state_of(store: Store, owner: str, uid: str) -> JobState | None:
    """Return an owner's job; ``None`` for somebody else's and for one that does not exist."""
    with store.read() as connection:
        row = jobs.read_job(connection, owner=owner, uid=uid)
    return None if row is None else _to_state(row)


def list_states(store: Store, owner: str, *, kind: JobKind | None = None, subject: str | None = None) -> list[JobState]:
    """Return an owner's jobs, newest first: what a page shows to somebody who comes back.

    Args:
        store: open store.
        owner: ``owner_key`` of the actor.
        kind: those of one kind only.
        subject: those about one upload or batch only, by its uid.
    """
    with store.read() as connection:
        return [_to_state(row) for row in jobs.list_jobs(connection, owner=owner, kind=kind, subject=subject)]


def request_cancel(store: Store, owner: str, uid: str, *, now: datetime | None = None) -> bool:
    """Cancel a waiting job, or ask a running one to stop before its load; ``False`` when there is none to stop."""
    with store.write(changes_data=False) as connection:
        return jobs.mark_for_cancelling(connection, owner=owner, uid=uid, at=write_moment(now or utc_now()))


def claim(store: Store, worker: str, now: datetime) -> Claim | None:
    """Take the oldest job that waits, or whose worker is gone; ``None`` when there is nothing to do.

    Args:
        store: open store.
        worker: name of the worker process, unique among all that run.
        now: this moment.
    """
    at, horizon = write_moment(now), write_moment(now + 2 * LEASE)
    with store.read() as connection:  # asking costs no writer's lock while there is nothing to do
        if not jobs.is_any_job_free(connection, now=at, horizon=horizon):
            return None
    with store.write(changes_data=False) as connection:
        while (row := jobs.lock_next_job(connection, now=at, horizon=horizon)) is not None:
            if row.cancel_requested:
                jobs.end_job(connection, uid=row.uid, state=Status.CANCELLED, result=None, at=at)
            elif row.attempts >= MOST_ATTEMPTS:
                report = Report((Finding("JOB-GIVEN-UP", Place(), {"attempts": row.attempts}),))
                jobs.end_job(connection, uid=row.uid, state=Status.FAILED, result=_encode(report), at=at)
            else:
                jobs.give_lease(connection, uid=row.uid, worker=worker, lease_until=write_moment(now + LEASE))
                return Claim(row.uid, JobKind(row.kind), row.owner, json.loads(row.payload), worker)
    return None


def renew(store: Store, claimed: Claim, stage: str, progress: float, *, now: datetime) -> Renewal:
    """Prolong a lease and write how far the job is."""
    with store.write(changes_data=False) as connection:
        jobs.change_held_job(
            connection,
            uid=claimed.uid,
            worker=claimed.worker,
            stage=stage,
            progress=progress,
            lease_until=write_moment(now + LEASE),
        )
        return _to_renewal(cancelling=jobs.is_cancelling(connection, uid=claimed.uid, worker=claimed.worker))


def look_at_held(store: Store, claimed: Claim) -> Renewal:
    """Ask about a held job without writing anything."""
    with store.read() as connection:
        return _to_renewal(cancelling=jobs.is_cancelling(connection, uid=claimed.uid, worker=claimed.worker))


def finish(store: Store, claimed: Claim, outcome: Outcome, *, drop_upload: str | None = None, now: datetime) -> bool:
    """End a job with its outcome, and let go of the file it came from; ``False`` when the worker held it no longer."""
    with store.write(changes_data=False) as connection:
        held = jobs.change_held_job(
            connection,
            uid=claimed.uid,
            worker=claimed.worker,
            state=Status.DONE,
            progress=1.0,
            result=_encode(outcome),
            ended_at=write_moment(now),
        )
        if held and drop_upload is not None:
            drop_upload_within(connection, claimed.owner, drop_upload)
    return held


def fail(store: Store, claimed: Claim, report: Report, *, now: datetime) -> bool:
    """End a job with the findings that stopped it."""
    return _end(store, claimed, Status.FAILED, now, result=_encode(report))


def confirm_cancel(store: Store, claimed: Claim, *, now: datetime) -> bool:
    """End a job that stopped because its owner asked for it."""
    return _end(store, claimed, Status.CANCELLED, now, stage="")


def give_back(store: Store, claimed: Claim, *, counted: bool = False) -> bool:
    """Return a job to the queue.

    Args:
        store: open store.
        claimed: the job.
        counted: whether this was one of its attempts; not when the worker itself was told to stop.
    """
    with store.write(changes_data=False) as connection:
        return jobs.return_held_job(connection, uid=claimed.uid, worker=claimed.worker, counted=counted)


def free_jobs_of(store: Store, worker: str) -> None:
    """Free the jobs of a worker that is known to be dead, so that nobody waits for its lease."""
    with store.write(changes_data=False) as connection:
        jobs.end_leases_of(connection, worker=worker)


def purge_ended_jobs(store: Store, *, now: datetime) -> int:
    """Delete jobs that ended a day ago, and return how many there were."""
    with store.write(changes_data=False) as connection:
        return jobs.delete_ended_jobs(connection, before=write_moment(now - KEPT_AFTER_END))


def _end(store: Store, claimed: Claim, status: Status, now: datetime, **values: Any) -> bool:
    with store.write(changes_data=False) as connection:
        return jobs.change_held_job(
            connection, uid=claimed.uid, worker=claimed.worker, state=status, ended_at=write_moment(now), **values
        )


def _to_renewal(*, cancelling: bool | None) -> Renewal:
    return Renewal(held=cancelling is not None, cancel_requested=bool(cancelling))


def _encode(outcome: Outcome) -> str:
    name = {Inspection: "inspection", ImportResult: "import", Report: "report"}[type(outcome)]
    return json.dumps({name: to_plain(outcome)}, ensure_ascii=False)


def _to_state(row: jobs.JobRow) -> JobState:
    return JobState(
        uid=row.uid,
        kind=JobKind(row.kind),
        state=Status(row.state),
        stage=row.stage,
        progress=row.progress,
        payload=json.loads(row.payload),
        result=None if row.result is None else json.loads(row.result),
        cancel_requested=row.cancel_requested,
        made_at=row.made_at,
    )
