"""Findings as the lines a person reads."""

import pytest

from dashboard.findings_list import count_severities, gather_lines
from surveys.findings import Finding, Place, Report, Severity
from surveys.language.texts import LANGUAGES


def duplicate(row: int, name: str = "KGW", sheet: str = "Partnerzy") -> Finding:
    return Finding("PARTNER-DUPLICATE", Place("k.xlsx", sheet, row, "Nazwa partnera"), {"name": name, "first_row": 5})


MACROS = Finding("FILE-MACROS-IGNORED", Place("k.xlsx"))
RAGGED = Finding("FILE-ROWS-RAGGED", Place("k.xlsx", "Arkusz1", 7), {"width": 3, "count": 2})


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_come_first(language):
    lines = gather_lines([MACROS, RAGGED, duplicate(9)], language)
    assert [line.severity for line in lines] == [Severity.ERROR, Severity.WARNING, Severity.INFO]


def test_one_fault_in_many_rows_is_one_line():
    (line,) = gather_lines([duplicate(12), duplicate(9), duplicate(12)], "pl")
    assert line.rows == (9, 12)
    assert line.column == "Nazwa partnera"


def test_different_faults_stay_apart():
    lines = gather_lines([duplicate(9), duplicate(10, name="OSP"), duplicate(9, sheet="Inny")], "pl")
    assert [(line.sheet, line.rows) for line in lines] == [("Partnerzy", (9,)), ("Partnerzy", (10,)), ("Inny", (9,))]


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ((), "Nie znaleziono błędów."),
        ((MACROS,), "Nie znaleziono błędów."),
        ((duplicate(1),), "1 błąd"),
        ((duplicate(1), duplicate(2), RAGGED), "2 błędy, 1 uwaga"),
    ],
)
def test_amounts_are_said_in_words(findings, said):
    assert count_severities(Report(findings), "pl") == said
