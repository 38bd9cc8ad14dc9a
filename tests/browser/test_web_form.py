"""The web form in a real browser: on a phone, by keyboard alone, without JavaScript; nothing pale, cut or nameless."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from dashboard.texts import say
from etl.store.collections import read_collection
from etl.store.engine import Store
from etl.store.schema_collections import collection
from surveys.language.texts import LANGUAGES, Language
from tests.browser.conftest import OpenPage
from tests.browser.judging import list_flaws
from tests.browser.watching import DESKTOP, PHONE
from tests.importing_surveys import MACHINE, add_partnership, count_rows, read_answers
from tests.live_server import LiveServer, run_server
from tests.made.web_forms import make_open


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server with an open survey; the test that sends is the only one that stores."""

    def prepare(store: Store) -> None:
        add_partnership(store)
        make_open(store)

    with run_server(tmp_path_factory.mktemp("web-form"), prepare=prepare) as running:
        yield running


def address_of(server: LiveServer) -> str:
    with server.store() as store, store.read() as connection:
        uid = connection.execute(select(collection.c.uid)).scalar_one()
        return f"{server.url}/a/{read_collection(connection, MACHINE, uid)[0].token}"


def tab_to(page: Page, selector: str) -> None:
    """Go on with the Tab key until something has the focus."""
    target = page.locator(selector).first
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def press(page: Page, action: str) -> None:
    """Press a button by keyboard, and wait for the page that comes."""
    tab_to(page, f'.ways button[value="{action}"], main form button[value="{action}"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")


def click(page: Page, selector: str) -> None:
    """Click, and wait for the page that comes."""
    with page.expect_navigation():
        page.locator(selector).click()


def test_by_keyboard_alone_on_a_phone_without_javascript(browser: Browser, server: LiveServer) -> None:
    width, height = PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False, locale="pl-PL"
    )
    page = context.new_page()
    page.goto(address_of(server))
    press(page, "zacznij")
    press(page, "dalej")
    expect(page.locator(".faults")).to_be_focused()
    tab_to(page, ".faults a")
    page.keyboard.press("Enter")
    expect(page.locator("#q0")).to_be_focused()
    page.keyboard.press("Space")
    press(page, "dalej")
    expect(page.locator(".remark")).to_be_focused()
    tab_to(page, "#q1")
    page.keyboard.type("7")
    press(page, "dalej")
    expect(page).to_have_title("Strona 2 z 3 – Ankieta o świetlicy")
    press(page, "dalej")
    tab_to(page, "#q7")
    page.keyboard.type("Zażółć gęślą jaźń")
    thanks = say("web_form.message.thanks.title", "pl")
    for _ in range(40):
        press(page, "wyslij")
        if page.get_by_role("heading", level=1).inner_text() == thanks:
            break
        # A browser that is driven is faster than any reader, and is asked to send once more.
        expect(page.locator(".remark")).to_have_text(say("web_form.too_fast", "pl"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)
    context.close()
    with server.store() as store:
        assert count_rows(store)["response"] == 1
        answers = read_answers(store, "swietlica-2026")
    assert answers["Czy bywa Pan/Pani w świetlicy?"] == [{"Tak"}]
    assert answers["Ile razy w miesiącu?"] == [7.0]
    assert answers["Uwagi"] == ["Zażółć gęślą jaźń"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_form_have_no_flaws(open_page: OpenPage, server: LiveServer, language: Language) -> None:
    page = open_page(size=PHONE, expected_errors=("422",))
    flaws: list[str] = []

    def judge(place: str) -> None:
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            flaws.extend(f"{place}, {width} px: {flaw}" for flaw in list_flaws(page))
        assert page.locator("html").get_attribute("lang") == language

    page.goto(f"{address_of(server)}?lang={language}")
    judge("first page")
    click(page, 'button[value="zacznij"]')
    judge("questions")
    click(page, '.ways button[value="dalej"]')
    judge("faults")
    click(page, 'button[value="litery"]')
    judge("large letters")
    page.locator("#q0").check()
    click(page, '.ways button[value="dalej"]')
    click(page, '.ways button[value="dalej"]')
    judge("a table of questions")
    click(page, '.ways button[value="dalej"]')
    judge("ranking, day, text")
    assert not flaws, "\n".join(flaws)


def test_the_script_gives_back_what_was_typed_and_not_sent(open_page: OpenPage, server: LiveServer) -> None:
    page = open_page(size=PHONE)
    page.goto(address_of(server))
    click(page, 'button[value="zacznij"]')
    page.locator("#q0").check()
    page.reload()
    expect(page.locator("#q0")).to_be_checked()
