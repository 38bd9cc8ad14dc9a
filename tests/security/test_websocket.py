"""The websocket: only this server's own page opens one, in one's own session, and only while the session lasts."""

from collections.abc import Callable

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from etl.store.accounts import set_account_state
from etl.store.grants import grant_role, revoke_role
from etl.store.moments import utc_now
from etl.store.scope import Actor, Grant, Role
from tests.live_server import LiveServer
from tests.security.client import Browser

MACHINE = Actor.at_machine()


def refusal_of(browser: Browser, **wanted: str | None) -> int:
    """Status with which a handshake is refused."""
    with pytest.raises(InvalidStatus) as refused, browser.stream(**wanted):  # type: ignore[arg-type] # the options are written as in the call
        pass
    return refused.value.response.status_code


def test_a_page_of_this_server_runs_the_script_as_the_person_signed_in(signed_in: Callable[[str], Browser]) -> None:
    with signed_in("coordinator-a").stream() as stream:
        assert b"actor=account:coordinator-a roles=['coordinator'] pl" in stream.run()


def test_a_stranger_is_refused(stranger: Browser) -> None:
    assert refusal_of(stranger) == 403


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://example.org", "http://127.0.0.1", "https://127.0.0.1:{port}", "http://localhost:{port}"],
)
def test_another_sites_page_is_refused(signed_in: Callable[[str], Browser], origin: str | None) -> None:
    browser = signed_in("participant")
    assert refusal_of(browser, origin=origin and origin.format(port=browser.server.port)) == 403


def test_two_origins_are_refused(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("participant")
    browser.extra = {"Origin": "http://example.org"}
    assert refusal_of(browser) in {400, 403}


def test_a_forged_host_is_refused(signed_in: Callable[[str], Browser]) -> None:
    assert refusal_of(signed_in("participant"), host="example.org", origin="http://example.org") == 403


@pytest.mark.parametrize("path", ["/_stcore/stream/", "/problemy/_stcore/stream", "/_stcore/other", "/"])
def test_there_is_one_websocket_address(signed_in: Callable[[str], Browser], path: str) -> None:
    assert refusal_of(signed_in("participant"), path=path) == 403


def test_a_refused_handshake_carries_the_security_headers(stranger: Browser) -> None:
    with pytest.raises(InvalidStatus) as refused, stranger.stream():
        pass
    assert "frame-ancestors 'none'" in refused.value.response.headers["content-security-policy"]


def test_ones_own_session_can_be_resumed(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("participant")
    with browser.stream() as stream:
        stream.run()
        number = stream.session
    with browser.stream(resume=number) as resumed:
        resumed.run()
        assert resumed.session == number


def test_the_same_persons_other_browser_may_resume(signed_in: Callable[[str], Browser]) -> None:
    with signed_in("participant").stream() as stream:
        stream.run()
        number = stream.session
    with signed_in("participant").stream(resume=number) as resumed:
        resumed.run()
        assert resumed.session == number


def test_another_persons_session_is_refused_while_it_lives(signed_in: Callable[[str], Browser]) -> None:
    other = signed_in("coordinator-b")
    with signed_in("coordinator-a").stream() as stream:
        stream.run()
        assert refusal_of(other, resume=stream.session) == 403
        assert b"actor=account:coordinator-a" in stream.run()


def test_another_persons_session_is_refused_after_it_was_left(signed_in: Callable[[str], Browser]) -> None:
    with signed_in("coordinator-a").stream() as stream:
        stream.run()
    assert refusal_of(signed_in("coordinator-b"), resume=stream.session) == 403


def test_a_session_nobody_owns_is_not_resumed_but_a_new_one_begins(signed_in: Callable[[str], Browser]) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    with signed_in("participant").stream(resume=unknown) as stream:
        assert b"actor=account:participant" in stream.run()
        assert stream.session != unknown


def test_signing_out_ends_an_open_websocket_at_the_next_click(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("coordinator-a")
    with browser.stream() as stream:
        stream.run()
        assert browser.submit("/wyloguj", {}).status == 303
        said = stream.run()
        assert b"/zaloguj" in said
        assert b"actor=" not in said
        with pytest.raises(ConnectionClosed):
            stream.connection.recv(timeout=30)


def test_a_disabled_account_is_shut_out_at_the_next_click(
    signed_in: Callable[[str], Browser], guarded: LiveServer
) -> None:
    browser = signed_in("leaving")
    with browser.stream() as stream:
        stream.run()
        with guarded.store() as store:
            set_account_state(store, MACHINE, name="leaving", active=False, now=utc_now())
        assert b"actor=" not in stream.run()
    assert browser.get("/").status == 303
    assert refusal_of(browser) == 403
    with guarded.store() as store:
        set_account_state(store, MACHINE, name="leaving", active=True, now=utc_now())
    assert browser.get("/").status == 303


def test_a_change_of_role_ends_the_session_and_the_next_has_the_new_one(
    signed_in: Callable[[str], Browser], guarded: LiveServer
) -> None:
    browser = signed_in("leaving")
    with guarded.store() as store:
        revoke_role(store, MACHINE, name="leaving", grant=Grant(Role.PARTICIPANT, "a"), now=utc_now())
        grant_role(store, MACHINE, name="leaving", grant=Grant(Role.COORDINATOR, "b"), now=utc_now())
    assert browser.get("/").status == 303
    with signed_in("leaving").stream() as stream:
        assert b"roles=['coordinator']" in stream.run()


@pytest.mark.parametrize("name", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"])
def test_messages_that_act_on_everybodys_server_do_not_pass(signed_in: Callable[[str], Browser], name: str) -> None:
    with signed_in("participant").stream() as stream:
        stream.run()
        stream.connection.send(BackMsg(**{name: True}).SerializeToString())
        assert b"actor=account:participant" in stream.run()


def test_rubbish_and_text_frames_change_nothing(signed_in: Callable[[str], Browser]) -> None:
    with signed_in("participant").stream() as stream:
        stream.run()
        stream.connection.send(b"\xff\xfe rubbish")
        stream.connection.send("a text frame")
        assert b"actor=account:participant" in stream.run()


def test_a_fault_of_the_script_shows_a_code_and_keeps_the_words_out_of_the_log(
    signed_in: Callable[[str], Browser], guarded: LiveServer
) -> None:
    with signed_in("participant").stream() as stream:
        said = stream.run(query_string="break=1")
    assert "Coś się zepsuło po naszej stronie".encode() in said
    assert b"what-somebody-answered" not in said
    assert "KeyError" in guarded.log()
    assert "what-somebody-answered" not in guarded.log()
