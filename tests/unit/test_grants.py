"""Roles: one grants what one holds, nobody changes their own, the last administrator stays."""

import pytest

from etl.store.audit import list_actions
from etl.store.grants import grant_role, revoke_role
from etl.store.scope import ForbiddenError, Grant, Role
from etl.store.sessions import actor_of_session, open_session
from surveys.findings import FaultError
from tests.unit.account_making import (
    ADMINISTRATOR,
    BORIS,
    COORDINATOR_A,
    COORDINATOR_B,
    MACHINE,
    NOW,
    PARTICIPANT_A,
    PARTICIPANT_B,
    actor_of,
    add_account,
    add_partnerships,
    quick_hashing,  # noqa: F401 # a fixture
)

pytestmark = pytest.mark.usefixtures("quick_hashing")

ALL = (ADMINISTRATOR, BORIS, COORDINATOR_A, COORDINATOR_B, PARTICIPANT_A, PARTICIPANT_B)


@pytest.mark.parametrize(
    ("held", "gives"),
    [
        ((ADMINISTRATOR,), {ADMINISTRATOR}),
        ((BORIS,), {BORIS}),
        ((COORDINATOR_A,), {COORDINATOR_A, PARTICIPANT_A}),
        ((COORDINATOR_A, BORIS), {BORIS, COORDINATOR_A, PARTICIPANT_A}),
        ((PARTICIPANT_A,), set()),
        ((), set()),
    ],
)
def test_one_grants_only_what_one_holds(sqlite_store, held, gives):
    add_partnerships(sqlite_store, "a", "b")
    add_account(sqlite_store, "settled-a", COORDINATOR_A)
    add_account(sqlite_store, "settled-b", COORDINATOR_B)
    add_account(sqlite_store, "target")
    actor = add_account(sqlite_store, "actor", *held)
    given = set()
    for grant in ALL:
        try:
            grant_role(sqlite_store, actor, name="target", grant=grant, now=NOW)
        except ForbiddenError:
            continue
        given.add(grant)
    assert given == gives
    assert actor_of(sqlite_store, "target").grants == gives


def test_boris_brings_the_first_coordinator_and_no_second(store):
    add_partnerships(store, "a")
    boris = add_account(store, "boris", BORIS)
    add_account(store, "first"), add_account(store, "second")
    grant_role(store, boris, name="first", grant=COORDINATOR_A, now=NOW)
    with pytest.raises(ForbiddenError):
        grant_role(store, boris, name="second", grant=COORDINATOR_A, now=NOW)
    with pytest.raises(ForbiddenError):
        revoke_role(store, boris, name="first", grant=COORDINATOR_A, now=NOW)


@pytest.mark.parametrize("change", [grant_role, revoke_role])
def test_nobody_changes_their_own_roles(sqlite_store, change):
    add_account(sqlite_store, "other", ADMINISTRATOR)
    actor = add_account(sqlite_store, "admin", ADMINISTRATOR)
    with pytest.raises(ForbiddenError):
        change(sqlite_store, actor, name="admin", grant=ADMINISTRATOR, now=NOW)


def test_the_last_administrator_stays(store):
    add_account(store, "admin", ADMINISTRATOR)
    with pytest.raises(FaultError) as fault:
        revoke_role(store, MACHINE, name="admin", grant=ADMINISTRATOR, now=NOW)
    assert fault.value.report.findings[0].code == "ADMINISTRATOR-LAST"
    add_account(store, "second", ADMINISTRATOR)
    revoke_role(store, MACHINE, name="admin", grant=ADMINISTRATOR, now=NOW)
    assert actor_of(store, "admin").grants == frozenset()


def test_a_role_given_taken_and_given_again_within_a_second_is_held(store):
    add_partnerships(store, "a")
    add_account(store, "ala")
    for change in (grant_role, revoke_role, grant_role, grant_role):
        change(store, MACHINE, name="ala", grant=PARTICIPANT_A, now=NOW)
    assert actor_of(store, "ala").grants == {PARTICIPANT_A}


@pytest.mark.parametrize("change", [grant_role, revoke_role])
def test_a_change_of_role_ends_the_sessions(store, change):
    add_partnerships(store, "a", "b")
    ala = add_account(store, "ala", PARTICIPANT_A)
    with store.write() as connection:
        token = open_session(connection, user_id=ala.user_id, now=NOW)
    change(store, MACHINE, name="ala", grant=PARTICIPANT_B if change is grant_role else PARTICIPANT_A, now=NOW)
    assert actor_of_session(store, token, NOW) is None


def test_an_unknown_account_or_partnership_looks_like_a_forbidden_one(sqlite_store):
    add_partnerships(sqlite_store, "a")
    coordinator = add_account(sqlite_store, "co", COORDINATOR_A)
    add_account(sqlite_store, "ala")
    for name, grant in (("nobody", PARTICIPANT_A), ("ala", Grant(Role.PARTICIPANT, "nowhere")), ("ala", PARTICIPANT_B)):
        with pytest.raises(ForbiddenError):
            grant_role(sqlite_store, coordinator, name=name, grant=grant, now=NOW)


@pytest.mark.parametrize("grant", [Grant(Role.BORIS, "a"), Grant(Role.COORDINATOR)])
def test_a_role_has_a_partnership_or_not_by_its_kind(sqlite_store, grant):
    with pytest.raises(ValueError, match="is held"):
        grant_role(sqlite_store, MACHINE, name="ala", grant=grant, now=NOW)


def test_the_log_says_who_gave_which_role(store):
    add_partnerships(store, "a")
    coordinator = add_account(store, "co", COORDINATOR_A)
    add_account(store, "ala")
    grant_role(store, coordinator, name="ala", grant=PARTICIPANT_A, now=NOW)
    with store.read() as connection:
        line = list_actions(connection, limit=1)[0]
    assert (line.actor, line.action, line.thing) == ("co", "grant_role", "account:ala")
    assert line.facts == {"role": "participant", "partnership": "a"}
