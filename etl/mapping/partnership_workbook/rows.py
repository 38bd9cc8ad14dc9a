"""A located table's rows as typed values; every cell that cannot be read is a fault and counts as empty."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from etl.clean.labels import cell_text
from etl.mapping.partnership_workbook.amounts import read_amount, read_integer, read_measure
from etl.mapping.partnership_workbook.days import read_day
from etl.mapping.partnership_workbook.examples import has_mark, is_example, is_untouched_example
from etl.mapping.partnership_workbook.spots import Spot, Terms
from etl.mapping.partnership_workbook.territory import read_teryt
from etl.mapping.partnership_workbook.words import read_code, read_codes, read_yes_no
from etl.readers.opening import column_letters
from etl.readers.raw import CellValue
from etl.recognise.partnership_workbook import LocatedColumn, LocatedTable
from etl.workbook_layout import Field, FieldKind, Table
from surveys.findings import Place

Value = str | int | float | bool | date | Decimal

CELL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#N/D!", "#N/D", "#ADR!", "#ARG!",
     "#DZIEL/0!", "#NAZWA?", "#ZERO!", "#LICZBA!", "#SPILL!", "#ROZLANIE!"}
)  # fmt: skip


# Kinds whose cells are read without looking at their field.
_READERS: Mapping[FieldKind, Callable[[CellValue, Spot], Value | None]] = {
    FieldKind.AMOUNT: read_amount,
    FieldKind.NUMBER: read_measure,
    FieldKind.DATE: read_day,
    FieldKind.YES_NO: read_yes_no,
    FieldKind.TERYT: read_teryt,
}


@dataclass(slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: 1-based row of the sheet.
        values: what was read, by key of the field; a repeated field has as many as it has columns, ``None`` for an
            empty or unreadable cell. A field whose column is missing is absent.
        filled: keys of fields with a filled cell, readable or not; ``key.0``, ``key.1`` … for single cells.
        places: the same keys to the places of their cells; the empty key to the place of the row.
        uid: of the entity, set when it is known which one it is.
    """

    table: Table
    number: int
    terms: Terms
    places: dict[str, Place]
    values: dict[str, tuple[Value | None, ...]] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    uid: str = ""

    def spot(self, key: str, number: int = 0) -> Spot:
        """Return the place of a field, of its first column or the 0-based ``number``-th."""
        place = self.places.get(f"{key}.{number}") or self.places.get(key) or self.places[""]
        return Spot(place, self.terms)

    def text(self, key: str) -> str:
        """Return a text or code, empty when there is none."""
        value = self._first(key)
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """Return a date."""
        value = self._first(key)
        return value if isinstance(value, date) else None

    def number_of(self, key: str) -> int | None:
        """Return a whole number."""
        value = self._first(key)
        return value if isinstance(value, int) else None

    def measure(self, key: str) -> float | None:
        """Return a measured number."""
        value = self._first(key)
        return value if isinstance(value, float) else None

    def amount(self, key: str) -> Decimal | None:
        """Return an amount."""
        value = self._first(key)
        return value if isinstance(value, Decimal) else None

    def flag(self, key: str) -> bool | None:
        """Return yes or no."""
        value = self._first(key)
        return value if isinstance(value, bool) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts, codes or uids of a repeated field without its gaps."""
        return tuple(value for value in self.values.get(key, ()) if isinstance(value, str))

    def money(self) -> list[tuple[str, Decimal | None, int | None]]:
        """Return source, amount and year of each numbered group of funding columns, empty groups included."""
        columns = [self.values.get(key, ()) for key in ("funding_source", "funding_amount", "funding_year")]
        groups = []
        for source, amount, year in zip_longest(*columns):
            groups.append(
                (
                    source if isinstance(source, str) else "",
                    amount if isinstance(amount, Decimal) else None,
                    year if isinstance(year, int) else None,
                )
            )
        return groups

    def _first(self, key: str) -> Value | None:
        values = self.values.get(key, ())
        return values[0] if values else None


def read_rows(located: LocatedTable, file_name: str, terms: Terms) -> list[Row]:
    """Return the filled rows of a table; an example row is passed over, and said where somebody may wonder."""
    rows = []
    for number in range(located.header_row + 1, located.last_row + 1):
        cells = located.sheet.row(number)
        if is_example(located, cells):
            place = Place(file_name, located.sheet.name, number)
            if not is_untouched_example(located, cells):
                terms.faults.add("EXAMPLE-ROW-CHANGED", place)
            elif not has_mark(located):  # nothing on the row itself says that it is the example
                terms.faults.add("EXAMPLE-ROW-SKIPPED", place)
            continue
        row = _read_row(located, cells, Place(file_name, located.sheet.name, number), terms)
        if row is not None:
            rows.append(row)
    return rows


def _read_row(located: LocatedTable, cells: tuple[CellValue | None, ...], place: Place, terms: Terms) -> Row | None:
    row = Row(located.table, place.row or 0, terms, {"": place})
    for table_field in located.table.fields:
        columns = located.columns_of(table_field)
        if not columns:
            continue
        slots = _number_columns(table_field, columns)
        row.places[table_field.key] = _column_place(place, columns[0])
        row.places |= {f"{table_field.key}.{number}": _column_place(place, column) for number, column in slots.items()}
        if table_field.kind is not FieldKind.MARK:
            row.values[table_field.key] = tuple(_read_field(row, table_field, slots, cells))
    return row if any(not key.startswith("uid") for key in row.filled) else None


def _number_columns(table_field: Field, columns: tuple[LocatedColumn, ...]) -> dict[int, LocatedColumn]:
    """Number a field's columns from 0: those of a group by their headers, so that amount 2 stays with source 2."""
    if not table_field.group:
        return dict(enumerate(columns))
    return {(column.match.number or 1) - 1: column for column in columns if column.match is not None}


def _read_field(
    row: Row, table_field: Field, slots: dict[int, LocatedColumn], cells: tuple[CellValue | None, ...]
) -> Iterator[Value | None]:
    for number in range(max(slots) + 1):
        value = cells[slots[number].position] if number in slots else None
        if value is None or (isinstance(value, str) and not value.strip()):
            yield None
            continue
        row.filled |= {table_field.key, f"{table_field.key}.{number}"}
        spot = row.spot(table_field.key, number)
        if isinstance(value, str) and value.strip().upper() in CELL_ERRORS:
            spot.fault("CELL-ERROR", value=value.strip())
            yield None
        elif table_field.kind is FieldKind.CODE and table_field.repeat and not table_field.group:
            words = value if isinstance(value, str) else cell_text(value)
            yield from read_codes(words, table_field.vocabulary or "", spot)
        else:
            yield read_value(value, table_field, spot)


def read_value(value: CellValue, table_field: Field, spot: Spot) -> Value | None:
    """Return the typed value of a filled cell, ``None`` when it cannot be read (a fault says why)."""
    plain = _READERS.get(table_field.kind)
    if plain is not None:
        return plain(value, spot)
    match table_field.kind:
        case FieldKind.INTEGER:
            return read_integer(value, table_field, spot)
        case FieldKind.CODE:
            return read_code(cell_text(value), table_field.vocabulary or "", spot)
        case FieldKind.PARAGRAPH | FieldKind.REFERENCE:
            return value.replace("\r\n", "\n").strip() if isinstance(value, str) else cell_text(value)
        case _:
            return cell_text(value)


def _column_place(place: Place, column: LocatedColumn) -> Place:
    return Place(place.file, place.sheet, place.row, column.header.rstrip(" *") or column_letters(column.position))
