"""Whatever a partnership is called, a browser shows those words: no picture, no link, no script, no other signs."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.judging import list_flaws
from tests.browser.reading import settle, visit
from tests.browser.watching import DESKTOP, PHONE
from tests.live_server import LiveServer
from tests.made.odd_names import NAMES, name_everything
from tests.made.surveys import load_survey_of, make_question
from tests.page_visits import load_registers

# A bare address becomes a link that says where it leads; nothing else may.
FOREIGN = """() => [...document.querySelectorAll('[data-testid="stMain"] [src], [data-testid="stMain"] [href]')]
  .filter(e => (e.getAttribute('src') || e.getAttribute('href')).includes('.example'))
  .filter(e => e.tagName !== 'A' || !e.textContent.includes('.example'))
  .map(e => e.outerHTML.slice(0, 120))"""


def shown_text(page: Page) -> str:
    """Everything visible in the page's body, white space as one space."""
    return re.sub(r"\s+", " ", page.locator('[data-testid="stMain"]').inner_text()).replace("\u2060", "")


def test_names_stay_words(open_page: OpenPage, serve: Callable[..., LiveServer]) -> None:
    def prepare(store) -> None:
        load_registers(*(name_everything(name, slug) for slug, name in NAMES.items()))(store)
        for slug, name in NAMES.items():
            question = make_question({"P501": name, "own": name})
            load_survey_of(slug, people=40, counts={"P501": 40, "own": 20}, name=name, question=question)(store)

    server = serve(prepare=prepare)
    page = open_page(size=PHONE)
    faults = []
    visit(page, server, "start")
    start = shown_text(page)
    for slug, name in NAMES.items():
        shown = " ".join(name.split())
        if shown not in start:
            faults.append(f"start does not show {slug}")
        for place, query in (("partnerships", {}), ("problems", {})):
            visit(page, server, place, partnerstwo=slug, **query)
            settle(page)
            if shown not in shown_text(page):
                faults.append(f"{place} does not show {slug}")
            faults += [f"{place} links {slug}: {link}" for link in page.evaluate(FOREIGN)]
            faults += [f"{place} of {slug}: {flaw}" for flaw in list_flaws(page)]
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    faults += list_flaws(page)
    assert not faults, "\n".join(faults)
