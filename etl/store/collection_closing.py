"""Links that close, by hand or after their last day: which of their answers are shown from then on is decided here."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, select, update

from etl.store.collection_drafts import delete_old_drafts
from etl.store.collection_rows import CollectionState
from etl.store.schema_collections import collection as table
from etl.store.waiting import settle_closed


def close_links(connection: Connection, which: ColumnElement[bool], **values: str) -> int:
    """Close links and let those of their answers stand that may be shown; return how many links there were.

    Args:
        connection: writing connection.
        which: condition on the links.
        values: what else is written of them.
    """
    links = connection.execute(select(table.c.id, table.c.wave_id, table.c.shown_through).where(which)).all()
    for link in links:
        if link.wave_id is not None:
            settle_closed(connection, link.wave_id, link.shown_through)
    ids = [link.id for link in links]
    state = {"state": CollectionState.CLOSED.value, "shown_through": None}
    connection.execute(update(table).where(table.c.id.in_(ids)).values(**state, **values))
    return len(ids)


def close_overdue(connection: Connection, today: date) -> int:
    """Close the links whose last day is over, and return how many there were; their figures are shown from now on."""
    over = (table.c.state == CollectionState.OPEN.value) & (table.c.closes_on < today)
    closed = close_links(connection, over)
    delete_old_drafts(connection, today)
    return closed


def has_overdue(connection: Connection, today: date) -> bool:
    """Return whether `close_overdue` has something to do."""
    over = (table.c.state == CollectionState.OPEN.value) & (table.c.closes_on < today)
    return connection.execute(select(table.c.id).where(over).limit(1)).first() is not None
