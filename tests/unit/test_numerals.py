"""Numbers and dates are written as a Polish or English reader expects them."""

from datetime import date
from decimal import Decimal

import pytest

from surveys.language.numerals import (
    count,
    format_date,
    format_money_pln,
    format_number,
    format_percent,
    format_period,
    plural_form,
)

PEOPLE = {"one": "osoba", "few": "osoby", "many": "osób", "other": "osoby"}


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 osób"), (1, "1 osoba"), (2, "2 osoby"), (5, "5 osób"), (11, "11 osób"), (12, "12 osób"),
        (21, "21 osób"), (22, "22 osoby"), (25, "25 osób"), (112, "112 osób"), (1.5, "1,5 osoby"),
        (2.0, "2 osoby"), (1234, "1\u00a0234 osoby"),
    ],
)  # fmt: skip
def test_count_in_polish(n, said):
    assert count(n, PEOPLE) == said


def test_count_in_english():
    forms = {"one": "person", "other": "people"}
    assert [count(n, forms, "en") for n in (0, 1, 2, 1500)] == ["0 people", "1 person", "2 people", "1,500 people"]


def test_a_number_below_zero_has_the_form_of_its_size():
    assert plural_form(-1, "pl") == "one"


@pytest.mark.parametrize(
    ("n", "decimals", "polish", "english"),
    [
        (1234.5, 1, "1\u00a0234,5", "1,234.5"),
        (1234567, 0, "1\u00a0234\u00a0567", "1,234,567"),
        (999, 0, "999", "999"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (Decimal("1.005"), 2, "1,01", "1.01"),
        (-3.25, 1, "−3,3", "−3.3"),
        (-0.04, 1, "0,0", "0.0"),
        (10**18, 0, "\u00a0".join(["1", *["000"] * 6]), ",".join(["1", *["000"] * 6])),
    ],
)
def test_numbers(n, decimals, polish, english):
    assert format_number(n, "pl", decimals=decimals) == polish
    assert format_number(n, "en", decimals=decimals) == english


@pytest.mark.parametrize("missing", [float("nan"), float("inf")])
def test_a_missing_number_is_not_written_as_one(missing):
    with pytest.raises(ValueError, match="in words"):
        format_number(missing, "pl")


def test_percent():
    assert format_percent(0.41, "pl") == "41\u00a0%"
    assert format_percent(0.41, "en") == "41%"
    assert format_percent(0.1234, "pl", decimals=1) == "12,3\u00a0%"
    assert format_percent(0.285, "pl") == "29\u00a0%"  # not 28.499999…


def test_money():
    assert format_money_pln(12500, "pl") == "12\u00a0500\u00a0zł"
    assert format_money_pln(Decimal("12.50"), "pl") == "12,50\u00a0zł"
    assert format_money_pln(12500, "en") == "PLN\u00a012,500"


def test_dates():
    day = date(2025, 3, 1)
    assert format_date(day, "pl") == "1 marca 2025"
    assert format_date(day, "en") == "1 March 2025"
    assert format_date(day, "pl", "month") == "marzec 2025"
    assert format_date(day, "pl", "short") == "01.03.2025"
    assert format_date(day, "en", "short") == "01/03/2025"
    assert format_date(day, "en", "iso") == "2025-03-01"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 5, 3), date(2025, 5, 3), "3 maja 2025"),
        (date(2025, 5, 3), date(2025, 5, 5), "3–5 maja 2025"),
        (date(2025, 3, 1), date(2025, 5, 3), "1 marca – 3 maja 2025"),
        (date(2024, 12, 30), date(2025, 1, 2), "30 grudnia 2024 – 2 stycznia 2025"),
        (date(2025, 5, 3), None, "3 maja 2025 –"),
        (None, date(2025, 5, 3), "– 3 maja 2025"),
        (None, None, ""),
    ],
)
def test_periods(first, last, said):
    assert format_period(first, last, "pl") == said
