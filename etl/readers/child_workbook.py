"""Workbooks (xlsx, xlsm, xlsb, xls, ods) in the child process, read by python-calamine."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
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
_HAS_PASSWORD = 0x1
# How a formula ends that no program has computed: without a value behind it.
_UNCOMPUTED = (b"</f></c>", b"</f><v/></c>", b"</f><v></v></c>")
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
    kind = _packed_kind(archive, content, names)
    if kind in {"document", "presentation", "archive", "encrypted"}:
        raise ChildFault("FILE-ENCRYPTED" if kind == "encrypted" else f"FILE-IS-{kind.upper()}")
    totals = _inflate(archive, content, limits)
    if kind == "text":
        member = next(info for info in archive.infolist() if _is_text_member(info.filename))
        return "text", b"".join(_blocks(member, content)), []
    findings: Findings = []
    if totals["errors"]:
        findings.append(("FILE-ERROR-CELLS", {}, {"count": totals["errors"]}))
    if totals["uncomputed"]:
        findings.append(("FILE-FORMULAS-NOT-COMPUTED", {}, {"count": totals["uncomputed"]}))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        findings.append(("FILE-MACROS-IGNORED", {}, {}))
        kind = "xlsm" if kind == "xlsx" else kind
    return kind, content, findings


def _packed_kind(archive: zipfile.ZipFile, content: bytes, names: list[str]) -> str:
    present = set(names)
    for name, kind in _FORMATS:
        if name in present:
            return kind
    if "mimetype" in present and "content.xml" in present:
        if b"opendocument.spreadsheet" not in _start_of(archive, content, "mimetype"):
            return "document"
        encrypted = b"encryption-data" in _start_of(archive, content, "META-INF/manifest.xml")
        return "encrypted" if encrypted else "ods"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    own = [name for name in names if not name.endswith("/") and not name.startswith("__MACOSX/")]
    return "text" if len(own) == 1 and _is_text_member(own[0]) else "archive"


def _start_of(archive: zipfile.ZipFile, content: bytes, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    return next(_blocks(archive.getinfo(name), content), b"")


def _is_text_member(name: str) -> bool:
    return name.lower().endswith(_TEXT_SUFFIXES) and not name.startswith("__MACOSX/")


def _inflate(archive: zipfile.ZipFile, content: bytes, limits: dict[str, int]) -> dict[str, int]:
    """Unpack everything once, counting; what a zip says of its own sizes is not believed.

    On the way it counts what calamine says nothing about: error cells, and formulas nobody computed.
    """
    left = limits["inflated_bytes"]
    errors = uncomputed = 0
    for info in archive.infolist():
        sheet = info.filename.startswith("xl/worksheets/sheet")
        for block in _blocks(info, content):
            left -= len(block)
            if left < 0:
                raise ChildFault("FILE-TOO-LARGE-UNPACKED", limit=limits["inflated_bytes"] // 1024**2)
            if sheet:
                errors += block.count(b' t="e"')
                uncomputed += sum(block.count(end) for end in _UNCOMPUTED)
    return {"errors": errors, "uncomputed": uncomputed}


def _blocks(info: zipfile.ZipInfo, content: bytes) -> Iterator[bytes]:
    """Yield a member block by block, to the end of its packed data, whatever length its header claims."""
    if info.flag_bits & _HAS_PASSWORD:
        raise ChildFault("FILE-ENCRYPTED")
    head = content[info.header_offset : info.header_offset + 30]
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise ChildFault("FILE-BROKEN")
    start = info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(content)[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise ChildFault("FILE-BROKEN")
    if info.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise ChildFault("FILE-BROKEN")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _BLOCK)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        raise ChildFault("FILE-BROKEN") from None


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

    Reads the sheets' XML as a stream, so that a single cell at ``XFD1048576`` costs nothing. Whoever calls has seen
    that the parts are not too large unpacked: a book beyond that is refused before it is opened.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        for info in archive.infolist():
            if not info.filename.startswith("xl/worksheets/sheet"):
                continue
            rest = b""
            for block in _blocks(info, content):
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
