"""Wgraj dane: a survey's way from the file to the figures, and everything that can go wrong on it."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from dashboard.texts import say, texts
from etl.importing import Incoming
from etl.jobs import requests
from etl.jobs.queue import JobKind, Status
from etl.store import schema as s
from etl.store.moments import utc_now
from etl.store.scope import Grant, Role
from etl.store.sessions import actor_of_session
from etl.store.uploads import MOST_FILES
from surveys.language.texts import LANGUAGES
from tests.importing_surveys import count_rows
from tests.made.bad_files import BAD_FILES
from tests.made.google_forms import make_survey
from tests.sight import Sight, unescape
from tests.upload_house import BORIS, COORDINATOR_OF_LIW, House

SURVEY = make_survey(60).form_csv()
NAME = "Ankieta mieszkańców (Odpowiedzi).csv"
PROBLEM_QUESTION = "Które problemy są najbardziej dotkliwe w naszej okolicy? (do 3)"
PLACEHOLDER = re.compile(r"\{\w+\}|\bnan\b|\bNaT\b|\bNone\b")


def text(key: str, **facts: object) -> str:
    return unescape(say(key, "pl", **facts))


def table(headers: list[str], *rows: list[str]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([headers, *rows])
    return written.getvalue().encode()


@pytest.fixture
def coordinator(house: House) -> House:
    """A dashboard with one partnership, before whose coordinator we sit."""
    house.add_partnership()
    house.sign_in("anna", COORDINATOR_OF_LIW)
    return house


def inspect(house: House, content: bytes = SURVEY, name: str = NAME) -> Sight:
    return house.look_again(house.upload(name, content))


def preview(house: House, sight: Sight) -> Sight:
    return house.look_again(sight.press("upload-ask-preview"))


def load(house: House, sight: Sight) -> Sight:
    return house.look_again(sight.press("upload-load"))


def is_offered(sight: Sight, key: str) -> bool:
    """Whether a button is there and can be pressed."""
    return any(button.key == key and not button.disabled for button in sight.at.button)


def jobs_of(house: House, kind: JobKind) -> list[Status]:
    actor = actor_of_session(house.store, house.cookies["diagnoza"], utc_now())
    assert actor is not None
    return [job.state for job in requests.list_jobs(house.store, actor) if job.kind is kind]


def kept_files(house: House) -> list[str]:
    actor = actor_of_session(house.store, house.cookies["diagnoza"], utc_now())
    assert actor is not None
    return [file.file_name for file in requests.list_uploads(house.store, actor)]


# ---------------------------------------------------------------- who may


def test_without_an_account_the_page_says_what_it_needs_and_lets_one_try(house: House) -> None:
    house.visit_anonymously()
    sight = house.open("upload")
    assert text("upload.demo") in sight.words
    assert "/pierwsze-konto" in sight.words
    assert text("upload.workbook.empty") in sight.words
    sight = inspect(house)
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
    sight = inspect(house)
    assert text("upload.no_right") in sight.words
    assert not is_offered(sight, "upload-ask-preview")


def test_boris_hears_that_a_partnership_comes_before_its_survey(house: House) -> None:
    house.sign_in("boris", BORIS)
    assert text("upload.no_partnership") in inspect(house).words


def test_only_own_partnerships_can_be_chosen(coordinator: House) -> None:
    coordinator.add_partnership("rozan")
    sight = inspect(coordinator)
    (box,) = (box for box in sight.at.selectbox if box.label == text("upload.form.partnership"))
    assert box.options == ["Partnerstwo liw"]
    assert box.value == "liw"


def test_somebody_elses_file_looks_like_one_that_is_not_there(coordinator: House) -> None:
    address = inspect(coordinator).address
    coordinator.sign_in("jan", COORDINATOR_OF_LIW)
    sight = coordinator.open("upload", wgranie=address["wgranie"])
    assert text("upload.gone") in sight.words
    assert NAME not in sight.words
    nobodys = coordinator.open("upload", wgranie="0" * 32)
    assert nobodys.words == sight.words


@pytest.mark.parametrize("address", ["", "zzz", "../../etc", "0" * 31, "' OR 1=1 --"])
def test_an_address_that_is_no_file_shows_the_choice_of_one(coordinator: House, address: str) -> None:
    assert text("upload.choose.title") in coordinator.open("upload", wgranie=address).words


# ---------------------------------------------------------------- the whole way


def test_a_survey_goes_from_the_file_to_the_figures(coordinator: House) -> None:
    sight = coordinator.upload(NAME, SURVEY)
    assert text("upload.stage.queued") in sight.at.get("progress")[0].proto.text
    sight = coordinator.look_again(sight)
    assert text("upload.source.google_forms") in sight.words
    assert f"O **problemy** pyta: „{PROBLEM_QUESTION}”" in sight.words
    assert not is_offered(sight, "upload-load")

    sight = preview(coordinator, sight)
    assert "Do wczytania: **60**, odrzuconych: **0**" in sight.words
    figure = sight.open_tables().figures["upload-trial"]
    assert PROBLEM_QUESTION in figure.title
    assert {row[0] for row in figure.rows} >= {"Bezrobocie", "Samotność seniorów"}
    assert count_rows(coordinator.store)["response"] == 0

    sight = load(coordinator, sight)
    assert f"{text('upload.loaded.title')}: {NAME}" in sight.words
    assert "pomiar „Ankieta mieszkańców”" in sight.words
    assert [(link.page, link.query) for link in sight.links] == [
        ("problemy", "partnerstwo=liw"),
        ("grupy", "partnerstwo=liw"),
        ("importy", ""),
    ]
    assert count_rows(coordinator.store)["response"] == 60
    assert kept_files(coordinator) == []
    problems = coordinator.open("problems", partnerstwo="liw")
    assert any(figure.spec is not None for figure in problems.figures.values())
    assert "Samotność seniorów" in "".join(figure.alt for figure in problems.figures.values())


def test_every_step_is_found_again_at_its_address(coordinator: House) -> None:
    def elsewhere() -> Sight:
        return coordinator.open("upload", wgranie=address)

    sight = coordinator.upload(NAME, SURVEY)
    address = sight.address["wgranie"]
    assert elsewhere().words == sight.words
    sight = coordinator.look_again(sight)
    assert elsewhere().words == sight.words
    (name,) = sight.at.text_input
    name.set_value("Wiosna 2026")
    sight = preview(coordinator, Sight(sight.at.run()))
    found = elsewhere()
    assert found.at.text_input[0].value == "Wiosna 2026"
    assert found.words == sight.words
    sight = sight.press("upload-load")
    assert elsewhere().words == sight.words
    sight = coordinator.look_again(sight)
    assert elsewhere().words == sight.words
    assert "Wiosna 2026" in sight.words


def test_a_file_that_waits_can_be_gone_on_with_or_deleted(coordinator: House) -> None:
    uid = inspect(coordinator).address["wgranie"]
    sight = coordinator.open("upload")
    assert NAME in sight.words
    assert text("upload.recognised.title") in sight.press(f"open-{uid}").words
    sight = coordinator.open("upload").press(f"drop-{uid}")
    assert NAME not in sight.words
    assert kept_files(coordinator) == []


def test_two_clicks_are_one_import(coordinator: House) -> None:
    sight = preview(coordinator, inspect(coordinator))
    other = coordinator.open("upload", wgranie=sight.address["wgranie"])
    sight.press("upload-load")
    other.press("upload-load")
    assert jobs_of(coordinator, JobKind.IMPORT) == [Status.QUEUED]
    coordinator.work()
    assert count_rows(coordinator.store)["import_batch"] == 1


def test_a_click_in_a_tab_that_does_not_know_yet_changes_nothing(coordinator: House) -> None:
    sight = preview(coordinator, inspect(coordinator))
    stale = coordinator.open("upload", wgranie=sight.address["wgranie"])
    load(coordinator, sight)
    before = count_rows(coordinator.store)
    late = load(coordinator, stale)
    assert text("upload.loaded.title") in late.words
    after = count_rows(coordinator.store)
    assert {name: after[name] - before[name] for name in before if after[name] != before[name]} in ({}, {"job": 1})


def test_stopping_leaves_nothing_and_the_file_can_be_loaded_after_all(coordinator: House) -> None:
    sight = preview(coordinator, inspect(coordinator))
    before = count_rows(coordinator.store)
    sight = sight.press("upload-load")
    (cancel,) = (button.key for button in sight.at.button if button.key.startswith("cancel-"))
    sight = coordinator.look_again(sight.press(cancel))
    assert text("upload.cancelled.body") in sight.words
    after = count_rows(coordinator.store)
    assert {name for name in before if after[name] != before[name]} == {"job"}
    assert kept_files(coordinator) == [NAME]
    assert text("upload.loaded.title") in load(coordinator, sight).words


def test_the_same_file_again_is_said_before_it_is_loaded(coordinator: House) -> None:
    load(coordinator, preview(coordinator, inspect(coordinator)))
    sight = preview(coordinator, inspect(coordinator))
    assert "została już wczytana" in sight.words
    assert not is_offered(sight, "upload-load")


def test_a_survey_about_something_else_says_that_the_pages_stay(coordinator: House) -> None:
    rows = [[f"2026/03/{day:02} 1:02:03 PM CET", "Tak" if day % 3 else "Nie"] for day in range(1, 29)]
    answers = table(["Sygnatura czasowa", "Czy lubi Pani herbatę?"], *rows)
    sight = load(coordinator, preview(coordinator, inspect(coordinator, answers)))
    assert text("upload.loaded.no_subject") in sight.words
    assert [link.page for link in sight.links] == ["partnerstwa", "importy"]


# ---------------------------------------------------------------- privacy


def test_what_few_people_chose_is_not_counted_in_the_preview(coordinator: House) -> None:
    rows = [[f"2026/03/{day:02} 1:0{n}:03 PM CET", "Tak"] for day in range(1, 29) for n in (1, 2)]
    rows[0][1] = "Nie, nigdy"
    answers = table(["Sygnatura czasowa", "Czy zna Pan/Pani sąsiadów?"], *rows)
    figure = preview(coordinator, inspect(coordinator, answers)).open_tables().figures["upload-trial"]
    assert {row[0]: row[1] for row in figure.rows} == {"Tak": "ukryte", "Nie, nigdy": "ukryte"}
    assert not re.search(r"\d", " ".join((figure.sentence, figure.alt, *(cell for row in figure.rows for cell in row))))


PERSONAL = table(
    ["Płeć", "Adres e-mail", "Imię i nazwisko"],
    *[
        ["Kobieta" if n % 2 else "Mężczyzna", f"osoba{n}@example.pl", f"Anna{'abcde'[n % 5]} Nowak{'abcdefgh'[n % 8]}"]
        for n in range(40)
    ],
)


def test_personal_data_wait_for_a_decision(coordinator: House) -> None:
    sight = inspect(coordinator, PERSONAL, "lista.csv")
    (uncertain,) = (box for box in sight.at.radio if box.label == text("upload.uncertain.question"))
    sight = sight.choose(**{uncertain.key: "answers"})
    assert "**Adres e-mail**" in sight.words
    assert text("upload.missing.personal") in sight.words
    assert not is_offered(sight, "upload-ask-preview")
    (decision,) = (box.key for box in sight.at.radio if box.label == text("upload.personal.question"))
    stopped = sight.choose(**{decision: "stop"})
    assert text("upload.personal.then") in stopped.words
    assert not is_offered(stopped, "upload-ask-preview")
    sight = load(coordinator, preview(coordinator, stopped.choose(**{decision: "drop"})))
    assert text("upload.loaded.title") in sight.words
    with coordinator.store.read() as connection:
        questions = connection.execute(select(s.question.c.text_pl)).scalars().all()
        labels = connection.execute(select(s.choice.c.label_pl)).scalars().all()
    assert "Płeć" in questions
    assert "Adres e-mail" not in questions
    assert "Imię i nazwisko" not in questions
    assert not [label for label in labels if "@" in label or "Nowak" in label]


def test_no_answer_of_a_person_stands_on_the_page(coordinator: House) -> None:
    sight = preview(coordinator, inspect(coordinator, SURVEY))
    said = [cell for row in make_survey(60).answers for cell in row if isinstance(cell, str)]
    assert said
    assert not [words for words in said if words in sight.words]


HOSTILE = "![x](http://zly.example/a.png) <b>$\\href{http://zly.example}{x}$</b> :red[x]"


def test_words_of_a_file_stay_words(coordinator: House) -> None:
    rows = [[f"2026/03/{day:02} 1:02:03 PM CET", HOSTILE if day % 2 else "Tak"] for day in range(1, 29)]
    answers = table(["Sygnatura czasowa", HOSTILE], *rows)
    sight = inspect(coordinator, answers, f"{HOSTILE.replace('/', '_')}.csv")
    sight.at.session_state["upload-columns"] = True
    shown = [Sight(sight.at.run()), preview(coordinator, sight)]
    shown.append(load(coordinator, shown[-1]))
    for page in shown:
        raw = "\n".join([*page.markdown, *(str(link.proto.label) for link in page.at.page_link)])
        assert "zly" in raw
        assert not re.search(r"(?<!\\)!\[x|(?<!\\)<b>|(?<!\\)\$|(?<!\\):red", raw)


# ---------------------------------------------------------------- decisions


def test_what_is_uncertain_is_asked_first(coordinator: House) -> None:
    content = table(["Płeć", "Wiek"], *[["Kobieta", str(20 + n)] for n in range(30)])
    sight = inspect(coordinator, content, "spis.csv")
    assert text("upload.uncertain.question") in sight.words
    assert text("upload.form.title") not in sight.words
    (key,) = (box.key for box in sight.at.radio)
    assert text("upload.uncertain.then") in sight.choose(**{key: "other"}).words
    assert text("upload.form.title") in sight.choose(**{key: "answers"}).words


def test_a_column_can_be_left_out_and_another_declared(coordinator: House) -> None:
    rows = [[f"2026/03/{day:02} 1:02:03 PM CET", "kłopot z wodą" if day % 2 else "nuda", "Tak"] for day in range(1, 29)]
    answers = table(["Sygnatura czasowa", "Co doskwiera?", "Zgoda"], *rows)
    sight = inspect(coordinator, answers)
    sight.at.session_state["upload-columns"] = True
    sight = Sight(sight.at.run())
    boxes = {unescape(box.label): box.key for box in sight.at.selectbox}
    sight = sight.choose(**{boxes[text("upload.column.decide", header="Zgoda")]: "ignore"})
    sight = sight.choose(**{boxes[text("upload.subjects.ask_problems")]: 1})
    sight = load(coordinator, preview(coordinator, sight))
    assert [link.page for link in sight.links] == ["problemy", "importy"]
    with coordinator.store.read() as connection:
        questions = connection.execute(select(s.question.c.text_pl, s.question.c.vocabulary)).all()
    assert ("Co doskwiera?", "problems") in [tuple(row) for row in questions]
    assert "Zgoda" not in [row.text_pl for row in questions]


def test_a_decision_after_the_preview_asks_for_another_one(coordinator: House) -> None:
    sight = preview(coordinator, inspect(coordinator))
    assert is_offered(sight, "upload-load")
    sight.at.text_input[0].set_value("Inna nazwa")
    sight = Sight(sight.at.run())
    assert text("upload.preview.stale") in sight.words
    assert not is_offered(sight, "upload-load")
    sight = preview(coordinator, sight)
    assert is_offered(sight, "upload-load")


def test_without_a_partnership_nothing_can_be_looked_at(coordinator: House) -> None:
    coordinator.add_partnership("rozan")
    coordinator.sign_in("ewa", COORDINATOR_OF_LIW, Grant(Role.COORDINATOR, "rozan"))
    sight = inspect(coordinator)
    assert text("upload.missing.partnership") in sight.words
    assert not is_offered(sight, "upload-ask-preview")
    (key,) = (box.key for box in sight.at.selectbox if box.label == text("upload.form.partnership"))
    assert is_offered(sight.choose(**{key: "rozan"}), "upload-ask-preview")


def test_a_long_table_is_shown_page_by_page(coordinator: House) -> None:
    headers = ["Sygnatura czasowa", *(f"Pytanie numer {n}" for n in range(1, 61))]
    rows = [
        [f"2026/03/{day:02} 1:02:03 PM CET", *("Tak" if (day + n) % 3 else "Nie" for n in range(60))]
        for day in range(1, 29)
    ]
    sight = inspect(coordinator, table(headers, *rows))
    sight.at.session_state["upload-columns"] = True
    sight = Sight(sight.at.run())
    assert "**Pytanie numer 19**" in sight.words
    assert "**Pytanie numer 20**" not in sight.words
    assert "Wszystkie kolumny: 61" in sight.words


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    "made", ["nothing", "word_file_named_as_workbook", "empty_zip", "workbook_without_cells"]
)  # every one of them is tried below the pages
def test_a_file_that_cannot_be_read_gets_a_sentence_and_is_not_kept(coordinator: House, made: str) -> None:
    name, make, _ = BAD_FILES[made]
    before = count_rows(coordinator.store)
    sight = inspect(coordinator, make(), name)
    assert text("upload.unreadable.title") in sight.words
    assert text("findings.severity.error") in sight.words
    assert name in sight.words
    assert text("findings.remedy") in sight.words
    assert "Traceback" not in sight.words
    assert kept_files(coordinator) == []
    after = count_rows(coordinator.store)
    assert {table for table in before if after[table] != before[table]} == {"job"}
    again = coordinator.open("upload", wgranie=sight.address["wgranie"])
    assert text("upload.unreadable.title") in again.words
    assert name in again.words
    assert text("upload.choose.title") in sight.press("upload-again").words


def test_an_import_that_stops_shows_why_and_the_steps_again(
    coordinator: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sight = preview(coordinator, inspect(coordinator)).press("upload-load")

    def break_down(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("Anna Nowak, PESEL")

    with monkeypatch.context() as broken:
        broken.setattr("etl.jobs.kinds.import_file", break_down)
        sight = coordinator.look_again(sight)
    assert text("upload.failed.title") in sight.words
    assert "nie przewidzieliśmy" in sight.words
    assert "Nowak" not in sight.words
    assert text("upload.loaded.title") in load(coordinator, sight).words


def test_a_person_can_only_have_so_many_files_waiting(coordinator: House) -> None:
    actor = actor_of_session(coordinator.store, coordinator.cookies["diagnoza"], utc_now())
    assert actor is not None
    for number in range(MOST_FILES):
        requests.keep_upload(coordinator.store, actor, Incoming(f"{number}.csv", b"a"))
    sight = coordinator.upload(NAME, SURVEY)
    assert "Czeka już tyle wgranych plików" in sight.words
    assert sight.address == {}


def test_a_visitor_without_a_key_of_their_own_keeps_nothing(house: House) -> None:
    sight = house.upload(NAME, SURVEY)
    assert "nie jest dostępne" in sight.words
    assert count_rows(house.store)["upload"] == 0


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_speaks_one_language_completely(coordinator: House, language: str) -> None:
    other = "en" if language == "pl" else "pl"
    catalogue = texts()
    foreign = {
        words
        for key in catalogue
        if isinstance(words := catalogue.raw(key, other), str)  # type: ignore[arg-type] # one of the two languages
        and "{" not in words
        and words != catalogue.raw(key, language)  # type: ignore[arg-type] # one of the two languages
    }
    uid = inspect(coordinator).address["wgranie"]
    sight = coordinator.open("upload", wgranie=uid, lang=language)
    steps = [coordinator.open("upload", lang=language), sight]
    steps.append(preview(coordinator, sight))
    steps.append(steps[-1].press("upload-load"))
    steps.append(coordinator.look_again(steps[-1]))
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
