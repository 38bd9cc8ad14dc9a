"""Sign-in: the same words and the same work for a name nobody has, and growing pauses for whoever keeps guessing.

Failures are counted by account name (also names nobody has) and by address, under hashes of both. An attempt is
counted *before* the password is looked at, in one writing transaction, so that a hundred attempts at once are a
hundred attempts; a right password takes the count back. A pause is never slept through: the next attempt before its
end is refused without looking.

OIDC, later, ends in `open_session` too and needs none of this.
"""

import hashlib
import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from etl.store.accounts import fold_name
from etl.store.audit import Author, record_action
from etl.store.engine import Store
from etl.store.moments import read_moment, write_moment
from etl.store.passwords import hash_password, needs_rehash, verify_password
from etl.store.schema_operations import sign_in_delay, user_account
from etl.store.sessions import open_session, revoke_session
from surveys.findings import FaultError, Finding, Report

_FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Patience:
    """How many failures cost nothing, and where the doubling of the pause ends."""

    free: int
    longest: timedelta

    def pause_after(self, failures: int) -> timedelta:
        """Return the pause that a failure brings: 1 s after the free ones, then twice as long each time."""
        if failures <= self.free:
            return timedelta(0)
        return min(timedelta(seconds=2 ** min(failures - self.free - 1, 20)), self.longest)


# A stranger must not be able to lock somebody out for long, so an account's pause ends at a minute; an address's at
# a quarter of an hour. A meeting behind one address mistypes more often than one person.
_ACCOUNT = _Patience(free=3, longest=timedelta(minutes=1))
_ADDRESS = _Patience(free=10, longest=timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a stranger typed, and where from.

    Attributes:
        name: as typed.
        password: as typed; not shown by ``repr``.
        address: network address of the other side; ``""`` when it has none.
        old_token_hash: session that the browser had before; it ends, so that nobody's cookie survives a sign-in.
    """

    name: str
    password: str = field(repr=False)
    address: str
    old_token_hash: str | None = None


def sign_in(store: Store, attempt: Attempt, now: datetime) -> str:
    """Return the token of a new session for whoever knows an account's password.

    Raises:
        FaultError: ``SIGN-IN-WAIT`` while a pause lasts, ``SIGN-IN-REFUSED`` for anything else: a wrong password, an
            unknown name and an account that is switched off are the same to the person and take the same time.
    """
    name = fold_name(attempt.name)
    keys = {_key("account", name): _ACCOUNT, _key("address", _network_of(attempt.address)): _ADDRESS}
    _count_attempt(store, keys, now)
    with store.read() as connection:
        account = connection.execute(
            select(user_account).where(user_account.c.name == name, user_account.c.state == "active")
        ).one_or_none()
    if not verify_password(account.password_hash if account else None, attempt.password) or account is None:
        if account is not None:
            with store.write(changes_data=False) as connection:
                _record(connection, "sign_in_refused", name, now)
        raise FaultError(Report((Finding("SIGN-IN-REFUSED"),)))
    better_hash = hash_password(attempt.password) if needs_rehash(account.password_hash) else account.password_hash
    with store.write(changes_data=False) as connection:
        # Asked again: the account may have been switched off, or its password changed, while the hash was computed.
        still = connection.execute(
            update(user_account)
            .where(
                user_account.c.id == account.id,
                user_account.c.state == "active",
                user_account.c.password_hash == account.password_hash,
            )
            .values(password_hash=better_hash)
        )
        if still.rowcount != 1:
            raise FaultError(Report((Finding("SIGN-IN-REFUSED"),)))
        _forgive(connection, *keys)
        if attempt.old_token_hash is not None:
            revoke_session(connection, attempt.old_token_hash, now=now)
        _record(connection, "sign_in", name, now)
        return open_session(connection, user_id=account.id, now=now)


def sign_out(store: Store, *, token_hash: str, name: str, now: datetime) -> None:
    """End a session because its owner says so."""
    with store.write(changes_data=False) as connection:
        revoke_session(connection, token_hash, now=now)
        _record(connection, "sign_out", name, now)


def check_address_pause(store: Store, *, address: str, now: datetime) -> None:
    """Count an attempt to guess something other than a password (the set-up code) and refuse it during a pause.

    Raises:
        FaultError: ``SIGN-IN-WAIT`` while the address's pause lasts.
    """
    _count_attempt(store, {_key("address", _network_of(address)): _ADDRESS}, now)


def _count_attempt(store: Store, keys: dict[str, _Patience], now: datetime) -> None:
    moment = write_moment(now)
    with store.write(changes_data=False) as connection:
        connection.execute(
            delete(sign_in_delay).where(sign_in_delay.c.failed_at < write_moment(now - _FORGOTTEN_AFTER))
        )
        insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
        fresh = [{"key": key, "failed_count": 0, "failed_at": moment, "locked_until": moment} for key in sorted(keys)]
        # Rows first, locks second, both in one order: attempts at the same moment wait for each other.
        connection.execute(insert(sign_in_delay).on_conflict_do_nothing(), fresh)
        rows = connection.execute(
            select(sign_in_delay).where(sign_in_delay.c.key.in_(keys)).order_by(sign_in_delay.c.key).with_for_update()
        ).all()
        wait = max(read_moment(row.locked_until) - now for row in rows)
        if wait > timedelta(0):
            raise FaultError(Report((Finding("SIGN-IN-WAIT", facts={"seconds": int(wait.total_seconds()) + 1}),)))
        for row in rows:
            failures = row.failed_count + 1
            pause = keys[row.key].pause_after(failures)
            connection.execute(
                update(sign_in_delay)
                .where(sign_in_delay.c.key == row.key)
                .values(failed_count=failures, failed_at=moment, locked_until=write_moment(now + pause))
            )


def _forgive(connection: Connection, account_key: str, address_key: str) -> None:
    """The account's count is gone; the address loses this attempt only, or one good account would whiten it."""
    connection.execute(delete(sign_in_delay).where(sign_in_delay.c.key == account_key))
    connection.execute(
        update(sign_in_delay)
        .where(sign_in_delay.c.key == address_key)
        .values(failed_count=sign_in_delay.c.failed_count - 1, locked_until=sign_in_delay.c.failed_at)
    )


def _record(connection: Connection, action: str, name: str, now: datetime) -> None:
    record_action(connection, Author(name, now), action, f"account:{name}")


def _network_of(address: str) -> str:
    """One household or provider owns a whole /64 of IPv6 addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
