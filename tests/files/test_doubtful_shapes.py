"""Tables that can be read in several ways: numbered columns, yes and no in words, finished results, years, numbers."""

import csv
import io
import random
from dataclasses import replace

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from surveys.model import QuestionType
from tests.importing_surveys import LIW, add_partnership, codes, load, read_answers
from tests.made.workbook import write_workbook

PROBLEMS = ("drogi", "bieda", "samotność seniorów", "brak pracy", "śmieci", "alkohol")
CHANCE = random.Random(3)  # noqa: S311 # made answers
TOPS = [CHANCE.sample(PROBLEMS, 3) for _ in range(30)]


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def write(headers, rows, delimiter=";"):
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows([headers, *rows])
    return target.getvalue().encode()


def ask(headers, rows, name="ankieta.csv"):
    inspection = inspect_file(Incoming(name, write(headers, rows)))
    return inspection, {column.header: column for column in inspection.sheets[0].columns if column.role == "question"}


@pytest.mark.parametrize(
    ("headers", "wording", "kind"),
    [
        (("Problem nr 1", "Problem nr 2", "Problem nr 3"), "Problem", QuestionType.MULTIPLE),
        (("problem1", "problem2", "problem3"), "Problem", QuestionType.MULTIPLE),
        (("1. wybór", "2. wybór", "3. wybór"), "Wybór", QuestionType.RANKING),
        (("Problem (1 miejsce)", "Problem (2 miejsce)", "Problem (3 miejsce)"), "Problem", QuestionType.RANKING),
        (("Pierwszy problem", "Drugi problem", "Trzeci problem"), "Problem", QuestionType.RANKING),
    ],
)
def test_columns_that_differ_by_a_number_are_one_question(headers, wording, kind):
    inspection, asked = ask(("Płeć", *headers), [("K", *top) for top in TOPS])
    assert list(asked) == ["Płeć", wording]
    assert (asked[wording].type, asked[wording].columns) == (kind, (1, 2, 3))
    assert set(asked[wording].choices) == set(PROBLEMS)
    said = "SURVEY-COLUMNS-RANKED" if kind is QuestionType.RANKING else "SURVEY-COLUMNS-NAMED"
    assert said in codes(inspection)


def test_what_was_named_is_stored_for_everybody(liw):
    rows = [("K", *top[:2], "") if number % 3 else ("M", *top) for number, top in enumerate(TOPS)]
    load(liw, write(("Płeć", "Problem nr 1", "Problem nr 2", "Problem nr 3"), rows))
    assert read_answers(liw)["Problem"] == [frozenset(filter(None, row[1:])) for row in rows]


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (("Ocena 1", "Ocena 2", "Ocena 3"), ("dobrze", "źle", "średnio")),
        (("Pytanie 1", "Pytanie 2", "Pytanie 3"), ("tak", "nie", "nie wiem")),
        (("Czy 1 dziecko?", "Czy 2 dziecko?", "Czy 3 dziecko?"), ("tak", "nie", "tak")),
        (("Dom 1", "Dom 2", "Dom 3"), (1, 2, 3)),
    ],
)
def test_numbered_questions_and_ratings_stay_apart(headers, cells):
    _, asked = ask(("Płeć", *headers), [("K", *CHANCE.sample(cells, 3)) for _ in range(20)])
    assert list(asked) == ["Płeć", *headers]


def test_a_column_that_names_the_ticks_of_its_neighbours_is_the_same_question():
    options = PROBLEMS[:3]
    rows = [("K", " ".join(top), *(int(option in top) for option in options)) for top in
            ([option for option in options if CHANCE.random() < 0.6] for _ in range(40))]  # fmt: skip
    inspection, asked = ask(("Płeć", "Co jest problemem?", *(f"Co jest problemem?/{o}" for o in options)), rows)
    assert list(asked) == ["Płeć", "Co jest problemem?"]
    assert (asked["Co jest problemem?"].type, asked["Co jest problemem?"].choices) == (QuestionType.MULTIPLE, options)
    assert "SURVEY-HEADER-REPEATED" not in codes(inspection)


def test_yes_and_no_in_words_are_ticks_where_everybody_ticked_something():
    headers = ("Płeć", *(f"Największe problemy - {problem}" for problem in PROBLEMS))
    ticked = [("K", *("tak" if problem in top else "nie" for problem in PROBLEMS)) for top in TOPS]
    _, asked = ask(headers, ticked)
    assert asked["Największe problemy"].type is QuestionType.MULTIPLE
    some_nothing = [("K", *["nie"] * 6) for _ in range(4)]
    _, asked = ask(headers, ticked + some_nothing)
    assert [header for header in asked if header != "Płeć"] == [f"Największe problemy [{p}]" for p in PROBLEMS]


@pytest.mark.parametrize(
    ("before", "wording"), [("Największe problemy:", "Największe problemy"), ("Płeć", "drogi … alkohol")]
)
def test_options_behind_a_bullet_belong_together(before, wording):
    first = "K" if before == "Płeć" else ""
    rows = [(40, first, *("tak" if problem in top else "nie" for problem in PROBLEMS)) for top in TOPS]
    _, asked = ask(("Wiek", before, *(f"- {problem}" for problem in PROBLEMS)), rows)
    assert asked[wording].type is QuestionType.MULTIPLE
    assert asked[wording].choices == PROBLEMS


RESULTS = {
    "percents in words": (("Problem", "Kobiety", "Mężczyźni"), [("drogi", "41%", "12,5%"), ("bieda", "7%", "9%")]),
    "shares of age groups": (("Problem", "18-34", "60+"), [("drogi", "40,5", "12,5"), ("bieda", "59,5", "87,5")]),
    "counts and percents": (("Odpowiedź", "Liczba", "Procent"), [("tak", 12, "60%"), ("nie", 8, "40%")]),
    "counts that a total adds up": (
        ("Problem", "Kobiety", "Mężczyźni", "Razem"), [("drogi", 12, 8, 20), ("bieda", 3, 4, 7), ("praca", 1, 0, 1)]
    ),
    "a pivot table of Excel with empty cells": (
        ("Etykiety wierszy", "18-23 lat", "24-39 lat", "Suma końcowa"), [("ważne", 9, 24, 33), ("nieważne", "", 2, 2)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("table", RESULTS.values(), ids=RESULTS)
def test_finished_results_are_told_and_not_loaded(liw, table):
    result = load(liw, write(*table), name="wyniki.csv")
    assert (result.batch, result.report.stops) == (None, True)
    assert "SURVEY-IS-A-CROSSTAB" in codes(result)


def test_a_share_of_a_workbook_is_a_share_too():
    rows = [["Problem", "Kobiety", "Ogółem"], ["drogi", 0.41, 0.44], ["bieda", 0.59, 0.56]]
    inspection = inspect_file(Incoming("wyniki.xlsx", write_workbook({"A": rows})))
    assert "SURVEY-IS-A-CROSSTAB" in codes(inspection)


def test_people_with_numbers_are_no_results():
    rows = [(f"os{number}", CHANCE.randint(20, 80), CHANCE.randint(1, 5)) for number in range(20)]
    inspection, _ = ask(("Kod", "Wiek", "Ocena"), rows)
    assert "SURVEY-IS-A-CROSSTAB" not in codes(inspection)


def test_years_of_birth_become_ages_of_the_year_of_the_answers(liw):
    rows = [("K", 1950, "2024-05-02"), ("M", 2000, "2024-05-03"), ("K", 1984, "2024-05-03")] * 5
    result = load(liw, write(("Płeć", "Rok urodzenia", "Data wypełnienia"), rows))
    assert "SURVEY-BIRTH-YEARS" in codes(result)
    assert read_answers(liw)["Rok urodzenia"][:3] == [{"65–74"}, {"18–24"}, {"35–44"}]


def test_the_name_of_the_measurement_says_the_year_else_it_is_asked(liw):
    header = "W którym roku się Pan/Pani urodził(a)?"
    content = write(("Płeć", header), [("K", 1950), ("M", 2000), ("K", 99), *[("K", 1970)] * 9])
    assert "SURVEY-BIRTH-YEARS-WHEN" in codes(inspect_file(Incoming("ankieta.csv", content)))
    decided = replace(LIW, wave="Ankieta 2021")
    result = load(liw, content, decisions=decided)
    assert {"SURVEY-BIRTH-YEARS", "SURVEY-NOT-A-NUMBER"} <= set(codes(result))
    assert read_answers(liw, "ankieta-2021")[header][:3] == [{"65–74"}, {"18–24"}, None]


@pytest.mark.parametrize("mark", [",", ", ", ";", " "])
def test_numbers_of_options_in_one_cell_are_ticks(mark):
    rows = [("K", mark.join(sorted(CHANCE.sample("123456", 3)))) for _ in range(20)] + [("M", "4")]
    inspection, asked = ask(("Płeć", "Problemy (numery)"), rows, name="a.csv")
    assert (asked["Problemy (numery)"].type, asked["Problemy (numery)"].choices) == (
        QuestionType.MULTIPLE, tuple("123456"),
    )  # fmt: skip
    assert "SURVEY-OPTION-NUMBERS" in codes(inspection)


def test_a_spreadsheet_that_took_two_options_for_a_decimal_gives_them_back():
    rows = [["Płeć", "Problemy"], *([["K", "1,2,5"], ["M", 1.2], ["K", "2,5,6"], ["M", 3]] * 5)]
    inspection = inspect_file(Incoming("a.xlsx", write_workbook({"A": rows})))
    [asked] = [column for column in inspection.sheets[0].columns if column.header == "Problemy"]
    assert (asked.type, asked.choices) == (QuestionType.MULTIPLE, ("1", "2", "3", "5", "6"))


def test_decimals_stay_numbers():
    rows = [("K", f"{CHANCE.randint(1, 9)},{CHANCE.randint(1, 9)}") for _ in range(20)]
    _, asked = ask(("Płeć", "Ile km do lekarza?"), rows)
    assert asked["Ile km do lekarza?"].type is QuestionType.NUMBER
