"""Numbers of options in one cell, as people type paper in: ``1,2,5``; ``3; 7``; ``2 4``.

A spreadsheet set to Polish takes ``1,2`` for a number and keeps it as 1.2: beside cells with three numbers and more it
is a list like the others.
"""

import re
from collections.abc import Sequence

from etl.mapping.answer_column import AnswerColumn
from etl.readers.raw import CellValue

_LIST = re.compile(r"\d{1,2}(?:\s*[,;/+. ]\s*\d{1,2})*[,;.]?")
_PARTED = re.compile(r"\d{1,2}\s*[,;/+ ]\s*\d{1,2}.*")
_HIGHEST = 40
_FEWEST_LISTS = 2
_LONG = 3


def split_option_numbers(column: AnswerColumn) -> tuple[tuple[str, ...], ...] | None:
    """Return the numbers in each distinct value, ``None`` when the column holds something else.

    Two numbers in a cell may be one with a decimal comma; three are a list, and so is everything beside it.
    """
    cells = [_take_apart(value, text) for value, text in zip(column.values, column.texts, strict=True)]
    if any(cell is None for cell in cells):
        return None
    numbers = [cell or () for cell in cells]
    long = sum(count for cell, count in zip(numbers, column.counts, strict=True) if len(cell) >= _LONG)
    if long < _FEWEST_LISTS or any(len(set(cell)) < len(cell) for cell in numbers):
        return None
    if max((int(number) for cell in numbers for number in cell), default=0) > _HIGHEST:
        return None
    return tuple(numbers) if _recurs(numbers) else None


def _take_apart(value: CellValue, text: str) -> tuple[str, ...] | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, int | float):
        written = f"{value:g}".replace(".", ",")
        return tuple(written.split(",")) if _LIST.fullmatch(written) else None
    if not _LIST.fullmatch(text) or (not _PARTED.match(text) and not text.strip(",;. ").isdigit()):
        return None
    return tuple(str(int(number)) for number in re.findall(r"\d+", text))


def _recurs(cells: Sequence[tuple[str, ...]]) -> bool:
    """Whether numbers come back in other company; a code of a place or a date does not."""
    times = [number for cell in set(cells) for number in cell]
    return 3 * len(set(times)) <= 2 * len(times)
