"""Files through the command line: what is printed, what is stored, what is refused, and with which exit code."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from etl.commands import arguments
from etl.commands.column_decisions import parse_column_decisions
from etl.exports.partnership_workbook import write_partnership_workbook
from etl.importing import ColumnDecision
from etl.recognise.registry import SAID_SOURCES
from etl.settings import database_url
from etl.store import schema as s
from etl.store.engine import open_store
from etl.store.register_writing import write_register
from surveys.analysis.uncertainty import wilson_interval
from surveys.findings import FaultError
from surveys.model import PopulationKind, QuestionType, SampleKind
from tests.made.google_forms import make_survey
from tests.made.limesurvey_structure import HEADERS, write_codes, write_lss
from tests.made.registers import make_register

IMPORT_KEYS = {"batch", "source", "rows_read", "rows_stored", "rows_rejected", "answers_stored", "findings"}
FINDING_KEYS = {"code", "severity", "sheet", "row", "column", "message", "remedy"}
COLUMN_KEYS = {"header", "role", "type", "choices"}


def write_answers(folder, name="Diagnoza Liw.csv", people=30, columns="", cells=""):
    lines = [f"Sygnatura czasowa,Płeć,Czego brakuje?{columns}"]
    for number in range(people):
        sex, lack = ("Kobieta", "Mężczyzna")[number % 2], ("Świetlica", "Chodniki", "Autobus")[number % 3]
        lines.append(f"2026/05/{number % 28 + 1:02} 1:02:03 PM CET,{sex},{lack}{cells.format(number=number)}")
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def liw(diagnoza):
    """A database with the partnerships Liw and Różan, real ones."""
    assert diagnoza("db", "upgrade").code == 0
    store = open_store(database_url())
    with store.write() as connection:
        write_register(connection, make_register("liw"), None)
        write_register(connection, make_register("rozan"), None)
    store.close()


def test_inspecting_tells_what_a_file_is_and_stores_nothing(diagnoza, tmp_path):
    file = write_answers(tmp_path)
    ran = diagnoza("inspect", file, "--json")
    assert (ran.code, ran.errors) == (0, "")
    assert ran.json["source"] == "google_forms"
    [sheet] = ran.json["sheets"]
    assert (sheet["kind"], sheet["header_row"], sheet["rows"]) == ("answers", 1, 30)
    assert all(column.keys() >= COLUMN_KEYS for column in sheet["columns"])
    assert [column["role"] for column in sheet["columns"]] == ["metadata", "question", "question"]
    assert sheet["columns"][1]["choices"] == ["Kobieta", "Mężczyzna"]
    assert not (tmp_path / "data" / "diagnoza.sqlite3").exists()


@pytest.mark.parametrize(("language", "words"), [("pl", "Formularze Google"), ("en", "Google Forms")])
def test_inspecting_for_people(diagnoza, tmp_path, language, words):
    ran = diagnoza("inspect", write_answers(tmp_path), "--lang", language)
    assert ran.code == 0
    assert words in ran.output
    assert "Czego brakuje?" in ran.output


def test_a_file_that_cannot_be_read_is_a_finding_in_json_too(diagnoza, tmp_path):
    broken = tmp_path / "umowa.xlsx"
    broken.write_bytes(b"%PDF-1.7")
    ran = diagnoza("inspect", broken, "--json")
    assert ran.code == 1
    assert (ran.json["source"], ran.json["sheets"], ran.codes) == (None, [], ["FILE-IS-PDF"])
    assert "umowa.xlsx" in ran.errors
    assert diagnoza("inspect", tmp_path / "nie-ma.csv", "--json").codes == ["INPUT-NOT-FOUND"]


@pytest.mark.usefixtures("liw")
def test_answers_are_loaded_listed_and_undone(diagnoza, tmp_path):
    file = write_answers(tmp_path)
    ran = diagnoza("import", file, "--partnership", "liw", "--wave", "Diagnoza 2026", "--json")
    assert ran.code == 0
    assert ran.json.keys() >= IMPORT_KEYS
    assert (ran.json["rows_read"], ran.json["rows_stored"], ran.json["rows_rejected"]) == (30, 30, 0)
    assert ran.json["answers_stored"] > 0
    assert all(finding.keys() == FINDING_KEYS for finding in ran.json["findings"])
    batch = ran.json["batch"]

    [listed] = diagnoza("imports", "--json").json["imports"]
    assert (listed["batch"], listed["partnership"], listed["wave"]) == (batch, "liw", "Diagnoza 2026")
    assert (listed["made_by"], listed["state"], listed["rows_stored"]) == ("machine", "loaded", 30)
    assert batch in diagnoza("imports", "--partnership", "liw").output
    assert batch not in diagnoza("imports", "--partnership", "rozan").output

    undone = diagnoza("undo", batch, "--json")
    assert (undone.code, undone.json["undone"], undone.codes) == (0, True, ["UNDO-DONE"])
    assert diagnoza("imports", "--json").json["imports"][0]["state"] == "undone"
    again = diagnoza("undo", batch, "--json")
    assert (again.code, again.json["undone"], again.codes) == (1, False, ["UNDO-TWICE"])


@pytest.mark.usefixtures("liw")
def test_the_same_file_twice_is_one_import(diagnoza, tmp_path):
    file = write_answers(tmp_path)
    first = diagnoza("import", file, "--partnership", "liw", "--json")
    second = diagnoza("import", file, "--partnership", "liw", "--json")
    assert (second.code, second.json["batch"]) == (0, first.json["batch"])
    assert second.json["files"][0]["already_loaded"]
    assert len(diagnoza("imports", "--json").json["imports"]) == 1


@pytest.mark.usefixtures("liw")
def test_a_dry_run_counts_and_stores_nothing(diagnoza, tmp_path):
    ran = diagnoza("import", write_answers(tmp_path), "--partnership", "liw", "--dry-run", "--json")
    assert (ran.code, ran.json["batch"], ran.json["rows_stored"]) == (0, None, 30)
    assert diagnoza("imports", "--json").json["imports"] == []
    assert "Niczego nie zapisano" in diagnoza("import", tmp_path, "--partnership", "liw", "--dry-run").output


@pytest.mark.usefixtures("liw")
def test_an_unknown_partnership_names_similar_ones(diagnoza, tmp_path):
    file = write_answers(tmp_path)
    near = diagnoza("import", file, "--partnership", "liww", "--json")
    assert (near.code, near.codes, near.json["batch"]) == (1, ["PARTNERSHIP-UNKNOWN-NEAR"], None)
    assert "podobne: liw." in near.errors
    far = diagnoza("import", file, "--partnership", "gdańsk", "--json", "--lang", "en")
    assert far.codes == ["PARTNERSHIP-UNKNOWN"]
    assert "diagnoza template partnership" in far.json["findings"][0]["remedy"]
    for slug in ("Liw", "LIW"):
        assert diagnoza("import", file, "--partnership", slug).code == 0


@pytest.mark.usefixtures("liw")
def test_answers_need_a_partnership(diagnoza, tmp_path):
    ran = diagnoza("import", write_answers(tmp_path), "--json")
    assert (ran.code, ran.codes) == (1, ["SURVEY-PARTNERSHIP-MISSING"])


@pytest.mark.usefixtures("liw")
def test_personal_data_stop_an_import_until_they_are_left_out(diagnoza, tmp_path):
    file = write_answers(tmp_path, columns=",Adres e-mail", cells=",osoba{number}@example.org")
    stopped = diagnoza("import", file, "--partnership", "liw", "--json")
    assert (stopped.code, stopped.json["batch"]) == (1, None)
    assert "SURVEY-IDENTIFIER-COLUMN-EMAIL" in stopped.codes
    assert "osoba1@example.org" not in stopped.errors + stopped.output
    loaded = diagnoza("import", file, "--partnership", "liw", "--drop-identifiers", "--json")
    assert loaded.code == 0
    assert loaded.json["batch"]


@pytest.mark.usefixtures("liw")
def test_several_files_and_folders_in_one_command(diagnoza, tmp_path):
    folder = tmp_path / "ankiety"
    (folder / "starsze").mkdir(parents=True)
    write_answers(folder, "a.csv")
    write_answers(folder / "starsze", "b.csv", people=20)
    (folder / "zła.xlsx").write_bytes(b"%PDF-1.7")
    (folder / "~$zła.xlsx").write_bytes(b"lock of an office program")
    (folder / "notatki.docx").write_bytes(b"not a table")
    ran = diagnoza("import", folder, "--partnership", "liw", "--json")
    assert ran.code == 1  # one of them had faults; the others are loaded all the same
    assert [file["file"].rpartition("/")[2] for file in ran.json["files"]] == ["a.csv", "b.csv", "zła.xlsx"]
    assert [bool(file["batch"]) for file in ran.json["files"]] == [True, True, False]
    assert (ran.json["rows_stored"], ran.json["batch"], ran.codes[-1]) == (50, None, "FILE-IS-PDF")
    said = diagnoza("import", folder, "--partnership", "liw")
    assert "Pliki: 3, w tym niewczytane: 1." in said.output


def write_plain_table(folder):
    file = folder / "zestawienie.csv"
    rows = [f"{number};{('Kobieta', 'Mężczyzna')[number % 2]};Świetlica" for number in range(30)]
    file.write_text("\n".join(["Lp.;Płeć;Czego brakuje?", *rows]) + "\n", encoding="utf-8")
    return file


@pytest.mark.usefixtures("liw")
def test_a_table_that_nobody_signed_is_not_loaded_until_somebody_says_what_it_is(diagnoza, tmp_path):
    file = write_plain_table(tmp_path)
    asked = diagnoza("import", file, "--partnership", "liw", "--json")
    assert (asked.code, asked.json["batch"], asked.json["rows_stored"]) == (1, None, 0)
    [finding] = asked.json["findings"]
    assert finding["code"] == "SOURCE-UNCERTAIN"
    assert "jest tabela z nagłówkami" in finding["message"]
    assert "--as survey" in finding["remedy"]
    english = diagnoza("import", file, "--partnership", "liw", "--lang", "en", "--dry-run")
    assert english.code == 1
    assert "a table, perhaps with answers" in english.errors
    assert "nothing says which tool it came from" in english.errors
    assert diagnoza("imports", "--json").json["imports"] == []

    loaded = diagnoza("import", file, "--partnership", "liw", "--as", "survey", "--json")
    assert (loaded.code, loaded.json["source"], loaded.json["rows_stored"]) == (0, "generic", 30)


@pytest.mark.usefixtures("liw")
def test_what_is_said_of_a_file_has_to_fit_it(diagnoza, tmp_path):
    file = write_plain_table(tmp_path)
    ran = diagnoza("import", file, "--partnership", "liw", "--as", "partnership_workbook", "--json")
    assert (ran.code, ran.codes) == (1, ["SOURCE-OTHERWISE"])
    assert diagnoza("import", file, "--partnership", "liw", "--as", "tabela").code == 2
    # Of a file that is certain nobody is asked, whatever else is in the folder.
    signed = diagnoza("import", write_answers(tmp_path), "--partnership", "liw", "--as", "generic", "--json")
    assert (signed.code, signed.json["source"]) == (0, "google_forms")


def test_sources_that_may_be_said_are_those_of_the_recognisers():
    assert arguments.SAID_SOURCES == SAID_SOURCES


def test_missing_files_are_all_named_before_anything_is_loaded(diagnoza, tmp_path):
    (tmp_path / "pusty").mkdir()
    good = write_answers(tmp_path)
    ran = diagnoza("import", good, tmp_path / "a.csv", tmp_path / "pusty", "--partnership", "liw", "--json")
    assert ran.code == 1
    assert ran.json.keys() >= IMPORT_KEYS
    assert ran.codes == ["INPUT-NOT-FOUND", "INPUT-FOLDER-EMPTY"]
    assert not (tmp_path / "data" / "diagnoza.sqlite3").exists()


@pytest.mark.usefixtures("liw")
def test_decisions_about_columns_come_from_a_file(diagnoza, tmp_path):
    file = write_answers(tmp_path)
    mapping = tmp_path / "decyzje.json"
    mapping.write_text(json.dumps({"columns": {"B": {"ignore": True}}}), encoding="utf-8")
    with_it = diagnoza("import", file, "--partnership", "liw", "--mapping", mapping, "--dry-run", "--json")
    without = diagnoza("import", file, "--partnership", "liw", "--dry-run", "--json")
    assert with_it.code == 0
    assert with_it.json["answers_stored"] == without.json["answers_stored"] - 30


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"columns": []}', '{"columns": {"0": {}}}', '{"columns": {"AAAA": {}}}', '{"columns": {"B": 1}}',
     '{"columns": {"B": {"typ": "single"}}}', '{"columns": {"B": {"type": "wielokrotny"}}}',
     '{"columns": {"B": {"ignore": "tak"}}}'],
)  # fmt: skip
def test_a_file_of_decisions_that_makes_no_sense_is_refused(diagnoza, tmp_path, text):
    mapping = tmp_path / "decyzje.json"
    mapping.write_text(text, encoding="utf-8")
    ran = diagnoza("import", write_answers(tmp_path), "--partnership", "liw", "--mapping", mapping, "--json")
    assert (ran.code, ran.codes) == (1, ["MAPPING-BAD"])
    assert '"columns"' in ran.json["findings"][0]["remedy"]


def test_columns_are_named_by_number_or_letters():
    decisions = parse_column_decisions('{"columns": {"3": {"type": "single"}, "AA": {"vocabulary": "problems"}}}')
    assert decisions == {2: ColumnDecision(type=QuestionType.SINGLE), 26: ColumnDecision(vocabulary="problems")}


def test_the_first_import_makes_the_database(diagnoza, tmp_path):
    book = tmp_path / "karta.xlsx"
    write_partnership_workbook(make_register("liw"), book)
    ran = diagnoza("import", book, "--json")
    assert ran.code == 0
    assert ran.json["source"] == "partnership_workbook"
    assert ran.json["files"][0]["changes"]["partner"]["added"] == 2
    assert diagnoza("imports", "--json").json["imports"][0]["partnership"] == "liw"


def test_a_workbook_and_its_survey_in_one_command(diagnoza, tmp_path):
    book = tmp_path / "karta.xlsx"
    write_partnership_workbook(make_register("liw"), book)
    # In whichever order they come: a folder has them by name.
    ran = diagnoza("import", write_answers(tmp_path), book, "--partnership", "liw", "--json")
    assert [file["source"] for file in ran.json["files"]] == ["google_forms", "partnership_workbook"]
    assert all(file["batch"] for file in ran.json["files"])
    assert ran.code == 0


@pytest.mark.usefixtures("liw")
def test_a_template_filled_from_the_store_changes_nothing_when_it_comes_back(diagnoza, tmp_path):
    out = tmp_path / "karta.xlsx"
    made = diagnoza("template", "partnership", out, "--partnership", "liw", "--json")
    assert (made.code, made.json) == (0, {"file": str(out), "partnership": "liw"})
    back = diagnoza("import", out, "--json")
    assert (back.code, back.json["batch"]) == (0, None)
    assert "IMPORT-CHANGES-NOTHING" in back.codes


def test_a_template_never_replaces_a_file_unasked(diagnoza, tmp_path):
    out = tmp_path / "karta.xlsx"
    out.write_text("wypełniona przez partnerów", encoding="utf-8")
    refused = diagnoza("template", "partnership", out, "--json")
    assert (refused.code, refused.codes) == (1, ["OUTPUT-EXISTS"])
    assert out.read_text(encoding="utf-8") == "wypełniona przez partnerów"
    assert diagnoza("template", "partnership", out, "--force").code == 0
    assert out.read_bytes()[:2] == b"PK"
    assert [file.name for file in tmp_path.iterdir()] == ["karta.xlsx"]


def test_an_empty_template_needs_no_database(diagnoza, tmp_path):
    assert diagnoza("template", "partnership", tmp_path / "karta.xlsx").code == 0
    assert not (tmp_path / "data").exists()
    nowhere = diagnoza("template", "partnership", tmp_path / "nie" / "ma" / "karta.xlsx", "--json")
    assert nowhere.codes == ["OUTPUT-NOT-WRITTEN"]


def test_undoing_what_is_not_there(diagnoza):
    assert diagnoza("undo", "abc", "--json").codes == ["STORE-ABSENT"]
    diagnoza("db", "upgrade")
    ran = diagnoza("undo", "abc", "--json")
    assert (ran.code, ran.codes) == (1, ["BATCH-UNKNOWN"])


def test_a_broken_mapping_never_quotes_the_file():
    with pytest.raises((ValueError, TypeError, FaultError)) as refused:
        parse_column_decisions('{"columns": {"B": "tajna odpowiedź"}}')
    assert "tajna" not in str(refused.value)


@pytest.mark.usefixtures("liw")
def test_a_growing_copy_replaces_its_predecessor_by_command(diagnoza, tmp_path):
    made = make_survey(40)
    older, newer = tmp_path / "Ankieta.csv", tmp_path / "Ankieta (1).csv"
    older.write_bytes(replace(made, stamps=made.stamps[:30], answers=made.answers[:30]).form_csv())
    newer.write_bytes(made.form_csv())
    into = ("--partnership", "liw", "--wave", "Diagnoza 2026", "--json")
    batch = diagnoza("import", older, *into).json["batch"]
    stopped = diagnoza("import", newer, *into)
    assert (stopped.code, stopped.json["batch"]) == (1, None)
    assert "SURVEY-ROWS-OVERLAP" in stopped.codes
    assert f"--replace {batch}" in stopped.errors
    ran = diagnoza("import", newer, "--replace", batch, *into)
    assert (ran.code, ran.json["rows_stored"], ran.json["rows_known"]) == (0, 40, 0)
    states = {listed["batch"]: listed["state"] for listed in diagnoza("imports", "--json").json["imports"]}
    assert states == {batch: "replaced", ran.json["batch"]: "loaded"}
    assert diagnoza("undo", ran.json["batch"]).code == 0
    assert diagnoza("import", newer, "--keep-both", *into).json["rows_stored"] == 40


def test_the_number_of_counted_questionnaires_is_an_option(diagnoza, liw, tmp_path):
    file = tmp_path / "zliczenia.csv"
    lines = ["Pytanie;Odpowiedź;Liczba", "Co przeszkadza? (do 3);drogi;20", ";praca;25", ";śmieci;11"]
    file.write_text("\n".join([*lines, "Płeć;kobieta;21", ";mężczyzna;12"]) + "\n", encoding="utf-8")
    without = diagnoza("import", file, "--partnership", "liw", "--dry-run", "--json")
    assert "TALLY-PEOPLE-MISSING" in without.codes
    said = diagnoza("import", file, "--partnership", "liw", "--people", "33", "--dry-run", "--json")
    assert (said.code, "TALLY-PEOPLE-MISSING" in said.codes) == (0, False)
    for wrong in ("0", "-3", "wielu"):
        assert diagnoza("import", file, "--partnership", "liw", "--people", wrong).code == 2


def test_a_form_beside_the_answers_gives_their_words(diagnoza, liw, tmp_path):
    answers, form = tmp_path / "results-survey123456.csv", tmp_path / "survey.lss"
    rows = [",".join(f'"{cell}"' for cell in row) for row in (HEADERS, *write_codes())]
    answers.write_text("\n".join(rows) + "\n", encoding="utf-8")
    form.write_bytes(write_lss())
    seen = diagnoza("inspect", answers, "--form", form, "--json")
    assert "Gdzie Pan/Pani mieszka?" in [column["header"] for column in seen.json["sheets"][0]["columns"]]
    loaded = diagnoza("import", answers, "--form", form, "--partnership", "liw", "--json")
    assert (loaded.code, loaded.json["rows_stored"], loaded.json["source"]) == (0, 24, "limesurvey")
    again = diagnoza("import", answers, "--form", form, "--partnership", "liw", "--json")
    assert again.json["files"][0]["already_loaded"] is True
    missing = diagnoza("import", answers, "--form", tmp_path / "nie ma.lss", "--partnership", "liw", "--json")
    assert (missing.code, missing.codes) == (1, ["INPUT-NOT-FOUND"])


ASKED = ("--population", "residents", "--who", "dorośli  z Liwa", "--sampling", "random", "--population-count", "60")


def read_asked():
    with open_store(database_url()).read() as connection:
        row = connection.execute(select(s.wave)).one()
    return row.population, row.population_words, row.sampling, row.population_count, row.invited_count


@pytest.mark.usefixtures("liw")
def test_whom_a_new_measurement_asked_is_said_on_the_command_line(diagnoza, tmp_path):
    file = write_answers(tmp_path)
    load = ("import", file, "--partnership", "liw", "--as", "survey", "--wave", "Diagnoza", "--json")
    assert diagnoza(*load, *ASKED, "--invited", "70").code == 1
    assert diagnoza(*load, *ASKED, "--invited", "50").code == 0
    assert read_asked() == ("residents", "dorośli z Liwa", "random", 60, 50)
    # Half of all drawn: the intervals are narrower than those of chance alone.
    rows = diagnoza("tabulate", "--partnership", "liw", "--wave", "Diagnoza", "--question", "plec", "--json").json[
        "rows"
    ]
    assert (rows[0]["count"], rows[0]["base"]) == (15, 30)
    assert rows[0]["low"] > wilson_interval(15, 30)[0]


@pytest.mark.usefixtures("liw")
def test_a_measurement_that_is_there_keeps_whom_it_asked(diagnoza, tmp_path):
    load = ("--partnership", "liw", "--as", "survey", "--wave", "Diagnoza", "--json")
    diagnoza("import", write_answers(tmp_path), *load, *ASKED)
    later = diagnoza("import", write_answers(tmp_path, "b.csv", 41), *load, "--keep-both", "--sampling", "convenience")
    assert "SURVEY-FIELDWORK-KEPT" in [finding["code"] for finding in later.json["findings"]]
    same = diagnoza("import", write_answers(tmp_path, "c.csv", 43), *load, "--keep-both", "--sampling", "random")
    assert "SURVEY-FIELDWORK-KEPT" not in [finding["code"] for finding in same.json["findings"]]
    assert read_asked()[2] == "random"


def test_the_command_line_knows_all_kinds_of_people_and_samples():
    assert set(PopulationKind) == set(arguments.POPULATIONS)
    assert set(SampleKind) == set(arguments.SAMPLINGS)
