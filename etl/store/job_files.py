"""Files that jobs make for their owner to take away: kept as long as the upload they came from, a day at most.

Whoever else asks gets the same answer as for a file that does not exist.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from etl.store.engine import Store
from etl.store.moments import write_moment
from etl.store.schema_operations import job_file
from etl.store.schema_operations import upload as uploads_table


def keep_job_file(store: Store, owner: str, job: str, *, upload: str, content: bytes, now: datetime) -> bool:
    """Keep what a job made of an upload, in the place of what an earlier one made of it.

    Args:
        store: open store.
        owner: ``owner_key`` of whoever asked for the job.
        job: uid of the job; one that runs again replaces its own file.
        upload: uid of the file it came from.
        content: the file.
        now: this moment.

    Returns:
        ``False`` when the upload was dropped meanwhile: then nothing of it is kept.
    """
    with store.write(changes_data=False) as connection:
        drop_job_files_within(connection, owner, upload)
        kept = select(uploads_table.c.uid).where(uploads_table.c.uid == upload, uploads_table.c.owner == owner)
        if connection.execute(kept.with_for_update()).first() is None:
            return False
        connection.execute(
            insert(job_file).values(job=job, owner=owner, upload=upload, content=content, made_at=write_moment(now))
        )
        return True


def has_job_file(store: Store, owner: str, job: str) -> bool:
    """Whether what an own job made is still kept."""
    with store.read() as connection:
        question = select(job_file.c.job).where(job_file.c.job == job, job_file.c.owner == owner)
        return connection.execute(question).first() is not None


def read_job_file(store: Store, owner: str, job: str) -> bytes | None:
    """Return what an own job made, ``None`` when this owner has nothing of that job."""
    with store.read() as connection:
        question = select(job_file.c.content).where(job_file.c.job == job, job_file.c.owner == owner)
        row = connection.execute(question).first()
    return None if row is None else bytes(row.content)


def drop_job_files_within(connection: Connection, owner: str, upload: str) -> None:
    """Delete what was made of an upload, in somebody's own writing transaction."""
    connection.execute(delete(job_file).where(job_file.c.owner == owner, job_file.c.upload == upload))


def purge_job_files_within(connection: Connection, before: datetime) -> None:
    """Delete what was made before a moment."""
    connection.execute(delete(job_file).where(job_file.c.made_at < write_moment(before)))
