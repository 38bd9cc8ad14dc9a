"""A view is its address: filters and language go in and come out in another browser, after a reload, going back."""

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.texts import say
from surveys.vocabulary import load
from tests.browser.conftest import OpenPage
from tests.browser.reading import box, choose, expect_query, settle, visit
from tests.live_server import LiveServer

LIW = {"partnerstwo": "liw", "temat": "T04", "od": "2022", "do": "2024"}


def heading(page: Page, key: str, language: str = "pl") -> None:
    """Wait for a page's main heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(say(key, language))


def test_choices_go_into_the_address_and_come_out_of_it(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "activities")
    choose(page, "partnership", "Liw")
    expect_query(page, "?partnerstwo=liw")
    choose(page, "from", "2022")
    choose(page, "to", "2024")
    expect_query(page, "?partnerstwo=liw&od=2022&do=2024")
    page.get_by_role("button", name=say("filters.more", "pl")).click()
    choose(page, "themes", load().themes.label("T04", "pl"))
    expect_query(page, "?partnerstwo=liw&temat=T04&od=2022&do=2024")
    page.keyboard.press("Escape")
    shown = f"Pokazano: Liw, {load().themes.label('T04', 'pl')}, 2022–2024"
    expect(page.get_by_text(shown)).to_be_visible()
    other = open_page()
    other.goto(page.url)
    settle(other)
    expect(other.get_by_text(shown)).to_be_visible()
    expect(box(other, "partnership")).to_have_value("Liw")
    expect(box(other, "from")).to_have_value("2022")
    expect(box(other, "to")).to_have_value("2024")
    figures = [page.locator(".stPlotlyChart").first, other.locator(".stPlotlyChart").first]
    assert figures[0].get_attribute("aria-label") == figures[1].get_attribute("aria-label")


def test_the_view_survives_reload_pages_and_language(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "problems", **LIW)
    page.get_by_role("link", name=say("nav.activities", "pl"), exact=True).click()
    heading(page, "activities.title")
    expect_query(page, "?partnerstwo=liw&temat=T04&od=2022&do=2024")
    page.get_by_role("radio", name="EN").click()
    heading(page, "activities.title", "en")
    expect(page).to_have_title(say("nav.activities", "en"))
    expect_query(page, "?partnerstwo=liw&temat=T04&od=2022&do=2024&lang=en")
    page.get_by_role("link", name=say("nav.groups", "en"), exact=True).click()
    heading(page, "groups.title", "en")
    expect_query(page, "?partnerstwo=liw&temat=T04&od=2022&do=2024&lang=en")
    page.reload()
    settle(page)
    heading(page, "groups.title", "en")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_text(re.compile(r"Showing: Liw"))).to_be_visible()
    # Back to Polish, against a cookie that says English since the reload.
    page.get_by_role("radio", name="PL").click()
    heading(page, "groups.title")
    page.reload()
    settle(page)
    heading(page, "groups.title")
    assert page.locator("html").get_attribute("lang") == "pl"
    expect(page.get_by_text(re.compile(r"Pokazano: Liw"))).to_be_visible()


def test_one_press_shows_everything(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "activities", **LIW)
    page.get_by_role("button", name=say("filters.clear", "pl")).click()
    expect(page.get_by_text("Pokazano:")).to_have_count(0)
    expect_query(page, "")
    expect(box(page, "partnership")).to_have_value("")


def test_back_and_forward_go_through_the_views(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "activities")
    choose(page, "partnership", "Liw")
    expect(page.get_by_text("Pokazano: Liw")).to_be_visible()
    choose(page, "partnership", "Pionki")
    expect(page.get_by_text("Pokazano: Pionki")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Pokazano: Liw")).to_be_visible()
    expect(box(page, "partnership")).to_have_value("Liw")
    page.go_back()
    expect(page.get_by_text("Pokazano:")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_text("Pokazano: Liw")).to_be_visible()


def test_back_from_a_card_leads_to_the_list(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "partnerships")
    page.get_by_role("link", name=re.compile("^Myszyniec")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Myszyniec")
    expect_query(page, "?partnerstwo=myszyniec")
    page.go_back()
    heading(page, "partnerships.title")


def test_the_evidence_of_one_problem_has_an_address(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "problems", problem="P501")
    lonely = page.get_by_role("heading", level=2, name=load().problems.label("P501", "pl"), exact=True)
    expect(lonely).to_be_visible()
    page.get_by_role("link", name=say("nav.activities", "pl"), exact=True).click()
    heading(page, "activities.title")
    page.go_back()
    expect(lonely).to_be_visible()
    expect_query(page, "?problem=P501")


def test_addresses_that_mean_nothing_fall_back_quietly(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(
        page, sample_server, "problems", partnerstwo="nie-ma", od="abc", do="<b>", problem="XXX", lang="de", grupa="G"
    )
    heading(page, "problems.title")
    expect(page.get_by_text("Pokazano:")).to_have_count(0)
    expect_query(page, "")


@pytest.fixture
def keyboard(open_page: OpenPage, sample_server: LiveServer) -> Page:
    """A page that only the keyboard touches."""
    page = open_page()
    visit(page, sample_server, "activities", partnerstwo="liw")
    # Boxes and tables are drawn a moment after the script has run; keys pressed before would pass them by.
    expect(box(page, "to")).to_be_visible()
    expect(page.locator("summary").first).to_be_visible()
    return page


# Where the focus is: its name, and whether a ring is around it (around the box, for an input).
FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), around = getComputedStyle(e.parentElement);
  const ring = style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2;
  const framed = e.tagName === 'INPUT' && around.borderColor === 'rgb(11, 95, 165)';
  return [(e.getAttribute('aria-label') || e.innerText || '').trim(), ring || framed || e.tagName === 'MAIN'];
}"""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(keyboard: Page) -> None:
    wanted = [
        say("nav.problems", "pl"), "PL", say("filters.partnership", "pl"), say("filters.from", "pl"),
        say("filters.more", "pl"), say("filters.clear", "pl"), say("figures.table", "pl"),
    ]  # fmt: skip
    reached, unseen = [], []
    while len(reached) < 40 and not (reached and wanted[-1] in reached[-1]):
        keyboard.keyboard.press("Tab")
        name, is_seen = keyboard.evaluate(FOCUS)
        reached.append(name)
        if not is_seen:
            unseen.append(name)
    missing = [name for name in wanted if not any(name in words for words in reached)]
    assert not missing, reached
    assert unseen == []


def test_the_keyboard_chooses_opens_and_follows(keyboard: Page) -> None:
    box(keyboard, "partnership").focus()
    keyboard.keyboard.press("Control+a")
    keyboard.keyboard.type("Pio")
    keyboard.keyboard.press("ArrowDown")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_text("Pokazano: Pionki")).to_be_visible()
    summary = keyboard.locator("summary").first
    summary.focus()
    keyboard.keyboard.press("Enter")
    expect(keyboard.locator(".st-key-figure-activities-theme").get_by_role("table")).to_be_visible()
    keyboard.get_by_role("link", name=say("nav.problems", "pl"), exact=True).focus()
    keyboard.keyboard.press("Enter")
    heading(keyboard, "problems.title")
