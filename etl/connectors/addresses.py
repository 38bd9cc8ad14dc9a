"""Which machines may be asked: the name is looked up once, judged, and only the judged address is spoken to.

A server of survey answers stands on the public internet and speaks https. A private network or this very machine is
asked only where the connection says so; addresses that mean neither (link-local ones, where clouds keep their
metadata, multicast and the rest) never are. Speaking to the judged address, rather than to the name, leaves no moment
in which the name could come to mean another machine.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from etl.connectors.base import Connection
from surveys.findings import FaultError, Finding, Report

Address = IPv4Address | IPv6Address
Lookup = Callable[[str, int], list[str]]

_PORTS = {"https": 443, "http": 80}
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """A server that may be asked.

    Attributes:
        scheme: ``https``, or ``http`` on this machine.
        host: name, as certificates and the header ``Host`` have it.
        port: of the server.
        address: the judged address, the only one that is spoken to.
        path: folder of the server's address, without the last slash.
    """

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port only when it isn't the usual one."""
        return f"{self.scheme}://{self.host_header}"

    @property
    def host_header(self) -> str:
        """What the header ``Host`` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def base(self) -> str:
        """Address of the server without the last slash."""
        return self.origin + self.path


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def settle_target(connection: Connection, lookup: Lookup = look_up) -> Target:
    """Return the server of a connection, with the address that will be spoken to.

    Args:
        connection: whose ``reach`` says which machines may be asked.
        lookup: gives the addresses of a host.

    Raises:
        FaultError: the address can't be understood, isn't https, leads where it may not, or leads nowhere.
    """

    def refuse(code: str, **facts: str | int) -> FaultError:
        return FaultError(Report((Finding(code, facts={"name": connection.name, **facts}),)))

    try:
        parts = urlsplit(connection.url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:  # a port that is no number, brackets that don't match, a name that can't be one
        raise refuse("CONNECTION-URL-BAD") from None
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if not (host and plain and parts.scheme in _PORTS and "\\" not in connection.url):
        raise refuse("CONNECTION-URL-BAD")
    if parts.scheme != "https" and connection.reach != "loopback":
        raise refuse("CONNECTION-NOT-HTTPS")
    try:
        found = [ip_address(text.partition("%")[0]) for text in lookup(host, port)]
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise refuse("CONNECTION-UNREACHABLE", host=host)
    # One address that may not be asked among several is an attempt to be let through by the others.
    if not all(may_reach(address, connection.reach) for address in found):
        raise refuse("CONNECTION-ADDRESS-REFUSED", host=host)
    return Target(parts.scheme, host, port, str(found[0]), parts.path.rstrip("/"))


def may_reach(address: Address, reach: str) -> bool:
    """Whether an address may be asked under a connection's ``reach``."""
    address = _unwrap(address)
    if reach == "loopback":
        return address.is_loopback
    if address.is_multicast or address.is_link_local or address.is_unspecified or address.is_loopback:
        return False
    if reach == "private" and address.is_private:
        return not address.is_reserved
    return address.is_global and not address.is_reserved


def _unwrap(address: Address) -> Address:
    """An old address inside a new one is judged as the old one."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFF_FFFF)
    return inner or address
