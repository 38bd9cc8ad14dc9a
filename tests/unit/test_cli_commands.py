"""Commands that keep accounts and the database, and those that only tell something."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from etl.jobs.supervisor import worker_environment
from etl.settings import database_url
from etl.store.collection_writing import Sending, write_sendings
from etl.store.collections import close_collection, read_collection
from etl.store.engine import Store, open_store
from etl.store.migration import SchemaState
from etl.store.moments import utc_now
from etl.store.register_writing import write_register
from etl.store.scope import Actor
from etl.store.sealing import hash_key
from etl.store.sign_in import Attempt, sign_in
from surveys.model import Partnership, Register
from tests.made.web_forms import NOTICE, fillable, make_open

PASSWORD = "długie hasło 2026"


@pytest.fixture
def liw(diagnoza):
    """A database with the partnership Liw."""
    assert diagnoza("db", "upgrade").code == 0
    store = open_store(database_url())
    with store.write() as connection:
        write_register(connection, Register(Partnership("liw", "Partnerstwo Liw")), None)
    store.close()


@pytest.fixture
def typed(monkeypatch):
    """Give standard input to the next command."""

    def give(text):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))

    return give


def can_sign_in(name, password=PASSWORD):
    from surveys.findings import FaultError

    store = open_store(database_url())
    try:
        return bool(sign_in(store, Attempt(name=name, password=password, address="", old_token_hash=None), utc_now()))
    except FaultError:
        return False
    finally:
        store.close()


def show_account(diagnoza, name):
    return next(each for each in diagnoza("user", "list", "--json").json["accounts"] if each["name"] == name)


class TestDatabase:
    def test_its_state_is_told_without_making_it(self, diagnoza, tmp_path):
        ran = diagnoza("db", "status", "--json")
        assert (ran.code, ran.json["state"]) == (1, "absent")
        assert list((tmp_path / "data").iterdir()) == []
        assert diagnoza("db", "upgrade", "--json").json["before"] == "absent"
        assert diagnoza("db", "upgrade", "--json").json["before"] == "current"
        ran = diagnoza("db", "status")
        assert (ran.code, ran.output.startswith("Baza danych jest w porządku")) == (0, True)

    def test_on_any_database(self, diagnoza, store_url, monkeypatch):
        monkeypatch.setenv("DIAGNOZA_DATABASE_URL", store_url)
        assert diagnoza("db", "status", "--json").json["state"] == "current"
        assert diagnoza("imports", "--json").json == {"imports": []}

    @pytest.mark.parametrize(
        "words", [("imports",), ("undo", "x"), ("user", "list"), ("serve", "--no-browser"), ("demo",)]
    )
    @pytest.mark.parametrize(
        ("state", "code", "said"),
        [(SchemaState.OLD, "STORE-OLD", "diagnoza db upgrade"), (SchemaState.NEWER, "STORE-NEWER", "nowszą wersję")],
    )
    def test_another_schema_is_refused(self, diagnoza, monkeypatch, words, state, code, said):
        diagnoza("db", "upgrade")
        monkeypatch.setattr(Store, "schema_state", lambda _self: state)
        ran = diagnoza(*words)
        assert ran.code == 1
        assert code in ran.errors
        assert said in ran.errors

    def test_a_newer_database_is_not_touched(self, diagnoza, tmp_path):
        diagnoza("db", "upgrade")
        file = tmp_path / "data" / "diagnoza.sqlite3"
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
        connection.close()
        before = file.read_bytes()
        assert diagnoza("db", "upgrade").code == 1
        assert diagnoza("db", "status", "--json").json["state"] == "newer"
        assert file.read_bytes() == before

    @pytest.mark.parametrize(
        "words", [("imports",), ("user", "list"), ("template", "partnership", "x.xlsx", "--partnership", "liw")]
    )
    def test_reading_commands_ask_for_a_database_and_make_none(self, diagnoza, tmp_path, words):
        ran = diagnoza(*words, "--json")
        assert (ran.code, ran.codes) == (1, ["STORE-ABSENT"])
        assert list((tmp_path / "data").iterdir()) == []

    @pytest.mark.parametrize("address", ["nonsense", "oracle://x/y", "sqlite:"])
    def test_an_address_that_makes_no_sense(self, diagnoza, monkeypatch, address):
        monkeypatch.setenv("DIAGNOZA_DATABASE_URL", address)
        ran = diagnoza("db", "status", "--json")
        assert (ran.code, ran.codes) == (1, ["STORE-URL-BAD"])

    def test_a_server_that_is_not_there_is_said_without_its_password(self, diagnoza, monkeypatch):
        monkeypatch.setenv("DIAGNOZA_DATABASE_URL", "postgresql://osoba:tajne@127.0.0.1:1/baza")
        ran = diagnoza("imports", "--json")
        assert (ran.code, ran.codes) == (1, ["STORE-UNREACHABLE"])
        assert "tajne" not in ran.errors + ran.output

    def test_a_damaged_file_is_said_so(self, diagnoza, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "diagnoza.sqlite3").write_bytes(b"not a database at all, but long enough" * 100)
        ran = diagnoza("imports", "--json")
        assert (ran.code, ran.codes) == (1, ["STORE-DAMAGED"])


class TestDemo:
    def test_the_sample_goes_into_an_empty_database_only(self, diagnoza):
        loaded = diagnoza("demo")
        assert (loaded.code, loaded.output) == (0, "")
        assert "Wczytano zmyślone dane przykładowe" in loaded.errors
        again = diagnoza("demo")
        assert again.code == 1
        assert "DEMO-NOT-EMPTY" in again.errors
        assert diagnoza("demo", "--if-empty", "--lang", "en").code == 0
        # Its partnerships are there under their slugs.
        assert "similar ones: liw" in diagnoza("imports", "--partnership", "liww", "--lang", "en").errors

    def test_sample_files_can_be_uploaded(self, diagnoza, tmp_path):
        diagnoza("demo")
        written = diagnoza("demo", "--files", tmp_path / "pliki")
        assert (written.code, written.output.count("Zapisano plik przykładowy")) == (0, 2)
        loaded = diagnoza("import", tmp_path / "pliki", "--partnership", "krasnosielc", "--json")
        assert loaded.code == 0
        assert all(file["batch"] for file in loaded.json["files"])

    def test_the_sample_can_be_taken_out_again(self, diagnoza):
        diagnoza("demo")
        removed = diagnoza("demo", "--remove", "--lang", "en")
        assert (removed.code, "partnerships: 13" in removed.errors) == (0, True)
        assert diagnoza("imports", "--partnership", "liw", "--json").codes == ["PARTNERSHIP-UNKNOWN"]
        assert diagnoza("demo").code == 0

    def test_removing_goes_with_nothing_else(self, diagnoza, tmp_path):
        assert diagnoza("demo", "--remove", "--files", tmp_path).code == 2

    @pytest.mark.usefixtures("liw")
    def test_invented_data_never_come_among_real_ones(self, diagnoza):
        ran = diagnoza("demo", "--if-empty")
        assert ran.code == 0
        assert "przykładowych nie wczytano" in ran.errors


class TestAccounts:
    @pytest.mark.usefixtures("liw")
    def test_a_coordinator_is_made_in_one_command(self, diagnoza, typed):
        typed(f"{PASSWORD}\n")
        made = diagnoza(
            "user", "add", "Anna", "--display-name", "Anna Lis", "--role", "coordinator", "--partnership", "Liw",
            "--password-stdin", "--json",
        )  # fmt: skip
        assert (made.code, made.json) == (0, {"name": "anna"})
        account = show_account(diagnoza, "anna")
        assert (account["display_name"], account["active"]) == ("Anna Lis", True)
        assert account["grants"] == [{"role": "coordinator", "partnership": "liw"}]
        assert can_sign_in("anna")
        assert "koordynator (liw)" in diagnoza("user", "list").output
        assert "coordinator (liw)" in diagnoza("user", "list", "--lang", "en").output

    @pytest.mark.usefixtures("liw")
    def test_roles_are_given_and_taken(self, diagnoza, typed):
        typed(f"{PASSWORD}\n")
        diagnoza("user", "add", "ewa", "--password-stdin")
        assert diagnoza("user", "grant", "ewa", "boris").code == 0
        assert diagnoza("user", "grant", "ewa", "participant", "--partnership", "liw").code == 0
        assert len(show_account(diagnoza, "ewa")["grants"]) == 2
        assert diagnoza("user", "revoke", "ewa", "boris").code == 0
        assert show_account(diagnoza, "ewa")["grants"] == [{"role": "participant", "partnership": "liw"}]
        near = diagnoza("user", "grant", "ewa", "coordinator", "--partnership", "lwi", "--json")
        assert (near.code, near.codes) == (1, ["PARTNERSHIP-UNKNOWN-NEAR"])

    def test_switching_off_forgetting_a_password_and_back(self, diagnoza, typed):
        typed(f"{PASSWORD}\n")
        diagnoza("user", "add", "ewa", "--password-stdin")
        assert diagnoza("user", "disable", "ewa").code == 0
        assert not can_sign_in("ewa")
        assert diagnoza("user", "enable", "ewa").code == 0
        typed("zupełnie inne hasło\n")
        assert diagnoza("user", "password", "ewa", "--password-stdin").code == 0
        assert can_sign_in("ewa", "zupełnie inne hasło")

    def test_the_last_administrator_stays(self, diagnoza, typed):
        typed(f"{PASSWORD}\n")
        diagnoza("user", "add", "admin", "--role", "administrator", "--password-stdin")
        ran = diagnoza("user", "disable", "admin", "--json")
        assert (ran.code, ran.codes) == (1, ["ADMINISTRATOR-LAST"])
        assert show_account(diagnoza, "admin")["active"]

    @pytest.mark.parametrize(
        "words", [("disable",), ("enable",), ("password",), ("grant", "boris"), ("revoke", "boris")]
    )
    def test_an_unknown_account_is_said_so(self, diagnoza, words):
        diagnoza("db", "upgrade")
        ran = diagnoza("user", words[0], "nikt", *words[1:], "--json")
        assert (ran.code, ran.codes) == (1, ["ACCOUNT-UNKNOWN"])

    @pytest.mark.parametrize(
        ("name", "password", "code"),
        [
            ("anna", "krótkie", "PASSWORD-SHORT"),
            ("Anna Lis", PASSWORD, "ACCOUNT-NAME-FORM"),
            ("", PASSWORD, "ACCOUNT-NAME-FORM"),
        ],
    )
    def test_what_will_not_do_makes_no_account(self, diagnoza, typed, name, password, code):
        typed(f"{password}\n")
        ran = diagnoza("user", "add", name, "--password-stdin", "--json")
        assert ran.code == 1
        assert code in ran.codes
        assert diagnoza("user", "list", "--json").json == {"accounts": []}
        assert password not in ran.errors + ran.output

    def test_a_password_is_asked_for_twice(self, diagnoza, monkeypatch):
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        answers = iter([PASSWORD, PASSWORD, PASSWORD, "inne hasło 2026"])
        asked = []
        monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or next(answers))
        assert diagnoza("user", "add", "ewa").code == 0
        assert asked == ["Hasło: ", "Hasło jeszcze raz: "]
        ran = diagnoza("user", "add", "jan", "--json")
        assert (ran.code, ran.codes) == (1, ["PASSWORDS-DIFFER"])

    def test_nobody_to_ask_for_a_password(self, diagnoza, typed):
        typed("")
        ran = diagnoza("user", "add", "ewa", "--json")
        assert (ran.code, ran.codes) == (1, ["PASSWORD-NOT-GIVEN"])


class TestSuggestions:
    def test_certain_ones_come_first_and_alone(self, diagnoza):
        ran = diagnoza("suggest", "problem", "bezrobocie", "qqqq", "--json")
        assert (ran.code, ran.errors) == (0, "")
        first, nothing = ran.json
        assert first["text"] == "bezrobocie"
        assert first["suggestions"][0].keys() == {"code", "score", "certain"}
        assert first["suggestions"][0]["certain"]
        assert not any(each["certain"] for each in first["suggestions"][1:])
        assert nothing == {"text": "qqqq", "suggestions": []}

    def test_texts_come_from_standard_input_one_a_line(self, diagnoza, typed):
        typed("\ufeffseniorzy\n\n  młodzież \r\n")
        ran = diagnoza("suggest", "target_group", "-", "--json")
        assert [each["text"] for each in ran.json] == ["seniorzy", "młodzież"]

    @pytest.mark.parametrize("kind", ["problem", "theme", "target_group", "partner_kind", "activity_form"])
    def test_every_kind(self, diagnoza, kind):
        text = {"partner_kind": "fundacja", "activity_form": "warsztaty", "theme": "kultura"}.get(kind, "młodzież")
        assert diagnoza("suggest", kind, text, "--json").json[0]["suggestions"]
        assert text in diagnoza("suggest", kind, text).output

    def test_for_people(self, diagnoza):
        assert "(pewne; " in diagnoza("suggest", "problem", "bezrobocie").output
        assert "nothing like it" in diagnoza("suggest", "problem", "qqqq", "--lang", "en").output


class TestQuestionnaires:
    def test_they_are_listed_and_shown(self, diagnoza):
        listed = diagnoza("questionnaire", "list", "--json").json["questionnaires"]
        assert "residents" in [each["id"] for each in listed]
        shown = diagnoza("questionnaire", "show", "residents", "--json").json
        assert len(shown["questions"]) == shown["question_count"]
        assert {"name", "type", "text", "choices"} <= shown["questions"][0].keys()
        for language, title in shown["title"].items():
            assert title in diagnoza("questionnaire", "show", "residents", "--lang", language).output
            assert title in diagnoza("questionnaire", "list", "--lang", language).output

    @pytest.mark.parametrize("words", [("nie-ma",), ("residents", "--version", "1900")])
    def test_an_unknown_one(self, diagnoza, words):
        ran = diagnoza("questionnaire", "show", *words, "--json")
        assert (ran.code, ran.codes) == (1, ["QUESTIONNAIRE-UNKNOWN"])


def run_process(*words, **settings):
    code = "import sys; from etl.cli import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], env=worker_environment(os.environ), stderr=subprocess.PIPE, **settings
    )


def test_the_command_is_quick_because_it_imports_little():
    code = "import sys; from etl.cli import main; main(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=worker_environment(os.environ), capture_output=True, check=True, text=True
    )
    loaded = set(done.stderr.split())
    assert not loaded & {"pandas", "numpy", "sqlalchemy", "openpyxl", "rapidfuzz", "python_calamine", "alembic"}


@pytest.mark.parametrize("words", [("show", "residents", "--json"), ("list",)], ids=["much", "little"])
def test_whoever_stops_reading_is_no_fault(words):
    process = run_process("questionnaire", *words, stdout=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


def test_standard_output_of_a_process_is_one_json_value():
    process = run_process("suggest", "theme", "ekologia", "--json", stdout=subprocess.PIPE)
    output, errors = process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert json.loads(output)[0]["text"] == "ekologia"


def test_retention_names_what_is_due_and_deletes_it_when_told_to(diagnoza, liw):
    assert diagnoza("retention").code == 0
    today = utc_now().astimezone().date()
    store = open_store(database_url())
    uid, _ = make_open(store, notice=replace(NOTICE, data_until=today), closes_on=today)
    with store.write() as connection:
        found = read_collection(connection, Actor.at_machine(), uid)[0]
        sendings = [Sending(hash_key(str(n)), {"visits_it": "yes"}, today) for n in range(3)]
        write_sendings(connection, found.id, fillable(), sendings, utc_now())
    still_open = diagnoza("retention", "--apply", "--json")
    assert (still_open.code, still_open.codes, still_open.json["deleted"]) == (1, ["RETENTION-OPEN"], [])
    with store.write() as connection:
        close_collection(connection, Actor.at_machine(), uid, utc_now())
    told = diagnoza("retention")
    assert told.code == 1
    assert "Świetlica 2026" in told.output
    assert today.isoformat() in told.output
    done = diagnoza("retention", "--apply", "--partnership", "liw", "--json")
    assert (done.code, done.json["deleted"], done.json["due"][0]["responses"]) == (0, [uid], 3)
    assert diagnoza("retention", "--json").json["due"] == []
    store.close()
