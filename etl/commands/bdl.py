"""``diagnoza bdl pull``: one variable of the Local Data Bank, loaded like a file of it."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.importing import load, outcome_to_json, say_outcome
from etl.commands.opening import open_configured_store
from etl.connectors.bdl import pull_variable
from etl.connectors.connections import BDL, read_connections
from etl.importing import Decisions
from etl.recognise import bdl
from surveys.findings import FaultError, Finding, Report


def run_pull(console: Console, options: Namespace) -> int:
    """Pull a variable of a year for every gmina or powiat, and load it."""
    connection = next((each for each in read_connections().values() if each.kind == BDL), None)
    if connection is None:
        raise FaultError(Report((Finding("BDL-NOT-CONNECTED"),)))
    with open_configured_store(console, create=True) as store:
        pulled = pull_variable(
            connection,
            variable=options.variable,
            year=options.year,
            level=options.level,
            progress=console.report_progress,
        )
        path = Path(pulled.incoming.file_name)
        decisions = Decisions(source=bdl.SOURCE)
        outcome = load(console, store, path, lambda: pulled.incoming, decisions, dry_run=options.dry_run)
    console.say("pull.came", name=connection.name, rows=pulled.units, pages=pulled.pages)
    say_outcome(console, outcome, dry_run=options.dry_run)
    if console.as_json:
        came = {"variable": options.variable, "units": pulled.units, "pages": pulled.pages}
        plain = outcome_to_json(console, replace(outcome, path=path))
        console.print_json({**came, "kept_pages": pulled.kept_pages, **plain})
    return 1 if outcome.failed else 0
