"""Alembic without its command line: what version the schema has, and how to bring it up to date."""

from enum import StrEnum

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


class SchemaState(StrEnum):
    """How a database's schema stands to this program's."""

    ABSENT = "absent"
    OLD = "old"
    CURRENT = "current"
    NEWER = "newer"


class NewerSchemaError(RuntimeError):
    """The database was written by a newer program. Nothing was touched."""


def inspect_schema(connection: Connection) -> SchemaState:
    """Return the state of the schema of a connection's database."""
    found = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_configuration())
    if found is None:
        return SchemaState.ABSENT
    if found == scripts.get_current_head():
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.OLD if found in known else SchemaState.NEWER


def read_version(connection: Connection) -> str:
    """Return the version of the schema of a connection's database, ``""`` when it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade_schema(connection: Connection) -> None:
    """Run the missing migrations in the transaction of the connection.

    Raises:
        NewerSchemaError: the database is newer than this program.
    """
    if inspect_schema(connection) is SchemaState.NEWER:
        raise NewerSchemaError("the database was written by a newer version of the program")
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, "head")


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", "etl.store:migrations")
    return configuration
