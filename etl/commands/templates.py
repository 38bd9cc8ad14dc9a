"""``diagnoza template``: workbooks for people to fill in."""

import io
from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.commands.paths import check_output, write_output
from etl.exports.partnership_workbook import write_partnership_workbook
from etl.store.register_reading import read_register
from etl.store.scope import Actor
from surveys.model import Register


def run_partnership(console: Console, options: Namespace) -> int:
    """Write the partnership workbook: empty, or filled with a partnership's register."""
    out = Path(options.out)
    check_output(out, force=options.force)
    register = None if options.partnership is None else _read_partnership(console, options.partnership)
    content = io.BytesIO()
    write_partnership_workbook(register, content, console.language)
    write_output(out, content.getvalue(), force=options.force)
    console.say("template.written", file=out)
    if console.as_json:
        console.print_json({"file": str(out), "partnership": None if register is None else register.partnership.slug})
    return 0


def _read_partnership(console: Console, named: str) -> Register | None:
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, Actor.at_machine(), named)
        with store.read() as connection:
            return read_register(connection, slug)
