"""The shape of a sheet: which rows are filled, and where the headers of a table stand."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from etl.clean.labels import cell_text
from etl.readers.raw import CellValue, RawColumn, RawSheet

_SEARCH_ROWS = 40
_FEWEST_NUMBERS = 3
_FEWEST_ANSWERS, _FEWEST_HITS = 2, 2


def filled_cells(sheet: RawSheet, rows: int | None = None) -> npt.NDArray[np.bool_]:
    """Return which cells are filled: shape (rows, columns), the first ``rows`` rows or all of them."""
    count = sheet.row_count if rows is None else min(rows, sheet.row_count)
    if not sheet.columns:
        return np.zeros((count, 0), dtype=bool)
    return np.stack([column.codes[:count] >= 0 for column in sheet.columns], axis=1)


def find_first_row(sheet: RawSheet) -> int | None:
    """Return the 1-based number of the first row that has a filled cell, ``None`` for an empty sheet."""
    starts = [int(np.argmax(column.codes >= 0)) for column in sheet.columns if (column.codes >= 0).any()]
    return min(starts) + 1 if starts else None


def list_values(column: RawColumn, header_row: int) -> list[CellValue]:
    """Return a column's distinct values below a 1-based row of headers, in order of appearance in the sheet."""
    below = column.codes[header_row:]
    seen = np.bincount(below[below >= 0], minlength=len(column.values))
    return [column.values[code] for code in np.flatnonzero(seen).tolist()]


def find_header_row(sheet: RawSheet) -> int | None:
    """Return the row of a table's headers: well filled, mostly text, mostly distinct, with rows below it.

    Titles above a table fill one or two cells of a row; data below it repeat, or are numbers.

    Returns:
        1-based row, ``None`` when no row looks like headers.
    """
    filled = filled_cells(sheet)
    if not filled.size:
        return None
    used = filled.any(axis=0)
    # Cells filled in a column of notes far right should not make the real table look half empty.
    body = filled[:, used]
    typical = float(np.median(body.sum(axis=1)[body.any(axis=1)]))
    for row in np.flatnonzero(filled[:_SEARCH_ROWS].any(axis=1)):
        cells = [value for value in sheet.row(int(row) + 1) if value is not None]
        texts = [value for value in cells if isinstance(value, str) and not _is_number(value)]
        texts += _question_numbers(cells)
        enough = len(cells) >= max(1, 0.6 * typical)
        if not enough or len(texts) < 0.6 * len(cells):
            continue
        if len(set(texts)) >= 0.6 * len(texts) > 0 or (len(texts) == len(cells) > 1 and _stands_alone(sheet, int(row))):
            return _row_above_answers(sheet, int(row)) + 1
    return None


def reads_like_answers(sheet: RawSheet, row: int) -> bool:
    """Whether the cells of a 1-based row come again below it, each in its own column, as answers do and headers don't.

    A column of one option repeats its header in every tick; only columns with several answers tell. A row below that
    repeats the whole row is the headers once more, from the next page.
    """
    filled = [column for column in sheet.columns if column.codes[row - 1] >= 0]
    if len(filled) < _FEWEST_HITS:
        return False
    equal = np.sum([column.codes[row:] == column.codes[row - 1] for column in filled], axis=0)
    other = equal < max(_FEWEST_HITS, 0.6 * len(filled)) if len(filled) > _FEWEST_HITS else equal < len(filled)
    seen = hits = 0
    for column in filled:
        code = int(column.codes[row - 1])
        below = column.codes[row:][other]
        if code < 0 or len(np.unique(below[below >= 0])) < _FEWEST_ANSWERS:
            continue
        seen += 1
        hits += bool((below == code).any())
    return hits >= max(_FEWEST_HITS, 0.5 * seen)


def _row_above_answers(sheet: RawSheet, row: int) -> int:
    """Return the 0-based row of the headers of a first row of answers: the next filled one above it, if it can be."""
    if not reads_like_answers(sheet, row + 1):
        return row
    above = [place for place in range(row) if sum(column.codes[place] >= 0 for column in sheet.columns) > 1]
    if above and not reads_like_answers(sheet, above[-1] + 1):
        return above[-1]
    return row


def _stands_alone(sheet: RawSheet, row: int) -> bool:
    """Whether no word of a row comes again below it, in its own column: headers may be alike, answers are not new."""
    if row + 1 >= sheet.row_count or len(set(sheet.row(row + 1))) < _FEWEST_NUMBERS:
        return False
    own = [column for column in sheet.columns if column.codes[row] >= 0]
    return all(int((column.codes == column.codes[row]).sum()) == 1 for column in own)


def _question_numbers(cells: Sequence[CellValue]) -> list[str]:
    """Return the cells that number questions from 1 on, as people head a table that they type paper into."""
    numbers = [cell_text(value) for value in cells if cell_text(value).isdigit()]
    runs = len(numbers) >= _FEWEST_NUMBERS and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return numbers if runs and len(numbers) < len(cells) else []


def _is_number(text: str) -> bool:
    return text.strip().replace(",", "", 1).replace(".", "", 1).lstrip("-−").isdigit()
