"""Columns that several tables have, each time a new one: SQLAlchemy gives a column to one table only."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, SmallInteger, Text


def row_id() -> Column[int]:
    """Return a row's own number."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def owner() -> Column[int]:
    """Every row of the register belongs to one partnership and goes with it."""
    return Column("partnership_id", ForeignKey("partnership.id", ondelete="CASCADE"), nullable=False, index=True)


def parent(table: str, name: str | None = None) -> Column[int]:
    """Return the row that owns a part of it, as a part of the key."""
    return Column(name or f"{table}_id", ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True)


def position() -> Column[int]:
    """Return the place in a list, as a part of the key."""
    return Column("position", SmallInteger, primary_key=True, autoincrement=False)


def text_column(name: str) -> Column[str]:
    """Return a text that is empty when nobody wrote one."""
    return Column(name, Text, nullable=False, server_default="")


def fieldwork() -> tuple[Column[Any], ...]:
    """Whom a measurement asked, as far as somebody wrote it down (`surveys.model.Fieldwork`)."""
    return (
        Column("population", Text),
        text_column("population_words"),
        Column("sampling", Text),
        Column("population_count", Integer),
        Column("invited_count", Integer),
    )
