"""Waiting for the server to answer at ``/zdrowie``."""

import http.client
import subprocess
import time
from enum import Enum, auto

WATCH_SECONDS = 60
_PAUSE_SECONDS = 0.1
_ANSWER_SECONDS = 5.0


class Health(Enum):
    """What became of a server that was started."""

    WELL = auto()
    ENDED = auto()
    SILENT = auto()


def wait_for_health(host: str, port: int, server: subprocess.Popen[bytes]) -> Health:
    """Return once the server answers, has ended, or has been silent for `WATCH_SECONDS`."""
    end = time.monotonic() + WATCH_SECONDS
    while time.monotonic() < end:
        if is_well(host, port):
            return Health.WELL
        try:
            server.wait(_PAUSE_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return Health.ENDED
    return Health.SILENT


def is_well(host: str, port: int) -> bool:
    """Return whether a server of ours answers there that it can do its work."""
    connection = http.client.HTTPConnection(host, port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", "/zdrowie")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
