"""Imports of registers for tests, with the parts that most tests don't care about filled in."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from etl.importing import ImportResult
from etl.store.engine import Store
from etl.store.register_writing import write_register_batch
from etl.store.schema_operations import user_account
from etl.store.scope import Actor, Grant, Role
from surveys.findings import Report
from surveys.model import Register

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
MACHINE = Actor.at_machine()


def coordinator(slug: str, user_id: int = 1) -> Actor:
    """Somebody who coordinates a partnership."""
    return Actor("anna", user_id, frozenset({Grant(Role.COORDINATOR, slug)}))


def boris(user_id: int = 1) -> Actor:
    """Somebody of BORIS."""
    return Actor("barbara", user_id, frozenset({Grant(Role.BORIS)}))


def import_register(
    store: Store,
    register: Register,
    *,
    file: str = "karta.xlsx",
    content: str | None = None,
    actor: Actor = MACHINE,
    at: datetime = NOW,
    report: Report | None = None,
) -> ImportResult:
    """Import a register as a file; by default every file name has content of its own."""
    with store.write() as connection:
        return write_register_batch(
            connection,
            actor=actor,
            register=register,
            source="partnership_workbook",
            file_name=file,
            content_hash=content or file,
            report=report or Report(),
            rows_read=10,
            rows_rejected=1,
            clock=lambda: at,
        )


def make_account(store: Store, name: str) -> int:
    """An account whose password nobody needs."""
    with store.write() as connection:
        return connection.execute(
            insert(user_account)
            .values(name=name, display_name=name, password_hash="-", state="active", made_at="2026-01-01T00:00:00Z")
            .returning(user_account.c.id)
        ).scalar_one()


def later(**amount: float) -> datetime:
    """A moment after `NOW`."""
    return NOW + timedelta(**amount)
