"""Under which address phones in the room open what this server shows, and what stands against it."""

import time
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dashboard.access.config import LOOPBACK_NAMES, Entrance, host_name
from etl.local_network import find_addresses

_KEPT_SECONDS = 20


class Trouble(StrEnum):
    """Why phones can't come in."""

    NONE = "none"
    ONLY_HERE = "only_here"  # the server listens to this machine only
    NO_NETWORK = "no_network"  # there is no network, or not the one there was as the server started


@dataclass(frozen=True, slots=True)
class Reach:
    """How phones come in.

    Attributes:
        origin: scheme, name and port for their addresses; where there is trouble, the one that this page was opened by.
        local: it holds on this network only.
    """

    origin: str
    trouble: Trouble = Trouble.NONE
    local: bool = False


def find_reach(entrance: Entrance, host: str, scheme: str = "http") -> Reach:
    """Return how phones come in.

    Whoever runs a meeting opens the page on the laptop itself, as ``localhost``; phones need the laptop's address on
    the network that both are in, and the server has to listen there.

    Args:
        entrance: how the server is reached.
        host: Host header of the request that asks.
        scheme: of that request.
    """
    if entrance.public_origin is not None:
        return Reach(entrance.public_origin)
    here = f"{scheme}://{host}"
    name = host_name(host) or "localhost"
    if name not in LOOPBACK_NAMES:
        return Reach(here, local=True)
    if entrance.on_loopback:
        return Reach(here, Trouble.ONLY_HERE)
    known = [one for one in _addresses(int(time.monotonic() // _KEPT_SECONDS)) if one in entrance.host_names]
    if not known:
        return Reach(here, Trouble.NO_NETWORK)
    port = host.rpartition(":")[2] if host.rpartition(":")[2].isdecimal() else ""
    return Reach(f"{scheme}://{known[0]}{f':{port}' if port else ''}", local=True)


@lru_cache(maxsize=1)
def _addresses(_moment: int) -> tuple[str, ...]:
    """Asked seldom: a machine may look its own name up for a while."""
    return find_addresses()
