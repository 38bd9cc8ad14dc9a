"""The OZPS form as figures of one gmina: ``.`` no information, ``x`` not applicable, ``0`` less than the unit."""

import re
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.indicator_figures import IndicatorFigures
from etl.mapping.official_figures.cells import knows_points, read_cells
from etl.mapping.official_figures.description import make_notes
from etl.mapping.official_figures.gathering import Gathering
from etl.mapping.official_figures.tables_of_bdl import MappedFigures
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.ozps import SOURCE, OzpsForm, find_forms
from surveys.findings import Finding, Place, Report
from surveys.indicators import FigureState, LeftOut, ReadCell, name_variable, read_area_code
from surveys.language.folding import fold
from surveys.vocabulary import Areas, load

_CODE = re.compile(r"(?<!\d)(\d{6,7})(?!\d)")
_NAMED = re.compile(r"(?:gmin[aey]|gminie|miasto|miasta|dzielnica|dzielnicy)\s*:?\s*(?P<name>[^\d;,()|]{2,40})")
_SEARCH_ROWS = 25


def map_ozps(book: RawBook, gmina: str | None) -> MappedFigures:
    """Return the figures of a form.

    Args:
        book: the file.
        gmina: TERYT code of the gmina it is of, ``None`` to find it in the file.
    """
    forms = find_forms(book)
    place = Place(book.file_name)
    if not forms:
        return MappedFigures(IndicatorFigures((), []), 0, Report((Finding("INDICATORS-NO-TABLE", place),)))
    areas = load().areas
    found = [gmina] if gmina is not None else _find_gmina(book, areas)
    findings: list[Finding] = []
    if len(found) != 1:
        named = ", ".join(areas.label(code, "pl") for code in found[:5]) or "–"
        findings.append(Finding("OZPS-GMINA-UNKNOWN", place, {"found": named}))
    teryt = found[0] if len(found) == 1 else ""
    reading = _Reading(book.file_name, teryt)
    for form in forms:
        reading.read(form)
    findings += reading.findings
    if reading.forecasts:
        findings.append(Finding("OZPS-FORECASTS-LEFT-OUT", place, {"years": _span(reading.forecasts)}))
    gathering = reading.gathering
    if gathering.contradicted:
        findings.append(Finding("INDICATORS-CONTRADICTED", place, {"count": gathering.contradicted}))
    figures = IndicatorFigures(tuple(gathering.variables), gathering.rows, make_notes(reading.notes))
    return MappedFigures(figures, reading.rejected + gathering.contradicted, Report(tuple(findings)))


def _find_gmina(book: RawBook, areas: Areas) -> list[str]:
    """Return the gminas that a file may be of: by a TERYT code, else by a name that the head or the file's name has."""
    head = [book.file_name, *(text for sheet in book.sheets for text in _head(sheet))]
    codes: list[str] = []
    for text in head:
        for written in _CODE.findall(text):
            code = read_area_code(written, areas)
            if not isinstance(code, LeftOut) and len(code[0]) == 7:
                codes.append(code[0])
    if codes:
        return list(dict.fromkeys(codes))
    names = [found["name"].strip() for text in head if (found := _NAMED.search(fold(text))) is not None]
    return list(dict.fromkeys(code for name in names for code in _find_by_name(name, areas)))


def _find_by_name(words: str, areas: Areas) -> list[str]:
    """Return the gminas that a name's first words name; what follows it in the line is no part of it."""
    for length in range(len(words.split()), 0, -1):
        name = " ".join(words.split()[:length])
        found = [area.teryt for area in areas.find(name) if len(area.teryt) == 7]
        if found:
            return found
    return []


def _head(sheet: RawSheet) -> list[str]:
    rows = range(1, min(sheet.row_count, _SEARCH_ROWS) + 1)
    return [text for row in rows for value in sheet.row(row) if (text := cell_text(value))]


def _span(years: set[int]) -> str:
    return "–".join(dict.fromkeys((str(min(years)), str(max(years)))))


@dataclass(slots=True)
class _Heading:
    """The words above a row: the section, and the group whose name a merged cell says once."""

    section: str = ""
    group: str = ""


class _Reading:
    """The tables of one form."""

    def __init__(self, file_name: str, teryt: str) -> None:
        self._file_name, self._teryt = file_name, teryt
        self.gathering = Gathering()
        self.findings: list[Finding] = []
        self.forecasts: set[int] = set()
        self.notes: list[str] = []
        self.rejected = 0

    def read(self, form: OzpsForm) -> None:
        """Read one table: rows without figures are headings, or notes below."""
        sheet = form.sheet
        facts = [column for column in form.columns if not column.forecast]
        self.forecasts |= {column.year for column in form.columns if column.forecast}
        pointed = knows_points(sheet.columns[column.column] for column in facts)
        cells = {
            column.column: read_cells(sheet.columns[column.column].values, pointed=pointed, zero_is_below_unit=True)
            for column in facts
        }
        heading = _Heading(section=cell_text(sheet.cell(form.header_row, form.labels[0])) or sheet.name)
        unread: list[tuple[int, int]] = []
        for row in range(form.first_row, sheet.row_count + 1):
            labels = [cell_text(sheet.cell(row, column)) for column in form.labels]
            filled = any(sheet.cell(row, column.column) is not None for column in form.columns)
            if not filled:
                self._read_heading(labels, heading)
                continue
            if len(labels) > 1 and labels[0]:
                heading.group = labels[0]
            dimensions = _name(labels, heading)
            if not dimensions:
                self.rejected += len(facts)
                continue
            variable = name_variable(SOURCE, dimensions, subject=heading.section)
            place = self.gathering.place_of(variable)
            for column in facts:
                code = int(sheet.columns[column.column].codes[row - 1])
                cell = ReadCell(None, FigureState.BLANK) if code < 0 else cells[column.column][code]
                if cell is None:
                    unread.append((column.column, row))
                else:
                    self.gathering.take(place, column.year, self._teryt, cell, "")
        if unread:
            column_at, row_at = unread[0]
            header = cell_text(sheet.cell(form.header_row, column_at))[:80]
            where = Place(self._file_name, sheet.name, row_at, header or None)
            self.findings.append(Finding("INDICATORS-CELLS-UNREADABLE", where, {"count": len(unread)}))
            self.rejected += len(unread)

    def _read_heading(self, labels: list[str], heading: _Heading) -> None:
        words = [label for label in labels if label]
        if len(words) != 1:
            return
        if words[0].lower().startswith(("*", "uwaga", "źródło", "objaśnien")):
            self.notes.append(words[0])
        elif words[0].isupper() and len(words[0]) > 25:
            heading.section, heading.group = words[0], ""
        else:
            heading.group = words[0]


def _name(labels: list[str], heading: _Heading) -> list[str]:
    """Return the words of a row, those of its group first."""
    own = [label for label in labels if label]
    return own if not own or not heading.group or heading.group in own else [heading.group, *own]
