"""Holding a job while it runs: the lease is renewed and progress is written by a thread of its own.

The thread that runs the job may be inside a writing transaction, and on SQLite nobody else can write then, itself on
a second connection included. So it only leaves its progress here; the keeper's thread waits for the lock instead.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from etl.faults import describe_places
from etl.jobs.queue import LEASE, Claim, Renewal, look_at_held, renew
from etl.store.engine import Store
from etl.store.moments import Clock

_logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.3
_RENEW_EVERY_SECONDS = LEASE.total_seconds() / 6
# The longest an honest import was seen to take is under a minute; the child that parses a file is stopped after 40 s.
LONGEST_RUN_SECONDS = 15 * 60


class InterruptedJobError(Exception):
    """A job was broken off between two steps, on purpose. Its transaction is rolled back."""


class ImportCancelledError(InterruptedJobError):
    """The job's owner asked to stop it."""


class LeaseLostError(InterruptedJobError):
    """Another worker has taken the job, because this one was silent for too long."""


class WorkerStoppingError(InterruptedJobError):
    """The worker was told to stop; the job goes back into the queue."""


class Holding:
    """Keeps the lease of one job while its ``with`` block runs.

    Args:
        store: open store.
        claimed: the job.
        clock: gives this moment.
        stopping: set when the worker has been told to stop.
        give_up: called when the job has run for longer than any honest one; ends the process.
    """

    def __init__(
        self,
        store: Store,
        claimed: Claim,
        clock: Clock,
        stopping: threading.Event,
        give_up: Callable[[], None] = lambda: os._exit(70),
    ) -> None:
        self._store, self._claimed, self._clock, self._stopping = store, claimed, clock, stopping
        self._give_up = give_up
        self._lock = threading.Lock()
        self._reached = ("", 0.0)
        self._changed = False
        self._cancelled = self._lost = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease-{claimed.uid}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def report(self, stage: str, progress: float) -> None:
        """Note how far the job is; the pipeline calls this between its steps and as often as it likes.

        Raises:
            InterruptedJobError: the job should go no further.
        """
        reached = (stage, min(max(progress, 0.0), 1.0))
        with self._lock:
            self._changed = self._changed or reached != self._reached
            self._reached = reached
        if self._lost:
            raise LeaseLostError
        if self._cancelled:
            raise ImportCancelledError
        if self._stopping.is_set():
            raise WorkerStoppingError

    def _keep(self) -> None:
        started = renewed = time.monotonic()
        while not self._over.wait(LOOK_EVERY_SECONDS):
            now = time.monotonic()
            if now - started > LONGEST_RUN_SECONDS:
                _logger.error("job %s runs for longer than any honest one; this worker ends", self._claimed.uid)
                self._give_up()
                return
            if self._take_change() or now - renewed > _RENEW_EVERY_SECONDS:
                self._ask(lambda: renew(self._store, self._claimed, *self._reached, now=self._clock()))
                renewed = now
            else:
                self._ask(lambda: look_at_held(self._store, self._claimed))

    def _take_change(self) -> bool:
        with self._lock:
            changed, self._changed = self._changed, False
            return changed

    def _ask(self, question: Callable[[], Renewal]) -> None:
        try:
            answer = question()
        except Exception as error:  # noqa: BLE001 # the lease lasts for several tries; if none succeeds, it is lost
            _logger.warning("the lease of job %s was not looked after: %s", self._claimed.uid, describe_places(error))
            return
        if not answer.held:
            self._lost = True
        elif answer.cancel_requested and not self._cancelled:
            self._cancelled = True
            _logger.info("job %s is to be cancelled", self._claimed.uid)
