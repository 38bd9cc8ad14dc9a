"""Sessions: who a cookie is, looked up afresh at every question.

A session is 256 random bits in a cookie; the store keeps their SHA-256 only, so that a stolen database opens no
session. It ends after an hour without use, after twelve hours in any case, at sign-out, and for every session of an
account when its password, role or state changes. Sign-in with a password and, later, through OIDC make the same
sessions. Visitors of the open demonstration have no row here: their cookie is only a number that keeps their uploads
apart. Nor have Streamlit's own sessions: they live in one process's memory, and so does the knowledge whose they are.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, insert, select, update
from sqlalchemy.exc import OperationalError

from etl.store.engine import Store
from etl.store.moments import read_moment, write_moment
from etl.store.schema import partnership
from etl.store.schema_operations import role_grant, session, user_account
from etl.store.scope import Actor, Grant, Role

IDLE_TIME = timedelta(minutes=60)
LONGEST_TIME = timedelta(hours=12)
TOUCH_INTERVAL = timedelta(minutes=1)
_KEPT_AFTER_END = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that holds now, and whose it is.

    Attributes:
        actor: the person with the rights of this moment.
        token_hash: key of the session; tells sessions apart and opens none.
        stale: whether `touch_sessions` should be told that the session is in use.
    """

    actor: Actor
    token_hash: str
    stale: bool = False


def make_token() -> str:
    """Return 256 random bits as text that a cookie can hold (43 characters)."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what the store keeps of a token: SHA-256 in hexadecimal (64 characters)."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(connection: Connection, *, user_id: int, now: datetime) -> str:
    """Make a session for an account and return its token, which is kept nowhere else.

    Rows that ended a week ago go at the same time, so that the table stays as small as its use.
    """
    connection.execute(delete(session).where(session.c.expires_at < write_moment(now - _KEPT_AFTER_END)))
    token = make_token()
    connection.execute(
        insert(session).values(
            token_hash=hash_token(token),
            user_id=user_id,
            made_at=write_moment(now),
            last_seen_at=write_moment(now),
            expires_at=write_moment(now + LONGEST_TIME),
        )
    )
    return token


def find_visit(store: Store, token: str, now: datetime) -> Visit | None:
    """Return the visit that a cookie's token stands for, or ``None`` when it stands for none (any more).

    Reads only; whoever watches the use of sessions calls `touch_sessions` for stale ones.
    """
    token_hash = hash_token(token)
    moment = write_moment(now)
    with store.read() as connection:
        row = connection.execute(
            select(session.c.user_id, session.c.last_seen_at, user_account.c.name)
            .join(user_account, user_account.c.id == session.c.user_id)
            .where(
                session.c.token_hash == token_hash,
                session.c.revoked_at.is_(None),
                session.c.expires_at > moment,
                session.c.last_seen_at > write_moment(now - IDLE_TIME),
                user_account.c.state == "active",
            )
        ).one_or_none()
        if row is None:
            return None
        grants = read_grants(connection, user_id=row.user_id, now=now)
    return Visit(
        actor=Actor(name=row.name, user_id=row.user_id, grants=grants),
        token_hash=token_hash,
        stale=read_moment(row.last_seen_at) <= now - TOUCH_INTERVAL,
    )


def actor_of_session(store: Store, token: str, now: datetime) -> Actor | None:
    """Return the person a cookie's token stands for, with the rights of this moment, or ``None``."""
    visit = find_visit(store, token, now)
    return None if visit is None else visit.actor


def read_grants(connection: Connection, *, user_id: int, now: datetime) -> frozenset[Grant]:
    """Return the roles an account holds at a moment."""
    moment = write_moment(now)
    rows = connection.execute(
        select(role_grant.c.role, partnership.c.slug)
        .join(partnership, partnership.c.id == role_grant.c.partnership_id, isouter=True)
        .where(
            role_grant.c.user_id == user_id,
            role_grant.c.from_at <= moment,
            role_grant.c.to_at.is_(None) | (role_grant.c.to_at > moment),
        )
    )
    return frozenset(Grant(Role(row.role), row.slug) for row in rows)


def touch_sessions(store: Store, seen: Mapping[str, datetime]) -> bool:
    """Note when sessions were last used; ``False`` when the database was too busy for it.

    Args:
        store: an open store.
        seen: token hash → moment of use. A session that ended meanwhile stays ended.
    """
    try:
        with store.write(changes_data=False) as connection:
            for token_hash, moment in seen.items():
                connection.execute(
                    update(session)
                    .where(session.c.token_hash == token_hash, session.c.last_seen_at < write_moment(moment))
                    .values(last_seen_at=write_moment(moment))
                )
    except OperationalError:
        return False
    return True


def revoke_session(connection: Connection, token_hash: str, *, now: datetime) -> None:
    """End one session."""
    connection.execute(
        update(session)
        .where(session.c.token_hash == token_hash, session.c.revoked_at.is_(None))
        .values(revoked_at=write_moment(now))
    )


def revoke_sessions_of(connection: Connection, user_id: int, *, now: datetime) -> int:
    """End every session of an account; returns how many were open."""
    ended = connection.execute(
        update(session)
        .where(session.c.user_id == user_id, session.c.revoked_at.is_(None), session.c.expires_at > write_moment(now))
        .values(revoked_at=write_moment(now))
    )
    return ended.rowcount


def has_accounts(connection: Connection) -> bool:
    """Return whether anybody has an account here, active or not. Without one the first may be made with the code."""
    return bool(connection.execute(select(exists().select_from(user_account))).scalar())
