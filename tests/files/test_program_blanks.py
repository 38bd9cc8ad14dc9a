"""Words that a program writes into empty cells are no answers; the same word from one person's pen may be one."""

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from surveys.model import QuestionType

HEADERS = "Ile osób mieszka w domu?;Jaki jest największy kłopot?;Czy zna Pan/Pani sąsiadów?"


def inspect(*rows: str):
    content = "\n".join([HEADERS, *rows]).encode()
    return inspect_file(Incoming("wyniki.csv", content))


def columns_of(inspection):
    return {column.header.split()[0]: column for column in inspection.sheets[0].columns}


@pytest.mark.parametrize("word", ["NA", "NaN", "nan", "NULL", "<NA>"])
def test_the_word_of_a_program_is_no_option_and_no_number(word):
    rows = [
        f"{number % 5 + 1};{'dojazd' if number % 3 else word};{'Tak' if number % 2 else 'Nie'}" for number in range(30)
    ]
    inspection = inspect(*rows, f"{word};dojazd;{word}", f"{word};{word};Tak")
    columns = columns_of(inspection)
    assert columns["Ile"].type in {QuestionType.NUMBER, QuestionType.SCALE}
    assert word not in {option for column in columns.values() for option in column.choices}
    assert [finding.facts["count"] for finding in inspection.report if finding.code == "FILE-PROGRAM-BLANKS"] == [3]


def test_one_column_with_the_word_keeps_it():
    rows = [f"{number % 5 + 1};{'NA' if number % 3 else 'dojazd'};Tak" for number in range(30)]
    inspection = inspect(*rows)
    assert "NA" in columns_of(inspection)["Jaki"].choices
    assert "FILE-PROGRAM-BLANKS" not in {finding.code for finding in inspection.report}


def test_a_wide_sheet_with_the_word_in_two_columns_of_words_keeps_it():
    headers = ";".join(f"Czy podoba się Państwu miejsce numer {number}?" for number in range(20))
    rows = [
        ";".join("NA" if number in {3, 7} and row % 2 else ("Tak", "Nie")[row % 2] for number in range(20))
        for row in range(30)
    ]
    inspection = inspect_file(Incoming("wyniki.csv", "\n".join([headers, *rows]).encode()))
    assert "NA" in inspection.sheets[0].columns[3].choices
