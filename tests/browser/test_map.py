"""A click on a point of the map leads to the partnership's page, and back again nothing leads away."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.reading import settle, visit
from tests.browser.watching import DESKTOP
from tests.live_server import LiveServer


def test_a_click_on_a_point_opens_the_partnership(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page(size=DESKTOP)
    visit(page, sample_server, "map", mapa="P501")
    point = page.locator(".st-key-figure-map .scatterlayer .points path").first
    point.click(force=True)
    expect(page.locator(".st-key-all-partnerships")).to_be_visible()
    assert "/partnerstwa?partnerstwo=" in page.url
    page.go_back()
    expect(page.locator(".st-key-figure-map .scatterlayer .points path").first).to_be_visible()
    settle(page)
    assert "/mapa" in page.url
