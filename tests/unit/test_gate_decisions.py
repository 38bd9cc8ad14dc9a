"""Small decisions of the gate, case by case; the whole of it stands against a running server in tests/security."""

import logging

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.access.belongings import Belongings
from dashboard.access.config import Entrance, host_name, is_loopback, lacks_public_name
from dashboard.access.exchange import read_kind
from dashboard.access.forms import safe_way_back
from dashboard.access.identity import demo_is_open, outer_origin
from dashboard.access.premises import Premises
from dashboard.access.script_errors import format_quietly, name_error, quieten_tracebacks
from dashboard.access.table import Kind, Need, find_rule
from etl.store.moments import utc_now
from etl.store.scope import Actor
from etl.store.sessions import Visit
from tests.unit.account_making import NOW, add_account, quick_hashing  # noqa: F401 # a fixture


def message(**fields):
    return BackMsg(**fields).SerializeToString()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (message(rerun_script={"query_string": "a=1"}), "person"),
        (message(rerun_script={"is_auto_rerun": True}), "machine"),
        (message(app_heartbeat=True), "machine"),
        (message(stop_script=True), "person"),
        (message(file_urls_request={"request_id": "1"}), "person"),
        (message(backend_operation_request={"deferred_file": {"file_id": "1"}}), "person"),
        (message(backend_operation_request={"install_skills": {}}), None),
        (message(backend_operation_request={"dismiss_skills_nudge": {}}), None),
        (message(clear_cache=True), None),
        (message(debug_shutdown_runtime=True), None),
        (b"", None),
        (None, None),
        (b"\xff\xff\xff", None),
        (bytes(9 * 1024 * 1024), None),
    ],
)
def test_what_a_page_sends_is_a_persons_a_timers_or_does_not_pass(data, kind):
    assert read_kind(data) == kind


@pytest.mark.parametrize("text", ["/", "/problemy", "/problemy?temat=kultura&rok=2025", "/importy?x=%C5%82"])
def test_a_way_back_to_our_pages_is_kept(text):
    assert safe_way_back(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "problemy", "//x", "///x", "/\\x", "http:/problemy", "http://x/problemy", "/zaloguj", "/problemy/../haslo",
     "/problemy\n", "/problemy?ą", "/problemy?" + "x" * 2_000],
)  # fmt: skip
def test_any_other_way_leads_to_the_first_page(text):
    assert safe_way_back(text) == "/"


@pytest.mark.parametrize(
    ("header", "name"),
    [("127.0.0.1:8501", "127.0.0.1"), ("[::1]:80", "::1"), ("Example.ORG.", "example.org"), ("a b", None),
     ("a@b", None), ("a/b", None), ("a:b", None), ("", None), ("-a", None), ("a:123456", None),
     ("exa\u200bmple.org", None)],
)  # fmt: skip
def test_a_host_header_is_a_name_with_a_port_or_nothing(header, name):
    assert host_name(header) == name


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True), ("::", False),
     ("192.168.0.1", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_loopback_is_this_machine_only(address, expected):
    assert is_loopback(address) is expected


def test_whoever_listens_for_others_needs_a_name():
    loopback = frozenset({"localhost", "127.0.0.1", "::1"})
    assert lacks_public_name(Entrance(loopback, on_loopback=False))
    assert not lacks_public_name(Entrance(loopback, on_loopback=True))
    assert not lacks_public_name(Entrance(loopback | {"diagnoza.local"}, on_loopback=False))


def scope_of(host="127.0.0.1:8501", client="127.0.0.1", scheme="http", **headers):
    sent = [(b"host", host.encode()), *((name.replace("_", "-").encode(), v.encode()) for name, v in headers.items())]
    return {"type": "http", "scheme": scheme, "client": (client, 5), "headers": sent, "path": "/", "query_string": b""}


def test_the_public_address_is_https_even_when_the_proxy_speaks_http_to_us():
    entrance = Entrance(frozenset({"x.org"}), on_loopback=True, public_origin="https://x.org")
    assert outer_origin(scope_of(host="X.org"), entrance) == "https://x.org"
    assert outer_origin(scope_of(), entrance) == "http://127.0.0.1:8501"
    assert outer_origin(scope_of(scheme="wss"), entrance) == "https://127.0.0.1:8501"


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [({}, True), ({"host": "localhost"}, True), ({"client": "192.168.0.5"}, False), ({"host": "x.org"}, False),
     ({"x_forwarded_for": "127.0.0.1"}, False), ({"forwarded": ""}, False)],
)  # fmt: skip
def test_the_demonstration_is_open_to_this_machine_only(sqlite_store, tmp_path, changes, is_open):
    names = frozenset({"localhost", "127.0.0.1", "x.org"})
    premises = Premises(sqlite_store, tmp_path, Entrance(names, on_loopback=True), "secret", utc_now)
    assert demo_is_open(premises, scope_of(**changes)) is is_open


@pytest.mark.usefixtures("quick_hashing")
def test_it_closes_with_the_first_account(sqlite_store, tmp_path):
    premises = Premises(sqlite_store, tmp_path, Entrance(frozenset(), on_loopback=True), "secret", utc_now)
    assert demo_is_open(premises, scope_of())
    add_account(sqlite_store, "ala")
    assert not demo_is_open(premises, scope_of())


def test_a_path_is_judged_whole():
    assert find_rule("/problemy", "GET").kind is Kind.PAGE
    assert find_rule("/problemy/x", "GET") is None
    assert find_rule("/x/problemy", "GET") is None
    assert find_rule("/problemy\n", "GET") is None
    assert find_rule("/_stcore/stream\n", "WEBSOCKET").need is Need.NEVER
    assert find_rule("/_stcore/upload_file/../../media/x", "PUT").need is Need.NEVER


def visit(token_hash, user_id=None):
    return Visit(Actor(name="x" if user_id else "", user_id=user_id), token_hash)


def test_what_belongs_to_one_visitor_is_not_anothers_and_old_things_make_room():
    belongings = Belongings()
    one, other = visit("1" * 64), visit("2" * 64)
    belongings.give_session("s", one)
    belongings.give_file("f", one)
    assert (belongings.owns_session("s", one), belongings.owns_session("s", other)) == (True, False)
    assert (belongings.may_fetch("f", one), belongings.may_fetch("f", other)) == (True, False)
    assert not belongings.owns_session("unknown", one)
    for number in range(2_001):
        belongings.give_file(f"f{number}", one)
    assert not belongings.may_fetch("f", one)
    assert belongings.may_fetch("f2000", one)


def test_two_visits_of_one_account_share_sessions_but_two_accounts_do_not():
    belongings = Belongings()
    belongings.give_session("s", visit("1" * 64, user_id=7))
    assert belongings.owns_session("s", visit("2" * 64, user_id=7))
    assert not belongings.owns_session("s", visit("3" * 64, user_id=8))
    assert belongings.sessions_of(visit("2" * 64, user_id=7)) == ["s"]


def fail():
    try:
        {}["what somebody answered"]
    except KeyError as error:
        raise ValueError("another answer") from error


def test_a_traceback_keeps_places_and_loses_words():
    with pytest.raises(ValueError, match="another answer") as caught:
        fail()
    error = caught.value
    quiet = format_quietly((type(error), error, error.__traceback__))
    assert "answer" not in quiet.replace("in fail", "")
    assert quiet.count("in fail") == 2
    assert (quiet.endswith("KeyError"), "ValueError" in quiet) == (True, True)
    assert name_error(error).startswith("ValueError in ")


def test_no_logger_of_the_process_shows_the_words_of_an_exception(caplog, monkeypatch):
    before = logging.getLogRecordFactory()
    quieten_tracebacks()
    quieten_tracebacks()
    try:
        with pytest.raises(ValueError, match="another answer") as caught:
            fail()
        logging.getLogger("somebody.elses").error("it broke", exc_info=caught.value)
    finally:
        logging.setLogRecordFactory(before)
    assert "it broke" in caplog.text
    assert "ValueError" in caplog.text
    assert "answer" not in caplog.text
