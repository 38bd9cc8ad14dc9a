"""A package into an empty database: whole or not at all."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DataError, IntegrityError

from etl.open_data.reading import Package, open_package
from etl.progress import Progress
from etl.store import schema as s
from etl.store.audit import Author, record_action
from etl.store.collections import make_addresses
from etl.store.engine import Store
from etl.store.migration import read_version
from etl.store.package_plan import SECRET_COLUMNS, Level, TablePlan, join_key, plan_tables
from etl.store.package_results import HEADERS, keep_results
from etl.store.package_rows import RowWriter, find_filled_tables
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Report

_MOST_FINDINGS = 50


@dataclass
class Restored:
    """What came back.

    Attributes:
        level: of the package.
        rows: rows by table.
        without_answers: measurements whose answers an open package does not hold.
    """

    level: Level
    rows: dict[str, int] = field(default_factory=dict)
    without_answers: int = 0


def restore_package(store: Store, folder: Path, *, now: datetime, progress: Progress) -> Restored:
    """Bring a package into an empty database, in one transaction.

    Args:
        store: with the current schema and without any data; accounts may be there.
        folder: with ``datapackage.json``.
        now: the moment, for the log.
        progress: told the stage and the share that is done.

    Raises:
        FaultError: the database is not empty, or the package has faults; nothing is stored.
    """
    with store.read() as connection:
        version = read_version(connection)
        _require_empty(connection)
    package = open_package(folder, version)
    with store.write() as connection:
        _require_empty(connection)
        restored = _restore(connection, package, progress)
        facts: dict[str, str | int | None] = {"level": package.level.value, "rows": sum(restored.rows.values())}
        record_action(connection, Author(Actor.at_machine().name, now), "restore_package", "database", facts)
    return restored


def _require_empty(connection: Connection) -> None:
    if find_filled_tables(connection, plan_tables(Level.FULL)):
        raise FaultError(Report((Finding("RESTORE-NOT-EMPTY"),)))


def _restore(connection: Connection, package: Package, progress: Progress) -> Restored:
    restored = Restored(package.level)
    writer = RowWriter(connection)
    findings: list[Finding] = []
    plans = plan_tables(package.level)
    for number, plan in enumerate(plans):
        progress("storing", number / len(plans))
        try:
            restored.rows[plan.name] = _restore_table(writer, package, plan, findings)
        except (IntegrityError, DataError):
            findings.append(Finding("PACKAGE-CONFLICT", package.place(plan.name)))
        # What refers to rows that were refused would only say the same once more.
        if findings:
            raise FaultError(Report(tuple(findings[:_MOST_FINDINGS])))
    if package.level is Level.OPEN:
        _restore_results(connection, package, restored)
    progress("storing", 1.0)
    return restored


def _restore_table(writer: RowWriter, package: Package, plan: TablePlan, findings: list[Finding]) -> int:
    def refuse(row: int, header: str, kind: str) -> None:
        place = package.place(plan.name, row, header)
        if kind in {"reference", "key"}:
            findings.append(Finding(f"PACKAGE-{kind.upper()}-BAD", place))
        else:
            findings.append(Finding("PACKAGE-CELL-BAD", place, {"kind": f"@package.kind.{kind}"}))
        if len(findings) >= _MOST_FINDINGS:
            raise FaultError(Report(tuple(findings)))

    def make() -> dict[str, object]:
        return {name: made for name, made in make_addresses().items() if (plan.name, name) in SECRET_COLUMNS}

    return writer.write(plan, package.rows(plan.name), refuse, make)


def _restore_results(connection: Connection, package: Package, restored: Restored) -> None:
    rows = connection.execute(
        select(s.wave.c.id, s.partnership.c.slug, s.wave.c.slug.label("wave")).join_from(s.wave, s.partnership)
    )
    waves = {join_key((row.slug, row.wave)): row.id for row in rows}
    named: set[str] = set()
    for part in HEADERS:
        read = [cells for _, cells in package.rows(part)]
        try:
            keep_results(connection, waves, part, read)
        except LookupError:
            raise FaultError(Report((Finding("PACKAGE-REFERENCE-BAD", package.place(part)),))) from None
        named |= {cells[0] for cells in read}
        restored.rows[part] = len(read)
    restored.without_answers = len(named)
