"""Two rows of headers: a question over the first of its columns, its options or its rows below."""

from collections.abc import Collection
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.readers.raw import RawSheet


@dataclass(frozen=True, slots=True)
class HeadedGroup:
    """Columns under one question.

    Attributes:
        positions: 0-based columns.
        text: wording over the first of them.
        items: what stands below, one for each column, ``""`` for nothing.
    """

    positions: tuple[int, ...]
    text: str
    items: tuple[str, ...]


def read_groups(sheet: RawSheet, row: int, *, single: Collection[int] = ()) -> list[HeadedGroup]:
    """Return the questions of a sheet.

    A question goes on where nothing stands over the next column, or the same once more (whoever filled the row up).

    Args:
        sheet: the sheet.
        row: 1-based row of the questions; the one of their items is next.
        single: columns that are no question's; they stand apart.
    """
    upper = [cell_text(value) for value in sheet.row(row)]
    lower = [cell_text(value) for value in sheet.row(row + 1)] if row < sheet.row_count else [""] * len(upper)
    groups: list[HeadedGroup] = []
    start = 0
    for position in range(1, len(upper) + 1):
        goes_on = (
            position < len(upper)
            and position not in single
            and start not in single
            and (not upper[position] or _repeats(upper, lower, start, position))
        )
        if not goes_on:
            positions = tuple(range(start, position))
            groups.append(HeadedGroup(positions, upper[start], tuple(lower[start:position])))
            start = position
    return groups


def _repeats(upper: list[str], lower: list[str], start: int, position: int) -> bool:
    """The question's own wording over a column of another item is no new question."""
    return (
        upper[position] == upper[start] and lower[position] not in {"", *lower[start:position]} and lower[start] != ""
    )
