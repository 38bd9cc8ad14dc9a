"""What every request and response has to be like: names, headers, languages, other sites' pages."""

import re
from collections.abc import Callable

import pytest

from tests.live_server import LiveServer
from tests.security.client import Browser

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    "host",
    ["example.org", "127.0.0.1.example.org", "user@127.0.0.1", "127.0.0.1/x", "127.0.0.1:99999999", ""],
)
def test_a_forged_host_is_refused(stranger: Browser, host: str) -> None:
    assert stranger.get("/zaloguj", Host=host).status == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:1234", "LOCALHOST", "[::1]:80", "127.0.0.1."])
def test_this_machines_names_are_answered(stranger: Browser, host: str) -> None:
    assert stranger.get("/zaloguj", Host=host).status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 303),
        ("/zaloguj", 200),
        ("/zdrowie", 200),
        ("/dostep.css", 200),
        ("/nothing", 404),
        ("/_stcore/metrics", 403),
        ("/_stcore/health", 401),
    ],
)
def test_every_response_carries_the_security_headers(stranger: Browser, path: str, status: int) -> None:
    reply = stranger.get(path)
    assert reply.status == status
    assert [value for name, value in reply.headers if name == "content-security-policy"] == [POLICY]
    assert reply.header("x-content-type-options") == "nosniff"
    assert reply.header("x-frame-options") == "DENY"
    assert reply.header("referrer-policy") == "same-origin"


def test_streamlits_page_and_files_carry_them_too(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("participant")
    page = browser.get("/")
    script = re.search(r'src="(/static/js/[^"]+)"', page.text)
    assert script is not None
    file = browser.get(script.group(1))
    assert (page.header("content-security-policy"), file.header("content-security-policy")) == (POLICY, POLICY)
    assert page.header("cache-control") == "no-store"
    assert "immutable" in (file.header("cache-control") or "")


@pytest.mark.parametrize("path", ["/zaloguj", "/zdrowie", "/nothing", "/_stcore/metrics"])
def test_nothing_but_files_of_the_program_may_be_kept(stranger: Browser, path: str) -> None:
    assert stranger.get(path).header("cache-control") == "no-store"


def test_no_other_site_is_allowed_to_read(signed_in: Callable[[str], Browser]) -> None:
    reply = signed_in("participant").get("/_stcore/health", Origin="http://example.org")
    assert [name for name, _value in reply.headers if name.startswith("access-control-")] == []


def test_headers_that_claim_to_be_somebody_are_taken_off(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("participant")
    claims = ["X-Forwarded-User", "X_Forwarded_User", "Remote-User", "X-Auth-Request-Email", "Cf-Access-Jwt-Assertion"]
    browser.extra = {**dict.fromkeys(claims, "admin"), "Authorization": "Bearer x", "X-Harmless": "kept"}
    with browser.stream() as stream:
        said = stream.run().decode("utf-8", errors="replace")
    assert "x-harmless" in said
    assert [name for name in [*claims, "authorization"] if name.lower() in said] == []


def test_the_page_says_its_language_and_title(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("participant")
    polish, english = browser.get("/problemy"), browser.get("/problemy?lang=en")
    assert find_both(polish.text) == ('<html lang="pl">', "<title>Diagnoza lokalna</title>")
    assert find_both(english.text) == ('<html lang="en">', "<title>Local diagnosis</title>")
    assert browser.cookies["lang"] == "en"
    assert find_both(browser.get("/").text)[0] == '<html lang="en">'


def find_both(html: str) -> tuple[str, str]:
    language, title = re.search(r"<html[^>]*>", html), re.search(r"<title>.*?</title>", html)
    assert language is not None
    assert title is not None
    return language.group(), title.group()


def test_a_plain_page_speaks_both_languages(stranger: Browser) -> None:
    polish, english = stranger.get("/zaloguj").text, stranger.get("/zaloguj?lang=en").text
    assert "<h1>Zaloguj się</h1>" in polish
    assert "<h1>Sign in</h1>" in english
    assert '<html lang="en">' in english


def test_a_plain_page_has_no_script(stranger: Browser) -> None:
    assert "<script" not in stranger.get("/zaloguj").text


def test_a_person_gets_a_page_and_a_program_plain_words(stranger: Browser) -> None:
    page, words = stranger.get("/nothing", Accept="text/html"), stranger.get("/nothing")
    assert "<h1>Tej strony nie można pokazać</h1>" in page.text
    assert words.text == "Nie ma takiej strony. Sprawdź adres albo wróć do strony głównej.\n"


def test_what_a_stranger_types_is_never_markup(stranger: Browser) -> None:
    payload = '"><script>alert(1)</script>'
    shown = stranger.submit("/zaloguj", {"nazwa": payload, "haslo": "x", "dalej": payload}).body.decode()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_burst_of_unknown_addresses_leaves_the_server_well(guarded: LiveServer) -> None:
    browser = Browser(guarded)
    paths = [
        "/%00",
        "/%ff%fe",
        "/" + "a" * 5_000,
        "/..%2f..%2fetc/passwd",
        "/\\\\host\\share",
        "/?lang=" + "&lang=" * 300,
    ]
    assert {browser.get(path).status for path in paths} <= {303, 400, 404}
    assert browser.get("/zdrowie").status == 200
