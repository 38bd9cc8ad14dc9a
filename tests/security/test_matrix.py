"""Who gets what at every address. Addresses are found by asking the application, so a new one without a line fails."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import update

from dashboard.page_addresses import PAGES
from etl.jobs.supervisor import worker_environment
from etl.store.schema_operations import session
from etl.store.sessions import hash_token
from tests.live_server import LiveServer, server_file
from tests.security.client import Browser
from tests.security.conftest import PASSWORD, TRIAL_PAGE

NOBODYS = UUID(int=0)

# Address as the application has it → (method, an address of that form, status for a stranger, a participant, an
# administrator). 303 is the way to the sign-in page. Whose an upload or a file is stands in test_belongings.
EXPECTED: dict[str, tuple[str, str, int, int, int]] = {
    "/": ("GET", "/", 303, 200, 200),
    "/problemy": ("GET", "/problemy", 303, 200, 200),
    "/dzialania": ("GET", "/dzialania", 303, 200, 200),
    "/grupy": ("GET", "/grupy", 303, 200, 200),
    "/wyniki": ("GET", "/wyniki", 303, 200, 200),
    "/ankiety": ("GET", "/ankiety", 303, 200, 200),
    "/partnerstwa": ("GET", "/partnerstwa", 303, 200, 200),
    "/kwestionariusze": ("GET", "/kwestionariusze", 303, 200, 200),
    "/kapital": ("GET", "/kapital", 303, 200, 200),
    "/mapa": ("GET", "/mapa", 303, 200, 200),
    "/lustra": ("GET", "/lustra", 303, 200, 200),
    "/porownanie": ("GET", "/porownanie", 303, 200, 200),
    "/kto-juz": ("GET", "/kto-juz", 303, 200, 200),
    "/luki": ("GET", "/luki", 303, 200, 200),
    "/nic": ("GET", "/nic", 303, 200, 200),
    "/wnioskodawcy": ("GET", "/wnioskodawcy", 303, 200, 200),
    "/zdrowie-partnerstwa": ("GET", "/zdrowie-partnerstwa", 303, 200, 200),
    "/spotkania": ("GET", "/spotkania", 303, 200, 200),
    "/dokumenty": ("GET", "/dokumenty", 303, 200, 200),
    "/wgraj": ("GET", "/wgraj", 303, 200, 200),
    "/importy": ("GET", "/importy", 303, 200, 200),
    "/konta": ("GET", "/konta", 303, 200, 200),
    "/zaloguj": ("GET", "/zaloguj", 200, 200, 200),
    "/wyloguj": ("GET", "/wyloguj", 303, 200, 200),
    "/pierwsze-konto": ("GET", "/pierwsze-konto", 303, 303, 303),
    "/haslo": ("GET", "/haslo", 303, 200, 200),
    "/zdrowie": ("GET", "/zdrowie", 200, 200, 200),
    "/dostep.css": ("GET", "/dostep.css", 200, 200, 200),
    "/powloka.js": ("GET", "/powloka.js", 200, 200, 200),
    "/znak.svg": ("GET", "/znak.svg", 200, 200, 200),
    "/ankieta.css": ("GET", "/ankieta.css", 200, 200, 200),
    "/ankieta.js": ("GET", "/ankieta.js", 200, 200, 200),
    "/a/{token}": ("GET", "/a/0123456789abcdefghijkl", 404, 404, 404),
    "/a/{token}/koniec": ("GET", "/a/0123456789abcdefghijkl/koniec", 404, 404, 404),
    "/k/{token}": ("POST", "/k/0123456789abcdefghijkl", 404, 404, 404),
    "/g/{token}": ("GET", "/g/0123456789abcdefghijkl", 404, 404, 404),
    "/g/{token}/oddany": ("GET", "/g/0123456789abcdefghijkl/oddany", 404, 404, 404),
    "/spotkanie/{uid}": ("GET", "/spotkanie/0123456789ab", 303, 404, 404),
    "/spotkanie/{uid}/notatka": ("POST", "/spotkanie/0123456789ab/notatka", 403, 403, 403),
    "/spotkanie/{uid}/papier": ("GET", "/spotkanie/0123456789ab/papier", 303, 404, 404),
    "/spotkanie/{uid}/protokol.docx": ("GET", "/spotkanie/0123456789ab/protokol.docx", 303, 404, 404),
    "/spotkanie/{uid}/stan": ("GET", "/spotkanie/0123456789ab/stan", 403, 403, 403),
    "/spotkanie/{uid}/wykres/{item}.svg": ("GET", "/spotkanie/0123456789ab/wykres/ab12cd.svg", 403, 404, 404),
    "/spotkanie.css": ("GET", "/spotkanie.css", 200, 200, 200),
    "/spotkanie.js": ("GET", "/spotkanie.js", 200, 200, 200),
    "/podglad-ankiety/{uid}": ("GET", "/podglad-ankiety/0123456789ab", 303, 404, 404),
    "/_stcore/health": ("GET", "/_stcore/health", 401, 200, 200),
    "/_stcore/host-config": ("GET", "/_stcore/host-config", 401, 200, 200),
    "/_stcore/metrics": ("GET", "/_stcore/metrics", 403, 403, 200),
    "/_stcore/stream": ("GET", "/_stcore/stream", 403, 403, 403),
    "/_stcore/upload_file/{session_id}/{file_id}": ("PUT", f"/_stcore/upload_file/{NOBODYS}/{NOBODYS}", 403, 403, 403),
    "/media/{file_id:path}": ("GET", "/media/0123456789abcdef0123456789abcdef.txt", 403, 403, 403),
    "/component/{path:path}": ("GET", "/component/nothing/index.html", 403, 404, 404),
    "/_stcore/bidi-components/{path:path}": ("GET", "/_stcore/bidi-components/nothing/index.js", 403, 404, 404),
    "/_stcore/agent/interact": ("POST", "/_stcore/agent/interact", 403, 403, 403),
    "/_stcore/agent/openapi.json": ("GET", "/_stcore/agent/openapi.json", 403, 403, 403),
    "/_stcore/agent/mcp": ("POST", "/_stcore/agent/mcp", 403, 403, 403),
    "/auth/login": ("GET", "/auth/login", 403, 403, 403),
    "/auth/logout": ("GET", "/auth/logout", 403, 403, 403),
    "/oauth2callback": ("GET", "/oauth2callback", 403, 403, 403),
    "": ("GET", "/static/js/nothing.js", 404, 404, 404),
}

LIST_ADDRESSES = """
import json, sys
from streamlit import config
config._main_script_path = sys.argv[1]
sys.path.insert(0, sys.argv[2])
from server import app
from dashboard.access.premises import close_premises
paths = sorted({route.path for route in app._build_starlette_app().routes})
close_premises()
print(json.dumps(paths))
"""


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every address that the application answers, in a process of its own: there is one Streamlit per process."""
    folder = tmp_path_factory.mktemp("addresses")
    file = server_file(folder, TRIAL_PAGE)
    environment = worker_environment({**os.environ, "DIAGNOZA_DATA_DIR": str(folder / "data")})
    finished = subprocess.run(
        [sys.executable, "-c", LIST_ADDRESSES, str(file), str(file.parent)],
        env=environment,
        cwd=file.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(finished.stdout.splitlines()[-1])
    return found


def test_every_address_has_a_line_and_every_line_an_address(addresses: list[str]) -> None:
    assert set(addresses) == set(EXPECTED)


def test_every_page_of_the_navigation_has_a_line() -> None:
    assert {f"/{address}" for address in PAGES.values()} <= set(EXPECTED)


@pytest.mark.parametrize("address", EXPECTED)
def test_a_stranger_gets_what_the_matrix_says(stranger: Browser, address: str) -> None:
    method, path, status, _participant, _administrator = EXPECTED[address]
    assert stranger.request(method, path).status == status


@pytest.mark.parametrize("address", EXPECTED)
def test_a_participant_gets_what_the_matrix_says(member: Browser, address: str) -> None:
    method, path, _stranger, status, _administrator = EXPECTED[address]
    assert member.request(method, path).status == status


@pytest.mark.parametrize("address", EXPECTED)
def test_an_administrator_gets_what_the_matrix_says(administrator: Browser, address: str) -> None:
    method, path, _stranger, _participant, status = EXPECTED[address]
    assert administrator.request(method, path).status == status


@pytest.mark.parametrize("ending", ["revoked_at", "expires_at", "last_seen_at"])
def test_a_session_that_ended_gets_what_a_stranger_gets(
    signed_in: Callable[[str], Browser], guarded: LiveServer, ending: str
) -> None:
    browser = signed_in("roleless")
    end_session(guarded, browser, ending)
    statuses = {address: browser.request(*EXPECTED[address][:2]).status for address in EXPECTED}
    assert statuses == {address: line[2] for address, line in EXPECTED.items()}


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/problemy/",
        "//problemy",
        "/PROBLEMY",
        "/problemy/../importy",
        "/static/../index.html",
        "/static/%2e%2e/index.html",
        "/static/.hidden",
        "/index.html",
        "/manifest.json",
        "/app/static/x",
        "/_stcore/agent/anything",
        "/_stcore/script-health-check",
        "/problemy/_stcore/health",
        "/p/a",
        "/a/",
        "/a/short",
        "/a/0123456789abcdefghijkl/",
        "/a/0123456789abcdefghijkl/admin",
        "/a/0123456789abcdefghijk%2f",
        "/k/22222222",
        "/podglad-ankiety/",
    ],
)
def test_what_has_no_line_does_not_exist_even_for_an_administrator(administrator: Browser, path: str) -> None:
    assert administrator.get(path).status in {403, 404}


def test_another_method_than_the_lines_is_refused(administrator: Browser) -> None:
    statuses = {method: administrator.request(method, "/problemy").status for method in ("PUT", "DELETE", "PATCH")}
    assert statuses == {"PUT": 405, "DELETE": 405, "PATCH": 405}


@pytest.fixture(scope="module")
def member(guarded: LiveServer) -> Browser:
    return enter(guarded, "participant")


@pytest.fixture(scope="module")
def administrator(guarded: LiveServer) -> Browser:
    return enter(guarded, "admin")


def enter(server: LiveServer, name: str) -> Browser:
    browser = Browser(server)
    assert browser.sign_in(name, PASSWORD).status == 303
    return browser


def end_session(server: LiveServer, browser: Browser, column: str) -> None:
    """Put one of a session's moments far back."""
    with server.store() as store, store.write(changes_data=False) as connection:
        changed = connection.execute(
            update(session)
            .where(session.c.token_hash == hash_token(browser.cookies["diagnoza"]))
            .values({column: "2020-01-01T00:00:00Z"})
        )
        assert changed.rowcount == 1
