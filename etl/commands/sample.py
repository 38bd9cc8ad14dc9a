"""``diagnoza demo``: the invented sample data into an empty database."""

from argparse import Namespace

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.sample.loading import SampleRefusedError, load_sample
from surveys.findings import FaultError, Finding, Report


def run_demo(console: Console, options: Namespace) -> int:
    """Load the sample; with ``--if-empty`` a database that holds something is left alone without complaint."""
    with open_configured_store(console, create=True) as store:
        try:
            load_sample(store, lambda share: console.report_progress("sample", share))
        except SampleRefusedError:
            if not options.if_empty:
                raise FaultError(Report((Finding("DEMO-NOT-EMPTY"),))) from None
            console.note("demo.not_needed")
        else:
            console.note("demo.loaded")
    return 0
