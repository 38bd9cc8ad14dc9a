"""What a page calls: keep a file, ask for a job on it, look how it stands.

Every function takes the actor, and a job runs with the rights that its owner holds when it runs, not when it was
asked for.
"""

from etl.importing import Decisions, Incoming
from etl.jobs import queue
from etl.jobs.encoding import to_plain
from etl.jobs.queue import JobKind, JobState
from etl.store import job_files, uploads
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.uploads import KeptFile
from surveys.language.texts import Language


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


def request_inspection(store: Store, actor: Actor, upload: str, decisions: Decisions | None = None) -> str:
    """Ask what a kept file is, with what has been decided so far; the job's outcome is an `Inspection`."""
    return queue.enqueue(store, actor.owner_key, JobKind.INSPECT, _import_payload(upload, decisions or Decisions()))


def request_preview(store: Store, actor: Actor, upload: str, decisions: Decisions) -> str:
    """Ask what loading a kept file would do; the outcome is an `ImportResult` without a batch."""
    return queue.enqueue(store, actor.owner_key, JobKind.PREVIEW, _import_payload(upload, decisions))


def request_import(store: Store, actor: Actor, upload: str, decisions: Decisions) -> str:
    """Ask to load a kept file; the outcome is an `ImportResult`. A loaded file is not kept any longer."""
    return queue.enqueue(store, actor.owner_key, JobKind.IMPORT, _import_payload(upload, decisions))


def request_marked_copy(store: Store, actor: Actor, upload: str, marks: str, language: Language) -> str:
    """Ask for a kept workbook with findings marked in it; `read_job_file` gives it when the job is done.

    Args:
        store: open store.
        actor: whose file it is.
        upload: uid of the kept file.
        marks: uid of the own job whose findings are to be marked.
        language: of the remarks.
    """
    payload = {"upload": upload, "marks": marks, "language": language}
    return queue.enqueue(store, actor.owner_key, JobKind.ANNOTATE, payload)


def request_undo(store: Store, actor: Actor, batch: str) -> str:
    """Ask to undo an import by the uid of its batch; the outcome is a `Report`."""
    return queue.enqueue(store, actor.owner_key, JobKind.UNDO, {"batch": batch})


def find_job(store: Store, actor: Actor, job: str) -> JobState | None:
    """Return an own job; ``None`` for somebody else's and for one that does not exist."""
    return queue.state_of(store, actor.owner_key, job)


def list_jobs_of_upload(store: Store, actor: Actor, upload: str) -> list[JobState]:
    """Return the actor's own jobs on a kept file, newest first, however much they have asked for since."""
    return queue.list_states(store, actor.owner_key, subject=upload)


def list_undoings(store: Store, actor: Actor) -> list[JobState]:
    """Return the actor's own jobs that undo imports, newest first."""
    return queue.list_states(store, actor.owner_key, kind=JobKind.UNDO)


def has_job_file(store: Store, actor: Actor, job: str) -> bool:
    """Whether the file that an own job made is still kept."""
    return job_files.has_job_file(store, actor.owner_key, job)


def read_job_file(store: Store, actor: Actor, job: str) -> bytes | None:
    """Return the file that an own job made; ``None`` for somebody else's and for one that is not kept."""
    return job_files.read_job_file(store, actor.owner_key, job)


def cancel_job(store: Store, actor: Actor, job: str) -> bool:
    """Ask to stop an own job; ``False`` when it has ended, is not theirs or does not exist."""
    return queue.request_cancel(store, actor.owner_key, job)


def _import_payload(upload: str, decisions: Decisions) -> dict[str, object]:
    return {"upload": upload, "decisions": to_plain(decisions)}
