"""The configured database, opened for a command: the state of its schema is said before anything else."""

from collections.abc import Iterator
from contextlib import contextmanager

from etl.commands.console import Console
from etl.settings import database_url
from etl.store.addresses import describe_address, is_known, is_missing_file
from etl.store.engine import Store, open_store
from etl.store.migration import SchemaState
from surveys.findings import FaultError, Finding, Report

_REFUSED = {SchemaState.OLD: "STORE-OLD", SchemaState.NEWER: "STORE-NEWER", SchemaState.ABSENT: "STORE-ABSENT"}


@contextmanager
def open_configured_store(console: Console, *, create: bool) -> Iterator[Store]:
    """Give the configured store with a current schema, and close it afterwards.

    Args:
        console: told when a database is made.
        create: make the tables of an empty database instead of refusing it.

    Raises:
        FaultError: the schema is absent, or older or newer than this program.
    """
    if not create and is_missing_file(read_address()):
        raise FaultError(Report((Finding("STORE-ABSENT"),)))
    with open_any_store() as store:
        state = store.schema_state()
        if state is SchemaState.ABSENT and create:
            store.upgrade()
            console.note("db.created", where=describe_database())
        elif state is not SchemaState.CURRENT:
            raise FaultError(Report((Finding(_REFUSED[state]),)))
        yield store


@contextmanager
def open_any_store() -> Iterator[Store]:
    """Give the configured store, whatever its schema, and close it afterwards.

    Raises:
        FaultError: the address of the database cannot be understood.
    """
    store = open_store(read_address())
    try:
        yield store
    finally:
        store.close()


def read_address() -> str:
    """Return the address of the configured database.

    Raises:
        FaultError: it cannot be understood.
    """
    address = database_url()
    if not is_known(address):
        raise FaultError(Report((Finding("STORE-URL-BAD"),)))
    return address


def describe_database() -> str:
    """Return the address of the configured database without its password."""
    return describe_address(read_address())
