"""``diagnoza pull``: off unless configured, one import however often, and nothing of a token anywhere."""

import pytest

from etl.settings import database_url
from etl.store.engine import open_store
from etl.store.register_writing import write_register
from surveys.language.texts import LANGUAGES
from tests.made.registers import make_register
from tests.made.survey_forms import make_kobo, make_limesurvey, make_odk, make_odk_form
from tests.made.survey_servers import KOBO_UID, PASSWORD, SURVEY, TOKEN, USER

PEOPLE = 24
# Every fifth response of LimeSurvey was begun and never sent.
STORED = {"kobo-liw": PEOPLE, "odk-liw": PEOPLE, "ls-liw": 20}
KOBO = '[a]\nkind = "kobo"\nurl = "u"\nform = "f"\ntoken_variable = "T"\n'


@pytest.fixture
def connections(diagnoza, survey_server, monkeypatch, tmp_path):
    """A database with the partnership Liw, and a connection to each kind of server."""
    assert diagnoza("db", "upgrade").code == 0
    store = open_store(database_url())
    with store.write() as connection:
        write_register(connection, make_register("liw"), None)
    store.close()
    survey_server.kobo, survey_server.odk = make_kobo(PEOPLE), make_odk(PEOPLE)
    survey_server.odk_form = make_odk_form()
    survey_server.limesurvey = make_limesurvey(list(range(1, PEOPLE + 1)))
    monkeypatch.setenv("TOKEN_OF_TEST", TOKEN)
    monkeypatch.setenv("PASSWORD_OF_TEST", PASSWORD)
    file = tmp_path / "connections.toml"
    monkeypatch.setenv("DIAGNOZA_CONNECTORS", str(file))
    always = f'url = "{survey_server.url}"\nreach = "loopback"\npartnership = "liw"\npage_size = 5\n'
    file.write_text(
        f"""
[kobo-liw]
kind = "kobo"
form = "{KOBO_UID}"
token_variable = "TOKEN_OF_TEST"
{always}
wave = "Ankieta 2026"

[odk-liw]
kind = "odk"
project = 7
form = "rozmowy w Liwie"
user = "{USER}"
token_variable = "PASSWORD_OF_TEST"
{always}

[ls-liw]
kind = "limesurvey"
form = "{SURVEY}"
user = "{USER}"
token_variable = "PASSWORD_OF_TEST"
{always}
""",
        encoding="utf-8",
    )
    return file


def pull(diagnoza, name, *words):
    return diagnoza("pull", name, "--drop-identifiers", "--json", *words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [("kobo-liw",), ("--list",), ("kobo-liw", "--dry-run")])
def test_without_a_file_of_connections_nothing_is_pulled(diagnoza, survey_server, language, words):
    ran = diagnoza("pull", *words, "--lang", language)
    assert ran.code == 1
    assert "CONNECTORS-OFF" in ran.errors
    assert "DIAGNOZA_CONNECTORS" in ran.errors
    assert survey_server.asked == []


@pytest.mark.parametrize("name", ["kobo-liw", "odk-liw", "ls-liw"])
def test_pulling_twice_is_one_import(diagnoza, connections, name):
    first = pull(diagnoza, name)
    assert (first.code, first.json["rows_pulled"], first.json["rows_stored"]) == (0, PEOPLE, STORED[name])
    again = pull(diagnoza, name)
    assert again.code == 0
    assert (again.json["batch"], again.json["rows_stored"], again.json["already_loaded"]) == (
        first.json["batch"],
        0,
        True,
    )
    assert len(diagnoza("imports", "--json").json["imports"]) == 1


@pytest.mark.parametrize("name", ["kobo-liw", "odk-liw", "ls-liw"])
def test_answers_that_came_since_are_added(diagnoza, connections, survey_server, name):
    assert pull(diagnoza, name).code == 0
    survey_server.kobo, survey_server.odk = make_kobo(PEOPLE + 3), make_odk(PEOPLE + 3)
    survey_server.limesurvey = make_limesurvey([*range(1, PEOPLE + 1), 26, 27, 28])
    again = pull(diagnoza, name)
    assert (again.code, again.json["rows_pulled"], again.json["rows_stored"]) == (0, PEOPLE + 3, 3)


@pytest.mark.parametrize("name", ["kobo-liw", "odk-liw", "ls-liw"])
def test_a_broken_pull_stores_nothing_and_the_next_goes_on(diagnoza, connections, survey_server, name):
    survey_server.break_page(4)
    broken = pull(diagnoza, name)
    assert (broken.code, broken.codes) == (1, ["CONNECTION-REQUEST-REFUSED"])
    assert diagnoza("imports", "--json").json["imports"] == []
    survey_server.fault = None
    whole = pull(diagnoza, name)
    assert (whole.code, whole.json["kept_pages"], whole.json["rows_stored"]) == (0, 3, STORED[name])
    assert "CONNECTION-RESUMED" in whole.codes


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("kobo-liw", {"Świetlica": 16, "Chodniki, drogi": 16}),
        ("odk-liw", {"Świetlica": 16, "Chodniki, drogi": 8}),
        ("ls-liw", {"Świetlica": 10, "Chodniki; drogi": 13}),
    ],
)
def test_answers_are_in_peoples_words(diagnoza, connections, name, counts):
    assert pull(diagnoza, name, "--wave", "Ankieta").code == 0
    ran = diagnoza("tabulate", "--partnership", "liw", "--wave", "Ankieta", "--question", "Czego brakuje?", "--json")
    assert ran.code == 0, ran.errors
    assert {row["choice"]: row["count"] for row in ran.json["rows"]} == counts


def test_a_rehearsal_stores_nothing(diagnoza, connections):
    ran = pull(diagnoza, "kobo-liw", "--dry-run")
    assert (ran.code, ran.json["batch"], ran.json["rows_stored"]) == (0, None, PEOPLE)
    assert diagnoza("imports", "--json").json["imports"] == []


def test_a_form_without_answers_is_no_fault(diagnoza, connections, survey_server):
    survey_server.kobo = []
    ran = pull(diagnoza, "kobo-liw")
    assert (ran.code, ran.json["batch"], ran.json["rows_pulled"], ran.codes) == (0, None, 0, ["CONNECTION-EMPTY"])


def test_people_are_told_what_came(diagnoza, connections):
    ran = diagnoza("pull", "kobo-liw", "--drop-identifiers", "--lang", "en")
    assert ran.code == 0
    assert ran.output.startswith(f"kobo-liw: answers pulled: {PEOPLE} (pages: 5).\n")
    assert "CONNECTION-REPEATS-LEFT-OUT" in ran.errors


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "CONNECTION-NOT-NAMED"),
        (("kobo",), "CONNECTION-UNKNOWN"),
        (("kobo-liw", "--partnership", "nigdzie"), "PARTNERSHIP-UNKNOWN"),
    ],
)
def test_what_cannot_be_pulled_is_said_before_a_server_is_asked(diagnoza, connections, survey_server, words, code):
    ran = diagnoza("pull", *words, "--json")
    assert (ran.code, ran.codes) == (1, [code])
    assert survey_server.asked == []


def test_the_list_says_whether_tokens_are_there_and_asks_nobody(diagnoza, connections, survey_server, monkeypatch):
    monkeypatch.delenv("TOKEN_OF_TEST")
    listed = diagnoza("pull", "--list", "--json")
    assert listed.code == 0
    assert [(each["name"], each["token"]) for each in listed.json["connections"]] == [
        ("kobo-liw", False), ("odk-liw", True), ("ls-liw", True),
    ]  # fmt: skip
    table = diagnoza("pull", "--list", "--lang", "en").output
    assert [line.split()[0] for line in table.splitlines()] == ["connection", "kobo-liw", "odk-liw", "ls-liw"]
    assert PASSWORD not in listed.output + table
    assert survey_server.asked == []
    assert pull(diagnoza, "kobo-liw").codes == ["CONNECTION-SECRET-MISSING"]


@pytest.mark.parametrize("kind", ["wrong", "right"])
def test_nothing_of_a_token_is_said_or_stored(diagnoza, connections, monkeypatch, tmp_path, kind):
    token = TOKEN if kind == "right" else "another-t0ken"
    monkeypatch.setenv("TOKEN_OF_TEST", token)
    ran = pull(diagnoza, "kobo-liw")
    assert ("CONNECTION-TOKEN-REFUSED" in ran.codes) == (kind == "wrong")
    assert token not in ran.output + ran.errors
    assert [file for file in tmp_path.rglob("*") if file.is_file() and token.encode() in file.read_bytes()] == []


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("[a", {"CONNECTORS-BAD"}),
        ("kind = 3", {"CONNECTION-NAME-BAD"}),
        ('["../up"]\nkind = "kobo"', {"CONNECTION-NAME-BAD"}),
        ("[a]", {"CONNECTION-KEY-MISSING"}),
        ('[a]\nkind = "odk"\nurl = "u"\nform = "f"\ntoken_variable = "T"', {"CONNECTION-KEY-MISSING"}),
        ('[a]\nkind = "limesurvey"\nurl = "u"\nform = "f"\nuser = "u"\ntoken_variable = "T"', {"CONNECTION-VALUE-BAD"}),
        ('[a]\nkind = "x"\nurl = "u"\nform = "f"\ntoken_variable = "T"', {"CONNECTION-VALUE-BAD"}),
        ('[a]\nkind = "kobo"\nurl = "u"\nform = 5\ntoken_variable = "not a name"', {"CONNECTION-VALUE-BAD"}),
        ('[a]\nkind = "kobo"\nurl = "u"\nform = ["x"]\ntoken_variable = "T"', {"CONNECTION-VALUE-BAD"}),
        ('[a]\nkind = ["kobo"]\nurl = {x = 1}\nform = "f"\ntoken_variable = "T"', {"CONNECTION-VALUE-BAD"}),
        (f"{KOBO}page_size = 0", {"CONNECTION-VALUE-BAD"}),
        (f"{KOBO}colour = 1", {"CONNECTION-KEY-UNKNOWN"}),
        (f'{KOBO}token = "SECRET"', {"CONNECTION-SECRET-IN-FILE"}),
        (f'{KOBO}hasło = "SECRET"', {"CONNECTORS-BAD"}),
        (f'{KOBO}password = "SECRET"', {"CONNECTION-SECRET-IN-FILE"}),
    ],
)  # fmt: skip
def test_a_bad_file_of_connections_is_said_without_quoting_it(diagnoza, connections, written, codes):
    connections.write_text(written, encoding="utf-8")
    ran = diagnoza("pull", "a", "--json")
    assert (ran.code, set(ran.codes)) == (1, codes)
    assert "SECRET" not in (ran.output + ran.errors).replace("CONNECTION-SECRET-IN-FILE", "")


def test_a_file_of_connections_that_is_not_there_is_said(diagnoza, connections):
    connections.unlink()
    assert diagnoza("pull", "--list", "--json").codes == ["CONNECTORS-NOT-READABLE"]


def test_a_file_that_is_not_utf8_is_said(diagnoza, connections):
    connections.write_bytes(b"\xff\xfe[\x00")
    assert diagnoza("pull", "--list", "--json").codes == ["CONNECTORS-BAD"]
