"""Accounts for tests, made fast: the real parameters of argon2 take a tenth of a second and 64 MiB a hash."""

from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select

from etl.store import passwords
from etl.store.accounts import NewAccount, create_account
from etl.store.engine import Store
from etl.store.grants import grant_role
from etl.store.moments import write_moment
from etl.store.schema import partnership
from etl.store.schema_operations import user_account
from etl.store.scope import Actor, Grant, Role
from etl.store.sessions import read_grants

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
PASSWORD = "four unrelated words"
MACHINE = Actor.at_machine()

ADMINISTRATOR, BORIS = Grant(Role.ADMINISTRATOR), Grant(Role.BORIS)
COORDINATOR_A, COORDINATOR_B = Grant(Role.COORDINATOR, "a"), Grant(Role.COORDINATOR, "b")
PARTICIPANT_A, PARTICIPANT_B = Grant(Role.PARTICIPANT, "a"), Grant(Role.PARTICIPANT, "b")


@pytest.fixture
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cheap parameters instead of the real ones, which test_passwords looks at."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "DECOY_HASH", quick.hash("nobody's"))


def add_partnerships(store: Store, *slugs: str) -> None:
    """Write partnerships with nothing in them."""
    at = write_moment(NOW)
    with store.write() as connection:
        for slug in slugs:
            connection.execute(
                insert(partnership).values(slug=slug, name=slug, sample=False, made_at=at, changed_at=at)
            )


def add_account(store: Store, name: str, *grants: Grant) -> Actor:
    """Make an account with roles and return its owner as an actor."""
    create_account(store, MACHINE, NewAccount(name, name.title(), PASSWORD, PASSWORD), now=NOW)
    for grant in grants:
        grant_role(store, MACHINE, name=name, grant=grant, now=NOW)
    return actor_of(store, name)


def actor_of(store: Store, name: str) -> Actor:
    """Return an account's owner with the roles of now."""
    with store.read() as connection:
        number = connection.execute(select(user_account.c.id).where(user_account.c.name == name)).scalar_one()
        return Actor(name=name, user_id=number, grants=read_grants(connection, user_id=number, now=NOW))
