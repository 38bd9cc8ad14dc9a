"""The program's own answer sheet: known by its mark, read by its wordings."""

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from etl.recognise.template import MARK
from tests.importing_surveys import add_partnership, load, read_answers
from tests.made.workbook import write_workbook

ANSWERS = [
    ["plec", "najwiekszy_problem"],
    ["Płeć", "Jaki jest największy problem?"],
    ["Kobieta", "Drogi"],
    ["Mężczyzna", "Bus"],
    ["Kobieta", "Drogi"],
]


def make(answers=ANSWERS, *, mark=MARK, hidden=True):
    sheets = {"Odpowiedzi": answers, "znak": [[mark, "residents", "2026-1"]]}
    return write_workbook(sheets, hidden=frozenset({"znak"}) if hidden else frozenset())


def test_the_answer_sheet_is_known_by_its_mark_and_read(sqlite_store):
    add_partnership(sqlite_store)
    inspection = inspect_file(Incoming("Odpowiedzi.xlsx", make()))
    assert (inspection.source, inspection.score, inspection.sheets[0].rows) == ("template", 1.0, 3)
    result = load(sqlite_store, make(), name="Odpowiedzi.xlsx")
    assert (result.source, result.rows_stored) == ("template", 3)
    assert read_answers(sqlite_store)["Jaki jest największy problem?"] == [{"Drogi"}, {"Bus"}, {"Drogi"}]


@pytest.mark.parametrize("content", [make(mark="inny znak"), make(hidden=False), make([["Płeć", "Wiek"], ["K", "5"]])])
def test_without_the_mark_or_the_names_it_is_a_table_like_any_other(content):
    assert inspect_file(Incoming("Odpowiedzi.xlsx", content)).source != "template"
