"""SPSS files: names in row 1, everything else the file says in notes on its columns."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from etl.importing import Incoming
from etl.readers.opening import open_book
from surveys.findings import FaultError
from tests.made.spss_files import PEOPLE, with_response_sets, write_old_polish, write_spss, write_survey


def read(content, name="Diagnoza.sav"):
    return open_book(Incoming(name, content))


@pytest.mark.parametrize("zlib", [False, True], ids=["sav", "zsav"])
def test_cells_stand_under_the_names_of_variables(zlib):
    book = read(write_survey(zlib=zlib))
    [sheet] = book.sheets
    assert (book.format, sheet.name, book.properties["label"]) == ("sav", "Diagnoza", "Diagnoza 2024")
    assert sheet.row(1) == tuple(PEOPLE.columns)
    moment = datetime(2024, 5, 1, 3, 4, 5)  # noqa: DTZ001 # SPSS knows no zones
    assert sheet.row(2) == (1, 1.5, "Łódź", date(2024, 5, 1), moment, 1, 0)
    assert sheet.row(3)[:4] == (2, 2, None, None)
    assert sheet.row(5)[0] is None


def test_labels_and_declared_missing_values_travel_with_their_column():
    notes = read(write_survey()).sheets[0].notes
    assert notes[0].label == "Płeć respondenta"
    assert notes[0].value_labels == {1: "Kobieta", 2: "Mężczyzna", 9: "Odmowa"}
    assert (notes[0].measure, notes[1].measure) == ("nominal", "scale")
    assert notes[0].missing == (9,)
    assert notes[1].missing == ((97, 99),)
    assert [notes[1].is_missing(value) for value in (96, 97, 98.5, 99, 100, "97", True)] == [
        False, True, True, True, False, False, False,
    ]  # fmt: skip
    assert notes[2].label == ""


def test_user_missing_values_stay_in_their_cells():
    assert read(write_survey()).sheets[0].cell(4, 1) == 98


def test_words_may_be_declared_missing():
    frame = pd.DataFrame({"p1": ["tak", "bd", "nie"]})
    notes = read(write_spss(frame, missing_ranges={"p1": ["bd"]})).sheets[0].notes
    assert [notes[0].is_missing(value) for value in ("bd", "tak", 1)] == [True, False, False]


def test_ranges_may_have_no_end():
    frame = pd.DataFrame({"p1": [1.0, -5.0]})
    notes = read(write_spss(frame, missing_ranges={"p1": [{"lo": -np.inf, "hi": -1}]})).sheets[0].notes
    assert [notes[0].is_missing(value) for value in (-(10**9), -1, 0)] == [True, True, False]


def test_sets_of_ticks_are_declared_by_the_file():
    content = with_response_sets(write_survey(), "$ZALETY=D1 1 6 Zalety z1 z2\n$INNE=C 4 Inne plec p1\n")
    ticked, listed = read(content).mr_sets
    assert (ticked.name, ticked.label, ticked.sheet, ticked.columns) == ("ZALETY", "Zalety", "Diagnoza", (5, 6))
    assert ticked.counted_value == 1
    assert (listed.columns, listed.counted_value) == ((0, 1), None)


def test_old_files_that_name_no_encoding_are_read_as_polish_windows():
    book = read(write_old_polish("Płeć – ąęśćżźńół", "Łódź"))
    assert book.sheets[0].notes[0].label == "Płeć – ąęśćżźńół"
    assert book.sheets[0].cell(2, 1) == "Łódź"
    [finding] = book.report
    assert (finding.code, finding.facts["encoding"]) == ("FILE-ENCODING-GUESSED", "windows-1250")


def test_nothing_is_said_of_an_encoding_that_does_not_matter():
    assert not len(read(write_old_polish("Plec", "Lodz")).report)


def test_a_day_beyond_the_calendar_stays_a_number():
    frame = pd.DataFrame({"dzien": [1e13, 2e13]})
    book = read(write_spss(frame, variable_format={"dzien": "DATE11"}))
    assert book.sheets[0].cell(2, 0) == 1e13


def test_a_file_that_lies_of_its_number_of_people_gives_those_it_has():
    content = bytearray(write_survey())
    content[80:84] = (2**31 - 1).to_bytes(4, "little")
    try:
        rows, said = read(bytes(content)).sheets[0].row_count, "read"
    except FaultError as fault:
        rows, said = 5, fault.report.findings[0].code
    assert (rows, said) in {(5, "read"), (5, "FILE-TOO-MANY-CELLS"), (5, "FILE-BROKEN")}


def test_a_real_file(samples):
    [sheet] = read((samples / "spss" / "haven__iris.sav").read_bytes()).sheets
    assert (sheet.row_count, len(sheet.columns)) == (151, 5)
    assert sheet.notes[4].value_labels == {1: "setosa", 2: "versicolor", 3: "virginica"}
