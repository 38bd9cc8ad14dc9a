"""``diagnoza db``: bring the database up to date, and say how it stands."""

from argparse import Namespace

from etl.commands.console import Console
from etl.commands.opening import describe_database, open_any_store, read_address
from etl.store.addresses import is_missing_file
from etl.store.migration import SchemaState


def run_upgrade(console: Console, _options: Namespace) -> int:
    """Bring the schema to this program's version; an empty database gets its tables."""
    with open_any_store() as store:
        before = store.schema_state()
        store.upgrade()
    where = describe_database()
    console.say("db.created" if before is SchemaState.ABSENT else "db.upgraded", where=where)
    if console.as_json:
        console.print_json({"database": where, "before": before.value, "state": SchemaState.CURRENT.value})
    return 0


def run_status(console: Console, _options: Namespace) -> int:
    """Say whether the schema is there and fits this program; 1 when something has to be done about it."""
    if is_missing_file(read_address()):
        state = SchemaState.ABSENT
    else:
        with open_any_store() as store:
            state = store.schema_state()
    where = describe_database()
    console.say(f"db.status.{state.value}", where=where)
    if console.as_json:
        console.print_json({"database": where, "state": state.value})
    return 0 if state is SchemaState.CURRENT else 1
