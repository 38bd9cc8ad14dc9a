"""Whatever a partnership is called, a browser shows those words: no picture, no link, no script, no other signs."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.judging import list_flaws
from tests.browser.reading import visit
from tests.browser.watching import PHONE
from tests.live_server import LiveServer
from tests.made.odd_names import NAMES, name_everything
from tests.made.surveys import load_survey_of, make_question
from tests.page_visits import load_registers

# Nothing leads anywhere, a bare address neither: somebody's name would be a link from a page that people trust.
FOREIGN = """() => [...document.querySelectorAll('[data-testid="stMain"] [src], [data-testid="stMain"] [href]')]
  .filter(e => (e.getAttribute('src') || e.getAttribute('href')).includes('.example'))
  .map(e => e.outerHTML.slice(0, 120))"""

# Pages that show every partnership's words, then some cards.
LOOKS: list[tuple[str, dict[str, str]]] = [
    ("start", {}),
    ("partnerships", {}),
    ("problems", {"problem": "P501"}),
    *(("partnerships", {"partnerstwo": slug}) for slug in ("picture", "html", "latex", "long", "unbroken")),
    ("problems", {"partnerstwo": "unbroken"}),
]


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
    for place, query in LOOKS:
        visit(page, server, place, **query)
        text = shown_text(page)
        own = [query["partnerstwo"]] if "partnerstwo" in query else NAMES
        faults += [f"{place} {query} does not show {slug}" for slug in own if " ".join(NAMES[slug].split()) not in text]
        faults += [f"{place} {query} links {link}" for link in page.evaluate(FOREIGN)]
        faults += [f"{place} {query}: {flaw}" for flaw in list_flaws(page)]
    assert not faults, "\n".join(faults)
