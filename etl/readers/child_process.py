"""Starts the child process that reads a stranger's file, feeds it, and ends it when it takes too long."""

import json
import logging
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from etl.readers.limits import Limits

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
    "from etl.readers.child import main; main(sys.stdin.buffer, sys.stdout.buffer)"
)

_LOG = logging.getLogger(__name__)

# SIGXCPU; SIGSEGV, SIGBUS, SIGFPE, SIGILL, and what Windows says of an access violation.
_OUT_OF_CPU = -24
_CRASHES = frozenset({-11, -10, -8, -7, -4, 0xC0000005})

# Two at a time: ten hostile files at once may not take the machine's memory together.
_PLACES = threading.BoundedSemaphore(2)


class ChildDiedError(Exception):
    """The child ended without an answer: killed by a limit, aborted by the library, or out of time.

    Attributes:
        out_of_time: it ran into the wall clock or its CPU limit.
        crashed: a library stumbled over the file's bytes (memory it doesn't own, an impossible instruction).
    """

    def __init__(self, *, out_of_time: bool = False, crashed: bool = False) -> None:
        self.out_of_time = out_of_time
        self.crashed = crashed
        super().__init__("the reading process ended without an answer")


def ask_child(task: str, kind: str, content: bytes, limits: Limits) -> tuple[dict[str, Any], memoryview]:
    """Let a child process work on a file.

    Args:
        task: ``read``, or ``explain`` for why a file could not be read.
        kind: what the first bytes say (`signature`).
        content: the file.
        limits: caps for the file and the process.

    Returns:
        The answer's header and the bytes behind it.

    Raises:
        ChildDiedError: no answer came.
    """
    request = json.dumps({"task": task, "kind": kind, "limits": limits.to_json()}).encode()
    with _PLACES, _start() as child:
        if child.stdin is None or child.stdout is None:
            raise ChildDiedError
        clock = threading.Timer(limits.wall_seconds, child.kill)
        feeder = threading.Thread(target=_feed, args=(child, request, content), daemon=True)
        clock.start()
        feeder.start()
        try:
            answer = child.stdout.read(limits.output_bytes)
            if child.stdout.read(1):
                child.kill()
                answer = b""
            status = child.wait()
        finally:
            timed_out = clock.finished.is_set()
            clock.cancel()
            child.kill()
            feeder.join()
    length = int.from_bytes(answer[:8], "little")
    if status != 0:
        _LOG.warning("the reading process ended with status %d", status)
    if status != 0 or len(answer) < 8 + length or length == 0:
        raise ChildDiedError(out_of_time=timed_out or status == _OUT_OF_CPU, crashed=status in _CRASHES)
    return json.loads(answer[8 : 8 + length]), memoryview(answer)[8 + length :]


def _start() -> subprocess.Popen[bytes]:
    # An empty environment: the child learns nothing of this machine. Windows can't start Python without SystemRoot.
    environment: dict[str, str] = {}
    if sys.platform == "win32":
        import os  # noqa: PLC0415 # needed here only

        environment = {"SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    # Nothing of a person's file is part of the command.
    return subprocess.Popen(  # noqa: S603 # our own interpreter, our own text
        [sys.executable, "-I", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a panic's text may hold cells
        env=environment,
        close_fds=True,
    )


def _feed(child: subprocess.Popen[bytes], request: bytes, content: bytes) -> None:
    """Write the request and hang up. A child that died before it had read everything says so by its missing answer."""
    if child.stdin is None:
        return
    try:
        child.stdin.write(len(request).to_bytes(8, "little"))
        child.stdin.write(request)
        child.stdin.write(content)
    except OSError:
        _LOG.info("the reading process stopped listening")
    finally:
        with suppress(OSError):  # what is left in the buffer has nobody to go to; the pipe is closed all the same
            child.stdin.close()
