"""The Streamlit settings this program needs, and the names it answers to.

Streamlit reads settings from four places and ignores some of them under another server, so what holds is compared at
start with what is wanted: a server that would run otherwise refuses to start.
"""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from streamlit import config as streamlit_config

from etl.store.setup_code import write_secret

MAX_UPLOAD_MB = 50

WANTED: Mapping[str, object] = {
    "global.developmentMode": False,
    "server.baseUrlPath": "",
    "server.runOnSave": False,
    "server.allowRunOnSave": False,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": MAX_UPLOAD_MB,
    "server.maxMessageSize": 50,  # the server takes in a message of that size before anybody can look at it
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.trustedUserHeaders": {},
    "server.unsafeMetricsUserAttributes": [],
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "client.disableDataExport": True,
    "client.allowedOrigins": [],
    "browser.gatherUsageStats": False,
    "logger.enableRich": False,
    "runner.magicEnabled": False,
}

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 # compared with, not bound to
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)\.?(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A setting that is not what it has to be."""

    option: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """Under which names and addresses this server is reached.

    Attributes:
        host_names: names that a request's Host header may carry, without ports; IPv6 without brackets.
        on_loopback: whether only this machine can connect.
        public_origin: scheme, name and port that people see when a proxy stands before the server, or ``None``.
    """

    host_names: frozenset[str]
    on_loopback: bool
    public_origin: str | None = None

    def knows_host(self, header: str) -> bool:
        """Return whether a Host header names this server."""
        name = host_name(header)
        return name is not None and name in self.host_names


def find_mismatches() -> list[Mismatch]:
    """Return the settings that differ from the wanted ones, by name; an empty list when all is well."""
    found = {option: streamlit_config.get_option(option) for option in WANTED}
    return [
        Mismatch(option, _show(wanted), _show(found[option]))
        for option, wanted in sorted(WANTED.items())
        if found[option] != wanted
    ]


def read_entrance(environment: Mapping[str, str] = os.environ) -> Entrance:
    """Return how this server is reached, from Streamlit's settings and two variables of the environment.

    ``DIAGNOZA_PUBLIC_URL`` is the address that people see when a proxy stands before the server,
    ``DIAGNOZA_ALLOWED_HOSTS`` further names, separated by commas.
    """
    address = str(streamlit_config.get_option("server.address") or "0.0.0.0")  # noqa: S104 # Streamlit's own default
    names = {name.strip().lower().strip("[]") for name in environment.get("DIAGNOZA_ALLOWED_HOSTS", "").split(",")}
    public = urlsplit(environment.get("DIAGNOZA_PUBLIC_URL", ""))
    public_origin = f"{public.scheme}://{public.netloc}".lower() if public.scheme and public.netloc else None
    if public.hostname:
        names.add(public.hostname)
    if address not in _WILDCARDS:
        names.add(address.lower())
    return Entrance(
        host_names=frozenset(names - {""}) | LOOPBACK_NAMES,
        on_loopback=is_loopback(address),
        public_origin=public_origin,
    )


def lacks_public_name(entrance: Entrance) -> bool:
    """Return whether others can connect but no name is known under which they would."""
    return not entrance.on_loopback and entrance.host_names <= LOOPBACK_NAMES


def is_loopback(address: str) -> bool:
    """Return whether an address or name means this machine only."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str | None:
    """Return the name in a Host header, small letters and without port, or ``None`` when it is malformed."""
    match = _HOST.fullmatch(header.lower())
    return None if match is None else match.group(1).strip("[]")


def prepare_streamlit(folder: Path, entrance: Entrance) -> None:
    """Give Streamlit the two settings that are this installation's own: its cookie secret and its names."""
    streamlit_config.set_option("server.cookieSecret", load_cookie_secret(folder), "diagnoza")
    streamlit_config.set_option("server.allowedHosts", sorted(entrance.host_names), "diagnoza")


def load_cookie_secret(folder: Path) -> str:
    """Return this installation's secret for signing cookies and forms, made at first use, for its owner's eyes only."""
    path = folder / "cookie-secret"
    if not path.exists():
        write_secret(path, secrets.token_hex(32))
    path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def _show(value: object) -> str:
    return "" if value is None else str(value)
