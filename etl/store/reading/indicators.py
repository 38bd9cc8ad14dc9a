"""Official figures: values of a place beside comparable ones. They are for everybody.

They belong to no partnership, so no scope is asked for; the invented ones of the sample data are variables of their
own, and are asked for by name. Where several imports have a figure of one area and year, the
newest that stands counts. Values are exact decimal digits; a figure without a number says why in its state.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, Row, Select, func, select

from etl.store.schema_indicators import indicator, indicator_note, indicator_origin, indicator_value
from etl.store.schema_operations import import_batch
from surveys.indicators import (
    COUNTRY,
    SAMPLE,
    AgeBand,
    Figure,
    FigureState,
    SeriesNote,
    Sex,
    Variable,
)
from surveys.indicators.catalogue import find_indicator
from surveys.vocabulary import Area, AreaLevel, Areas
from surveys.vocabulary.indicators import Indicator

_FEWEST_COMPARABLE = 5


@dataclass(frozen=True, slots=True)
class StoredVariable:
    """A variable that there are figures of.

    Attributes:
        id: row, for the store's own use.
        years: those with figures, in order.
    """

    id: int
    variable: Variable
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """Where a figure comes from: the file, its day, and what the file says of its figures."""

    file_name: str
    source: str
    fetched_on: date
    notes: tuple[SeriesNote, ...]


@dataclass(frozen=True, slots=True)
class PlaceAmong:
    """A place's figure of one year among comparable places: same level and, for gminas, the same kind.

    Attributes:
        figure: of the place; ``None`` when nothing was loaded.
        country: Poland's figure, ``None`` likewise.
        values: numbers of the comparable places, this one among them, the smallest first; places without a number
            are not counted as 0, they are not there.
        below, equal: comparable places with a smaller figure, and with the same one, this one not counted. Both are 0
            when the place has no number.
        without_number: comparable places that have a figure without a number.
    """

    year: int
    figure: Figure | None
    country: Figure | None
    values: tuple[Decimal, ...]
    below: int
    equal: int
    without_number: int

    @property
    def can_compare(self) -> bool:
        """Whether the place has a number, and enough others have one."""
        has_number = self.figure is not None and self.figure.number is not None
        return has_number and len(self.values) >= _FEWEST_COMPARABLE

    @property
    def share_below(self) -> float | None:
        """Share of the other comparable places whose figure is smaller, half of the equal ones counted, 0–1."""
        others = len(self.values) - 1
        return (self.below + self.equal / 2) / others if self.can_compare else None


def list_variables(connection: Connection, *, sample: bool = False) -> tuple[StoredVariable, ...]:
    """Return every variable that there are figures of, in the order in which they first came.

    Args:
        connection: reading connection.
        sample: the invented ones of the sample data, else the real ones; never both.
    """
    years: dict[int, list[int]] = {}
    spans = select(indicator_value.c.indicator_id, indicator_value.c.year).distinct()
    for row in connection.execute(spans.order_by(indicator_value.c.indicator_id, indicator_value.c.year)):
        years.setdefault(row.indicator_id, []).append(row.year)
    invented = indicator.c.source == SAMPLE
    rows = connection.execute(select(indicator).where(invented if sample else ~invented).order_by(indicator.c.id))
    return tuple(StoredVariable(row.id, make_variable(row), tuple(years.get(row.id, ()))) for row in rows)


def match_catalogue(
    variables: Iterable[StoredVariable], catalogue: Sequence[Indicator]
) -> dict[str, tuple[StoredVariable, ...]]:
    """Return the variables of each entry of the catalogue, by its code; only those whose name fits are there."""
    found: dict[str, tuple[StoredVariable, ...]] = {}
    for stored in variables:
        entry = find_indicator(stored.variable, catalogue)
        if entry is not None:
            found[entry.code] = (*found.get(entry.code, ()), stored)
    return found


def read_figures(
    connection: Connection, variable: StoredVariable, *, years: Sequence[int] | None = None, teryt: str | None = None
) -> tuple[Figure, ...]:
    """Return figures of a variable, by year and area.

    Args:
        connection: reading connection.
        variable: one of `list_variables`.
        years: only these.
        teryt: only this area.
    """
    where = [indicator_value.c.indicator_id == variable.id]
    if years is not None:
        where.append(indicator_value.c.year.in_(years))
    if teryt is not None:
        where.append(indicator_value.c.teryt == teryt)
    rows = connection.execute(newest_last().where(*where))
    newest: dict[tuple[int, str], Figure] = {(row.year, row.teryt): make_figure(row) for row in rows}
    return tuple(newest.values())


def read_place(
    connection: Connection, variable: StoredVariable, teryt: str, areas: Areas, *, years: Sequence[int] | None = None
) -> tuple[PlaceAmong, ...]:
    """Return a place's figures beside those of comparable places, a line a year.

    Args:
        connection: reading connection.
        variable: one of `list_variables`.
        teryt: of the place.
        areas: every unit there is.
        years: only these; by default all that the variable has.

    Raises:
        KeyError: there is no such place.
    """
    place = areas[teryt]
    comparable = {area.teryt for area in list_comparable(place, areas)}
    # A code's length is its level, and a gmina's last digit its kind: the database leaves out nearly all others.
    alike = "_" * (len(place.teryt) - 1) + (place.teryt[-1] if place.level is AreaLevel.GMINA else "_")
    where = [indicator_value.c.indicator_id == variable.id]
    where.append(indicator_value.c.teryt.like(alike) | (indicator_value.c.teryt == COUNTRY))
    if years is not None:
        where.append(indicator_value.c.year.in_(years))
    newest = {(row.year, row.teryt): row for row in connection.execute(newest_last().where(*where))}
    by_year: dict[int, list[Figure]] = {year: [] for year in (variable.years if years is None else years)}
    for (year, _), row in newest.items():
        by_year.setdefault(year, []).append(make_figure(row))
    return tuple(_place_among(year, by_year[year], place.teryt, comparable) for year in sorted(by_year))


def list_comparable(place: Area, areas: Areas) -> tuple[Area, ...]:
    """Return the places of the same level and kind, the place itself among them."""
    units = {AreaLevel.POWIAT: areas.powiats, AreaLevel.VOIVODESHIP: areas.voivodeships}.get(place.level, areas.gminas)
    return tuple(area for area in units if area.kind is place.kind)


def read_origin(connection: Connection, variable: StoredVariable, year: int) -> FigureOrigin | None:
    """Return where a variable's newest figures of a year come from, ``None`` when there are none."""
    newest = (
        select(func.max(indicator_value.c.batch_id))
        .where(indicator_value.c.indicator_id == variable.id, indicator_value.c.year == year)
        .scalar_subquery()
    )
    row = connection.execute(
        select(import_batch.c.id, import_batch.c.file_name, import_batch.c.source, indicator_origin.c.fetched_on)
        .join_from(import_batch, indicator_origin, indicator_origin.c.batch_id == import_batch.c.id)
        .where(import_batch.c.id == newest)
    ).one_or_none()
    if row is None:
        return None
    notes = connection.execute(
        select(indicator_note).where(indicator_note.c.batch_id == row.id).order_by(indicator_note.c.position)
    )
    return FigureOrigin(
        row.file_name, row.source, row.fetched_on, tuple(SeriesNote(note.kind, note.text) for note in notes)
    )


def newest_last() -> Select[tuple[object, ...]]:
    """Return the question for figures in the order of the table: of one area and year the newest import stands last."""
    columns = indicator_value.c
    return select(indicator_value).order_by(columns.indicator_id, columns.year, columns.teryt, columns.batch_id)


def make_figure(row: Row[tuple[object, ...]]) -> Figure:
    """Return a row as a figure."""
    return Figure(row.year, row.teryt, row.value, FigureState(row.state), row.attribute)


def make_variable(row: Row[tuple[object, ...]]) -> Variable:
    """Return a row as a variable."""
    age = None if row.age_first is None else AgeBand(row.age_first, row.age_last)
    sex = None if row.sex is None else Sex(row.sex)
    return Variable(row.source, row.name, row.unit, row.subject, row.subject_code, row.bdl_id, sex, age)


def _place_among(year: int, figures: Sequence[Figure], teryt: str, comparable: set[str]) -> PlaceAmong:
    own = next((figure for figure in figures if figure.teryt == teryt), None)
    others = [figure for figure in figures if figure.teryt in comparable]
    numbers = sorted(figure.number for figure in others if figure.number is not None)
    number = None if own is None else own.number
    below = 0 if number is None else sum(each < number for each in numbers)
    equal = 0 if number is None else sum(each == number for each in numbers) - 1
    return PlaceAmong(
        year=year,
        figure=own,
        country=next((figure for figure in figures if figure.teryt == COUNTRY), None),
        values=tuple(numbers),
        below=below,
        equal=equal,
        without_number=len(others) - len(numbers),
    )
