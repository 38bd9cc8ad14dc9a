"""Official figures of the Local Data Bank: told for what they are in every shape, and never taken for answers."""

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from surveys.findings import FaultError
from tests.importing_surveys import add_partnership, count_rows, load
from tests.made.bdl import LONG_CODES, flat_csv, long_xlsx, stacked_xlsx
from tests.made.workbook import write_workbook

EXPORTS = {
    "flat": ("LUDN_2425_CTAB.csv", flat_csv(), 6),
    "flat, old letters": ("LUDN.csv", flat_csv(encoding="cp1250"), 6),
    "flat, codes of twelve digits": ("LUDN.csv", flat_csv(LONG_CODES), 6),
    "stacked": ("LUDN_2425_XTAB.xlsx", stacked_xlsx(), 5),
    "stacked, codes as numbers": ("LUDN.xlsx", stacked_xlsx(numbers=True), 5),
    "long": ("LUDN_2425_XREL.xlsx", long_xlsx(), 6),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_figures_are_told_with_areas_years_and_variables(export):
    name, content, areas = EXPORTS[export]
    inspection = inspect_file(Incoming(name, content))
    assert (inspection.source, inspection.score >= 0.95) == ("bdl", True)
    [told] = [finding for finding in inspection.report if finding.code == "INDICATORS-FOUND"]
    assert dict(told.facts) == {"areas": areas, "years": "2021–2023", "variables": 2}
    assert "indicators" in {sheet.kind for sheet in inspection.sheets}


@pytest.mark.parametrize("export", EXPORTS)
def test_figures_are_not_loaded_and_nothing_is_stored(sqlite_store, export):
    add_partnership(sqlite_store)
    before = count_rows(sqlite_store)
    name, content, _ = EXPORTS[export]
    with pytest.raises(FaultError) as fault:
        load(sqlite_store, content, name=name)
    assert [finding.code for finding in fault.value.report] == ["INDICATORS-NOT-LOADED"]
    assert count_rows(sqlite_store) == before


def test_a_table_of_communes_without_years_is_asked_about():
    rows = [["1433052", "Liw", 7.5], ["1433011", "Węgrów", 8.25]]
    inspection = inspect_file(Incoming("gminy.xlsx", write_workbook({"A": [["Kod", "Nazwa", "Ocena"], *rows]})))
    assert inspection.score < 0.8


def test_answers_with_a_code_and_a_name_are_no_figures():
    rows = [[str(number), "Kowalska", "Tak"] for number in range(100, 130)]
    inspection = inspect_file(Incoming("a.xlsx", write_workbook({"A": [["Kod", "Nazwa", "Czy 2024?"], *rows]})))
    assert inspection.source == "generic"
