"""Passwords: what is accepted, and how much work a stored one is."""

import threading

import pytest
from argon2 import PasswordHasher

from etl.store import passwords
from etl.store.passwords import DECOY_HASH, check_password_choice, hash_password, needs_rehash, verify_password


def codes(password, repeated=None, name="anna.kowalska"):
    return [
        finding.code
        for finding in check_password_choice(password, password if repeated is None else repeated, account_name=name)
    ]


@pytest.mark.parametrize(
    "password",
    ["four unrelated words", "koń bateria zszywka", "Zażółć gęślą jaźń!", "x7#Kp2!mQz9w", "żółw żółw łódka 12"],
)
def test_good_passwords_are_accepted(password):
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "PASSWORD-SHORT"),
        ("", "PASSWORD-SHORT"),
        ("aaaaaaaaaaaaaaaa", "PASSWORD-EASY"),
        ("abababababab", "PASSWORD-EASY"),
        ("qwertyuiopasdf", "PASSWORD-EASY"),
        ("123456789012", "PASSWORD-EASY"),
        ("Anna.Kowalska1", "PASSWORD-EASY"),
        ("x" * 300, "PASSWORD-LONG"),
    ],
)
def test_bad_passwords_are_named(password, code):
    assert codes(password) == [code]


def test_a_decomposed_letter_counts_once():
    assert codes("z\u0307o\u0301ł" * 3 + "ab") == ["PASSWORD-SHORT"]


def test_a_hash_is_argon2id_with_todays_parameters_and_never_twice_the_same():
    one, other = hash_password("four unrelated words"), hash_password("four unrelated words")
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != other
    assert not needs_rehash(one)
    assert verify_password(one, "four unrelated words")
    assert not verify_password(one, "four unrelated word")


def test_the_decoy_costs_what_a_real_hash_costs():
    assert not needs_rehash(DECOY_HASH)


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "\x00", "four unrelated words"])
def test_nobodys_password_is_never_right(typed):
    assert not verify_password(None, typed)


def test_a_damaged_hash_is_no_password():
    assert not verify_password("$argon2id$rubbish", "four unrelated words")


def test_no_more_than_two_hashes_are_computed_at_a_time(monkeypatch):
    running, most, lock = [], [], threading.Lock()
    meeting = threading.Barrier(2)

    class Watched(PasswordHasher):
        def hash(self, password, *, salt=None):
            with lock:
                running.append(1)
                most.append(len(running))
            meeting.wait(30)
            with lock:
                running.pop()
            return "hash"

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    threads = [threading.Thread(target=hash_password, args=("x",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 2
