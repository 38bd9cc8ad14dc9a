"""Steps of a draft: what it was before each change, kept with it, so that another tab or another day can undo it.

The steps are the draft's, not a person's: whoever may change it may take the last change back, whoever made it, and is
told whose it was. A bounded number is kept; a new change ends what had been undone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from etl.store.moments import read_moment, write_moment
from etl.store.schema_collections import form_step as table
from etl.store.scope import Actor

MOST_STEPS = 50


class Side(StrEnum):
    """In which direction a step goes."""

    EARLIER = "earlier"
    LATER = "later"

    @property
    def other(self) -> "Side":
        """The way back."""
        return Side.LATER if self is Side.EARLIER else Side.EARLIER


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be taken back, or made again.

    Attributes:
        by: account of whoever made it.
        at: moment.
    """

    by: str
    at: datetime


def find_step(connection: Connection, questionnaire_id: int, side: Side) -> Step | None:
    """Return the next step of a draft in a direction, ``None`` when there is none."""
    row = _next(connection, questionnaire_id, side)
    return None if row is None else Step(row.changed_by, read_moment(row.changed_at))


def keep_step(connection: Connection, actor: Actor, questionnaire_id: int, before: str, now: datetime) -> None:
    """Keep what a draft was before a change (JSON); what had been undone can't be made again from now on."""
    connection.execute(delete(table).where(_of(questionnaire_id, Side.LATER)))
    _push(connection, questionnaire_id, Side.EARLIER, before, (actor.name, write_moment(now)))
    newest = select(table.c.id).where(_of(questionnaire_id, Side.EARLIER)).order_by(table.c.id.desc())
    kept = list(connection.execute(newest.limit(MOST_STEPS)).scalars())
    connection.execute(delete(table).where(_of(questionnaire_id, Side.EARLIER), table.c.id < min(kept)))


def take_step(connection: Connection, questionnaire_id: int, side: Side, current: str) -> str | None:
    """Take the next step in a direction and return the draft there (JSON); ``None`` when there is none.

    Args:
        connection: writing connection.
        questionnaire_id: of the draft.
        side: the direction.
        current: the draft as it is now, which the way back leads to.
    """
    row = _next(connection, questionnaire_id, side)
    if row is None:
        return None
    connection.execute(delete(table).where(table.c.id == row.id))
    _push(connection, questionnaire_id, side.other, current, (row.changed_by, row.changed_at))
    return str(row.form)


def forget_steps(connection: Connection, questionnaire_id: int) -> None:
    """Forget all steps: the questionnaire was published."""
    connection.execute(delete(table).where(table.c.questionnaire_id == questionnaire_id))


def _of(questionnaire_id: int, side: Side) -> ColumnElement[bool]:
    return (table.c.questionnaire_id == questionnaire_id) & (table.c.side == side.value)


def _next(connection: Connection, questionnaire_id: int, side: Side) -> Row[tuple[object, ...]] | None:
    newest = select(table).where(_of(questionnaire_id, side)).order_by(table.c.id.desc()).limit(1)
    return connection.execute(newest).one_or_none()


def _push(connection: Connection, questionnaire_id: int, side: Side, form: str, change: tuple[str, str]) -> None:
    by, at = change
    step = {"questionnaire_id": questionnaire_id, "side": side.value, "form": form, "changed_by": by, "changed_at": at}
    connection.execute(insert(table).values(**step))
