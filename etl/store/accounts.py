"""Accounts: making them, changing passwords, switching them off. Sign-in is in `sign_in`, roles in `grants`.

Every change asks for the right, is written into the log in the same transaction and ends the account's sessions
when its password or state changes. Faults that a person can mend are raised as `FaultError`.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from etl.store.audit import PROGRAM_NAMES, Author, record_action
from etl.store.engine import Store
from etl.store.grants import end_grants_guard, insert_grant
from etl.store.moments import write_moment
from etl.store.passwords import check_password_choice, hash_password, verify_password
from etl.store.schema_operations import user_account
from etl.store.scope import Action, Actor, ForbiddenError, Grant, Role
from etl.store.sessions import has_accounts, read_grants, revoke_sessions_of
from etl.store.setup_code import use_setup_code
from surveys.findings import FaultError, Finding, Report

# Small Latin letters only: names that look alike in other alphabets would be somebody else's.
_NAME_FORM = re.compile(r"[a-z0-9][a-z0-9.@_+-]{1,79}")
_LONGEST_DISPLAY_NAME = 120


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody typed to make an account.

    Attributes:
        name: the name to type at sign-in, folded.
        display_name: the person's name as others see it.
        password: not shown by ``repr``.
        repeated: the password typed a second time.
    """

    name: str
    display_name: str
    password: str = field(repr=False)
    repeated: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", fold_name(self.name))
        object.__setattr__(self, "display_name", self.display_name.strip())


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """What somebody typed to change their own password; nothing of it is shown by ``repr``."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    repeated: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """An account as those who keep accounts see it.

    Attributes:
        id: its number.
        name: the name typed at sign-in.
        display_name: the person's name as others see it.
        active: whether it can be used.
        made_at: UTC moment in ISO 8601.
        grants: roles held now.
    """

    id: int
    name: str
    display_name: str
    active: bool
    made_at: str
    grants: frozenset[Grant]


def create_account(store: Store, actor: Actor, wanted: NewAccount, *, now: datetime) -> int:
    """Make an account without any role and return its number.

    Raises:
        ForbiddenError: the actor keeps no accounts and invites nobody.
        FaultError: the name is taken, reserved or malformed, or the password will not do.
    """
    if not may_create(actor):
        raise ForbiddenError("making accounts is not allowed here")
    _raise_faults(_check_account(wanted))
    stored_hash = hash_password(wanted.password)
    with store.write(changes_data=False) as connection:
        return _insert_account(connection, wanted, stored_hash, by=Author(actor.name, now))


def create_first_account(store: Store, wanted: NewAccount, *, code: str, now: datetime) -> int:
    """Make the first account with the set-up code; it keeps accounts (administrator) and is BORIS.

    Raises:
        FaultError: the code does not hold, there is an account already, or name or password will not do.
    """
    by = Author("setup-code", now)
    _raise_faults(_check_account(wanted))
    stored_hash = hash_password(wanted.password)
    with store.write(changes_data=False) as connection:
        if has_accounts(connection) or not use_setup_code(connection, code, now):
            raise _fault("SETUP-CODE-REFUSED")
        user_id = _insert_account(connection, wanted, stored_hash, by=by)
        for role in (Role.ADMINISTRATOR, Role.BORIS):
            insert_grant(connection, user_id=user_id, name=wanted.name, grant=Grant(role), by=by)
        return user_id


def change_own_password(store: Store, actor: Actor, change: PasswordChange, *, now: datetime) -> None:
    """Change one's own password; every session of the account ends, this one too.

    Raises:
        ForbiddenError: nobody is signed in.
        FaultError: the old password is wrong or the new one will not do.
    """
    if actor.user_id is None:
        raise ForbiddenError("nobody is signed in")
    with store.read() as connection:
        row = _find_account(connection, actor.name)
    if not verify_password(row.password_hash if row else None, change.old):
        raise _fault("PASSWORD-OLD-WRONG")
    _raise_faults(check_password_choice(change.new, change.repeated, account_name=actor.name))
    _store_password(store, actor.user_id, name=actor.name, password=change.new, by=Author(actor.name, now))


def reset_password(store: Store, actor: Actor, *, name: str, password: str, now: datetime) -> None:
    """Give another account a new password; its sessions end.

    Raises:
        ForbiddenError: the actor does not keep that account, or there is none of that name.
        FaultError: the password will not do.
    """
    name = fold_name(name)
    _raise_faults(check_password_choice(password, password, account_name=name))
    with store.read() as connection:
        row = _find_kept_account(connection, actor, name, now)
    _store_password(store, row.id, name=name, password=password, by=Author(actor.name, now))


def set_account_state(store: Store, actor: Actor, *, name: str, active: bool, now: datetime) -> None:
    """Switch an account off or on; its sessions end.

    Raises:
        ForbiddenError: the actor does not keep that account, or there is none of that name.
        FaultError: it is the last administrator's.
    """
    name = fold_name(name)
    with store.write(changes_data=False) as connection:
        row = _find_kept_account(connection, actor, name, now)
        if not active:
            end_grants_guard(connection, user_id=row.id, now=now)
        state = "active" if active else "disabled"
        connection.execute(update(user_account).where(user_account.c.id == row.id).values(state=state))
        revoke_sessions_of(connection, row.id, now=now)
        action = "enable_account" if active else "disable_account"
        record_action(connection, Author(actor.name, now), action, f"account:{name}")


def list_accounts(store: Store, actor: Actor, *, now: datetime) -> list[Account]:
    """Return the accounts that the actor may see, by name.

    Those who keep accounts and BORIS see all; a coordinator sees those with a role in the same partnerships;
    anybody else only their own.
    """
    with store.read() as connection:
        rows = connection.execute(select(user_account).order_by(user_account.c.name)).all()
        accounts = [
            Account(
                row.id,
                row.name,
                row.display_name,
                row.state == "active",
                row.made_at,
                read_grants(connection, user_id=row.id, now=now),
            )
            for row in rows
        ]
    if keeps_accounts(actor):
        return accounts
    coordinated = {grant.partnership for grant in actor.grants if grant.role is Role.COORDINATOR}
    return [
        account
        for account in accounts
        if account.id == actor.user_id or coordinated & {g.partnership for g in account.grants if g.partnership}
    ]


def fold_name(name: str) -> str:
    """Return a name as it is stored: small letters, no spaces around."""
    return unicodedata.normalize("NFC", name).strip().lower()


def may_create(actor: Actor) -> bool:
    """Return whether somebody may make accounts: who keeps them, BORIS, and coordinators, who invite."""
    return keeps_accounts(actor) or any(grant.role is Role.COORDINATOR for grant in actor.grants)


def keeps_accounts(actor: Actor) -> bool:
    """Return whether somebody keeps accounts: sees all of them, switches them off, gives new passwords."""
    return actor.may(Action.KEEP_ACCOUNTS) or any(grant.role is Role.BORIS for grant in actor.grants)


def _find_kept_account(connection: Connection, actor: Actor, name: str, now: datetime) -> Row[tuple[object, ...]]:
    """One's own account and, for BORIS, an administrator's are somebody else's to change."""
    row = _find_account(connection, name)
    if row is None or not keeps_accounts(actor) or row.id == actor.user_id:
        raise ForbiddenError("that account cannot be changed from here")
    administers = Grant(Role.ADMINISTRATOR) in read_grants(connection, user_id=row.id, now=now)
    if administers and not actor.may(Action.KEEP_ACCOUNTS):
        raise ForbiddenError("that account cannot be changed from here")
    return row


def _find_account(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(user_account).where(user_account.c.name == name)).one_or_none()


def _insert_account(connection: Connection, wanted: NewAccount, stored_hash: str, *, by: Author) -> int:
    if _find_account(connection, wanted.name) is not None:
        raise _fault("ACCOUNT-NAME-TAKEN", name=wanted.name)
    row = insert(user_account).values(
        name=wanted.name,
        display_name=wanted.display_name,
        password_hash=stored_hash,
        state="active",
        made_at=write_moment(by.at),
    )
    try:
        made = connection.execute(row.returning(user_account.c.id)).scalar_one()
    except IntegrityError:  # somebody else made it a moment ago
        raise _fault("ACCOUNT-NAME-TAKEN", name=wanted.name) from None
    record_action(connection, by, "create_account", f"account:{wanted.name}")
    return int(made)


def _store_password(store: Store, user_id: int, *, name: str, password: str, by: Author) -> None:
    stored_hash = hash_password(password)
    with store.write(changes_data=False) as connection:
        connection.execute(update(user_account).where(user_account.c.id == user_id).values(password_hash=stored_hash))
        revoke_sessions_of(connection, user_id, now=by.at)
        record_action(connection, by, "change_password", f"account:{name}")


def _check_account(wanted: NewAccount) -> list[Finding]:
    findings = []
    if not _NAME_FORM.fullmatch(wanted.name):
        findings.append(Finding("ACCOUNT-NAME-FORM"))
    if wanted.name in PROGRAM_NAMES:
        findings.append(Finding("ACCOUNT-NAME-RESERVED", facts={"name": wanted.name}))
    shown = wanted.display_name
    if not shown or len(shown) > _LONGEST_DISPLAY_NAME or not shown.isprintable():
        findings.append(Finding("ACCOUNT-DISPLAY-NAME", facts={"longest": _LONGEST_DISPLAY_NAME}))
    return findings + check_password_choice(wanted.password, wanted.repeated, account_name=wanted.name)


def _raise_faults(findings: list[Finding]) -> None:
    if findings:
        raise FaultError(Report(tuple(findings)))


def _fault(code: str, **facts: str | int) -> FaultError:
    return FaultError(Report((Finding(code, facts=facts),)))
