"""``diagnoza retention``: which measurements are past the day until which single answers are kept; deleting them."""

from argparse import Namespace

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.importing import findings_to_json
from etl.store.engine import Store
from etl.store.moments import utc_now
from etl.store.retention import Due, delete_answers, list_due
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Report

_ACTOR = Actor.at_machine()
_COLUMNS = ("partnership", "wave", "until", "people")


def run_retention(console: Console, options: Namespace) -> int:
    """List what is due, delete it with ``--apply``; 1 while something due is still there."""
    today = utc_now().astimezone().date()
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, _ACTOR, options.partnership) if options.partnership else None
        with store.read() as connection:
            due = list_due(connection, _ACTOR, today, slug)
        left: list[Due] = []
        findings: list[Finding] = []
        for one in due if options.apply else ():
            findings += _delete(store, one)
        if options.apply:
            with store.read() as connection:
                left = list(list_due(connection, _ACTOR, today, slug))
    _show(console, due, findings, applied=options.apply)
    if console.as_json:
        console.print_json(
            {
                "due": [_to_json(one) for one in due],
                "deleted": [one.uid for one in due if options.apply and one not in left],
                "findings": findings_to_json(Report(tuple(findings)), console.language),
            }
        )
    return 1 if (left if options.apply else due) else 0


def _delete(store: Store, one: Due) -> tuple[Finding, ...]:
    """Delete one measurement's answers; what stands against it is told and stops no other."""
    now = utc_now()
    try:
        with store.write() as connection:
            delete_answers(connection, _ACTOR, one.uid, now.astimezone().date(), now)
    except FaultError as fault:
        return tuple(fault.report)
    return ()


def _show(console: Console, due: tuple[Due, ...], findings: list[Finding], *, applied: bool) -> None:
    if not due:
        console.say("retention.none")
        return
    headers = [console.text(f"retention.column.{name}") for name in _COLUMNS]
    rows = [[one.partnership, one.name, one.until.isoformat(), str(one.people)] for one in due]
    console.print_table(headers, rows, frozenset({3}))
    console.warn_of(Report(tuple(findings)))
    console.say("retention.applied" if applied else "retention.what")


def _to_json(one: Due) -> dict[str, object]:
    return {
        "collection": one.uid,
        "partnership": one.partnership,
        "name": one.name,
        "until": one.until.isoformat(),
        "responses": one.people,
    }
