"""How well people's own words find their code, on a list of realistic phrases kept beside this file.

Columns of ``suggestion_phrases.csv``: ``code`` is what a person would choose; empty means that nothing may be
certain, because the words mean several things, the opposite, or nothing in the list; ``certain`` = ``never`` means
that the code should be suggested but not applied without asking.
"""

import csv
from pathlib import Path

import pytest

from surveys.language.suggestion import Suggestion, suggest

PHRASES = Path(__file__).with_name("suggestion_phrases.csv")


@pytest.fixture(scope="module")
def answered() -> list[tuple[dict[str, str], tuple[Suggestion, ...]]]:
    with PHRASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [(row, suggest(row["kind"], row["text"], limit=3)) for row in rows]


def test_the_list_is_long_enough_to_mean_something(answered):
    assert len(answered) >= 400
    assert sum(not row["code"] for row, _ in answered) >= 60


def test_what_is_certain_is_right(answered):
    wrong = [
        (row["kind"], row["text"], found[0].code)
        for row, found in answered
        if found and found[0].certain and (found[0].code != row["code"] or row["certain"] == "never")
    ]
    assert wrong == []


def test_nine_in_ten_are_among_the_first_three(answered):
    wanted = [(row, found) for row, found in answered if row["code"]]
    missed = [row["text"] for row, found in wanted if row["code"] not in {suggestion.code for suggestion in found}]
    assert len(missed) <= 0.1 * len(wanted), missed


def test_four_in_five_come_first(answered):
    wanted = [(row, found) for row, found in answered if row["code"]]
    missed = [row["text"] for row, found in wanted if not found or found[0].code != row["code"]]
    assert len(missed) <= 0.2 * len(wanted), missed
