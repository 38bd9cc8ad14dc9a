"""The meeting on the projector in a real browser: notes save themselves, outlive a lost connection, and are merged."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.texts import say
from etl.store.engine import Store
from etl.store.meeting_notes import read_notes
from tests.browser.conftest import OpenPage
from tests.browser.judging import list_flaws
from tests.live_server import LiveServer, run_server
from tests.made.meetings import TITLES, make_meeting, open_vote, read
from tests.upload_house import COORDINATOR_OF_LIW, make_account
from tests.waiting import wait_until

PROJECTOR = (1280, 720)


def text(key: str) -> str:
    return say(f"meeting_room.{key}", "pl")


@pytest.fixture
def made(tmp_path) -> Iterator[tuple[LiveServer, str, str]]:
    """A server with a meeting that runs: the server, the meeting, the session of its coordinator."""
    kept: list[str] = []

    def prepare(store: Store) -> None:
        uid, _ = make_meeting(store)
        kept.extend((uid, make_account(store, "anna", COORDINATOR_OF_LIW)))

    with run_server(tmp_path, prepare=prepare) as server:
        yield server, kept[0], kept[1]


def enter(page: Page, server: LiveServer, cookie: str) -> Page:
    page.context.add_cookies([{"name": "diagnoza", "value": cookie, "url": server.url}])
    return page


def test_what_is_typed_stays_whatever_happens(open_page: OpenPage, made: tuple[LiveServer, str, str]) -> None:
    server, uid, cookie = made
    address = f"{server.url}/spotkanie/{uid}"

    def kept() -> str:
        with server.store() as store, store.read() as connection:
            notes = read_notes(connection, read(store, uid).id)
        return notes["item:k0"].text if "item:k0" in notes else ""

    page = enter(open_page(size=PROJECTOR, expected_errors=("ERR_INTERNET_DISCONNECTED",)), server, cookie)
    page.goto(f"{address}?e=1")
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_have_text(TITLES[0])
    assert list_flaws(page) == []
    page.locator("#tekst").press_sequentially("Dojazd jest drogi")
    expect(page.locator("#zapis")).to_have_text(text("saved"))
    assert kept() == "Dojazd jest drogi"
    # The connection goes; what is typed meanwhile is in the browser, and comes after a reload.
    page.context.set_offline(offline=True)
    page.locator("#tekst").press_sequentially("\nSołtys: pytać gminę")
    expect(page.locator("#zapis")).to_have_text(text("unsaved"))
    page.locator("input[name=co]").fill("Zapytać")
    page.context.set_offline(offline=False)
    page.reload()
    expect(page.locator("input[name=co]")).to_have_value("Zapytać")
    wait_until(lambda: kept() == "Dojazd jest drogi\nSołtys: pytać gminę")
    # Somebody else types at the same time: both texts are there, and whoever saved later is told.
    other = enter(open_page(size=PROJECTOR), server, cookie)
    other.goto(f"{address}?e=2")
    for one, words in ((page, "Zdanie Anny"), (other, "Zdanie Jana")):
        one.locator("#tekst").press("Control+End")
        one.locator("#tekst").press_sequentially(f"\n{words}")
        if one is page:
            expect(page.locator("#zapis")).to_have_text(text("saved"))
    expect(other.locator("#zapis")).to_have_text(text("together"))
    assert kept().split("\n")[2:] == ["Zdanie Anny", "Zdanie Jana"]
    # The vote of the others is counted before everybody's eyes, without a result.
    with server.store() as store:
        open_vote(store, uid)
    page.goto(f"{address}?e=7")
    expect(page.locator("#oddano")).to_have_text("0")
    assert list_flaws(page) == []
