"""One number for what stands in sheets: the same cells in another file, under another name, are the same content."""

import hashlib
from collections.abc import Iterable

from etl.readers.raw import RawSheet


def hash_sheets(sheets: Iterable[RawSheet]) -> str:
    """Return the SHA-256 of the cells of sheets, as hexadecimal digits. Names of sheets and files don't matter."""
    digest = hashlib.sha256()
    for sheet in sheets:
        digest.update(f"{len(sheet.columns)}×{sheet.row_count}".encode())
        for column in sheet.columns:
            digest.update(repr(column.values).encode("utf-8", "backslashreplace"))
            digest.update(column.codes.tobytes())
    return digest.hexdigest()
