"""``diagnoza pull``: answers from the server they were collected on, loaded like a file of that tool."""

import os
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.commands.column_decisions import read_mapping_decisions
from etl.commands.console import Console
from etl.commands.importing import Outcome, load, outcome_to_json, say_outcome
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.connectors.base import Connection
from etl.connectors.connections import BDL, read_connections, require_connection
from etl.connectors.pulling import Pulled, pull_answers
from etl.importing import Decisions
from etl.recognise.registry import SAID_SOURCES, SURVEY
from etl.store.engine import Store
from etl.store.moments import utc_now
from etl.store.scope import Action, Actor
from surveys.findings import FaultError, Finding, Report

_ACTOR = Actor.at_machine()
_COLUMNS = ("name", "kind", "server", "form", "partnership", "wave")


def run_pull(console: Console, options: Namespace) -> int:
    """Pull one connection's answers and load them, or list the connections."""
    if options.list:
        return _list(console)
    connections = read_connections()  # before anything else is said: it may be that nothing is configured
    if options.name is None:
        raise FaultError(Report((Finding("CONNECTION-NOT-NAMED"),)))
    connection = require_connection(options.name, connections)
    if connection.kind == BDL:
        raise FaultError(Report((Finding("CONNECTION-IS-BDL", facts={"name": connection.name}),)))
    with open_configured_store(console, create=True) as store:
        decisions = _decide(store, connection, options)
        pulled = pull_answers(connection, now=utc_now(), progress=console.report_progress)
        outcome = _load(console, store, pulled, decisions, options)
    console.say("pull.came", name=connection.name, rows=pulled.rows, pages=pulled.pages)
    console.warn_of(pulled.report)
    if outcome is not None:
        say_outcome(console, outcome, dry_run=options.dry_run)
    if console.as_json:
        console.print_json(_to_json(console, connection, pulled, outcome))
    return 1 if outcome is not None and outcome.failed else 0


def _list(console: Console) -> int:
    connections = read_connections().values()
    if console.as_json:
        plain = [
            dict(zip(_COLUMNS, _describe(each), strict=True)) | {"token": _has_token(each)} for each in connections
        ]
        console.print_json({"connections": plain})
    elif not connections:
        console.say("pull.none")
    else:
        headers = [console.text(f"pull.column.{name}") for name in (*_COLUMNS, "token")]
        said = {True: console.text("pull.token.there"), False: console.text("pull.token.missing")}
        rows = [[*(cell or "–" for cell in _describe(each)), said[_has_token(each)]] for each in connections]
        console.print_table(headers, rows, frozenset())
    return 0


def _describe(connection: Connection) -> list[str | None]:
    return [
        connection.name, connection.kind, connection.url, connection.form, connection.partnership, connection.wave
    ]  # fmt: skip


def _has_token(connection: Connection) -> bool:
    """Whether the secret is there is said, and nothing of it."""
    return bool(os.environ.get(connection.token_variable, "").strip())


def _decide(store: Store, connection: Connection, options: Namespace) -> Decisions:
    """A partnership that isn't there, or that nobody named, is said before a server is asked for anything."""
    named = options.partnership or connection.partnership
    if named is None:
        raise FaultError(Report((Finding("CONNECTION-PARTNERSHIP-MISSING", facts={"name": connection.name}),)))
    partnership = require_partnership(store, _ACTOR, named)
    _ACTOR.require(Action.IMPORT, partnership)
    columns, worded = read_mapping_decisions(Path(options.mapping)) if options.mapping else ({}, ())
    return Decisions(
        partnership=partnership,
        wave=options.wave or connection.wave,
        questionnaire=options.questionnaire,
        columns=columns,
        worded=worded,
        drop_identifiers=options.drop_identifiers,
        accept_suggestions=options.accept_suggestions,
        # Nobody has to be asked what the file is: we know where it came from.
        source=connection.kind if connection.kind in SAID_SOURCES else SURVEY,
    )


def _load(console: Console, store: Store, pulled: Pulled, decisions: Decisions, options: Namespace) -> Outcome | None:
    incoming = pulled.incoming
    if incoming is None:
        return None
    path = Path(incoming.file_name)
    return load(console, store, path, lambda: incoming, decisions, dry_run=options.dry_run)


def _to_json(console: Console, connection: Connection, pulled: Pulled, outcome: Outcome | None) -> dict[str, Any]:
    """The object of ``diagnoza import`` for one file, with what the pull came to."""
    shown = outcome or Outcome(Path(f"{connection.name}.csv"), Report())
    # What the server said stands before what the file says.
    shown = replace(shown, report=pulled.report + shown.report)
    return {
        "connection": connection.name,
        "rows_pulled": pulled.rows,
        "pages": pulled.pages,
        "kept_pages": pulled.kept_pages,
        **outcome_to_json(console, shown),
    }
