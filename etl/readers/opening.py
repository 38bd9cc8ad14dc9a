"""Opening a stranger's file: size, first bytes, a child process with limits, clean cells. One way in for all files."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath, PureWindowsPath
from typing import Any

import numpy as np

from etl.importing import Incoming
from etl.readers.characters import clean_column, clean_text
from etl.readers.child_process import ChildDiedError, ask_child
from etl.readers.limits import STANDARD_LIMITS, Limits
from etl.readers.raw import CellValue, RawBook, RawColumn, RawSheet
from etl.readers.signature import read_signature
from surveys.findings import FaultError, Finding, Place, Report

# Signatures of things no reader can take, with the finding that says so.
_UNREADABLE = {
    "empty": "FILE-EMPTY",
    "encrypted": "FILE-ENCRYPTED",
    "html": "FILE-IS-HTML",
    "xml": "FILE-IS-XML",
    "pdf": "FILE-IS-PDF",
    "document": "FILE-IS-DOCUMENT",
    "picture": "FILE-IS-PICTURE",
    "spss": "FILE-IS-SPSS",
    "archive": "FILE-IS-ARCHIVE",
    "database": "FILE-NOT-A-TABLE",
    "program": "FILE-NOT-A-TABLE",
}


def open_book(incoming: Incoming, *, limits: Limits = STANDARD_LIMITS) -> RawBook:
    """Read a file into cells.

    Args:
        incoming: the file as it came.
        limits: caps on the file and on the process that reads it.

    Returns:
        The book, with remarks about the file that did not stop the reading.

    Raises:
        FaultError: the file cannot be read; its report says why and what to do.
    """
    file_name = display_name(incoming.file_name)
    place = Place(file=file_name)
    if len(incoming.content) > limits.file_bytes:
        raise _fault("FILE-TOO-LARGE", place, limit=limits.file_bytes // 1024**2)
    signature = read_signature(incoming.content)
    if not signature.readable:
        raise _fault(_UNREADABLE[signature.kind], place)
    try:
        header, codes = ask_child("read", signature.kind, incoming.content, limits)
    except ChildDiedError as death:
        raise _explain_death(death, signature.kind, incoming.content, limits, place) from None
    if "fault" in header:
        raise FaultError(Report((_finding(file_name, header["fault"]),)))
    return _build_book(file_name, header, codes)


def display_name(name: str) -> str:
    """Return a file's name without folders of any system and without signs that would forge a line of text."""
    last = PureWindowsPath(PurePath(name).name).name
    return " ".join(clean_text(last).split())[:200] or "?"


def column_letters(position: int) -> str:
    """Return the letters of a 0-based column, as a spreadsheet shows them (0 → ``A``, 26 → ``AA``)."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _explain_death(death: ChildDiedError, kind: str, content: bytes, limits: Limits, place: Place) -> FaultError:
    """A second, careful child looks for the reason; the file is refused whatever it finds."""
    if death.out_of_time:
        return _fault("FILE-TOO-SLOW", place, limit=limits.wall_seconds)
    if kind == "packed":
        try:
            header, _ = ask_child("explain", kind, content, limits)
        except ChildDiedError:
            return _fault("FILE-TOO-MUCH-MEMORY", place)
        if header["fault"]["code"] == "FILE-CELL-FAR":
            return FaultError(Report((_finding(place.file or "", header["fault"]),)))
    return _fault("FILE-TOO-MUCH-MEMORY", place)


def _build_book(file_name: str, header: dict[str, Any], codes: memoryview) -> RawBook:
    findings = [
        _finding(file_name, {"code": code, "place": place, "facts": facts}) for code, place, facts in header["findings"]
    ]
    stem = PurePath(file_name).stem
    sheets: list[RawSheet] = []
    offset = 0
    for packed in header["sheets"]:
        rows = packed["rows"]
        columns: list[RawColumn] = []
        changed = 0
        for column in packed["columns"]:
            raw = np.frombuffer(codes[offset : offset + 4 * rows], dtype=np.int32)
            offset += 4 * rows
            cleaned = clean_column(_unpack_values(column), raw)
            changed += cleaned.changed_cells
            columns.append(cleaned.column)
        name = clean_text(packed["name"]) or stem
        if changed:
            findings.append(Finding("FILE-SIGNS-REMOVED", Place(file_name, name), {"count": changed}))
        sheets.append(_trim(name, columns, hidden=packed["hidden"]))
    if not any(sheet.row_count for sheet in sheets):
        raise _fault("FILE-EMPTY", Place(file=file_name))
    return RawBook(file_name, header["format"], tuple(sheets), header["properties"], Report(tuple(findings)))


def _trim(name: str, columns: Sequence[RawColumn], *, hidden: bool) -> RawSheet:
    """Leave out empty rows below and empty columns right of the last cell."""
    last_row, last_column = 0, 0
    for position, column in enumerate(columns):
        filled = np.flatnonzero(column.codes >= 0)
        if filled.size:
            last_row = max(last_row, int(filled[-1]) + 1)
            last_column = position + 1
    kept = tuple(RawColumn(column.values, column.codes[:last_row]) for column in columns[:last_column])
    return RawSheet(name, kept, last_row, hidden)


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


def _finding(file_name: str, fault: dict[str, Any]) -> Finding:
    place = fault["place"]
    position = place.get("position")
    column = None if position is None else column_letters(position)
    sheet = clean_text(place["sheet"]) if place.get("sheet") else None
    return Finding(fault["code"], Place(file_name, sheet, place.get("row"), column), fault["facts"])


def _fault(code: str, place: Place, **facts: str | int) -> FaultError:
    return FaultError(Report((Finding(code, place, facts),)))
