"""Under which addresses other devices on the same network find this machine. Nothing is sent anywhere."""

import contextlib
import ipaddress
import socket
import struct

# Reserved for documentation (RFC 5737): asking the way there tells which address of ours would be used.
_ELSEWHERE = ("192.0.2.1", 9)
_ASK_ADDRESS = 0x8915  # SIOCGIFADDR of Linux


def find_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses of this machine on its networks, the one that leads outwards first.

    A machine that is itself the hotspot, or hangs on a router without internet, has no way outwards: its interfaces are
    asked as well. Empty without any network.
    """
    found = [*_ask_the_way(), *_ask_interfaces(), *_ask_own_name()]
    return tuple(dict.fromkeys(one for one in found if _is_reachable(one)))


def _ask_the_way() -> list[str]:
    # No packet leaves: connecting a datagram's socket only chooses the route.
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ELSEWHERE)
        return [str(probe.getsockname()[0])]
    return []


def _ask_interfaces() -> list[str]:
    try:
        import fcntl  # noqa: PLC0415 # Windows has none: there the machine's own name knows every address
    except ImportError:
        return []
    found = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            # One without an address is a fault of its own.
            with contextlib.suppress(OSError):
                answer = fcntl.ioctl(probe.fileno(), _ASK_ADDRESS, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _ask_own_name() -> list[str]:
    with contextlib.suppress(OSError):
        return socket.gethostbyname_ex(socket.gethostname())[2]
    return []


def _is_reachable(address: str) -> bool:
    """Whether another device could use an address: neither this machine's inner one nor one that nobody gave out."""
    one = ipaddress.ip_address(address)
    return not (one.is_loopback or one.is_link_local or one.is_unspecified or one.is_multicast)
