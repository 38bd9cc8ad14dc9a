"""The partnership workbook (Karta partnerstwa): which sheet is which table, which column is which field.

Sheets and columns may be renamed, moved or missing; titles and help may stand above the headers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.recognition import Recognition
from etl.recognise.workbook_headers import HeaderMatch, Likeness, match_headers, name_matches
from etl.workbook_layout import (
    ACTIVITIES,
    CARD,
    DIAGNOSES,
    PARTNERS,
    PROBLEM_TREE,
    PROBLEMS,
    PROJECTS,
    TERRITORY,
    Field,
    Table,
    field_aliases,
    field_header,
    field_help,
    say,
)
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES

SOURCE = "partnership_workbook"

_SEARCH_ROWS = 20
_CARD_ROWS = 400
_SHEET_TABLES = (PARTNERS, PROBLEMS, PROBLEM_TREE, PROJECTS, ACTIVITIES)
# A row with fewer known headers is not taken for a table's: "Nazwa" and "Data" stand in many a sheet.
_FEWEST_HEADERS, _MOST_HEADERS = 3, 300
_NAMELESS_HEADERS = 5
_FEWEST_LINES = 2
_LEAST_SCORE = 0.3


@dataclass(frozen=True, slots=True)
class LocatedColumn:
    """A column of a table: 0-based position, header as written, the field it means or ``None``."""

    position: int
    header: str
    match: HeaderMatch | None


@dataclass(frozen=True, slots=True)
class LocatedTable:
    """Where a table stands; rows are 1-based, its data lie below ``header_row`` down to ``last_row``."""

    table: Table
    sheet: RawSheet
    header_row: int
    last_row: int
    columns: tuple[LocatedColumn, ...]

    @property
    def known_count(self) -> int:
        """Number of columns that mean a field."""
        return sum(column.match is not None for column in self.columns)

    @property
    def has_required(self) -> bool:
        """Whether every required field has a column."""
        present = {column.match.field.key for column in self.columns if column.match is not None}
        return all(field.key in present for field in self.table.fields if field.required)

    def columns_of(self, field: Field) -> tuple[LocatedColumn, ...]:
        """Return the columns of a field, a repeated one's in order of their numbers."""
        found = [column for column in self.columns if column.match is not None and column.match.field.key == field.key]
        return tuple(sorted(found, key=lambda column: (column.match and column.match.number) or 0))


@dataclass(frozen=True, slots=True)
class LocatedLine:
    """A line of the card: 1-based row, its label as written, 0-based column of the value."""

    row: int
    label: str
    position: int


@dataclass(frozen=True, slots=True)
class LocatedWorkbook:
    """What was found; a table that was not found is absent.

    Attributes:
        card_sheet: sheet of the card, ``None`` when there is none.
        card: lines of the card by key of the field.
        tables: tables by key.
        headless: sheets with the right name but without a row of headers, by key of the table.
    """

    card_sheet: RawSheet | None
    card: Mapping[str, LocatedLine]
    tables: Mapping[str, LocatedTable]
    headless: Mapping[str, RawSheet]


def recognise(book: RawBook) -> Recognition | None:
    """Return how surely a book is a partnership workbook, ``None`` when nothing speaks for it."""
    located = locate_workbook(book)
    names = {fold(sheet.name) for sheet in book.sheets}
    named = sum(bool(names & {fold(name) for name in _sheet_names(table.sheet)}) for table in (CARD, *_SHEET_TABLES))
    found = [located.tables[table.key] for table in _SHEET_TABLES if table.key in located.tables]
    parts = {
        "sheet_names": 0.15 * named,
        "headers": sum(0.5 if 2 * table.known_count > len(table.table.fields) else 0.3 for table in found),
        "card": 0.5 if "name" in located.card and len(located.card) > _FEWEST_LINES else 0.0,
    }
    score = sum(parts.values())
    if score < _LEAST_SCORE:
        return None
    reasons = tuple(f"recognition.{SOURCE}.{part}" for part, weight in parts.items() if weight)
    return Recognition(SOURCE, min(score, 1.0), reasons, kind="register")


def locate_workbook(book: RawBook) -> LocatedWorkbook:
    """Find the tables of the workbook: each on a sheet of its own, but territory and diagnoses below the card."""
    candidates = [
        (_sheet_likeness(sheet, table), located)
        for sheet in book.sheets
        for table in _SHEET_TABLES
        if (located := _locate_table(sheet, table)) is not None
    ]
    candidates.sort(key=lambda candidate: (candidate[0], candidate[1].known_count), reverse=True)
    tables: dict[str, LocatedTable] = {}
    used: set[str] = set()
    for likeness, located in candidates:
        key, name = located.table.key, located.sheet.name
        # Under a name of its own a sheet has to speak for itself.
        enough = likeness > 0 or (located.known_count >= _NAMELESS_HEADERS and located.has_required)
        if enough and key not in tables and name not in used:
            tables[key] = located
            used.add(name)
    rest = [sheet for sheet in book.sheets if sheet.name not in used]
    card_sheet, card, below = _locate_card(rest)
    headless = {
        table.key: sheet
        for table in _SHEET_TABLES
        if table.key not in tables
        for sheet in rest
        if sheet is not card_sheet and _sheet_likeness(sheet, table) == Likeness.EXACT
    }
    return LocatedWorkbook(card_sheet, card, tables | below, headless)


def _locate_table(sheet: RawSheet, table: Table, search_rows: int = _SEARCH_ROWS) -> LocatedTable | None:
    """Return the row with the most headers of a table, the upper one of two equal ones."""
    best: LocatedTable | None = None
    for row in range(1, min(sheet.row_count, search_rows) + 1):
        headers = [cell_text(value) for value in sheet.row(row)]
        if not _FEWEST_HEADERS <= sum(bool(header) for header in headers) <= _MOST_HEADERS:
            continue
        matches = match_headers(table, headers)
        columns = tuple(
            LocatedColumn(position, header, match)
            for position, (header, match) in enumerate(zip(headers, matches, strict=True))
        )
        found = LocatedTable(table, sheet, row, sheet.row_count, columns)
        if found.known_count >= _FEWEST_HEADERS and (best is None or found.known_count > best.known_count):
            best = found
    return best


def _locate_card(
    sheets: list[RawSheet],
) -> tuple[RawSheet | None, dict[str, LocatedLine], dict[str, LocatedTable]]:
    best: tuple[int, RawSheet, dict[str, LocatedLine], dict[str, LocatedTable]] | None = None
    for sheet in sheets:
        likeness = _sheet_likeness(sheet, CARD)
        if not likeness and len(_locate_lines(sheet, set(), _SEARCH_ROWS)) < _FEWEST_LINES:
            continue
        below = _locate_below(sheet)
        occupied = {row for table in below.values() for row in range(table.header_row, table.last_row + 1)}
        lines = _locate_lines(sheet, occupied, _CARD_ROWS)
        weight = len(lines) + len(below) + 3 * likeness
        if best is None or weight > best[0]:
            best = (weight, sheet, lines, below)
    return (None, {}, {}) if best is None else best[1:]


def _locate_below(sheet: RawSheet) -> dict[str, LocatedTable]:
    """Find territory and diagnoses below each other on one sheet; each ends where the next one's title begins."""
    found = [
        located for table in (TERRITORY, DIAGNOSES) if (located := _locate_table(sheet, table, _CARD_ROWS)) is not None
    ]
    found.sort(key=lambda located: located.header_row)
    tables: dict[str, LocatedTable] = {}
    for number, located in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        last_row = sheet.row_count if following is None else _first_row_of(following) - 1
        tables[located.table.key] = LocatedTable(
            located.table, sheet, located.header_row, max(last_row, located.header_row), located.columns
        )
    return tables


def _first_row_of(located: LocatedTable) -> int:
    """Return the row where a table's title or help begins, a few rows above its headers."""
    table = located.table
    ours = {fold(say(f"table.{table.key}.{part}", language)) for part in ("title", "intro") for language in LANGUAGES}
    ours |= {fold(field_help(table, field, language)) for field in table.fields for language in LANGUAGES}
    first = located.header_row
    for row in range(located.header_row - 1, max(located.header_row - 5, 0), -1):
        if any(fold(cell_text(value)) in ours - {""} for value in located.sheet.row(row)):
            first = row
    return first


def _locate_lines(sheet: RawSheet, occupied: set[int], search_rows: int) -> dict[str, LocatedLine]:
    """Find the card's labels; a label's value stands in the next column."""
    lines: dict[str, tuple[Likeness, LocatedLine]] = {}
    for row in range(1, min(sheet.row_count, search_rows) + 1):
        if row in occupied:
            continue
        for position, value in enumerate(sheet.row(row)):
            if not isinstance(value, str) or len(value) > 60:
                continue
            for field in CARD.fields:
                likeness = _line_likeness(value, field)
                known = lines.get(field.key)
                if likeness is not None and (known is None or likeness > known[0]):
                    lines[field.key] = (likeness, LocatedLine(row, cell_text(value), position + 1))
            break  # only the first filled cell of a row is a label
    return {key: line for key, (_, line) in lines.items()}


def _line_likeness(text: str, field: Field) -> Likeness | None:
    folded = fold(text)
    likeness = name_matches(folded, [field_header(CARD, field, language=language) for language in LANGUAGES])
    if likeness is Likeness.EXACT:
        return likeness
    return Likeness.ALIAS if folded in {fold(alias) for alias in field_aliases(CARD, field)} else likeness


def _sheet_likeness(sheet: RawSheet, table: Table) -> int:
    likeness = name_matches(fold(sheet.name), _sheet_names(table.sheet))
    return 0 if likeness is None else int(likeness)


def _sheet_names(key: str) -> list[str]:
    return [say(f"sheet.{key}.name", language) for language in LANGUAGES]
