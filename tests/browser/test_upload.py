"""Uploading in a real browser: the whole way, bad files, impatient fingers, a phone."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from dashboard.access.identity import INSECURE_COOKIE
from dashboard.texts import say
from etl.importing import Incoming
from etl.jobs import requests
from etl.store import schema as s
from etl.store.schema_operations import import_batch, upload
from etl.store.scope import Actor, Grant, Role
from surveys.language.texts import LANGUAGES, Language
from tests.browser.conftest import OpenPage
from tests.browser.reading import settle
from tests.browser.watching import DESKTOP, PHONE
from tests.importing_surveys import add_partnership
from tests.live_server import LiveServer, run_server
from tests.made.google_forms import make_survey
from tests.made.partnership_workbooks import write_bytes
from tests.made.registers import make_register
from tests.upload_house import BORIS, make_account

PATIENCE = 60_000  # ms
SURVEY = make_survey(60).form_csv()
HOSTILE = "![x](http://zly.example/a.png)"


_NUMBERS = count(1)


@dataclass(frozen=True)
class Counts:
    """Imports and respondents of a partnership, and files that wait for its coordinator."""

    imports: int | None
    people: int | None
    files: int | None


@dataclass(frozen=True)
class Place:
    """A partnership of a test's own on the shared server, and its coordinator.

    Attributes:
        slug: of the partnership, „Partnerstwo {slug}".
        account: name of the coordinator.
        token: cookie of the coordinator's session.
    """

    server: LiveServer
    slug: str
    account: str
    token: str

    def visit(self, page: Page, address: str = "/wgraj") -> None:
        """Open a page as the coordinator."""
        page.context.add_cookies([{"name": INSECURE_COOKIE, "value": self.token, "url": self.server.url}])
        page.goto(f"{self.server.url}{address}")
        expect(page.locator("h1")).to_be_visible()

    def count(self) -> Counts:
        """Count what the coordinator's doings left in the store."""
        own = s.partnership.c.slug == self.slug
        with self.server.store() as store, store.read() as connection:
            return Counts(
                imports=connection.scalar(
                    select(func.count()).select_from(import_batch).join(s.partnership).where(own)
                ),
                people=connection.scalar(
                    select(func.count()).select_from(s.response.join(s.wave).join(s.partnership)).where(own)
                ),
                files=connection.scalar(
                    select(func.count()).select_from(upload).where(upload.c.owner == f"account:{self.account}")
                ),
            )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server for the whole file: each test has a partnership of its own on it."""
    # Somebody has an account, so that the demonstration is closed.
    with run_server(tmp_path_factory.mktemp("upload"), prepare=lambda store: make_account(store, "first")) as running:
        yield running


@pytest.fixture
def place(server: LiveServer) -> Place:
    """A partnership of the test's own and its coordinator."""
    number = next(_NUMBERS)
    slug, account = f"liw-{number}", f"anna-{number}"
    with server.store() as store:
        add_partnership(store, slug)
        return Place(server, slug, account, make_account(store, account, Grant(Role.COORDINATOR, slug)))


def choose_file(page: Page, content: bytes, name: str = "Ankieta.csv") -> None:
    uploader = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    uploader.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def see(page: Page, key: str, language: Language = "pl", **facts: object) -> None:
    """Wait until a text is shown."""
    expect(page.get_by_text(say(key, language, **facts)).first).to_be_visible(timeout=PATIENCE)


def press(page: Page, key: str, language: Language = "pl") -> None:
    """Press a button that has come to rest, as a person would: one that is about to be drawn anew swallows a click."""
    button(page, key, language).wait_for()
    settle(page)
    button(page, key, language).click()


def button(page: Page, key: str, language: Language = "pl") -> Locator:
    return page.get_by_role("button", name=say(key, language), exact=True).first


def go_to_preview(page: Page, content: bytes = SURVEY) -> None:
    choose_file(page, content)
    see(page, "upload.recognised.title")
    press(page, "upload.preview.ask")
    expect(button(page, "upload.load")).to_be_enabled(timeout=PATIENCE)


def test_answers_of_google_forms_go_in_as_they_came(page: Page, place: Place, samples: Path) -> None:
    file = next((samples / "google_forms").glob("arejgh*.csv"))
    place.visit(page)
    choose_file(page, file.read_bytes(), file.name)
    see(page, "upload.source.google_forms")
    press(page, "upload.preview.ask")
    expect(page.locator(".st-key-figure-upload-trial .js-plotly-plot")).to_be_visible(timeout=PATIENCE)
    press(page, "upload.load")
    see(page, "upload.loaded.undo")
    page.goto(f"{place.server.url}/importy")
    expect(page.get_by_text(file.name)).to_be_visible()


def test_what_was_loaded_is_seen_on_the_pages(page: Page, place: Place) -> None:
    place.visit(page)
    go_to_preview(page)
    press(page, "upload.load")
    page.get_by_role("link", name=say("upload.loaded.see_problems", "pl", name=f"Partnerstwo {place.slug}")).click()
    expect(page).to_have_url(re.compile(rf"/problemy\?partnerstwo={place.slug}$"))
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(page.get_by_text("Samotność seniorów").first).to_be_visible()


def test_a_workbook_makes_a_partnership(page: Page, place: Place) -> None:
    with place.server.store() as store:
        boris = replace(place, token=make_account(store, "barbara", BORIS))
    boris.visit(page)
    with page.expect_download() as taken:
        press(page, "upload.workbook.empty")
    assert "Partnerzy" in openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).sheetnames
    choose_file(page, write_bytes(make_register("rozan")), "karta.xlsx")
    expect(button(page, "upload.load")).to_be_enabled(timeout=PATIENCE)
    press(page, "upload.load")
    page.get_by_role("link", name=say("upload.loaded.see_partnerships", "pl", name="Liw")).click()
    expect(page.get_by_role("heading", name="Liw", exact=True)).to_be_visible()
    boris.visit(page)
    with page.expect_download() as taken:
        press(page, "upload.workbook.filled")
    cells = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))["Partnerzy"].iter_rows(values_only=True)
    assert any("Urząd Gminy" in row for row in cells)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("umowa.pdf", b"%PDF-1.4 x", "To dokument PDF"),
        ("pusty.csv", b"", "Plik jest pusty"),
        ("ankieta.xlsx", b"PK\x03\x04 broken", "Plik jest uszkodzony"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(
    page: Page, place: Place, name: str, content: bytes, words: str
) -> None:
    place.visit(page)
    choose_file(page, content, name)
    see(page, "upload.unreadable.title")
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text(name).first).to_be_visible()
    assert "Traceback" not in page.content()
    assert place.count() == Counts(imports=0, people=0, files=0)
    page.get_by_role("button", name=say("upload.unreadable.again", "pl")).last.click()
    see(page, "upload.choose.title")


def test_a_file_that_is_too_large_is_refused_in_polish(page: Page, place: Place, tmp_path: Path) -> None:
    place.visit(page)
    large = tmp_path / "wielki.csv"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(large)
    uploader = page.locator(".st-key-upload-choose [data-testid=stFileUploader]")
    expect(page.locator("[data-testid=stFileChipIconError]")).to_be_visible()
    assert say("upload.choose.refused", "pl") in uploader.evaluate("one => getComputedStyle(one, '::after').content")


def test_the_uploader_speaks_the_readers_language(open_page: OpenPage, place: Place) -> None:
    for language in LANGUAGES:
        page = open_page()
        place.visit(page, f"/wgraj?lang={language}")
        uploader = page.get_by_test_id("stFileUploader")
        expect(uploader.get_by_role("button", name=say("streamlit.upload", language), exact=True)).to_be_visible()
        expect(uploader.get_by_text(say("streamlit.upload_limit", language, n=50), exact=True)).to_be_visible()
        expect(uploader.get_by_text("per file")).to_have_count(0)


def test_a_double_click_is_one_import(page: Page, place: Place) -> None:
    place.visit(page)
    go_to_preview(page)
    button(page, "upload.load").dblclick()
    see(page, "upload.loaded.undo")
    assert place.count() == Counts(imports=1, people=60, files=0)


def test_a_reload_in_the_middle_loses_nothing(page: Page, place: Place) -> None:
    place.visit(page)
    choose_file(page, make_survey(5_000).form_csv())
    expect(page).to_have_url(re.compile(r"\?wgranie=[0-9a-f]{32}$"))
    page.reload()
    see(page, "upload.recognised.title")
    press(page, "upload.preview.ask")
    # Taken, as a person would see; a reload in the very moment of a click is a click that was never sent.
    expect(button(page, "upload.preview.ask")).to_be_hidden()
    page.reload()
    expect(button(page, "upload.load")).to_be_enabled(timeout=PATIENCE)
    press(page, "upload.load")
    see(page, "upload.waiting.loading")
    page.reload()
    see(page, "upload.loaded.undo")
    page.reload()
    see(page, "upload.loaded.undo")
    assert place.count() == Counts(imports=1, people=5_000, files=0)


def test_a_closed_tab_does_not_stop_an_import_and_another_one_finds_it(page: Page, place: Place) -> None:
    place.visit(page)
    go_to_preview(page, make_survey(5_000).form_csv())
    address = page.url
    press(page, "upload.load")
    see(page, "upload.waiting.loading")
    other = page.context.new_page()
    page.close()
    other.goto(address)
    see(other, "upload.loaded.undo")


def test_a_second_tab_goes_its_own_way(page: Page, place: Place) -> None:
    place.visit(page)
    go_to_preview(page)
    other = page.context.new_page()
    other.goto(f"{place.server.url}/wgraj")
    choose_file(other, make_survey(30, seed=2).form_csv(), "Druga.csv")
    see(other, "upload.recognised.title")
    expect(other.locator(".st-key-upload-head")).to_contain_text("Druga.csv")
    expect(page.locator(".st-key-upload-head")).to_contain_text("Ankieta.csv")
    press(page, "upload.load")
    see(page, "upload.loaded.undo")
    press(other, "upload.preview.ask")
    expect(button(other, "upload.load")).to_be_enabled(timeout=PATIENCE)


def test_back_leads_to_the_choice_of_a_file(page: Page, place: Place) -> None:
    place.visit(page)
    choose_file(page, SURVEY)
    see(page, "upload.recognised.title")
    page.go_back()
    see(page, "upload.choose.title")
    page.go_forward()
    see(page, "upload.recognised.title")


def test_stopping_leaves_nothing_behind(page: Page, place: Place) -> None:
    place.visit(page)
    go_to_preview(page)
    files = [Incoming(f"{seed}.csv", make_survey(10_000, seed=seed).form_csv()) for seed in range(4)]
    with place.server.store() as store:
        # So much work of other people waits before ours that it surely hasn't begun, however slow the browser is.
        for number in range(8):
            busy = Actor.anonymous(f"somebody-else-{number}")
            for incoming in files:
                requests.request_inspection(store, busy, requests.keep_upload(store, busy, incoming))
    press(page, "upload.load")
    press(page, "upload.waiting.cancel")
    see(page, "upload.cancelled.body")
    assert place.count() == Counts(imports=0, people=0, files=1)


def test_pictures_in_a_file_are_not_fetched(page: Page, place: Place) -> None:
    lines = ["Sygnatura czasowa;" + HOSTILE]
    lines += [f"2026/03/{day:02} 1:02:03 PM CET;{HOSTILE if day % 2 else 'Tak'}" for day in range(1, 29)]
    place.visit(page)
    choose_file(page, "\n".join(lines).encode(), f"{HOSTILE.replace('/', '_')}.csv")
    see(page, "upload.recognised.title")
    page.get_by_text("Wszystkie kolumny").click()
    see(page, "upload.columns.hint")
    press(page, "upload.preview.ask")
    expect(button(page, "upload.load")).to_be_enabled(timeout=PATIENCE)
    press(page, "upload.load")
    see(page, "upload.loaded.undo")
    assert page.locator("img[src*='zly.example']").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_and_a_keyboard_are_enough(open_page: OpenPage, place: Place, language: Language) -> None:
    page = open_page(size=PHONE)
    place.visit(page, f"/wgraj?lang={language}")
    assert_fits(page)
    choose_file(page, SURVEY)
    see(page, "upload.recognised.title", language)
    assert_fits(page)
    for key in ("upload.preview.ask", "upload.load"):
        waiting = button(page, key, language)
        expect(waiting).to_be_enabled(timeout=PATIENCE)
        waiting.focus()
        page.keyboard.press("Enter")
        assert_fits(page)
    see(page, "upload.loaded.undo", language)
    assert_fits(page)


def test_an_import_is_undone_in_two_steps(page: Page, place: Place) -> None:
    place.visit(page)
    go_to_preview(page)
    press(page, "upload.load")
    see(page, "upload.loaded.undo")
    page.get_by_role("link", name=say("nav.imports", "pl")).last.click()
    press(page, "imports.undo.ask")
    press(page, "imports.undo.yes")
    expect(page.get_by_text("Cofnięto:")).to_be_visible(timeout=PATIENCE)
    assert place.count() == Counts(imports=1, people=0, files=0)


def assert_fits(page: Page) -> None:
    """Nothing reaches beyond the right edge."""
    width = page.viewport_size["width"] if page.viewport_size else DESKTOP[0]
    assert page.locator("[data-testid=stMain]").evaluate("one => one.scrollWidth") <= width
