"""A real browser: one for the run, a fresh profile for each page, and a watch on what each page does.

The server these pages come from is not started here: a fixture of its own does that.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from starter.browsers import find_browser, find_driver_fault
from tests.availability import give_up
from tests.browser.watching import DESKTOP, PageWatch

RESULTS = Path(__file__).resolve().parents[2] / "test-results"

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whatever a page asks for, nothing but this machine is ever found.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)

OpenPage = Callable[..., Page]
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, Chrome or Edge, whichever ``start.py`` finds."""
    program = find_browser()
    if program is None:
        give_up("no Chromium, Chrome or Edge: run `python3 start.py test`, which installs one")
    fault = find_driver_fault(Path(sys.executable))
    if fault is not None:
        give_up(f"Playwright can't drive the browser: {fault}")
    is_root = sys.platform != "win32" and os.geteuid() == 0
    with sync_playwright() as playwright:
        # Chromium's sandbox refuses root; the pages are our own.
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS, chromium_sandbox=not is_root)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open pages as ``open_page(size=PHONE, language="en-GB", expected_errors=("403",))``.

    Each has a profile of its own: other visitors, not other tabs. After the test, a request to another machine or an
    error in the console fails it; pictures of a failed test's pages are left in ``test-results``.
    """
    opened: list[tuple[Page, PageWatch]] = []

    def open_page(
        size: tuple[int, int] = DESKTOP, language: str = "pl-PL", expected_errors: tuple[str, ...] = ()
    ) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Europe/Warsaw",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        page = context.new_page()
        watch = PageWatch(expected_errors)
        watch.follow(page)
        opened.append((page, watch))
        return page

    yield open_page
    faults = [fault for _, watch in opened for fault in watch.list_faults()]
    if faults or request.node.stash.get(FAILED, False):
        keep_pictures(request.node.nodeid, [page for page, _ in opened])
    for page, _ in opened:
        page.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """One page at a desktop's size, in Polish."""
    return open_page()


def keep_pictures(test: str, pages: list[Page]) -> None:
    """Leave a picture of each page that is still open."""
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", test).strip("-")
    for number, page in enumerate(page for page in pages if not page.is_closed()):
        page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
