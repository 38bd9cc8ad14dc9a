"""Files that a command is given and files that it makes."""

import io
import secrets
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from etl.importing import Incoming
from etl.readers.limits import STANDARD_LIMITS
from surveys.findings import FaultError, Finding, Place, Report

_ARCHIVES = (".zip", ".lsa")
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt", ".sav", ".zsav", ".zip", ".lsa")


def find_inputs(names: Iterable[str]) -> list[Path]:
    """Return the files that are named and, for a folder, the tables in it and below, in order of name.

    Raises:
        FaultError: nothing is there under one of the names, or a folder holds no tables; all such faults at once.
    """
    found: list[Path] = []
    faults: list[Finding] = []
    for path in map(Path, names):
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if _is_table(file)]
            if not inside:
                facts = {"suffixes": ", ".join(SUFFIXES)}
                faults.append(Finding("INPUT-FOLDER-EMPTY", Place(file=str(path)), facts))
            found.extend(inside)
        elif path.exists():
            found.append(path)
        else:
            faults.append(Finding("INPUT-NOT-FOUND", Place(file=str(path))))
    if faults:
        raise FaultError(Report(tuple(faults)))
    return list(dict.fromkeys(found))


def read_input(path: Path) -> Incoming:
    """Return a file's content, a little more than the largest that is taken at most.

    Raises:
        FaultError: there is no such file, or it may not be read.
    """
    place = Place(file=str(path))
    try:
        with path.open("rb") as file:
            content = file.read(STANDARD_LIMITS.file_bytes + 1)
    except FileNotFoundError:
        raise FaultError(Report((Finding("INPUT-NOT-FOUND", place),))) from None
    except OSError:
        raise FaultError(Report((Finding("INPUT-NOT-READABLE", place),))) from None
    return Incoming(file_name=path.name, content=content)


def read_with_form(path: Path, form: Path | None) -> Incoming:
    """Return a file's content together with the questionnaire that it answers, as if both had come in one archive.

    Args:
        path: the answers, under whose name the whole goes.
        form: XLSForm, XForm or LimeSurvey's structure; ``None`` for the answers alone.

    Raises:
        FaultError: one of them is not there, or may not be read.
    """
    answers = read_input(path)
    if form is None:
        return answers
    asked = read_input(form)
    packed = io.BytesIO()
    if zipfile.is_zipfile(io.BytesIO(answers.content)) and path.suffix.lower() in _ARCHIVES:
        packed.write(answers.content)
        mode: Literal["a", "w"] = "a"
    else:
        mode = "w"
    with zipfile.ZipFile(packed, mode) as archive:
        if mode == "w":
            # Always the same moment: the same two files are the same archive.
            archive.writestr(zipfile.ZipInfo(answers.file_name), answers.content)
        archive.writestr(zipfile.ZipInfo(asked.file_name), asked.content)
    return Incoming(answers.file_name, packed.getvalue())


def check_output(path: Path, *, force: bool) -> None:
    """Refuse to write over a file, before any work is done for it.

    Raises:
        FaultError: there is such a file already.
    """
    if path.exists() and not force:
        raise FaultError(Report((Finding("OUTPUT-EXISTS", Place(file=str(path))),)))


def write_output(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all; one that is there already stays unless ``force``.

    Raises:
        FaultError: there is such a file already, or it cannot be written.
    """
    check_output(path, force=force)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            half.write_bytes(content)
            half.replace(path)
        finally:
            with suppress(OSError):
                half.unlink(missing_ok=True)
    except OSError:
        raise FaultError(Report((Finding("OUTPUT-NOT-WRITTEN", Place(file=str(path))),))) from None


def _is_table(path: Path) -> bool:
    """Hidden files and the locks that office programs leave beside an open file are nobody's data."""
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))
