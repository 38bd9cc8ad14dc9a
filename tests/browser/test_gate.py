"""The gate in a real browser: the first account, an ended session, uploads and downloads, foreign pictures."""

import socket
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from dashboard.texts import say
from etl.store.moments import utc_now, write_moment
from etl.store.schema_operations import session
from surveys.language.texts import LANGUAGES, Language
from tests.browser.conftest import OpenPage
from tests.browser.watching import PHONE
from tests.live_server import LiveServer, run_server
from tests.security.conftest import PASSWORD, TRIAL_PAGE, add_accounts


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with run_server(tmp_path_factory.mktemp("gate"), script=TRIAL_PAGE, prepare=add_accounts) as running:
        yield running


def sign_in(page: Page, name: str) -> None:
    page.get_by_label(say("form.name", "pl")).fill(name)
    page.get_by_label(say("form.password", "pl")).fill(PASSWORD)
    page.get_by_role("button", name=say("sign_in.button", "pl")).click()


def test_the_first_account_is_made_with_the_code(open_page: OpenPage, serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE)
    page = open_page()
    page.goto(f"{server.url}/pierwsze-konto")
    page.get_by_label(say("first_account.code", "pl")).fill(server.setup_code)
    page.get_by_label(say("first_account.display_name", "pl")).fill("Ala Żak")
    page.get_by_label(say("form.name", "pl")).fill("ala")
    page.get_by_label(say("form.new_password", "pl")).fill(PASSWORD)
    page.get_by_label(say("form.repeated", "pl")).fill(PASSWORD)
    page.get_by_role("button", name=say("first_account.button", "pl")).click()
    expect(page.get_by_text("actor=account:ala")).to_be_visible()
    page.goto(f"{server.url}/wyloguj")
    page.get_by_role("button", name=say("sign_out.button", "pl")).click()
    expect(page.get_by_role("heading", name=say("sign_in.title", "pl"))).to_be_visible()


def test_an_ended_session_leads_to_sign_in_and_back_with_the_filters(open_page: OpenPage, server: LiveServer) -> None:
    page = open_page(expected_errors=("403",))  # the page looks once more at its download, which is nobody's now
    page.goto(f"{server.url}/problemy?temat=kultura")
    sign_in(page, "participant")
    expect(page.get_by_text("actor=account:participant")).to_be_visible()
    with server.store() as store, store.write(changes_data=False) as connection:
        connection.execute(update(session).values(revoked_at=write_moment(utc_now())))
    page.get_by_role("button", name="again").click()
    expect(page.get_by_role("heading", name=say("sign_in.title", "pl"))).to_be_visible()
    sign_in(page, "participant")
    expect(page.get_by_text("actor=account:participant")).to_be_visible()
    assert page.url == f"{server.url}/problemy?temat=kultura"


def test_uploads_and_downloads_work_behind_the_gate(open_page: OpenPage, server: LiveServer) -> None:
    page = open_page()
    page.goto(f"{server.url}/")
    sign_in(page, "coordinator-a")
    page.locator("input[type=file]").set_input_files(
        [{"name": f"{number}.csv", "mimeType": "text/csv", "buffer": b"a\n1\n"} for number in range(2)]
    )
    expect(page.get_by_text("files=2")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="take").click()
    assert taken.value.path().read_bytes() == b"canary-of-account:coordinator-a"


def test_a_picture_from_elsewhere_is_not_fetched(open_page: OpenPage, server: LiveServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        picture = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/picture.png"
        page = open_page(expected_errors=("Content Security Policy",))
        page.goto(f"{server.url}/zaloguj?dalej={quote(f'/?picture={quote(picture)}')}")
        sign_in(page, "coordinator-a")
        shown = page.get_by_role("img", name="picture")
        expect(shown).to_be_attached()
        assert shown.get_attribute("src") == picture
        assert shown.evaluate("picture => picture.decode().then(() => true, () => false)") is False
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/zaloguj", "/nothing", "/haslo", "/wyloguj"])
def test_the_plain_pages_fit_a_phone(open_page: OpenPage, server: LiveServer, path: str, language: Language) -> None:
    page = open_page(PHONE, expected_errors=("404",))
    page.goto(f"{server.url}/zaloguj")
    sign_in(page, "participant")
    expect(page.get_by_text("actor=account:participant")).to_be_visible()
    page.goto(f"{server.url}{path}?lang={language}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
