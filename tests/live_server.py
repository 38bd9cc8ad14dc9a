"""A really running server: its own process, port, data folder and database, ended with the test.

``live_server`` serves the real dashboard with an empty database for a whole run; ``serve`` starts others: with another
entry script, with a prepared store, with other variables.
"""

import http.client
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from etl.jobs.supervisor import worker_environment
from etl.store.engine import Store, open_store
from tests.postgres import find_free_port

DASHBOARD = Path(__file__).resolve().parent.parent / "dashboard"
PATIENCE_SECONDS = 60

# The server file that Streamlit reads, with another entry script.
SERVER_FILE = """
from pathlib import Path
import streamlit as st
from dashboard.access.opening import MIDDLEWARE, PLAIN_ROUTES, keep_open, prepare_process, report_script_error
prepare_process()
app = st.App(
    Path({script!r}),
    lifespan=keep_open,
    routes=PLAIN_ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=report_script_error,
)
"""

Prepare = Callable[[Store], None]


@dataclass(frozen=True)
class LiveServer:
    """A running server.

    Attributes:
        host: address it listens on.
        port: port it listens on.
        folder: its data folder.
        log_file: what it wrote to the console.
        process: its process.
    """

    host: str
    port: int
    folder: Path
    log_file: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Address of its first page, without the last slash."""
        return f"http://{self.host}:{self.port}"

    @property
    def setup_code(self) -> str:
        """Code for the first account, as the file in the data folder has it."""
        return (self.folder / "setup-code.txt").read_text(encoding="ascii").strip()

    def log(self) -> str:
        """What it wrote to the console so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open its store beside it, to look into it or to change what a test needs changed."""
        opened = open_store(f"sqlite:///{self.folder / 'diagnoza.sqlite3'}")
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def run_server(
    folder: Path,
    *,
    script: Path | None = None,
    prepare: Prepare | None = None,
    variables: Mapping[str, str] | None = None,
    options: tuple[str, ...] = (),
) -> Iterator[LiveServer]:
    """Run a server and end it afterwards.

    Args:
        folder: empty folder for its data, its log and, with a script of one's own, its server file.
        script: entry script instead of the dashboard's.
        prepare: fills the store before the server starts.
        variables: further variables of its environment.
        options: further options of ``streamlit run``.
    """
    data = folder / "data"
    data.mkdir()
    if prepare is not None:
        prepared = open_store(f"sqlite:///{data / 'diagnoza.sqlite3'}")
        prepared.upgrade()
        prepare(prepared)
        prepared.close()
    port = find_free_port()
    process = start_process(folder, data, server_file(folder, script), port, variables or {}, options)
    server = LiveServer("127.0.0.1", port, data, folder / "log", process)
    try:
        wait_for_health(server)
        yield server
    finally:
        end_process(process)


@contextmanager
def run_again(server: LiveServer) -> Iterator[LiveServer]:
    """Run a server that has ended once more, on its port and its data, and end it afterwards."""
    process = start_process(server.folder.parent, server.folder, server_file(server.folder, None), server.port, {}, ())
    again = replace(server, process=process)
    try:
        wait_for_health(again)
        yield again
    finally:
        end_process(process)


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End a server; one that doesn't listen is killed."""
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS)
    finally:
        process.kill()
        process.wait()


def server_file(folder: Path, script: Path | None) -> Path:
    """Return the file to run: the dashboard's, or one for another script with the same settings beside it."""
    if script is None:
        return DASHBOARD / "server.py"
    place = folder / "server"
    shutil.copytree(DASHBOARD / ".streamlit", place / ".streamlit")
    file = place / "server.py"
    file.write_text(SERVER_FILE.format(script=str(script)), encoding="utf-8")
    return file


def start_process(
    folder: Path, data: Path, file: Path, port: int, variables: Mapping[str, str], options: tuple[str, ...]
) -> subprocess.Popen[bytes]:
    """Start Streamlit on a server file, as ``diagnoza serve`` does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "DIAGNOZA_"))}
    environment = worker_environment({**kept, "DIAGNOZA_DATA_DIR": str(data), **variables})
    command = [sys.executable, "-m", "streamlit", "run", str(file), f"--server.port={port}", *options]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=file.parent, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )


def wait_for_health(server: LiveServer) -> None:
    """Return when the server answers; fail with its log when it ended or never does."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            pytest.fail(f"the server ended with {server.process.returncode}:\n{server.log()}")
        connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", "/zdrowie")
            if connection.getresponse().status == 200:
                return
        except ConnectionError:
            threading.Event().wait(0.05)
        finally:
            connection.close()
    pytest.fail(f"the server did not answer within {PATIENCE_SECONDS} s:\n{server.log()}")


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real dashboard with an empty database: the open demonstration, with nothing in it."""
    with run_server(tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.fixture
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., LiveServer]]:
    """Starts servers of a test's own; takes the keyword arguments of `run_server`."""
    running = []

    def start(**wanted: object) -> LiveServer:
        context = run_server(tmp_path_factory.mktemp("served"), **wanted)  # type: ignore[arg-type] # the options are written as in the call
        server = context.__enter__()
        running.append(context)
        return server

    yield start
    for context in reversed(running):
        context.__exit__(None, None, None)
