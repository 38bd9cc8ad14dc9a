"""Signing in and out as a person meets it: the same words for every stranger, a new cookie, growing pauses."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select, update

from etl.store.audit import list_actions
from etl.store.moments import utc_now, write_moment
from etl.store.schema_operations import session, sign_in_delay
from etl.store.sessions import hash_token
from tests.live_server import LiveServer
from tests.security.client import Browser, read_seal
from tests.security.conftest import PASSWORD, TRIAL_PAGE, add_accounts
from tests.waiting import wait_until

_addresses = count(1)


@pytest.fixture
def visitor(guarded: LiveServer) -> Browser:
    """A browser behind a proxy, with an address of its own: pauses of other tests don't touch it."""
    return Browser(guarded, extra={"X-Forwarded-For": f"192.0.2.{next(_addresses)}"})


def test_the_right_password_opens_the_pages(visitor: Browser) -> None:
    assert visitor.get("/problemy").header("location") == "/zaloguj?dalej=%2Fproblemy"
    reply = visitor.sign_in("Participant ", PASSWORD)
    assert (reply.status, reply.header("location")) == (303, "/")
    assert visitor.get("/problemy").status == 200


def test_one_gets_where_one_wanted_with_the_filters(visitor: Browser) -> None:
    form = visitor.get("/zaloguj?dalej=%2Fproblemy%3Ftemat%3Dkultura%26rok%3D2025").text
    assert 'value="/problemy?temat=kultura&rok=2025"' in form
    reply = visitor.sign_in("participant", PASSWORD, dalej="/problemy?temat=kultura&rok=2025")
    assert reply.header("location") == "/problemy?temat=kultura&rok=2025"


@pytest.mark.parametrize(
    "target",
    ["//example.org", "https://example.org/", "/\\example.org", "/wyloguj", "javascript:alert(1)", "/problemy\r\nX: y",
     "/problemy#x", "problemy", "/%2f/example.org", "/media/x", ""],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(visitor: Browser, target: str) -> None:
    assert visitor.sign_in("participant", PASSWORD, dalej=target).header("location") == "/"


def test_the_cookie_is_for_this_site_and_for_no_script(visitor: Browser) -> None:
    reply = visitor.sign_in("participant", PASSWORD)
    (cookie,) = [line for line in reply.cookies() if line.startswith("diagnoza=")]
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=lax"}


def test_under_https_the_cookie_is_bound_to_the_host(visitor: Browser) -> None:
    visitor.extra = {**visitor.extra, "X-Forwarded-Proto": "https"}
    form = visitor.get("/zaloguj")
    assert form.header("strict-transport-security") is not None
    origin = visitor.server.url.replace("http", "https")
    reply = visitor.submit("/zaloguj", {"nazwa": "participant", "haslo": PASSWORD}, seal=read_seal(form), Origin=origin)
    (cookie,) = [line for line in reply.cookies() if line.startswith("__Host-diagnoza=")]
    assert "secure" in {part.strip().lower() for part in cookie.split(";")}
    assert visitor.get("/").status == 200
    del visitor.cookies["__Host-diagnoza"]
    assert visitor.get("/").status == 303


def test_an_insecure_cookie_is_not_taken_under_https(visitor: Browser) -> None:
    assert visitor.sign_in("participant", PASSWORD).status == 303
    visitor.extra = {**visitor.extra, "X-Forwarded-Proto": "https"}
    assert visitor.get("/").status == 303


def test_a_cookie_set_by_somebody_else_does_not_survive_signing_in(visitor: Browser) -> None:
    planted = "A" * 43
    visitor.cookies["diagnoza"] = planted
    assert visitor.sign_in("participant", PASSWORD).status == 303
    assert visitor.cookies["diagnoza"] != planted
    thief = Browser(visitor.server, {"diagnoza": planted})
    assert thief.get("/").status == 303


def test_signing_in_again_ends_the_session_before(visitor: Browser) -> None:
    visitor.sign_in("participant", PASSWORD)
    before = visitor.cookies["diagnoza"]
    visitor.sign_in("participant", PASSWORD)
    assert visitor.cookies["diagnoza"] != before
    assert Browser(visitor.server, {"diagnoza": before}).get("/").status == 303


def test_an_unknown_name_and_a_wrong_password_look_the_same(visitor: Browser) -> None:
    wrong = visitor.sign_in("boris", "not the password")
    unknown = visitor.sign_in("nobody", "not the password")
    assert (wrong.status, unknown.status) == (401, 401)
    assert wrong.text.replace("boris", "…") == unknown.text.replace("nobody", "…")


@pytest.mark.parametrize("name", ["coordinator-b", "nobody-at-all"])
def test_guessing_is_answered_with_pauses_whether_the_name_exists_or_not(visitor: Browser, name: str) -> None:
    refused = 0
    while (reply := visitor.sign_in(name, f"wrong guess number {refused}")).status == 401:
        refused += 1
    assert refused >= 4
    assert (reply.status, "Odczekaj" in reply.text) == (429, True)


def test_during_the_pause_the_right_password_waits_too_and_then_works(serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE, prepare=add_accounts)
    browser = Browser(server)
    while browser.sign_in("boris", "wrong wrong wrong").status == 401:
        pass
    hold_pauses(server, "2099-01-01T00:00:00Z")
    assert browser.sign_in("boris", PASSWORD).status == 429
    hold_pauses(server, "2020-01-01T00:00:00Z")
    assert browser.sign_in("boris", PASSWORD).status == 303


def hold_pauses(server: LiveServer, until: str) -> None:
    """Let every pause last until a moment: a test must not depend on how fast the machine is."""
    with server.store() as store, store.write(changes_data=False) as connection:
        assert connection.execute(select(sign_in_delay)).all() != []
        connection.execute(update(sign_in_delay).values(locked_until=until))


def test_a_form_from_elsewhere_is_refused(visitor: Browser) -> None:
    fields = {"nazwa": "participant", "haslo": PASSWORD}
    seal = read_seal(visitor.get("/zaloguj"))
    assert visitor.submit("/zaloguj", fields, seal="0" * 64).status == 403
    assert visitor.submit("/zaloguj", fields, seal=seal, Origin="http://example.org").status == 403
    assert visitor.submit("/zaloguj", fields, seal=seal, **{"Sec-Fetch-Site": "cross-site"}).status == 403
    other = Browser(visitor.server)
    assert other.submit("/zaloguj", fields, seal=seal).status == 403
    assert visitor.submit("/zaloguj", fields, seal=seal).status == 303


def test_signing_out_needs_a_button(visitor: Browser) -> None:
    visitor.sign_in("participant", PASSWORD)
    assert "<form" in visitor.get("/wyloguj").text
    assert visitor.get("/").status == 200
    token = visitor.cookies["diagnoza"]
    assert visitor.submit("/wyloguj", {}).status == 303
    assert "diagnoza" not in visitor.cookies
    assert Browser(visitor.server, {"diagnoza": token}).get("/").status == 303


def test_changing_the_password_ends_every_other_session(serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE, prepare=add_accounts)
    here, elsewhere = Browser(server), Browser(server)
    here.sign_in("boris", PASSWORD), elsewhere.sign_in("boris", PASSWORD)
    new = "quite another four words"
    wrong = here.submit("/haslo", {"dotychczasowe": "wrong", "haslo": new, "haslo2": new})
    assert (wrong.status, "Dotychczasowe hasło się nie zgadza." in wrong.text) == (401, True)
    short = here.submit("/haslo", {"dotychczasowe": PASSWORD, "haslo": "short", "haslo2": "other"})
    assert (short.status, "krótsze niż 12" in short.text) == (422, True)
    assert elsewhere.get("/").status == 200
    assert here.submit("/haslo", {"dotychczasowe": PASSWORD, "haslo": new, "haslo2": new}).status == 200
    assert (here.get("/").status, elsewhere.get("/").status) == (200, 303)
    assert (elsewhere.sign_in("boris", PASSWORD).status, elsewhere.sign_in("boris", new).status) == (401, 303)


def test_use_is_noted_in_the_background(visitor: Browser) -> None:
    visitor.sign_in("boris", PASSWORD)
    of_this = session.c.token_hash == hash_token(visitor.cookies["diagnoza"])
    long_ago = write_moment(utc_now() - timedelta(minutes=50))
    with visitor.server.store() as store:
        with store.write(changes_data=False) as connection:
            connection.execute(update(session).where(of_this).values(last_seen_at=long_ago))

        def last_seen() -> str:
            with store.read() as connection:
                return str(connection.execute(select(session.c.last_seen_at).where(of_this)).scalar_one())

        assert visitor.get("/").status == 200
        wait_until(lambda: last_seen() > long_ago)
        assert last_seen() > write_moment(utc_now() - timedelta(minutes=5))


def test_passwords_stand_in_no_log_and_in_no_line_of_the_audit(visitor: Browser) -> None:
    visitor.sign_in("admin", "a password typed wrongly")
    visitor.sign_in("a password typed as a name", "x")
    with visitor.server.store() as store, store.read() as connection:
        lines = list_actions(connection, limit=1_000)
    assert ("admin", "sign_in_refused") in {(line.actor, line.action) for line in lines}
    assert "password typed" not in str(lines) + visitor.server.log()
