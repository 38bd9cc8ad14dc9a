"""The child process that touches a stranger's bytes: limits first, then read, then columns on standard output.

Started by `child_process` as ``python -I``. It imports calamine, for SPSS pyreadstat, for forms in XML defusedxml, and
small modules of the standard library only. What goes back: eight bytes with the length of a JSON header, the header,
then each column's codes as raw int32. Never pickle.
"""

import json
import sys
from typing import Any, BinaryIO

from etl.readers.child_table import ChildBook, ChildFault, ChildSheet, pack_values


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read one request from ``source``, answer it on ``target``.

    A request is eight bytes with the length of a JSON object (``task``, ``kind``, ``limits``), the object, the file.
    """
    request = json.loads(source.read(int.from_bytes(source.read(8), "little")))
    limits: dict[str, int] = request["limits"]
    set_limits(limits)
    codes: list[Any] = []
    try:
        header = _answer(request["task"], request["kind"], source.read(), limits, codes)
    except ChildFault as fault:
        header = {"fault": _pack_fault(fault)}
    except MemoryError:
        header = {"fault": {"code": "FILE-TOO-MUCH-MEMORY", "place": {}, "facts": {}}}
    except BaseException:  # noqa: BLE001 # a panic of calamine is a BaseException; its text may hold cells
        header = {"fault": {"code": "FILE-BROKEN", "place": {}, "facts": {}}}
    packed = json.dumps(header).encode("ascii")
    target.write(len(packed).to_bytes(8, "little"))
    target.write(packed)
    if "fault" not in header:
        for column in codes:
            target.write(column)
    target.flush()


def set_limits(limits: dict[str, int]) -> None:
    """Bind this process, where the system can: memory, CPU, files.

    Windows has none of it; there the parent's clock and the sizes checked here are what holds.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 # exists on POSIX only

    wanted = (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, limits["output_bytes"]),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    )
    for name, value in wanted:
        try:
            resource.setrlimit(name, (value, value + 5 if name == resource.RLIMIT_CPU else value))
        except (ValueError, OSError):
            # macOS refuses some of them; a lower hard limit set by the machine's owner is as good.
            continue


def read_book(kind: str, content: bytes, limits: dict[str, int], *, in_archive: bool = False) -> ChildBook:
    """Read a file by its kind (`signature`): ``text``, ``packed``, ``xls``, ``spss`` or ``form``.

    Raises:
        ChildFault: it cannot be read; for an archive in an archive ``FILE-IS-ARCHIVE``.
    """
    # Imported after the limits are set, and only what this file needs: the child has to start fast.
    if kind == "text":
        from etl.readers.child_text import read_text  # noqa: PLC0415 # after the limits

        return read_text(content, limits)
    if kind == "spss":
        from etl.readers.child_spss import read_spss  # noqa: PLC0415 # after the limits

        return read_spss(content, limits)
    if kind == "form":
        from etl.readers.child_form import read_form  # noqa: PLC0415 # after the limits

        return read_form(content, limits)
    from etl.readers import child_workbook  # noqa: PLC0415 # after the limits

    if kind == "xls":
        return ChildBook("xls", child_workbook.read_workbook(content, limits))
    from etl.readers.child_zip import open_zip  # noqa: PLC0415 # after the limits

    packed = open_zip(content, limits)
    found = child_workbook.find_workbook_kind(packed)
    if found is not None:
        return child_workbook.read_packed_workbook(packed, found, limits)
    if in_archive:
        raise ChildFault("FILE-IS-ARCHIVE")
    from etl.readers.child_archive import read_archive  # noqa: PLC0415 # after the limits

    return read_archive(packed, limits, lambda kind, content, left: read_book(kind, content, left, in_archive=True))


def _answer(task: str, kind: str, content: bytes, limits: dict[str, int], codes: list[Any]) -> dict[str, Any]:
    if task == "explain":
        raise _explain(content, limits)
    book = read_book(kind, content, limits)
    return {
        "format": book.format,
        "properties": book.properties,
        "findings": book.findings,
        "sets": book.sets,
        "sheets": [_pack_sheet(sheet, limits, codes) for sheet in book.sheets],
    }


def _explain(content: bytes, limits: dict[str, int]) -> ChildFault:
    """Say why a packed file could not be read, without reading it."""
    from etl.readers.child_archive import find_far_cell_in_archive  # noqa: PLC0415 # after the limits
    from etl.readers.child_workbook import find_far_cell  # noqa: PLC0415 # after the limits
    from etl.readers.child_zip import open_zip  # noqa: PLC0415 # after the limits

    found = find_far_cell(content, limits) or find_far_cell_in_archive(open_zip(content, limits), limits)
    return found or ChildFault("FILE-BROKEN")


def _pack_sheet(sheet: ChildSheet, limits: dict[str, int], codes: list[Any]) -> dict[str, Any]:
    columns = []
    for number, (values, column) in enumerate(sheet.table.columns()):
        longest = max((len(value) for value in values if isinstance(value, str)), default=0)
        if longest > limits["cell_characters"]:
            raise _cell_too_long(sheet, number, values, column, limits["cell_characters"])
        columns.append(pack_values(values))
        codes.append(column)
    return {
        "name": sheet.name,
        "member": sheet.member,
        "hidden": sheet.hidden,
        "merged": sheet.merged,
        "notes": sorted(sheet.notes.items()),
        "rows": sheet.table.row_count,
        "columns": columns,
    }


def _cell_too_long(sheet: ChildSheet, number: int, values: list[Any], column: Any, limit: int) -> ChildFault:
    code = next(code for code, value in enumerate(values) if isinstance(value, str) and len(value) > limit)
    place = {"sheet": sheet.name, "member": sheet.member, "row": column.index(code) + 1, "position": number}
    return ChildFault("FILE-CELL-TOO-LONG", place, limit=limit)


def _pack_fault(fault: ChildFault) -> dict[str, Any]:
    return {"code": fault.code, "place": fault.place, "facts": fault.facts}
