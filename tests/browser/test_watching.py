"""The watch on pages sees what it is there to see; else a silent watch would look like a clean page."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import PHONE, PageWatch

CLEAN = "<!doctype html><title>Czysta</title><link rel=icon href='data:,'><p>Dzień dobry</p>"
BODIES = {
    "/clean": CLEAN,
    "/picture": CLEAN + "<img src='http://tiles.example/1.png'>",
    "/socket": CLEAN + "<script>new WebSocket('ws://stranger.example/')</script>",
    "/error": CLEAN + "<script>console.error('zepsute')</script>",
    "/exception": CLEAN + "<script>nothing.there()</script>",
}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = BODIES[self.path].encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 # the name is the base class's
        """Say nothing: the test's own assertions speak."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def watch_visit(browser: Browser, address: str, *, expected_errors: tuple[str, ...] = ()) -> PageWatch:
    context = browser.new_context()
    page = context.new_page()
    watch = PageWatch(expected_errors)
    watch.follow(page)
    page.goto(address, wait_until="networkidle")
    context.close()
    return watch


def test_a_clean_page_passes(page, site):
    page.goto(f"{site}/clean")
    assert page.get_by_text("Dzień dobry").is_visible()


def test_a_phone_sees_a_phones_width(open_page, site):
    page = open_page(size=PHONE, language="en-GB")
    page.goto(f"{site}/clean")
    assert page.evaluate("[innerWidth, navigator.language]") == [390, "en-GB"]


def test_a_picture_from_elsewhere_is_seen(browser, site):
    assert watch_visit(browser, f"{site}/picture").foreign_requests == ["http://tiles.example/1.png"]


def test_a_websocket_to_elsewhere_is_seen(browser, site):
    assert watch_visit(browser, f"{site}/socket").foreign_requests == ["ws://stranger.example/"]


@pytest.mark.parametrize(("path", "words"), [("/error", "zepsute"), ("/exception", "nothing is not defined")])
def test_errors_of_the_pages_scripts_are_seen(browser, site, path, words):
    faults = watch_visit(browser, f"{site}{path}").list_faults()
    assert len(faults) == 1
    assert words in faults[0]


def test_an_error_the_test_provokes_is_expected(browser, site):
    assert watch_visit(browser, f"{site}/error", expected_errors=("zepsute",)).list_faults() == []
