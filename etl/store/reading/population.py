"""The population of areas by sex and age, as the loaded table of Statistics Poland has it, for weighting answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select

from etl.store.reading.indicators import make_figure, make_variable, newest_last
from etl.store.reading.scope import Scope
from etl.store.schema import partnership, partnership_territory
from etl.store.schema_indicators import indicator, indicator_value
from surveys.indicators import AgeBand, PopulationCount, PopulationMargins, Sex, Variable, margins_of_population
from surveys.indicators.population import PROFILE_BANDS
from surveys.vocabulary import Areas

_TABLE = "P2137"
_TABLE_WORDS = "ludność wg grup wieku i płci"


@dataclass(frozen=True, slots=True)
class PopulationOffer:
    """Margins that a partnership can be offered.

    Attributes:
        year: the newest that the table has of all its areas.
        areas: TERYT codes of its territory.
    """

    year: int
    areas: tuple[str, ...]
    margins: PopulationMargins


def read_population_margins(
    connection: Connection,
    teryt: str | Sequence[str],
    year: int,
    *,
    bands: Mapping[str, AgeBand] = PROFILE_BANDS,
) -> PopulationMargins:
    """Return margins of the adult population by sex and age, for weighting.

    Args:
        connection: reading connection.
        teryt: an area, or several that don't overlap: their people are added up.
        year: of the population.
        bands: ages of the questionnaire by the code of the answer, the last one open.

    Returns:
        What the loaded table of the population by age group and sex gives, with remarks; no margins when none is
        loaded. Only figures that are numbers in every area count.
    """
    areas = (teryt,) if isinstance(teryt, str) else tuple(teryt)
    wanted = _find_variables(connection)
    rows = connection.execute(
        newest_last().where(
            indicator_value.c.indicator_id.in_(wanted),
            indicator_value.c.year == year,
            indicator_value.c.teryt.in_(areas),
        )
    )
    newest = {(row.indicator_id, row.teryt): make_figure(row).number for row in rows}
    counts = []
    for number, variable in wanted.items():
        people = [newest.get((number, area)) for area in areas]
        known = [each for each in people if each is not None]
        if len(known) == len(areas):
            counts.append(PopulationCount(variable.sex or Sex.ALL, variable.age, sum(known, Decimal())))
    return margins_of_population(counts, bands)


def read_population_offer(
    connection: Connection, scope: Scope, slug: str, areas: Areas, bands: Mapping[str, AgeBand]
) -> PopulationOffer | None:
    """Return margins of a partnership's territory in the newest year, ``None`` when there are none to offer.

    A partnership of a part of a gmina is offered nothing: the gmina's people are not its own.
    """
    rows = connection.execute(
        select(partnership_territory)
        .join_from(partnership_territory, partnership)
        .where(partnership.c.id.in_(scope.ids), partnership.c.slug == slug)
    ).all()
    codes = tuple(dict.fromkeys(row.teryt for row in rows))
    overlapping = any(one != other and areas.covers(one, other) for one in codes for other in codes)
    if not codes or overlapping or any(row.name for row in rows):
        return None
    years = connection.execute(
        select(indicator_value.c.year)
        .where(indicator_value.c.indicator_id.in_(_find_variables(connection)), indicator_value.c.teryt.in_(codes))
        .group_by(indicator_value.c.year)
        .having(func.count(indicator_value.c.teryt.distinct()) == len(codes))
        .order_by(indicator_value.c.year.desc())
    ).scalars()
    year = next(iter(years), None)
    if year is None:
        return None
    margins = read_population_margins(connection, codes, year, bands=bands)
    return PopulationOffer(year, codes, margins) if margins.margins else None


def _find_variables(connection: Connection) -> dict[int, Variable]:
    """Return the variables that count people of one sex and age band, and nothing else besides, by their row."""
    rows = connection.execute(
        select(indicator).where(
            indicator.c.source == "bdl",
            (indicator.c.subject_code == _TABLE) | func.lower(indicator.c.subject).contains("ludno"),
            indicator.c.sex.is_not(None),
        )
    )
    variables = {row.id: make_variable(row) for row in rows}
    return {number: variable for number, variable in variables.items() if _is_population(variable)}


def _is_population(variable: Variable) -> bool:
    named = variable.subject_code == _TABLE or _TABLE_WORDS in variable.subject.casefold()
    return named and len(variable.name.split("; ")) == 2
