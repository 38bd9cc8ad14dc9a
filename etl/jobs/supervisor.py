"""Keeps one worker process alive beside the server: starts it, starts it again when it dies, ends it at the end."""

import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent.parent
_FIRST_DELAY_SECONDS = 0.5
_LONGEST_DELAY_SECONDS = 60.0
# A worker that lived this long was healthy: its next death is met with a short delay again.
_HEALTHY_SECONDS = 60.0
_PATIENCE_SECONDS = 5.0


class WorkerSupervisor:
    """Starts and watches ``python -m etl.jobs.worker``; `start` and `stop` belong into the server's lifespan.

    Args:
        command: what to run; the worker by default.
        environment: variables for it; by default those of this process.
        first_delay: seconds before the first restart; each further one waits twice as long, a minute at most.
    """

    def __init__(
        self,
        command: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        first_delay: float = _FIRST_DELAY_SECONDS,
    ) -> None:
        # One name for all the workers that follow each other here: each frees the jobs its predecessor died with.
        name = secrets.token_hex(8)
        self._command = list(command) or [sys.executable, "-m", "etl.jobs.worker", "--supervised", "--name", name]
        self._environment = worker_environment(environment if environment is not None else os.environ)
        self._first_delay = first_delay
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._launching = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the worker that runs now."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def start(self) -> None:
        """Start the worker and the thread that watches it. Returns at once; starting twice is starting once."""
        with self._lock:
            if self._thread is not None:
                return
            self._stopping.clear()
            self._process = self._launch()
            self._thread = threading.Thread(target=self._watch, name="worker-supervisor", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the worker put its job back and end; one that takes too long is killed, and its lease runs out."""
        with self._lock:
            if self._thread is None:
                return
            with self._launching:  # from here on nothing new is launched
                self._stopping.set()
            self._end()
            self._thread.join()
            self._thread = None

    def _watch(self) -> None:
        delay = self._first_delay
        while self._process is not None:
            started = time.monotonic()
            self._process.wait()
            if self._stopping.is_set():
                return
            if time.monotonic() - started > _HEALTHY_SECONDS:
                delay = self._first_delay
            _logger.warning("the worker has ended; it is started again in %.1f s", delay)
            self._stopping.wait(delay)
            delay = min(delay * 2, _LONGEST_DELAY_SECONDS)
            with self._launching:
                if self._stopping.is_set():
                    return
                _close_input(self._process)
                self._process = self._launch()

    def _launch(self) -> subprocess.Popen[bytes]:
        # Its standard input stays open as long as we live: that is how it notices that we are gone.
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, env=self._environment)  # noqa: S603 # our own program

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        _close_input(process)  # on Windows, where terminating is killing, this alone lets it end cleanly
        if process.poll() is None and sys.platform != "win32":
            process.terminate()
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _close_input(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


def worker_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for a child that has to find the same packages as this process."""
    known = [part for part in environment.get("PYTHONPATH", "").split(os.pathsep) if part]
    return {**environment, "PYTHONPATH": os.pathsep.join([str(_ROOT), *(part for part in known if part != str(_ROOT))])}
