"""Stores with an up-to-date, empty schema: the fixture ``store`` runs a test on SQLite and on PostgreSQL.

The schema is migrated once per run and copied for each test.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from psycopg import sql

from etl.store.engine import Store, open_store
from surveys.privacy.rules import STANDARD_RULES
from tests.postgres import PostgresqlServer


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and no rows, to copy."""
    file = tmp_path_factory.mktemp("schema") / "empty.sqlite3"
    prepared = open_store(f"sqlite:///{file}")
    prepared.upgrade()
    prepared.close()
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: PostgresqlServer) -> str:
    """Name of a PostgreSQL database with the schema and no rows, to copy."""
    name = postgresql_server.create_database()
    prepared = open_store(postgresql_server.url(name))
    prepared.upgrade()
    prepared.close()
    return name


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """Address of a migrated SQLite database of the test's own."""
    file = tmp_path / "diagnoza.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a migrated database of the test's own, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    template = request.getfixturevalue("migrated_postgresql")
    name = f"{template}_copy"
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store with an empty schema, once on SQLite and once on PostgreSQL."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """An open store on SQLite, for tests to which the database makes no difference."""
    opened = open_store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def no_answers_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change of a measurement counts at once: for tests of which answers count, whenever they do."""
    monkeypatch.setattr("etl.store.waiting.STEPS", replace(STANDARD_RULES, min_base=1))
