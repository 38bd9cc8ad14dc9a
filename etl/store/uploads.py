"""Files between upload and import: kept a day at most, seen by their owner only.

A file lies here so that the preview and the import can run as jobs after the page that took it is gone. The owner is
an actor's ``owner_key``; whoever else asks gets the same answer as for a file that does not exist.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from etl.importing import Incoming
from etl.store.engine import Store
from etl.store.job_files import drop_job_files_within, purge_job_files_within
from etl.store.moments import utc_now, write_moment
from etl.store.schema_operations import upload
from surveys.findings import FaultError, Finding, Place, Report

KEPT_FOR = timedelta(hours=24)
MOST_FILES = 5
MOST_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that waits, without its content; ``made_at`` is UTC text of the store."""

    uid: str
    file_name: str
    made_at: str


def keep_upload(store: Store, owner: str, incoming: Incoming, *, now: datetime | None = None) -> str:
    """Keep a file until its import, and return its uid; the same file of the same owner keeps the uid it had.

    Raises:
        FaultError: the owner already holds as many files, or as many bytes, as one person may.
    """
    at = now or utc_now()
    content_hash = hashlib.sha256(incoming.content).hexdigest()
    with store.write(changes_data=False) as connection:
        _purge(connection, at)
        known = connection.execute(
            select(upload.c.uid).where(
                upload.c.owner == owner,
                upload.c.content_hash == content_hash,
                upload.c.file_name == incoming.file_name,
            )
        ).scalar()
        if known is not None:
            connection.execute(update(upload).where(upload.c.uid == known).values(made_at=write_moment(at)))
            return str(known)
        _refuse_too_much(connection, owner, incoming)
        uid = uuid4().hex
        connection.execute(
            insert(upload).values(
                uid=uid,
                owner=owner,
                file_name=incoming.file_name,
                content_hash=content_hash,
                content=incoming.content,
                made_at=write_moment(at),
            )
        )
        return uid


def read_upload(store: Store, owner: str, uid: str) -> Incoming | None:
    """Return a kept file, ``None`` when this owner has none of that uid."""
    with store.read() as connection:
        row = connection.execute(
            select(upload.c.file_name, upload.c.content).where(upload.c.uid == uid, upload.c.owner == owner)
        ).first()
    return None if row is None else Incoming(file_name=row.file_name, content=bytes(row.content))


def list_uploads(store: Store, owner: str) -> list[KeptFile]:
    """Return the files this owner has waiting, newest first."""
    with store.read() as connection:
        rows = connection.execute(
            select(upload.c.uid, upload.c.file_name, upload.c.made_at)
            .where(upload.c.owner == owner)
            .order_by(upload.c.made_at.desc(), upload.c.uid)
        )
        return [KeptFile(row.uid, row.file_name, row.made_at) for row in rows]


def drop_upload(store: Store, owner: str, uid: str) -> bool:
    """Delete a kept file; ``False`` when this owner has none of that uid."""
    with store.write(changes_data=False) as connection:
        return drop_upload_within(connection, owner, uid)


def drop_upload_within(connection: Connection, owner: str, uid: str) -> bool:
    """Delete a kept file in somebody's own writing transaction, so that both happen or neither.

    What jobs made of it for its owner goes with it.
    """
    dropped = connection.execute(delete(upload).where(upload.c.uid == uid, upload.c.owner == owner)).rowcount > 0
    # Only now: a job that was just keeping one held the upload until it had.
    drop_job_files_within(connection, owner, uid)
    return dropped


def purge_uploads(store: Store, *, now: datetime | None = None) -> int:
    """Delete files kept longer than a day, and what was made of them, and return how many files there were."""
    with store.write(changes_data=False) as connection:
        return _purge(connection, now or utc_now())


def _purge(connection: Connection, now: datetime) -> int:
    purge_job_files_within(connection, now - KEPT_FOR)
    return connection.execute(delete(upload).where(upload.c.made_at < write_moment(now - KEPT_FOR))).rowcount


def _refuse_too_much(connection: Connection, owner: str, incoming: Incoming) -> None:
    held, size = connection.execute(
        select(func.count(), func.coalesce(func.sum(func.length(upload.c.content)), 0)).where(upload.c.owner == owner)
    ).one()
    if held >= MOST_FILES or size + len(incoming.content) > MOST_BYTES:
        facts: dict[str, str | int] = {"files": MOST_FILES, "megabytes": MOST_BYTES // 1024**2}
        raise FaultError(Report((Finding("UPLOADS-TOO-MANY", Place(file=incoming.file_name), facts),)))
