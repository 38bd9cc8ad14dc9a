"""``diagnoza export``, ``restore`` and ``backup``: the whole database out, back, and copied."""

from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.parsing import UsageError
from etl.commands.paths import check_output
from etl.open_data.restoring import restore_package
from etl.open_data.writing import write_package
from etl.store.audit import Author, record_action
from etl.store.backup import can_copy, copy_database
from etl.store.moments import utc_now
from etl.store.package_plan import Level
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Report


def run_export(console: Console, options: Namespace) -> int:
    """Write the whole database in open form: what may be published, or everything for safekeeping."""
    if options.full and options.licence:
        raise UsageError(console.text("usage.together", name="--licence", words="--full"))
    folder = Path(options.out)
    level = Level.FULL if options.full else Level.OPEN
    with open_configured_store(console, create=False) as store:
        written = write_package(
            store, folder, level=level, now=utc_now(), licence=options.licence, progress=console.report_progress
        )
    rows = sum(written.rows.values())
    console.say(f"export.written_{level.value}", folder=folder)
    console.say("export.amount", tables=len(written.rows), n=rows)
    console.say("export.forms", n=written.forms)
    if level is Level.FULL:
        console.note("export.confidential")
    if console.as_json:
        facts = {"folder": str(folder), "level": level.value, "rows": rows, "forms": written.forms}
        console.print_json({**facts, "tables": written.rows})
    return 0


def run_restore(console: Console, options: Namespace) -> int:
    """Bring a package into an empty database."""
    with open_configured_store(console, create=True) as store:
        restored = restore_package(store, Path(options.folder), now=utc_now(), progress=console.report_progress)
    rows = sum(restored.rows.values())
    console.say("restore.done", n=rows)
    if restored.without_answers:
        console.say("restore.without_answers", n=restored.without_answers)
    console.note("restore.accounts")
    if console.as_json:
        facts = {"level": restored.level.value, "rows": rows, "measurements_without_answers": restored.without_answers}
        console.print_json({**facts, "tables": restored.rows})
    return 0


def run_backup(console: Console, options: Namespace) -> int:
    """Copy the database while it is served, and check the copy."""
    out = Path(options.out)
    check_output(out, force=options.force)
    with open_configured_store(console, create=False) as store:
        if not can_copy(store):
            raise FaultError(Report((Finding("BACKUP-NO-PROGRAM"),)))
        size = copy_database(store, out)
        with store.write(changes_data=False) as connection:
            record_action(connection, Author(Actor.at_machine().name, utc_now()), "backup_database", "database")
    console.say("backup.done", file=out, n=max(1, round(size / 1_000_000)))
    console.note("backup.confidential")
    if console.as_json:
        console.print_json({"file": str(out), "bytes": size})
    return 0
