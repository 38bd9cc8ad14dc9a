"""Workbooks (xlsx, xlsm, xlsb, xls, ods) in the child process, read by python-calamine."""

import io
import re
import zipfile
import zlib
from typing import Any

import python_calamine as calamine

from etl.readers.child_table import ChildFault, TableBuilder

_BLOCK = 1 << 18
_FORMATS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "document"),
    ("ppt/presentation.xml", "presentation"),
)
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_CELL_REFERENCE = re.compile(rb'<c\b[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
Findings = list[tuple[str, dict[str, Any], dict[str, str | int]]]


def open_packed(content: bytes, limits: dict[str, int]) -> tuple[str, bytes, Findings]:
    """Look into a zip: what format it is, and whether its parts really are as small as they say.

    Returns:
        Format (``xlsx``, ``xlsb``, ``ods`` or ``text`` for a zip that holds one text file, as Google sends), the
        content to read, findings.

    Raises:
        ChildFault: broken, too large when unpacked, or nothing that can be read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ChildFault("FILE-BROKEN") from None
    if not names:
        raise ChildFault("FILE-EMPTY")
    if len(names) > limits["member_count"]:
        raise ChildFault("FILE-TOO-LARGE-UNPACKED", limit=limits["inflated_bytes"] // 1024**2)
    kind = _packed_kind(archive, names)
    if kind in {"document", "presentation", "archive", "encrypted"}:
        raise ChildFault("FILE-ENCRYPTED" if kind == "encrypted" else f"FILE-IS-{kind.upper()}")
    totals = _inflate(archive, limits)
    if kind == "text":
        member = next(name for name in names if _is_text_member(name))
        return "text", archive.read(member), []
    findings: Findings = []
    if totals["errors"]:
        findings.append(("FILE-ERROR-CELLS", {}, {"count": totals["errors"]}))
    if totals["uncomputed"]:
        findings.append(("FILE-FORMULAS-NOT-COMPUTED", {}, {"count": totals["uncomputed"]}))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        findings.append(("FILE-MACROS-IGNORED", {}, {}))
        kind = "xlsm" if kind == "xlsx" else kind
    return kind, content, findings


def _packed_kind(archive: zipfile.ZipFile, names: list[str]) -> str:
    present = set(names)
    for name, kind in _FORMATS:
        if name in present:
            return kind
    if "mimetype" in present and "content.xml" in present:
        with archive.open("mimetype") as member:
            mimetype = member.read(200)
        if b"opendocument.spreadsheet" not in mimetype:
            return "document"
        with archive.open("META-INF/manifest.xml") if "META-INF/manifest.xml" in present else io.BytesIO() as member:
            return "encrypted" if b"encryption-data" in member.read(1 << 20) else "ods"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    own = [name for name in names if not name.endswith("/") and not name.startswith("__MACOSX/")]
    return "text" if len(own) == 1 and _is_text_member(own[0]) else "archive"


def _is_text_member(name: str) -> bool:
    return name.lower().endswith(_TEXT_SUFFIXES) and not name.startswith("__MACOSX/")


def _inflate(archive: zipfile.ZipFile, limits: dict[str, int]) -> dict[str, int]:
    """Unpack everything once, counting: sizes in a zip's own header may lie.

    On the way it counts what calamine says nothing about: error cells, and formulas nobody computed.
    """
    left = limits["inflated_bytes"]
    errors = uncomputed = 0
    try:
        for info in archive.infolist():
            sheet = info.filename.startswith("xl/worksheets/sheet")
            with archive.open(info) as member:
                while block := member.read(_BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise ChildFault("FILE-TOO-LARGE-UNPACKED", limit=limits["inflated_bytes"] // 1024**2)
                    if sheet:
                        errors += block.count(b' t="e"')
                        uncomputed += block.count(b"</f></c>") + block.count(b"</f><v/></c>") + block.count(b"</f><v></v></c>")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        # RuntimeError is how zipfile says that a part has a password.
        raise ChildFault("FILE-BROKEN") from None
    return {"errors": errors, "uncomputed": uncomputed}


def read_workbook(content: bytes, limits: dict[str, int]) -> list[tuple[str, bool, TableBuilder]]:
    """Read every worksheet.

    Returns:
        Name, whether it is hidden, and cells of each sheet, in the workbook's order.

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
    tables: list[tuple[str, bool, TableBuilder]] = []
    cells = 0
    for item in sheets:
        try:
            sheet = book.get_sheet_by_name(item.name)
        except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError):
            raise ChildFault("FILE-BROKEN", {"sheet": item.name}) from None
        start, end = sheet.start, sheet.end
        if start is None or end is None:
            tables.append((item.name, item.visible != calamine.SheetVisibleEnum.Visible, TableBuilder(0)))
            continue
        height, width = end[0] + 1, end[1] + 1
        place = {"sheet": item.name}
        if height > limits["rows"]:
            raise ChildFault("FILE-TOO-MANY-ROWS", place, limit=limits["rows"])
        if width > limits["columns"]:
            raise ChildFault("FILE-TOO-MANY-COLUMNS", place, limit=limits["columns"])
        cells += height * width
        if cells > limits["cells"]:
            raise ChildFault("FILE-TOO-MANY-CELLS", place, limit=limits["cells"])
        table = TableBuilder(width)
        # calamine gives empty rows above the first cell, but not empty columns left of it.
        left = [""] * start[1]
        rows = sheet.iter_rows()
        table.add(([*left, *row] for row in rows) if left else rows, limits["rows"])
        tables.append((item.name, item.visible != calamine.SheetVisibleEnum.Visible, table))
    return tables


def find_far_cell(content: bytes, limits: dict[str, int]) -> ChildFault | None:
    """Look for a cell far from every table in a workbook that could not be opened.

    Reads the sheets' XML as a stream, so that a single cell at ``XFD1048576`` costs nothing.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        for info in archive.infolist():
            if not info.filename.startswith("xl/worksheets/sheet"):
                continue
            rest, left = b"", limits["inflated_bytes"]
            with archive.open(info) as member:
                while (block := member.read(_BLOCK)) and left > 0:
                    left -= len(block)
                    for column, row in _CELL_REFERENCE.findall(rest + block):
                        if int(row) > limits["rows"] or column_number(column.decode()) > limits["columns"]:
                            return ChildFault("FILE-CELL-FAR", cell=f"{column.decode()}{int(row)}")
                    rest = block[-256:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return None
    return None


def column_number(letters: str) -> int:
    """Return the 1-based number of a column by its letters (``A`` 1, ``AA`` 27)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
