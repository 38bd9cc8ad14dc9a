"""Measurements that are being collected by our own form: no figure of them is shown before their link closes."""

from sqlalchemy import ColumnElement, exists, func

from etl.store import schema as s
from etl.store.schema_collections import collection


def is_being_collected() -> ColumnElement[bool]:
    """Return the condition on `schema.wave` that its answers are still coming in.

    Whoever compared a figure before and after one more answer would read that answer, however many others there are.
    A link that was opened again keeps them until it is closed: only then is it decided which of the new ones wait.
    """
    return (
        exists()
        .where(
            collection.c.wave_id == s.wave.c.id,
            collection.c.state == "open",
            (collection.c.closes_on >= func.current_date()) | collection.c.shown_through.is_not(None),
        )
        .correlate(s.wave)
    )
