"""Signing in: one answer for every stranger, and pauses that grow with the guesses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from etl.store import passwords
from etl.store.accounts import reset_password
from etl.store.audit import list_actions
from etl.store.schema_operations import sign_in_delay, user_account
from etl.store.sessions import actor_of_session, hash_token
from etl.store.sign_in import Attempt, sign_in, sign_out
from surveys.findings import FaultError
from tests.unit.account_making import (
    MACHINE,
    NOW,
    PASSWORD,
    add_account,
    quick_hashing,  # noqa: F401 # a fixture
)

pytestmark = pytest.mark.usefixtures("quick_hashing")


WRONG = "not the password"


def attempt(store, name="ala", password=WRONG, address="192.0.2.1", at=NOW):
    """Code of the fault, or ``None`` for a session; and the seconds to wait."""
    try:
        sign_in(store, Attempt(name, password, address), at)
    except FaultError as fault:
        finding = fault.report.findings[0]
        return finding.code, finding.facts.get("seconds", 0)
    return None, 0


def guess_patiently(store, times, **wanted):
    """Guess again as soon as each pause is over, and return the pauses in seconds."""
    at, pauses = NOW, []
    for _ in range(times):
        code, seconds = attempt(store, at=at, **wanted)
        while code == "SIGN-IN-WAIT":
            pauses.append(seconds)
            at += timedelta(seconds=seconds)
            code, seconds = attempt(store, at=at, **wanted)
    return pauses


def test_the_right_password_opens_a_session(store):
    add_account(store, "ala")
    token = sign_in(store, Attempt(" Ala ", PASSWORD, "192.0.2.1"), NOW)
    assert actor_of_session(store, token, NOW).name == "ala"


def test_the_password_may_be_composed_differently(sqlite_store):
    add_account(sqlite_store, "ala")
    reset_password(sqlite_store, MACHINE, name="ala", password="zażółć gęślą jaźń", now=NOW)
    decomposed = "zaz\u0307o\u0301łc\u0301 ge\u0328s\u0301la\u0328 jaz\u0301n\u0301"
    assert attempt(sqlite_store, password=decomposed) == (None, 0)


def test_pauses_of_an_account_double_up_to_a_minute_whether_it_exists_or_not(store):
    add_account(store, "ala")
    assert guess_patiently(store, 12, name="ala", address="192.0.2.1")[:8] == [2, 3, 5, 9, 17, 33, 61, 61]
    assert guess_patiently(store, 12, name="nobody", address="192.0.2.2")[:8] == [2, 3, 5, 9, 17, 33, 61, 61]


def test_pauses_of_an_address_grow_over_all_names(sqlite_store):
    codes = [attempt(sqlite_store, name=f"name-{number}")[0] for number in range(13)]
    assert codes[:11] == ["SIGN-IN-REFUSED"] * 11
    assert codes[11:] == ["SIGN-IN-WAIT"] * 2
    assert attempt(sqlite_store, name="another", address="192.0.2.2")[0] == "SIGN-IN-REFUSED"


def test_a_pause_is_for_the_right_password_too_and_ends(sqlite_store):
    add_account(sqlite_store, "ala")
    for _ in range(4):
        attempt(sqlite_store)
    assert attempt(sqlite_store, password=PASSWORD)[0] == "SIGN-IN-WAIT"
    assert attempt(sqlite_store, password=PASSWORD, at=NOW + timedelta(seconds=2)) == (None, 0)


def test_success_forgets_the_accounts_failures_but_not_the_addresss(sqlite_store):
    add_account(sqlite_store, "ala")
    for number in range(10):
        attempt(sqlite_store, name=f"name-{number}")
        assert attempt(sqlite_store, password=PASSWORD) == (None, 0)
    assert attempt(sqlite_store, name="last") == ("SIGN-IN-REFUSED", 0)
    assert attempt(sqlite_store, name="one more")[0] == "SIGN-IN-WAIT"


def test_failures_are_forgotten_after_an_hour(sqlite_store):
    for _ in range(5):
        attempt(sqlite_store)
    later = NOW + timedelta(minutes=61)
    assert [attempt(sqlite_store, at=later)[0] for _ in range(4)] == ["SIGN-IN-REFUSED"] * 4


def test_neighbours_in_one_ipv6_network_are_one_address(sqlite_store):
    for number in range(11):
        attempt(sqlite_store, name=f"name-{number}", address=f"2001:db8::{number:x}")
    assert attempt(sqlite_store, name="last", address="2001:db8::ffff")[0] == "SIGN-IN-WAIT"
    assert attempt(sqlite_store, name="last", address="2001:db8:0:1::1")[0] == "SIGN-IN-REFUSED"


def test_attempts_at_the_same_moment_all_count(store):
    add_account(store, "ala")
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda number: attempt(store, password=f"wrong {number}")[0], range(24)))
    assert codes.count("SIGN-IN-REFUSED") == 4
    assert codes.count("SIGN-IN-WAIT") == 20


def test_names_and_addresses_stand_nowhere_in_the_table(sqlite_store):
    attempt(sqlite_store, name="a-password-typed-as-a-name")
    with sqlite_store.read() as connection:
        rows = str(connection.execute(select(sign_in_delay)).all())
    assert "typed" not in rows
    assert "192.0.2" not in rows


def test_an_unknown_name_costs_one_hash_like_a_known_one(sqlite_store, monkeypatch):
    add_account(sqlite_store, "ala")
    hashed = []
    real = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, stored, typed: hashed.append(1) or real(self, stored, typed)
    )
    attempt(sqlite_store, name="ala")
    known = len(hashed)
    attempt(sqlite_store, name="nobody")
    assert (known, len(hashed)) == (1, 2)


def test_a_weaker_hash_is_made_anew_at_sign_in(sqlite_store, monkeypatch):
    add_account(sqlite_store, "ala")
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert attempt(sqlite_store, password=PASSWORD) == (None, 0)
    with sqlite_store.read() as connection:
        stored = connection.execute(select(user_account.c.password_hash)).scalar_one()
    assert "m=16,t=2" in stored
    assert attempt(sqlite_store, password=PASSWORD) == (None, 0)


def test_the_session_before_ends_at_sign_in_and_at_sign_out(store):
    add_account(store, "ala")
    first = sign_in(store, Attempt("ala", PASSWORD, ""), NOW)
    second = sign_in(store, Attempt("ala", PASSWORD, "", old_token_hash=hash_token(first)), NOW)
    assert actor_of_session(store, first, NOW) is None
    assert actor_of_session(store, second, NOW) is not None
    sign_out(store, token_hash=hash_token(second), name="ala", now=NOW)
    assert actor_of_session(store, second, NOW) is None
    with store.read() as connection:
        assert [line.action for line in list_actions(connection, limit=3)] == ["sign_out", "sign_in", "sign_in"]


def test_refusals_are_logged_for_accounts_that_exist(sqlite_store):
    add_account(sqlite_store, "ala")
    attempt(sqlite_store, name="ala"), attempt(sqlite_store, name="nobody")
    with sqlite_store.read() as connection:
        assert [line.thing for line in list_actions(connection) if line.action == "sign_in_refused"] == ["account:ala"]
