"""Numbers of inhabitants as people type and paste them."""

import pytest

from dashboard.results_story.margins import read_lines, write_lines

LABELS = {"w": "kobieta", "m": "mężczyzna", "a1": "18–24", "a7": "75 i więcej"}


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("kobieta: 1250", 1250),
        ("Kobieta:1 250", 1250),
        ("kobieta\t1\u00a0250", 1250),
        ("kobieta;12,5", 12.5),
        ("kobieta  12.5 %", 12.5),
        ("kobieta: 1.250,5", 1250.5),
    ],
)
def test_a_number_is_read_however_it_is_written(line: str, number: float) -> None:
    assert read_lines(line, LABELS) == ({"w": number}, [])


def test_groups_with_numbers_in_their_names_are_told_from_their_numbers() -> None:
    text = "18-24: 300\n75 i więcej\t410\n\nmężczyzna:"
    assert read_lines(text, LABELS) == ({"a1": 300, "a7": 410}, [])


def test_a_group_without_a_number_is_left_out_and_a_strange_line_is_told() -> None:
    text = "18–24\nkobieta: dużo\nosoba: 12\nmężczyzna: 5\nmężczyzna: 6"
    assert read_lines(text, LABELS) == ({"m": 5}, ["kobieta: dużo", "osoba: 12", "mężczyzna: 6"])


def test_what_is_written_can_be_read_again() -> None:
    margin = {"w": 1250.0, "a1": 12.5, "a7": 2500000.0}
    assert read_lines(write_lines(LABELS, margin), LABELS) == (margin, [])
