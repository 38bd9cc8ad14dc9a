"""The Local Data Bank of Statistics Poland (BDL): official figures by area and year, not answers to a survey.

Its wide table has a row an area and a column "variable;year;[unit]", or the same in several rows of headers; the long
one a row for each area, variable and year. Areas go by their TERYT code (seven digits) or by BDL's own of twelve.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.readers.raw import CellValue, RawBook, RawSheet
from etl.recognise.recognition import Recognition
from etl.recognise.sheet_shape import list_values
from surveys.language.folding import fold

SOURCE = "bdl"

_CODES = frozenset({"kod", "code", "teryt", "kod teryt", "id", "kod jednostki", "unitid", "kod terytorialny"})
NAMES = frozenset({"nazwa", "name", "jednostka", "nazwa jednostki", "jednostka terytorialna", "unitname"})
YEARS = frozenset({"rok", "year", "lata"})
VALUES = frozenset({"wartosc", "value", "val", "wartosc liczbowa"})
UNITS = frozenset({"jednostka miary", "jednostka miar", "j.m", "measure unit", "unit of measure", "unit"})
SUBJECTS = frozenset({"nazwa tematu", "podgrupa", "subject", "subgroup"})
SUBJECT_CODES = frozenset({"temat", "kod tematu", "subject id"})
VARIABLE_IDS = frozenset({"id zmiennej", "zmienna bdl", "variable id"})
_FLAT = re.compile(r"^(?P<variable>.+);\s*(?P<year>(19|20)\d{2})\s*;?\s*(\[.*\])?$", re.DOTALL)
_YEAR = re.compile(r"^(19|20)\d{2}$")
_UNIT = re.compile(r"^\[[^\]]{1,40}\]$")
# An export writes the code as text; Excel takes the leading zero away.
_AREA = re.compile(r"^(\d{6,7}|\d{11,12})$")
_SEARCH_ROWS, _HEADER_HEIGHT = 20, 8
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Indicators:
    """Official figures of a sheet.

    Attributes:
        header_row, first_row: 1-based; headers may take several rows.
        code_column: 0-based column of the areas' codes.
        areas: number of areas.
        years: in order.
        variables: how many figures there are of an area and a year.
        shape: ``flat`` ("variable;year;[unit]"), ``stacked`` (headers in several rows), ``long``, or ``codes`` when
            nothing but the codes of areas speaks for the source.
        rows: rows with figures.
    """

    sheet: RawSheet
    header_row: int
    first_row: int
    areas: int
    years: tuple[int, ...]
    variables: int
    shape: str
    rows: int
    code_column: int = 0


def recognise(book: RawBook) -> Recognition | None:
    """Return how surely a file holds official figures, ``None`` when it has no codes of areas."""
    found = find_indicators(book)
    if found is None:
        return None
    score = {"flat": 1.0, "stacked": 0.95, "long": 0.95, "codes": 0.5}[found.shape]
    reasons = ["areas"] if found.shape == "codes" else ["areas", found.shape]
    return Recognition(
        SOURCE,
        score,
        tuple(f"recognition.{SOURCE}.{reason}" for reason in reasons),
        kind="indicators",
        sheet=found.sheet.name,
        header_row=found.header_row,
        first_row=found.first_row,
    )


def find_indicators(book: RawBook) -> Indicators | None:
    """Return the sheet that is most surely one of official figures, ``None`` when there is none."""
    order = ("flat", "stacked", "long", "codes")
    return min(
        find_tables(book), key=lambda indicators: (order.index(indicators.shape), -indicators.areas), default=None
    )


def find_tables(book: RawBook) -> list[Indicators]:
    """Return every sheet of official figures, in the order of the book."""
    return [indicators for sheet in book.sheets if (indicators := _look_at(sheet)) is not None]


def _look_at(sheet: RawSheet) -> Indicators | None:
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        headers = [fold(cell_text(value)) for value in sheet.row(row)]
        code = next((place for place, header in enumerate(headers) if header in _CODES), None)
        if code is None or not any(header in NAMES for header in headers[code + 1 : code + 3]):
            code = _find_renamed(sheet, row)
        if code is None:
            continue
        first = _first_area(sheet, row, code)
        if first is None:
            return None
        return _describe(sheet, row, first, code)
    return None


def _find_renamed(sheet: RawSheet, row: int) -> int | None:
    """Return the column of codes where somebody has renamed the first two columns of an export's own table.

    Headers of figures that hold a year and a unit speak for the bank, and so do the codes below.
    """
    texts = [cell_text(value) for value in sheet.row(row)]
    first = next((place for place, text in enumerate(texts) if _FLAT.match(text) and text.rstrip().endswith("]")), None)
    return next((place for place in range((first or 0) - 1) if _first_area(sheet, row, place) is not None), None)


def _first_area(sheet: RawSheet, header_row: int, code: int) -> int | None:
    """Return the first row below the headers with the code of an area, ``None`` when the column holds others."""
    last = min(sheet.row_count, header_row + _HEADER_HEIGHT)
    first = next((row for row in range(header_row + 1, last + 1) if _is_area(sheet.cell(row, code))), None)
    if first is None:
        return None
    # Footnotes stand below the last area.
    column = sheet.columns[code]
    filled = [row for row in range(first, sheet.row_count + 1) if column.codes[row - 1] >= 0]
    of_area = {at for at, value in enumerate(column.values) if _is_area(value)}
    areas = [row for row in filled if int(column.codes[row - 1]) in of_area]
    inside = sum(row <= areas[-1] for row in filled)
    return first if len(areas) >= _MOSTLY * inside else None


def _is_area(value: CellValue | None) -> bool:
    """Whether a cell is the code of an area; one of six or eleven digits has lost a leading zero."""
    return value is not None and not isinstance(value, bool) and _AREA.match(cell_text(value)) is not None


def _describe(sheet: RawSheet, header_row: int, first_row: int, code: int) -> Indicators:
    headers = [cell_text(value) for value in sheet.row(header_row)]
    areas = sum(_is_area(value) for value in list_values(sheet.columns[code], first_row - 1))
    rows = int((sheet.columns[code].codes[first_row - 1 :] >= 0).sum())
    flat = [found for header in headers[code + 1 :] if (found := _FLAT.match(header)) is not None]
    folded = [fold(header) for header in headers]
    year = next((place for place, header in enumerate(folded) if header in YEARS), None)
    shape, years, variables = "codes", set[int](), max(0, sum(bool(header) for header in headers) - 2)
    if flat:
        shape, years = "flat", {int(found["year"]) for found in flat}
        variables = len({found["variable"] for found in flat})
    elif year is not None and any(header in VALUES for header in folded):
        shape, years = "long", _years(list_values(sheet.columns[year], first_row - 1))
        variables = _combinations(sheet, range(code + 2, year), first_row)
    else:
        stacked = [sheet.row(row) for row in range(header_row, first_row)]
        years = {number for row in stacked for number in _years([value for value in row if value is not None])}
        units = any(_UNIT.match(cell_text(value)) for row in stacked for value in row)
        if years and (units or len(stacked) > 1):
            shape = "stacked"
            columns = sum(any(_YEAR.match(cell_text(row[place])) for row in stacked) for place in range(len(headers)))
            variables = max(1, columns // len(years))
    return Indicators(sheet, header_row, first_row, areas, tuple(sorted(years)), variables, shape, rows, code)


def _years(values: Sequence[CellValue]) -> set[int]:
    return {int(text) for value in values if _YEAR.match(text := cell_text(value))}


def _combinations(sheet: RawSheet, columns: Sequence[int], first_row: int) -> int:
    seen = {
        tuple(row)
        for row in zip(*(sheet.columns[place].codes[first_row - 1 :].tolist() for place in columns), strict=True)
    }
    return max(1, len(seen))
