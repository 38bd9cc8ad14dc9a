"""Values as people write them: numbers, days, labels, kinds of missing."""

from datetime import date, datetime

import pytest

from etl.clean.dates import month_number, read_days, read_moments
from etl.clean.labels import cell_text, option_key, question_key, split_grid
from etl.clean.missing import missing_kind, plain_missing_kind
from etl.clean.numbers import has_ambiguous_points, read_column_numbers, read_number

MOMENT = datetime(2026, 5, 31, 8)  # noqa: DTZ001 # a sheet's dates have no zone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("7", 7), ("1,5", 1.5), ("1.5", 1.5), ("1 234,50", 1234.5), ("1\u00a0234", 1234), ("1\u202f234", 1234),
        ("1.234,50", 1234.5), ("1.234.567", 1234567), ("1,234,567.5", 1234567.5),
        ("0.125", 0.125), ("−3", -3), ("-3", -3), ("0", 0), ("0,5", 0.5), (3.0, 3), (4, 4),
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
        "1.234",
    ],
)
def test_what_is_no_number(written):
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (["1.234", "2.5"], [1.234, 2.5]),
        (["1.234", "1.234.567"], [1234, 1234567]),
        (["1.234", "1.234,50"], [1234, 1234.5]),
        (["1.234", "2,5", "trudno powiedzieć"], [1234, 2.5, None]),
        (["1.234", "7", 3.0], [None, 7, 3]),
        (["1.234", "2.5", "2,5"], [None, 2.5, 2.5]),
    ],
)
def test_a_column_shows_what_its_points_mean(written, numbers):
    assert read_column_numbers(written) == numbers


def test_points_that_may_mean_two_things_are_asked_about():
    assert has_ambiguous_points(["1.234", "7"])
    assert not has_ambiguous_points(["1.234", "2.5"])
    assert not has_ambiguous_points(["1234", "7,5"])


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
        (["5 maja 2024", "5 maj 2024 r.", "niedziela, 5 maja 2024", "5 V 2024"], [date(2024, 5, 5)] * 4),
        (["2024-May-05", "2024 maj 5", "2024-maj-05 r."], [date(2024, 5, 5)] * 3),
        (["05-maj-24", "May 5, 2024", "5.05.2024 r.", "2024/5/5"], [date(2024, 5, 5)] * 4),
        (["5 października 2025 godz. 12:30", "5 PAŹ 2025"], [date(2025, 10, 5)] * 2),
        (["31-12-2024", "1-2-2025"], [date(2024, 12, 31), date(2025, 2, 1)]),
        (["5/6/2026", "31.05.2026"], [date(2026, 6, 5), date(2026, 5, 31)]),
        (["12.05.68", "12.05.24"], [date(1968, 5, 12), date(2024, 5, 12)]),
        (["2026-05-31T08:56:00.000Z", "2026-05-31T14:15:48.000-04:00"], [date(2026, 5, 31)] * 2),
        (["18-24", "2,5", "1.2.3", "5 osób 20", "31.12.2024 i jeszcze 3"], [None] * 5),
    ],
)
def test_days(written, days):
    assert read_days(written) == days


def test_days_and_months_that_cannot_be_told_apart_are_not_guessed():
    assert read_days(["5/6/2026 17:00:00", "7/8/2026 18:00:00"]) is None


def test_days_and_months_that_contradict_each_other_are_not_guessed():
    assert read_days(["24/11/2025", "7/27/2026"]) is None


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2016/11/29 6:47:03 PM CET", "18:47:03"),
        ("2013/07/26 0:30:00 PM EET", "12:30:00"),
        ("2013/07/26 12:30:00 AM EET", "00:30:00"),
        ("2013/07/26 12:30:00 PM GMT+2", "12:30:00"),
        ("24/11/2025 15.57.55", "15:57:55"),
        ("29.11.2024 01:22:09", "01:22:09"),
        ("29.11.2024", "00:00:00"),
        ("29.11.2024 25:61", "00:00:00"),
        ("Sun May 05 2024 10:00:00 GMT+0200 (CEST)", "10:00:00"),
        (MOMENT, "08:00:00"),
        (date(2024, 5, 1), "00:00:00"),
    ],
)
def test_hours(written, hour):
    [moment] = read_moments([written])
    assert moment.time().isoformat() == hour


@pytest.mark.parametrize("word", ["maja", "Maj", "MAY", "V"])
def test_names_of_a_month(word):
    assert month_number(word) == 5


def test_a_long_text_of_letters_is_soon_known_to_be_no_day():
    assert read_days(["1.1.2024 " + "a" * 60 + "!"]) == [None]


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


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("nie_wiem", "dont_know"),
        ("trudno_powiedziec", "dont_know"),
        ("nie_wiem_trudno_powiedziec", "dont_know"),
        ("nie_dotyczy", "not_applicable"),
        ("NO_OPINION", "no_opinion"),
        ("nie_wiemy_co", None),
    ],
)
def test_kinds_of_missing_are_known_by_their_codes_too(code, kind):
    assert missing_kind(option_key(code)) == kind
