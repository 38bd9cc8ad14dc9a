"""The program's only requests to other machines: where they may lead, and what never leaves with them or stays."""

import ast
import json
import logging
import shutil
import ssl
import subprocess
import threading
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from etl.connectors.addresses import may_reach, settle_target
from etl.connectors.base import Connection
from etl.connectors.outgoing import OutgoingLimits, OutgoingSession
from etl.connectors.pulling import pull_answers
from etl.connectors.secrets import Secret, read_secret
from etl.settings import data_dir
from surveys.findings import FaultError
from tests.architecture.sources import list_modules, parse
from tests.made.survey_forms import make_kobo, make_limesurvey, make_odk
from tests.made.survey_servers import PASSWORD, TOKEN, SurveyServer, start_server

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
KINDS = ("kobo", "odk", "limesurvey")
PUBLIC = "93.184.215.14"
NEVER = ("169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "fe80::1", "ff02::1", "240.0.0.1")  # noqa: S104 # judged, not listened on
PRIVATE = ("10.0.0.5", "172.16.3.4", "192.168.1.1", "fd00::5", "::ffff:10.0.0.5")
LOOPBACK = ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1")
# Old addresses inside new ones: 6to4 and NAT64 of 127.0.0.1, 10.0.0.5 and 169.254.169.254.
WRAPPED = ("2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:5", "64:ff9b::a9fe:a9fe")


def make_connection(url="https://kobo.example.org", **changes) -> Connection:
    return Connection(name="x", kind="kobo", url=url, form="f", token_variable="TOKEN_OF_TEST", **changes)


def refuse(connection: Connection, *addresses: str) -> str:
    with pytest.raises(FaultError) as stopped:
        settle_target(connection, lambda _host, _port: list(addresses))
    return next(iter(stopped.value.report)).code


@pytest.mark.parametrize("address", [*NEVER, *PRIVATE, *LOOPBACK, *WRAPPED, "100.64.0.1"])
def test_only_public_addresses_are_asked(address):
    assert refuse(make_connection(), address) == "CONNECTION-ADDRESS-REFUSED"


@pytest.mark.parametrize("reach", ["public", "private", "loopback"])
@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_asked(address, reach):
    assert not may_reach(ip_address(address), reach)


@pytest.mark.parametrize(
    ("reach", "allowed"),
    [("public", ()), ("private", PRIVATE), ("loopback", LOOPBACK)],
    ids=lambda value: str(value)[:8],
)
def test_a_connection_says_how_far_it_reaches(reach, allowed):
    local = (*PRIVATE, *LOOPBACK)
    assert {address for address in local if may_reach(ip_address(address), reach)} == set(allowed)
    assert may_reach(ip_address(PUBLIC), reach) == (reach != "loopback")


def test_one_bad_address_among_good_ones_is_enough():
    assert refuse(make_connection(), PUBLIC, "127.0.0.1") == "CONNECTION-ADDRESS-REFUSED"


@pytest.mark.parametrize("reach", ["public", "private"])
def test_answers_travel_encrypted(reach):
    assert refuse(make_connection("http://kobo.example.org", reach=reach), PUBLIC) == "CONNECTION-NOT-HTTPS"


@pytest.mark.parametrize(
    "url",
    [
        "", "kobo.example.org", "file:///etc/passwd", "ftp://x.pl", "gopher://x.pl", "https://", "https://x:y",
        "https://x:99999", "https://[::1", "https://anna:haslo@x.pl", "https://x.pl?next=1", "https://x.pl#a",
        "https://x.pl\\@127.0.0.1", "https://" + "x" * 300,
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_refused(url):
    assert refuse(make_connection(url), PUBLIC) == "CONNECTION-URL-BAD"


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "localhost."])
def test_other_spellings_of_this_machine_are_this_machine(host):
    with pytest.raises(FaultError) as stopped:
        settle_target(make_connection(f"https://{host}"))
    assert next(iter(stopped.value.report)).code in {"CONNECTION-ADDRESS-REFUSED", "CONNECTION-UNREACHABLE"}


def test_the_name_is_looked_up_once_and_the_judged_address_is_spoken_to(survey_server: SurveyServer, connect):
    survey_server.kobo = make_kobo(9)
    port = survey_server.url.rpartition(":")[2]
    asked: list[str] = []

    def lookup(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    connection = connect("kobo", url=f"http://ankiety.example:{port}")
    assert pull_answers(connection, now=NOW, lookup=lookup).rows == 9
    assert asked == ["ankiety.example"]
    assert {each.headers["host"] for each in survey_server.asked} == {f"ankiety.example:{port}"}


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"])
def test_no_proxy_of_the_environment_is_asked(survey_server, connect, monkeypatch, name):
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    survey_server.kobo = make_kobo(1)
    assert pull_answers(connect("kobo"), now=NOW).rows == 1


def test_a_session_asks_no_other_machine(survey_server, connect):
    target = settle_target(connect("kobo"))
    with OutgoingSession(target, name="x") as session:
        for url in ("http://evil.example/", f"{target.origin}@evil.example/", f"{target.origin}.evil.example/"):
            with pytest.raises(FaultError):
                session.get(url)
    assert survey_server.asked == []


def test_a_server_that_does_not_speak_tls_is_said(survey_server, connect):
    connection = connect("kobo", url=survey_server.url.replace("http:", "https:"))
    with pytest.raises(FaultError) as stopped:
        pull_answers(connection, now=NOW, wait=lambda _seconds: None)
    assert next(iter(stopped.value.report)).code == "CONNECTION-TLS-FAULT"


@pytest.fixture
def certificate(tmp_path):
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this machine to make a certificate with")
    key, file = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=ankiety.example", "-addext", "subjectAltName=DNS:ankiety.example"]
    subprocess.run([openssl, *words, *names, "-keyout", key, "-out", file], check=True, capture_output=True)
    return file, key


@pytest.mark.parametrize(
    ("host", "trusted", "code"),
    [
        ("ankiety.example", True, None),
        ("inne.example", True, "CONNECTION-TLS-FAULT"),
        ("ankiety.example", False, "CONNECTION-TLS-FAULT"),
    ],
)
def test_the_certificate_has_to_be_that_of_the_name(certificate, connect, host, trusted, code):
    file, key = certificate
    server = SurveyServer(kobo=make_kobo(3))
    listener = start_server(server)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    listener.socket = context.wrap_socket(listener.socket, server_side=True)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    target = settle_target(
        connect("kobo", url=f"https://{host}:{listener.server_port}"), lambda _host, _port: ["127.0.0.1"]
    )
    try:
        with OutgoingSession(target, name="x", limits=OutgoingLimits(attempts=1)) as session:
            session.headers["Authorization"] = f"Token {TOKEN}"
            session.verify = str(file) if trusted else True
            if code is None:
                assert session.ask_json("/api/v2/assets/aLiwSurvey2026/")["name"] == "Diagnoza"
            else:
                with pytest.raises(FaultError) as stopped:
                    session.ask_json("/api/v2/assets/aLiwSurvey2026/")
                assert next(iter(stopped.value.report)).code == code
                assert server.asked == []
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_neither_secrets_nor_answers_are_logged_or_kept(survey_server, connect, caplog, kind, broken):
    caplog.set_level(logging.DEBUG)
    for name in ("urllib3", "requests", "citric"):
        caplog.set_level(logging.DEBUG, logger=name)
    survey_server.kobo, survey_server.odk = make_kobo(9), make_odk(9)
    survey_server.limesurvey = make_limesurvey(list(range(1, 10)))
    said = ""
    if broken:
        survey_server.break_page(3)
        with pytest.raises(FaultError) as stopped:
            pull_answers(connect(kind), now=NOW)
        said = repr(stopped.value) + str(stopped.value) + "".join(each.message("en") for each in stopped.value.report)
    else:
        said = repr(pull_answers(connect(kind), now=NOW)) + repr(connect(kind))
    said += caplog.text + "".join(str(vars(record)) for record in caplog.records)
    kept = b"".join(file.read_bytes() for file in data_dir().rglob("*") if file.is_file())
    assert "Starting new HTTP connection" in said  # the loggers of the libraries were listened to
    sent = [each.headers.get("authorization", "") + each.body.decode() for each in survey_server.asked]
    assert any(TOKEN in each or json.dumps(PASSWORD) in each for each in sent)
    for secret in (TOKEN, PASSWORD, "central-session-1", "limesurvey-session-1"):
        assert secret not in said
        assert secret.encode() not in kept
        assert json.dumps(secret).encode() not in kept
    assert not any(answer in said for answer in ("chodniki", "swietlica", "Mężczyzna", "kobo-3", "odk-3"))


def test_a_secret_shows_itself_to_nobody():
    secret = Secret(TOKEN)
    assert TOKEN not in f"{secret!r} {secret}"
    assert secret.reveal() == TOKEN


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "CONNECTION-SECRET-MISSING"),
        ("  \n", "CONNECTION-SECRET-MISSING"),
        ("a\nX-Header: b", "CONNECTION-SECRET-BAD"),
        ("żeton", "CONNECTION-SECRET-BAD"),
        ("two words", "CONNECTION-SECRET-BAD"),
        ("x" * 5_000, "CONNECTION-SECRET-BAD"),
    ],
)
def test_what_cannot_be_a_token_is_not_sent(monkeypatch, value, code):
    monkeypatch.setenv("TOKEN_OF_TEST", value)
    with pytest.raises(FaultError) as stopped:
        read_secret(make_connection())
    (finding,) = stopped.value.report
    assert finding.code == code
    assert value.strip() == "" or value not in repr(dict(finding.facts))


def test_only_the_connectors_know_how_to_ask_other_machines():
    libraries = {"requests", "urllib3", "citric", "httpx", "aiohttp", "ftplib", "smtplib"}
    found = set()
    for module in list_modules("surveys", "etl", "dashboard"):
        for node in ast.walk(parse(module)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.partition(".")[0] in libraries or name == "urllib.request" for name in names):
                found.add(module.parent.as_posix())
    assert found == {"etl/connectors"}
