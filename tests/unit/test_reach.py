"""Phones in the room need the laptop's address on their network, though its own browser says localhost."""

import pytest

from dashboard.access import reach
from dashboard.access.config import LOOPBACK_NAMES, Entrance
from dashboard.access.reach import Reach, Trouble, find_reach
from etl import local_network
from etl.local_network import find_addresses

AT_HOME = "192.168.1.7"


@pytest.fixture(autouse=True)
def laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_addresses", lambda _moment: (AT_HOME, "10.0.0.5"))


def entrance(*names: str, loopback: bool = False, public: str | None = None) -> Entrance:
    return Entrance(LOOPBACK_NAMES | set(names), loopback, public)


def test_the_page_is_opened_on_the_laptop_and_phones_get_its_address() -> None:
    assert find_reach(entrance(AT_HOME), "localhost:8501") == Reach(f"http://{AT_HOME}:8501", local=True)
    assert find_reach(entrance(AT_HOME), "[::1]:8501").origin == f"http://{AT_HOME}:8501"
    # Another network's address is not one that this server answers to.
    assert find_reach(entrance("10.0.0.5"), "127.0.0.1").origin == "http://10.0.0.5"


def test_a_server_for_this_machine_alone_says_so() -> None:
    assert find_reach(entrance(loopback=True), "localhost:8501").trouble is Trouble.ONLY_HERE


def test_a_laptop_that_changed_its_network_says_so() -> None:
    assert find_reach(entrance("172.16.3.4"), "localhost:8501").trouble is Trouble.NO_NETWORK


def test_a_name_that_others_know_stays() -> None:
    assert find_reach(entrance(AT_HOME), f"{AT_HOME}:80") == Reach(f"http://{AT_HOME}:80", local=True)
    public = "https://diagnoza.example.org"
    assert find_reach(entrance(loopback=True, public=public), "localhost") == Reach(public)


def test_no_address_leads_back_to_the_machine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_network, "_ask_the_way", lambda: ["169.254.7.7", "127.0.0.1", AT_HOME])
    assert find_addresses()[0] == AT_HOME
    assert not [one for one in find_addresses() if one.startswith(("127.", "169.254.", "0."))]
