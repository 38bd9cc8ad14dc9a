"""``diagnoza bdl pull``: off unless configured, paged, within the bank's limits, kept for a day, exact."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from etl.connectors import bdl as connector
from etl.connectors.request_budget import ANONYMOUS, RequestBudget
from etl.settings import database_url
from etl.store.engine import open_store
from etl.store.reading.indicators import list_variables, match_catalogue, read_figures
from surveys.findings import FaultError
from surveys.language.texts import LANGUAGES
from surveys.vocabulary import load
from tests.made.bank import RATE, UNEMPLOYED, Bank
from tests.made.survey_servers import Answer, say, start_server

GMINAS = len(load().areas.gminas)
PAGES = -(-GMINAS // 100)
LIW, WEGROW, LOCHOW = "1433042", "1433011", "1433053"


@pytest.fixture
def bank(monkeypatch, tmp_path):
    """A bank that listens until the test is over, and a connection to it."""
    made = Bank({UNEMPLOYED: {LIW: ("1234.50", 1), WEGROW: ("0", 1), LOCHOW: ("0", 2), "1433022": ("7", 5)}})
    server = start_server(made)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    file = tmp_path / "connections.toml"
    file.write_text(f'[gus]\nkind = "bdl"\nurl = "{made.url}"\nreach = "loopback"\n', encoding="utf-8")
    monkeypatch.setenv("DIAGNOZA_CONNECTORS", str(file))
    # Five a second would make every test wait.
    monkeypatch.setattr(connector, "ANONYMOUS", ANONYMOUS[1:])
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def pull(diagnoza, variable=UNEMPLOYED, *more, year=2023):
    return diagnoza("bdl", "pull", "--variable", variable, "--year", year, *more, "--json")


def stored(teryt):
    store = open_store(database_url())
    with store.read() as connection:
        found = {
            variable.variable.name: [
                (figure.year, figure.value, figure.state.value, figure.attribute)
                for figure in read_figures(connection, variable, teryt=teryt)
            ]
            for variable in list_variables(connection)
        }
    store.close()
    return found


def test_every_gmina_is_loaded_to_the_last_digit(diagnoza, bank):
    ran = pull(diagnoza)
    assert (ran.code, ran.json["units"], ran.json["pages"], ran.json["rows_stored"]) == (0, GMINAS, PAGES, GMINAS)
    assert stored(LIW) == {"ogółem": [(2023, "1234.50", "value", "")]}
    assert stored(WEGROW) == {"ogółem": [(2023, "0", "value", "")]}
    # A zero that the bank marks as none is none; one that it keeps to itself is told as that.
    assert stored("1433032") == {"ogółem": [(2023, None, "no_information", "")]}
    [(_, value, state, _)] = stored(LOCHOW)["ogółem"]
    assert (value, state) == (None, "confidential")
    assert stored("1433022") == {"ogółem": [(2023, "7", "value", "dane szacunkowe")]}


def test_the_name_of_the_variable_decides_what_it_is(diagnoza, bank, monkeypatch):
    assert "INDICATORS-NAME-OTHER" not in pull(diagnoza).codes
    store = open_store(database_url())
    with store.read() as connection:
        [variable] = list_variables(connection)
        assert list(match_catalogue([variable], load().indicators)) == ["IND04"]
    store.close()
    assert (variable.variable.bdl_id, variable.variable.subject_code) == (UNEMPLOYED, "P1944")
    monkeypatch.setitem(bank_subjects(), "P2392", "Pogłowie bydła")
    assert "INDICATORS-NAME-OTHER" in pull(diagnoza, RATE, "--level", "powiat").codes


def bank_subjects():
    from tests.made import bank as made

    return made.SUBJECTS


def test_asked_again_within_a_day_it_is_one_import_and_no_request(diagnoza, bank):
    first = pull(diagnoza).json
    asked = len(bank.asked)
    again = pull(diagnoza)
    assert len(bank.asked) == asked
    assert (again.json["batch"], again.json["pages"], again.json["kept_pages"]) == (first["batch"], 0, PAGES)
    assert again.codes == ["IMPORT-ALREADY-LOADED"]
    pull(diagnoza, year=2022)
    assert len(bank.asked) == 2 * asked


def test_a_broken_pull_goes_on_from_what_has_come(diagnoza, bank):
    bank.fault = lambda asked: Answer(403, b"") if asked.query.get("page") == "7" else None
    broken = pull(diagnoza)
    assert (broken.code, broken.codes) == (1, ["CONNECTION-TOKEN-REFUSED"])
    bank.fault = None
    went_on = pull(diagnoza)
    assert (went_on.json["kept_pages"], went_on.json["pages"]) == (7, PAGES - 7)
    assert went_on.json["rows_stored"] == GMINAS


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (say([1]), "CONNECTION-ANSWER-UNREADABLE"),
        (Answer(200, b"<html>"), "CONNECTION-ANSWER-UNREADABLE"),
        (say({"totalRecords": "many", "results": []}), "CONNECTION-ANSWER-UNREADABLE"),
        (say({"totalRecords": 1, "results": [7]}), "CONNECTION-ANSWER-UNREADABLE"),
        (say({"totalRecords": 5, "results": []}), "CONNECTION-CHANGED"),
        (say({"totalRecords": 0, "results": []}), "BDL-NO-FIGURES"),
        (say({}, 404), "CONNECTION-NOT-FOUND"),
    ],
)
def test_an_answer_that_makes_no_sense_is_told_and_nothing_kept(diagnoza, bank, answer, code):
    bank.fault = lambda asked: answer if "by-variable" in asked.path else None
    ran = pull(diagnoza)
    assert (ran.code, ran.codes) == (1, [code])
    assert stored(LIW) == {}


def test_only_the_bank_is_asked_and_only_when_it_is_named(diagnoza, bank, monkeypatch, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(
        '[a]\nkind = "kobo"\nurl = "https://a.example"\nform = "f"\ntoken_variable = "T"\n', encoding="utf-8"
    )
    monkeypatch.setenv("DIAGNOZA_CONNECTORS", str(other))
    assert pull(diagnoza).codes == ["BDL-NOT-CONNECTED"]
    monkeypatch.delenv("DIAGNOZA_CONNECTORS")
    assert pull(diagnoza).codes == ["CONNECTORS-OFF"]
    assert bank.asked == []


def test_a_survey_is_not_pulled_from_the_bank(diagnoza, bank):
    assert diagnoza("pull", "gus", "--partnership", "liw", "--json").codes == ["CONNECTION-IS-BDL"]


def test_what_belongs_to_surveys_is_refused_in_its_connection(diagnoza, monkeypatch, tmp_path):
    file = tmp_path / "connections.toml"
    file.write_text('[gus]\nkind = "bdl"\nform = "x"\npartnership = "liw"\nkey = "abc"\n', encoding="utf-8")
    monkeypatch.setenv("DIAGNOZA_CONNECTORS", str(file))
    assert set(pull(diagnoza).codes) == {"CONNECTION-KEY-UNKNOWN"}


def test_a_key_travels_in_its_header_and_nowhere_else(diagnoza, bank, monkeypatch, tmp_path):
    file = tmp_path / "keyed.toml"
    text = f'[gus]\nkind = "bdl"\nurl = "{bank.url}"\nreach = "loopback"\ntoken_variable = "BDL_KEY"\n'
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("DIAGNOZA_CONNECTORS", str(file))
    monkeypatch.setattr(connector, "WITH_KEY", ANONYMOUS[1:])
    assert pull(diagnoza).codes == ["CONNECTION-SECRET-MISSING"]
    monkeypatch.setenv("BDL_KEY", "k3y-of-test")
    assert pull(diagnoza).code == 0
    assert {asked.headers["x-clientid"] for asked in bank.asked} == {"k3y-of-test"}
    assert not any("k3y" in str(asked.query) for asked in bank.asked)


class Clock:
    """A clock that only a waiting or a test moves on."""

    def __init__(self):
        self.now = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)


def test_a_second_is_waited_for_and_a_quarter_of_an_hour_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("DIAGNOZA_DATA_DIR", str(tmp_path))
    clock = Clock()
    for _ in range(100):
        # A budget of its own each time, as one command after another has.
        RequestBudget(ANONYMOUS, clock, clock.wait).take()
    assert clock.now - datetime(2026, 11, 22, 19, 0, tzinfo=UTC) == timedelta(seconds=19)
    budget = RequestBudget(ANONYMOUS, clock, clock.wait)
    clock.wait(60)
    with pytest.raises(FaultError) as fault:
        budget.take()
    [finding] = fault.value.report
    assert finding.code == "BDL-LIMIT-REACHED"
    assert all(finding.message(language) and finding.remedy(language) for language in LANGUAGES)
    clock.wait(14 * 60)
    budget.take()


def test_a_file_of_requests_that_is_none_is_begun_anew(monkeypatch, tmp_path):
    monkeypatch.setenv("DIAGNOZA_DATA_DIR", str(tmp_path))
    (tmp_path / "bdl-requests.json").write_text("[1, 2", encoding="utf-8")
    RequestBudget(ANONYMOUS, Clock(), Clock().wait).take()
