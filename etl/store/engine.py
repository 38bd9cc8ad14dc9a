"""Connections that don't lose updates: one place that knows how each database wants to be opened.

SQLite: rollback journal and ``synchronous=FULL`` (WAL can corrupt on the SQLite that Debian links), foreign keys,
``secure_delete``, and ``BEGIN IMMEDIATE`` for whoever may write, because a deferred transaction that reads and then
writes fails at once whatever the timeout, and SQLAlchemy's default loses updates. Readers have an engine of their
own that cannot write. PostgreSQL: ``pool_pre_ping``; writers lock the partnership they change.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, make_url, select, update
from sqlalchemy.pool import ConnectionPoolEntry

from etl.store.migration import SchemaState, inspect_schema, upgrade_schema
from etl.store.schema_operations import revision

_BUSY_TIMEOUT_MS = 30_000
# Parameters of one statement: every SQLite takes so many.
_SQLITE_PARAMETERS = 900
_COPIED_ROWS = 10_000


class Store:
    """An open store: reads and writes in transactions, and knows the state of its schema.

    Args:
        url: SQLAlchemy URL, ``sqlite:///path`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, url: str) -> None:
        self.url: URL = _with_driver(make_url(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            if self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self._writer = _open_sqlite(self.url, begin="BEGIN IMMEDIATE", query_only=False)
            self._reader = _open_sqlite(self.url, begin="BEGIN", query_only=True)
        else:
            self._writer = create_engine(self.url, pool_pre_ping=True)
            self._reader = self._writer.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection in a read-only transaction: everything asked in it is of one moment."""
        with self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, changes_data: bool = True) -> Iterator[Connection]:
        """Give a connection in a writing transaction: committed whole at the end, or not at all.

        Args:
            changes_data: raise the data revision, so that cached figures are asked anew. ``False`` for writes
                that no figure depends on (sessions, jobs).
        """
        with self._writer.begin() as connection:
            yield connection
            if changes_data:
                raised = connection.execute(update(revision).values(number=revision.c.number + 1))
                if raised.rowcount == 0:
                    connection.execute(insert(revision).values(id=1, number=1))

    def data_revision(self) -> int:
        """Return the number that goes up with every committed change of data."""
        with self.read() as connection:
            return connection.execute(select(revision.c.number)).scalar() or 0

    def schema_state(self) -> SchemaState:
        """Return whether the schema is absent, old, current or newer than this program."""
        with self._writer.connect() as connection:
            return inspect_schema(connection)

    def upgrade(self) -> None:
        """Bring the schema to this program's version; an empty database gets all tables.

        Raises:
            NewerSchemaError: the database was made by a newer program; nothing is touched.
        """
        if self.is_sqlite and self.url.database:
            # Made here so that only its owner can read it, whatever the umask says.
            Path(self.url.database).touch(mode=0o600)
        with self._writer.begin() as connection:
            upgrade_schema(connection)

    def close(self) -> None:
        """Close all connections."""
        self._writer.dispose()
        self._reader.dispose()


def open_store(url: str) -> Store:
    """Open a store by its URL. The schema is not touched: ask `Store.schema_state`, call `Store.upgrade`."""
    return Store(url)


def insert_rows(
    connection: Connection,
    table: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
    *,
    shared: Mapping[str, object] | None = None,
) -> None:
    """Write many rows at the driver's own speed.

    Args:
        connection: a writing connection of `Store.write`.
        table: name of a table of the schema (never a person's text).
        columns: names of its columns, in the order of the tuples.
        rows: plain tuples of values that the driver understands.
        shared: further columns, with the one value that all rows have in each of them.
    """
    if not rows:
        return
    fixed = dict(shared or {})
    names = ", ".join(f'"{name}"' for name in (*fixed, *columns))
    if connection.dialect.name == "sqlite":
        # The table and its columns come from the schema, not from a person; values travel as parameters.
        start = f'INSERT INTO "{table}" ({names}) VALUES '  # noqa: S608 # names of the schema
        _insert_sqlite(connection, start, len(columns), rows, tuple(fixed.values()))
        return
    head = tuple(fixed.values())
    with (
        connection.connection.dbapi_connection.cursor() as cursor,  # type: ignore[union-attr] # psycopg's own cursor: COPY has no place in SQLAlchemy
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
    ):
        if {type(value) for value in chain(head, chain.from_iterable(rows))} == {int}:
            # Whole numbers need no escaping: a line each, many lines at a time.
            line = "\t".join([*map(str, head), *["%d"] * len(columns)]) + "\n"
            for first in range(0, len(rows), _COPIED_ROWS):
                copy.write("".join([line % row for row in rows[first : first + _COPIED_ROWS]]))
            return
        for row in rows:
            copy.write_row((*head, *row))


def _insert_sqlite(
    connection: Connection, start: str, width: int, rows: Sequence[tuple[object, ...]], head: tuple[object, ...]
) -> None:
    """Many rows in one statement cost SQLite a third of as many statements; values travel as parameters."""
    size = max(1, (_SQLITE_PARAMETERS - len(head)) // width)
    whole = len(rows) // size * size
    for count, part in ((size, rows[:whole]), (len(rows) - whole, rows[whole:])):
        if not part:
            continue
        marks = [f"?{number}" for number in range(1, len(head) + count * width + 1)]
        fixed, own = marks[: len(head)], marks[len(head) :]
        values = ", ".join(
            "(" + ", ".join([*fixed, *own[first : first + width]]) + ")" for first in range(0, len(own), width)
        )
        groups = (part[first : first + count] for first in range(0, len(part), count))
        connection.exec_driver_sql(start + values, [(*head, *chain.from_iterable(group)) for group in groups])


def _with_driver(url: URL) -> URL:
    """``postgresql://`` alone would look for psycopg2, which is not among the dependencies."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in {"postgresql", "postgres"} else url


def _open_sqlite(url: URL, begin: str, *, query_only: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {_BUSY_TIMEOUT_MS}",
            "foreign_keys = ON",
            "journal_mode = DELETE",
            "synchronous = FULL",
            "secure_delete = ON",
            # A big import must not take the exclusive lock before its commit: readers, the gate too, would wait.
            "cache_spill = OFF",
            f"query_only = {'ON' if query_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
