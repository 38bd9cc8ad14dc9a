"""Headers in two rows: a question over several columns, and under it its options or rows, merged or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.clean.labels import cell_text, option_key
from etl.clean.numbers import read_number
from etl.readers.raw import RawSheet
from etl.recognise.sheet_shape import list_values
from etl.recognise.tick_marks import Marking, read_marking

# Distinct answers of a grid's rows; more are not compared.
_MOST_LABELS = 12
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class TwoRows:
    """Headers that take two rows.

    Attributes:
        upper, lower: 1-based rows.
        stems: question over each column that stands under one with others, by 0-based position.
        headers: header of each column: under a stem the lower cell, elsewhere whichever is filled.
    """

    upper: int
    lower: int
    stems: Mapping[int, str]
    headers: Mapping[int, str]


def find_two_rows(sheet: RawSheet, header_row: int) -> TwoRows | None:
    """Return headers in two rows, of which ``header_row`` is the upper or the lower; ``None`` when it stands alone.

    A single question has one cell filled of the two, a question over several columns has its own cell above their
    first column. A title above a table is no such cell: it stands over columns that have nothing in common. Merged, it
    heads a section ("Metryczka"), whose columns are questions of their own.
    """
    for upper in (header_row, header_row - 1):
        if 1 <= upper < sheet.row_count:
            found = _try_rows(sheet, upper, is_found_above=upper == header_row)
            if found is not None:
                return found
    return None


def _try_rows(sheet: RawSheet, upper: int, *, is_found_above: bool) -> TwoRows | None:
    above = [cell_text(value) for value in sheet.row(upper)]
    below = [cell_text(value) for value in sheet.row(upper + 1)]
    if not any(above) or any(text and read_number(text) is not None for text in below):
        return None
    merged = _merged_spans(sheet, upper)
    groups = _find_groups(sheet, upper + 1, above, below, merged)
    if not groups:
        return None
    stems = {position: above[start] for start, members in groups.items() for position in members}
    sections = {position for start, end in merged.items() if start not in groups for position in range(start, end + 1)}
    outside = [position for position in range(len(above)) if position not in stems and position not in sections]
    if any(above[position] and below[position] for position in outside):
        return None
    if is_found_above and any(below[position] for position in outside):
        return None  # the row below is the first respondent's
    if not is_found_above and not merged and len(groups) == 1 and not any(above[position] for position in outside):
        first = next(position for position, text in enumerate(below) if text)
        if first in stems:
            return None  # a title over the first columns
    headers = {
        position: below[position] if position in stems or position in sections else above[position] or below[position]
        for position in range(len(above))
    }
    return TwoRows(upper, upper + 1, stems, headers)


def _merged_spans(sheet: RawSheet, row: int) -> dict[int, int]:
    """Return first → last 0-based column of the cells of a row that are merged sideways, but not over the table."""
    width = len(sheet.columns)
    return {
        span.first_column - 1: span.last_column - 1
        for span in sheet.merged
        if span.first_row == row == span.last_row and 1 <= span.last_column - span.first_column < width - 1
    }


def _find_groups(
    sheet: RawSheet, lower: int, above: Sequence[str], below: Sequence[str], merged: Mapping[int, int]
) -> dict[int, list[int]]:
    """Return the columns under each question that has several, by the position of the question."""
    groups: dict[int, list[int]] = {}
    starts = [position for position, text in enumerate(above) if text]
    for start, following in zip(starts, [*starts[1:], len(above)], strict=True):
        end = merged.get(start, following - 1)
        members = [position for position in range(start, min(end + 1, len(below))) if below[position]]
        alike = _take_alike(sheet, lower, members)
        if start in merged and alike != members:
            continue  # a section with questions of their own
        members = alike
        keys = {option_key(below[position]) for position in members}
        if len(members) >= _FEWEST and members[0] == start and len(keys) == len(members):
            groups[start] = members
    return groups


def _take_alike(sheet: RawSheet, lower: int, members: Sequence[int]) -> list[int]:
    """Nothing says where a question without merged cells ends: it ends where the columns stop being alike."""
    taken: list[int] = []
    known: set[str] = set()
    for position in members:
        if taken and position != taken[-1] + 1:
            break
        marking = read_marking(sheet, position, lower)
        own = {
            option_key(cell_text(value)) for value in list_values(sheet.columns[position], lower)[: _MOST_LABELS + 1]
        }
        if not taken:
            first = marking
        ticks = {Marking.FLAGS, Marking.EMPTY}
        labels = {Marking.LABEL, Marking.EMPTY}
        shared = len(own) <= _MOST_LABELS and bool(own & known)
        if taken and not (shared or {first, marking} <= ticks or {first, marking} <= labels):
            break
        taken.append(position)
        known |= own
    return taken
