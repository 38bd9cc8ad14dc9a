"""Partnership workbooks written as Markdown tables, and as files."""

import io
import re
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import numpy as np

from etl.exports.partnership_workbook import write_partnership_workbook
from etl.importing import Incoming
from etl.mapping.partnership_workbook import RegisterReading, read_register
from etl.readers.opening import open_book
from etl.readers.raw import CellValue, RawBook, RawColumn, RawSheet
from surveys.findings import Report
from surveys.language.texts import Language
from surveys.model import Register

TODAY = date(2026, 3, 1)
FILE = "karta.xlsx"
SHEETS = {
    "partnership": "Partnerstwo",
    "partners": "Partnerzy",
    "problems": "Problemy",
    "problem_tree": "Drzewo problemów",
    "projects": "Projekty",
    "activities": "Działania",
}

PARTNERSHIP = """
    | Nazwa partnerstwa | Partnerstwo Liw |
    | Data założenia | 12.05.2008 |

    | Lp. | Gmina, dzielnica lub powiat | Kod TERYT | Część tego obszaru |
    | 1 | Liw | | |

    | Lp. | Nazwa diagnozy | Początek | Koniec | Metoda 1 |
"""
PARTNERS = """
    | Lp. | Nazwa partnera | Rodzaj partnera | Sektor |
"""
PROBLEMS = """
    | Lp. | Problem własnymi słowami | Problem z listy |
"""
PROJECTS = """
    | Lp. | Nazwa projektu | Status projektu | Lider finansowy |
"""
ACTIVITIES = """
    | Lp. | Nazwa działania | Obszar tematyczny | Forma działania | Data rozpoczęcia |
"""
BLANK = {
    "partnership": PARTNERSHIP,
    "partners": PARTNERS,
    "problems": PROBLEMS,
    "projects": PROJECTS,
    "activities": ACTIVITIES,
}

# Said of nearly every table in the tests, which write only the columns they are about.
ABSENCES = {"COLUMN-ABSENT", "LINE-ABSENT"}

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def make_book(*, names: dict[str, str] | None = None, **tables: str | None) -> RawBook:
    """Return a workbook whose sheets are Markdown tables; a sheet that is not given is blank, ``None`` is missing.

    A cell of digits is a number unless quoted, ``@2024-05-01`` a date, ``\\n`` a line break; an empty line is an
    empty row.
    """
    sheets = BLANK | tables
    titles = SHEETS | (names or {})
    return RawBook(
        FILE, "xlsx", tuple(_make_sheet(titles.get(key, key), text) for key, text in sheets.items() if text is not None)
    )


def read_book(book: RawBook, known: Register | None = None, **options: object) -> RegisterReading:
    """Read with uids u1, u2 … and a fixed day."""
    settings = {"new_uid": number_uids(), "today": TODAY} | options
    return read_register(book, known, **settings)  # type: ignore[arg-type] # options are those of read_register


def read_tables(
    known: Register | None = None, *, accept_suggestions: bool = False, **tables: str | None
) -> RegisterReading:
    """Read a workbook of Markdown tables."""
    return read_book(make_book(**tables), known, accept_suggestions=accept_suggestions)


def number_uids() -> Callable[[], str]:
    """Return a maker of uids u1, u2 …"""
    numbers = count(1)
    return lambda: f"u{next(numbers)}"


def said(report: Report, *, besides: set[str] = ABSENCES) -> list[tuple[str, str | None, int | None, str | None]]:
    """Return code, sheet, row and column of every finding but absent columns and the summing up."""
    return [
        (finding.code, finding.place.sheet, finding.place.row, finding.place.column)
        for finding in report
        if finding.code not in besides | {"WORKBOOK-STOPPED"}
    ]


def register_of(reading: RegisterReading) -> Register:
    """Return the register, or fail with what stopped it."""
    assert reading.register is not None, [finding.message("en") for finding in reading.report.errors]
    return reading.register


def write_bytes(register: Register | None, language: Language = "pl") -> bytes:
    """Return a register's workbook as a file."""
    out = io.BytesIO()
    write_partnership_workbook(register, out, language)
    return out.getvalue()


def open_bytes(content: bytes) -> RawBook:
    """Read a file as the product does: in a child process."""
    return open_book(Incoming(FILE, content))


def read_file(path: Path) -> RawBook:
    """Read a file from the disk."""
    return open_book(Incoming(path.name, path.read_bytes()))


def _make_sheet(name: str, text: str) -> RawSheet:
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    rows = [[_make_cell(cell) for cell in _split(line)] if line else [] for line in lines]
    width = max(map(len, rows), default=0)
    columns = [[row[position] if position < len(row) else None for row in rows] for position in range(width)]
    return RawSheet(name, tuple(_make_column(cells) for cells in columns), len(rows))


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]


def _make_cell(text: str) -> CellValue | None:
    if not text:
        return None
    if text.startswith("@"):
        return date.fromisoformat(text[1:])
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text.strip('"').replace("\\n", "\n")


def _make_column(cells: list[CellValue | None]) -> RawColumn:
    values: list[CellValue] = []
    codes = []
    for cell in cells:
        known = [number for number, value in enumerate(values) if type(value) is type(cell) and value == cell]
        if cell is None:
            codes.append(-1)
        elif known:
            codes.append(known[0])
        else:
            values.append(cell)
            codes.append(len(values) - 1)
    return RawColumn(tuple(values), np.array(codes, dtype=np.int32))
