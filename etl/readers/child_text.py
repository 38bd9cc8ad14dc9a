"""Delimited text (CSV, TSV, TXT) in the child process: encoding, delimiter, rows. Everything stays text."""

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import Any

from etl.readers.child_table import ChildFault, TableBuilder

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_CHARACTERS = 400_000
_SAMPLE_ROWS = 500

# One-byte encodings met in Poland, the likeliest first.
_ONE_BYTE = ("cp1250", "iso-8859-2", "cp852", "cp1252")
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_TYPOGRAPHY = frozenset("–—„”“’‘…•§°€«»×·é\u00a0½")

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
# UTF-8 read as cp1250 or cp1252 and saved again: "Ä…", "Å‚", "Ăł" and their kin.
_TWICE_ENCODED = re.compile("Ä[…™‡]|Å[‚›„¼º]|Ă[ł“]|Ĺ[‚›„şĽ]")

Findings = list[tuple[str, dict[str, Any], dict[str, str | int]]]


def read_text(content: bytes, limits: dict[str, int]) -> tuple[TableBuilder, dict[str, str], Findings]:
    """Read delimited text.

    Returns:
        The table, properties (``encoding``, ``separator``) and findings as (code, place, facts).

    Raises:
        ChildFault: it is not text, or breaks a limit.
    """
    text, encoding, guessed = decode(content)
    findings: Findings = []
    if guessed:
        findings.append(("FILE-ENCODING-GUESSED", {}, {"encoding": encoding}))
    if "\ufffd" in text or _TWICE_ENCODED.search(text):
        findings.append(("FILE-LETTERS-DAMAGED", {}, {}))
    named, body = _take_separator_line(text)
    separator = named or find_delimiter(body)
    rows, widths = _parse(body, separator, limits)
    if named:
        rows.insert(0, [])  # rows keep the numbers a person sees
    usual = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    ragged = [number for number, row in enumerate(rows, 1) if len(row) > 1 and len(row) != usual]
    if ragged:
        findings.append(("FILE-ROWS-RAGGED", {"row": ragged[0]}, {"count": len(ragged), "width": usual}))
    table = TableBuilder(max(widths))
    table.add(rows, limits["rows"])
    return table, {"encoding": encoding, "separator": separator}, findings


def decode(content: bytes) -> tuple[str, str, bool]:
    """Return the text, the encoding's name, and whether the encoding had to be guessed.

    Raises:
        ChildFault: these bytes are no text.
    """
    text, encoding, guessed = _decode(content)
    sample = text[:_SAMPLE_CHARACTERS]
    if len(_CONTROL.findall(sample)) > max(8, len(sample) // 50):
        raise ChildFault("FILE-NOT-A-TABLE")
    return text, encoding, guessed


def _decode(content: bytes) -> tuple[str, str, bool]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            # A half of a character at the end or a stray byte costs that character, not the file.
            return content.decode(encoding, errors="replace"), encoding.removesuffix("-sig"), False
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return content.decode(unmarked, errors="replace"), unmarked, False
    try:
        return content.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return *_guess_one_byte(content), True


def _utf16_without_mark(content: bytes) -> str | None:
    """Mostly Latin text in UTF-16 has a NUL in every second byte."""
    sample = content[:4_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > half * 0.5 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.5 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _guess_one_byte(content: bytes) -> tuple[str, str]:
    """Choose by Polish letters gained against signs that no Polish text holds (cp1250 and 8859-2 differ in six)."""
    sample = content[:_SAMPLE_CHARACTERS]

    def score(encoding: str) -> int:
        signs = Counter(sample.decode(encoding, errors="replace"))
        # DOS is rare today: one lucky letter (a dash of Windows is its "ś") doesn't prove it.
        points = -10 if encoding == "cp852" and len(_POLISH & signs.keys()) < 3 else 0
        for sign, count in signs.items():
            if sign in _POLISH:
                points += count
            elif sign == "\ufffd" or "\x7f" <= sign < "\xa0":
                points -= 5 * count
            elif not sign.isascii() and sign not in _TYPOGRAPHY:
                points -= count
        return points

    best = max(_ONE_BYTE, key=score)
    return content.decode(best, errors="replace"), best


def _take_separator_line(text: str) -> tuple[str | None, str]:
    """Excel honours a first line ``sep=;``; so do we."""
    found = re.match(r'"?sep=(.)"?(\r\n|\r|\n)', text, re.IGNORECASE)
    return (found.group(1), text[found.end() :]) if found else (None, text)


def find_delimiter(text: str) -> str:
    """Return the delimiter that gives the most rows of equal width greater than one; a comma when none does."""
    sample = text[:_SAMPLE_CHARACTERS]
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS):
                if len(row) > 1:
                    widths[len(row)] += 1
        except csv.Error:
            continue
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (count, width) > best_score:
                best, best_score = delimiter, (count, width)
    return best


def _parse(text: str, delimiter: str, limits: dict[str, int]) -> tuple[list[list[str]], Counter[int]]:
    """Return all rows and how many there are of each width; blank lines are rows without cells."""
    csv.field_size_limit(limits["file_bytes"])
    rows: list[list[str]] = []
    widths: Counter[int] = Counter()
    cells = 0
    # newline="": a line break inside quotation marks belongs to the cell, and a lone CR ends a row too.
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        width = len(row)
        cells += width
        if width > limits["columns"]:
            raise ChildFault("FILE-TOO-MANY-COLUMNS", {"row": len(rows) + 1}, limit=limits["columns"])
        if len(rows) >= limits["rows"]:
            raise ChildFault("FILE-TOO-MANY-ROWS", limit=limits["rows"])
        if cells > limits["cells"]:
            raise ChildFault("FILE-TOO-MANY-CELLS", limit=limits["cells"])
        rows.append(row)
        widths[width] += 1
    del widths[0]
    if not widths:
        raise ChildFault("FILE-EMPTY")
    if text.count('"') % 2 and rows[-1] and "\n" in rows[-1][-1]:
        # A quotation mark that nobody closed swallowed the rest of the file into one cell.
        raise ChildFault("FILE-QUOTE-OPEN", {"row": len(rows)})
    if max(widths) * len(rows) > limits["cells"]:
        raise ChildFault("FILE-TOO-MANY-CELLS", limit=limits["cells"])
    return rows, widths
