"""A copy of the whole database, accounts included, made while it is served and checked before it counts as made.

SQLite: its own backup in one step (a copy of a living file can be malformed, and a backup in steps never ends under
writes), under a temporary name, checked, counted against the original, and only then given its name. PostgreSQL: its
own ``pg_dump``, whose list of contents is read back.
"""

import os
import secrets
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import cast

from sqlalchemy import URL

from etl.store.engine import Store
from etl.store.schema import METADATA
from surveys.findings import FaultError, Finding, Place, Report

_LONGEST_SECONDS = 3600


def copy_database(store: Store, out: Path) -> int:
    """Write a checked copy of the database and return its size in bytes.

    Args:
        store: open store.
        out: the copy; whatever stood there is replaced once the copy is whole.

    Raises:
        FaultError: the copy could not be written, or is not what the database is.
    """
    half = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        try:
            half.touch(mode=0o600)
            if store.is_sqlite:
                _copy_sqlite(store, half)
            else:
                _dump_postgresql(store.url, half)
            with half.open("rb+") as file:
                os.fsync(file.fileno())
            size = half.stat().st_size
            half.replace(out)
        finally:
            with suppress(OSError):
                half.unlink(missing_ok=True)
    except (OSError, sqlite3.Error):
        raise FaultError(Report((Finding("OUTPUT-NOT-WRITTEN", Place(file=str(out))),))) from None
    return size


def can_copy(store: Store) -> bool:
    """Return whether this machine can copy the database itself: PostgreSQL needs its own program for that."""
    return store.is_sqlite or shutil.which("pg_dump") is not None


def _copy_sqlite(store: Store, half: Path) -> None:
    """Copy within one reading transaction, so that nothing is written between the copy and the counting."""
    with store.read() as connection, closing(sqlite3.connect(half)) as copy:
        raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        # A transaction of SQLite's begins with its first question.
        wanted = _count(raw)
        raw.backup(copy, pages=-1)
        sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        linked = copy.execute("PRAGMA foreign_key_check").fetchone() is None
        if not (sound and linked and _count(copy) == wanted):
            raise FaultError(Report((Finding("BACKUP-DIFFERS", Place(file=half.name)),)))


def _count(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows by table."""
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 # names of the schema
        for table in METADATA.tables
    }


def _dump_postgresql(url: URL, half: Path) -> None:
    # The password goes by the environment: what stands on a command line everybody on the machine can read.
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    made = _run(["pg_dump", "--format=custom", "--no-owner", f"--file={half}", f"--dbname={plain}"], environment)
    listed = made is not None and shutil.which("pg_restore") and _run(["pg_restore", "--list", str(half)], environment)
    if not listed or not all(f" {table} " in listed for table in METADATA.tables):
        raise FaultError(Report((Finding("BACKUP-REFUSED"),)))


def _run(command: list[str], environment: dict[str, str]) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 # PostgreSQL's own programs
            command, env=environment, capture_output=True, check=True, timeout=_LONGEST_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace")
