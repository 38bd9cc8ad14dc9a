"""An export of BDL as figures, whatever its layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from etl.clean.labels import cell_text
from etl.indicator_figures import IndicatorFigures
from etl.mapping.official_figures.cells import knows_points, read_cells
from etl.mapping.official_figures.description import Description, make_notes, read_description
from etl.mapping.official_figures.gathering import MOST_FIGURES, Gathering, TooManyFiguresError
from etl.mapping.official_figures.long_rows import LongVariables, find_long_columns
from etl.mapping.official_figures.rows_of_areas import AreaRows, find_area_rows
from etl.mapping.official_figures.wide_columns import find_value_columns
from etl.readers.raw import RawBook, RawColumn
from etl.recognise.bdl import Indicators, find_tables
from surveys.findings import Finding, Place, Report
from surveys.indicators import FigureState, ReadCell, apply_attribute
from surveys.indicators.catalogue import check_number
from surveys.vocabulary import Areas, load

_FIRST_YEAR, _LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class MappedFigures:
    """What a file was read as.

    Attributes:
        figures: what can be stored.
        rejected: figures that were left out; the report says why.
        report: findings; errors among them stop the import.
    """

    figures: IndicatorFigures
    rejected: int
    report: Report


def map_bdl(book: RawBook) -> MappedFigures:
    """Return the figures of an export of BDL."""
    tables = [table for table in find_tables(book) if table.shape != "codes"]
    place = Place(book.file_name)
    if not tables:
        return _nothing(Finding("INDICATORS-NO-TABLE", place))
    description = read_description(book, [table.sheet for table in tables])
    reading = _Reading(book.file_name, load().areas)
    try:
        for table in tables:
            reading.read(table, description)
    except TooManyFiguresError:
        return _nothing(Finding("INDICATORS-TOO-MANY", place, {"limit": MOST_FIGURES}))
    return reading.finish(description)


def _nothing(finding: Finding) -> MappedFigures:
    return MappedFigures(IndicatorFigures((), []), 0, Report((finding,)))


class _Reading:
    """The tables of one file."""

    def __init__(self, file_name: str, areas: Areas) -> None:
        self._file_name, self._areas = file_name, areas
        self._gathering = Gathering()
        self._findings: list[Finding] = []
        self._footnotes: list[str] = []
        self._rejected = 0

    def read(self, table: Indicators, description: Description) -> None:
        place = Place(self._file_name, table.sheet.name)
        rows = find_area_rows(table.sheet, table.first_row, table.code_column, self._areas, place)
        self._findings += rows.findings
        self._footnotes += rows.footnotes
        unread = (self._read_long if table.shape == "long" else self._read_wide)(table, description, rows)
        if unread:
            column, row = unread[0]
            header = cell_text(table.sheet.cell(table.header_row, column))[:80]
            where = Place(self._file_name, table.sheet.name, row, header or None)
            self._findings.append(Finding("INDICATORS-CELLS-UNREADABLE", where, {"count": len(unread)}))
            self._rejected += len(unread)

    def finish(self, description: Description) -> MappedFigures:
        place = Place(self._file_name)
        gathering = self._gathering
        if gathering.contradicted:
            self._findings.append(Finding("INDICATORS-CONTRADICTED", place, {"count": gathering.contradicted}))
            self._rejected += gathering.contradicted
        said = (check_number(variable, load().indicators) for variable in gathering.variables)
        self._findings += [Finding(each.code, place, each.facts) for each in said if each is not None]
        if all(row[4] is FigureState.BLANK for row in gathering.rows):
            self._findings.append(Finding("INDICATORS-NO-FIGURES", place))
        figures = IndicatorFigures(
            tuple(gathering.variables),
            gathering.rows,
            (*description.notes, *make_notes(self._footnotes)),
            description.fetched_on,
            description.text,
        )
        return MappedFigures(figures, self._rejected, Report(tuple(self._findings)))

    def _read_wide(self, table: Indicators, description: Description, rows: AreaRows) -> list[tuple[int, int]]:
        columns = find_value_columns(table, description)
        raw = table.sheet.columns
        pointed = knows_points(raw[each.column] for each in columns)
        unread: list[tuple[int, int]] = []
        for each in columns:
            place = self._gathering.place_of(each.variable)
            cells = _Cells(raw[each.column], pointed=pointed)
            marks = None if each.attribute is None else raw[each.attribute]
            for row in rows.rows:
                cell = cells.at(row.row)
                if cell is None:
                    unread.append((each.column, row.row))
                    continue
                said = "" if marks is None else cell_text(marks.cell(row.row))
                self._gathering.take(place, each.year, row.teryt, _with(cell, said), said)
        self._rejected += rows.left_out * len(columns)
        return unread

    def _read_long(self, table: Indicators, description: Description, rows: AreaRows) -> list[tuple[int, int]]:
        columns = find_long_columns(table)
        sheet = table.sheet
        variables = LongVariables(table, columns, description)
        cells = _Cells(sheet.columns[columns.value], pointed=knows_points([sheet.columns[columns.value]]))
        unread: list[tuple[int, int]] = []
        for row in rows.rows:
            year = cell_text(sheet.cell(row.row, columns.year))
            cell = cells.at(row.row)
            if cell is None or not (year.isdigit() and _FIRST_YEAR <= int(year) <= _LAST_YEAR):
                unread.append((columns.value if cell is None else columns.year, row.row))
                continue
            said = "" if columns.attribute is None else cell_text(sheet.cell(row.row, columns.attribute))
            place = self._gathering.place_of(variables.of_row(row.row))
            self._gathering.take(place, int(year), row.teryt, _with(cell, said), said)
        self._rejected += rows.left_out
        return unread


class _Cells:
    """A column's cells, each distinct value read once."""

    def __init__(self, column: RawColumn, *, pointed: bool) -> None:
        self._column = column
        self._read: Sequence[ReadCell | None] = read_cells(column.values, pointed=pointed, zero_is_below_unit=False)

    def at(self, row: int) -> ReadCell | None:
        code = int(self._column.codes[row - 1])
        return ReadCell(None, FigureState.BLANK) if code < 0 else self._read[code]


@cache
def _with(cell: ReadCell, attribute: str) -> ReadCell:
    return apply_attribute(cell, attribute) if attribute else cell
