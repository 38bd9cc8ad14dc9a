"""Which port the server gets: the usual one, the one asked for, or the next that is free."""

import errno
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass

from starter.texts import StarterError

USUAL_PORT = 8501
HIGHEST_PORT = 65535
TRIES = 50  # ports looked at after the usual one


@dataclass(frozen=True)
class PortChoice:
    """The port to use.

    Attributes:
        port: a port that was free a moment ago.
        taken: the usual port, when it was taken and another had to be found.
    """

    port: int
    taken: int | None = None


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there.

    Raises:
        StarterError: the address isn't this machine's, or the system doesn't let us use the port.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise StarterError("host_unknown", host=host) from None
    with socket.socket(family, kind, protocol) as probe:
        if sys.platform == "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # A port whose last server has just ended counts as free, as it will for the server.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise StarterError("host_unknown", host=host) from None
            if error.errno == errno.EACCES and sys.platform != "win32":
                raise StarterError("port_forbidden", port=port) from None
            return False
    return True


def choose_port(host: str, asked: int | None, is_free: Callable[[str, int], bool] = is_free) -> PortChoice:
    """Choose a port.

    A port that was asked for is used or refused: whoever names one relies on it. The usual one gives way.

    Args:
        host: address the server will listen on.
        asked: port on the command line, if any.
        is_free: tells whether a port can be had; tests put theirs here.

    Raises:
        StarterError: the port asked for is taken (the next free one is named), or none is free.
    """
    wanted = USUAL_PORT if asked is None else asked
    if is_free(host, wanted):
        return PortChoice(wanted)
    following = range(wanted + 1, min(wanted + TRIES, HIGHEST_PORT) + 1)
    free = next((port for port in following if is_free(host, port)), None)
    if free is None:
        raise StarterError("no_port_free", first=wanted, last=wanted + TRIES)
    if asked is not None:
        raise StarterError("port_taken", port=asked, free=free)
    return PortChoice(free, taken=wanted)
