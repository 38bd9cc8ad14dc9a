"""Servers for the gate's tests: one open demonstration, one with accounts of every kind."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from etl.store.accounts import NewAccount, create_account
from etl.store.engine import Store
from etl.store.grants import grant_role
from etl.store.moments import utc_now, write_moment
from etl.store.schema import partnership
from etl.store.scope import Actor, Grant, Role
from tests.live_server import LiveServer, run_server
from tests.security.client import Browser

TRIAL_PAGE = Path(__file__).with_name("trial_page.py")
PASSWORD = "four unrelated words"

ACCOUNTS: dict[str, Grant | None] = {
    "admin": Grant(Role.ADMINISTRATOR),
    "boris": Grant(Role.BORIS),
    "coordinator-a": Grant(Role.COORDINATOR, "a"),
    "coordinator-b": Grant(Role.COORDINATOR, "b"),
    "participant": Grant(Role.PARTICIPANT, "a"),
    "leaving": Grant(Role.PARTICIPANT, "a"),
    "roleless": None,
}


def add_partnerships(store: Store, *slugs: str) -> None:
    """Write partnerships with nothing in them."""
    at = write_moment(datetime(2026, 1, 1, tzinfo=UTC))
    with store.write() as connection:
        for slug in slugs:
            connection.execute(
                insert(partnership).values(slug=slug, name=slug, sample=False, made_at=at, changed_at=at)
            )


def add_accounts(store: Store) -> None:
    """Write two partnerships and an account of every kind."""
    add_partnerships(store, "a", "b")
    machine = Actor.at_machine()
    for name, grant in ACCOUNTS.items():
        create_account(store, machine, NewAccount(name, name, PASSWORD, PASSWORD), now=utc_now())
        if grant is not None:
            grant_role(store, machine, name=name, grant=grant, now=utc_now())


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server with accounts, where nothing is open."""
    with run_server(tmp_path_factory.mktemp("guarded"), script=TRIAL_PAGE, prepare=add_accounts) as server:
        yield server


@pytest.fixture(scope="session")
def open_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server on loopback where nobody has an account."""
    with run_server(tmp_path_factory.mktemp("open"), script=TRIAL_PAGE) as server:
        yield server


@pytest.fixture
def stranger(guarded: LiveServer) -> Browser:
    """A browser without cookies at the server with accounts."""
    return Browser(guarded)


@pytest.fixture
def signed_in(guarded: LiveServer) -> Callable[[str], Browser]:
    """Gives a browser in which somebody has just signed in."""

    def sign_in(name: str) -> Browser:
        browser = Browser(guarded)
        assert browser.sign_in(name, PASSWORD).status == 303
        return browser

    return sign_in
