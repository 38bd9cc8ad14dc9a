"""Columns of a wide table: "variable;year;[unit]" in one header, or the same in several rows of headers."""

import re
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.mapping.official_figures.description import Description
from etl.readers.raw import RawSheet
from etl.recognise.bdl import Indicators
from surveys.indicators import Variable, name_variable
from surveys.language.folding import fold

_FLAT = re.compile(r"^(?P<dimensions>.+);\s*(?P<year>(?:19|20)\d{2})\s*(?:;\s*(?P<unit>\[.*\])?\s*)?$", re.DOTALL)
_FLAT_ATTRIBUTE = re.compile(
    r"^(?P<dimensions>.+);\s*(?P<year>(?:19|20)\d{2})\s*;.*(?:atrybut|attribute)", re.IGNORECASE | re.DOTALL
)
_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_UNIT = re.compile(r"^\[(?P<unit>[^\]]{0,60})\]$")
_ATTRIBUTE = frozenset({"atrybut", "attribute", "atr"})


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures.

    Attributes:
        column: 0-based; ``attribute``: that of their attributes, ``None`` when there is none.
    """

    column: int
    variable: Variable
    year: int
    attribute: int | None = None


def find_value_columns(table: Indicators, description: Description) -> list[ValueColumn]:
    """Return a wide table's columns of figures; headers that name no year are none."""
    read = _read_flat if table.shape == "flat" else _read_stacked
    found: list[ValueColumn] = []
    for column, dimensions, year, unit, is_attribute in read(table):
        if is_attribute:
            if found and found[-1].year == year:
                found[-1] = ValueColumn(found[-1].column, found[-1].variable, year, column)
            continue
        variable = name_variable(
            "bdl",
            dimensions or [description.subject or table.sheet.name],
            unit=unit,
            subject=description.subject,
            subject_code=description.subject_code,
        )
        found.append(ValueColumn(column, variable, year))
    return found


_Header = tuple[int, list[str], int, str, bool]


def _read_flat(table: Indicators) -> list[_Header]:
    headers: list[_Header] = []
    for column, value in enumerate(table.sheet.row(table.header_row)):
        text = cell_text(value)
        said = _FLAT_ATTRIBUTE.match(text)
        if said is not None:
            headers.append((column, [], int(said["year"]), "", True))
            continue
        found = _FLAT.match(text)
        if found is not None:
            unit = (found["unit"] or "").strip("[] ")
            headers.append((column, found["dimensions"].split(";"), int(found["year"]), unit, False))
    return headers


def _read_stacked(table: Indicators) -> list[_Header]:
    rows = range(table.header_row, table.first_row)
    filled = _fill(table.sheet, rows)
    headers: list[_Header] = []
    for column in range(len(table.sheet.columns)):
        cells = [cells[column] for cells in filled]
        years = [cell for cell in cells if _YEAR.match(cell)]
        if len(years) != 1:
            continue
        units = [found["unit"] for cell in cells if (found := _UNIT.match(cell)) is not None]
        dimensions = [cell for cell in cells if cell and not _YEAR.match(cell) and not _UNIT.match(cell)]
        is_attribute = bool(dimensions) and fold(dimensions[-1]) in _ATTRIBUTE
        headers.append((column, dimensions, int(years[0]), units[0] if units else "", is_attribute))
    return headers


def _fill(sheet: RawSheet, rows: range) -> list[list[str]]:
    """Return rows of headers with what a merged cell says in each of its columns.

    A cell holds until the next one of its row, or until one above it begins anew; so it needs no word of the file on
    what is merged, which CSV cannot give. Years and units in a row of their own hold whatever begins above them.
    """
    width = len(sheet.columns)
    texts = [[cell_text(sheet.cell(row, column)) for column in range(width)] for row in rows]
    begins = [False] * width
    for cells in texts:
        fresh = [bool(cell) for cell in cells]
        own_row = all(_YEAR.match(cell) or _UNIT.match(cell) for cell in cells if cell)
        for column in range(1, width):
            if not cells[column] and (own_row or not begins[column]):
                cells[column] = cells[column - 1]
        begins = [began or own for began, own in zip(begins, fresh, strict=True)]
    return texts
