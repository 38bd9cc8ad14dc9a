"""Waiting for another process: as long as it takes, and no longer than a minute."""

import threading
import time
from collections.abc import Callable

import pytest


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Return as soon as a condition holds; fail the test when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"what was waited for did not come within {seconds:.0f} s")
        threading.Event().wait(0.02)
