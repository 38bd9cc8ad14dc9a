"""Headers of hand-made tables as a person would read them: those that R has made names of, and columns of sums."""

import re
from collections.abc import Mapping

from etl.clean.labels import cell_text
from etl.clean.numbers import read_number
from etl.readers.raw import RawSheet
from etl.recognise.sheet_shape import list_values
from surveys.language.folding import fold

# R turns every sign that is no letter or digit into a dot, and puts an X before a digit.
_MANGLED = re.compile(r"^[^\W_][\w.]*$")
_FEWEST_MANGLED = 2
_SUM = re.compile(r"^(suma|razem|ogolem|lacznie|srednia|total|sum|average|liczba zaznaczen|suma punktow)\b.{0,12}$")


def read_headers(sheet: RawSheet, header_row: int) -> dict[int, str]:
    """Return the header of each column of a 1-based row, by 0-based position; ``""`` for a blank one."""
    headers = {position: cell_text(sheet.cell(header_row, position)) for position in range(len(sheet.columns))}
    return unmangle(headers)


def unmangle(headers: Mapping[int, str]) -> dict[int, str]:
    """Return headers with R's dots read as the spaces they mostly were; other tables' headers as they are.

    ``Czy.jest.Pani.studentką.`` loses its question mark for good, but ``Ocena..lekarz.`` shows its brackets, and
    ``Problemy...drogi`` its dash.
    """
    filled = [header for header in headers.values() if header]
    dotted = sum("." in header.strip(".") for header in filled)
    mangled = filled and all(_MANGLED.match(header) for header in filled) and dotted >= _FEWEST_MANGLED
    if not mangled:
        return dict(headers)
    return {position: _read_name(header) for position, header in headers.items()}


def _read_name(name: str) -> str:
    name = re.sub(r"^X(?=\.?\d)", "", name)
    bracketed = re.match(r"^(?P<stem>.*?[^.])\.\.(?P<row>[^.].*[^.])\.$", name)
    if bracketed is not None and "..." not in bracketed["stem"]:
        return f"{_spaced(bracketed['stem'])} [{_spaced(bracketed['row'])}]"
    return " - ".join(_spaced(part) for part in re.split(r"\.{3,}", name) if _spaced(part))


def _spaced(name: str) -> str:
    return " ".join(name.replace(".", " ").split())


def is_sum(sheet: RawSheet, position: int, header: str, last_header: int) -> bool:
    """Return whether a column adds up others: called "Suma" or "Razem", with nothing but numbers in it."""
    if not _SUM.match(fold(header)):
        return False
    values = list_values(sheet.columns[position], last_header)
    return bool(values) and all(read_number(value) is not None for value in values)
