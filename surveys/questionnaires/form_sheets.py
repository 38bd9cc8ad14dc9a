"""A form as its sheets: rows of texts by header, with the places they were read from.

Between a file (`etl.forms`, or the CSV files of this room) and a `surveys.model.Form`; what validation looks at,
because a form keeps no faulty row.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECTIONS = ("survey", "choices", "settings", "external_choices", "entities", "osm")


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet of a form.

    Attributes:
        headers: as written, in order, without repetitions.
        rows: 1-based row and its filled cells by header.
        name: of the sheet as its file has it.
        header_row: 1-based row of the headers; 0 when the sheet was read from no file.
        has_title: something stands above the headers, which other programs would take for them.
    """

    headers: tuple[str, ...] = ()
    rows: tuple[tuple[int, Mapping[str, str]], ...] = ()
    name: str = ""
    header_row: int = 0
    has_title: bool = False


@dataclass(frozen=True, slots=True)
class FormSheets:
    """All sheets of a form by XLSForm's name of them; those a form does not have are missing."""

    sheets: Mapping[str, FormSheet] = field(default_factory=dict)

    def __getitem__(self, section: str) -> FormSheet:
        return self.sheets.get(section, FormSheet(name=section))

    def __contains__(self, section: object) -> bool:
        return section in self.sheets


def make_sheet(cells: Sequence[tuple[int, Sequence[str]]], name: str) -> FormSheet:
    """Return a sheet from its rows of texts, the first of which are its headers.

    Args:
        cells: 1-based row and its cells from the first column on.
        name: of the sheet as its file has it.
    """
    if not cells:
        return FormSheet(name=name)
    header_row, written = cells[0]
    headers = [header.strip() for header in written]
    rows: list[tuple[int, Mapping[str, str]]] = []
    for number, values in cells[1:]:
        row: dict[str, str] = {}
        for header, value in zip(headers, values, strict=False):
            if header and value.strip():
                row.setdefault(header, value.strip())
        if row:
            rows.append((number, row))
    return FormSheet(tuple(dict.fromkeys(header for header in headers if header)), tuple(rows), name, header_row)


def split_csv(text: str) -> FormSheets:
    """Return the sheets of a form in XLSForm's CSV variant: below each other, each named in the row above it."""
    sections: dict[str, list[tuple[int, list[str]]]] = {}
    current: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text))
    for cells in reader:
        if cells and cells[0].strip():
            current = sections.setdefault(cells[0].strip().lower(), [])
        elif any(cells):
            current.append((reader.line_num, cells[1:]))
    return FormSheets({section: make_sheet(rows, section) for section, rows in sections.items()})


def join_csv(sheets: FormSheets) -> str:
    """Return a form in XLSForm's CSV variant, every cell quoted, lines ended as CSV wants them."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for section, sheet in sheets.sheets.items():
        writer.writerow([section])
        writer.writerow(["", *sheet.headers])
        writer.writerows(["", *(row.get(header, "") for header in sheet.headers)] for _, row in sheet.rows)
    return out.getvalue()
