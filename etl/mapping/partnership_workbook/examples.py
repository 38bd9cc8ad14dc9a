"""The example row of the empty workbook: known by its mark, or by its content where the mark's column is gone."""

from datetime import date, datetime
from decimal import Decimal

from etl.clean.labels import cell_text
from etl.readers.raw import CellValue
from etl.recognise.partnership_workbook import LocatedColumn, LocatedTable
from etl.workbook_layout import FieldKind, field_example, say
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES


def is_example(located: LocatedTable, cells: tuple[CellValue | None, ...]) -> bool:
    """Whether a row is the example: its mark says so, or it has no mark and holds just what the example holds."""
    marks = _find_marks(located)
    if not marks:
        return is_untouched_example(located, cells)
    mark = fold(cell_text(cells[marks[0].position]))
    return any(mark.startswith(fold(say("example.mark", language))) for language in LANGUAGES)


def has_mark(located: LocatedTable) -> bool:
    """Whether a table has the column in which an example row is marked."""
    return bool(_find_marks(located))


def is_untouched_example(located: LocatedTable, cells: tuple[CellValue | None, ...]) -> bool:
    """Whether a row's cells, but for the mark, are those of the example."""
    expected: list[str] = []
    found: list[str] = []
    for field in located.table.fields:
        if field.kind is FieldKind.MARK:
            continue
        columns = located.columns_of(field)
        example = [_plain(value) for value in field_example(located.table, field)]
        expected += [*example, *[""] * len(columns)][: len(columns)]
        found += [_plain(cells[column.position]) for column in columns]
    return found == expected and any(found)


def _find_marks(located: LocatedTable) -> list[LocatedColumn]:
    return [column for column in located.columns if column.match and column.match.field.kind is FieldKind.MARK]


def _plain(value: CellValue | Decimal | None) -> str:
    if isinstance(value, bool):
        return fold(say("words.yes" if value else "words.no", "pl"))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return fold(str(value) if isinstance(value, Decimal) else cell_text(value))
