"""``diagnoza serve``: the dashboard in a process of its own, watched until somebody stops it.

`etl` never imports `dashboard`; it finds the file that Streamlit runs by the package's name.
"""

import errno
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from etl.commands.console import Console
from etl.commands.health import WATCH_SECONDS, Health, wait_for_health
from etl.commands.opening import open_configured_store
from etl.jobs.supervisor import worker_environment
from etl.local_network import find_addresses
from etl.settings import data_dir, database_url
from etl.store.addresses import make_absolute
from surveys.findings import FaultError, Finding, Report

_PATIENCE_SECONDS = 10.0
_TRIED_PORTS = 50
_STOPPED_BY_SOMEBODY = {0, -signal.SIGTERM, -signal.SIGINT}
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 # how this machine reaches a server that listens everywhere


def run_serve(console: Console, options: Namespace) -> int:
    """Start the dashboard, say where it is, open the browser, and stay until it ends."""
    with open_configured_store(console, create=True):
        pass  # refused before anything is started, if it has to be
    check_port(options.host, options.port)
    address = describe_address(options.host, options.port)
    check_network(options.host, os.environ)
    stop_on_signals()
    server = start_server(options.host, options.port)
    try:
        health = wait_for_health(_WILDCARDS.get(options.host, options.host), options.port, server)
        if health is Health.SILENT:
            raise FaultError(Report((Finding("SERVER-SILENT", facts={"seconds": WATCH_SECONDS}),)))
        if health is Health.WELL:
            console.note("serve.address", address=address)
            for each in find_addresses() if options.host in _WILDCARDS else ():
                console.note("serve.phones", address=describe_address(each, options.port))
            if not options.no_browser and can_show_browser(os.environ, sys.platform):
                # In a thread: some browsers keep whoever opens them waiting until they are closed.
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        code = server.wait()
    except KeyboardInterrupt:
        console.note("serve.stopped")
        return 0
    finally:
        end_server(server)
    if health is Health.WELL and code in _STOPPED_BY_SOMEBODY:
        return 0
    raise FaultError(Report((Finding("SERVER-ENDED", facts={"code": code}),)))


def check_port(host: str, port: int) -> None:
    """Refuse an address that the server could not have.

    Raises:
        FaultError: the port is taken, or this machine has no such address.
    """
    fault = _try_port(host, port)
    if fault is None:
        return
    if fault != errno.EADDRINUSE:
        raise FaultError(Report((Finding("HOST-UNUSABLE", facts={"host": host, "port": port}),)))
    following = range(port + 1, min(port + _TRIED_PORTS, 65_535) + 1)
    other = next((each for each in following if _try_port(host, each) is None), port)
    raise FaultError(Report((Finding("PORT-TAKEN", facts={"port": port, "other": other}),)))


def check_network(host: str, environment: Mapping[str, str]) -> None:
    """Refuse to listen to a network that there is not.

    Raises:
        FaultError: other machines are to connect, but this one is in no network and nobody has given it a name.
    """
    if host in _WILDCARDS and not _has_names(environment) and not find_addresses():
        raise FaultError(Report((Finding("HOST-NO-NETWORK"),)))


def describe_address(host: str, port: int) -> str:
    """Return the address to type into a browser on this machine."""
    name = _WILDCARDS.get(host, host)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def can_show_browser(environment: Mapping[str, str], system: str) -> bool:
    """Return whether a browser would have a screen; without one Python may start one inside the terminal."""
    if system in {"win32", "darwin"}:
        return True
    return any(environment.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))


def start_server(host: str, port: int) -> subprocess.Popen[bytes]:
    """Start Streamlit on the dashboard's file; what it writes goes to standard error."""
    found = importlib.util.find_spec("dashboard")  # finds the package without importing it
    if found is None or found.submodule_search_locations is None:
        raise ModuleNotFoundError("the package dashboard is not installed")
    folder = Path(next(iter(found.submodule_search_locations)))
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "server.py")]
    options = [f"--server.address={host}", f"--server.port={port}", "--server.headless=true"]
    return subprocess.Popen(  # noqa: S603 # our own program
        [*command, *options],
        # Streamlit also reads settings from the folder it is started in: not from whichever folder a person is in.
        cwd=folder,
        env=server_environment(os.environ, host),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        # A terminal's Ctrl+C is for us alone: Streamlit would answer it too ("Aborted!"). Windows takes no notice.
        start_new_session=True,
    )


def server_environment(environment: Mapping[str, str], host: str = "") -> dict[str, str]:
    """Return the variables for the server: our own places made absolute, and no settings of Streamlit's.

    The server refuses to start with other settings than its own, and somebody else's ``STREAMLIT_…`` are not meant
    for it. Where it listens to the whole network and nobody says under which names, these are the machine's addresses.
    """
    kept = {name: value for name, value in environment.items() if not name.startswith("STREAMLIT_")}
    if host in _WILDCARDS and not _has_names(environment):
        kept["DIAGNOZA_ALLOWED_HOSTS"] = ",".join(find_addresses())
    return worker_environment(
        {
            **kept,
            "DIAGNOZA_DATA_DIR": str(data_dir().absolute()),
            "DIAGNOZA_DATABASE_URL": make_absolute(database_url()),
        }
    )


def stop_on_signals() -> None:
    """Take a request to end, or a closed terminal, as Ctrl+C: the server ends first, then we.

    The first is enough: a second press while the server ends would leave it half ended.
    """
    # Windows has no SIGHUP.
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def stop(_number: int, _frame: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in numbers:
        signal.signal(number, stop)


def end_server(server: subprocess.Popen[bytes]) -> None:
    """End the server if it still runs; one that doesn't listen is killed."""
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _has_names(environment: Mapping[str, str]) -> bool:
    return any(environment.get(name) for name in ("DIAGNOZA_ALLOWED_HOSTS", "DIAGNOZA_PUBLIC_URL"))


def _try_port(host: str, port: int) -> int | None:
    """Return the system's reason why nobody can listen there, ``None`` when somebody could."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform == "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                # A port whose last server has just ended counts as free, as it will for the server.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return None
