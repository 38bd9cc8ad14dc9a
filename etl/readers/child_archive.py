"""A zip of files with tables, in the child process: Google's CSV, ODK Central's root and repeats, a folder of waves.

Its files are read one by one under the limits of a single file, and their sheets become the sheets of one book. An
archive inside it is not opened.
"""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from etl.readers.child_table import ChildBook, ChildFault, ChildSheet, Findings
from etl.readers.child_workbook import find_far_cell
from etl.readers.child_zip import Packed, member_name, require_safe_names, short_name, too_large, unpack
from etl.readers.signature import read_signature

# Which readers may be tried on a file, by the end of its name: its first bytes must agree.
_SUFFIXES = {
    "text": (".csv", ".tsv", ".tab", ".txt"),
    "packed": (".xlsx", ".xlsm", ".xlsb", ".ods"),
    "xls": (".xls", ".xlsx"),
    "spss": (".sav", ".zsav"),
    "form": (".xml", ".lss", ".lsr"),
}
# Answers can be read without their form.
_NO_FORM = frozenset({"FILE-BROKEN", "FILE-IS-XML", "FILE-EMPTY"})
_NAMES_TOLD = 5

ReadMember = Callable[[str, bytes, dict[str, int]], ChildBook]


def read_archive(packed: Packed, limits: dict[str, int], read_member: ReadMember) -> ChildBook:
    """Read every file with a table in an archive.

    Args:
        packed: the archive.
        limits: of the whole; what one file uses up is taken from what the next one may.
        read_member: reads one file by its kind (`signature`); an archive is ``FILE-IS-ARCHIVE`` to it.

    Raises:
        ChildFault: unsafe, too large, with nothing to read in it, or one of its files is faulty.
    """
    require_safe_names(packed.members)
    files = [member for member in packed.members if not member.is_dir() and not _is_furniture(member_name(member))]
    wanted = [member for member in files if _may_be_table(member_name(member))]
    if len(wanted) > limits["archive_tables"]:
        raise ChildFault("FILE-ARCHIVE-TOO-MANY", limit=limits["archive_tables"])
    left = dict(limits)
    books: list[tuple[str, ChildBook]] = []
    left_out = [short_name(member_name(member)) for member in files if member not in wanted]
    for member in wanted:
        name = short_name(member_name(member))
        kind: str | None = None
        try:
            content = _unpack_whole(member, packed.content, left)
            kind = _table_kind(content)
            if kind == "empty":
                continue
            if kind is None:
                left_out.append(name)
                continue
            book = read_member(kind, content, left)
        except ChildFault as fault:
            if fault.code == "FILE-IS-ARCHIVE" or (kind == "form" and fault.code in _NO_FORM):
                left_out.append(name)
                continue
            raise ChildFault(fault.code, {**fault.place, "member": name}, **fault.facts) from None
        _use_up(left, book)
        books.append((name, book))
    if not books:
        raise ChildFault("FILE-IS-ARCHIVE" if left_out else "FILE-EMPTY")
    _count_rest(packed, files, wanted, left)
    return _join(books, left_out)


def find_far_cell_in_archive(packed: Packed, limits: dict[str, int]) -> ChildFault | None:
    """Look for a cell far from every table in the workbooks of an archive that could not be read."""
    left = dict(limits)
    for member in packed.members:
        name = member_name(member)
        if not name.lower().endswith(_SUFFIXES["packed"]):
            continue
        try:
            found = find_far_cell(_unpack_whole(member, packed.content, left), limits)
        except ChildFault:
            return None
        if found is not None:
            return ChildFault(found.code, {"member": short_name(name)}, **found.facts)
    return None


def _is_furniture(name: str) -> bool:
    """What systems leave in archives behind everybody's back: nobody has to hear of it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or part.startswith(".") for part in parts) or parts[-1].lower() in {
        "thumbs.db",
        "desktop.ini",
    }


def _may_be_table(name: str) -> bool:
    return any(name.lower().endswith(suffixes) for suffixes in _SUFFIXES.values())


def _table_kind(content: bytes) -> str | None:
    """Return the kind of a file by its first bytes; ``None`` for one that no reader can take."""
    kind = read_signature(content).kind
    if kind == "encrypted":
        raise ChildFault("FILE-ENCRYPTED")
    return kind if kind in {*_SUFFIXES, "empty"} else None


def _unpack_whole(member: zipfile.ZipInfo, content: bytes, limits: dict[str, int]) -> bytes:
    blocks: list[bytes] = []
    size = 0
    for block in unpack(member, content):
        size += len(block)
        if size > limits["inflated_bytes"]:
            raise too_large(limits)
        blocks.append(block)
    limits["inflated_bytes"] -= size
    return b"".join(blocks)


def _use_up(left: dict[str, int], book: ChildBook) -> None:
    cells = sum(sheet.table.width * sheet.table.row_count for sheet in book.sheets)
    for limit in ("cells", "text_cells"):
        left[limit] = max(0, left[limit] - cells)


def _count_rest(
    packed: Packed, files: list[zipfile.ZipInfo], wanted: list[zipfile.ZipInfo], left: dict[str, int]
) -> None:
    """A bomb beside a table is a bomb: it is refused though nobody would have opened it."""
    size = 0
    for member in files:
        if member in wanted:
            continue
        for block in unpack(member, packed.content):
            size += len(block)
            if size > left["inflated_bytes"]:
                raise too_large(left)


def _join(books: list[tuple[str, ChildBook]], left_out: list[str]) -> ChildBook:
    sheets: list[ChildSheet] = []
    sets = []
    findings: Findings = []
    for name, book in books:
        sets += [{**declared, "sheet": declared["sheet"] + len(sheets)} for declared in book.sets]
        sheets += _named_sheets(name, book)
        findings += [(code, {**place, "member": name}, facts) for code, place, facts in book.findings]
    if left_out:
        told = ", ".join(left_out[:_NAMES_TOLD]) + (" …" if len(left_out) > _NAMES_TOLD else "")
        findings.append(("FILE-MEMBERS-LEFT-OUT", {}, {"count": len(left_out), "names": told}))
    first = books[0][1]
    common = set(first.properties.items()).intersection(*(book.properties.items() for _, book in books))
    kind = "zip" if len(books) > 1 else first.format
    return ChildBook(kind, list(_make_names_unique(sheets)), dict(sorted(common)), findings, sets)


def _named_sheets(member: str, book: ChildBook) -> Iterator[ChildSheet]:
    """Text and SPSS files have no sheet names: the file's own stands for it."""
    for sheet in book.sheets:
        yield _rename(sheet, sheet.name or PurePosixPath(member).stem, member)


def _make_names_unique(sheets: list[ChildSheet]) -> Iterator[ChildSheet]:
    """The first of a name keeps it; the others say which file they come from."""
    taken = {sheet.name for sheet in sheets}
    seen: set[str] = set()
    for sheet in sheets:
        name = sheet.name
        if name in seen:
            stem = PurePosixPath(sheet.member or "").stem
            wanted = [f"{name} ({stem})", *(f"{name} ({stem} {number})" for number in range(2, len(sheets) + 2))]
            name = next(offer for offer in wanted if offer not in taken)
        seen.add(name)
        taken.add(name)
        yield _rename(sheet, name, sheet.member)


def _rename(sheet: ChildSheet, name: str, member: str | None) -> ChildSheet:
    return ChildSheet(name, sheet.table, sheet.hidden, sheet.merged, sheet.notes, member)
