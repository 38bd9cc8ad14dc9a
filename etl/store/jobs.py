"""Jobs as rows: what `etl.jobs.queue` needs to ask and change, and nothing of its rules.

A job is *held* by a worker while the worker's lease runs. Every change by a worker is conditional on still holding
the job, so a worker that was thought dead and wakes up changes nothing.
"""

from dataclasses import dataclass, fields
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, insert, or_, select, update

from etl.store.schema_operations import job


@dataclass(frozen=True, slots=True)
class JobRow:
    """One row of the table of jobs; ``payload`` and ``result`` are JSON, moments are the store's text."""

    uid: str
    kind: str
    owner: str
    payload: str
    state: str
    progress: float
    stage: str
    result: str | None
    cancel_requested: bool
    attempts: int
    made_at: str
    ended_at: str | None


def insert_job(connection: Connection, *, kind: str, owner: str, subject: str | None, payload: str, at: str) -> str:
    """Put a job at the end of the queue and return its uid; ``subject`` is the upload or batch that it is about."""
    uid = uuid4().hex
    connection.execute(
        insert(job).values(
            uid=uid,
            kind=kind,
            owner=owner,
            subject=subject,
            payload=payload,
            state="queued",
            progress=0.0,
            stage="",
            cancel_requested=False,
            attempts=0,
            made_at=at,
        )
    )
    return uid


def find_open_job(connection: Connection, *, owner: str, kind: str, payload: str) -> str | None:
    """Return the uid of the same job when it already waits or runs and nobody has asked to cancel it."""
    return connection.execute(
        select(job.c.uid).where(
            job.c.owner == owner,
            job.c.kind == kind,
            job.c.payload == payload,
            job.c.state.in_(("queued", "running")),
            job.c.cancel_requested.is_(False),
        )
    ).scalar()


def read_job(connection: Connection, *, owner: str, uid: str) -> JobRow | None:
    """Return an owner's job, ``None`` when this owner has none of that uid."""
    row = connection.execute(_select_jobs().where(job.c.uid == uid, job.c.owner == owner)).first()
    return None if row is None else _to_row(row)


def list_jobs(
    connection: Connection, *, owner: str, kind: str | None = None, subject: str | None = None
) -> list[JobRow]:
    """Return an owner's jobs, newest first: all that are kept, those of a kind, or those about an upload or batch."""
    asked = {job.c.owner: owner, job.c.kind: kind, job.c.subject: subject}
    question = _select_jobs().where(*(column == value for column, value in asked.items() if value is not None))
    return [_to_row(row) for row in connection.execute(question.order_by(job.c.id.desc()))]


def mark_for_cancelling(connection: Connection, *, owner: str, uid: str, at: str) -> bool:
    """End an owner's waiting job, or ask the worker of a running one to stop; ``False`` when there is none."""
    mine = and_(job.c.uid == uid, job.c.owner == owner)
    ended = connection.execute(
        update(job)
        .where(mine, job.c.state == "queued")
        .values(state="cancelled", cancel_requested=True, ended_at=at, stage="")
    )
    asked = connection.execute(update(job).where(mine, job.c.state == "running").values(cancel_requested=True))
    return ended.rowcount + asked.rowcount > 0


def lock_next_job(connection: Connection, *, now: str, horizon: str) -> JobRow | None:
    """Return the oldest job that waits or whose lease has run out, locked until the transaction ends.

    Args:
        connection: a writing connection.
        now: leases before this moment have run out.
        horizon: leases beyond this moment were given by a clock that has since been put back; they count as run out.
    """
    row = connection.execute(
        _select_jobs().where(_is_free(now, horizon)).order_by(job.c.id).limit(1).with_for_update(skip_locked=True)
    ).first()
    return None if row is None else _to_row(row)


def is_any_job_free(connection: Connection, *, now: str, horizon: str) -> bool:
    """Return whether `lock_next_job` would find one; needs no writing transaction."""
    return connection.execute(select(job.c.id).where(_is_free(now, horizon)).limit(1)).first() is not None


def give_lease(connection: Connection, *, uid: str, worker: str, lease_until: str) -> None:
    """Hand a locked job to a worker and count the attempt."""
    connection.execute(
        update(job)
        .where(job.c.uid == uid)
        .values(
            state="running",
            worker=worker,
            lease_until=lease_until,
            attempts=job.c.attempts + 1,
            progress=0.0,
            stage="",
        )
    )


def change_held_job(connection: Connection, *, uid: str, worker: str, **values: Any) -> bool:
    """Change a running job that the worker holds; ``False`` when it holds it no longer."""
    return connection.execute(update(job).where(_is_held(uid, worker)).values(**values)).rowcount > 0


def return_held_job(connection: Connection, *, uid: str, worker: str, counted: bool) -> bool:
    """Put a held job back into the queue; an attempt that is not counted is as if it had not been tried."""
    attempts = job.c.attempts if counted else job.c.attempts - 1
    returned = connection.execute(
        update(job)
        .where(_is_held(uid, worker))
        .values(state="queued", worker=None, lease_until=None, attempts=attempts, progress=0.0, stage="")
    )
    return returned.rowcount > 0


def end_leases_of(connection: Connection, *, worker: str) -> None:
    """Let the leases of a worker that is known to be dead run out at once."""
    connection.execute(update(job).where(job.c.worker == worker, job.c.state == "running").values(lease_until=""))


def end_job(connection: Connection, *, uid: str, state: str, result: str | None, at: str) -> None:
    """End a locked job that no worker holds."""
    connection.execute(
        update(job)
        .where(job.c.uid == uid)
        .values(state=state, result=result, ended_at=at, worker=None, lease_until=None)
    )


def is_cancelling(connection: Connection, *, uid: str, worker: str) -> bool | None:
    """Return whether somebody asked to cancel a held job, ``None`` when the worker holds it no longer."""
    return connection.execute(select(job.c.cancel_requested).where(_is_held(uid, worker))).scalar()


def delete_ended_jobs(connection: Connection, *, before: str) -> int:
    """Delete jobs that ended before a moment, and return how many there were."""
    return connection.execute(delete(job).where(job.c.ended_at < before)).rowcount


def _is_free(now: str, horizon: str) -> ColumnElement[bool]:
    run_out = or_(job.c.lease_until < now, job.c.lease_until > horizon)
    return or_(job.c.state == "queued", and_(job.c.state == "running", run_out))


def _is_held(uid: str, worker: str) -> ColumnElement[bool]:
    return and_(job.c.uid == uid, job.c.worker == worker, job.c.state == "running")


def _select_jobs() -> Select[*tuple[Any, ...]]:
    return select(*(job.c[field.name] for field in fields(JobRow)))


def _to_row(row: Row[*tuple[Any, ...]]) -> JobRow:
    return JobRow(*row)
