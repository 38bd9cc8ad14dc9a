"""The child's answer into a `RawBook`: values unpacked, signs cleaned, what was lost on the way told."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

import numpy as np

from etl.readers.characters import CleanColumn, clean_column, clean_text
from etl.readers.damage import DamageSearch
from etl.readers.raw import CellValue, ColumnNotes, MergedRange, RawBook, RawColumn, RawSheet, ResponseSet
from surveys.findings import FaultError, Finding, Place, Report

_ERRORS = "FILE-ERROR-CELLS"


def build_book(file_name: str, header: dict[str, Any], codes: memoryview) -> RawBook:
    """Return the book that a child's answer describes.

    Args:
        file_name: as the person knows it.
        header: the answer's JSON header.
        codes: each column's codes, one after another.

    Raises:
        FaultError: there is no filled cell in it.
    """
    findings = [
        make_finding(file_name, {"code": code, "place": place, "facts": facts})
        for code, place, facts in header["findings"]
    ]
    # A workbook's own count of failed formulas holds those whose sign is a text as well.
    errors_told = any(finding.code == _ERRORS for finding in findings)
    sheets: list[RawSheet] = []
    offset = 0
    for packed in header["sheets"]:
        sheet, said = _build_sheet(file_name, packed, codes[offset:], errors_told=errors_told)
        offset += 4 * packed["rows"] * len(packed["columns"])
        sheets.append(sheet)
        findings += said
    if not any(sheet.row_count for sheet in sheets):
        raise FaultError(Report((Finding("FILE-EMPTY", Place(file=file_name)),)))
    report = Report(tuple(findings))
    sets = tuple(_unpack_set(declared, sheets) for declared in header["sets"])
    return RawBook(file_name, header["format"], tuple(sheets), header["properties"], report, sets)


def _build_sheet(
    file_name: str, packed: dict[str, Any], codes: memoryview, *, errors_told: bool
) -> tuple[RawSheet, list[Finding]]:
    # A name of several lines could pass for a message of its own wherever it is shown.
    name = re.sub("[\r\n\t]+", " ", clean_text(packed["name"])) or PurePath(file_name).stem
    # A sheet without a name is the whole file: its name would say nothing new of the place.
    place = make_place(file_name, {"sheet": packed["name"], "member": packed["member"]})
    size = 4 * packed["rows"]
    damage = DamageSearch()
    suspects: list[Place] = []
    cleaned: list[CleanColumn] = []
    for position, column in enumerate(packed["columns"]):
        raw = np.frombuffer(codes[position * size : (position + 1) * size], dtype=np.int32)
        values = _unpack_values(column)
        suspicious = damage.look(values)
        if suspicious is not None:
            row = int(np.argmax(raw == suspicious)) + 1
            suspects.append(Place(place.file, place.sheet, row, column_letters(position)))
        cleaned.append(clean_column(values, raw))
    counts = {
        "FILE-SIGNS-REMOVED": sum(column.changed_cells for column in cleaned),
        _ERRORS: 0 if errors_told else sum(column.error_cells for column in cleaned),
    }
    findings = [Finding(code, Place(place.file, name), {"count": count}) for code, count in counts.items() if count]
    if damage.code is not None:
        findings.append(Finding(damage.code, suspects[0]))
    return _trim(name, [column.column for column in cleaned], packed), findings


def make_finding(file_name: str, fault: dict[str, Any]) -> Finding:
    """Return the finding that a child's fault or remark stands for."""
    facts = {name: clean_text(fact) if isinstance(fact, str) else fact for name, fact in fault["facts"].items()}
    return Finding(fault["code"], make_place(file_name, fault["place"]), facts)


def make_place(file_name: str, place: dict[str, Any]) -> Place:
    """Return a place in words: a file of an archive stands behind the archive's name."""
    position = place.get("position")
    column = None if position is None else column_letters(position)
    sheet = clean_text(place["sheet"]) if place.get("sheet") else None
    member = " ".join(clean_text(place["member"]).split()) if place.get("member") else None
    return Place(f"{file_name} › {member}" if member else file_name, sheet, place.get("row"), column)


def column_letters(position: int) -> str:
    """Return the letters of a 0-based column, as a spreadsheet shows them (0 → ``A``, 26 → ``AA``)."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _trim(name: str, columns: Sequence[RawColumn], packed: dict[str, Any]) -> RawSheet:
    """Leave out empty rows below and empty columns right of the last cell."""
    last_row, last_column = 0, 0
    for position, column in enumerate(columns):
        filled = np.flatnonzero(column.codes >= 0)
        if filled.size:
            last_row = max(last_row, int(filled[-1]) + 1)
            last_column = position + 1
    kept = tuple(RawColumn(column.values, column.codes[:last_row]) for column in columns[:last_column])
    member = " ".join(clean_text(packed["member"]).split()) if packed["member"] else None
    merged = tuple(MergedRange(*corners) for corners in packed["merged"])
    notes = {position: _unpack_note(note) for position, note in packed["notes"] if position < last_column}
    return RawSheet(name, kept, last_row, packed["hidden"], member, merged, notes)


def _unpack_note(note: dict[str, Any]) -> ColumnNotes:
    labels = {_clean(_unpack(value)): clean_text(label) for value, label in note["labels"]}
    missing: list[CellValue | tuple[float, float]] = []
    for kind, *bounds in note["missing"]:
        missing.append((bounds[0], bounds[1]) if kind == "range" else _clean(bounds[0]))
    return ColumnNotes(clean_text(note["label"]), labels, tuple(missing), note["measure"])


def _unpack_set(declared: dict[str, Any], sheets: Sequence[RawSheet]) -> ResponseSet:
    return ResponseSet(
        clean_text(declared["name"]),
        clean_text(declared["label"]),
        sheets[declared["sheet"]].name,
        tuple(declared["columns"]),
        declared["counted"],
    )


def _clean(value: CellValue) -> CellValue:
    return clean_text(value) if isinstance(value, str) else value


def _unpack_values(packed: dict[str, Any]) -> list[CellValue]:
    values: list[Any] = packed["values"]
    if packed["kind"] == "plain":
        return values
    if packed["kind"] == "datetime":
        return [datetime.fromisoformat(value) for value in values]
    return [_unpack(value) for value in values]


def _unpack(value: Any) -> CellValue:
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return] # JSON's own kinds
    kind, written = value
    if kind == "datetime":
        return datetime.fromisoformat(written)
    if kind == "date":
        return date.fromisoformat(written)
    return time.fromisoformat(written) if kind == "time" else timedelta(seconds=written)
