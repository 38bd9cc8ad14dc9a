"""Work that hashes a password, in turn.

A hash takes a tenth of a second and 64 MiB: two at a time, a few waiting, the rest are asked to come back, so that a
flood of sign-ins leaves the threads and the memory of everybody else alone.
"""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from anyio import CapacityLimiter, to_thread

from dashboard.access.premises import Premises
from etl.store.accounts import NewAccount, PasswordChange, change_own_password, create_first_account
from etl.store.sessions import Visit, open_session
from etl.store.sign_in import check_address_pause
from surveys.findings import FaultError, Finding, Report

_AT_ONCE = 2
_MOST_WAITING = 20

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_limiters: list[CapacityLimiter] = []  # made inside the event loop at first use


async def hash_in_turn(work: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run something that hashes passwords in a thread, when its turn comes.

    Raises:
        FaultError: ``SIGN-IN-BUSY`` when too many are waiting already.
    """
    if not _limiters:
        _limiters.append(CapacityLimiter(_AT_ONCE))
    limiter = _limiters[0]
    if limiter.statistics().tasks_waiting >= _MOST_WAITING:
        raise FaultError(Report((Finding("SIGN-IN-BUSY"),)))
    return await to_thread.run_sync(work, *args, limiter=limiter)


def make_first_account(premises: Premises, wanted: NewAccount, code: str, address: str) -> str:
    """Make the first account and return the token of its owner's session.

    Raises:
        FaultError: as `create_first_account`; ``SIGN-IN-WAIT`` for whoever keeps guessing.
    """
    now = premises.clock()
    check_address_pause(premises.store, address=address, now=now)
    user_id = create_first_account(premises.store, wanted, code=code, now=now)
    with premises.store.write(changes_data=False) as connection:
        return open_session(connection, user_id=user_id, now=now)


def replace_password(premises: Premises, visit: Visit, change: PasswordChange, address: str) -> str:
    """Change a visit's own password and return the token of a new session; all others have ended.

    Raises:
        FaultError: as `change_own_password`; ``SIGN-IN-WAIT`` for whoever keeps guessing the old one.
    """
    now = premises.clock()
    check_address_pause(premises.store, address=address, now=now)
    change_own_password(premises.store, visit.actor, change, now=now)
    if visit.actor.user_id is None:
        raise RuntimeError("a password was changed that belongs to nobody")
    with premises.store.write(changes_data=False) as connection:
        return open_session(connection, user_id=visit.actor.user_id, now=now)
