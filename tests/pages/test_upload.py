"""Wgraj dane: a survey's way from the file to the figures, and everything that can go wrong on it."""

import io
import re
import sqlite3

import openpyxl
import pytest
from sqlalchemy.exc import OperationalError

from dashboard import services
from dashboard.texts import texts
from dashboard.upload_story.marked_copy import take_marked_copy
from etl.importing import Incoming
from etl.jobs import requests
from etl.jobs.queue import JobKind, Status
from etl.store.scope import Grant, Role
from etl.store.uploads import MOST_FILES
from surveys.language.texts import LANGUAGES
from surveys.model import WaveMode
from tests.importing_surveys import count_rows
from tests.made.bad_files import BAD_FILES
from tests.sight import Sight, unescape
from tests.upload_house import (
    BORIS,
    COORDINATOR_OF_LIW,
    NAME,
    PROBLEM_QUESTION,
    SURVEY,
    House,
    is_offered,
    text,
    words_of_other_language,
    write_table,
)

PLACEHOLDER = re.compile(r"\{\w+\}|\bnan\b|\bNaT\b|\bNone\b")


# ---------------------------------------------------------------- who may


def test_without_an_account_the_page_says_what_it_needs_and_lets_one_try(house: House) -> None:
    house.visit_anonymously()
    sight = house.open("upload")
    assert text("upload.demo") in sight.words
    assert "/pierwsze-konto" in sight.words
    assert text("upload.workbook.empty") in sight.words
    sight = house.inspect()
    assert text("upload.source.google_forms") in sight.words
    assert text("upload.columns.list", n=27) == sight.at.expander[0].label
    assert not is_offered(sight, "upload-load")
    assert not is_offered(sight, "upload-ask-preview")


def test_a_session_that_ended_shows_the_way_back(house: House) -> None:
    house.sign_in("anna", BORIS)
    house.cookies.clear()
    sight = house.open("upload")
    assert text("upload.signed_out") in sight.words
    assert len(sight.at.file_uploader) == 0


def test_a_participant_may_look_but_not_load(house: House) -> None:
    house.add_partnership()
    house.sign_in("piotr", Grant(Role.PARTICIPANT, "liw"))
    assert text("upload.no_right") in house.open("upload").words
    sight = house.inspect()
    assert text("upload.no_right") in sight.words
    assert not is_offered(sight, "upload-ask-preview")


def test_boris_hears_that_a_partnership_comes_before_its_survey(house: House) -> None:
    house.sign_in("boris", BORIS)
    assert text("upload.no_partnership") in house.inspect().words


def test_only_own_partnerships_can_be_chosen(office: House) -> None:
    office.add_partnership("rozan")
    sight = office.inspect()
    (box,) = (box for box in sight.at.selectbox if box.label == text("upload.form.partnership"))
    assert box.options == ["Partnerstwo liw"]
    assert box.value == "liw"


def test_somebody_elses_file_looks_like_one_that_is_not_there(office: House) -> None:
    address = office.inspect().address
    office.sign_in("jan", COORDINATOR_OF_LIW)
    sight = office.open("upload", wgranie=address["wgranie"])
    assert text("upload.gone") in sight.words
    assert NAME not in sight.words
    nobodys = office.open("upload", wgranie="0" * 32)
    assert nobodys.words == sight.words


@pytest.mark.parametrize("address", ["", "zzz", "../../etc", "0" * 31, "' OR 1=1 --"])
def test_an_address_that_is_no_file_shows_the_choice_of_one(office: House, address: str) -> None:
    assert text("upload.choose.title") in office.open("upload", wgranie=address).words


@pytest.mark.parametrize("ask", ["request_preview", "drop_upload"])
def test_a_click_that_could_not_be_honoured_says_so_once(
    office: House, monkeypatch: pytest.MonkeyPatch, ask: str
) -> None:
    def break_off(*_: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))

    key = {"request_preview": "upload-ask-preview", "drop_upload": "upload-drop"}[ask]
    sight = office.inspect()
    monkeypatch.setattr(requests, ask, break_off)
    sight = sight.press(key)
    assert text("findings.severity.error") in sight.words
    assert is_offered(sight, key)
    assert text("findings.severity.error") not in office.look_again(sight).words


# ---------------------------------------------------------------- the whole way


def test_a_survey_goes_from_the_file_to_the_figures(office: House) -> None:
    sight = office.upload(NAME, SURVEY)
    assert text("upload.stage.queued") in sight.at.get("progress")[0].proto.text
    sight = office.look_again(sight)
    assert text("upload.source.google_forms") in sight.words
    assert f"O **problemy** pyta: „{PROBLEM_QUESTION}”" in sight.words
    assert not is_offered(sight, "upload-load")

    sight = office.preview(sight)
    assert "nowych **60**, znanych **0**, odrzuconych **0**" in sight.words
    figure = sight.open_tables().figures["upload-trial"]
    assert PROBLEM_QUESTION in figure.title
    assert {row[0] for row in figure.rows} >= {"Bezrobocie", "Samotność seniorów"}
    assert count_rows(office.store)["response"] == 0

    sight = office.load(sight)
    assert f"{text('upload.loaded.title')}: {NAME}" in sight.words
    assert "pomiar „Ankieta mieszkańców”" in sight.words
    assert [(link.page, link.query) for link in sight.links] == [
        ("problemy", "partnerstwo=liw"),
        ("grupy", "partnerstwo=liw"),
        ("importy", ""),
    ]
    assert count_rows(office.store)["response"] == 60
    assert office.kept_files() == []
    problems = office.open("problems", partnerstwo="liw")
    assert any(figure.spec is not None for figure in problems.figures.values())
    assert "Samotność seniorów" in "".join(figure.alt for figure in problems.figures.values())


def test_every_step_is_found_again_at_its_address(office: House) -> None:
    def elsewhere() -> Sight:
        return office.open("upload", wgranie=address)

    sight = office.upload(NAME, SURVEY)
    address = sight.address["wgranie"]
    assert elsewhere().words == sight.words
    sight = office.look_again(sight)
    assert elsewhere().words == sight.words
    (name,) = sight.at.text_input
    name.set_value("Wiosna 2026")
    sight = office.preview(Sight(sight.at.run()))
    found = elsewhere()
    assert found.at.text_input[0].value == "Wiosna 2026"
    assert found.words == sight.words
    sight = sight.press("upload-load")
    assert elsewhere().words == sight.words
    sight = office.look_again(sight)
    assert elsewhere().words == sight.words
    assert "Wiosna 2026" in sight.words


def test_a_file_that_waits_can_be_gone_on_with_or_deleted(office: House) -> None:
    uid = office.inspect().address["wgranie"]
    sight = office.open("upload")
    assert NAME in sight.words
    assert text("upload.recognised.title") in sight.press(f"open-{uid}").words
    sight = office.open("upload").press(f"drop-{uid}")
    assert NAME not in sight.words
    assert office.kept_files() == []


def test_two_clicks_are_one_import(office: House) -> None:
    sight = office.preview(office.inspect())
    other = office.open("upload", wgranie=sight.address["wgranie"])
    sight.press("upload-load")
    other.press("upload-load")
    assert [job.state for job in office.jobs(JobKind.IMPORT)] == [Status.QUEUED]
    office.work()
    assert count_rows(office.store)["import_batch"] == 1


def test_a_click_in_a_tab_that_does_not_know_yet_changes_nothing(office: House) -> None:
    sight = office.preview(office.inspect())
    stale = office.open("upload", wgranie=sight.address["wgranie"])
    office.load(sight)
    before = count_rows(office.store)
    late = office.load(stale)
    assert text("upload.loaded.title") in late.words
    after = count_rows(office.store)
    assert {name: after[name] - before[name] for name in before if after[name] != before[name]} in ({}, {"job": 1})


def test_stopping_leaves_nothing_and_the_file_can_be_loaded_after_all(office: House) -> None:
    sight = office.preview(office.inspect())
    before = count_rows(office.store)
    sight = sight.press("upload-load")
    (cancel,) = (button.key for button in sight.at.button if button.key.startswith("cancel-"))
    sight = office.look_again(sight.press(cancel))
    assert text("upload.cancelled.body") in sight.words
    after = count_rows(office.store)
    assert {name for name in before if after[name] != before[name]} == {"job"}
    assert office.kept_files() == [NAME]
    assert text("upload.loaded.title") in office.load(sight).words


def test_the_same_file_again_is_said_before_it_is_loaded(office: House) -> None:
    office.load(office.preview(office.inspect()))
    sight = office.preview(office.inspect())
    assert "została już wczytana" in sight.words
    assert not is_offered(sight, "upload-load")


def test_a_survey_about_something_else_says_that_the_pages_stay(office: House) -> None:
    rows = [[f"2026/03/{day:02} 1:02:03 PM CET", "Tak" if day % 3 else "Nie"] for day in range(1, 29)]
    answers = write_table(["Sygnatura czasowa", "Czy lubi Pani herbatę?"], *rows)
    sight = office.load(office.preview(office.inspect(answers)))
    assert text("upload.loaded.no_subject") in sight.words
    assert [link.page for link in sight.links] == ["partnerstwa", "importy"]


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    "made", ["nothing", "word_file_named_as_workbook", "empty_zip", "workbook_without_cells"]
)  # every one of them is tried below the pages
def test_a_file_that_cannot_be_read_gets_a_sentence_and_is_not_kept(office: House, made: str) -> None:
    name, make, _ = BAD_FILES[made]
    before = count_rows(office.store)
    sight = office.inspect(make(), name)
    assert text("upload.unreadable.title") in sight.words
    assert text("findings.severity.error") in sight.words
    assert name in sight.words
    assert text("findings.remedy") in sight.words
    assert "Traceback" not in sight.words
    assert office.kept_files() == []
    after = count_rows(office.store)
    assert {table for table in before if after[table] != before[table]} == {"job"}
    again = office.open("upload", wgranie=sight.address["wgranie"])
    assert text("upload.unreadable.title") in again.words
    assert name in again.words
    assert text("upload.choose.title") in sight.press("upload-again").words


def test_an_import_that_stops_shows_why_and_the_steps_again(office: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sight = office.preview(office.inspect()).press("upload-load")

    def break_down(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("Anna Nowak, PESEL")

    with monkeypatch.context() as broken:
        broken.setattr("etl.jobs.kinds.import_file", break_down)
        sight = office.look_again(sight)
    assert text("upload.failed.title") in sight.words
    assert "nie przewidzieliśmy" in sight.words
    assert "Nowak" not in sight.words
    assert text("upload.loaded.title") in office.load(sight).words


def test_a_person_can_only_have_so_many_files_waiting(office: House) -> None:
    actor = office.actor
    for number in range(MOST_FILES):
        requests.keep_upload(office.store, actor, Incoming(f"{number}.csv", b"a"))
    sight = office.upload(NAME, SURVEY)
    assert "Czeka już tyle wgranych plików" in sight.words
    assert sight.address == {}


def test_a_visitor_without_a_key_of_their_own_keeps_nothing(house: House) -> None:
    sight = house.upload(NAME, SURVEY)
    assert "nie jest dostępne" in sight.words
    assert count_rows(house.store)["upload"] == 0


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_speaks_one_language_completely(office: House, language: str) -> None:
    foreign = words_of_other_language(language)
    uid = office.inspect().address["wgranie"]
    sight = office.open("upload", wgranie=uid, lang=language)
    steps = [office.open("upload", lang=language), sight]
    steps.append(office.preview(sight))
    steps.append(steps[-1].press("upload-load"))
    steps.append(office.look_again(steps[-1]))
    for step in steps:
        shown = {unescape(line).strip("# *") for line in (*step.markdown, *step.words.split("\n"))}
        assert shown & foreign == set()
        assert PLACEHOLDER.findall(step.words) == []
        level = 1
        for heading in step.headings:
            depth = len(heading) - len(heading.lstrip("#"))
            assert depth <= level + 1, heading
            level = depth


def test_every_text_of_a_stage_a_source_and_a_role_is_there() -> None:
    from etl.recognise.registry import RECOGNISERS

    for recogniser in RECOGNISERS:
        assert f"upload.source.{recogniser.SOURCE}" in texts()  # type: ignore[attr-defined] # every recogniser names its source
    for kind in JobKind:
        assert f"upload.stage.any_{kind.value}" in texts()


def test_an_old_file_is_found_however_much_was_asked_for_since(office: House) -> None:
    uid = office.inspect().address["wgranie"]
    for number in range(25):
        services.inspect_again(office.actor, f"{number:032x}")
    office.work()
    sight = office.open("upload", wgranie=uid)
    assert text("upload.form.title") in sight.words
    assert len(office.jobs(JobKind.INSPECT)) == 26


BDL = "Kod;Nazwa;ludność;ludność\n;;2022;2023\n1433042;Liw (2);7000;6900\n1411042;Krasnosielc (2);64;63\n"
FORM = "survey,type,name,label\n,text,q1,Co tu działa?\n,integer,q2,Ile osób?\n"


@pytest.mark.parametrize(
    ("name", "content", "finding"), [("bdl.csv", BDL, "To dane urzędowe"), ("form.csv", FORM, "kwestionariusz")]
)
def test_what_a_coordinator_never_loads_asks_for_nothing(office: House, name: str, content: str, finding: str) -> None:
    sight = office.inspect(content.encode(), name=name)
    assert finding in sight.words
    assert text("upload.form.partnership") not in sight.words
    assert not is_offered(sight, "upload-ask-preview")


@pytest.mark.parametrize("grant", [BORIS, Grant(Role.ADMINISTRATOR)])
def test_boris_and_administrators_load_official_figures(house: House, grant: Grant) -> None:
    house.sign_in("barbara", grant)
    sight = house.look_again(house.inspect(BDL.encode(), name="bdl.csv"))
    assert text("upload.official.whose") in sight.words
    assert "W pliku liczb: 4; do wczytania **4**, pominiętych **0**" in sight.words
    sight = house.load(sight)
    assert text("upload.loaded.title") in sight.words
    assert "wczytano **4**" in sight.words
    history = house.open("imports")
    assert text("imports.shared") in history.words
    assert "W pliku liczb: 4; wczytano 4, pominięto 0" in history.words
    (key,) = (button.key for button in history.at.button if (button.key or "").startswith("undo-"))
    history.press(key)
    assert text("imports.undo.sure_indicators", name="bdl.csv") in history.words
    house.look_again(history.press(key.replace("undo-", "undo-yes-")))
    assert text("imports.undone_mark") in house.open("imports").words


def test_a_coordinator_is_told_who_loads_official_figures(office: House) -> None:
    sight = office.inspect(BDL.encode(), name="bdl.csv")
    assert text("upload.official.no_right") in sight.words
    assert not is_offered(sight, "upload-load")


def test_counts_of_paper_questionnaires_are_taken_for_paper(office: House) -> None:
    table = "Pytanie;Odpowiedź;Liczba\nPłeć;Kobieta;25\nPłeć;Mężczyzna;15\nLiczba ankiet;;40\n"
    sight = office.inspect(table.encode(), name="zliczone.csv")
    (box,) = (box for box in sight.at.radio if box.label == text("upload.form.mode"))
    assert box.value == WaveMode.PAPER


def test_a_surveys_workbook_comes_back_with_its_faults_marked(office: House) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Liczba odpowiedzi 1"
    asked = "Ile lat mieszka Pan/Pani w gminie?"
    book.active.append(["Sygnatura czasowa", asked, "Płeć"])
    for number in range(40):
        stamp = f"{1 + number % 28:02}.03.2026 10:{number:02}:00"
        years = "od zawsze" if number == 7 else 3 + number
        book.active.append([stamp, years, "Kobieta" if number % 2 else "Mężczyzna"])
    out = io.BytesIO()
    book.save(out)
    sight = office.preview(office.inspect(out.getvalue(), "Ankieta.xlsx"))
    ready = office.look_again(sight.press("annotate"))
    assert text("upload.faults.annotated") in ready.words
    (job,) = office.jobs(JobKind.ANNOTATE)
    copy = openpyxl.load_workbook(io.BytesIO(take_marked_copy(office.actor, job.uid)))["Liczba odpowiedzi 1"]
    assert copy["B9"].value == "od zawsze"
    assert "nie są liczbą" in copy["B9"].comment.text
    assert "od zawsze" not in copy["B9"].comment.text
