"""Making accounts, changing passwords, switching off: who may, what is refused, what ends, what is logged."""

import pytest

from etl.store.accounts import (
    NewAccount,
    PasswordChange,
    change_own_password,
    create_account,
    create_first_account,
    fold_name,
    list_accounts,
    reset_password,
    set_account_state,
)
from etl.store.audit import list_actions
from etl.store.scope import Actor, ForbiddenError
from etl.store.sessions import actor_of_session, open_session
from etl.store.sign_in import Attempt, sign_in
from surveys.findings import FaultError
from tests.unit.account_making import (
    ADMINISTRATOR,
    BORIS,
    COORDINATOR_A,
    COORDINATOR_B,
    MACHINE,
    NOW,
    PARTICIPANT_A,
    PASSWORD,
    add_account,
    add_partnerships,
    quick_hashing,  # noqa: F401 # a fixture
)

pytestmark = pytest.mark.usefixtures("quick_hashing")


def codes_of(fault):
    return {finding.code for finding in fault.value.report}


def wanted(name="nowa", display_name="Nowa Osoba", password=PASSWORD, repeated=None):
    return NewAccount(name, display_name, password, password if repeated is None else repeated)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "Łucja"}, "ACCOUNT-NAME-FORM"),
        ({"name": "a b"}, "ACCOUNT-NAME-FORM"),
        ({"name": ""}, "ACCOUNT-NAME-FORM"),
        ({"name": "a" * 81}, "ACCOUNT-NAME-FORM"),
        ({"name": "аla"}, "ACCOUNT-NAME-FORM"),  # a Cyrillic letter that looks like a Latin one
        ({"display_name": "  "}, "ACCOUNT-DISPLAY-NAME"),
        ({"display_name": "a\nb"}, "ACCOUNT-DISPLAY-NAME"),
        ({"password": "short"}, "PASSWORD-SHORT"),
        ({"password": "x" * 257}, "PASSWORD-LONG"),
        ({"repeated": "another"}, "PASSWORDS-DIFFER"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_made(sqlite_store, fields, code):
    with pytest.raises(FaultError) as fault:
        create_account(sqlite_store, MACHINE, wanted(**fields), now=NOW)
    assert codes_of(fault) == {code}
    assert list_accounts(sqlite_store, MACHINE, now=NOW) == []


@pytest.mark.parametrize("name", ["machine", " Sample ", "setup-code"])
def test_names_under_which_the_program_works_are_nobodys(sqlite_store, name):
    with pytest.raises(FaultError) as fault:
        create_account(sqlite_store, MACHINE, wanted(name), now=NOW)
    (finding,) = fault.value.report
    assert finding.code == "ACCOUNT-NAME-RESERVED"
    assert fold_name(name) in finding.message("pl")
    assert fold_name(name) in finding.message("en")
    assert list_accounts(sqlite_store, MACHINE, now=NOW) == []


def test_the_first_account_is_not_the_programs_either(sqlite_store):
    with pytest.raises(FaultError) as fault:
        create_first_account(sqlite_store, wanted("machine"), code="ABCD-EFGH", now=NOW)
    assert codes_of(fault) == {"ACCOUNT-NAME-RESERVED"}


def test_a_name_is_taken_whatever_its_capitals(store):
    add_account(store, "ala")
    with pytest.raises(FaultError) as fault:
        create_account(store, MACHINE, wanted(" ALA "), now=NOW)
    assert codes_of(fault) == {"ACCOUNT-NAME-TAKEN"}


@pytest.mark.parametrize(
    ("grants", "allowed"),
    [((ADMINISTRATOR,), True), ((BORIS,), True), ((COORDINATOR_A,), True), ((PARTICIPANT_A,), False), ((), False)],
)
def test_who_may_make_accounts(sqlite_store, grants, allowed):
    add_partnerships(sqlite_store, "a")
    actor = add_account(sqlite_store, "actor", *grants)
    try:
        create_account(sqlite_store, actor, wanted(), now=NOW)
    except ForbiddenError:
        made = False
    else:
        made = True
    assert made is allowed


def test_nobody_signed_in_makes_no_account(sqlite_store):
    with pytest.raises(ForbiddenError):
        create_account(sqlite_store, Actor.anonymous(), wanted(), now=NOW)


def test_switching_off_ends_the_sessions_and_refuses_the_password(store):
    administrator = add_account(store, "admin", ADMINISTRATOR)
    other = add_account(store, "ala")
    with store.write() as connection:
        token = open_session(connection, user_id=other.user_id, now=NOW)
    set_account_state(store, administrator, name="ala", active=False, now=NOW)
    assert actor_of_session(store, token, NOW) is None
    with pytest.raises(FaultError) as fault:
        sign_in(store, Attempt("ala", PASSWORD, "192.0.2.1"), NOW)
    assert codes_of(fault) == {"SIGN-IN-REFUSED"}
    set_account_state(store, administrator, name="ala", active=True, now=NOW)
    assert actor_of_session(store, token, NOW) is None
    assert sign_in(store, Attempt("ala", PASSWORD, "192.0.2.1"), NOW) != token


def test_the_last_administrator_is_not_switched_off_even_by_the_machine(store):
    add_account(store, "admin", ADMINISTRATOR)
    with pytest.raises(FaultError) as fault:
        set_account_state(store, MACHINE, name="admin", active=False, now=NOW)
    assert codes_of(fault) == {"ADMINISTRATOR-LAST"}
    add_account(store, "second", ADMINISTRATOR)
    set_account_state(store, MACHINE, name="admin", active=False, now=NOW)
    with pytest.raises(FaultError):
        set_account_state(store, MACHINE, name="second", active=False, now=NOW)


@pytest.mark.parametrize(
    ("grants", "target"),
    [((ADMINISTRATOR,), "actor"), ((BORIS,), "admin"), ((COORDINATOR_A,), "ala"), ((), "ala"), ((BORIS,), "nobody")],
)
def test_accounts_that_are_not_ones_to_change_look_like_none(sqlite_store, grants, target):
    add_partnerships(sqlite_store, "a")
    add_account(sqlite_store, "admin", ADMINISTRATOR)
    add_account(sqlite_store, "ala")
    actor = add_account(sqlite_store, "actor", *grants)
    with pytest.raises(ForbiddenError) as state:
        set_account_state(sqlite_store, actor, name=target, active=False, now=NOW)
    with pytest.raises(ForbiddenError) as password:
        reset_password(sqlite_store, actor, name=target, password="another four words", now=NOW)
    assert {str(state.value), str(password.value)} == {"that account cannot be changed from here"}


def test_a_new_password_replaces_the_old_and_ends_every_session(store):
    ala = add_account(store, "ala")
    with store.write() as connection:
        token = open_session(connection, user_id=ala.user_id, now=NOW)
    new = "another four words"
    with pytest.raises(FaultError) as fault:
        change_own_password(store, ala, PasswordChange("not the old one", new, new), now=NOW)
    assert codes_of(fault) == {"PASSWORD-OLD-WRONG"}
    assert actor_of_session(store, token, NOW) is not None
    change_own_password(store, ala, PasswordChange(PASSWORD, new, new), now=NOW)
    assert actor_of_session(store, token, NOW) is None
    assert sign_in(store, Attempt("ala", new, "192.0.2.1"), NOW)
    with pytest.raises(FaultError):
        sign_in(store, Attempt("ala", PASSWORD, "192.0.2.1"), NOW)


def test_everybody_sees_the_accounts_they_have_to_do_with(sqlite_store):
    add_partnerships(sqlite_store, "a", "b")
    actors = {
        name: add_account(sqlite_store, name, *grants)
        for name, grants in {
            "admin": (ADMINISTRATOR,),
            "boris": (BORIS,),
            "co-a": (COORDINATOR_A,),
            "co-b": (COORDINATOR_B,),
            "part-a": (PARTICIPANT_A,),
        }.items()
    }
    seen = {
        name: [account.name for account in list_accounts(sqlite_store, actor, now=NOW)]
        for name, actor in actors.items()
    }
    everybody = ["admin", "boris", "co-a", "co-b", "part-a"]
    assert seen == {
        "admin": everybody,
        "boris": everybody,
        "co-a": ["co-a", "part-a"],
        "co-b": ["co-b"],
        "part-a": ["part-a"],
    }


def test_every_change_is_in_the_log_and_no_password_is(store):
    administrator = add_account(store, "admin", ADMINISTRATOR)
    add_account(store, "ala")
    reset_password(store, administrator, name="ala", password="another four words", now=NOW)
    set_account_state(store, administrator, name="ala", active=False, now=NOW)
    with store.read() as connection:
        lines = list_actions(connection)
    assert [(line.actor, line.action, line.thing) for line in lines[:2]] == [
        ("admin", "disable_account", "account:ala"),
        ("admin", "change_password", "account:ala"),
    ]
    assert "words" not in str(lines)


def test_passwords_are_not_shown_by_what_holds_them():
    holders = (wanted(), PasswordChange(PASSWORD, PASSWORD, PASSWORD), Attempt("ala", PASSWORD, ""))
    assert [holder for holder in holders if PASSWORD in repr(holder)] == []
