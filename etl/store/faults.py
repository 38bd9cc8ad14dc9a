"""What a database's own error means for a person: a full disk, a locked file, a server that went away.

The driver's text never goes on: it quotes statements and values.
"""

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError, OperationalError

from etl.store.migration import NewerSchemaError
from surveys.findings import Finding

_SQLITE_CODES = {
    sqlite3.SQLITE_FULL: "STORE-FULL",
    sqlite3.SQLITE_READONLY: "STORE-READ-ONLY",
    sqlite3.SQLITE_PERM: "STORE-READ-ONLY",
    sqlite3.SQLITE_BUSY: "STORE-BUSY",
    sqlite3.SQLITE_LOCKED: "STORE-BUSY",
    sqlite3.SQLITE_CORRUPT: "STORE-DAMAGED",
    sqlite3.SQLITE_NOTADB: "STORE-DAMAGED",
    sqlite3.SQLITE_CANTOPEN: "STORE-UNREACHABLE",
}
_PRIMARY_CODE = 0xFF  # SQLite's extended codes keep the general one in the lowest byte


def explain_store_fault(error: BaseException) -> Finding | None:
    """Return the finding for a database's error, ``None`` when it means nothing a person could mend."""
    if isinstance(error, NewerSchemaError):
        return Finding("STORE-NEWER")
    if not isinstance(error, DBAPIError):
        return None
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = _SQLITE_CODES.get(getattr(cause, "sqlite_errorcode", -1) & _PRIMARY_CODE)
    elif isinstance(cause, psycopg.errors.DiskFull):
        code = "STORE-FULL"
    elif isinstance(cause, psycopg.errors.ReadOnlySqlTransaction):
        code = "STORE-READ-ONLY"
    elif isinstance(cause, psycopg.OperationalError) or error.connection_invalidated:
        code = "STORE-UNREACHABLE"
    else:
        code = None
    return None if code is None else Finding(code)


def may_pass(error: BaseException) -> bool:
    """Return whether trying again later can help: a lock that is held, a server that restarts."""
    finding = explain_store_fault(error)
    return isinstance(error, OperationalError) and finding is not None and finding.code in _PASSING


_PASSING = frozenset({"STORE-BUSY", "STORE-UNREACHABLE"})
