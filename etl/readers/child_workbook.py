"""Workbooks (xlsx, xlsm, xlsb, xls, ods) in the child process, read by python-calamine."""

import io
import re
import zipfile

import python_calamine as calamine

from etl.readers.child_table import ChildBook, ChildFault, ChildSheet, Findings, TableBuilder
from etl.readers.child_zip import Packed, too_large, unpack

_FORMATS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "document"),
    ("ppt/presentation.xml", "presentation"),
)
# What calamine says nothing about, by how it is written in a sheet's XML. A formula that no program has computed is
# one without a value behind it.
_ERRORS = re.compile(rb"""\bt=["']e["']|\bcalcext:value-type=["']error["']""")
_ERROR_MARKS = (b't="e"', b"t='e'")
_OPEN_DOCUMENT_ERROR_MARKS = (b'"error"', b"'error'")
_UNCOMPUTED = re.compile(rb"(?:</f>|<f\b[^<>]{0,300}/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_CELL_REFERENCE = re.compile(rb'<c\b[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
# Longer than anything the patterns above match: what a block cuts in two is found in the next one.
_OVERLAP = 400
_MERGED_TOLD = 10_000


def find_workbook_kind(packed: Packed) -> str | None:
    """Return the format of a packed workbook (``xlsx``, ``xlsb``, ``ods``), ``None`` for any other archive.

    Raises:
        ChildFault: it is a document of another kind, or has a password.
    """
    present = {member.filename for member in packed.members}
    kind = next((kind for name, kind in _FORMATS if name in present), None)
    if kind in {"document", "presentation"}:
        raise ChildFault(f"FILE-IS-{kind.upper()}")
    if kind is None and "mimetype" in present and "content.xml" in present:
        if b"opendocument.spreadsheet" not in packed.start_of("mimetype"):
            raise ChildFault("FILE-IS-DOCUMENT")
        if b"encryption-data" in packed.start_of("META-INF/manifest.xml"):
            raise ChildFault("FILE-ENCRYPTED")
        return "ods"
    if kind is None and any(name.startswith("xl/") for name in present):
        return "xlsx"
    return kind


def read_packed_workbook(packed: Packed, kind: str, limits: dict[str, int]) -> ChildBook:
    """Read a workbook that is a zip, after its parts have proved as small as they have to be.

    Raises:
        ChildFault: too large when unpacked, or see `read_workbook`.
    """
    findings = _inspect_parts(packed, limits)
    if any(member.filename.lower().endswith("vbaproject.bin") for member in packed.members):
        findings.append(("FILE-MACROS-IGNORED", {}, {}))
        kind = "xlsm" if kind == "xlsx" else kind
    return ChildBook(kind, read_workbook(packed.content, limits), findings=findings)


def _inspect_parts(packed: Packed, limits: dict[str, int]) -> Findings:
    """Unpack everything once, counting bytes, error cells, and formulas nobody computed."""
    left = limits["inflated_bytes"]
    errors = uncomputed = 0
    for member in packed.members:
        open_document = member.filename == "content.xml"
        marks = _OPEN_DOCUMENT_ERROR_MARKS if open_document else _ERROR_MARKS
        sheet = open_document or member.filename.startswith("xl/worksheets/sheet")
        rest = b""
        for block in unpack(member, packed.content):
            left -= len(block)
            if left < 0:
                raise too_large(limits)
            if sheet:
                text = rest + block
                # Most sheets have neither: a plain look is ten times faster than a pattern.
                if any(mark in text for mark in marks):
                    errors += _count_new(_ERRORS, text, len(rest))
                if b"<f" in text:
                    uncomputed += _count_new(_UNCOMPUTED, text, len(rest))
                rest = text[-_OVERLAP:]
    findings: Findings = []
    if errors:
        findings.append(("FILE-ERROR-CELLS", {}, {"count": errors}))
    if uncomputed:
        findings.append(("FILE-FORMULAS-NOT-COMPUTED", {}, {"count": uncomputed}))
    return findings


def _count_new(pattern: re.Pattern[bytes], text: bytes, old: int) -> int:
    """Count what ends in the new part of a text: the rest has been counted with the block before."""
    return sum(found.end() > old for found in pattern.finditer(text))


def read_workbook(content: bytes, limits: dict[str, int]) -> list[ChildSheet]:
    """Read every worksheet, in the workbook's order.

    Raises:
        ChildFault: encrypted, broken, without sheets, or beyond a limit.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [item for item in book.sheets_metadata if item.typ == calamine.SheetTypeEnum.WorkSheet]
    except calamine.PasswordError:
        raise ChildFault("FILE-ENCRYPTED") from None
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError) as error:
        raise ChildFault("FILE-ENCRYPTED" if "password" in str(error).lower() else "FILE-BROKEN") from None
    if not sheets:
        raise ChildFault("FILE-WITHOUT-SHEETS")
    left = limits["cells"]
    read: list[ChildSheet] = []
    for item in sheets:
        try:
            sheet = book.get_sheet_by_name(item.name)
        except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError):
            raise ChildFault("FILE-BROKEN", {"sheet": item.name}) from None
        table, merged = _read_sheet(sheet, limits, left)
        left -= table.width * table.row_count
        hidden = item.visible != calamine.SheetVisibleEnum.Visible
        read.append(ChildSheet(item.name, table, hidden, merged))
    return read


def _read_sheet(
    sheet: calamine.CalamineSheet, limits: dict[str, int], cells_left: int
) -> tuple[TableBuilder, list[tuple[int, int, int, int]]]:
    start, end = sheet.start, sheet.end
    if start is None or end is None:
        return TableBuilder(0), []
    height, width = end[0] + 1, end[1] + 1
    place = {"sheet": sheet.name}
    if height > limits["rows"]:
        raise ChildFault("FILE-TOO-MANY-ROWS", place, limit=limits["rows"])
    if width > limits["columns"]:
        raise ChildFault("FILE-TOO-MANY-COLUMNS", place, limit=limits["columns"])
    if height * width > cells_left:
        raise ChildFault("FILE-TOO-MANY-CELLS", place, limit=limits["cells"])
    table = TableBuilder(width)
    # calamine gives empty rows above the first cell, but not empty columns left of it.
    left = [""] * start[1]
    rows = sheet.iter_rows()
    table.add(([*left, *row] for row in rows) if left else rows, limits["rows"])
    ranges = (sheet.merged_cell_ranges or [])[:_MERGED_TOLD]
    inside = [(first, last) for first, last in ranges if first[0] <= end[0] and first[1] <= end[1]]
    return table, [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in inside]


def find_far_cell(content: bytes, limits: dict[str, int]) -> ChildFault | None:
    """Look for a cell far from every table in a workbook that could not be opened.

    Reads the sheets' XML as a stream, so that a single cell at ``XFD1048576`` costs nothing. Whoever calls has seen
    that the parts are not too large unpacked: a book beyond that is refused before it is opened.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        for info in archive.infolist():
            if not info.filename.startswith("xl/worksheets/sheet"):
                continue
            rest = b""
            for block in unpack(info, content):
                for column, row in _CELL_REFERENCE.findall(rest + block):
                    if int(row) > limits["rows"] or column_number(column.decode()) > limits["columns"]:
                        return ChildFault("FILE-CELL-FAR", cell=f"{column.decode()}{int(row)}")
                rest = block[-256:]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, ChildFault):
        return None
    return None


def column_number(letters: str) -> int:
    """Return the 1-based number of a column by its letters (``A`` 1, ``AA`` 27)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
