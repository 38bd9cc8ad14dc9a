"""Values as people write them: numbers, days, labels, kinds of missing."""

from datetime import date, datetime

import pytest

from etl.clean.dates import read_days
from etl.clean.labels import cell_text, option_key, question_key, split_grid
from etl.clean.missing import missing_kind, plain_missing_kind
from etl.clean.numbers import read_number

MOMENT = datetime(2026, 5, 31, 8)  # noqa: DTZ001 # a sheet's dates have no zone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("7", 7), ("1,5", 1.5), ("1.5", 1.5), ("1 234,50", 1234.5), ("1\u00a0234", 1234), ("1\u202f234", 1234),
        ("1.234,50", 1234.5), ("−3", -3), ("-3", -3), ("0", 0), ("0,5", 0.5), (3.0, 3), (4, 4),
    ],
)  # fmt: skip
def test_numbers(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "07",
        "18-24",
        "2–5",
        "ok. 5",
        "5 lat",
        "1e5",
        "12345678901234567890",
        "50%",
        "nan",
        "inf",
        True,
        "1,2,3",
        "1 23",
    ],
)
def test_what_is_no_number(written):
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (["2026/05/31 9:09:26 PM GMT+1"], [date(2026, 5, 31)]),
        (["2026-05-31", "31.05.2026", "31.05.2026 01:22:09", "31.05.26"], [date(2026, 5, 31)] * 4),
        (["24/11/2025 15.57.55", "1/12/2025 15.57.55"], [date(2025, 11, 24), date(2025, 12, 1)]),
        (["7/27/26 19:06:23", "8/1/26 19:06:23"], [date(2026, 7, 27), date(2026, 8, 1)]),
        (["5/6/2026 7:06:23 PM"], [date(2026, 5, 6)]),
        ([MOMENT, date(2026, 6, 1)], [date(2026, 5, 31), date(2026, 6, 1)]),
        (["31.02.2026", "wczoraj", 5.0], [None, None, None]),
    ],
)
def test_days(written, days):
    assert read_days(written) == days


def test_days_and_months_that_cannot_be_told_apart_are_not_guessed():
    assert read_days(["5/6/2026 17:00:00", "7/8/2026 18:00:00"]) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (2.5, "2,5"),
        (True, "tak"),
        ("  a \n b\u00a0c ", "a b c"),
        (MOMENT.replace(hour=0), "2026-05-31"),
        (None, ""),
    ],
)
def test_cells_are_read_aloud(cell, text):
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("Mężczyzna", "mezczyzna ", True), ("18–24", "18 - 24", True), ("Tak!", "tak", True),
        ("< 30 min", "> 30 min", False), ("Pracujący/a", "Pracujacy / a", True), ("65+", "65", False),
    ],
)  # fmt: skip
def test_spellings_of_one_option(one, other, equal):
    assert (option_key(one) == option_key(other)) is equal


def test_numbers_of_questions_do_not_matter():
    assert question_key("1. Płeć:") == question_key("12) płeć") == question_key("Płeć")


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("Jak ocenia Pan? [drogi]", ("Jak ocenia Pan?", "drogi")),
        ("Na ile?\nProszę ocenić. [Kultura (w tym sport)]", ("Na ile?\nProszę ocenić.", "Kultura (w tym sport)")),
        ("[sam nawias]", None),
        ("Bez nawiasu", None),
        ("Nawias [w] środku", None),
    ],
)
def test_headers_of_grids(header, parts):
    assert split_grid(header) == parts


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Trudno powiedzieć", "dont_know"), ("nie wiem", "dont_know"), ("Trudno powiedzieć / zależy", "dont_know"),
        ("Nie dotyczy (brak takich dochodów)", "not_applicable"), ("NIE DOTYCZY", "not_applicable"),
        ("Nie mam zdania", "no_opinion"), ("odmowa odpowiedzi", "refused"), ("Wolę nie odpowiadać", "refused"),
        ("Tak", None), ("Nie", None), ("Nie wiedziałam o tym", None), ("", None),
    ],
)  # fmt: skip
def test_kinds_of_missing(said, kind):
    assert missing_kind(option_key(said)) == kind


def test_a_sentence_that_begins_like_a_missing_answer_is_an_answer():
    assert plain_missing_kind(option_key("nie wiem, ale ankieta to dobry pomysł")) is None
