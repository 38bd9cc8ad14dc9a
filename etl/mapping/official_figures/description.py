"""What an export of BDL says of itself: the sheet OPIS, the file's name, footnotes, breaks of a series."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from surveys.indicators import SeriesNote
from surveys.language.folding import fold

# LUDN_2137_CTAB_20240312101500.csv: category, number of the table, layout, moment of the export.
_FILE_NAME = re.compile(r"^[A-Z]{2,6}_(?P<table>\d{4})_(?:[CX][A-Z]{2,4})(?:_(?P<day>20\d{6})\d{0,6})?")
_SUBJECTS = ("podgrupa", "subgroup", "temat", "nazwa tematu", "grupa", "group", "kategoria", "category")
_DAYS = frozenset({"data", "data utworzenia", "data eksportu", "data pobrania", "date", "stan na", "export date"})
_DAY = re.compile(r"(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})|(?P<d>\d{2})[.-](?P<m>\d{2})[.-](?P<y>20\d{2})")
_BREAK = (
    "nieporownywaln", "zmiana metod", "zmiana zakresu", "zmiana definicji", "przerwa w szereg", "przerwanie szeregu",
    "nie sa porownywalne", "break in series", "not comparable",
)  # fmt: skip
_MOST_ROWS, _MOST_NOTES, _LONGEST_NOTE = 200, 100, 1_000


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says of itself.

    Attributes:
        subject: name of the table, ``""`` when it isn't said.
        subject_code: BDL's code of the table (``P2137``), ``""`` when the file's name doesn't say.
        fetched_on: day of the export, ``None`` when it isn't said.
        text: the labelled lines of the sheet OPIS, one after another.
        notes: further lines.
    """

    subject: str = ""
    subject_code: str = ""
    fetched_on: date | None = None
    text: str = ""
    notes: tuple[SeriesNote, ...] = ()


def read_description(book: RawBook, tables: Iterable[RawSheet]) -> Description:
    """Return what a file says of itself, in its name and in the sheets that hold no table."""
    named = _FILE_NAME.match(book.file_name)
    with_tables = {sheet.name for sheet in tables}
    labelled: dict[str, str] = {}
    lines: list[str] = []
    notes: list[str] = []
    for sheet in book.sheets:
        if sheet.name in with_tables:
            continue
        for row in range(1, min(sheet.row_count, _MOST_ROWS) + 1):
            cells = [text for value in sheet.row(row) if (text := cell_text(value))]
            label = fold(cells[0]) if cells else ""
            if len(cells) >= 2 and (cells[0].endswith(":") or label in _SUBJECTS or label in _DAYS):
                labelled.setdefault(label, cells[1])
                lines.append(f"{cells[0].rstrip(':')}: {'; '.join(cells[1:])}")
            else:
                notes += [cell for cell in cells if len(cell) > 3]
    subject = next((labelled[label] for label in _SUBJECTS if labelled.get(label)), "")
    days = [day for label, text in labelled.items() if label in _DAYS and (day := _read_day(text)) is not None]
    day = _read_compact(named["day"]) if named is not None and named["day"] else None
    return Description(
        subject=subject,
        subject_code=f"P{named['table']}" if named is not None else "",
        fetched_on=days[0] if days else day,
        text="\n".join(lines),
        notes=make_notes(notes),
    )


def make_notes(texts: Iterable[str]) -> tuple[SeriesNote, ...]:
    """Return lines as notes, each once; those that speak of a break are breaks."""
    kept = [text[:_LONGEST_NOTE] for text in dict.fromkeys(texts)][:_MOST_NOTES]
    return tuple(
        SeriesNote("break" if any(words in fold(text) for words in _BREAK) else "footnote", text) for text in kept
    )


def _read_day(text: str) -> date | None:
    found = _DAY.search(text)
    if found is None:
        return None
    parts = (found["year"], found["month"], found["day"]) if found["year"] else (found["y"], found["m"], found["d"])
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def _read_compact(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
