"""What the workbook as a whole has and lacks: sheets, tables, columns."""

from etl.mapping.partnership_workbook.spots import Spot, Terms
from etl.readers.opening import column_letters
from etl.recognise.partnership_workbook import LocatedTable, LocatedWorkbook
from etl.recognise.workbook_headers import Likeness
from etl.workbook_layout import (
    ACTIVITIES,
    CARD,
    DIAGNOSES,
    PARTNERS,
    PROBLEM_TREE,
    PROBLEMS,
    PROJECTS,
    TERRITORY,
    FieldKind,
    field_header,
    say,
    sheet_name,
)
from surveys.findings import Place
from surveys.language.folding import fold

# Columns whose absence loses nothing.
_DISPENSABLE = {FieldKind.MARK, FieldKind.ID}


def check_structure(located: LocatedWorkbook, file_name: str, terms: Terms) -> None:
    """Note missing sheets, tables and columns, renamed ones, and columns nobody knows."""
    if located.card_sheet is None:
        _missing_sheet(CARD.sheet, file_name, terms)
    else:
        _check_name(CARD.sheet, located.card_sheet.name, file_name, terms)
        for table in (TERRITORY, DIAGNOSES):
            if table.key not in located.tables:
                place = Place(file_name, located.card_sheet.name)
                terms.faults.add("TABLE-MISSING", place, name=say(f"table.{table.key}.title", "pl"))
    for table in (PARTNERS, PROBLEMS, PROBLEM_TREE, PROJECTS, ACTIVITIES):
        if table.key in located.headless:
            place = Place(file_name, located.headless[table.key].name)
            terms.faults.add(
                "SHEET-WITHOUT-HEADERS",
                place,
                expected=", ".join(field_header(table, field) for field in table.fields[1:4]),
            )
        elif table.key not in located.tables:
            if not table.later:
                _missing_sheet(table.sheet, file_name, terms)
        else:
            _check_name(table.sheet, located.tables[table.key].sheet.name, file_name, terms)
    for found in located.tables.values():
        _check_columns(found, file_name, terms)


def _missing_sheet(key: str, file_name: str, terms: Terms) -> None:
    terms.faults.add("SHEET-MISSING", Place(file_name, sheet_name(key)), name=sheet_name(key))


def _check_name(key: str, name: str, file_name: str, terms: Terms) -> None:
    if fold(name) not in {fold(say(f"sheet.{key}.name", "pl")), fold(say(f"sheet.{key}.name", "en"))}:
        terms.faults.add("SHEET-RENAMED", Place(file_name, name), name=name, meant=sheet_name(key))


def _check_columns(located: LocatedTable, file_name: str, terms: Terms) -> None:
    table = located.table

    def spot(column: str) -> Spot:
        return Spot(Place(file_name, located.sheet.name, located.header_row, column), terms)

    present = {column.match.field.key for column in located.columns if column.match is not None}
    money = present & {"funding_amount", "funding_year"}
    for field in table.fields:
        if field.key in present or field.later or field.kind in _DISPENSABLE:
            continue
        header = field_header(table, field, 1 if field.repeat else None)
        # An amount whose source is nowhere would be read as nothing.
        needed = field.required or (field.key == "funding_source" and bool(money))
        if table is TERRITORY and field.kind in {FieldKind.AREA, FieldKind.TERYT}:
            needed = not present & {"area", "teryt"}
            if not needed:
                continue
        spot(header).fault("COLUMN-MISSING" if needed else "COLUMN-ABSENT", name=header)
    for column in located.columns:
        match = column.match
        if match is not None:
            if match.likeness is Likeness.NEAR:
                meant = field_header(table, match.field, match.number)
                spot(column.header).fault("COLUMN-RENAMED", name=column.header, meant=meant)
        elif _is_filled(located, column.position):
            name = column.header or column_letters(column.position)
            spot(name).fault("COLUMN-UNKNOWN", name=name)


def _is_filled(located: LocatedTable, position: int) -> bool:
    rows = range(located.header_row + 1, located.last_row + 1)
    return any(located.sheet.cell(row, position) is not None for row in rows)
