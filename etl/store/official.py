"""Imports of official data, which belong to no partnership: found by their content, and taken back."""

from sqlalchemy import Connection, delete, exists, select

from etl.store.schema import partnership, partnership_territory
from etl.store.schema_indicators import area_boundary, indicator, indicator_note, indicator_origin, indicator_value
from etl.store.schema_operations import import_batch
from surveys.findings import Finding, Place, Report

INDICATORS, BOUNDARIES = "indicators", "boundaries"
OFFICIAL_KINDS = frozenset({INDICATORS, BOUNDARIES})


def find_official_import(connection: Connection, content_hash: str, file_name: str) -> tuple[str, Finding] | None:
    """Return the standing import of this content and what to say of it, ``None`` when there is none."""
    row = connection.execute(
        select(import_batch.c.uid, import_batch.c.made_at).where(
            import_batch.c.kind.in_(OFFICIAL_KINDS),
            import_batch.c.content_hash == content_hash,
            import_batch.c.state == "loaded",
        )
    ).one_or_none()
    if row is None:
        return None
    facts: dict[str, str | int] = {"batch": row.uid, "day": row.made_at[:10]}
    return row.uid, Finding("IMPORT-ALREADY-LOADED", Place(file_name), facts)


def find_only_gmina(connection: Connection, slug: str) -> str | None:
    """Return the TERYT code of a partnership's territory when it is one gmina or district, else ``None``."""
    codes = connection.execute(
        select(partnership_territory.c.teryt)
        .join_from(partnership_territory, partnership)
        .where(partnership.c.slug == slug)
    ).scalars()
    found = {str(code) for code in codes}
    only = found.pop() if len(found) == 1 else ""
    return only if len(only) == 7 else None


def undo_official_batch(connection: Connection, batch_id: int) -> Report:
    """Take back what an import brought; figures and outlines of an import before it show again.

    Args:
        connection: writing connection.
        batch_id: row of the batch.

    Returns:
        Nothing: other imports stand beside this one and never build on it.
    """
    for table in (indicator_value, indicator_note, indicator_origin, area_boundary):
        connection.execute(delete(table).where(table.c.batch_id == batch_id))
    delete_unused_variables(connection)
    return Report()


def delete_unused_variables(connection: Connection) -> None:
    """Delete the variables that no figure is left of."""
    used = exists().where(indicator_value.c.indicator_id == indicator.c.id)
    connection.execute(delete(indicator).where(~used))
