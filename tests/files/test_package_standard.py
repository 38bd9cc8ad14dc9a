"""Packages by the letter of the Frictionless specifications, with something in every table that anybody writes."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.open_data.describing import DESCRIPTOR
from etl.open_data.restoring import restore_package
from etl.open_data.writing import write_package
from etl.progress import ignore_progress
from etl.store.engine import Store, open_store
from etl.store.package_plan import Level, plan_tables
from etl.store.reading import resolve_scope
from etl.store.report_rows import ReportPlace, keep_version, write_own_text
from tests.files.test_document_chapters import hold_meeting
from tests.files.test_packages import MACHINE, fill

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TYPES = frozenset(
    {"string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year", "yearmonth"}
)
CELLS = {
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?"),
    "boolean": re.compile(r"true|false|True|False|TRUE|FALSE|1|0"),
}


def list_faults(package: dict[str, Any], files: dict[str, bytes]) -> list[str]:
    """Return what Data Package, Tabular Data Resource, CSV Dialect and Table Schema (version 1) don't allow."""
    faults: list[str] = []

    def want(holds: object, said: str) -> None:
        if not holds:
            faults.append(said)

    names = [resource["name"] for resource in package["resources"]]
    want(re.fullmatch(r"[-a-z0-9._/]+", package["name"]), "name of the package")
    want(len(set(names)) == len(names) > 0, "names of resources")
    want(all("title" in source for source in package.get("sources", ())), "sources")
    want(all("name" in licence or "path" in licence for licence in package.get("licenses", ())), "licences")
    fields_of = {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        want(re.fullmatch(r"[-a-z0-9._/]+", name), f"{name}: name")
        want(resource["profile"] == "tabular-data-resource", f"{name}: profile")
        path = resource["path"]
        want(not path.startswith(("/", "http")) and ".." not in path and path in files, f"{name}: path")
        want(re.fullmatch(r"sha256:[0-9a-f]{64}", resource["hash"]), f"{name}: hash")
        want(resource["encoding"] == "utf-8" and resource["format"] == "csv", f"{name}: format")
        want(len(set(fields_of[name])) == len(fields_of[name]) > 0, f"{name}: names of fields")
        for field in schema["fields"]:
            want(field["type"] in TYPES, f"{name}.{field['name']}: type")
            want(set(field.get("constraints", {})) <= {"required", "unique", "enum"}, f"{name}.{field['name']}")
        want(set(schema.get("primaryKey", ())) <= set(fields_of[name]), f"{name}: primary key")
        for key in schema.get("foreignKeys", ()):
            want(set(key["fields"]) <= set(fields_of[name]), f"{name}: foreign key")
            want(key["reference"]["resource"] in names, f"{name}: resource of a foreign key")
            want(
                set(key["reference"]["fields"]) <= set(fields_of.get(key["reference"]["resource"], ())),
                f"{name}: its fields",
            )
            want(len(key["fields"]) == len(key["reference"]["fields"]), f"{name}: as many fields")
        faults += list_bad_cells(name, schema, files[path].decode("utf-8"))
    return faults


def list_bad_cells(name: str, schema: dict[str, Any], content: str) -> list[str]:
    """Return the columns whose cells are not of their type, or miss what they must have."""
    header, *rows = csv.reader(io.StringIO(content, newline=""), strict=True)
    faults = []
    for place, field in enumerate(schema["fields"]):
        cells = [row[place] for row in rows]
        filled = [cell for cell in cells if cell not in schema["missingValues"]]
        constraints = field.get("constraints", {})
        try:
            bad = not all(_fits(field["type"], cell) for cell in filled)
        except ValueError:
            bad = True
        unique = constraints.get("unique") and len(set(filled)) < len(filled)
        if bad or unique or (constraints.get("required") and len(filled) < len(cells)):
            faults.append(f"{name}.{header[place]}: cells")
    return faults


def _fits(kind: str, cell: str) -> bool:
    if kind == "date":
        return date.fromisoformat(cell).isoformat() == cell
    if kind == "datetime":
        return datetime.fromisoformat(cell) is not None
    return kind not in CELLS or CELLS[kind].fullmatch(cell) is not None


def fill_everything(store: Store) -> None:
    """What `fill` puts in, a meeting that was held, an own paragraph and a made document."""
    fill(store)
    hold_meeting(store)
    with store.write() as connection:
        scope = resolve_scope(connection, MACHINE, sample=False)
        place = ReportPlace("liw", "full", "conclusions", "pl")
        write_own_text(connection, MACHINE, scope, place, 'Zaczynamy\n\n"od" dojazdów; 50 %', now=NOW)
        keep_version(connection, MACHINE, scope, "liw", kind="full", language="pl", facts={"ą": [1, None]}, now=NOW)


def export(store: Store, folder: Path, level: Level) -> dict[str, bytes]:
    write_package(store, folder, level=level, now=NOW, progress=ignore_progress)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("level", Level)
def test_packages_keep_to_the_specifications(sqlite_store: Store, tmp_path: Path, level: Level):
    fill_everything(sqlite_store)
    files = export(sqlite_store, tmp_path / "out", level)
    package = json.loads(files[DESCRIPTOR])
    assert package["profile"] == "tabular-data-package"
    assert list_faults(package, files) == []
    # The check itself sees what is wrong.
    package["resources"][0]["name"] = "Zła nazwa"
    package["resources"][1]["schema"]["fields"][0]["type"] = "liczba"
    assert len(list_faults(package, files)) >= 2


def test_the_invented_data_keep_to_them_too(sample_file: Path, tmp_path: Path):
    store = open_store(f"sqlite:///{sample_file}")
    files = export(store, tmp_path / "out", Level.FULL)
    store.close()
    assert list_faults(json.loads(files[DESCRIPTOR]), files) == []


def test_meetings_votes_and_documents_come_back_equal(sqlite_store: Store, migrated_sqlite: Path, tmp_path: Path):
    fill_everything(sqlite_store)
    first = export(sqlite_store, tmp_path / "first", Level.FULL)
    file = tmp_path / "other.sqlite3"
    file.write_bytes(migrated_sqlite.read_bytes())
    other = open_store(f"sqlite:///{file}")
    restore_package(other, tmp_path / "first", now=NOW, progress=ignore_progress)
    assert export(other, tmp_path / "again", Level.FULL) == first
    other.close()
    rows = {plan.name: first[f"data/{plan.name}.csv"].count(b"\n") - 1 for plan in plan_tables(Level.FULL)}
    written = {"meeting", "meeting_decision", "meeting_task", "meeting_attendance", "vote_round", "vote_ballot"}
    assert all(rows[table] for table in {*written, "report_text", "report_version", "tree_node", "response", "answer"})
