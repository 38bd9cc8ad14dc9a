"""A questionnaire's file → its sheets and the form they describe."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

from etl.importing import Incoming
from etl.readers.opening import open_book
from etl.readers.raw import CellValue, RawBook
from etl.recognise.xlsform_sheets import find_sections
from surveys.findings import FaultError, Finding, Place, Report
from surveys.language.folding import slugify
from surveys.model import Form
from surveys.questionnaires import FormSheet, FormSheets, read_form
from surveys.questionnaires.columns import read_header
from surveys.questionnaires.form_sheets import make_sheet

_SEARCH_ROWS = 10
# A form that asks everything of everybody has a few hundred rows; lists of villages have thousands of options.
_MOST_ROWS = {"survey": 3_000}
_MOST_OTHER_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file that holds a form.

    Attributes:
        file_name: as the person knows it.
        sheets: what its sheets say, with the places.
        sheet_names: names of all sheets of the file, so that a misspelt one can be pointed at.
        report: remarks about the file that did not stop the reading.
    """

    file_name: str
    sheets: FormSheets
    sheet_names: tuple[str, ...] = ()
    report: Report = field(default_factory=Report)

    @property
    def form(self) -> Form:
        """The form, whatever is wrong with it; without an id of its own it is called as its file."""
        form = read_form(self.sheets)
        if form.form_id:
            return form
        slug = slugify_or(PurePath(self.file_name).stem, "form")
        return replace(form, form_id=slug, titles=form.titles or {form.default_language: slug})


def read_form_file(incoming: Incoming) -> FormFile:
    """Read a form from a workbook (xlsx, xls, ods) or a CSV file.

    Raises:
        FaultError: the file cannot be read, holds no form, or one that is too long.
    """
    book = open_book(incoming)
    found = find_sections(book, form_text)
    place = Place(file=book.file_name)
    if found is None:
        raise FaultError(Report((Finding("FORM-NO-SURVEY", place, {"sheets": _name_sheets(book)}),)))
    # In a CSV form all sheets stand in one file: they are called as XLSForm calls them.
    names = {section: section if book.format == "csv" else found.names[section] for section in found.rows}
    for section, rows in found.rows.items():
        most = _MOST_ROWS.get(section, _MOST_OTHER_ROWS)
        if len(rows) > most:
            where = Place(file=book.file_name, sheet=names[section])
            raise FaultError(Report((Finding("FORM-TOO-LONG", where, {"count": len(rows), "limit": most}),)))
    sheets = {section: _find_headers(rows, section, names[section]) for section, rows in found.rows.items()}
    # A CSV form holds sheets of different widths below each other.
    remarks = tuple(finding for finding in book.report if finding.code != "FILE-ROWS-RAGGED")
    return FormFile(book.file_name, FormSheets(sheets), tuple(sheet.name for sheet in book.sheets), Report(remarks))


def form_text(value: CellValue | None) -> str:
    """Return a cell as XLSForm means it: lines kept, ``3.0`` is ``3``, ``0.5`` with a point, truths in English."""
    match value:
        case None:
            return ""
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return f"{value.total_seconds():.0f}"
        case _:
            return str(value)


def _find_headers(rows: Sequence[tuple[int, list[str]]], section: str, name: str) -> FormSheet:
    """The headers are the row that means most among the first ones; the first filled row when none means anything."""
    filled = [place for place, (_, cells) in enumerate(rows[:_SEARCH_ROWS]) if any(cells)]
    if not filled:
        return FormSheet(name=name)
    known = {place: _count_known(rows[place][1], section) for place in filled}
    best = max(filled, key=lambda place: (known[place], -place))
    return replace(make_sheet(rows[best:], name), has_title=best > filled[0])


def _count_known(cells: Sequence[str], section: str) -> int:
    return sum(read_header(cell, section).known for cell in cells if cell)


def _name_sheets(book: RawBook) -> str:
    return ", ".join(sheet.name for sheet in book.sheets[:10]) + (" …" if len(book.sheets) > 10 else "")


def slugify_or(text: str, otherwise: str) -> str:
    """Return the slug of a text, another one when nothing of it can be one."""
    try:
        return slugify(text)
    except ValueError:
        return otherwise
