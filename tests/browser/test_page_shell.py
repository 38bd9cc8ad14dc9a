"""What the gate's lines around Streamlit's page do in a browser: its language, its history, its own English words."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.access.shell_words import STREAMLIT_WORDS
from dashboard.page_addresses import PAGES, SECTIONS
from dashboard.texts import say
from surveys.language.texts import Language
from tests.browser.conftest import OpenPage
from tests.browser.reading import box, choose, expect_query, settle, visit
from tests.browser.watching import PHONE
from tests.live_server import LiveServer

LIW = {"partnerstwo": "liw", "temat": "T04"}
QUERY = "?partnerstwo=liw&temat=T04"

# Names that a screen reader says and hints that a mouse shows; what is hidden from both is left out.
NAMES = """() => [...document.querySelectorAll('[aria-label], [title]')]
  .filter(e => !e.closest('[aria-hidden="true"]') && getComputedStyle(e).display !== 'none')
  .filter(e => !e.closest('[data-testid="stMainMenu"]'))
  .flatMap(e => [e.getAttribute('aria-label'), e.getAttribute('title')]).filter(Boolean)"""


def heading(page: Page, key: str, language: Language = "pl") -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(say(key, language))


def expect_language(page: Page, language: Language) -> None:
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_the_document_says_the_language_it_is_switched_to(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "activities", **LIW)
    expect_language(page, "pl")
    page.get_by_role("radio", name="EN").click()
    heading(page, "activities.title", "en")
    expect_language(page, "en")
    page.get_by_role("link", name=say("nav.groups", "en"), exact=True).click()
    heading(page, "groups.title", "en")
    expect_query(page, f"{QUERY}&lang=en")
    expect_language(page, "en")
    page.get_by_role("radio", name="PL").click()
    heading(page, "groups.title")
    expect_language(page, "pl")
    page.go_back()
    heading(page, "groups.title", "en")
    expect_language(page, "en")


def test_back_leads_from_one_page_to_the_other_at_once(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "problems", **LIW)
    for name in ("activities", "groups"):
        page.get_by_role("link", name=say(f"nav.{name}", "pl"), exact=True).click()
        heading(page, f"{name}.title")
        expect(page).to_have_url(f"{sample_server.url}/{PAGES[name]}{QUERY}")
        settle(page)
    for name in ("activities", "problems"):
        page.go_back()
        heading(page, f"{name}.title")
        expect(page).to_have_url(f"{sample_server.url}/{PAGES[name]}{QUERY}")
        expect(box(page, "partnership")).to_have_value("Liw")
    page.go_forward()
    heading(page, "activities.title")
    expect(page).to_have_url(f"{sample_server.url}/{PAGES['activities']}{QUERY}")


def test_back_undoes_a_choice_made_after_a_change_of_page(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "problems", **LIW)
    page.get_by_role("link", name=say("nav.activities", "pl"), exact=True).click()
    expect(page).to_have_url(f"{sample_server.url}/{PAGES['activities']}{QUERY}")
    heading(page, "activities.title")
    choose(page, "partnership", "Pionki")
    expect_query(page, QUERY.replace("liw", "pionki"))
    page.go_back()
    expect(page).to_have_url(f"{sample_server.url}/{PAGES['activities']}{QUERY}")
    expect(box(page, "partnership")).to_have_value("Liw")


@pytest.mark.parametrize("name", PAGES)
def test_streamlits_own_names_are_in_the_pages_language(
    open_page: OpenPage, sample_server: LiveServer, name: str
) -> None:
    page = open_page()
    visit(page, sample_server, name, **LIW)
    expect(page.get_by_test_id("stSkipToContent")).to_have_text(say("streamlit.skip", "pl"))
    expect(page.get_by_role("navigation", name=say("streamlit.pages", "pl"), exact=True)).to_be_visible()
    if name == "imports":
        expect(page.get_by_role("button", name=say("streamlit.page", "pl", n=2), exact=True)).to_be_visible()
    foreign = set(page.evaluate(NAMES)) & set(STREAMLIT_WORDS)
    assert foreign == set()
    assert not [words for words in page.evaluate(NAMES) if words.endswith(" icon")]


def test_names_that_come_later_are_translated_too_and_back(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "problems", **LIW)
    clear = page.get_by_role("button", name=say("streamlit.clear_value", "pl"))
    expect(clear.first).to_be_visible()
    box(page, "partnership").fill("nic takiego")
    expect(page.get_by_text(say("streamlit.no_results", "pl"), exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=say("filters.more", "pl")).click()
    box(page, "themes").click()
    expect(page.get_by_role("option", name=say("streamlit.select_all", "pl"), exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=say("streamlit.clear_all", "pl"))).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="EN").click()
    expect_language(page, "en")
    expect(page.get_by_role("button", name="Clear value").first).to_be_visible()
    expect(clear).to_have_count(0)
    expect(page.get_by_test_id("stSkipToContent")).to_have_text("Skip to main content")


# What Streamlit shows while a script runs for long, and a person's words that are the same as Streamlit's.
_STATUS = """() => document.body.insertAdjacentHTML('beforeend',
  '<div data-testid="stStatusWidget"><button>Stop</button></div><p id="words">Stop</p>')"""


def test_only_streamlits_own_text_is_translated(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page()
    visit(page, sample_server, "start")
    page.evaluate(_STATUS)
    expect(page.get_by_test_id("stStatusWidget")).to_have_text(say("streamlit.stop", "pl"))
    expect(page.locator("#words")).to_have_text("Stop")


def test_every_page_is_in_the_navigation_of_a_small_laptop(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page(size=(1024, 700))
    visit(page, sample_server, "start")
    row = page.get_by_test_id("stTopNav")
    expect(row.get_by_text(re.compile("^Jeszcze "))).to_have_count(0)
    for section, pages in SECTIONS.items():
        if section:
            row.get_by_role("button", name=say(f"nav.section.{section}", "pl"), exact=True).click()
        for name in pages:
            role = "menuitem" if section else "link"
            expect(page.get_by_role(role, name=say(f"nav.{name}", "pl"), exact=True).first).to_be_visible()
        page.keyboard.press("Escape")


def test_pages_that_find_no_room_are_announced_in_polish(open_page: OpenPage, sample_server: LiveServer) -> None:
    page = open_page(size=(800, 800))
    visit(page, sample_server, "start")
    hidden = page.get_by_test_id("stTopNav").get_by_text(re.compile(r"^Jeszcze [1-9]\d*$"))
    expect(hidden).to_be_visible()
    small = open_page(size=PHONE)
    visit(small, sample_server, "start")
    expect(small.get_by_role("button", name=say("streamlit.expand_pages", "pl"))).to_be_visible()


def test_a_server_that_is_gone_is_told_in_polish(open_page: OpenPage, serve: Callable[..., LiveServer]) -> None:
    server = serve()
    page = open_page(expected_errors=("ERR_CONNECTION", "WebSocket", "Client Error", "is not responding"))
    visit(page, server, "start")
    server.process.terminate()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(say("streamlit.lost", "pl"), exact=True)).to_be_visible(timeout=60_000)
    expect(dialog.get_by_text(say("streamlit.lost_why", "pl"), exact=True)).to_be_visible()
    expect(dialog.get_by_role("button", name=say("streamlit.close", "pl"), exact=True).first).to_be_visible()
