"""Answers pulled from servers that speak the real protocols: what comes, in which shape, and after which faults."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from etl.connectors.outgoing import OutgoingLimits
from etl.connectors.pulling import Pulled, pull_answers
from etl.settings import data_dir
from surveys.findings import FaultError
from tests.made.survey_servers import (
    Answer,
    Asked,
    SurveyServer,
    make_kobo,
    make_limesurvey,
    make_odk,
    say,
)

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
KINDS = ("kobo", "odk", "limesurvey")
PEOPLE = 11
IDS = {
    "kobo": ("_id", [str(1000 + number) for number in range(PEOPLE)]),
    "odk": ("KEY", [f"uuid:odk-{number}" for number in range(PEOPLE)]),
    "limesurvey": ("id. Response ID", [str(number) for number in range(1, PEOPLE + 1)]),
}


@pytest.fixture(autouse=True)
def filled(survey_server: SurveyServer):
    survey_server.kobo = make_kobo(PEOPLE)
    survey_server.odk = make_odk(PEOPLE)
    survey_server.limesurvey = make_limesurvey(list(range(1, PEOPLE + 1)))


def pull(connection, *, now=NOW, **settings) -> Pulled:
    return pull_answers(connection, now=now, wait=settings.pop("wait", lambda _seconds: None), **settings)


def read(pulled: Pulled) -> list[dict[str, str]]:
    assert pulled.incoming is not None
    content = pulled.incoming.content
    if pulled.incoming.file_name.endswith(".zip"):
        content = unpack(pulled)["answers.csv"]
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text[:80] else ","))


def unpack(pulled: Pulled) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pulled.incoming.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def stop_with(connection, **settings) -> str:
    with pytest.raises(FaultError) as stopped:
        pull(connection, **settings)
    (finding,) = stopped.value.report
    assert finding.facts["name"] == connection.name
    return finding.code


@pytest.mark.parametrize("kind", KINDS)
def test_all_pages_come_in_the_order_of_the_responses(survey_server, connect, kind):
    pulled = pull(connect(kind))
    heading, ids = IDS[kind]
    assert [row[heading] for row in read(pulled)] == ids
    assert (pulled.rows, pulled.pages, pulled.kept_pages) == (PEOPLE, 3, 0)
    assert pulled.incoming.file_name == ("kobo-liw.zip" if kind == "kobo" else f"{kind}-liw.csv")
    assert survey_server.open_sessions == set()


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_form_gives_the_same_bytes_again(connect, kind):
    assert pull(connect(kind)).incoming == pull(connect(kind)).incoming


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_pull_goes_on_from_the_last_page(survey_server, connect, kind):
    survey_server.break_page(3)
    assert stop_with(connect(kind)) == "CONNECTION-REQUEST-REFUSED"
    survey_server.fault = None
    before = len(survey_server.pages)
    pulled = pull(connect(kind))
    heading, ids = IDS[kind]
    assert [row[heading] for row in read(pulled)] == ids
    assert (pulled.pages, pulled.kept_pages) == (1, 2)
    assert next(finding.code for finding in pulled.report) == "CONNECTION-RESUMED"
    # LimeSurvey is asked for the headings as texts once more.
    assert len(survey_server.pages) - before == (2 if kind == "limesurvey" else 1)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_kept_of_a_whole_pull(survey_server, connect, kind):
    survey_server.break_page(2)
    stop_with(connect(kind))
    (kept,) = (data_dir() / "pulls").rglob("*.json")
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    survey_server.fault = None
    pull(connect(kind))
    assert list((data_dir() / "pulls").rglob("*.json")) == []


@pytest.mark.parametrize(
    ("kind", "changes"),
    [("limesurvey", {"answers": "codes"}), ("kobo", {"page_size": 5}), ("kobo", {"form": "another"})],
    ids=["answers", "page_size", "form"],
)
def test_pages_of_another_question_are_not_joined_on(survey_server, connect, kind, changes):
    survey_server.break_page(3)
    stop_with(connect(kind))
    survey_server.fault = None
    if "form" in changes:
        assert stop_with(connect(kind, **changes)) == "CONNECTION-NOT-FOUND"
    else:
        assert pull(connect(kind, **changes)).kept_pages == 0


def test_kept_pages_are_forgotten_after_a_day(survey_server, connect):
    survey_server.break_page(3)
    stop_with(connect("kobo"))
    survey_server.break_page(1)
    stop_with(connect("odk"), now=NOW + timedelta(days=1))
    assert list((data_dir() / "pulls").rglob("*.json")) == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"fingerprint": 1}'])
def test_a_damaged_page_is_asked_for_again(survey_server, connect, damage):
    survey_server.break_page(3)
    stop_with(connect("kobo"))
    survey_server.fault = None
    (data_dir() / "pulls" / "kobo-liw" / "000001.json").write_bytes(damage)
    pulled = pull(connect("kobo"))
    assert (pulled.rows, pulled.pages, pulled.kept_pages) == (PEOPLE, 2, 1)


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_without_answers_is_no_fault(survey_server, connect, kind):
    survey_server.kobo, survey_server.odk, survey_server.limesurvey = [], [], {}
    pulled = pull(connect(kind))
    assert (pulled.incoming, pulled.rows) == (None, 0)
    assert [finding.code for finding in pulled.report] == ["CONNECTION-EMPTY"]


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


def test_a_link_to_another_machine_is_followed_only_for_its_place(survey_server, connect):
    page = {"value": survey_server.odk[-1:], "@odata.nextLink": "http://evil.example/steal?%24skip=1"}
    survey_server.break_page(1, say(page))
    assert pull(connect("odk")).rows == PEOPLE
    assert {asked.headers["host"] for asked in survey_server.asked} == {survey_server.url.removeprefix("http://")}


def test_a_server_that_gives_fewer_than_asked_for_is_followed(survey_server, connect):
    survey_server.kobo_cap = 3
    pulled = pull(connect("kobo", page_size=1_000))
    # From the second page on, one of the three was there before.
    assert (pulled.rows, pulled.pages) == (PEOPLE, 5)


def test_an_older_central_leads_by_skip(survey_server, connect):
    survey_server.leads_by_token = False
    assert pull(connect("odk")).rows == PEOPLE


def test_central_takes_a_token_too(survey_server, connect):
    assert pull(connect("odk", user="", token_variable="TOKEN_OF_TEST")).rows == PEOPLE
    assert survey_server.sessions_made == 0


def test_gaps_in_the_numbers_of_limesurvey_are_crossed(survey_server, connect):
    survey_server.limesurvey = make_limesurvey([3, 4, 900, 100_000])
    pulled = pull(connect("limesurvey"))
    assert [row["id. Response ID"] for row in read(pulled)] == ["3", "4", "900", "100000"]
    assert pulled.pages < 40


@pytest.mark.parametrize("place", [2, 7, 9])
@pytest.mark.parametrize("kind", KINDS)
def test_answers_deleted_between_two_pages_lose_nobody_else(survey_server, connect, kind, place):
    survey_server.break_page(3)
    stop_with(connect(kind))
    survey_server.fault = None
    heading, ids = IDS[kind]
    gone = ids[place]
    survey_server.kobo = [each for each in survey_server.kobo if str(each["_id"]) != gone]
    survey_server.limesurvey.pop(int(gone) if kind == "limesurvey" else 0, None)
    # Central's token leads on from a submission: one that was deleted after it came is still there in this pull.
    survey_server.odk = [each for each in survey_server.odk if each["__id"] != gone or place > 3]
    left = {row[heading] for row in read(pull(connect(kind)))}
    assert left == set(ids) - ({gone} if kind != "odk" or place == 2 else set())


def test_answers_that_keep_changing_stop_the_pull(survey_server, connect):
    def lie(asked: Asked) -> Answer:
        return say({"count": 9, "next": None, "previous": None, "results": survey_server.kobo[:2]})

    survey_server.fault = lie
    assert stop_with(connect("kobo")) == "CONNECTION-CHANGED"


def test_answers_that_come_meanwhile_are_taken(survey_server, connect):
    survey_server.break_page(3)
    stop_with(connect("kobo"))
    survey_server.fault = None
    survey_server.kobo = make_kobo(PEOPLE + 3)
    assert pull(connect("kobo")).rows == PEOPLE + 3


def test_kobo_comes_as_an_export_with_xml_values(survey_server, connect):
    survey_server.kobo[-1] |= {"gdzie": "52.4 21.9 0 5", "_validation_status": {"uid": "validation_status_approved"}}
    pulled = pull(connect("kobo"))
    first = read(pulled)[0]
    assert list(first) == [
        "start", "plec", "czego_brakuje", "czego_brakuje/swietlica", "czego_brakuje/chodniki", "gdzie",
        "_gdzie_latitude", "_gdzie_longitude", "_gdzie_altitude", "_gdzie_precision", "_id", "_uuid",
        "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags",
        "meta/rootUuid", "_index",
    ]  # fmt: skip
    assert (first["plec"], first["czego_brakuje"]) == ("k", "swietlica")
    assert (first["czego_brakuje/swietlica"], first["czego_brakuje/chodniki"]) == ("1", "0")
    assert (first["_gdzie_latitude"], first["_validation_status"]) == ("52.4", "validation_status_approved")
    assert (first["_uuid"], first["_index"]) == ("kobo-0", "1")
    (left_out,) = pulled.report
    assert (left_out.code, left_out.facts["groups"]) == ("CONNECTION-REPEATS-LEFT-OUT", "dzieci")


def test_the_form_of_kobo_comes_beside_its_answers(connect):
    form = unpack(pull(connect("kobo")))["form.csv"].decode()
    rows = list(csv.reader(io.StringIO(form, newline="")))
    assert rows[:2] == [["survey", "", "", ""], ["", "type", "name", "label"]]
    assert ["", "select_one plec", "plec", "Płeć"] in rows
    assert ["", "geopoint", "gdzie", "Gdzie mieszkasz?"] in rows
    assert ["choices", "", "", ""] in rows
    assert ["", "braki", "chodniki", "Chodniki, drogi"] in rows


def test_the_form_that_central_was_given_comes_beside_its_answers(survey_server, connect):
    survey_server.odk_form = b"PK\x03\x04 a workbook"
    pulled = pull(connect("odk"))
    assert pulled.incoming.file_name == "odk-liw.zip"
    assert unpack(pulled)["form.xlsx"] == survey_server.odk_form
    survey_server.odk_form = b"<html>"
    assert pull(connect("odk")).incoming.file_name == "odk-liw.csv"


def test_kobo_shows_questions_that_only_older_submissions_know(survey_server, connect):
    survey_server.kobo[0] |= {"o_tobie/wiek": 44, "czego_brakuje_other": "basen", "inne/plec": "x"}
    last = read(pull(connect("kobo")))[-1]
    assert (last["wiek"], last["czego_brakuje_other"]) == ("44", "basen")
    assert (last["o_tobie/plec"], last["inne/plec"]) == ("k", "x")  # one name, asked in two groups


def test_central_comes_as_its_own_file(connect):
    pulled = pull(connect("odk"))
    first, second, third = read(pulled)[:3]
    assert list(first) == [
        "SubmissionDate", "meta-instanceID", "dom-plec", "braki", "braki/chodniki", "braki/swietlica",
        "gdzie-Latitude", "gdzie-Longitude", "gdzie-Altitude", "gdzie-Accuracy", "KEY", "SubmitterID", "SubmitterName",
        "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion",
    ]  # fmt: skip
    assert (first["dom-plec"], first["ReviewState"], first["gdzie-Latitude"]) == ("k", "approved", "52.4")
    assert (second["braki"], second["braki/chodniki"], second["braki/swietlica"]) == ("swietlica chodniki", "1", "1")
    assert (third["braki"], third["braki/chodniki"]) == ("", "")
    assert [finding.code for finding in pulled.report] == ["CONNECTION-REPEATS-LEFT-OUT"]


@pytest.mark.parametrize(("answers", "sex", "ticked"), [("codes", "A2", "Y"), ("labels", "Mężczyzna", "Tak")])
def test_limesurvey_comes_with_codes_and_texts_in_its_headings(connect, answers, sex, ticked):
    first = read(pull(connect("limesurvey", answers=answers)))[0]
    assert list(first)[3:] == [
        "startlanguage. Start language", "Q1. Płeć", "Q2[SQ001]. Czego brakuje? [Świetlica]",
        "Q2[SQ002]. Czego brakuje? [Chodniki; drogi]",
    ]  # fmt: skip
    assert (first["Q1. Płeć"], first["Q2[SQ001]. Czego brakuje? [Świetlica]"]) == (sex, ticked)


def test_an_interrupted_pull_keeps_what_came(survey_server, connect):
    def interrupt(_stage: str, progress: float) -> None:
        if progress > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(connect("kobo"), progress=interrupt)
    assert pull(connect("kobo")).kept_pages == 2


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


def test_a_killed_process_leaves_whole_pages_only(survey_server, connect):
    stop_at = {"at": 2}

    def die(_stage: str, _progress: float) -> None:
        stop_at["at"] -= 1
        if not stop_at["at"]:
            raise SystemExit

    with pytest.raises(SystemExit):
        pull(connect("odk"), progress=die)
    # As after a kill in the middle of writing the third page.
    (data_dir() / "pulls" / "odk-liw" / "half").write_bytes(b'{"fingerprint": "')
    pulled = pull(connect("odk"))
    assert (pulled.rows, pulled.kept_pages) == (PEOPLE, 2)
