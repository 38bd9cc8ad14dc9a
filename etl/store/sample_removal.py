"""Taking the invented data out of the store again, so that real ones of the same partnerships can come."""

from sqlalchemy import Connection, delete, select

from etl.store.audit import Author, record_action
from etl.store.official import delete_unused_variables
from etl.store.schema import partnership
from etl.store.schema_operations import import_batch
from etl.store.scope import Action, Actor, ForbiddenError
from surveys.indicators import SAMPLE


def remove_sample_partnerships(connection: Connection, actor: Actor, by: Author) -> int:
    """Remove every sample partnership with all that belongs to it, its imports too, and return how many there were.

    Raises:
        ForbiddenError: the actor neither keeps the accounts here nor is this machine's command line.
    """
    if not actor.may(Action.KEEP_ACCOUNTS):
        raise ForbiddenError(f"{Action.KEEP_ACCOUNTS} is not allowed here")
    invented = select(partnership.c.id).where(partnership.c.sample)
    # Batches would outlive their partnership, as the history of real imports has to.
    connection.execute(delete(import_batch).where(import_batch.c.partnership_id.in_(invented)))
    removed = connection.execute(delete(partnership).where(partnership.c.sample).returning(partnership.c.id)).all()
    _remove_official(connection)
    record_action(connection, by, "remove_sample", "sample", {"partnerships": len(removed)})
    return len(removed)


def sample_gives_way(connection: Connection, actor: Actor, slug: str) -> bool:
    """Return whether a name is held by an invented partnership that an account's real one of that name may replace.

    The command line on this machine may add to an invented partnership (to try things out); an account brings real
    data, which never come among invented ones.
    """
    if actor.machine or not actor.may(Action.CREATE_PARTNERSHIP):
        return False
    held = select(partnership.c.id).where(partnership.c.slug == slug, partnership.c.sample)
    return connection.execute(held).first() is not None


def remove_sample_partnership(connection: Connection, slug: str, by: Author) -> None:
    """Remove one invented partnership with its imports. Ask `sample_gives_way` first."""
    invented = select(partnership.c.id).where(partnership.c.slug == slug, partnership.c.sample)
    connection.execute(delete(import_batch).where(import_batch.c.partnership_id.in_(invented)))
    connection.execute(delete(partnership).where(partnership.c.slug == slug, partnership.c.sample))
    if connection.execute(select(partnership.c.id).where(partnership.c.sample)).first() is None:
        _remove_official(connection)
    record_action(connection, by, "remove_sample", f"partnership:{slug}", {"partnerships": 1})


def _remove_official(connection: Connection) -> None:
    """Remove the invented official figures."""
    connection.execute(delete(import_batch).where(import_batch.c.source == SAMPLE))
    delete_unused_variables(connection)
