"""Wgraj dane: what a person decides about a survey, and what the page keeps to itself while they do."""

import re

import pytest
from sqlalchemy import select

from etl.store import schema as s
from etl.store.scope import Grant, Role
from surveys.language import morphology
from tests.made.google_forms import make_survey
from tests.sight import Sight, unescape
from tests.upload_house import COORDINATOR_OF_LIW, PROBLEM_QUESTION, House, is_offered, text, write_table

# ---------------------------------------------------------------- privacy


def test_what_few_people_chose_is_not_counted_in_the_preview(office: House) -> None:
    rows = [[f"2026/03/{day:02} 1:0{n}:03 PM CET", "Tak"] for day in range(1, 29) for n in (1, 2)]
    rows[0][1] = "Nie, nigdy"
    answers = write_table(["Sygnatura czasowa", "Czy zna Pan/Pani sąsiadów?"], *rows)
    figure = office.preview(office.inspect(answers)).open_tables().figures["upload-trial"]
    assert {row[0]: row[1] for row in figure.rows} == {"Tak": "ukryte", "Nie, nigdy": "ukryte"}
    assert not re.search(r"\d", " ".join((figure.sentence, figure.alt, *(cell for row in figure.rows for cell in row))))


PERSONAL = write_table(
    ["Płeć", "Adres e-mail", "Imię i nazwisko"],
    *[
        ["Kobieta" if n % 2 else "Mężczyzna", f"osoba{n}@example.pl", f"Anna{'abcde'[n % 5]} Nowak{'abcdefgh'[n % 8]}"]
        for n in range(40)
    ],
)


def test_personal_data_wait_for_a_decision(office: House) -> None:
    sight = office.inspect(PERSONAL, "lista.csv")
    (uncertain,) = (box for box in sight.at.radio if box.label == text("upload.uncertain.question"))
    sight = sight.choose(**{uncertain.key: "answers"})
    assert "**Adres e-mail**" in sight.words
    assert text("upload.missing.personal") in sight.words
    assert not is_offered(sight, "upload-ask-preview")
    (decision,) = (box.key for box in sight.at.radio if box.label == text("upload.personal.question"))
    stopped = sight.choose(**{decision: "stop"})
    assert text("upload.personal.then") in stopped.words
    assert not is_offered(stopped, "upload-ask-preview")
    sight = office.load(office.preview(stopped.choose(**{decision: "drop"})))
    assert text("upload.loaded.title") in sight.words
    with office.store.read() as connection:
        questions = connection.execute(select(s.question.c.text_pl)).scalars().all()
        labels = connection.execute(select(s.choice.c.label_pl)).scalars().all()
    assert "Płeć" in questions
    assert "Adres e-mail" not in questions
    assert "Imię i nazwisko" not in questions
    assert not [label for label in labels if "@" in label or "Nowak" in label]


def test_no_answer_of_a_person_stands_on_the_page(office: House) -> None:
    sight = office.preview(office.inspect())
    said = [cell for row in make_survey(60).answers for cell in row if isinstance(cell, str)]
    assert said
    assert not [words for words in said if words in sight.words]


HOSTILE = "![x](http://zly.example/a.png) <b>$\\href{http://zly.example}{x}$</b> :red[x]"


def test_words_of_a_file_stay_words(office: House) -> None:
    rows = [[f"2026/03/{day:02} 1:02:03 PM CET", HOSTILE if day % 2 else "Tak"] for day in range(1, 29)]
    answers = write_table(["Sygnatura czasowa", HOSTILE], *rows)
    sight = office.inspect(answers, f"{HOSTILE.replace('/', '_')}.csv")
    sight.at.session_state["upload-columns"] = True
    shown = [Sight(sight.at.run()), office.preview(sight)]
    shown.append(office.load(shown[-1]))
    for page in shown:
        raw = "\n".join([*page.markdown, *(str(link.proto.label) for link in page.at.page_link)])
        assert "zly" in raw
        assert not re.search(r"(?<!\\)!\[x|(?<!\\)<b>|(?<!\\)\$|(?<!\\):red", raw)


# ---------------------------------------------------------------- decisions


def test_what_is_uncertain_is_asked_first(office: House) -> None:
    content = write_table(["Płeć", "Wiek"], *[["Kobieta", str(20 + n)] for n in range(30)])
    sight = office.inspect(content, "spis.csv")
    assert text("upload.uncertain.question") in sight.words
    assert text("upload.form.title") not in sight.words
    (key,) = (box.key for box in sight.at.radio)
    assert text("upload.uncertain.then") in sight.choose(**{key: "other"}).words
    assert text("upload.form.title") in sight.choose(**{key: "answers"}).words


def test_a_column_can_be_left_out_and_another_declared(office: House) -> None:
    rows = [[f"2026/03/{day:02} 1:02:03 PM CET", "kłopot z wodą" if day % 2 else "nuda", "Tak"] for day in range(1, 29)]
    answers = write_table(["Sygnatura czasowa", "Co doskwiera?", "Zgoda"], *rows)
    sight = office.inspect(answers)
    sight.at.session_state["upload-columns"] = True
    sight = Sight(sight.at.run())
    boxes = {unescape(box.label): box.key for box in sight.at.selectbox}
    sight = sight.choose(**{boxes[text("upload.column.decide", header="Zgoda")]: "ignore"})
    sight = sight.choose(**{boxes[text("upload.subjects.ask_problems")]: 1})
    sight = office.load(office.preview(sight))
    assert [link.page for link in sight.links] == ["problemy", "importy"]
    with office.store.read() as connection:
        questions = connection.execute(select(s.question.c.text_pl, s.question.c.vocabulary)).all()
    assert ("Co doskwiera?", "problems") in [tuple(row) for row in questions]
    assert "Zgoda" not in [row.text_pl for row in questions]


def test_a_decision_after_the_preview_asks_for_another_one(office: House) -> None:
    sight = office.preview(office.inspect())
    assert is_offered(sight, "upload-load")
    sight.at.text_input[0].set_value("Inna nazwa")
    sight = Sight(sight.at.run())
    assert text("upload.preview.stale") in sight.words
    assert not is_offered(sight, "upload-load")
    sight = office.preview(sight)
    assert is_offered(sight, "upload-load")


def test_without_a_partnership_nothing_can_be_looked_at(office: House) -> None:
    office.add_partnership("rozan")
    office.sign_in("ewa", COORDINATOR_OF_LIW, Grant(Role.COORDINATOR, "rozan"))
    sight = office.inspect()
    assert text("upload.missing.partnership") in sight.words
    assert not is_offered(sight, "upload-ask-preview")
    (key,) = (box.key for box in sight.at.selectbox if box.label == text("upload.form.partnership"))
    # Chosen, the file is looked at once more, beside what that partnership has asked before.
    assert is_offered(office.look_again(sight.choose(**{key: "rozan"})), "upload-ask-preview")


def test_a_long_table_is_shown_page_by_page(office: House) -> None:
    headers = ["Sygnatura czasowa", *(f"Pytanie numer {n}" for n in range(1, 61))]
    rows = [
        [f"2026/03/{day:02} 1:02:03 PM CET", *("Tak" if (day + n) % 3 else "Nie" for n in range(60))]
        for day in range(1, 29)
    ]
    sight = office.inspect(write_table(headers, *rows))
    sight.at.session_state["upload-columns"] = True
    sight = Sight(sight.at.run())
    assert "**Pytanie numer 19**" in sight.words
    assert "**Pytanie numer 20**" not in sight.words
    assert "Wszystkie kolumny: 61" in sight.words


def test_a_question_taken_for_one_about_problems_can_be_told_it_is_not(office: House) -> None:
    sight = office.inspect()
    boxes = {unescape(box.label): box.key for box in sight.at.selectbox}
    label = text("upload.column.decide", header=PROBLEM_QUESTION)
    sight = sight.choose(**{boxes[label]: "vocabulary_none"})
    assert text("upload.subjects.ask_problems") in {unescape(box.label) for box in sight.at.selectbox}
    sight = office.load(office.preview(sight))
    with office.store.read() as connection:
        asked = connection.execute(
            select(s.question.c.vocabulary, s.question.c.type).where(s.question.c.text_pl == PROBLEM_QUESTION)
        ).all()
    assert ("problems", "multiple") not in [tuple(row) for row in asked]
    assert (None, "multiple") in [tuple(row) for row in asked]
    assert "problemy" not in [link.page for link in sight.links]


@pytest.mark.skipif(not morphology.is_available(), reason="there is no dictionary on this machine")
def test_names_in_open_answers_are_taken_out_unless_a_person_says_otherwise(office: House) -> None:
    remarks = ["Pani Tajnowska nie pomaga", "Dziurawa droga do szkoły", "Rozmawiałem z Anną Tajnowską"]
    rows = [[f"2026/03/{day:02} 1:02:03 PM CET", f"{remarks[day % 3]} {day}"] for day in range(1, 29)]
    sight = office.inspect(write_table(["Sygnatura czasowa", "Uwagi"], *rows))
    assert "Tajnow" not in sight.words
    (box,) = (box for box in sight.at.checkbox if box.label == text("mapping.names.keep"))
    sight = office.load(office.preview(sight.choose(**{box.key: True})))
    with office.store.read() as connection:
        assert any("Tajnow" in words for words in connection.execute(select(s.open_answer.c.text)).scalars())


def test_the_number_of_questionnaires_behind_counts_is_asked(office: House) -> None:
    rows = [["Co przeszkadza? (do 3)", "drogi", "20"], ["", "praca", "25"], ["Płeć", "kobieta", "21"], ["", "m", "12"]]
    sight = office.inspect(write_table(["Pytanie", "Odpowiedź", "Liczba"], *rows), "zliczenia.csv")
    assert text("mapping.people.why") in sight.words
    (box,) = sight.at.number_input
    told = "Podaj liczbę ankiet przy wczytywaniu"
    assert told in sight.words
    sight = office.look_again(sight.choose(**{box.key: 33}))
    assert told not in sight.words
    office.load(office.preview(sight))
    base = select(s.choice_count.c.people_count).where(s.choice_count.c.choice_id == 0)
    with office.store.read() as connection:
        assert 33 in connection.execute(base.where(s.choice_count.c.profile_choice_id == 0)).scalars().all()
