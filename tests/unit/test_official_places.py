"""Where places stand by official indicators: among their kind and voivodeship, in the newest year, absences apart."""

from decimal import Decimal

import pytest

from etl.sample.generating import SEED
from etl.sample.official import FILE_NAME, invent_official_figures
from etl.store.engine import open_store
from etl.store.reading.official_places import read_standings
from surveys.indicators import FigureState
from surveys.indicators.catalogue import find_indicator
from surveys.vocabulary import load
from surveys.vocabulary.indicators import Direction

LIW, MOKOTOW, WEGROW_POWIAT = "1433042", "1465058", "1433"


@pytest.fixture(scope="module")
def standings(sample_file):
    store = open_store(f"sqlite:///{sample_file}")
    with store.read() as connection:
        found = read_standings(
            connection, [LIW, MOKOTOW, WEGROW_POWIAT, LIW, "9999999"], load().areas, load().indicators, sample=True
        )
        real = read_standings(connection, [LIW], load().areas, load().indicators, sample=False)
    store.close()
    assert (real.standings, real.origins) == ((), {})
    assert {origin.file_name for origin in found.origins.values()} == {FILE_NAME}
    assert {code for code, _ in found.origins} == {one.indicator.code for one in found.standings}
    return {(one.indicator.code, one.teryt): one for one in found.standings}


@pytest.fixture(scope="module")
def truth():
    """The newest figures as they were invented: digits by indicator and area, ``None`` without a number."""
    invented = invent_official_figures(SEED)
    codes = [find_indicator(variable, load().indicators).code for variable in invented.variables]
    return {
        (codes[place], teryt): None if value is None else Decimal(value)
        for place, year, teryt, value, _, _ in invented.rows
        if year == 2024
    }


def test_places_stand_among_their_kind_in_their_voivodeship(standings, truth):
    areas = load().areas
    for (code, teryt), standing in standings.items():
        place = areas[teryt]
        alike = {
            area.teryt for area in areas.values()
            if area.kind is place.kind and len(area.teryt) == len(teryt) and area.voivodeship_code == "14"
        }  # fmt: skip
        known = {area: value for (of, area), value in truth.items() if of == code and area in alike}
        numbers = sorted(value for value in known.values() if value is not None)
        among = standing.among
        assert (among.year, among.values) == (2024, tuple(numbers))
        assert among.without_number == len(known) - len(numbers)
        own = known[teryt]
        assert among.figure.number == own
        if own is None:
            assert among.figure.state is FigureState.NO_INFORMATION
            assert standing.worse_than is None
            continue
        others = [value for area, value in known.items() if value is not None and area != teryt]
        below = (sum(value < own for value in others) + sum(value == own for value in others) / 2) / len(others)
        worse = below if standing.indicator.direction is Direction.WORSE else 1 - below
        assert standing.worse_than == pytest.approx(worse)


def test_an_indicator_of_powiats_says_nothing_of_a_gmina(standings):
    assert ("IND03", WEGROW_POWIAT) in standings
    assert ("IND03", LIW) not in standings
    # Figures of gminas stand for powiats too, among powiats.
    assert ("IND02", WEGROW_POWIAT) in standings
    assert len(standings["IND02", MOKOTOW].among.values) <= 18
