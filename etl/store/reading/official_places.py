"""Where places stand by the official indicators of the catalogue, among places of their kind in their voivodeship.

The newest year counts in which places of that level have a number. A few questions an indicator, whatever the number of
places asked about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from etl.store.reading.indicators import (
    PlaceAmong,
    StoredVariable,
    list_comparable,
    list_variables,
    make_figure,
    match_catalogue,
    newest_last,
    place_among,
)
from etl.store.schema_indicators import indicator_value
from surveys.indicators import Figure
from surveys.vocabulary import Area, Areas
from surveys.vocabulary.indicators import Direction, Indicator


@dataclass(frozen=True, slots=True)
class OfficialStanding:
    """Where one place stands by one indicator.

    Attributes:
        among: its figure and those of comparable places, in the newest year; its ``country`` is not read.
    """

    indicator: Indicator
    variable: StoredVariable
    teryt: str
    among: PlaceAmong

    @property
    def worse_than(self) -> float | None:
        """Share of the other comparable places that stand better for the problem, half of the equal ones counted.

        0–1; ``None`` without a number, among too few places, or where a higher figure is neither good nor bad.
        """
        below = self.among.share_below
        if below is None or self.indicator.direction is Direction.NEITHER:
            return None
        return below if self.indicator.direction is Direction.WORSE else 1 - below


def read_standings(
    connection: Connection, teryts: Iterable[str], areas: Areas, catalogue: Sequence[Indicator], *, sample: bool
) -> tuple[OfficialStanding, ...]:
    """Return where places stand, by indicator in the catalogue's order and then by place.

    Args:
        connection: reading connection.
        teryts: codes of the places; those that are no unit are left out.
        areas: every unit there is.
        catalogue: indicators to look for.
        sample: the invented figures, else the real ones.
    """
    places = [areas[teryt] for teryt in dict.fromkeys(teryts) if teryt in areas]
    found = match_catalogue(list_variables(connection, sample=sample), catalogue)
    standings: list[OfficialStanding] = []
    for entry in catalogue:
        for group in _group_by_length(places):
            variable, year, figures = _read_newest(connection, found.get(entry.code, ()), group)
            if variable is None:
                continue
            standings += [
                OfficialStanding(entry, variable, place.teryt, place_among(year, figures, place.teryt, comparable))
                for place, comparable in ((place, _comparable(place, areas)) for place in group)
            ]
    return tuple(standings)


def _group_by_length(places: Sequence[Area]) -> list[list[Area]]:
    """A code's length is its level: gminas and districts, powiats, voivodeships."""
    lengths = dict.fromkeys(len(place.teryt) for place in places)
    return [[place for place in places if len(place.teryt) == length] for length in lengths]


def _comparable(place: Area, areas: Areas) -> set[str]:
    return {area.teryt for area in list_comparable(place, areas) if area.voivodeship_code == place.voivodeship_code}


def _read_newest(
    connection: Connection, variables: Sequence[StoredVariable], places: Sequence[Area]
) -> tuple[StoredVariable | None, int, list[Figure]]:
    """Return the variable of the newest year with numbers for places of this level, that year and its figures."""
    length = len(places[0].teryt)
    voivodeships = {place.voivodeship_code for place in places}
    like = [f"{code}{'_' * (length - 2)}" for code in sorted(voivodeships)]
    dated = sorted(((year, one.id, one) for one in variables for year in one.years), key=lambda each: each[:2])
    columns = indicator_value.c
    for year, _, variable in reversed(dated):
        figures: dict[str, Figure] = {}
        for pattern in like:
            rows = connection.execute(
                newest_last().where(
                    columns.indicator_id == variable.id, columns.year == year, columns.teryt.like(pattern)
                )
            )
            figures |= {row.teryt: make_figure(row) for row in rows}
        if any(figure.number is not None for figure in figures.values()):
            return variable, year, list(figures.values())
    return None, 0, []
