"""Pages in a real browser: a fresh profile for each page, and a watch on what it does.

The browser comes from `tests.real_browser`, the server from `tests.live_server`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.watching import DESKTOP, PageWatch

RESULTS = Path(__file__).resolve().parents[2] / "test-results"

OpenPage = Callable[..., Page]
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open pages as ``open_page(size=PHONE, language="en-GB", expected_errors=("403",))``.

    Each has a profile of its own: other visitors, not other tabs; ``script=False`` is a
    browser without JavaScript. After the test, a request to another machine or an
    error in the console fails it; pictures of a failed test's pages are left in ``test-results``.
    """
    opened: list[tuple[Page, PageWatch]] = []

    def open_page(
        size: tuple[int, int] = DESKTOP,
        language: str = "pl-PL",
        expected_errors: tuple[str, ...] = (),
        script: bool = True,
    ) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Europe/Warsaw",
            reduced_motion="reduce",
            accept_downloads=True,
            java_script_enabled=script,
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
