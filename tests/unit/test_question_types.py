"""Types of questions from the answers alone."""

import numpy as np
import pytest

from etl.mapping.answer_column import AnswerColumn
from etl.mapping.naming import name_question, slug_of_title, title_of_file
from etl.mapping.profile import find_profile
from etl.mapping.question_types import read_question
from etl.mapping.question_wording import find_cap
from etl.mapping.splitting import split_options
from etl.mapping.vocabulary_codes import bind_to_vocabulary
from surveys.model import QuestionType


def column(answers, header="Pytanie?"):
    """A column out of answers and how many people gave each."""
    values = tuple(answers)
    return AnswerColumn(
        0, header, values, tuple(str(value) for value in values), np.zeros(0, dtype=np.int32), tuple(answers.values())
    )


def read(answers, header="Pytanie?", *, separator=None, battery=None, profile=None):
    asked = column(answers, header)
    together = [asked, *(column(other, header) for other in battery or ())]
    return read_question(asked, together, separator=separator, profile=profile)


def labels(reading):
    return [choice.label_pl for choice in reading.choices]


@pytest.mark.parametrize(
    ("answers", "header", "kind"),
    [
        ({"1": 5, "3": 2, "5": 1}, "Jak ważne?", QuestionType.SCALE),
        ({"1": 5, "3": 2, "5": 1}, "Ile osób mieszka z Panią?", QuestionType.NUMBER),
        ({"1": 5, "3": 2, "12": 1}, "Jak często?", QuestionType.NUMBER),
        ({"1,5": 5, "1 200,75": 2}, "Dochód", QuestionType.NUMBER),
        ({"07": 5, "08": 2}, "Powiat", QuestionType.SINGLE),
        ({"2-5": 3, "żadnej": 3}, "W ilu?", QuestionType.SINGLE),
        ({"31.12.2024": 2, "1.01.2025": 1}, "Kiedy?", QuestionType.DATE),
        ({"Tak": 5, "Nie": 2, "Nie wiem": 1}, "Czy?", QuestionType.SINGLE),
        ({"duży": 5, "mały": 2, "brak": 1}, "Jak duży?", QuestionType.SCALE),
        ({"od znajomych": 4, "od znajomych;z Facebooka": 1, "ze strony": 1}, "Skąd?", QuestionType.MULTIPLE),
        ({"bo nie": 2, "z lenistwa": 1}, "Dlaczego?", QuestionType.TEXT),
        ({"Trasy po głównych drogach, w centrum": 1}, "Inne uwagi", QuestionType.TEXT),
        ({"Park": 9, "Bus": 4, "Sklep": 2}, "Czego brakuje?", QuestionType.SINGLE),
    ],
)
def test_a_type_shows_in_the_answers(answers, header, kind):
    assert read(answers, header).type is kind


def test_digits_of_a_grid_have_one_range():
    reading = read({"2": 3, "3": 3}, "Oceń [a]", battery=[{"1": 2, "7": 1}])
    assert labels(reading) == ["1", "2", "3", "4", "5", "6", "7"]


def test_ten_points_that_begin_with_zero():
    assert labels(read({"0": 3, "10": 3})) == [str(point) for point in range(11)]


def test_kinds_of_missing_are_never_points_of_a_scale():
    reading = read({"1": 4, "5": 2, "nie wiem": 1})
    assert [choice.missing for choice in reading.choices] == [None] * 5 + ["dont_know"]


def test_a_middle_that_nobody_chose_is_not_invented():
    assert labels(read({"Zdecydowanie tak": 3, "Raczej nie": 2})) == [
        "Zdecydowanie tak", "Raczej tak", "Raczej nie", "Zdecydowanie nie",
    ]  # fmt: skip


def test_a_stray_answer_stays_beside_its_scale():
    reading = read({"Zdecydowanie tak": 3, "Raczej nie": 2, "Raczej tak": 1, "Zależy od pogody": 1})
    assert reading.type is QuestionType.SCALE
    assert labels(reading)[-1] == "Zależy od pogody"


def test_spellings_of_one_answer_are_one_option():
    reading = read({"AGH": 9, "agh ": 1, "Agh": 2, "UJ": 5})
    assert labels(reading) == ["AGH", "UJ"]
    assert reading.picks == ((0,), (0,), (0,), (1,))


def test_a_text_among_numbers_is_left_unread():
    reading = read({**{str(number): 2 for number in range(11, 40)}, "ok. 50": 1}, "Ile lat?")
    assert (reading.type, len(reading.unread)) == (QuestionType.NUMBER, 1)


def test_sex_keeps_its_third_answer():
    assert labels(read({"Kobieta": 80, "Mężczyzna": 60, "Inna": 1}, "Płeć", profile="gender"))[-1] == "Inna"


@pytest.mark.parametrize(
    ("cells", "pieces"),
    [
        ({"Tak, regularnie": 5, "Tak, czasami": 3, "Nie": 2}, [["Tak, regularnie"], ["Tak, czasami"], ["Nie"]]),
        ({"A (x, y), B": 2, "A (x, y)": 1, "B": 1}, [["A (x, y)", "B"], ["A (x, y)"], ["B"]]),
        (
            {"Brak czasu, Dojazd": 2, "Dojazd": 2, "Brak czasu, Zdrowie, wiek": 3, "Zdrowie, wiek": 1},
            [["Brak czasu", "Dojazd"], ["Dojazd"], ["Brak czasu", "Zdrowie, wiek"], ["Zdrowie, wiek"]],
        ),
    ],
)
def test_commas_inside_options(cells, pieces):
    split = split_options(list(cells), list(cells.values()), ", ")
    assert [list(cell) for cell in split.pieces] == pieces


def test_known_phrases_are_one_option_whatever_stands_in_them():
    cells = ["Park, ławki, kosze, Bus", "Bus, Park", "Park"]
    split = split_options(cells, [1, 1, 1], ", ", known={"park, lawki", "kosze"})
    assert split.pieces[0] == ("Park, ławki", "kosze", "Bus")


def test_prose_is_not_cut():
    prose = {
        f"Myślę, że {word} jest potrzebny, bo {word} pomaga": 1 for word in ("park", "bus", "żłobek", "lekarz", "dom")
    }
    assert read(prose, "Co zmienić?", separator=", ").type is QuestionType.TEXT


def test_half_of_the_options_bind_a_question_to_a_list():
    asked = read({"Bezrobocie": 5, "Alkoholizm": 4, "Samotność seniorów": 3, "Sprawa lokalna X": 2}, "Problem?")
    bound = bind_to_vocabulary(asked)
    assert bound.vocabulary == "problems"
    assert [choice.code for choice in bound.choices] == ["P102", "P301", "P501", "sprawa-lokalna-x"]


def test_two_wordings_of_one_problem_are_one_option():
    bound = bind_to_vocabulary(read({"Alkoholizm": 5, "Bezrobocie": 4, "alkohol": 3}))
    assert [choice.code for choice in bound.choices] == ["P301", "P102"]
    assert bound.picks == ((0,), (1,), (0,))


def test_one_certain_option_of_many_binds_nothing():
    assert bind_to_vocabulary(read({"Bezrobocie": 5, "Park": 4, "Bus": 3, "Sklep": 2, "Most": 1})).vocabulary is None


@pytest.mark.parametrize(
    ("header", "cap"),
    [
        ("Wybierz do 3 problemów", 3), ("(do trzech odpowiedzi)", 3), ("maksymalnie 5", 5), ("najwyżej dwie", 2),
        ("Co robi Pan dla dzieci do 6 lat?", None), ("Wybierz wszystkie", None), ("Dochód do 2000 zł", None),
    ],
)  # fmt: skip
def test_how_many_may_be_ticked(header, cap):
    assert find_cap(header) == cap


@pytest.mark.parametrize(
    ("header", "profile"),
    [
        ("1. Płeć:", "gender"), ("Wiek", "age"), ("Ile ma Pan/Pani lat?", "age"), ("Miejsce zamieszkania", "place"),
        ("Gdzie Pan/Pani mieszka?", "place"), ("5. Status zawodowy (główna sytuacja):", "status"),
        ("Czy w Pana/Pani wieku trudno znaleźć w naszej okolicy dobrą pracę?", None), ("Czego brakuje?", None),
    ],
)  # fmt: skip
def test_the_profile_is_known_by_its_wording(header, profile):
    assert find_profile(header) == profile


def test_names_of_questions_are_short_and_unique():
    first = name_question(
        "", "1. Jak Pani / Pan ocenia życie w naszej gminie, w sołectwie i w okolicy na co dzień?", []
    )
    assert first.isascii()
    assert len(first) <= 60
    assert name_question("", "Płeć", ["plec"]) == "plec-2"
    assert name_question("", "???", []) == "pytanie"
    assert name_question("Bardzo długi początek pytania o dostępność", "lekarza", []).endswith("lekarza")


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        ("Ankieta (Odpowiedzi) - Liczba odpowiedzi 1.csv", "Ankieta"),
        ("Diagnoza_2026(1-69).xlsx", "Diagnoza 2026"),
        ("Ankieta.csv.zip", "Ankieta"),
        ("Gmina 1.5.csv", "Gmina 1.5"),
        (".csv", ".csv"),
        ("Diagnoza 2026.sav", "Diagnoza 2026"),
        ("Diagnoza_2026.zsav", "Diagnoza 2026"),
    ],
)
def test_titles_come_from_names_of_files(file_name, title):
    assert title_of_file(file_name) == title


def test_a_title_without_letters_still_has_an_address():
    assert slug_of_title("…") == "ankieta"
