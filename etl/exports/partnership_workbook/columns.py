"""A table's fields laid out as columns: a repeated field becomes numbered columns, a group of them goes together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.exports.partnership_workbook.cells import CellContent
from etl.exports.partnership_workbook.rows import RowContent
from etl.workbook_layout import Field, Table, field_header

_REQUIRED_SIGN = " *"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet; ``number`` tells the columns of a repeated field apart, from 1."""

    field: Field
    number: int | None = None

    def header(self, table: Table) -> str:
        """Return the header as it is written: required ones carry an asterisk."""
        return field_header(table, self.field, self.number) + (_REQUIRED_SIGN if self.field.required else "")

    def content(self, row: RowContent) -> CellContent:
        """Return this column's part of a row."""
        value = row.get(self.field.key)
        if isinstance(value, tuple):
            return value[self.number - 1] if self.number is not None and self.number <= len(value) else None
        return value


def lay_out_columns(table: Table, rows: Sequence[RowContent]) -> tuple[Column, ...]:
    """Return the columns a table needs: repeated fields as often as the layout says, or more when a row needs more."""
    counts = {field.key: max([field.repeat, *(_length(row.get(field.key)) for row in rows)]) for field in table.fields}
    columns: list[Column] = []
    done: set[str] = set()
    for field in table.fields:
        if field.repeat == 0:
            columns.append(Column(field))
        elif field.group == "":
            columns.extend(Column(field, number) for number in range(1, counts[field.key] + 1))
        elif field.group not in done:
            done.add(field.group)
            columns.extend(_group_columns(table, field.group, counts))
    return tuple(columns)


def _group_columns(table: Table, group: str, counts: Mapping[str, int]) -> list[Column]:
    members = [field for field in table.fields if field.group == group]
    most = max(counts[field.key] for field in members)
    return [Column(field, number) for number in range(1, most + 1) for field in members]


def _length(value: object) -> int:
    return len(value) if isinstance(value, tuple) else 0
