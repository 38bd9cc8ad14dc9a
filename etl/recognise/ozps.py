"""The yearly assessment of social assistance resources (OZPS): the official form's tables, rows of indicators by years.

A row has its words, its number on the form (Lp.), and a cell a year: two years before, the year assessed, and forecasts
for two more. Headers name the years, or say "rok oceny" and count from it. Sheets of spreadsheets that the form was
copied into look alike; whoever forecasts is told from the header, and forecasts are no facts.
"""

import re
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.recognition import Recognition
from surveys.language.folding import fold

SOURCE = "ozps"

_NUMBER = frozenset({"lp", "l.p", "nr", "numer", "nr wiersza", "lp. w formularzu"})
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_FORECAST = ("prognoz", "rok po", "dwa lata po", "po roku oceny", "plan", "potrzeb")
_COUNTED = (
    ("dwa lata przed", -2),
    ("2 lata przed", -2),
    ("rok przed", -1),
    ("rok po", 1),
    ("dwa lata po", 2),
    ("rok oceny", 0),
)
_SIGNED = ("ocena zasobow pomocy spolecznej", "ozps", "zasobow pomocy spolecznej")
_WORDS = (
    "pomoc spoleczn", "swiadcze", "rodzin", "zasil", "ubostwo", "bezrob", "mieszkancy", "ops", "dps", "piecz", "kadra",
)  # fmt: skip
_SEARCH_ROWS = 25
_FEWEST_YEARS, _FEWEST_ROWS = 2, 3


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column of one year; ``forecast`` says that it holds expectations."""

    column: int
    year: int
    forecast: bool


@dataclass(frozen=True, slots=True)
class OzpsForm:
    """One table of the form.

    Attributes:
        header_row, first_row: 1-based.
        labels: 0-based columns with the words of the rows.
        columns: columns of years.
        rows: rows with figures.
        signed: the file says what it is.
    """

    sheet: RawSheet
    header_row: int
    first_row: int
    labels: tuple[int, ...]
    columns: tuple[YearColumn, ...]
    rows: int
    signed: bool


def recognise(book: RawBook) -> Recognition | None:
    """Return how surely a file is such a form, ``None`` when it has no table of years with numbered rows."""
    forms = find_forms(book)
    if not forms:
        return None
    signed = any(form.signed for form in forms)
    worded = any(_speaks_of_assistance(form) for form in forms)
    if not signed and not worded:
        return None
    first = forms[0]
    reasons = ("years", *(["signed"] if signed else []))
    return Recognition(
        SOURCE,
        0.95 if signed else 0.82,
        tuple(f"recognition.{SOURCE}.{reason}" for reason in reasons),
        kind="indicators",
        sheet=first.sheet.name,
        header_row=first.header_row,
        first_row=first.first_row,
    )


def find_forms(book: RawBook) -> list[OzpsForm]:
    """Return the tables of the form, in the order of the book."""
    words = fold(f"{book.file_name} " + " ".join(_words_above(sheet) for sheet in book.sheets))
    signed = any(words_of_form in words for words_of_form in _SIGNED)
    assessed = _find_assessed_year(words)
    found = [_look_at(sheet, assessed, signed=signed) for sheet in book.sheets]
    return [form for form in found if form is not None]


def _look_at(sheet: RawSheet, assessed: int | None, *, signed: bool) -> OzpsForm | None:
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        headers = [fold(cell_text(value)) for value in sheet.row(row)]
        number = next((place for place, header in enumerate(headers) if header in _NUMBER), None)
        if number is None:
            continue
        columns, last = _read_years(sheet, row, number, assessed)
        if sum(not column.forecast for column in columns) < _FEWEST_YEARS:
            continue
        first = last + 1
        labels = tuple(range(number)) or (number + 1,)
        columns = tuple(column for column in columns if column.column not in labels)
        rows = sum(
            any(sheet.cell(each, column.column) is not None for column in columns)
            for each in range(first, sheet.row_count + 1)
        )
        if rows >= _FEWEST_ROWS:
            return OzpsForm(sheet, row, first, labels, columns, rows, signed)
    return None


def _read_years(
    sheet: RawSheet, header_row: int, number: int, assessed: int | None
) -> tuple[tuple[YearColumn, ...], int]:
    """Return the columns of years, and the last row of headers; a line below may hold "prognoza", or the years."""
    best: tuple[YearColumn, ...] = ()
    last = header_row
    for height in (1, 2, 3):
        rows = range(max(1, header_row - 1), header_row + height)
        if rows.stop - 1 > sheet.row_count:
            break
        found: list[YearColumn] = []
        spread = ""
        for column in range(number + 1, len(sheet.columns)):
            cells = [fold(cell_text(sheet.cell(row, column))) for row in rows]
            # "PROGNOZA" merged over its columns says it once.
            spread = cells[0] or spread
            said = " ".join([*cells, spread if any(words in spread for words in _FORECAST) else ""])
            year = _year_of(said, assessed)
            if year is not None:
                found.append(YearColumn(column, year, any(words in said for words in _FORECAST)))
        years = [column.year for column in found]
        if len(found) > len(best) and len(set(years)) == len(years):
            best, last = tuple(found), header_row + height - 1
    return best, last


def _year_of(said: str, assessed: int | None) -> int | None:
    named = _YEAR.search(said)
    if named is not None:
        return int(named[1])
    if assessed is None:
        return None
    return next((assessed + step for words, step in _COUNTED if words in said), None)


def _find_assessed_year(words: str) -> int | None:
    """Return the year that the form is about: "za rok 2023", "OZPS 2023"."""
    found = re.search(r"(?:za rok|za|ozps|rok oceny:?|na rok)\s*(20\d{2})", words)
    return int(found[1]) if found is not None else None


def _words_above(sheet: RawSheet) -> str:
    rows = range(1, min(sheet.row_count, _SEARCH_ROWS) + 1)
    return " ".join([sheet.name, *(cell_text(value) for row in rows for value in sheet.row(row) if value is not None)])


def _speaks_of_assistance(form: OzpsForm) -> bool:
    texts = fold(
        " ".join(
            cell_text(value)
            for column in form.labels
            for value in form.sheet.columns[column].values
            if isinstance(value, str)
        )
    )
    return sum(words in texts for words in _WORDS) >= 3
