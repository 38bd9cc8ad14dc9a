"""A worker process whose job stops at every step until its test says "go": faults are injected at known moments.

Run as a script with the database's address, and with ``real`` to run the program's own imports instead of a stand-in.
Says each step on standard output, waits for a line on standard input.
"""

import logging
import sys

from sqlalchemy import insert

from etl.importing import ImportResult
from etl.jobs.worker import Worker, stop_on_signals
from etl.store.engine import open_store
from etl.store.schema_operations import audit
from surveys.findings import Report


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def stand_in(store, claimed, report, _clock):
    """Stand for an import: two steps, and a load in one transaction with a step in its middle."""

    def step(name, progress):
        say(name)
        sys.stdin.readline()
        report(name, progress)

    step("read", 0.2)
    with store.write() as connection:
        connection.execute(
            insert(audit).values(at="", actor="", action="loaded", object=claimed.payload["upload"], facts="{}")
        )
        step("load", 0.6)
    step("loaded", 0.9)
    return ImportResult("b1", "google_forms", 1, 1, 0, 1, Report())


def run_real(store, claimed, report, clock):
    """Run the program's own job, stopping whenever it tells its progress."""
    from etl.jobs.kinds import run_kind

    told = 0

    def step(name, progress):
        nonlocal told
        told += 1
        say(f"step {told} {name}")
        sys.stdin.readline()
        report(name, progress)

    return run_kind(store, claimed, step, clock)


def main():
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
    run = run_real if "real" in sys.argv else stand_in
    worker = Worker(open_store(sys.argv[1]), run=run)
    stop_on_signals(worker)
    say("ready")
    worker.work()
    say("ended")


if __name__ == "__main__":
    main()
