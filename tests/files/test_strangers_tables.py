"""Tables as strangers bring them: squeezed into a column, headed by numbers, scales with numbers, notes in between."""

import csv
import io
import random

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from surveys.findings import FaultError
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, codes, load, read_answers
from tests.made.workbook import write_workbook

CHANCE = random.Random(7)  # noqa: S311 # made answers
HEADERS = ["Płeć", "Wiek", "Jak ocenia Pan/Pani drogi?", "Największy problem"]
EASE = ("bardzo źle", "źle", "średnio", "dobrze", "bardzo dobrze")
PEOPLE = [
    [CHANCE.choice(["Kobieta", "Mężczyzna"]), 18 + 2 * number, CHANCE.choice(EASE), CHANCE.choice(["drogi", "praca"])]
    for number in range(24)
]


def write(*rows, delimiter=";"):
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode()


def ask(content, name="ankieta.csv"):
    inspection = inspect_file(Incoming(name, content))
    [sheet] = [sheet for sheet in inspection.sheets if sheet.kind == "answers"]
    return inspection, sheet, {column.header: column for column in sheet.columns if column.role == "question"}


SQUEEZED = {
    "semicolons in a workbook": (
        "a.xlsx",
        write_workbook({"A": [[";".join(map(str, r))] for r in [HEADERS, *PEOPLE]]}),
    ),
    "commas in a workbook": ("a.xlsx", write_workbook({"A": [[",".join(map(str, r))] for r in [HEADERS, *PEOPLE]]})),
    "quoted lines": ("a.csv", "\n".join('"' + ";".join(map(str, r)) + '"' for r in [HEADERS, *PEOPLE]).encode()),
}


@pytest.mark.parametrize(("name", "content"), SQUEEZED.values(), ids=SQUEEZED)
def test_a_table_squeezed_into_one_column_is_a_table_again(sqlite_store, name, content):
    add_partnership(sqlite_store)
    result = load(sqlite_store, content, name=name)
    assert "FILE-ONE-COLUMN" in codes(result)
    assert read_answers(sqlite_store)["Największy problem"] == [{row[3]} for row in PEOPLE]


def test_sentences_in_one_column_stay_sentences():
    rows = [
        ["Co trzeba zmienić?"],
        *([f"Drogi, chodniki i {n} lamp, może też park" + ", bo tak" * (n % 3)] for n in range(9)),
    ]
    inspection, _, asked = ask(write_workbook({"A": rows}), "a.xlsx")
    assert list(asked) == ["Co trzeba zmienić?"]
    assert "FILE-ONE-COLUMN" not in codes(inspection)


def test_headers_that_are_numbers_of_questions_are_no_respondent():
    rows = [
        ["nr", "1", "2", "3a", "3b"],
        *([n, CHANCE.choice("ab"), CHANCE.choice("abcd"), "a", CHANCE.choice("ab")] for n in range(30)),
    ]
    _, sheet, asked = ask(write_workbook({"A": rows}), "a.xlsx")
    assert (sheet.header_row, sheet.rows, list(asked)) == (1, 30, ["1", "2", "3a", "3b"])


def test_columns_without_a_header_do_not_make_a_respondent_one():
    rows = [["Płeć", "", "Wiek", ""], *([row[0], CHANCE.choice(["tak", "nie"]), row[1] % 9, row[3]] for row in PEOPLE)]
    inspection, sheet, _ = ask(write_workbook({"A": rows}), "a.xlsx")
    assert (sheet.header_row, sheet.rows) == (1, 24)
    assert codes(inspection).count("SURVEY-HEADER-BLANK") == 2


def test_a_table_without_headers_is_not_loaded_under_somebodys_answers(sqlite_store):
    add_partnership(sqlite_store)
    rows = [[row[0], row[2], row[3]] for row in PEOPLE]
    result = load(sqlite_store, write(*rows))
    assert (result.batch, "SURVEY-HEADERS-ARE-ANSWERS" in codes(result)) == (None, True)


SCALES = {
    "number, dash, words": [f"{n} - {word}" for n, word in enumerate(EASE, 1)],
    "words behind a bracket": [f"{n}) {word}" for n, word in enumerate(EASE, 1)],
    "words in brackets": [f"{n} ({word})" for n, word in enumerate(EASE, 1)],
    "only the ends have words": ["1 (bardzo źle)", "2", "3", "4", "5 (bardzo dobrze)"],
    "stars": ["★" * n + "☆" * (5 - n) for n in range(1, 6)],
}


@pytest.mark.parametrize("points", SCALES.values(), ids=SCALES)
def test_points_with_numbers_are_a_scale(points):
    _, _, asked = ask(write(["Płeć", "Ocena dróg"], *(["K", CHANCE.choice(points)] for _ in range(40))))
    assert (asked["Ocena dróg"].type, len(asked["Ocena dróg"].choices)) == (QuestionType.SCALE, 5)


def test_numbers_in_front_of_other_options_say_nothing():
    options = ["1. drogi", "2. praca", "3. lekarz", "4. 2-3 razy"]
    _, _, asked = ask(write(["Płeć", "Problem"], *(["K", CHANCE.choice(options)] for _ in range(40))))
    assert asked["Problem"].type is QuestionType.SINGLE
    assert set(asked["Problem"].choices) == set(options)


def test_pages_and_signatures_between_the_rows_are_nobody(sqlite_store):
    add_partnership(sqlite_store)
    rows = [["Ankieta"], HEADERS, *PEOPLE[:12], ["Strona 2 z 2"], HEADERS, *PEOPLE[12:], ["Sporządził: J. K."]]
    result = load(sqlite_store, write_workbook({"A": rows}), name="a.xlsx")
    assert (result.rows_stored, result.rows_rejected) == (24, 3)
    assert set(read_answers(sqlite_store)["Płeć"]) <= {frozenset({"Kobieta"}), frozenset({"Mężczyzna"})}


def test_short_and_long_forms_in_one_column_are_one_answer():
    sexes, answers = ["K", "kobieta", "Kobieta", "M", "m.", "Mężczyzna"], ["TAK", "tak", "t", "n", "NIE", "nie wiem"]
    rows = [[sex, answer] for sex in sexes for answer in answers]
    _, _, asked = ask(write(["Płeć", "Czy zna Pan/Pani sołtysa?"], *rows))
    assert {choice.lower() for choice in asked["Płeć"].choices} == {"kobieta", "mężczyzna"}
    assert [c.lower() for c in asked["Czy zna Pan/Pani sołtysa?"].choices] == ["tak", "nie", "nie wiem"]


@pytest.mark.parametrize("header", ["Uszereguj od 1 do 4 [{}]", "Uszereguj - {}"])
@pytest.mark.parametrize("stamp", ["Sygnatura czasowa", "Data"])
def test_places_given_once_each_are_a_ranking(header, stamp):
    options = ("drogi", "praca", "lekarz", "park")
    rows = [[f"2024/05/{n + 1:02} 1:02:03 PM CET", *CHANCE.sample(range(1, 5), 4)] for n in range(20)]
    _, _, asked = ask(write([stamp, *map(header.format, options)], *rows, delimiter=","))
    [ranking] = asked.values()
    assert (ranking.type, ranking.choices) == (QuestionType.RANKING, options)


def test_ratings_that_agree_are_no_ranking():
    rows = [["K", *(CHANCE.randint(1, 4) for _ in range(4))] for _ in range(20)]
    _, _, asked = ask(write(["Płeć", *(f"Oceń - {option}" for option in ("a", "b", "c", "d"))], *rows))
    assert [column.type for column in asked.values()][1:] == [QuestionType.SCALE] * 4


def test_one_header_over_columns_of_options_is_one_question():
    ticks = [[CHANCE.choice([option, ""]) for option in ("drogi", "praca", "park")] for _ in range(30)]
    headers = ["#", "Płeć", "Wiek", *["2. Zaznacz problemy"] * 3]
    _, _, asked = ask(write(headers, *([n, "Kobieta", 20 + n, *ticked] for n, ticked in enumerate(ticks))))
    assert (asked["2. Zaznacz problemy"].type, asked["2. Zaznacz problemy"].choices) == (
        QuestionType.MULTIPLE, ("drogi", "praca", "park"),
    )  # fmt: skip


def test_a_cross_on_one_of_three_points_is_a_scale():
    upper = ["Nr", "Drogi", "", "", "Lekarz", "", ""]
    lower = ["", "źle", "średnio", "dobrze", "źle", "średnio", "dobrze"]
    rows = [
        [
            n,
            *(("x" if place == n % 3 else None) for place in range(3)),
            *(("x" if place == n % 2 else None) for place in range(3)),
        ]
        for n in range(1, 25)
    ]
    _, _, asked = ask(write_workbook({"A": [upper, lower, *rows]}), "a.xlsx")
    assert [(column.type, column.choices) for column in asked.values()] == [
        (QuestionType.SCALE, ("źle", "średnio", "dobrze"))
    ] * 2


def test_a_row_an_answer_is_told(sqlite_store):
    add_partnership(sqlite_store)
    rows = [[n, header, cell] for n, row in enumerate(PEOPLE) for header, cell in zip(HEADERS, row, strict=True)]
    result = load(sqlite_store, write(["Nr ankiety", "Pytanie", "Odpowiedź"], *rows))
    assert (result.batch, "SURVEY-IS-LONG" in codes(result)) == (None, True)


def test_columns_that_every_tool_has_are_not_limesurveys():
    headers = ["ID", "Data rozpoczęcia", "Data zakończenia", "Adres IP", "1. Płeć", "2. Problem"]
    rows = [[n, "2024-05-01 10:00:00", "2024-05-01 10:05:00", "83.1.2.3", "Kobieta", "drogi"] for n in range(30)]
    inspection, _, asked = ask(write(headers, *rows))
    assert inspection.source == "generic"
    assert list(asked) == ["1. Płeć", "2. Problem"]


@pytest.mark.parametrize("content", [b'{"url": "https://docs.example/open?id=1"}', b'[{"plec": "K"}, {"plec": "M"}]'])
def test_a_shortcut_to_a_document_is_told(content):
    with pytest.raises(FaultError) as fault:
        inspect_file(Incoming("ankieta.gsheet", content))
    assert [finding.code for finding in fault.value.report] == ["FILE-IS-JSON"]


def test_numbers_with_their_units_are_numbers():
    ages = ["35 l.", "45 lat", "60 l.", "52", "67 lat"]
    shares = ["17%", "5 %", "40%", "12,5%", "8%"]
    pay = ["2 500 zł", "2,5 tys.", "3 tys. zł", "1800", "3.200,00 zł"]
    rows = [[ages[n % 5], shares[n % 5], pay[n % 5]] for n in range(30)]
    _, _, asked = ask(write(["Wiek", "Ile procent dochodu na leki?", "Dochód na osobę"], *rows))
    assert asked["Wiek"].reason == "mapping.reason.age_bands"
    assert [column.type for column in asked.values()][1:] == [QuestionType.NUMBER] * 2
