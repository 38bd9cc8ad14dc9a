"""The whole database into a folder: whole or not at all, and of one moment."""

import csv
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from etl.exports.repeatable import without_moments
from etl.forms.writing import write_xlsform
from etl.open_data.describing import (
    DATA_FOLDER,
    DESCRIPTOR,
    FORMS_FOLDER,
    describe_package,
    describe_results,
    describe_table,
    path_of,
    resident_name,
)
from etl.progress import Progress
from etl.store import schema as s
from etl.store.audit import Author, record_action
from etl.store.engine import Store
from etl.store.migration import read_version
from etl.store.package_plan import Level, plan_tables
from etl.store.package_results import HEADERS, read_results
from etl.store.package_rows import RowReader
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Place, Report
from surveys.language.folding import slugify
from surveys.model import Form
from surveys.model.form_codec import decode_form
from surveys.questionnaires import UnknownQuestionnaireError, load_form


@dataclass
class Written:
    """What a package holds.

    Attributes:
        rows: rows by table; files of results among them.
        forms: how many questionnaires stand in it as XLSForm.
    """

    rows: dict[str, int] = field(default_factory=dict)
    forms: int = 0


def write_package(
    store: Store, folder: Path, *, level: Level, now: datetime, licence: str | None = None, progress: Progress
) -> Written:
    """Write the whole database into a new folder.

    Args:
        store: with the current schema.
        folder: must not be there, or be empty.
        level: open, or full for safekeeping.
        now: the moment, for the log.
        licence: of an open package.
        progress: told the stage and the share that is done.

    Raises:
        FaultError: the folder holds something, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FaultError(Report((Finding("OUTPUT-FOLDER-FILLED", Place(file=str(folder))),)))
    half = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        try:
            half.mkdir(parents=True, mode=0o700)
            with store.read() as connection:
                written = _write(connection, half, level, licence, progress)
            if folder.exists():
                folder.rmdir()
            half.rename(folder)
        finally:
            shutil.rmtree(half, ignore_errors=True)
    except OSError:
        raise FaultError(Report((Finding("OUTPUT-NOT-WRITTEN", Place(file=str(folder))),))) from None
    with store.write(changes_data=False) as connection:
        facts: dict[str, str | int | None] = {"level": level.value, "rows": sum(written.rows.values())}
        record_action(connection, Author(Actor.at_machine().name, now), "export_package", "database", facts)
    return written


def _write(connection: Connection, folder: Path, level: Level, licence: str | None, progress: Progress) -> Written:
    (folder / DATA_FOLDER).mkdir()
    written = Written()
    resources: list[dict[str, Any]] = []
    reader = RowReader(connection, level, resident=resident_name())
    plans = plan_tables(level)
    for number, plan in enumerate(plans):
        progress("writing", number / len(plans))
        facts, written.rows[plan.name] = _write_table(folder, plan.name, plan.headers, reader.read(plan))
        resources.append({**describe_table(plan), **facts})
    if level is Level.OPEN:
        for part, rows in read_results(connection).items():
            facts, written.rows[part] = _write_table(folder, part, HEADERS[part], rows)
            resources.append({**describe_results(part), **facts})
    written.forms = _write_forms(connection, folder)
    package = describe_package(level, read_version(connection), resources, licence=licence, counts=written.rows)
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    progress("writing", 1.0)
    return written


def _write_table(
    folder: Path, table: str, headers: Iterable[str], rows: Iterable[list[str]]
) -> tuple[dict[str, Any], int]:
    """Write a file and return its size and hash, and how many rows it has."""
    path = folder / path_of(table)
    count = 0

    def counted() -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(counted())
    with path.open("rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}, count


def _write_forms(connection: Connection, folder: Path) -> int:
    """Write every questionnaire that is known as a form, the partnerships' own ones and those of the program."""
    asked = s.questionnaire.c
    rows = connection.execute(
        select(asked.slug, asked.version, asked.form, s.partnership.c.slug.label("owner"))
        .outerjoin_from(s.questionnaire, s.partnership)
        .order_by(s.questionnaire.c.id)
    ).all()
    count = 0
    for row in rows:
        form = decode_form(row.form) if row.form else _shipped_form(row.slug, row.version)
        if form is None:
            continue
        (folder / FORMS_FOLDER).mkdir(exist_ok=True)
        count += 1
        path = folder / FORMS_FOLDER / f"{slugify('-'.join(filter(None, (row.owner, row.slug, row.version))))}.xlsx"
        if path.exists():  # two versions whose names differ in signs only
            path = path.with_stem(f"{path.stem}-{count}")
        path.write_bytes(without_moments(write_xlsform(form)))
    return count


def _shipped_form(slug: str, version: str) -> Form | None:
    try:
        return load_form(slug, version)
    except UnknownQuestionnaireError:
        return None
