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
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, make_url, select, update
from sqlalchemy.pool import ConnectionPoolEntry

from etl.store.migration import SchemaState, inspect_schema, upgrade_schema
from etl.store.schema_operations import revision

if TYPE_CHECKING:
    from psycopg import Copy

Ints = npt.NDArray[np.int64] | npt.NDArray[np.int32]

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
    start, head = _begin_statement(table, columns, shared)
    if connection.dialect.name == "sqlite":
        _insert_sqlite(connection, start, head, len(columns), list(chain.from_iterable(rows)))
    elif {type(value) for value in chain(head, chain.from_iterable(rows))} == {int}:
        _copy_numbers(connection, table, (*(shared or {}), *columns), head, rows)
    else:
        with _copy(connection, table, (*(shared or {}), *columns)) as copy:
            for row in rows:
                copy.write_row((*head, *row))


def insert_numbers(
    connection: Connection, table: str, columns: Mapping[str, Ints], *, shared: Mapping[str, int] | None = None
) -> None:
    """Write many rows of whole numbers, which come as arrays: no tuple is made of each row.

    Args:
        connection: a writing connection of `Store.write`.
        table: name of a table of the schema.
        columns: name of each column and its numbers, all of one length.
        shared: further columns, with the one number that all rows have in each of them.
    """
    rows = np.stack(list(columns.values()), axis=1)
    if not len(rows):
        return
    start, head = _begin_statement(table, tuple(columns), shared)
    if connection.dialect.name == "sqlite":
        _insert_sqlite(connection, start, head, len(columns), rows.ravel().tolist())
    else:
        _copy_numbers(connection, table, (*(shared or {}), *columns), head, list(map(tuple, rows.tolist())))


def _begin_statement(
    table: str, columns: Sequence[str], shared: Mapping[str, object] | None
) -> tuple[str, tuple[object, ...]]:
    """Return the statement up to its values, and the values that all rows share."""
    fixed = dict(shared or {})
    # The table and its columns come from the schema, not from a person; values travel as parameters.
    return f'INSERT INTO "{table}" ({_list_names((*fixed, *columns))}) VALUES ', tuple(fixed.values())  # noqa: S608 # names of the schema


def _list_names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _insert_sqlite(
    connection: Connection, start: str, head: tuple[object, ...], width: int, cells: Sequence[object]
) -> None:
    """Many rows in one statement cost SQLite a third of as many statements; values travel as parameters.

    Args:
        connection: a writing connection.
        start: the statement up to its values.
        head: values that all rows begin with.
        width: number of a row's own values.
        cells: the rows' own values, one row after the other.
    """
    size = max(1, (_SQLITE_PARAMETERS - len(head)) // width) * width
    whole = len(cells) // size * size
    for first, last, length in ((0, whole, size), (whole, len(cells), len(cells) - whole)):
        if first == last:
            continue
        marks = [f"?{number}" for number in range(1, len(head) + length + 1)]
        fixed, own = marks[: len(head)], marks[len(head) :]
        values = ", ".join("(" + ", ".join([*fixed, *own[at : at + width]]) + ")" for at in range(0, length, width))
        groups = [(*head, *cells[at : at + length]) for at in range(first, last, length)]
        connection.exec_driver_sql(start + values, groups)


@contextmanager
def _copy(connection: Connection, table: str, columns: Sequence[str]) -> Iterator["Copy"]:
    """Give PostgreSQL's COPY into a table."""
    with (
        connection.connection.dbapi_connection.cursor() as cursor,  # type: ignore[union-attr] # psycopg's own cursor: COPY has no place in SQLAlchemy
        cursor.copy(f'COPY "{table}" ({_list_names(columns)}) FROM STDIN') as copy,
    ):
        yield copy


def _copy_numbers(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    head: tuple[object, ...],
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Whole numbers need no escaping: a line each, many lines at a time."""
    line = "\t".join([*map(str, head), *["%d"] * (len(columns) - len(head))]) + "\n"
    with _copy(connection, table, columns) as copy:
        for first in range(0, len(rows), _COPIED_ROWS):
            copy.write("".join([line % row for row in rows[first : first + _COPIED_ROWS]]))


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
            # Pages of a big import stay in memory anyway: room for them spares SQLite looking for one to give back.
            *(() if query_only else ("cache_size = -65536",)),
            f"query_only = {'ON' if query_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
