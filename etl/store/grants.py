"""Roles: who may give and end which, as data; every change is logged and ends the account's sessions.

One grants only what one holds: an administrator makes administrators, BORIS makes BORIS, a coordinator brings
coordinators and participants into their own partnership. BORIS may bring a coordinator into a partnership that has
none (there would be no first one otherwise), but not beside one that is there: that would be a way to its answers
which its coordinator did not choose. Nobody changes their own roles, and the last administrator stays, even when the
command line asks.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from etl.store.audit import Author, record_action
from etl.store.engine import Store
from etl.store.moments import write_moment
from etl.store.schema import partnership
from etl.store.schema_operations import role_grant, user_account
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from etl.store.sessions import read_grants, revoke_sessions_of
from surveys.findings import FaultError, Finding, Report

EVERYWHERE_ROLES = frozenset({Role.BORIS, Role.ADMINISTRATOR})

# Role that is held → roles it may give: everywhere, or in the partnership it is held in.
_GIVES: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
    Role.BORIS: frozenset({Role.BORIS}),
    Role.COORDINATOR: frozenset({Role.COORDINATOR, Role.PARTICIPANT}),
    Role.PARTICIPANT: frozenset(),
}


def grant_role(store: Store, actor: Actor, *, name: str, grant: Grant, now: datetime) -> None:
    """Give an account a role; giving one that is held changes nothing.

    Raises:
        ForbiddenError: the actor may not give it, or the account or the partnership does not exist.
        ValueError: a role of partnerships without a partnership, or the other way round (a programming error).
    """
    _check_form(grant)
    with store.write(changes_data=False) as connection:
        user_id = _find_other(connection, actor, name)
        if not _may_give(connection, actor, grant, now):
            raise ForbiddenError("that role cannot be given from here")
        if grant not in read_grants(connection, user_id=user_id, now=now):
            insert_grant(connection, user_id=user_id, name=name, grant=grant, by=Author(actor.name, now))
            revoke_sessions_of(connection, user_id, now=now)


def revoke_role(store: Store, actor: Actor, *, name: str, grant: Grant, now: datetime) -> None:
    """End a role of an account; ending one that is not held changes nothing.

    Raises:
        ForbiddenError: the actor may not end it, or the account or the partnership does not exist.
        FaultError: the account is the last administrator's.
    """
    _check_form(grant)
    with store.write(changes_data=False) as connection:
        user_id = _find_other(connection, actor, name)
        if not _may_give(connection, actor, grant, now):
            raise ForbiddenError("that role cannot be ended from here")
        if grant not in read_grants(connection, user_id=user_id, now=now):
            return
        if grant.role is Role.ADMINISTRATOR:
            end_grants_guard(connection, user_id=user_id, now=now)
        connection.execute(
            update(role_grant)
            .where(
                role_grant.c.user_id == user_id,
                role_grant.c.role == grant.role.value,
                role_grant.c.partnership_id.is_not_distinct_from(_partnership_id(connection, grant)),
                role_grant.c.to_at.is_(None) | (role_grant.c.to_at > write_moment(now)),
            )
            .values(to_at=write_moment(now))
        )
        revoke_sessions_of(connection, user_id, now=now)
        _record(connection, "revoke_role", name=name, grant=grant, by=Author(actor.name, now))


def insert_grant(connection: Connection, *, user_id: int, name: str, grant: Grant, by: Author) -> None:
    """Write a grant and its line of the log, without asking for any right: for this room only."""
    partnership_id = _partnership_id(connection, grant)
    # Given, ended and given again within one second: the one that was never held makes room.
    connection.execute(
        delete(role_grant).where(
            role_grant.c.user_id == user_id,
            role_grant.c.role == grant.role.value,
            role_grant.c.partnership_id.is_not_distinct_from(partnership_id),
            role_grant.c.from_at == write_moment(by.at),
        )
    )
    connection.execute(
        insert(role_grant).values(
            user_id=user_id,
            role=grant.role.value,
            partnership_id=partnership_id,
            granted_by=by.name,
            from_at=write_moment(by.at),
        )
    )
    _record(connection, "grant_role", name=name, grant=grant, by=by)


def end_grants_guard(connection: Connection, *, user_id: int, now: datetime) -> None:
    """Refuse to go on when an account is the last active administrator's.

    Raises:
        FaultError: it is.
    """
    moment = write_moment(now)
    # Locked where the database can: two administrators who end each other's role must not both find the other there.
    administrators = connection.execute(
        select(user_account.c.id)
        .join(role_grant, role_grant.c.user_id == user_account.c.id)
        .where(
            user_account.c.state == "active",
            role_grant.c.role == Role.ADMINISTRATOR.value,
            role_grant.c.from_at <= moment,
            role_grant.c.to_at.is_(None) | (role_grant.c.to_at > moment),
        )
        .with_for_update()
    ).scalars()
    if set(administrators) == {user_id}:
        raise FaultError(Report((Finding("ADMINISTRATOR-LAST"),)))


def list_grantable(store: Store, actor: Actor, *, now: datetime) -> tuple[Grant, ...]:
    """Return the roles that an actor may give, or end, at this moment: everywhere and in real partnerships."""
    with store.read() as connection:
        slugs = connection.execute(
            select(partnership.c.slug).where(~partnership.c.sample).order_by(partnership.c.slug)
        ).scalars()
        wanted = [Grant(role) for role in sorted(EVERYWHERE_ROLES)]
        wanted += [Grant(role, slug) for slug in slugs for role in (Role.COORDINATOR, Role.PARTICIPANT)]
        return tuple(grant for grant in wanted if _may_give(connection, actor, grant, now))


def _may_give(connection: Connection, actor: Actor, grant: Grant, now: datetime) -> bool:
    if actor.machine:
        return True
    if grant.role is Role.COORDINATOR and any(held.role is Role.BORIS for held in actor.grants):
        return grant in actor.grants or not _has_coordinator(connection, grant, now)
    return any(grant.role in _GIVES[held.role] and held.partnership == grant.partnership for held in actor.grants)


def _has_coordinator(connection: Connection, grant: Grant, now: datetime) -> bool:
    moment = write_moment(now)
    found = connection.execute(
        select(role_grant.c.id)
        .join(user_account, user_account.c.id == role_grant.c.user_id)
        .where(
            user_account.c.state == "active",
            role_grant.c.role == Role.COORDINATOR.value,
            role_grant.c.partnership_id == _partnership_id(connection, grant),
            role_grant.c.from_at <= moment,
            role_grant.c.to_at.is_(None) | (role_grant.c.to_at > moment),
        )
        .limit(1)
    )
    return found.scalar() is not None


def _find_other(connection: Connection, actor: Actor, name: str) -> int:
    user_id = connection.execute(select(user_account.c.id).where(user_account.c.name == name)).scalar()
    if user_id is None or user_id == actor.user_id:
        raise ForbiddenError("roles of that account cannot be changed from here")
    return int(user_id)


def _partnership_id(connection: Connection, grant: Grant) -> int | None:
    if grant.partnership is None:
        return None
    found = connection.execute(select(partnership.c.id).where(partnership.c.slug == grant.partnership)).scalar()
    if found is None:
        raise ForbiddenError("no such partnership for this actor")
    return int(found)


def _check_form(grant: Grant) -> None:
    everywhere = grant.role in EVERYWHERE_ROLES
    if everywhere != (grant.partnership is None):
        raise ValueError(f"{grant.role} is held {'everywhere' if everywhere else 'in a partnership'}")


def _record(connection: Connection, action: str, *, name: str, grant: Grant, by: Author) -> None:
    facts = {"role": grant.role.value, "partnership": grant.partnership}
    record_action(connection, by, action, f"account:{name}", facts)
