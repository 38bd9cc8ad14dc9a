"""Opening a stranger's file: size, first bytes, a child process with limits, clean cells. One way in for all files."""

from pathlib import PurePath, PureWindowsPath

from etl.importing import Incoming
from etl.readers.characters import clean_text
from etl.readers.child_process import ChildDiedError, ask_child
from etl.readers.limits import STANDARD_LIMITS, Limits
from etl.readers.one_column import spread_single_columns
from etl.readers.raw import RawBook
from etl.readers.signature import read_signature
from etl.readers.unpacking import build_book, column_letters, make_finding
from surveys.findings import FaultError, Finding, Place, Report

__all__ = ["column_letters", "display_name", "open_book"]

# Signatures of things no reader can take, with the finding that says so.
_UNREADABLE = {
    "empty": "FILE-EMPTY",
    "encrypted": "FILE-ENCRYPTED",
    "html": "FILE-IS-HTML",
    "xml": "FILE-IS-XML",
    "json": "FILE-IS-JSON",
    "pdf": "FILE-IS-PDF",
    "document": "FILE-IS-DOCUMENT",
    "picture": "FILE-IS-PICTURE",
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
        raise FaultError(Report((make_finding(file_name, header["fault"]),)))
    return spread_single_columns(build_book(file_name, header, codes))


def display_name(name: str) -> str:
    """Return a file's name without folders of any system and without signs that would forge a line of text."""
    last = PureWindowsPath(PurePath(name).name).name
    return " ".join(clean_text(last).split())[:200] or "?"


def _explain_death(death: ChildDiedError, kind: str, content: bytes, limits: Limits, place: Place) -> FaultError:
    """A second, careful child looks for the reason; the file is refused whatever it finds."""
    if death.out_of_time:
        return _fault("FILE-TOO-SLOW", place, limit=limits.wall_seconds)
    if death.crashed:
        return _fault("FILE-BROKEN", place)
    if kind == "packed":
        try:
            header, _ = ask_child("explain", kind, content, limits)
        except ChildDiedError:
            return _fault("FILE-TOO-MUCH-MEMORY", place)
        if header["fault"]["code"] == "FILE-CELL-FAR":
            return FaultError(Report((make_finding(place.file or "", header["fault"]),)))
    return _fault("FILE-TOO-MUCH-MEMORY", place)


def _fault(code: str, place: Place, **facts: str | int) -> FaultError:
    return FaultError(Report((Finding(code, place, facts),)))
