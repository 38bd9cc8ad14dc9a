"""A long table: a row for each area, variable and year."""

from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.mapping.official_figures.description import Description
from etl.recognise.bdl import NAMES, SUBJECT_CODES, SUBJECTS, UNITS, VALUES, VARIABLE_IDS, YEARS, Indicators
from surveys.indicators import Variable, name_variable
from surveys.language.folding import fold

_ATTRIBUTES = frozenset({"atrybut", "atrybuty", "attribute", "attributes", "flaga"})


@dataclass(frozen=True, slots=True)
class LongColumns:
    """Positions of a long table's columns; ``None`` for one that it doesn't have."""

    dimensions: tuple[int, ...]
    year: int
    value: int
    unit: int | None
    attribute: int | None
    subject: int | None
    subject_code: int | None
    bdl_id: int | None


def find_long_columns(table: Indicators) -> LongColumns:
    """Return what the columns of a long table are: whatever is nothing else is a dimension."""
    headers = [fold(cell_text(value)) for value in table.sheet.row(table.header_row)]

    def find(words: frozenset[str]) -> int | None:
        return next((place for place, header in enumerate(headers) if header in words), None)

    year, value = find(YEARS), find(VALUES)
    if year is None or value is None:
        raise ValueError("a long table has a column of years and one of values")
    others = {words: find(words) for words in (UNITS, _ATTRIBUTES, SUBJECTS, SUBJECT_CODES, VARIABLE_IDS)}
    taken = {table.code_column, year, value, *(place for place in others.values() if place is not None)}
    taken |= {place for place, header in enumerate(headers) if not header or header in NAMES}
    return LongColumns(
        dimensions=tuple(place for place in range(len(headers)) if place not in taken),
        year=year,
        value=value,
        unit=others[UNITS],
        attribute=others[_ATTRIBUTES],
        subject=others[SUBJECTS],
        subject_code=others[SUBJECT_CODES],
        bdl_id=others[VARIABLE_IDS],
    )


class LongVariables:
    """The variables of a long table, one for each combination of what its rows say."""

    def __init__(self, table: Indicators, columns: LongColumns, description: Description) -> None:
        self._sheet, self._columns, self._description = table.sheet, columns, description
        self._seen: dict[tuple[str, ...], Variable] = {}

    def of_row(self, row: int) -> Variable:
        """Return the variable of a 1-based row."""
        columns = self._columns
        places = (*columns.dimensions, columns.unit, columns.subject, columns.subject_code, columns.bdl_id)
        said = tuple("" if place is None else cell_text(self._sheet.cell(row, place)) for place in places)
        if said not in self._seen:
            *dimensions, unit, subject, subject_code, bdl_id = said
            self._seen[said] = name_variable(
                "bdl",
                dimensions if any(dimensions) else [subject or self._description.subject or self._sheet.name],
                unit=unit.strip("[] "),
                subject=subject or self._description.subject,
                subject_code=subject_code or self._description.subject_code,
                bdl_id=int(bdl_id) if bdl_id.isascii() and bdl_id.isdigit() and len(bdl_id) < 10 else None,
            )
        return self._seen[said]
