"""Without an account the sample data are open to whoever sits at this machine; the first account needs the code."""

from collections.abc import Callable

import pytest

from etl.store.accounts import list_accounts
from etl.store.moments import utc_now
from etl.store.scope import Actor
from tests.live_server import LiveServer
from tests.security.client import Browser, read_seal
from tests.security.conftest import TRIAL_PAGE, add_accounts

PASSWORD = "four unrelated words"


def test_pages_open_without_signing_in(open_demo: LiveServer) -> None:
    browser = Browser(open_demo)
    assert browser.get("/").status == 200
    with browser.stream() as stream:
        assert b"actor=visitor:" in stream.run()


def test_two_visitors_are_two(open_demo: LiveServer) -> None:
    one, other = Browser(open_demo), Browser(open_demo)
    one.get("/"), other.get("/")
    assert one.cookies["diagnoza"] != other.cookies["diagnoza"]
    with one.stream() as stream:
        stream.run()
        number = stream.session
        reply = other.upload(number, b"x")
    assert reply.status == 403


def test_a_browser_without_the_cookie_opens_no_websocket(open_demo: LiveServer) -> None:
    browser = Browser(open_demo)
    assert browser.get("/_stcore/health").status == 401
    assert browser.get("/_stcore/metrics").status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "192.0.2.1"},
        {"Forwarded": "for=192.0.2.1"},
        {"Via": "1.1 proxy"},
        {"X-Real-Ip": "192.0.2.1"},
    ],
)
def test_it_is_not_open_through_a_proxy(open_demo: LiveServer, headers: dict[str, str]) -> None:
    browser = Browser(open_demo, extra=headers)
    assert browser.get("/").header("location") == "/pierwsze-konto"
    assert "diagnoza" not in browser.cookies


def test_it_is_not_open_under_a_public_name(serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE, variables={"DIAGNOZA_PUBLIC_URL": "https://diagnoza.example.org"})
    browser = Browser(server)
    assert browser.get("/", Host="diagnoza.example.org").header("location") == "/pierwsze-konto"
    form = browser.get("/pierwsze-konto", Host="diagnoza.example.org")
    assert all("Secure" in cookie for cookie in form.cookies())
    assert browser.get("/").status == 200


def test_it_is_not_open_where_other_machines_can_connect(serve: Callable[..., LiveServer]) -> None:
    server = serve(
        script=TRIAL_PAGE,
        options=("--server.address=0.0.0.0",),
        variables={"DIAGNOZA_ALLOWED_HOSTS": "diagnoza.local"},
    )
    assert Browser(server).get("/").header("location") == "/pierwsze-konto"
    assert Browser(server).get("/pierwsze-konto").status == 200


def test_the_code_makes_the_first_account_once(serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE)
    code = server.setup_code
    assert code in server.log()
    visitor, owner, late = Browser(server), Browser(server), Browser(server)
    visitor.get("/")
    with visitor.stream() as stream:
        stream.run()
        refused = owner.submit("/pierwsze-konto", form(kod="AAAAA-AAAAA-AAAAA-AAAAA"))
        assert (refused.status, "Ten kod nie działa" in refused.text) == (403, True)
        late_seal = late.get("/pierwsze-konto")
        made = owner.submit("/pierwsze-konto", form(kod=code.lower().replace("-", " ")))
        assert (made.status, made.header("location")) == (303, "/")
        assert b"/" in stream.run()
    assert visitor.get("/").header("location") == "/zaloguj"
    with owner.stream() as stream:
        assert b"actor=account:ala roles=['administrator', 'boris']" in stream.run()
    again = late.submit("/pierwsze-konto", form(kod=code, nazwa="second"), seal=read_seal(late_seal))
    assert again.status == 403
    with server.store() as store:
        assert [account.name for account in list_accounts(store, Actor.at_machine(), now=utc_now())] == ["ala"]
    assert late.get("/pierwsze-konto").header("location") == "/zaloguj"
    assert not (server.folder / "setup-code.txt").exists()


def form(**fields: str) -> dict[str, str]:
    """Fields of the first account's form, filled in well."""
    return {"nazwa": "ala", "osoba": "Ala Żak", "haslo": PASSWORD, "haslo2": PASSWORD, **fields}


def test_every_fault_of_the_form_is_said_at_once_and_nothing_is_made(serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE)
    wrong = form(nazwa="Łucja", osoba=" ", haslo="short", haslo2="other", kod=server.setup_code)
    reply = Browser(server).submit("/pierwsze-konto", wrong)
    assert reply.status == 422
    for words in ("małe litery bez polskich znaków", "Brakuje imienia", "krótsze niż 12", "za drugim razem"):
        assert words in reply.text
    assert server.setup_code in reply.text
    assert "short" not in reply.text


def test_where_there_are_accounts_nothing_shows_a_code(serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE, prepare=add_accounts)
    assert "pierwsze-konto" not in server.log()
    assert not (server.folder / "setup-code.txt").exists()
