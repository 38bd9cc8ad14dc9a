"""From an actor to the partnerships they may see. The only maker of a `Scope`."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from etl.store.schema import partnership
from etl.store.scope import Action, Actor


@dataclass(frozen=True, slots=True)
class PartnershipRef:
    """A partnership as a scope names it."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """The partnerships a question may look at.

    Attributes:
        partnerships: in order of slug; may be empty.
        sample: the invented data, which never mix with real ones.
    """

    partnerships: tuple[PartnershipRef, ...]
    sample: bool

    @property
    def ids(self) -> tuple[int, ...]:
        """Row ids for the store's own use."""
        return tuple(ref.id for ref in self.partnerships)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Slugs, which also make a cache key: two people with one scope see the same."""
        return tuple(ref.slug for ref in self.partnerships)


def resolve_scope(connection: Connection, actor: Actor, *, sample: bool) -> Scope:
    """Return what an actor may see of the real data, or of the invented ones.

    Args:
        connection: reading connection.
        actor: whoever asks.
        sample: look at the sample partnerships instead of the real ones.
    """
    rows = connection.execute(
        select(partnership.c.id, partnership.c.slug, partnership.c.name)
        .where(partnership.c.sample == sample)
        .order_by(partnership.c.slug)
    )
    allowed = tuple(
        PartnershipRef(row.id, row.slug, row.name)
        for row in rows
        if (actor.may(Action.SEE_SAMPLE) if sample else actor.may(Action.SEE_PARTNERSHIP, row.slug))
    )
    return Scope(allowed, sample)


def resolve_scope_together(connection: Connection, actor: Actor) -> Scope:
    """Return all real partnerships, for what they say together: nothing of any one of them may be shown or named.

    Args:
        connection: reading connection.
        actor: whoever asks; without the right the scope is empty.
    """
    if not actor.may(Action.SEE_TOGETHER):
        return Scope((), sample=False)
    rows = connection.execute(
        select(partnership.c.id, partnership.c.slug).where(~partnership.c.sample).order_by(partnership.c.slug)
    )
    return Scope(tuple(PartnershipRef(row.id, row.slug, "") for row in rows), sample=False)
