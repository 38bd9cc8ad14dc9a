"""A draft in a browser: readable on a phone and a screen, changed by keyboard alone, kept over a reload."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.access.identity import INSECURE_COOKIE
from dashboard.texts import say
from etl.store.engine import Store
from etl.store.forms import save_draft
from etl.store.moments import utc_now
from etl.store.scope import Actor, Grant, Role
from tests.browser.conftest import OpenPage
from tests.browser.judging import list_flaws
from tests.browser.reading import settle
from tests.browser.watching import DESKTOP, PHONE
from tests.importing_surveys import add_partnership
from tests.live_server import LiveServer, run_server
from tests.made.paper_survey import PAPER_FORM
from tests.upload_house import make_account

SLUG = "krasnosielc-szkice"
ADDRESS = f"/kwestionariusze?kwestionariusz={SLUG}~{PAPER_FORM.form_id}~{PAPER_FORM.version}"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    """A server of the test's own: the one that all share stays empty."""
    with run_server(tmp_path, prepare=prepare) as running:
        yield running


def prepare(store: Store) -> None:
    add_partnership(store, SLUG)
    with store.write() as connection:
        save_draft(connection, Actor.at_machine(), SLUG, PAPER_FORM, utc_now())


def open_draft(page: Page, server: LiveServer) -> None:
    with server.store() as store:
        token = make_account(store, "bibliotekarka", Grant(Role.COORDINATOR, SLUG))
    page.context.add_cookies([{"name": INSECURE_COOKIE, "value": token, "url": server.url}])
    page.goto(f"{server.url}{ADDRESS}")
    expect(page.get_by_role("heading", name="Ankieta próbna")).to_be_visible()
    settle(page)


def test_a_draft_is_changed_by_keyboard_and_kept(open_page: OpenPage, server: LiveServer) -> None:
    page = open_page(size=PHONE)
    open_draft(page, server)
    change = page.get_by_role("button", name=say("questionnaires.draft.change", "pl"), exact=True).nth(1)
    change.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label(say("questionnaires.edit.wording_pl", "pl"), exact=True).first
    expect(box).to_have_value("Które problemy są u nas najbardziej dotkliwe?")
    settle(page)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert list_flaws(page) == []
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Co nam przeszkadza?")
    page.keyboard.press("Enter")
    settle(page)
    save = page.get_by_role("button", name=say("questionnaires.edit.save", "pl"), exact=True)
    save.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1. Co nam przeszkadza?")).to_be_visible()
    expect(page.get_by_role("button", name=say("questionnaires.draft.undo", "pl"))).to_be_visible()
    settle(page)
    page.reload()
    expect(page.get_by_text("1. Co nam przeszkadza?")).to_be_visible()
    settle(page)
