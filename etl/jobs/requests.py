"""What a page calls: keep a file, ask for a job on it, look how it stands.

Every function takes the actor, and a job runs with the rights that its owner holds when it runs, not when it was
asked for.
"""

from etl.importing import Decisions, Incoming
from etl.jobs import queue
from etl.jobs.encoding import to_plain
from etl.jobs.queue import JobKind, JobState
from etl.store import uploads
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.uploads import KeptFile


def keep_upload(store: Store, actor: Actor, incoming: Incoming) -> str:
    """Keep a file until its import and return its uid (see `etl.store.uploads.keep_upload`).

    Raises:
        FaultError: the actor already holds as much as one person may.
    """
    return uploads.keep_upload(store, actor.owner_key, incoming)


def drop_upload(store: Store, actor: Actor, upload: str) -> bool:
    """Delete an own kept file."""
    return uploads.drop_upload(store, actor.owner_key, upload)


def list_uploads(store: Store, actor: Actor) -> list[KeptFile]:
    """Return the actor's own kept files, newest first."""
    return uploads.list_uploads(store, actor.owner_key)


def read_upload(store: Store, actor: Actor, upload: str) -> Incoming | None:
    """Return an own kept file with its content; ``None`` for somebody else's and for one that does not exist."""
    return uploads.read_upload(store, actor.owner_key, upload)


def request_inspection(store: Store, actor: Actor, upload: str) -> str:
    """Ask what a kept file is; the job's outcome is an `Inspection`."""
    return queue.enqueue(store, actor.owner_key, JobKind.INSPECT, {"upload": upload})


def request_preview(store: Store, actor: Actor, upload: str, decisions: Decisions) -> str:
    """Ask what loading a kept file would do; the outcome is an `ImportResult` without a batch."""
    return queue.enqueue(store, actor.owner_key, JobKind.PREVIEW, _import_payload(upload, decisions))


def request_import(store: Store, actor: Actor, upload: str, decisions: Decisions) -> str:
    """Ask to load a kept file; the outcome is an `ImportResult`. A loaded file is not kept any longer."""
    return queue.enqueue(store, actor.owner_key, JobKind.IMPORT, _import_payload(upload, decisions))


def request_undo(store: Store, actor: Actor, batch: str) -> str:
    """Ask to undo an import by the uid of its batch; the outcome is a `Report`."""
    return queue.enqueue(store, actor.owner_key, JobKind.UNDO, {"batch": batch})


def find_job(store: Store, actor: Actor, job: str) -> JobState | None:
    """Return an own job; ``None`` for somebody else's and for one that does not exist."""
    return queue.state_of(store, actor.owner_key, job)


def list_jobs(store: Store, actor: Actor) -> list[JobState]:
    """Return the actor's own newest jobs, newest first."""
    return queue.list_states(store, actor.owner_key)


def cancel_job(store: Store, actor: Actor, job: str) -> bool:
    """Ask to stop an own job; ``False`` when it has ended, is not theirs or does not exist."""
    return queue.request_cancel(store, actor.owner_key, job)


def _import_payload(upload: str, decisions: Decisions) -> dict[str, object]:
    return {"upload": upload, "decisions": to_plain(decisions)}
