"""From a job's owner back to a person: jobs run with the rights of the moment they run, not of when they were asked."""

from datetime import datetime

from sqlalchemy import select

from etl.store.engine import Store
from etl.store.schema_operations import user_account
from etl.store.scope import Actor
from etl.store.sessions import read_grants


def find_owner(store: Store, owner_key: str, now: datetime) -> Actor | None:
    """Return the actor whose `Actor.owner_key` this is, ``None`` when the account is gone or switched off."""
    kind, _, name = owner_key.partition(":")
    if kind == "visitor":
        return Actor.anonymous(name)
    with store.read() as connection:
        row = connection.execute(
            select(user_account.c.id, user_account.c.name).where(
                user_account.c.name == name, user_account.c.state == "active"
            )
        ).first()
        if row is None or kind != "account":
            return None
        return Actor(name=row.name, user_id=row.id, grants=read_grants(connection, user_id=row.id, now=now))
