"""Official figures of the Local Data Bank: told in every shape, loaded to the last digit, never taken for answers."""

from decimal import Decimal

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from etl.store.batches import list_batches, undo_batch
from etl.store.reading.indicators import (
    list_variables,
    match_catalogue,
    read_figures,
    read_origin,
    read_place,
)
from etl.store.reading.population import read_population_margins
from etl.store.scope import ForbiddenError
from surveys.indicators import FigureState, Sex
from surveys.vocabulary import load as load_lists
from tests.importing_surveys import MACHINE, add_partnership, codes, count_rows, load
from tests.made.bdl import AREAS, LONG_CODES, VARIABLES, YEARS, flat_csv, long_xlsx, stacked_xlsx, write_flat
from tests.made.importing import NOW, boris, coordinator
from tests.made.workbook import write_workbook

EXPORTS = {
    "flat": ("LUDN_2425_CTAB.csv", flat_csv(), 6),
    "flat, old letters": ("LUDN.csv", flat_csv(encoding="cp1250"), 6),
    "flat, codes of twelve digits": ("LUDN.csv", flat_csv(LONG_CODES), 6),
    "stacked": ("LUDN_2425_XTAB.xlsx", stacked_xlsx(), 5),
    "stacked, codes as numbers": ("LUDN.xlsx", stacked_xlsx(numbers=True), 5),
    "long": ("LUDN_2425_XREL.xlsx", long_xlsx(), 6),
}
LIW, LOCHOW = "1433042", "1433053"


def figures(store, *, name=None, teryt=LIW, year=2023):
    """Figures of one area and year by the variable's name: digits, or the state where there are none."""
    with store.read() as connection:
        return {
            variable.variable.name: figure.value or figure.state
            for variable in list_variables(connection)
            for figure in read_figures(connection, variable, years=[year], teryt=teryt)
            if name in {None, variable.variable.name}
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
def test_every_shape_is_loaded_whole(store, export):
    name, content, areas = EXPORTS[export]
    result = load(store, content, name=name)
    assert result.rows_stored == areas * len(YEARS) * len(VARIABLES)
    assert (result.rows_rejected, result.rows_read) == (0, result.rows_stored)
    with store.read() as connection:
        variables = list_variables(connection)
        assert [(each.variable.name, each.variable.unit, each.years) for each in variables] == [
            ("ogółem", "osoba", YEARS), ("kobiety", "osoba", YEARS),
        ]  # fmt: skip
        assert [each.variable.sex for each in variables] == [Sex.ALL, Sex.WOMAN]
        places = {figure.teryt for figure in read_figures(connection, variables[0])}
    assert places == {"00", "14", "1433", LIW, "0201", "1433011"} - ({"00"} if areas == 5 else set())


@pytest.mark.parametrize("headers", [("Identyfikator jednostki", "Jednostka"), ("TERYT gminy", "Gmina"), ("", "")])
def test_columns_that_somebody_renamed_are_still_codes_and_names(store, headers):
    table = flat_csv().decode("utf-8-sig").replace('"Kod";"Nazwa"', '"{}";"{}"'.format(*headers), 1)
    result = load(store, table.encode("utf-8-sig"), name="LUDN.csv")
    assert (codes(result), result.rows_stored) == ([], 6 * len(YEARS) * len(VARIABLES))
    assert figures(store) == {"ogółem": "1002", "kobiety": "1005"}


def test_one_name_in_two_units_is_two_variables_and_without_a_unit_a_third(store):
    headers = ["dochody;2023;[zł]", "dochody;2023;[tys. zł]", "dochody;2023"]
    load(store, write_flat(headers, {LIW: ["5250", "5,25", "7"]}), name="FIN.csv")
    with store.read() as connection:
        found = {each.variable.unit: [figure.value for figure in read_figures(connection, each)]
                 for each in list_variables(connection)}  # fmt: skip
    assert found == {"zł": ["5250"], "tys. zł": ["5.25"], "": ["7"]}


def test_titles_above_and_footnotes_among_the_rows_are_no_figures(store):
    rows = [["Rynek pracy"], ["Stan w dniu 31 XII"], [], ["Kod", "Nazwa", "a;2023;[zł]"],
            *([code, name, place] for place, (code, name) in enumerate(AREAS, 1)), ["a) dane szacunkowe"]]  # fmt: skip
    rows.insert(7, ["b) bez miasta"])
    result = load(store, write_workbook({"T": rows}), name="a.xlsx")
    assert (result.rows_stored, result.rows_rejected) == (len(AREAS), 0)
    with store.read() as connection:
        origin = read_origin(connection, list_variables(connection)[0], 2023)
    assert [note.text for note in origin.notes] == ["b) bez miasta", "a) dane szacunkowe"]


def test_words_in_place_of_figures_are_left_out_and_said_and_the_rest_is_loaded(store):
    cells = {LIW: ["b.d."], "1433011": ["12,5 %"], "0201000": ["3,0"]}
    result = load(store, write_flat(["a;2023;[%]"], cells), name="a.csv")
    assert codes(result) == ["INDICATORS-CELLS-UNREADABLE"]
    assert (result.rows_stored, result.rows_rejected) == (1, 2)
    assert figures(store, teryt="0201") == {"a": "3.0"}


def test_digits_stay_as_they_were_written_and_signs_never_become_zero(store):
    cells = ["1 234,50", "0,10", "0", ".", "x", "-", "", "12345678,901234567", "-3,2", "7,5*"]
    names = [f"w{place}" for place in range(len(cells))]
    load(store, write_flat([f"{name};2023;[zł]" for name in names], {LIW: cells}), name="FIN.csv")
    assert list(figures(store).values()) == [
        "1234.50", "0.10", "0", FigureState.NO_INFORMATION, FigureState.NOT_APPLICABLE, FigureState.DID_NOT_OCCUR,
        FigureState.BLANK, "12345678.901234567", "-3.2", "7.5",
    ]  # fmt: skip


def test_numbers_of_a_spreadsheet_keep_their_digits(store):
    rows = [["Kod", "Nazwa", "a;2023;[%]", "b;2023;[%]", "c;2023;[%]"], [LIW, "Liw (2)", 12.3, 0.1 + 0.2, 1234567.0]]
    load(store, write_workbook({"T": rows}), name="a.xlsx")
    assert list(figures(store).values()) == ["12.3", "0.3", "1234567"]


def test_a_point_that_may_mean_thousands_is_left_out_and_said(store):
    table = write_flat(["a;2023;[osoba]"], {LIW: ["1.234"], "1433011": ["2,5"]})
    result = load(store, table, name="a.csv")
    assert codes(result) == ["INDICATORS-CELLS-UNREADABLE"]
    assert (figures(store), figures(store, teryt="1433011")) == ({}, {"a": "2.5"})
    assert result.rows_rejected == 1


def test_an_attribute_that_says_nothing_is_known_beats_the_zero_beside_it(store):
    headers = ["Kod", "Nazwa", "Zmienna", "Rok", "Wartość", "Jednostka miary", "Atrybut"]
    said = {
        "a": (0, "brak informacji"),
        "b": (0, "x"),
        "c": (7, "dane szacunkowe"),
        "d": (0, None),
        "e": (0, "zjawisko nie wystąpiło"),
    }
    rows = [[LIW, "Liw (2)", name, 2023, value, "osoba", attribute] for name, (value, attribute) in said.items()]
    load(store, write_workbook({"DANE": [headers, *rows]}), name="a.xlsx")
    assert figures(store) == {
        "a": FigureState.NO_INFORMATION, "b": FigureState.NOT_APPLICABLE, "c": "7", "d": "0",
        "e": FigureState.DID_NOT_OCCUR,
    }  # fmt: skip


def test_headers_of_three_rows_with_merged_cells(store):
    rows = [
        ["Kod", "Nazwa", "ludność", None, None, None, "gospodarstwa", None],
        [None, None, "ogółem", None, "kobiety", None, "ogółem", None],
        [None, None, "2022", "2023", "2022", "2023", "2022", "2023"],
        [None, None, "[osoba]", None, None, None, "[szt.]", None],
        [LIW, "Liw (2)", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    ]
    load(store, write_workbook({"TABLICA": rows}, merged=["C1:F1", "C2:D2"]), name="a.xlsx")
    assert figures(store) == {"ludność; ogółem": "2", "ludność; kobiety": "4", "gospodarstwa; ogółem": "6"}
    with store.read() as connection:
        assert [each.variable.unit for each in list_variables(connection)] == ["osoba", "osoba", "szt."]


def test_what_the_file_says_of_itself_is_kept(store):
    about = [["Kategoria:", "LUDNOŚĆ"], ["Podgrupa:", "Ludność wg grup wieku i płci"], ["Data:", "12.03.2024"],
             ["Uwaga: od 2010 r. dane nieporównywalne z wcześniejszymi"]]  # fmt: skip
    table = [["Kod", "Nazwa", "ogółem;ogółem;2023;[osoba]"], [LIW, "Liw (2)", 10.0], ["a) dane wstępne"]]
    load(store, write_workbook({"OPIS": about, "TABLICA": table}), name="LUDN_2137_XTAB.xlsx")
    with store.read() as connection:
        [variable] = list_variables(connection)
        origin = read_origin(connection, variable, 2023)
        matched = match_catalogue([variable], load_lists().indicators)
    assert (variable.variable.subject, variable.variable.subject_code) == ("Ludność wg grup wieku i płci", "P2137")
    assert origin.fetched_on.isoformat() == "2024-03-12"
    assert [(note.kind, note.text[:9]) for note in origin.notes] == [("break", "Uwaga: od"), ("footnote", "a) dane w")]
    assert list(matched) == ["IND01"]


def test_the_day_of_the_export_is_in_the_name_of_the_file(store):
    load(store, flat_csv(), name="LUDN_2914_CTAB_20210419181211.csv")
    with store.read() as connection:
        assert read_origin(connection, list_variables(connection)[0], 2023).fetched_on.isoformat() == "2021-04-19"


def test_rows_without_a_place_here_are_left_out_and_said(store):
    names = {LIW: "Liw (2)", "1433054": "Łochów - miasto", "1433055": "Łochów - obszar wiejski", "9999011": "Nigdzie"}
    table = write_flat(["a;2023;[osoba]"], {code: ["5"] for code in names}, names=names)
    result = load(store, table, name="a.csv")
    assert codes(result) == ["INDICATORS-AREAS-LEFT-OUT", "INDICATORS-AREAS-UNKNOWN"]
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (4, 1, 3)


def test_a_code_from_before_town_rights_is_the_same_gmina(store):
    names = {"1433052": "Łochów (2) do 2023", LOCHOW: "Łochów (3)"}
    table = write_flat(["a;2022;[osoba]", "a;2023;[osoba]"], {"1433052": ["5", "6"], LOCHOW: ["", "7"]}, names=names)
    result = load(store, table, name="a.csv")
    assert codes(result) == ["INDICATORS-AREAS-OLDER", "INDICATORS-CONTRADICTED"]
    of_lochow = figures(store, teryt=LOCHOW, year=2022), figures(store, teryt=LOCHOW)
    assert of_lochow == ({"a": "5"}, {"a": "7"})


def test_names_that_do_not_fit_their_codes_stop_the_import(store):
    names = dict.fromkeys((LIW, "1433011", "0201011"), "Zupełnie inna gmina")
    result = load(store, write_flat(["a;2023;[osoba]"], {code: ["5"] for code in names}, names=names), name="a.csv")
    assert (codes(result), result.batch) == (["INDICATORS-AREA-NAMES"], None)


def test_the_same_file_is_one_import_and_can_be_undone(store):
    before = count_rows(store)
    first = load(store, flat_csv(), name="LUDN_2425_CTAB.csv")
    again = load(store, flat_csv(), name="LUDN_2425_CTAB (1).csv", actor=boris())
    assert (again.batch, again.already_loaded, codes(again)) == (first.batch, True, ["IMPORT-ALREADY-LOADED"])
    with store.write() as connection:
        assert codes_of(undo_batch(connection, boris(), first.batch, NOW)) == ["UNDO-DONE"]
    after = count_rows(store)
    assert {name for name in after if after[name] != before[name]} == {"import_batch"}
    assert load(store, flat_csv(), name="LUDN_2425_CTAB.csv").batch not in {None, first.batch}


def test_a_newer_table_counts_and_undoing_it_brings_the_older_back(store):
    old = write_flat(["a;2023;[osoba]"], {LIW: ["5"]})
    load(store, old, name="a.csv")
    newer = load(store, write_flat(["a;2023;[osoba]"], {LIW: ["6"]}), name="a.csv")
    assert figures(store) == {"a": "6"}
    with store.write() as connection:
        undo_batch(connection, MACHINE, newer.batch, NOW)
    assert figures(store) == {"a": "5"}


def test_only_boris_and_administrators_load_see_the_import_and_undo_it(store):
    add_partnership(store)
    before = count_rows(store)
    with pytest.raises(ForbiddenError):
        load(store, flat_csv(), name="LUDN.csv", actor=coordinator("liw"))
    assert count_rows(store) == before
    batch = load(store, flat_csv(), name="LUDN.csv", actor=boris()).batch
    with store.write() as connection:
        assert [each.uid for each in list_batches(connection, boris())] == [batch]
        assert list_batches(connection, coordinator("liw")) == ()
        with pytest.raises(ForbiddenError):
            undo_batch(connection, coordinator("liw"), batch, NOW)


def test_a_place_stands_beside_gminas_of_its_kind(store):
    areas = load_lists().areas
    same = [area for area in areas.gminas if area.kind is areas[LIW].kind][:8]
    values = {area.teryt: [str(10 + place)] for place, area in enumerate(same)} | {LIW: ["12"], "1433011": ["99"]}
    values[same[0].teryt] = ["."]
    table = write_flat(
        ["a;2023;[osoba]"],
        values | {"0000000": ["50"]},
        names={code: areas[code].name if code in areas else "POLSKA" for code in [*values, "0000000"]},
    )
    load(store, table, name="a.csv")
    with store.read() as connection:
        [variable] = list_variables(connection)
        [among] = read_place(connection, variable, LIW, areas)
    assert among.figure.number == Decimal(12)
    assert among.country.number == 50
    assert (len(among.values), among.below, among.equal, among.without_number) == (8, 1, 1, 1)
    assert among.share_below == pytest.approx(1.5 / 7)


def test_a_table_of_communes_without_years_is_asked_about():
    rows = [[LIW, "Liw", 7.5], ["1433011", "Węgrów", 8.25]]
    inspection = inspect_file(Incoming("gminy.xlsx", write_workbook({"A": [["Kod", "Nazwa", "Ocena"], *rows]})))
    assert inspection.score < 0.8


def test_answers_with_a_code_and_a_name_are_no_figures():
    rows = [[str(number), "Kowalska", "Tak"] for number in range(100, 130)]
    inspection = inspect_file(Incoming("a.xlsx", write_workbook({"A": [["Kod", "Nazwa", "Czy 2024?"], *rows]})))
    assert inspection.source == "generic"


def codes_of(report):
    return [finding.code for finding in report]


def test_every_made_code_of_twelve_digits_is_its_area():
    from surveys.indicators import read_area_code

    areas = load_lists().areas
    short = [read_area_code(code, areas) for code, _ in AREAS]
    assert [read_area_code(code, areas) for code in LONG_CODES] == short


def test_the_population_table_gives_margins_for_weighting(store):
    bands = [*(f"{first}-{first + 4}" for first in range(0, 85, 5)), "85 i więcej"]
    headers = [
        f"{band};{sex};2023;[osoba]" for band in ["ogółem", *bands] for sex in ("ogółem", "mężczyźni", "kobiety")
    ]
    cells = [str(each * 18) for each in (30, 10, 20)] + ["30", "10", "20"] * len(bands)
    load(store, write_flat(headers, {LIW: cells}), name="LUDN_2137_CTAB_20240312101500.csv")
    with store.read() as connection:
        margins = read_population_margins(connection, LIW, 2023)
        assert read_population_margins(connection, LIW, 2022).margins == {}
    assert margins.margins["age"] == {
        "18-24": 42.0, "25-34": 60.0, "35-44": 60.0, "45-54": 60.0, "55-64": 60.0, "65-74": 60.0, "75+": 90.0,
    }  # fmt: skip
    assert margins.margins["gender"] == {"woman": 288.0, "man": 144.0}
    assert codes_of(margins.report) == ["POPULATION-BANDS-ESTIMATED"]
