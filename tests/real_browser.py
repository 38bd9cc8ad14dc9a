"""A real browser, one for the run: two at once in one process is more than Playwright's plain interface can do."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from starter.browsers import find_browser, find_driver_fault
from tests.availability import give_up

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whatever a page asks for, nothing but this machine is ever found.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


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
