"""Reading the dashboard in a browser: where pages are, when one has come to rest, what is in it."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from dashboard.page_addresses import PAGES
from dashboard.texts import say
from surveys.language.texts import Language
from tests.live_server import LiveServer

# Every address a reader comes by: pages, one partnership's card, one problem, a filtered page.
ADDRESSES: dict[str, tuple[str, dict[str, str]]] = {
    "start": ("start", {}),
    "problems": ("problems", {}),
    "problems of one": ("problems", {"partnerstwo": "krasnosielc"}),
    "one problem": ("problems", {"problem": "P501"}),
    "activities": ("activities", {}),
    "groups": ("groups", {}),
    "results": ("results", {}),
    "results at a glance": ("results", {"partnerstwo": "warszawa-mokotow"}),
    "results by question": ("results", {"partnerstwo": "warszawa-mokotow", "widok": "pytania"}),
    "results by groups": (
        "results",
        {"partnerstwo": "warszawa-mokotow", "widok": "krzyzowo", "pytanie": "trust_neighbours", "wedlug": "age"},
    ),
    "two measurements": ("results", {"partnerstwo": "warszawa-mokotow", "widok": "w-czasie"}),
    "weights": ("results", {"partnerstwo": "warszawa-mokotow", "widok": "wagi"}),
    "data quality": ("results", {"partnerstwo": "warszawa-mokotow", "widok": "jakosc"}),
    "collections": ("collections", {}),
    "partnerships": ("partnerships", {}),
    "questionnaires": ("questionnaires", {}),
    "a questionnaire": ("questionnaires", {"kwestionariusz": "residents~2026-1"}),
    "a questionnaire to take away": ("questionnaires", {"kwestionariusz": "residents~2026-1", "widok": "pobierz"}),
    "a map": ("map", {"widok": "mieszkancy", "mapa": "P501"}),
    "mirrors of one": ("mirrors", {"partnerstwo": "warszawa-mokotow"}),
    "a card": ("partnerships", {"partnerstwo": "krasnosielc"}),
}

_CALM_MS, _MOST_MS = 200, 10_000

# Resolves when nothing in the document has changed for a while; a page that never rests is as settled as it gets.
_CALM = """({ calm, most }) => new Promise(resolve => {
  let timer;
  const done = () => { clearTimeout(timer); clearTimeout(last); watch.disconnect(); resolve(); };
  const restart = () => { clearTimeout(timer); timer = setTimeout(done, calm); };
  const watch = new MutationObserver(restart);
  const last = setTimeout(done, most);
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  restart();
})"""


def visit(page: Page, server: LiveServer, name: str, **query: str) -> None:
    """Open a page of the dashboard and wait until its script has run."""
    end = f"?{urlencode(query)}" if query else ""
    page.goto(f"{server.url}/{PAGES[name]}{end}")
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page has its heading, the script has run, and what it wrote has been drawn.

    In this order: before its first run the script is not running either. Parts that the browser loads late (charts,
    Markdown) appear after the script's end: first as skeletons, then all at once; so the document has to be calm too.
    """
    page.locator("h1").first.wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0)
    page.evaluate(_CALM, {"calm": _CALM_MS, "most": _MOST_MS})


def figure(page: Page, key: str) -> Locator:
    """Return the frame of a figure."""
    return page.locator(f".st-key-figure-{key}")


def box(page: Page, name: str, language: Language = "pl") -> Locator:
    """Return a filter's box by the name of its text."""
    return page.get_by_role("combobox", name=say(f"filters.{name}", language))


def choose(page: Page, name: str, label: str) -> None:
    """Choose in a filter's box of a page at rest: one that is being drawn anew may take a choice and forget it."""
    settle(page)
    box(page, name).click()
    page.get_by_role("option", name=label, exact=True).click()


def query_of(page: Page) -> str:
    """Return the query of the address."""
    return str(page.evaluate("location.search"))


def expect_query(page: Page, query: str) -> None:
    """Wait until the address has a query, ``""`` for none."""
    expect(page).to_have_url(re.compile(rf"^[^?]*{re.escape(query)}$"))
