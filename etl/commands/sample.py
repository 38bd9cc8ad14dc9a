"""``diagnoza demo``: the invented sample data, into an empty database, out of it again, or as files to upload."""

from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.parsing import UsageError
from etl.sample.files import write_sample_files
from etl.sample.loading import SampleRefusedError, load_sample, remove_sample
from etl.store.scope import Actor
from surveys.findings import FaultError, Finding, Place, Report


def run_demo(console: Console, options: Namespace) -> int:
    """Load the sample, unless it is to be removed or written as files."""
    if options.remove and (options.files or options.if_empty):
        raise UsageError(console.text("usage.together", name="--remove", words="--files, --if-empty"))
    if options.files:
        _write(console, Path(options.files))
    elif options.remove:
        _remove(console)
    else:
        _load(console, if_empty=options.if_empty)
    return 0


def _load(console: Console, *, if_empty: bool) -> None:
    """With ``--if-empty`` a database that holds something is left alone without complaint."""
    with open_configured_store(console, create=True) as store:
        try:
            load_sample(store, lambda share: console.report_progress("sample", share))
        except SampleRefusedError:
            if not if_empty:
                raise FaultError(Report((Finding("DEMO-NOT-EMPTY"),))) from None
            console.note("demo.not_needed")
        else:
            console.note("demo.loaded")


def _remove(console: Console) -> None:
    with open_configured_store(console, create=False) as store:
        console.note("demo.removed", n=remove_sample(store, Actor.at_machine()))


def _write(console: Console, folder: Path) -> None:
    try:
        written = write_sample_files(folder)
    except OSError:
        raise FaultError(Report((Finding("OUTPUT-NOT-WRITTEN", Place(file=str(folder))),))) from None
    for file in written:
        console.say("demo.file", file=file)
