"""A flood waits, a full library doesn't, and after a minute nothing is known of who came."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.forms import turnstile
from dashboard.forms.turnstile import MOST_OF_AN_ADDRESS, WINDOW, Turnstile

LIBRARY, FLOOD = "198.51.100.7", "203.0.113.9"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_two_hundred_people_of_one_library_begin_and_send_three_times_over() -> None:
    gate = Turnstile(Clock())
    assert all(gate.admits(1, LIBRARY) for _ in range(2 * 200 * 3))
    assert MOST_OF_AN_ADDRESS == 2 * 200 * 3


def test_a_flood_waits_a_minute_and_stops_nobody_else() -> None:
    clock = Clock()
    gate = Turnstile(clock, of_an_address=3, of_a_link=100)
    assert [gate.admits(1, FLOOD) for _ in range(5)] == [True] * 3 + [False] * 2
    assert gate.admits(1, LIBRARY)
    assert gate.admits(2, FLOOD)
    clock.now += WINDOW - timedelta(seconds=1)
    assert not gate.admits(1, FLOOD)
    clock.now += timedelta(seconds=1)
    assert gate.admits(1, FLOOD)


def test_many_addresses_together_have_a_limit_too() -> None:
    gate = Turnstile(Clock(), of_an_address=2, of_a_link=5)
    assert sum(gate.admits(1, f"203.0.113.{number}") for number in range(10)) == 5


@pytest.mark.parametrize("address", ["2001:db8:1:2::7", "2001:db8:1:2:ffff::1", "2001:db8:1:2::7%eth0"])
def test_of_version_six_the_network_counts(address: str) -> None:
    gate = Turnstile(Clock(), of_an_address=1)
    assert gate.admits(1, "2001:db8:1:2::1")
    assert not gate.admits(1, address)
    assert gate.admits(1, "2001:db8:1:3::1")


def test_no_address_is_kept_anywhere_and_the_marks_go_with_their_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    gate = Turnstile(clock)
    gate.admits(1, LIBRARY)
    kept = {name: value for name, value in vars(gate).items() if name not in {"_clock", "_lock"}}
    assert LIBRARY.encode() not in pickle.dumps(kept)
    salt, marks = gate._salt, dict(gate._counts)
    clock.now += WINDOW
    gate.admits(1, "")
    assert gate._salt != salt
    assert not set(marks) & set(gate._counts)
    # The same address under another salt is another mark.
    monkeypatch.setattr(turnstile.secrets, "token_bytes", lambda _length: b"x" * 32)
    clock.now += WINDOW
    gate.admits(1, LIBRARY)
    assert not set(marks) & set(gate._counts)
