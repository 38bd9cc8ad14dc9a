"""Answers pulled from servers that speak the real protocols: whole, in order, once, and on from where it broke off."""

from datetime import timedelta

import pytest

from etl.settings import data_dir
from tests.made.pulls import KINDS, NOW, PEOPLE, fill, pull, read, stop_with
from tests.made.survey_forms import make_kobo, make_limesurvey
from tests.made.survey_servers import Answer, Asked, SurveyServer, say

IDS = {
    "kobo": ("_id", [str(1000 + number) for number in range(PEOPLE)]),
    "odk": ("KEY", [f"uuid:odk-{number}" for number in range(PEOPLE)]),
    "limesurvey": ("id. Response ID", [str(number) for number in range(1, PEOPLE + 1)]),
}


@pytest.fixture(autouse=True)
def filled(survey_server: SurveyServer):
    fill(survey_server)


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
def test_a_form_without_answers_is_no_fault(survey_server, connect, kind):
    survey_server.kobo, survey_server.odk, survey_server.limesurvey = [], [], {}
    pulled = pull(connect(kind))
    assert (pulled.incoming, pulled.rows) == (None, 0)
    assert [finding.code for finding in pulled.report] == ["CONNECTION-EMPTY"]


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


def test_an_interrupted_pull_keeps_what_came(survey_server, connect):
    def interrupt(_stage: str, progress: float) -> None:
        if progress > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(connect("kobo"), progress=interrupt)
    assert pull(connect("kobo")).kept_pages == 2


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
