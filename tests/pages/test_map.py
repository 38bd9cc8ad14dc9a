"""Mapa: points, table and list say the same, hidden and missing apart, and nobody is left out in silence."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from etl.boundaries.outlines import read_outlines
from etl.sample.generating import SEED
from etl.sample.official import invent_official_figures
from etl.store.boundary_writing import write_boundary_batch
from etl.store.engine import Store
from etl.store.scope import Actor
from surveys.indicators.catalogue import find_indicator
from surveys.model import Partnership, Register, Territory
from surveys.vocabulary import load
from tests.importing_surveys import load as load_file
from tests.made.bdl import write_flat
from tests.made.importing import boris
from tests.made.registers import make_register
from tests.page_visits import Pages, load_registers
from tests.sight import Sight

LIW, WEGROW_POWIAT = "1433042", "1433"


def lines(sight: Sight) -> dict[str, str]:
    """What the list says of each partnership."""
    return dict(link.label.replace("**", "").split(" · ", 1) for link in sight.links)


def shapes(sight: Sight) -> dict[str, str]:
    """Shape of each partnership's point by its slug."""
    return {
        slug: symbol
        for trace in sight.figures["map"].spec["data"]
        if isinstance(trace.get("customdata"), list)
        for slug, symbol in zip(trace["customdata"], trace["marker"]["symbol"], strict=True)
    }


def test_a_map_of_points_has_every_partnership_and_shows_parts_of_gminas_as_such(
    sample_pages: Pages, sample_truth
) -> None:
    sight = sample_pages.see("map")
    found = shapes(sight)
    assert set(found) == set(sample_truth)
    assert {slug for slug, shape in found.items() if shape == "diamond"} == {"warszawa-powisle", "dolina-jeziorki"}
    assert set(lines(sight)) == {one.register.partnership.name for one in sample_truth.values()}
    assert "część gminy lub dzielnicy" in lines(sight)["Dolina Jeziorki"]
    assert all(link.page == "partnerstwa" for link in sight.links)


def test_a_problem_is_shown_by_the_state_of_its_entries(sample_pages: Pages, sample_truth) -> None:
    statuses = load().problem_statuses
    sight = sample_pages.see("map", mapa="P601").open_tables()
    rows = {row[0]: row[1:] for row in sight.figures["map"].rows}
    for sample in sample_truth.values():
        entries = [one for one in sample.register.problems if one.code == "P601"]
        state, number = rows[sample.register.partnership.name]
        assert int(number) == len(entries)
        words = {statuses.label(one.status, "pl") for one in entries} or {"nie wpisano"}
        assert state in words
        assert lines(sight)[sample.register.partnership.name].split(" · ")[0] == state


def test_a_theme_is_shown_by_its_activities_in_the_chosen_years(sample_pages: Pages, sample_truth) -> None:
    sight = sample_pages.see("map", widok="tematy", mapa="T04", od="2023", do="2024").open_tables()
    for sample in sample_truth.values():
        register = sample.register
        number = sum(one.theme == "T04" and one.starts_on.year in {2023, 2024} for one in register.activities)
        assert int(sight.figures["map"].numbers()[register.partnership.name]) == number
        assert lines(sight)[register.partnership.name].startswith(f"{number} ")


def test_residents_shares_pass_the_gate_of_comparisons(sample_pages: Pages, sample_truth) -> None:
    sight = sample_pages.see("map", widok="mieszkancy", mapa="P501").open_tables()
    figure = sight.figures["map"]
    assert "Porównuj ostrożnie" in " ".join(figure.words)
    rows = {row[0]: row[1:] for row in figure.rows}
    for sample in sample_truth.values():
        wave = sample.waves[-1]
        said = wave.answers["main_problems"]
        base = len({number for number, code in said if code.startswith("P")})
        share, low, high, count, rounded, _ = rows[sample.register.partnership.name]
        assert int(rounded) == (base + 2) // 5 * 5
        if base >= 30:
            assert share == f"{round(100 * Counter(said_code for _, said_code in said)['P501'] / base)}\u00a0%"
            assert int(count) % 5 == 0
            assert low != high
        else:
            assert share == "–"


def test_an_indicator_is_shown_to_the_last_digit(sample_pages: Pages, sample_truth) -> None:
    invented = invent_official_figures(SEED)
    codes = [find_indicator(variable, load().indicators).code for variable in invented.variables]
    digits = {
        teryt: value for place, year, teryt, value, _, _ in invented.rows if (codes[place], year) == ("IND09", 2024)
    }
    sight = sample_pages.see("map", widok="wskazniki", mapa="IND09").open_tables()
    for sample in sample_truth.values():
        territory = sample.register.partnership.territory[0]
        expected = digits[territory.teryt].replace(".", ",").replace("-", "−")
        assert sight.figures["map"].numbers()[sample.register.partnership.name] == expected
        assert lines(sight)[sample.register.partnership.name].startswith(f"{expected} · ")
    crimes = sample_pages.see("map", widok="wskazniki", mapa="IND15").open_tables()
    assert "tylko dla powiatów" in " ".join(crimes.figures["map"].words)
    assert {row[1] for row in crimes.figures["map"].rows} >= {"powiat węgrowski", "powiat piaseczyński"}


@pytest.mark.parametrize("address", [{"mapa": "P999"}, {"widok": "wskazniki", "mapa": "P501"}, {"widok": "co?"}])
def test_an_address_that_asks_for_what_there_is_not_shows_points(sample_pages: Pages, address: dict[str, str]) -> None:
    sight = sample_pages.see("map", **address)
    assert sight.figures["map"].title == "Gdzie działają partnerstwa"


def test_partnerships_without_a_place_are_listed_with_what_to_do(pages_of: Callable[..., Pages]) -> None:
    bare = Register(Partnership("nowe", "Bez terenu", sample=True))
    old = Register(Partnership("stare", "Stary kod", sample=True, territory=(Territory("9999011"),)))
    whole = make_register()
    whole = replace(whole, partnership=replace(whole.partnership, sample=True, territory=(Territory(LIW),)))
    powiat = Register(Partnership("powiat", "Powiat", sample=True, territory=(Territory(WEGROW_POWIAT),)))
    pages = pages_of(load_registers(bare, old, whole, powiat))
    sight = pages.see("map", mapa="P501")
    off = sight.figures["map-off"].sentence
    assert "**Bez terenu** – nie ma wpisanego terenu" in off
    assert "**Stary kod** – kodu terenu 9999011 nie ma" in off
    assert "Karty partnerstwa" in off
    assert shapes(sight) == {"liw": "circle", "powiat": "square"}
    assert "bez miejsca na mapie" in lines(sight)["Bez terenu"]
    nothing = pages.see("map", widok="wskazniki")
    assert "Nie wczytano jeszcze danych urzędowych" in nothing.words


def test_a_loaded_table_is_on_the_map_as_it_was_written_and_signs_are_no_zeros(pages_of: Callable[..., Pages]) -> None:
    places = {"liw": LIW, "wegrow": "1433011", "korytnica": "1433032"}
    registers = [Register(Partnership(slug, slug, territory=(Territory(teryt),))) for slug, teryt in places.items()]
    header = "udział bezrobotnych zarejestrowanych w liczbie ludności w wieku produkcyjnym;2023;[%]"
    names = {teryt: load().areas[teryt].name for teryt in places.values()}
    table = write_flat([header], {LIW: ["12,50"], "1433011": ["."], "1433032": ["x"]}, names=names)
    pages = pages_of(load_registers(*registers), lambda store: load_file(store, table, name="RYNE_1_CTAB.csv"))
    pages.actor = boris()
    sight = pages.see("map", widok="wskazniki", mapa="IND02").open_tables()
    assert sight.figures["map"].numbers() == {"liw": "12,50", "wegrow": "brak danych", "korytnica": "brak danych"}
    assert lines(sight)["liw"].startswith("12,50\u00a0% · ")
    assert "RYNE" in " ".join(sight.figures["map"].words)
    mirrors = pages.see("mirrors", partnerstwo="wegrow").figures["mirrors-official"].sentence
    assert "brak informacji (2023)" in mirrors
    assert "RYNE" in mirrors
    # The invented figures are nobody's: in the sample there is nothing of the loaded table.
    assert "wymyślone" not in sight.words


def test_imported_outlines_are_filled_with_the_class_and_parts_are_not(pages_of: Callable[..., Pages]) -> None:
    whole = make_register()
    whole = replace(whole, partnership=replace(whole.partnership, sample=True, territory=(Territory(LIW),)))
    part = Register(
        Partnership("czesc", "Część", sample=True, territory=(Territory("1433011", "Rynek"),)),
    )
    pages = pages_of(load_registers(whole, part), import_outlines)
    sight = pages.see("map", mapa="P501")
    filled = [trace for trace in sight.figures["map"].spec["data"] if trace.get("fill") == "toself"]
    assert [len(trace["x"]) for trace in filled] == [6, 6], "the powiat, and the gmina that is a whole territory"
    assert "wczytanego pliku" in " ".join(sight.figures["map"].words)


def import_outlines(store: Store) -> None:
    def square(code: str, x: float, y: float, side: float) -> dict[str, object]:
        ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "properties": {"teryt": code}, "geometry": geometry}

    features = [square(LIW, 21.9, 52.3, 0.2), square("1433011", 22.0, 52.38, 0.1), square("1433", 21.8, 52.2, 0.6)]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    areas = load().areas
    outlines = read_outlines(content, "granice.geojson", areas)
    with store.write() as connection:
        written = write_boundary_batch(
            connection, actor=Actor.at_machine(), outlines=outlines, areas=areas, file_name="granice.geojson",
            content_hash="1",
        )  # fmt: skip
    assert written.rows_stored == 3
