"""The first account: whoever can read this machine's console or files may make it, once.

The code (100 bits) is shown on the console and written into a file that only its owner can read; the store keeps its
SHA-256. It is void after use, after an hour, and as soon as there is an account.
"""

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from etl.store.engine import Store
from etl.store.moments import write_moment
from etl.store.schema_operations import setup_code
from etl.store.sessions import has_accounts

VALID_TIME = timedelta(hours=1)
_FILE_NAME = "setup-code.txt"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs without 0, O, 1, I: people type it from a console


def offer_setup_code(store: Store, folder: Path, now: datetime) -> str | None:
    """Return the code with which the first account can be made; ``None`` once there is one.

    A code that still holds is returned again, so that a second process or a restart shows the same.

    Args:
        store: an open store.
        folder: the installation's data folder; the code's file stands in it.
        now: the moment from which a new code holds for an hour.
    """
    path = setup_code_path(folder)
    with store.write(changes_data=False) as connection:
        if has_accounts(connection):
            path.unlink(missing_ok=True)
            return None
        written = path.read_text(encoding="ascii").strip() if path.exists() else ""
        if written and _find_valid(connection, written, now) is not None:
            return written
        code = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))
        _void_all(connection, now)
        connection.execute(insert(setup_code).values(code_hash=_hash(code), expires_at=write_moment(now + VALID_TIME)))
        write_secret(path, code + "\n")
    return code


def use_setup_code(connection: Connection, code: str, now: datetime) -> bool:
    """Take a code: ``True`` exactly once for a code that holds, ``False`` for any other.

    In the writing transaction that makes the account, so that two people with one code make one account.
    """
    found = _find_valid(connection, code, now)
    if found is None:
        return False
    taken = connection.execute(
        update(setup_code)
        .where(setup_code.c.id == found, setup_code.c.used_at.is_(None))
        .values(used_at=write_moment(now))
    )
    return taken.rowcount == 1


def setup_code_path(folder: Path) -> Path:
    """Return where the code is written."""
    return folder / _FILE_NAME


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    half.replace(path)


def _find_valid(connection: Connection, code: str, now: datetime) -> int | None:
    return connection.execute(
        select(setup_code.c.id).where(
            setup_code.c.code_hash == _hash(code),
            setup_code.c.used_at.is_(None),
            setup_code.c.expires_at > write_moment(now),
        )
    ).scalar()


def _void_all(connection: Connection, now: datetime) -> None:
    connection.execute(update(setup_code).where(setup_code.c.used_at.is_(None)).values(used_at=write_moment(now)))


def _hash(code: str) -> str:
    """People type small letters and leave out the hyphens; the code is the same."""
    return hashlib.sha256(code.upper().replace("-", "").replace(" ", "").encode()).hexdigest()
