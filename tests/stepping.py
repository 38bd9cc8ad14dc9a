"""Drives ``tests/unit/worker_stepping.py``: a worker process that waits at each step for its test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.jobs.supervisor import worker_environment

SCRIPT = Path(__file__).with_name("unit") / "worker_stepping.py"


class SteppingWorker:
    """A worker process that waits at each step; ``real`` runs the program's own imports."""

    def __init__(self, url: str, *, real: bool = False) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), url, *(["real"] if real else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=worker_environment(os.environ),
        )
        self.wait_for("ready")

    def wait_for(self, *texts: str) -> str:
        """Return the first line that holds one of the texts; fail the test when the worker ends without."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if any(text in line for text in texts):
                return line.strip()
        pytest.fail(f"the worker ended without saying {texts}")

    def go(self) -> None:
        """Let it go on to its next step."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
