"""What pyxform, the program behind KoboToolbox and ODK, says of a form, and the XForm it makes.

It is given the sheets that our own reader took from the file, never the file, and its Java validator is never started.
It stops at its first fault; ours have been found before, so that only what we didn't see is added.
"""

import re
from collections.abc import Iterator, Sequence

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from etl.forms.pyxform_words import UNKNOWN, UNKNOWN_REMARK, understand
from surveys.findings import FaultError, Finding, Place, Report
from surveys.questionnaires import FormSheet, FormSheets

_ROW = re.compile(r"^\s*\[row\s*:\s*(?P<row>\d+)\]\s*")
_SHEET = re.compile(
    r"(?:[Oo]n the|provided for sheet:) '(?P<sheet>\w+)'(?: sheet)?(?:, the '(?P<column>[\w:]+)' value)?"
)
# Where pyxform doesn't know the place itself, it says so in the place of the name.
_NOWHERE = "unknown"
_LONGEST = 400
# Remarks about what ours say better: translations, labels, and sheets that are called alike.
_SAID_BETTER = re.compile(
    r"is missing the (?:survey|choices)|has no label|should have a label|looking for a sheet named|case-insensitive"
    r"|or_other and transl|being skipped|max-pixels|machine-readable|must not contain spaces",
    re.IGNORECASE,
)
_CHOICES_KNOWN = ("list_name", "list name", "name", "value", "label", "caption", "media", "image", "audio", "video")
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")

PyxformSheets = dict[str, list[dict[str, str]] | list[dict[str, None]] | list[str] | str]


def ask_pyxform(sheets: FormSheets, file_name: str = "", form_id: str = "") -> Report:
    """Return what pyxform refuses and remarks, with the places people see.

    Args:
        sheets: of the form.
        file_name: as the person knows it.
        form_id: name of a form that has none of its own.
    """
    remarks: list[str] = []
    findings: list[Finding] = []
    try:
        convert(_lay_out(sheets, form_id), warnings=remarks)
    except PyXFormError as error:
        findings += [_place(sheets, file_name, UNKNOWN, text) for text in _cut(str(error))]
    except Exception:  # noqa: BLE001 # it breaks in any way on what it did not expect; that is the form's fault too
        findings.append(Finding("FORM-PYXFORM-FAILED", Place(file=file_name or None)))
    findings += [
        _place(sheets, file_name, UNKNOWN_REMARK, text)
        for remark in remarks
        if not _SAID_BETTER.search(remark)
        for text in _cut(remark)
    ]
    return Report(tuple(findings))


def make_xform(sheets: FormSheets, form_id: str = "") -> str:
    """Return a form as XForm XML, as ODK's and Kobo's servers have it.

    Raises:
        FaultError: pyxform refuses the form.
    """
    try:
        return str(convert(_lay_out(sheets, form_id), warnings=[], pretty_print=True).xform)
    except Exception:  # noqa: BLE001 # said in findings, whatever it was
        raise FaultError(ask_pyxform(sheets, form_id=form_id)) from None


def _lay_out(sheets: FormSheets, form_id: str) -> PyxformSheets:
    """The sheets as pyxform wants them: a blank row where the file has one, so that it counts rows as the file does."""
    laid: PyxformSheets = {"sheet_names": [name for name in _SHEETS if name in sheets.sheets]}
    for section in _SHEETS:
        if section in sheets.sheets:
            headers = _headers(sheets[section], section)
            laid[section] = list(_spread(sheets[section], headers))
            laid[f"{section}_header"] = [dict.fromkeys(headers)]
    if form_id:
        laid["fallback_form_name"] = form_id
    return laid


def _headers(sheet: FormSheet, section: str) -> Sequence[str]:
    if section != "choices":
        return sheet.headers
    # It makes an XML element of every further column, and breaks on one that can be none.
    return [header for header in sheet.headers if ":" not in header or header.lower().startswith(_CHOICES_KNOWN)]


def _spread(sheet: FormSheet, headers: Sequence[str]) -> Iterator[dict[str, str]]:
    wanted = set(headers)
    number = sheet.header_row + 1
    for row, cells in sheet.rows:
        while number < row:
            yield {}
            number += 1
        yield {header: text for header, text in cells.items() if header in wanted}
        number += 1


def _cut(text: str) -> list[str]:
    """Several faults stand in one message, each in a line that begins with its row."""
    parts = re.split(r"\n(?=\[row)", text.strip())
    return [part for part in parts if part]


def _place(sheets: FormSheets, file_name: str, code: str, text: str) -> Finding:
    row = _ROW.match(text)
    named = _SHEET.search(text)
    section = named["sheet"] if named is not None else None
    if section == _NOWHERE or (section is None and row is not None):
        section = "survey"
    words = re.sub(r"\s*Learn more: \S+", "", " ".join(_ROW.sub("", text).split()))
    meant = understand(words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…", code)
    # pyxform counts as if the headers stood in the first row.
    number = None if row is None or section is None else int(row["row"]) + max(sheets[section].header_row, 1) - 1
    column = named["column"] if named is not None and named["column"] != _NOWHERE else None
    if number is None and meant.sought[0]:
        section, column, word = meant.sought
        number = _find_row(sheets[section], column, word)
    sheet = None if section is None else sheets[section].name or section
    return Finding(meant.code, Place(file_name or None, sheet, number, column), dict(meant.facts))


def _find_row(sheet: FormSheet, column: str, word: str) -> int | None:
    """Return the first row with a word in a column, where pyxform doesn't say which it means."""
    for number, cells in sheet.rows:
        if any(header.strip().lower() == column.lower() and word in text for header, text in cells.items()):
            return number
    return None
