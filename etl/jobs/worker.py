"""The worker process: ``python -m etl.jobs.worker`` takes one job after another until it is told to stop.

On SIGTERM or SIGINT, and when it is supervised and the server that started it is gone, it lets the job at hand stop
at its next step, puts it back into the queue and ends. Killed outright, it leaves a lease that runs out.
"""

import argparse
import logging
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable

from etl.connectors.kept_pages import purge_kept_pages
from etl.faults import describe_places, explain_fault
from etl.importing import ImportResult
from etl.jobs import queue
from etl.jobs.holding import Holding, ImportCancelledError, InterruptedJobError, LeaseLostError
from etl.jobs.queue import Claim, Outcome
from etl.settings import database_url
from etl.store.engine import Store, open_store
from etl.store.faults import may_pass
from etl.store.moments import Clock, utc_now
from etl.store.uploads import purge_uploads

_logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.2
PURGE_EVERY_TURNS = 3000  # about every ten minutes
_LONGEST_PAUSE_SECONDS = 30.0

RunKind = Callable[[Store, Claim, Callable[[str, float], None], Clock], Outcome]


class Worker:
    """Takes jobs and runs them, one at a time.

    Args:
        store: open store.
        run: runs one claimed job: `etl.jobs.kinds.run_kind`, or in tests one that stops where they want.
        clock: gives this moment.
        name: name of a worker that has died and that this one replaces; by default a new name.
    """

    def __init__(self, store: Store, *, run: RunKind, clock: Clock = utc_now, name: str | None = None) -> None:
        self._store, self._run, self._clock = store, run, clock
        self._stopping = threading.Event()
        self._predecessor = name
        self.name = name or f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"

    def stop(self) -> None:
        """Let the job at hand stop at its next step, and take no other."""
        self._stopping.set()

    def work(self) -> None:
        """Take jobs until told to stop. A database that does not answer is asked again, ever more slowly."""
        pause = IDLE_SECONDS
        turn = 0
        while not self._stopping.wait(pause):
            try:
                if self._predecessor is not None:
                    queue.free_jobs_of(self._store, self._predecessor)
                    self._predecessor = None
                if turn % PURGE_EVERY_TURNS == 0:
                    self._purge()
                turn += 1
                pause = 0.0 if self.run_next() else IDLE_SECONDS
            except Exception as error:  # noqa: BLE001 # whatever the database says, the next turn may go well
                pause = min(max(pause, IDLE_SECONDS) * 2, _LONGEST_PAUSE_SECONDS)
                _logger.warning("the queue cannot be read, next try in %.0f s: %s", pause, describe_places(error))

    def run_next(self) -> bool:
        """Take and run one job; ``False`` when there is none."""
        claimed = queue.claim(self._store, self.name, self._clock())
        if claimed is None:
            return False
        _logger.info("job %s (%s) begins", claimed.uid, claimed.kind)
        try:
            with Holding(self._store, claimed, self._clock, self._stopping) as holding:
                outcome = self._run(self._store, claimed, holding.report, self._clock)
        except LeaseLostError:
            _logger.warning("job %s was taken over by another worker", claimed.uid)
        except ImportCancelledError:
            queue.confirm_cancel(self._store, claimed, now=self._clock())
            _logger.info("job %s is cancelled", claimed.uid)
        except InterruptedJobError:
            queue.give_back(self._store, claimed)
            _logger.info("job %s is back in the queue", claimed.uid)
        except Exception as error:  # noqa: BLE001 # every fault ends as a finding of the job or another try
            self._end_badly(claimed, error)
        else:
            queue.finish(self._store, claimed, outcome, drop_upload=_loaded_upload(claimed, outcome), now=self._clock())
            _logger.info("job %s is done", claimed.uid)
        return True

    def _end_badly(self, claimed: Claim, error: Exception) -> None:
        if may_pass(error):
            # Tried again, which is safe because imports are idempotent. If this cannot be written, the lease runs out.
            queue.give_back(self._store, claimed, counted=True)
            raise error
        queue.fail(self._store, claimed, explain_fault(error, _logger), now=self._clock())
        _logger.info("job %s has failed", claimed.uid)

    def _purge(self) -> None:
        purge_uploads(self._store, now=self._clock())
        queue.purge_ended_jobs(self._store, now=self._clock())
        purge_kept_pages(self._clock())


def main(arguments: list[str] | None = None) -> int:
    """Run a worker on the configured database until told to stop; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m etl.jobs.worker", description="Runs queued jobs.")
    parser.add_argument("--supervised", action="store_true", help="end when standard input is closed")
    parser.add_argument("--name", help="take over the jobs of an earlier worker of this name")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    from etl.jobs.kinds import run_kind  # noqa: PLC0415 # pandas and the readers: --help need not wait for them

    store = open_store(database_url())
    worker = Worker(store, run=run_kind, name=chosen.name)
    stop_on_signals(worker)
    if chosen.supervised:
        stop_with_parent(worker)
    worker.work()
    store.close()
    return 0


def stop_on_signals(worker: Worker) -> None:
    """Let SIGTERM and SIGINT stop the worker cleanly."""

    def stop(_number: int, _frame: object) -> None:
        worker.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def stop_with_parent(worker: Worker) -> None:
    """Stop the worker when the process that started it is gone, however it ended.

    The parent holds the other end of our standard input; its end closes it on every system, kill -9 included.
    """

    def wait_for_the_end() -> None:
        while sys.stdin.buffer.read(1):
            pass
        worker.stop()

    threading.Thread(target=wait_for_the_end, name="parent", daemon=True).start()


def _loaded_upload(claimed: Claim, outcome: Outcome) -> str | None:
    """A file that has been loaded is kept no longer; one that was only looked at waits for its import."""
    loaded = claimed.kind is queue.JobKind.IMPORT and isinstance(outcome, ImportResult) and outcome.batch
    return str(claimed.payload["upload"]) if loaded else None


if __name__ == "__main__":
    sys.exit(main())
