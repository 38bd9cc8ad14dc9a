"""Delimited text (CSV, TSV, TXT) in the child process: delimiter and rows. Everything stays text.

The rows go straight into columns, a few thousand at a time: a file of twelve million cells never stands in memory as
rows.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from etl.readers.child_encoding import DecodedText, decode
from etl.readers.child_table import ChildBook, ChildFault, ChildSheet, Findings, TableBuilder

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 500
_SEPARATOR_LINE = re.compile(r'"?sep=([^"\w\r\n ])"?[;,\t|]*(\r\n|\r|\n|$)', re.IGNORECASE)


def read_text(content: bytes, limits: dict[str, int]) -> ChildBook:
    """Read delimited text.

    Returns:
        A book with one sheet without a name, properties ``encoding`` and ``separator``.

    Raises:
        ChildFault: it is not text, or breaks a limit.
    """
    text = decode(content)
    findings: Findings = []
    if text.guessed:
        findings.append(("FILE-ENCODING-GUESSED", {}, {"encoding": text.found}))
    sample = text.sample()
    named = _SEPARATOR_LINE.match(sample)
    separator = named.group(1) if named else find_delimiter(sample)
    table = TableBuilder(0)
    shape = _Shape()
    try:
        table.add(shape.watch(_open_rows(text, separator), limits), limits["rows"], limits["text_cells"])
    except csv.Error:
        raise ChildFault("FILE-NOT-A-TABLE") from None
    if not shape.widths:
        raise ChildFault("FILE-EMPTY")
    # The parser ends inside a quotation that nobody closed only when the number of marks is odd.
    if shape.last_cell_is_long and text.content.count(b'"') % 2:
        raise ChildFault("FILE-QUOTE-OPEN", {"row": shape.row_count})
    findings += shape.describe_ragged_rows()
    return ChildBook("csv", [ChildSheet("", table)], {"encoding": text.found, "separator": separator}, findings)


def find_delimiter(text: str) -> str:
    """Return the delimiter that gives the most rows of equal width greater than one; a comma when none does."""
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _SAMPLE_ROWS):
                if len(row) > 1:
                    widths[len(row)] += 1
        except csv.Error:
            continue
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (count, width) > best_score:
                best, best_score = delimiter, (count, width)
    return best


class _Shape:
    """What the rows look like while they pass: how wide they are, and which one was the first of its width."""

    def __init__(self) -> None:
        self.widths: Counter[int] = Counter()
        self._first: dict[int, int] = {}
        self.row_count = 0
        self.last_cell_is_long = False

    def watch(self, rows: Iterable[list[str]], limits: dict[str, int]) -> Iterator[list[str]]:
        """Yield the rows; blank lines are rows without cells."""
        number = 0
        row: list[str] = []
        widths, first, widest = self.widths, self._first, limits["columns"]
        for number, row in enumerate(rows, 1):
            width = len(row)
            if width not in first:
                if width > widest:
                    raise ChildFault("FILE-TOO-MANY-COLUMNS", {"row": number}, limit=widest)
                first[width] = number
            widths[width] += 1
            yield row
        del widths[0]
        self.row_count = number
        # A line break inside the very last cell is the sign of a quotation that swallowed the rest of the file.
        self.last_cell_is_long = bool(row) and ("\n" in row[-1] or "\r" in row[-1])

    def describe_ragged_rows(self) -> Findings:
        """Return a finding when rows have another width than most; a single cell (a title) doesn't count."""
        usual = max(self.widths.items(), key=lambda item: (item[1], item[0]))[0]
        others = [width for width in self.widths if width not in {usual, 1}]
        if not others:
            return []
        count = sum(self.widths[width] for width in others)
        first = min(self._first[width] for width in others)
        return [("FILE-ROWS-RAGGED", {"row": first}, {"count": count, "width": usual})]


def _open_rows(text: DecodedText, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text.content) + 1))
    stream = text.open()
    # newline="": a line break inside quotation marks belongs to the cell, and a lone CR ends a row too.
    if _SEPARATOR_LINE.match(text.sample()) is None:
        return csv.reader(stream, delimiter=separator)
    stream.readline()
    # Rows keep the numbers a person sees.
    return chain([[]], csv.reader(stream, delimiter=separator))
