"""Finished results in place of answers: a row an option, a column a group of people, shares or counts in the cells."""

import re
from collections.abc import Sequence

from etl.clean.labels import cell_text
from etl.clean.numbers import read_number
from etl.readers.raw import RawSheet
from etl.recognise.sheet_shape import list_values
from surveys.language.folding import fold

_GROUP = re.compile(
    r"^\W*(kobiet\w*|mezczyzn\w*|ogol\w*|razem|suma|lacznie|wszyscy|total|women|men|all|mieszkanc\w*|wies|miasto|"
    r"\d{2}\s*[-–]\s*\d{2}( ?lat)?|\d{2}\s*\+|(powyzej|ponad|do|ponizej) \d{2}( ?lat)?|\d{2} (lat )?i wiecej|"
    r"podstawowe|zawodowe|srednie|wyzsze|pracujacy|bezrobotni|seniorzy|mlodziez|k|m)\W*$"
)
_SHARE = re.compile(r"%|\b(procent\w*|odset\w+|udzial\w*|percent|share)\b")
_COUNT = re.compile(r"^\W*(liczba|n|l\.?|ilosc|count|number)\b")
# What Excel writes above the rows of a pivot table.
_PIVOT = frozenset({"etykiety wierszy", "row labels"})
_TOTAL = re.compile(r"^\W*(ogolem|razem|suma|lacznie|total|all)\W*$")
_PERCENT_CELL = re.compile(r"^\s*[<>]?\s*\d{1,3}([.,]\d+)?\s*%\s*$")
_MOST_ROWS, _FEWEST_ROWS = 120, 2
_LONGEST_HEADER, _GROUPS_NAMED = 40, 4
_NEAR = 0.02


def find_cross_table(sheet: RawSheet, columns: Sequence[int], header_row: int) -> str | None:
    """Return the groups that a table of results compares, ``None`` for every other table.

    A table of answers could look so by chance; what shows results is a first column in which nothing comes twice,
    beside nothing but shares, or counts that a total adds up, under headers that name groups.

    Args:
        sheet: the sheet.
        columns: 0-based columns of the table.
        header_row: 1-based row of the headers.
    """
    rows = [row for row in range(header_row + 1, sheet.row_count + 1) if any(sheet.cell(row, at) for at in columns)]
    if not _FEWEST_ROWS <= len(rows) <= _MOST_ROWS:
        return None
    columns = [at for at in columns if not _numbers_lines(sheet, at, rows)]
    headers = {at: cell_text(sheet.cell(header_row, at)) for at in columns}
    words = [at for at in columns if _holds_words(sheet, at, header_row)]
    figures = [at for at in columns if at not in words]
    if not words or words[0] != columns[0] or not figures or len(words) > 2:
        return None
    labels = [cell_text(sheet.cell(row, words[-1])) for row in rows]
    told = [label for label in labels if label]
    if len(set(map(fold, told))) < len(told) or len(told) < len(rows) - 1:
        return None
    cells = {at: [sheet.cell(row, at) for row in rows] for at in figures}
    numbers = {at: [_read_figure(cell_text(value)) for value in own if value is not None] for at, own in cells.items()}
    if any(not own or None in own for own in numbers.values()):
        return None
    figured = {at: [number for number in own if number is not None] for at, own in numbers.items()}
    groups = sum(_GROUP.match(fold(headers[at])) is not None for at in figures)
    shares = sum(
        _SHARE.search(fold(headers[at]) + (" %" if "%" in headers[at] else "")) is not None
        or all(_PERCENT_CELL.match(cell_text(value)) for value in cells[at] if value is not None)
        for at in figures
    )
    sums = sum(_adds_up_to_whole(figured[at]) for at in figures)
    counted = any(_COUNT.match(fold(headers[at])) for at in figures)
    if not (
        fold(headers[columns[0]]) in _PIVOT
        or shares >= max(1, len(figures) - counted)
        or (groups >= 2 and (sums * 2 >= len(figures) or _has_decimals(figured)))
        or (groups >= 2 and _is_totalled(headers, figured, figures))
    ):
        return None
    named = [headers[at][:_LONGEST_HEADER] for at in figures if headers[at]]
    return ", ".join(named[:_GROUPS_NAMED]) + (" …" if len(named) > _GROUPS_NAMED else "")


def _numbers_lines(sheet: RawSheet, position: int, rows: Sequence[int]) -> bool:
    numbers = [read_number(value) for row in rows if (value := sheet.cell(row, position)) is not None]
    return len(numbers) > 1 and numbers == [float(number) for number in range(1, len(numbers) + 1)]


def _holds_words(sheet: RawSheet, position: int, header_row: int) -> bool:
    texts = [cell_text(value) for value in list_values(sheet.columns[position], header_row)]
    return any(texts) and sum(_read_figure(text) is None for text in texts) > len(texts) / 2


def _read_figure(text: str) -> float | None:
    return 0.0 if text in {"-", "–", ""} else read_number(text.rstrip("% ").strip())


def _adds_up_to_whole(numbers: Sequence[float]) -> bool:
    """Whether shares add up to 100 or to 1; the last row may be their sum."""
    for own in (numbers, numbers[:-1]):
        total = sum(own)
        if len(own) > 1 and (abs(total - 100) <= 100 * _NEAR or abs(total - 1) <= _NEAR):
            return True
    return False


def _has_decimals(figured: dict[int, list[float]]) -> bool:
    numbers = [number for own in figured.values() for number in own]
    return max(numbers) <= 100 and sum(not number.is_integer() for number in numbers) > len(numbers) / 3


def _is_totalled(headers: dict[int, str], figured: dict[int, list[float]], figures: Sequence[int]) -> bool:
    """Whether one column is the sum of the others."""
    total = next((at for at in figures if _TOTAL.match(fold(headers[at]))), None)
    others = [at for at in figures if at != total]
    if total is None or len(others) < 2 or len({len(own) for own in figured.values()}) > 1:
        return False
    sums = [sum(figured[at][place] for at in others) for place in range(len(figured[total]))]
    equal = sum(abs(one - two) < 0.5 for one, two in zip(sums, figured[total], strict=True))
    return equal >= 0.8 * len(sums)
