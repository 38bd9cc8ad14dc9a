"""A package as it lies in a folder: checked before anything is stored, every fault with its file, row and column."""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.open_data.describing import DESCRIPTOR, FORMAT, OWN, path_of, table_of
from etl.store.package_plan import Level, plan_tables
from etl.store.package_results import HEADERS
from surveys.findings import FaultError, Finding, Place, Report

_MOST_DESCRIPTOR_BYTES = 20_000_000
# Outlines of areas and forms stand in one cell each.
_MOST_CELL = 100_000_000


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose files are there and are what its descriptor says.

    Attributes:
        folder: where it lies.
        headers: of every table's file.
    """

    folder: Path
    level: Level
    headers: dict[str, tuple[str, ...]]

    def place(self, table: str, row: int | None = None, column: str | None = None) -> Place:
        """Return a place in the package for a finding."""
        return Place(file=path_of(table), row=row, column=column)

    def rows(self, table: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of a table's file with their numbers, the header being row 1.

        Raises:
            FaultError: the file is no CSV in UTF-8, or a row is shorter or longer than the header.
        """
        width = len(self.headers[table])
        previous = csv.field_size_limit(_MOST_CELL)
        row = 1
        try:
            with (self.folder / path_of(table)).open(encoding="utf-8", newline="") as file:
                reader = csv.reader(file, strict=True)
                next(reader)
                for row, cells in enumerate(reader, 2):  # told by the finding below
                    if len(cells) != width:
                        facts = {"n": len(cells), "wanted": width}
                        raise FaultError(Report((Finding("PACKAGE-ROW-LENGTH", self.place(table, row), facts),)))
                    yield row, cells
        except (csv.Error, UnicodeDecodeError, StopIteration, OSError):
            raise FaultError(Report((Finding("PACKAGE-FILE-UNREADABLE", self.place(table, row)),))) from None
        finally:
            csv.field_size_limit(previous)


def open_package(folder: Path, schema: str) -> Package:
    """Return the package in a folder, once its descriptor and files have been looked through.

    Args:
        folder: with ``datapackage.json``.
        schema: version of the database's schema, which the package has to have too.

    Raises:
        FaultError: it is none of ours, of another version, or its files are not what it says; all such faults at once.
    """
    descriptor = _read_descriptor(folder)
    own = descriptor.get(OWN)
    resources = descriptor.get("resources")
    levels = {level.value: level for level in Level}
    if not isinstance(own, dict) or not isinstance(resources, list) or own.get("level") not in levels:
        raise _fault("PACKAGE-NOT-OURS")
    if own.get("format") != FORMAT or own.get("schema") != schema:
        named = str(own.get("schema"))[:12]
        raise _fault("PACKAGE-OTHER-VERSION", facts={"found": named, "wanted": schema})
    level = levels[str(own["level"])]
    wanted = {plan.name: plan.headers for plan in plan_tables(level)}
    if level is Level.OPEN:
        wanted |= HEADERS
    findings: list[Finding] = []
    described: dict[str, dict[str, Any]] = {}
    for resource in resources:
        name = table_of(str(resource.get("name"))) if isinstance(resource, dict) else ""
        if name not in wanted:
            findings.append(Finding("PACKAGE-TABLE-UNKNOWN", Place(file=DESCRIPTOR), {"name": name[:60]}))
        elif resource.get("path") != path_of(name):
            findings.append(Finding("PACKAGE-PATH-OUTSIDE", Place(file=DESCRIPTOR), {"name": name}))
        else:
            described[name] = resource
    for table, headers in wanted.items():
        findings += _check_file(folder, table, headers, described.get(table))
    if findings:
        raise FaultError(Report(tuple(findings)))
    return Package(folder, level, wanted)


def _read_descriptor(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTOR
    try:
        if not path.is_file():
            raise _fault("PACKAGE-NOT-FOUND", Place(file=str(folder)))
        if path.stat().st_size > _MOST_DESCRIPTOR_BYTES:
            raise _fault("PACKAGE-NOT-OURS")
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise _fault("PACKAGE-NOT-OURS") from None
    if not isinstance(descriptor, dict):
        raise _fault("PACKAGE-NOT-OURS")
    return descriptor


def _check_file(
    folder: Path, table: str, headers: Sequence[str], resource: dict[str, Any] | None
) -> tuple[Finding, ...]:
    place = Place(file=path_of(table))
    path = folder / path_of(table)
    if resource is None or not path.is_file():
        return (Finding("PACKAGE-FILE-MISSING", place),)
    if not path.resolve().is_relative_to(folder.resolve()):
        return (Finding("PACKAGE-PATH-OUTSIDE", Place(file=DESCRIPTOR), {"name": table}),)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if resource.get("hash", f"sha256:{digest}") != f"sha256:{digest}":
        return (Finding("PACKAGE-FILE-CHANGED", place),)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = next(csv.reader(file, strict=True), [])
    except (csv.Error, UnicodeDecodeError):
        return (Finding("PACKAGE-FILE-UNREADABLE", place),)
    if tuple(found) != tuple(headers):
        strange = [name for name in found if name not in headers][:3]
        other = strange + [name for name in headers if name not in found][:3]
        return (Finding("PACKAGE-COLUMNS-OTHER", place, {"columns": ", ".join(other)[:200] or "–"}),)
    return ()


def _fault(code: str, place: Place | None = None, facts: dict[str, str | int] | None = None) -> FaultError:
    return FaultError(Report((Finding(code, place or Place(file=DESCRIPTOR), facts or {}),)))
