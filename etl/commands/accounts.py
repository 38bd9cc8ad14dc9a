"""``diagnoza user``: accounts, roles and forgotten passwords, by whoever is at this machine."""

import getpass
import sys
from argparse import Namespace

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.parsing import UsageError
from etl.commands.partnerships import require_partnership
from etl.store.accounts import NewAccount, create_account, fold_name, list_accounts, reset_password, set_account_state
from etl.store.engine import Store
from etl.store.grants import EVERYWHERE_ROLES, grant_role, revoke_role
from etl.store.moments import utc_now
from etl.store.scope import Actor, Grant, Role
from surveys.findings import FaultError, Finding, Report

_ACTOR = Actor.at_machine()


def run_add(console: Console, options: Namespace) -> int:
    """Make an account, and give it its first role when one is named."""
    _check_role(console, options)
    with open_configured_store(console, create=True) as store:
        grant = None if options.role is None else _read_grant(store, options)
        password = _take_password(console, options)
        shown = options.display_name or options.name
        wanted = NewAccount(options.name, shown, password, password)
        create_account(store, _ACTOR, wanted, now=utc_now())
        if grant is not None:
            grant_role(store, _ACTOR, name=wanted.name, grant=grant, now=utc_now())
    console.say("user.added", name=wanted.name)
    return _answer(console, wanted.name)


def run_list(console: Console, _options: Namespace) -> int:
    """List accounts with their roles."""
    with open_configured_store(console, create=False) as store:
        accounts = list_accounts(store, _ACTOR, now=utc_now())
    if console.as_json:
        console.print_json(
            {
                "accounts": [
                    {
                        "name": account.name,
                        "display_name": account.display_name,
                        "active": account.active,
                        "made_at": account.made_at,
                        "grants": [
                            {"role": grant.role.value, "partnership": grant.partnership}
                            for grant in sorted(account.grants, key=_order)
                        ],
                    }
                    for account in accounts
                ]
            }
        )
        return 0
    if not accounts:
        console.say("user.none")
        return 0
    headers = [console.text(f"user.column.{name}") for name in ("name", "display_name", "state", "roles")]
    rows = [
        [
            account.name,
            account.display_name,
            console.text("user.state.active" if account.active else "user.state.disabled"),
            ", ".join(_describe(console, grant) for grant in sorted(account.grants, key=_order)) or "–",
        ]
        for account in accounts
    ]
    console.print_table(headers, rows, frozenset())
    return 0


def run_disable(console: Console, options: Namespace) -> int:
    """Switch an account off."""
    return _set_state(console, options, active=False)


def run_enable(console: Console, options: Namespace) -> int:
    """Switch an account on again."""
    return _set_state(console, options, active=True)


def run_grant(console: Console, options: Namespace) -> int:
    """Give an account a role."""
    return _change_role(console, options, given=True)


def run_revoke(console: Console, options: Namespace) -> int:
    """Take a role from an account."""
    return _change_role(console, options, given=False)


def run_password(console: Console, options: Namespace) -> int:
    """Give an account a new password: the way back in for somebody who forgot theirs."""
    with open_configured_store(console, create=False) as store:
        name = _require_account(store, options.name)
        reset_password(store, _ACTOR, name=name, password=_take_password(console, options), now=utc_now())
    console.say("user.password_changed", name=name)
    return _answer(console, name)


def _set_state(console: Console, options: Namespace, *, active: bool) -> int:
    with open_configured_store(console, create=False) as store:
        name = _require_account(store, options.name)
        set_account_state(store, _ACTOR, name=name, active=active, now=utc_now())
    console.say("user.enabled" if active else "user.disabled", name=name)
    return _answer(console, name)


def _change_role(console: Console, options: Namespace, *, given: bool) -> int:
    _check_role(console, options)
    with open_configured_store(console, create=False) as store:
        name = _require_account(store, options.name)
        grant = _read_grant(store, options)
        change = grant_role if given else revoke_role
        change(store, _ACTOR, name=name, grant=grant, now=utc_now())
    console.say("user.granted" if given else "user.revoked", name=name, role=_describe(console, grant))
    return _answer(console, name)


def _check_role(console: Console, options: Namespace) -> None:
    if options.role is None:
        if options.partnership is not None:
            raise UsageError(console.text("usage.required", words="--role"))
        return
    everywhere = Role(options.role) in EVERYWHERE_ROLES
    if everywhere == (options.partnership is None):
        return
    key = "usage.partnership_unneeded" if everywhere else "usage.partnership_needed"
    raise UsageError(console.text(key, role=options.role))


def _read_grant(store: Store, options: Namespace) -> Grant:
    partnership = None if options.partnership is None else require_partnership(store, _ACTOR, options.partnership)
    return Grant(Role(options.role), partnership)


def _require_account(store: Store, typed: str) -> str:
    name = fold_name(typed)
    if all(account.name != name for account in list_accounts(store, _ACTOR, now=utc_now())):
        raise FaultError(Report((Finding("ACCOUNT-UNKNOWN", facts={"name": name}),)))
    return name


def _take_password(console: Console, options: Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise FaultError(Report((Finding("PASSWORD-NOT-GIVEN"),)))
    password = getpass.getpass(console.text("user.ask_password"))
    if getpass.getpass(console.text("user.repeat_password")) != password:
        raise FaultError(Report((Finding("PASSWORDS-DIFFER"),)))
    return password


def _answer(console: Console, name: str) -> int:
    if console.as_json:
        console.print_json({"name": name})
    return 0


def _describe(console: Console, grant: Grant) -> str:
    role = console.text(f"role.{grant.role.value}")
    return role if grant.partnership is None else f"{role} ({grant.partnership})"


def _order(grant: Grant) -> tuple[str, str]:
    return grant.role.value, grant.partnership or ""
