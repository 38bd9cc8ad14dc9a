"""Addresses of databases: shown without their password, and made to mean the same from any folder."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_KNOWN = frozenset({"sqlite", "postgresql", "postgres"})


def is_known(address: str) -> bool:
    """Return whether an address is well formed and of a kind of database that the store speaks to."""
    try:
        return make_url(address).get_backend_name() in _KNOWN
    except ArgumentError:
        return False


def is_missing_file(address: str) -> bool:
    """Return whether an address means an SQLite file that is not there; opening it would make an empty one."""
    url = make_url(address)
    return url.get_backend_name() == "sqlite" and bool(url.database) and not Path(url.database or "").exists()


def describe_address(address: str) -> str:
    """Return a database's address for a person: the path of an SQLite file, else the URL without its password."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return str(url.database or ":memory:")
    return url.render_as_string(hide_password=True)


def make_absolute(address: str) -> str:
    """Return the address with the path of an SQLite file made absolute, for a process that runs elsewhere."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=str(Path(url.database).absolute()))
    return url.render_as_string(hide_password=False)
