"""``diagnoza report``: a partnership's document as a file.

`etl` never imports `dashboard`, where documents are made; the maker is found by its name when the command runs, as
``diagnoza serve`` finds the server.
"""

from argparse import Namespace
from pathlib import Path

from etl.commands.arguments import find_code
from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.commands.paths import check_output, write_output
from etl.store.moments import utc_now
from etl.store.scope import Actor

_MAKER = "dashboard.documents.making:make_report"


def run_report(console: Console, options: Namespace) -> int:
    """Make a document of a partnership and write it."""
    out, actor = Path(options.out), Actor.at_machine()
    check_output(out, force=options.force)
    language = options.language or console.language
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, actor, options.partnership)
        content = find_code(_MAKER)(
            store,
            actor,
            slug,
            kind=options.kind,
            format_name=options.format,
            language=language,
            today=utc_now().date(),
        )
    write_output(out, content, force=options.force)
    console.say("report.written", file=out)
    if console.as_json:
        facts = {"partnership": slug, "kind": options.kind, "format": options.format, "language": language}
        console.print_json({"file": str(out), "bytes": len(content), **facts})
    return 0
