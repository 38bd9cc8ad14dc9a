"""Every page at a phone's and at a projector's width, in both languages: nothing cut, pale, nameless or foreign."""

import pytest
from playwright.sync_api import Page, expect

from dashboard.texts import say
from surveys.language.texts import LANGUAGES, Language
from tests.browser.conftest import OpenPage
from tests.browser.judging import list_flaws
from tests.browser.reading import ADDRESSES, settle, visit
from tests.browser.watching import DESKTOP, PHONE
from tests.live_server import LiveServer

READING = ("start", "problems", "activities", "groups", "results", "partnerships")


def wait_for_charts(page: Page) -> None:
    """Wait until every chart has been drawn."""
    for chart in page.locator(".stPlotlyChart").all():
        chart.locator(".main-svg").first.wait_for(state="attached")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_no_flaws(open_page: OpenPage, sample_server: LiveServer, language: Language) -> None:
    page = open_page(size=PHONE)
    flaws = []
    for place, (name, query) in ADDRESSES.items():
        visit(page, sample_server, name, **query, lang=language)
        wait_for_charts(page)
        expect(page).to_have_title(say(f"nav.{name}", language))
        assert page.locator("html").get_attribute("lang") == language
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            flaws += [f"{place}, {width} px: {flaw}" for flaw in list_flaws(page)]
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert not flaws, "\n".join(flaws)


def test_an_empty_database_looks_right(open_page: OpenPage, live_server: LiveServer) -> None:
    page = open_page(size=PHONE)
    for name in READING:
        visit(page, live_server, name)
        expect(page.get_by_role("heading", name=say("empty.title", "pl"))).to_be_visible()
        assert list_flaws(page) == []
    page.get_by_role("link", name=say("empty.upload", "pl")).click()
    expect(page.get_by_role("heading", name=say("nav.upload", "pl"), level=1)).to_be_visible()
    settle(page)
