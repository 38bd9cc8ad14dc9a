"""Where places stand by the official indicators of the catalogue, among places of their kind in their voivodeship.

The newest year counts in which places of that level have a number. A few questions an indicator, whatever the number of
places asked about.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from etl.store.reading.indicators import (
    FigureOrigin,
    PlaceAmong,
    StoredVariable,
    list_comparable,
    list_variables,
    make_figure,
    match_catalogue,
    newest_last,
    read_origin,
)
from etl.store.schema_indicators import indicator_value
from surveys.indicators import Figure
from surveys.vocabulary import Area, Areas
from surveys.vocabulary.areas import AreaKind
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

    @property
    def others(self) -> int:
        """How many other comparable places have a number; for a place that has one itself."""
        return len(self.among.values) - 1

    @property
    def better(self) -> int:
        """How many of them stand better, those with the same figure not counted."""
        below = self.among.below
        return below if self.indicator.direction is Direction.WORSE else self.others - below - self.among.equal


@dataclass(frozen=True, slots=True)
class OfficialStandings:
    """Where places stand, and where the figures come from.

    Attributes:
        standings: by indicator in the catalogue's order, then by place.
        origins: by code of the indicator and year.
    """

    standings: tuple[OfficialStanding, ...]
    origins: Mapping[tuple[str, int], FigureOrigin]


def read_standings(
    connection: Connection, teryts: Iterable[str], areas: Areas, catalogue: Sequence[Indicator], *, sample: bool
) -> OfficialStandings:
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
    # Of each kind once: places of one kind are compared with the same ones.
    alike = {kind: _list_alike(place, areas) for kind, place in {_kind(place): place for place in places}.items()}
    standings: list[OfficialStanding] = []
    origins: dict[tuple[str, int], FigureOrigin] = {}
    for entry in catalogue:
        for group in _group_by_length(places):
            variable, year, figures = _read_newest(connection, found.get(entry.code, ()), group)
            if variable is None:
                continue
            fields = {kind: _Field(figures, alike[kind]) for kind in {_kind(place) for place in group}}
            standings += [
                OfficialStanding(entry, variable, place.teryt, fields[_kind(place)].place(year, place.teryt))
                for place in group
            ]
            origin = read_origin(connection, variable, year)
            if origin is not None:
                origins[entry.code, year] = origin
    return OfficialStandings(tuple(standings), origins)


class _Field:
    """Figures of places that are comparable, in order once for all of them."""

    def __init__(self, figures: Mapping[str, Figure], alike: Iterable[str]) -> None:
        self._figures = figures
        known = [figures[teryt].number for teryt in alike if teryt in figures]
        self._numbers = tuple(sorted(number for number in known if number is not None))
        self._without = len(known) - len(self._numbers)

    def place(self, year: int, teryt: str) -> PlaceAmong:
        figure = self._figures.get(teryt)
        number = None if figure is None else figure.number
        below = 0 if number is None else bisect_left(self._numbers, number)
        equal = 0 if number is None else bisect_right(self._numbers, number) - below - 1
        return PlaceAmong(
            year=year, figure=figure, country=None, values=self._numbers, below=below, equal=equal,
            without_number=self._without,
        )  # fmt: skip


def _group_by_length(places: Sequence[Area]) -> list[list[Area]]:
    """A code's length is its level: gminas and districts, powiats, voivodeships."""
    lengths = dict.fromkeys(len(place.teryt) for place in places)
    return [[place for place in places if len(place.teryt) == length] for length in lengths]


def _kind(place: Area) -> tuple[AreaKind, str]:
    return place.kind, place.voivodeship_code


def _list_alike(place: Area, areas: Areas) -> tuple[str, ...]:
    return tuple(area.teryt for area in list_comparable(place, areas) if _kind(area) == _kind(place))


def _read_newest(
    connection: Connection, variables: Sequence[StoredVariable], places: Sequence[Area]
) -> tuple[StoredVariable | None, int, dict[str, Figure]]:
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
            return variable, year, figures
    return None, 0, {}
