"""What is imported ahead is there, and nothing waits for it."""

import importlib
import threading

from dashboard import warming


def test_every_module_that_is_imported_ahead_exists() -> None:
    assert all(importlib.import_module(name) for name in warming._MODULES)


def test_warming_up_runs_beside_and_ends() -> None:
    warming.warm_up()
    for thread in [thread for thread in threading.enumerate() if thread.name == "warming"]:
        thread.join(60)
        assert not thread.is_alive()
