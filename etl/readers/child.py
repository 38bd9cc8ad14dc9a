"""The child process that touches a stranger's bytes: limits first, then read, then columns on standard output.

Started by `child_process` as ``python -I``. It imports calamine and small modules of the standard library only. What
goes back: eight bytes with the length of a JSON header, the header, then each column's codes as raw int32. Never
pickle.
"""

import json
import sys
from typing import Any, BinaryIO

from etl.readers.child_table import ChildFault, TableBuilder, pack_values


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


def _answer(task: str, kind: str, content: bytes, limits: dict[str, int], codes: list[Any]) -> dict[str, Any]:
    # Imported after the limits are set.
    from etl.readers.child_text import read_text  # noqa: PLC0415 # after the limits
    from etl.readers.child_workbook import find_far_cell, open_packed, read_workbook  # noqa: PLC0415 # after the limits

    if task == "explain":
        raise find_far_cell(content, limits) or ChildFault("FILE-BROKEN")
    findings: list[Any] = []
    if kind == "packed":
        kind, content, found = open_packed(content, limits)
        findings += found
    properties: dict[str, str] = {}
    if kind == "text":
        table, properties, found = read_text(content, limits)
        findings += found
        tables: list[tuple[str, bool, TableBuilder]] = [("", False, table)]
        kind = "csv"
    else:
        tables = read_workbook(content, limits)
    return {
        "format": kind,
        "properties": properties,
        "findings": findings,
        "sheets": [_pack_sheet(name, table, limits, codes, hidden=hidden) for name, hidden, table in tables],
    }


def _pack_sheet(
    name: str, table: TableBuilder, limits: dict[str, int], codes: list[Any], *, hidden: bool
) -> dict[str, Any]:
    columns = []
    for number, (values, column) in enumerate(table.columns()):
        longest = max((len(value) for value in values if isinstance(value, str)), default=0)
        if longest > limits["cell_characters"]:
            raise _cell_too_long(name, number, values, column, limits["cell_characters"])
        columns.append(pack_values(values))
        codes.append(column)
    return {"name": name, "hidden": hidden, "rows": table.row_count, "columns": columns}


def _cell_too_long(sheet: str, number: int, values: list[Any], column: Any, limit: int) -> ChildFault:
    code = next(code for code, value in enumerate(values) if isinstance(value, str) and len(value) > limit)
    return ChildFault(
        "FILE-CELL-TOO-LONG", {"sheet": sheet, "row": column.index(code) + 1, "position": number}, limit=limit
    )


def _pack_fault(fault: ChildFault) -> dict[str, Any]:
    return {"code": fault.code, "place": fault.place, "facts": fault.facts}
