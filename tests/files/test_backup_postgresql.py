"""A copy of a PostgreSQL database by its own program, and the database that comes back from it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from etl.open_data.writing import write_package
from etl.progress import ignore_progress
from etl.store.backup import can_copy, copy_database
from etl.store.engine import Store, open_store
from etl.store.package_plan import Level
from surveys.findings import FaultError
from tests.files.test_packages import NOW, fill
from tests.postgres import PostgresqlServer, find_programs


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The programs of the tests' own server, which has their version; those of the machine may be older."""
    installed = find_programs()
    name = "pg_dump.exe" if sys.platform == "win32" else "pg_dump"
    if installed is None or not (installed / "bin" / name).is_file():
        pytest.skip("no pg_dump beside the tests' PostgreSQL: whether it makes a backup is not tried here")
    monkeypatch.setenv("PATH", str(installed / "bin"), prepend=os.pathsep)
    return installed / "bin"


@pytest.fixture
def filled(postgresql_database: str) -> Iterator[Store]:
    """A database with a partnership, answers and an account's work in it."""
    opened = open_store(postgresql_database)
    opened.upgrade()
    yield fill(opened)
    opened.close()


def test_a_copy_brings_the_same_database_back(
    filled: Store, programs: Path, postgresql_server: PostgresqlServer, tmp_path: Path
):
    copy = tmp_path / "kopia.dump"
    assert can_copy(filled)
    assert copy_database(filled, copy) == copy.stat().st_size > 50_000
    assert [path.name for path in tmp_path.iterdir()] == ["kopia.dump"]
    if sys.platform != "win32":
        assert copy.stat().st_mode & 0o077 == 0
    name = postgresql_server.create_database()
    try:
        there = f"postgresql://postgres@/{name}?host={quote(postgresql_server.host, safe='')}"
        # The way that the README names.
        subprocess.run(
            [programs / "pg_restore", "--no-owner", f"--dbname={there}&port={postgresql_server.port}", copy],
            check=True, capture_output=True,
        )  # fmt: skip
        restored = open_store(postgresql_server.url(name))
        for store, folder in ((filled, "first"), (restored, "again")):
            write_package(store, tmp_path / folder, level=Level.FULL, now=NOW, progress=ignore_progress)
        restored.close()
        first, again = (
            {path.name: path.read_bytes() for path in (tmp_path / folder).rglob("*.csv")}
            for folder in ("first", "again")
        )
        # The log of the first export stands in its own package only from the next one on.
        assert {name for name in first if first[name] != again[name]} <= {"audit.csv"}
        assert len(first["answer.csv"]) > 1000
    finally:
        postgresql_server.drop_database(name)


def test_a_program_that_fails_leaves_no_half_copy(
    filled: Store, programs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    if sys.platform == "win32":
        pytest.skip("a stand-in for pg_dump needs a shell")
    false = tmp_path / "bin" / "pg_dump"
    false.parent.mkdir()
    false.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    false.chmod(0o755)
    monkeypatch.setenv("PATH", str(false.parent), prepend=os.pathsep)
    with pytest.raises(FaultError) as caught:
        copy_database(filled, tmp_path / "kopia.dump")
    assert [finding.code for finding in caught.value.report] == ["BACKUP-REFUSED"]
    assert [path.name for path in tmp_path.iterdir()] == ["bin"]
