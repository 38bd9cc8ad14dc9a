"""Files as strangers bring them: small tables with what no sample shows, each with the answers known."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from tests.importing_surveys import LIW, add_partnership, codes, load, read_answers


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def write_csv(rows):
    """Return rows as Excel saves them in Poland."""
    quoted = [[f'"{cell}"' if ";" in str(cell) else str(cell) for cell in row] for row in rows]
    return "\r\n".join(";".join(row) for row in quoted).encode("cp1250")


def write_workbook(rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def inspect(content, name="Ankieta.csv"):
    return {column.header: column for column in inspect_file(Incoming(name, content)).sheets[0].columns}


PERSONAL = [
    ("Tel.", [f"60122200{number}" for number in range(8)], "PHONE"),
    ("Kontakt", [f"60122200{number}" for number in range(8)], "PHONE"),
    ("Ulica", [f"Długa {number}" for number in range(8)], "ADDRESS"),
    ("Data urodzenia", [f"0{number}.05.1961" for number in range(1, 9)], "BIRTH-DATE"),
    ("Data ur.", [date(1961, 5, day) for day in range(1, 9)], "BIRTH-DATE"),
    ("Gdzie to jest?", [f"52.40{number}1 21.99{number}2 0 0" for number in range(8)], "LOCATION"),
    ("Pinezka", [f"52.40{number}1, 21.99{number}2" for number in range(8)], "LOCATION"),
    ("_Gdzie to jest?_latitude", [52.4001 + number / 10 for number in range(8)], "LOCATION"),
    ("deviceid", [f"ee.humanitarian:k{number}" for number in range(8)], "DEVICE"),
]


@pytest.mark.parametrize(("header", "cells", "kind"), PERSONAL, ids=[header for header, _, _ in PERSONAL])
def test_personal_data_under_short_headers_stop_the_import_until_they_are_dropped(liw, header, cells, kind):
    rows = [["Płeć", header], *([("Kobieta", "Mężczyzna")[number % 2], cell] for number, cell in enumerate(cells))]
    content = write_workbook(rows)
    assert f"SURVEY-IDENTIFIER-COLUMN-{kind}" in codes(load(liw, content, name="a.xlsx"))
    dropping = type(LIW)(partnership="liw", wave="Diagnoza 2026", drop_identifiers=True)
    assert f"SURVEY-IDENTIFIER-DROPPED-{kind}" in codes(load(liw, content, dropping, name="a.xlsx"))
    assert list(read_answers(liw)) == ["Płeć"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Data urodzenia", ["1961", "1975", "1988", "2001"]),
        ("Na jakiej ulicy potrzebny jest chodnik?", ["Długa", "Rynek", "Długa", "Polna"]),
        ("Ile wynosi dochód i wydatek?", ["2,5", "3,5", "4", "5"]),
    ],
)
def test_answers_are_not_taken_for_personal_data(header, cells):
    rows = [["Płeć", header], *(["Kobieta", cell] for cell in cells)]
    assert inspect(write_csv(rows))[header].role == "question"


def test_moments_of_a_form_whose_other_marks_were_deleted_are_no_questions():
    rows = [
        ["start", "end", "Płeć"],
        *([f"2026-03-0{day}T08:00:00.000+01:00"] * 2 + ["Kobieta"] for day in range(1, 6)),
    ]
    columns = inspect(write_csv(rows))
    assert [columns[header].role for header in ("start", "end", "Płeć")] == ["metadata", "metadata", "question"]
