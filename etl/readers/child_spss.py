"""SPSS files (.sav, .zsav) in the child process, read by pyreadstat; a mutated one may kill the process, no more.

Row 1 of the table holds the names of the variables, so that it is a table like any other. Wordings, labels of values
and values that mean "no answer" travel beside it, as notes on the columns.
"""

import io
import math
import os
from typing import Any

from etl.readers.child_table import ChildBook, ChildFault, ChildSheet, Findings, TableBuilder, pack_value

# A file that states its encoding has a record of this kind: type 7, subtype 20, elements of one byte.
_ENCODING_RECORDS = (
    b"\x07\x00\x00\x00\x14\x00\x00\x00\x01\x00\x00\x00",
    b"\x00\x00\x00\x07\x00\x00\x00\x14\x00\x00\x00\x01",
)
# What an old Polish file is in when it says nothing: UTF-8 proves itself, Windows is the likeliest for the rest.
_UNSTATED = ("UTF-8", "WINDOWS-1250", "ISO-8859-1")
_LABEL_LIMIT = 4_000


def read_spss(content: bytes, limits: dict[str, int]) -> ChildBook:
    """Read an SPSS file.

    Returns:
        A book with one sheet without a name; properties ``encoding`` and, where the file has one, ``label``.

    Raises:
        ChildFault: broken, without variables, or beyond a limit.
    """
    # Each thread of numpy's algebra would claim address space of the little this process has; none is needed.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    import pyreadstat  # noqa: PLC0415 # slow to load, and only for these files

    stated = any(record in content for record in _ENCODING_RECORDS)
    columns, meta, encoding = _read(pyreadstat, content, limits, stated=stated)
    rows = max(map(len, columns.values()), default=0)
    if rows >= limits["rows"]:
        raise ChildFault("FILE-TOO-MANY-ROWS", limit=limits["rows"])
    table = TableBuilder(0)
    for name, cells in columns.items():
        table.add_column([name, *map(_plain, cells)])
    findings: Findings = []
    if encoding is not None and not _is_ascii(columns, meta):
        findings.append(("FILE-ENCODING-GUESSED", {}, {"encoding": encoding.lower()}))
    properties = {"encoding": (encoding or str(meta.file_encoding or "")).lower()}
    if meta.file_label:
        properties["label"] = str(meta.file_label)[:_LABEL_LIMIT]
    names = {name: position for position, name in enumerate(columns)}
    notes = {position: _note(meta, name) for name, position in names.items()}
    return ChildBook("sav", [ChildSheet("", table, notes=notes)], properties, findings, _sets(meta, names))


def _read(
    pyreadstat: Any, content: bytes, limits: dict[str, int], *, stated: bool
) -> tuple[dict[str, Any], Any, str | None]:
    """Return columns, what the file says of them, and the encoding when it had to be guessed."""
    failed: Exception | None = None
    # A stated encoding may be wrong; then it is as good as unstated.
    for encoding in (None, *_UNSTATED) if stated else _UNSTATED:
        for plain_dates in (False, True):
            try:
                _, meta = pyreadstat.read_sav(io.BytesIO(content), encoding=encoding, metadataonly=True)
                _require_size(meta, limits)
                columns, meta = pyreadstat.read_sav(
                    io.BytesIO(content),
                    encoding=encoding,
                    user_missing=True,
                    output_format="dict",
                    row_limit=limits["rows"],
                    disable_datetime_conversion=plain_dates,
                )
            except OverflowError as error:
                # A day that Python's calendar doesn't have: the column stays a column of numbers.
                failed = error
                continue
            except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, UnicodeError, ValueError) as error:
                failed = error
                break
            return columns, meta, encoding
    raise ChildFault("FILE-BROKEN") from failed


def _require_size(meta: Any, limits: dict[str, int]) -> None:
    width = int(meta.number_columns)
    if not width:
        raise ChildFault("FILE-EMPTY")
    if width > limits["columns"]:
        raise ChildFault("FILE-TOO-MANY-COLUMNS", limit=limits["columns"])
    # A file may keep silent about its number of rows, or lie: what is read is bounded as well.
    rows = min(max(int(meta.number_rows or 0), 0), limits["rows"])
    if rows * width > limits["text_cells"]:
        raise ChildFault("FILE-TOO-MANY-CELLS", limit=limits["text_cells"])


def _plain(cell: Any) -> Any:
    """SPSS knows no whole numbers: 3.0 is 3 for everybody who reads it."""
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ""
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    # SPSS fills texts up with spaces.
    return cell.rstrip() if isinstance(cell, str) else cell


def _note(meta: Any, name: str) -> dict[str, Any]:
    labels = meta.variable_value_labels.get(name) or {}
    missing: list[Any] = []
    for declared in meta.missing_ranges.get(name) or ():
        low, high = _plain_bound(declared["lo"]), _plain_bound(declared["hi"])
        missing.append(["value", low] if low == high else ["range", low, high])
    return {
        "label": str(meta.column_names_to_labels.get(name) or "")[:_LABEL_LIMIT],
        "labels": [[pack_value(_plain(value)), str(label)[:_LABEL_LIMIT]] for value, label in labels.items()],
        "missing": missing,
        "measure": str(meta.variable_measure.get(name) or "unknown"),
    }


def _plain_bound(bound: Any) -> Any:
    return bound if isinstance(bound, float) and not math.isfinite(bound) else _plain(bound)


def _sets(meta: Any, names: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "name": str(name).lstrip("$"),
            "label": str(declared.get("label") or "")[:_LABEL_LIMIT],
            "sheet": 0,
            "columns": [names[column] for column in declared.get("variable_list", ()) if column in names],
            "counted": declared.get("counted_value") if declared.get("is_dichotomy") else None,
        }
        for name, declared in (meta.mr_sets or {}).items()
    ]


def _is_ascii(columns: dict[str, Any], meta: Any) -> bool:
    """Whether no letter depends on the encoding."""
    labels = [*(meta.column_labels or ()), *(text for each in meta.value_labels.values() for text in each.values())]
    if not all(str(text or "").isascii() for text in (*columns, *labels)):
        return False
    return all(cell.isascii() for cells in columns.values() for cell in cells if isinstance(cell, str))
