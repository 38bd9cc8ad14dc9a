"""The OZPS form: a point and an x stay what they are, 0 is less than the unit, forecasts are no facts."""

import pytest

from etl.importing import Decisions, Incoming
from etl.pipeline import inspect_file
from etl.store.reading.indicators import list_variables, read_figures
from etl.store.register_writing import write_register
from surveys.indicators import FigureState
from surveys.model import Partnership, Register, Territory
from tests.importing_surveys import codes, load
from tests.made.ozps import SECTION, ozps_xlsx, plain_ozps_xlsx
from tests.made.workbook import write_workbook

LIW = "1433042"
BY_NAME = ["dwa lata przed rokiem oceny", "rok przed rokiem oceny", "rok oceny", "rok po ocenie", "dwa lata po ocenie"]


def stored(store):
    """Figures by the words of their row: digits or state by year."""
    with store.read() as connection:
        return {
            each.variable.name: {
                figure.year: figure.value if figure.state is FigureState.VALUE else figure.state
                for figure in read_figures(connection, each, teryt=LIW)
            }
            for each in list_variables(connection)
        }


@pytest.mark.parametrize("years", [None, BY_NAME, ["2021 r.", "2022 r.", "Rok oceny 2023", "Rok 2024", "Rok 2025"]])
def test_the_form_is_told_and_loaded(store, years):
    content = ozps_xlsx(years=years)
    inspection = inspect_file(Incoming("Formularz.xlsx", content))
    assert (inspection.source, inspection.score) == ("ozps", 0.95)
    result = load(store, content, Decisions(), name="Formularz.xlsx")
    assert codes(result) == ["OZPS-FORECASTS-LEFT-OUT"]
    figures = stored(store)
    assert figures["MIESZKAŃCY (w osobach); Ogółem"] == {2021: "9173", 2022: "9159", 2023: "9187"}
    assert figures["RYNEK PRACY; Bezrobotni ogółem"][2022] is FigureState.NO_INFORMATION
    assert list(figures["RYNEK PRACY; Bezrobotni z prawem do zasiłku"].values()) == [
        FigureState.NOT_APPLICABLE, FigureState.BELOW_UNIT, FigureState.BLANK,
    ]  # fmt: skip
    assert figures["UBÓSTWO; Liczba rodzin"] == {2021: "12.5", 2022: FigureState.DID_NOT_OCCUR, 2023: "14"}


def test_the_section_and_the_group_tell_rows_of_one_name_apart(store):
    load(store, ozps_xlsx(), Decisions(), name="Formularz.xlsx")
    with store.read() as connection:
        [women] = [each.variable for each in list_variables(connection) if each.variable.name == "KOBIETY; Wiek 0-17"]
    assert (women.subject, women.sex, women.age.first, women.age.last) == (SECTION, "woman", 0, 17)


def test_a_copied_sheet_with_headings_of_its_own_is_read_too(store):
    assert inspect_file(Incoming("ops.xlsx", plain_ozps_xlsx())).source == "ozps"
    load(store, plain_ozps_xlsx(), Decisions(), name="ops.xlsx")
    figures = stored(store)
    assert figures["Osoby korzystające z pomocy społecznej; Liczba rodzin"][2022] is FigureState.NO_INFORMATION
    assert figures["Powody: ubóstwo; Liczba rodzin"] == {2022: "31", 2023: FigureState.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (ozps_xlsx(code=None), "Formularz.xlsx"),
        (ozps_xlsx(code=None, title="OCENA ZASOBÓW POMOCY SPOŁECZNEJ ZA ROK 2023"), f"OZPS {LIW}.xlsx"),
    ],
)
def test_the_gmina_is_found_by_its_name_or_by_the_file(store, content, name):
    assert load(store, content, Decisions(), name=name).batch
    assert stored(store)["UBÓSTWO; Liczba rodzin"]


def test_a_form_of_nobody_knows_which_gmina_is_not_loaded(store):
    content = ozps_xlsx(code=None, title="OCENA ZASOBÓW POMOCY SPOŁECZNEJ ZA ROK 2023")
    result = load(store, content, Decisions(), name="OZPS.xlsx")
    assert ("OZPS-GMINA-UNKNOWN" in codes(result), result.batch) == (True, None)
    assert stored(store) == {}


def test_a_partnership_of_one_gmina_says_which_it_is(store):
    with store.write() as connection:
        partnership = Partnership("liw", "Partnerstwo Liw", territory=(Territory(LIW, "Liw"),))
        write_register(connection, Register(partnership), None)
    content = ozps_xlsx(code=None, title="OCENA ZASOBÓW POMOCY SPOŁECZNEJ ZA ROK 2023")
    assert load(store, content, Decisions(partnership="liw"), name="OZPS.xlsx").batch
    assert stored(store)["UBÓSTWO; Liczba rodzin"]


def test_answers_with_numbered_rows_are_no_form():
    rows = [["Lp.", "Czy korzysta Pani z pomocy społecznej?", "Rok 2022", "Rok 2023"]]
    rows += [[str(number), "Tak", "1", "2"] for number in range(1, 30)]
    assert inspect_file(Incoming("a.xlsx", write_workbook({"A": rows}))).source != "ozps"
