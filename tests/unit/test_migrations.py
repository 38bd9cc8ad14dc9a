"""The schema of a fresh database is the one that the code knows, and a newer one is left alone."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from etl.store import (
    migration,
    schema_collections,
    schema_indicators,
    schema_meetings,
    schema_operations,
    schema_packages,
    schema_reports,
    schema_results,
    schema_trees,
)
from etl.store.engine import open_store
from etl.store.migration import NewerSchemaError, SchemaState
from etl.store.schema import METADATA


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without any table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'older.sqlite3'}"
    return request.getfixturevalue("postgresql_database")


def test_a_migrated_database_equals_the_tables_of_the_code(store):
    assert schema_operations.METADATA is METADATA
    assert schema_collections.METADATA is METADATA
    assert schema_reports.METADATA is METADATA
    assert schema_results.METADATA is METADATA
    assert schema_packages.METADATA is METADATA
    assert schema_indicators.METADATA is METADATA
    assert schema_meetings.METADATA is METADATA
    assert schema_trees.METADATA is METADATA
    with store.write(changes_data=False) as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)
    assert differences == []


def test_check_and_foreign_keys_are_in_the_database_too(store):
    with store.read() as connection:
        found = inspect(connection)
        for table in METADATA.sorted_tables:
            named = {(key["name"], *key["referred_columns"]) for key in found.get_foreign_keys(table.name)}
            wanted = {(key.name, *(one.column.name for one in key.elements)) for key in table.foreign_key_constraints}
            assert named == wanted, table.name
        checks = {check["name"] for check in found.get_check_constraints("problem")}
    assert checks == {f"ck_problem_{name}_rating_range" for name in ("size", "severity", "feasibility")}


def test_an_upgrade_keeps_what_an_older_program_wrote(empty_url: str):
    store = open_store(empty_url)
    with store.write(changes_data=False) as connection:
        configuration = migration._configuration()  # the program's own way to Alembic, stopped half-way
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "0001")
        insert_survey = """
            INSERT INTO questionnaire (id, slug, version, title_pl) VALUES (7, 'ankieta', '1', 'Ankieta');
            INSERT INTO question (id, questionnaire_id, position, name, type, text_pl)
            VALUES (8, 7, 0, 'plec', 'single', 'Płeć');
            INSERT INTO choice (id, question_id, position, code, label_pl, is_other) VALUES (9, 8, 0, 'k', 'K', false)
        """
        for statement in insert_survey.split(";"):
            connection.execute(text(statement))
    assert store.schema_state() is SchemaState.OLD
    store.upgrade()
    assert store.schema_state() is SchemaState.CURRENT
    with store.read() as connection:
        kept = connection.execute(
            text("SELECT count(*) FROM choice JOIN question ON question.id = question_id WHERE questionnaire_id = 7")
        )
        assert kept.scalar_one() == 1
    store.close()


def test_a_fresh_database_is_absent_and_then_current(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path / 'neu' / 'baza danych.sqlite3'}")
    assert store.schema_state() is SchemaState.ABSENT
    store.upgrade()
    assert store.schema_state() is SchemaState.CURRENT
    store.upgrade()
    assert store.schema_state() is SchemaState.CURRENT
    store.close()


def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(store):
    with store.write(changes_data=False) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert store.schema_state() is SchemaState.NEWER
    with pytest.raises(NewerSchemaError):
        store.upgrade()
    with store.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"
