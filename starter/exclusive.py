"""Only one start installs at a time: a double click twice must not make two pips write into one folder.

The lock is the operating system's, on an open file, so a start that was killed leaves nothing locked.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def hold_alone(path: Path, announce_waiting: Callable[[], None], pause_seconds: float = 0.5) -> Iterator[None]:
    """Hold a lock while the block runs; wait, saying so once, while somebody else holds it.

    Args:
        path: lock file; made when missing and left in place (removing it would let two hold it).
        announce_waiting: called once when there is somebody to wait for.
        pause_seconds: how often to look again.

    Raises:
        OSError: the file can't be made, for example in a read-only folder.
    """
    with path.open("ab") as file:
        if not _try_lock(file):
            announce_waiting()
            while not _try_lock(file):
                time.sleep(pause_seconds)
        if sys.platform != "win32":
            os.set_inheritable(file.fileno(), True)  # noqa: FBT003 # pip holds it too: see installing
        yield  # closing the file unlocks it
