"""What a pull says when a server refuses, breaks off, is silent, or answers something else."""

import pytest

from etl.connectors.outgoing import OutgoingLimits
from tests.made.pulls import KINDS, PEOPLE, fill, pull, stop_with
from tests.made.survey_servers import Answer, Asked, SurveyServer, say


@pytest.fixture(autouse=True)
def filled(survey_server: SurveyServer):
    fill(survey_server)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_fault_that_passes_is_waited_out(survey_server, connect, kind, status):
    waits: list[float] = []
    survey_server.break_page(2, Answer(status, b"down"), times=2)
    assert pull(connect(kind), wait=waits.append).rows == PEOPLE
    assert waits == [1, 2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_connection_that_breaks_in_the_middle_is_tried_again(survey_server, connect, kind):
    survey_server.break_page(2, Answer(200, b'{"value": [{"__id": "' + b"x" * 9_000, cut=True))
    assert pull(connect(kind)).rows == PEOPLE


def test_a_server_is_left_alone_for_as_long_as_it_asks(survey_server, connect):
    waits: list[float] = []
    survey_server.break_page(1, Answer(429, b"", {"Retry-After": "17"}))
    pull(connect("kobo"), wait=waits.append)
    survey_server.break_page(1, Answer(429, b"", {"Retry-After": "86400"}))
    pull(connect("kobo"), wait=waits.append)
    assert waits == [17, 60]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(500, b"<h1>trace of somebody's answer</h1>"), "CONNECTION-SERVER-FAULT"),
        (Answer(429, b""), "CONNECTION-BUSY"),
        (Answer(403, b"{}"), "CONNECTION-TOKEN-REFUSED"),
        (Answer(404, b"{}"), "CONNECTION-NOT-FOUND"),
        (Answer(418, b"{}"), "CONNECTION-REQUEST-REFUSED"),
        (Answer(302, b"", {"Location": "https://evil.example/steal"}), "CONNECTION-REDIRECTED"),
        (Answer(301, b"", {"Location": "/elsewhere"}), "CONNECTION-REDIRECTED"),
        (Answer(200, b"half", cut=True), "CONNECTION-UNREACHABLE"),
        (Answer(200, b"not gzip", {"Content-Encoding": "gzip"}), "CONNECTION-UNREACHABLE"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.status),
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_that_stays_is_said(survey_server, connect, kind, answer, code):
    survey_server.break_page(2, answer, times=99)
    assert stop_with(connect(kind)) == code
    assert [asked.path for asked in survey_server.asked if "elsewhere" in asked.path] == []


@pytest.mark.parametrize(
    "content",
    [b"<html>Sign in</html>", b"null", b"[]", b'{"count": NaN}', b"[" * 100_000, b'{"value": 7}', b"\xff\xfe"],
    ids=["page", "null", "list", "nan", "deep", "number", "bytes"],
)
@pytest.mark.parametrize("kind", ["kobo", "odk"])
def test_an_answer_of_another_shape_is_said(survey_server, connect, kind, content):
    survey_server.break_page(1, Answer(200, content))
    assert stop_with(connect(kind)) == "CONNECTION-ANSWER-UNREADABLE"


@pytest.mark.parametrize("value", [None, [], {"id": 1}, {"id": 1, "result": "!", "error": None}, 7])
def test_a_broken_answer_of_limesurvey_is_said(survey_server, connect, value):
    survey_server.break_page(1, say(value))
    assert stop_with(connect("limesurvey")) == "CONNECTION-ANSWER-UNREADABLE"


@pytest.mark.parametrize(("content", "times"), [(b"", 1), (b"<html>", 1)])
def test_limesurvey_without_its_interface_says_what_to_switch_on(survey_server, connect, content, times):
    survey_server.break_page(1, Answer(200, content), times=times)
    assert stop_with(connect("limesurvey")) == "CONNECTION-RPC-OFF"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("No permission", "CONNECTION-TOKEN-REFUSED"),
        ("Invalid session key", "CONNECTION-TOKEN-REFUSED"),
        ("You have exceeded the number of maximum login attempts. Please wait 10 minutes", "CONNECTION-BUSY"),
        ("No Data, survey table does not exist.", "CONNECTION-NOT-FOUND"),
        ("Something new", "CONNECTION-SERVER-SAYS-NO"),
    ],
)
def test_what_limesurvey_refuses_with_status_200_is_understood(survey_server, connect, monkeypatch, status, code):
    monkeypatch.setattr(survey_server, "_export_limesurvey", lambda *_: {"status": status})
    assert stop_with(connect("limesurvey")) == code


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_token_is_said_at_once(survey_server, connect, monkeypatch, kind):
    monkeypatch.setenv("TOKEN_OF_TEST", "wrong")
    monkeypatch.setenv("PASSWORD_OF_TEST", "wrong")
    assert stop_with(connect(kind)) == "CONNECTION-TOKEN-REFUSED"
    assert len(survey_server.asked) == 1


@pytest.mark.parametrize(("kind", "form"), [("kobo", "x"), ("odk", "../../users"), ("limesurvey", "999")])
def test_a_form_that_is_not_there_is_said(survey_server, connect, kind, form):
    assert stop_with(connect(kind, form=form)) == "CONNECTION-NOT-FOUND"
    assert survey_server.open_sessions == set()


def test_a_server_that_is_silent_is_not_waited_for(survey_server, connect):
    held = survey_server.fault = _Silence()
    limits = OutgoingLimits(silence_seconds=0.05, attempts=2)
    try:
        assert stop_with(connect("kobo"), limits=limits) == "CONNECTION-TIMEOUT"
    finally:
        held.over.set()


class _Silence:
    """Holds requests for pages until the test is over."""

    def __init__(self) -> None:
        import threading

        self.over = threading.Event()

    def __call__(self, _asked: Asked) -> Answer:
        self.over.wait()
        return Answer(200, b"{}")


def test_an_answer_without_end_is_not_read(survey_server, connect):
    survey_server.break_page(1, Answer(200, b" " * 300_000))
    limits = OutgoingLimits(answer_bytes=100_000)
    assert stop_with(connect("kobo"), limits=limits) == "CONNECTION-TOO-MUCH"
    survey_server.fault = None
    assert stop_with(connect("kobo"), limits=OutgoingLimits(pull_bytes=2_000)) == "CONNECTION-TOO-MUCH"


def test_more_answers_than_a_file_may_have_are_not_taken(connect, monkeypatch):
    from etl.connectors import pulling
    from etl.readers.limits import Limits

    monkeypatch.setattr(pulling, "STANDARD_LIMITS", Limits(rows=6))
    assert stop_with(connect("odk")) == "CONNECTION-TOO-MUCH"


def test_a_server_that_leads_in_circles_is_left(survey_server, connect):
    page = {"value": survey_server.odk[:1], "@odata.nextLink": f"{survey_server.url}/x?%24skiptoken=01again"}
    survey_server.break_page(1, say(page), times=99)
    assert stop_with(connect("odk")) == "CONNECTION-ANSWER-UNREADABLE"
    assert len(survey_server.pages) == 2


def test_a_full_disk_is_said_and_nothing_half_written_is_read(survey_server, connect, monkeypatch):
    from etl.connectors import kept_pages

    synced = kept_pages.os.fsync
    monkeypatch.setattr(kept_pages.os, "fsync", _FullDisk())
    assert stop_with(connect("kobo")) == "CONNECTION-PAGES-NOT-KEPT"
    monkeypatch.setattr(kept_pages.os, "fsync", synced)
    assert pull(connect("kobo")).kept_pages == 1


class _FullDisk:
    """Has room for one file."""

    def __init__(self) -> None:
        self.written = 0

    def __call__(self, _file: int) -> None:
        self.written += 1
        if self.written > 1:
            raise OSError(28, "No space left on device")
