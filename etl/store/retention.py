"""Single answers deleted on the day people were promised, by a person and never by itself; the counts stay.

The notice of every link says until which day single answers are kept. From that day on the page of links and
``diagnoza retention`` name the measurement until somebody deletes them. What goes: every answer, text, weight and draft
of the measurement, by whichever way it came, with all that leads to one (hashes of sent forms and of codes). What
stays: how many people chose what, gave which number, put what at which place. The log says who deleted, when and how
many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from etl.store import schema as s
from etl.store import schema_results as results
from etl.store.audit import Author, record_action
from etl.store.collection_rows import Collection, CollectionState, make_collection, question
from etl.store.register_changes import find_partnership
from etl.store.schema_collections import collection, collection_code, collection_draft, collection_sending
from etl.store.scope import Action, Actor, ForbiddenError
from surveys.findings import FaultError, Finding, Place, Report

# Of a measurement; those of a response before the response.
_ROWS: Sequence[Table] = (
    s.answer,
    s.open_answer,
    s.superseded_answer,
    s.superseded_open_answer,
    results.response_weight,
    results.reviewed_text,
    results.weighting,
    s.response,
    s.superseded_response,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A measurement whose single answers were to be deleted by today.

    Attributes:
        uid: of its link.
        until: the day that people were told.
        people: single responses that are still there, replaced ones too.
    """

    uid: str
    partnership: str
    partnership_name: str
    name: str
    until: date
    people: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was deleted: responses, and open answers among them."""

    people: int
    texts: int


def list_due(connection: Connection, actor: Actor, today: date, partnership: str | None = None) -> tuple[Due, ...]:
    """Return what is due in partnerships where the actor may delete it, the earliest promise first.

    Args:
        connection: reading connection.
        actor: who asks.
        today: on this machine's calendar.
        partnership: slug, ``None`` for all.
    """
    wanted = question().where(
        collection.c.state != CollectionState.DRAFT.value,
        collection.c.data_until <= today,
        collection.c.answers_deleted_on.is_(None),
        collection.c.wave_id.is_not(None),
    )
    due = []
    for row in connection.execute(wanted.order_by(collection.c.data_until, collection.c.id)):
        found = make_collection(row)
        if found.sample or found.notice.data_until is None or partnership not in {None, found.partnership}:
            continue
        if actor.may(Action.COLLECT, found.partnership):
            people = _count(connection, row.wave_id, (s.response, s.superseded_response))
            due.append(
                Due(found.uid, found.partnership, found.partnership_name, found.name, found.notice.data_until, people)
            )
    return tuple(due)


def delete_answers(connection: Connection, actor: Actor, uid: str, today: date, now: datetime) -> Deleted:
    """Delete the single answers of a measurement whose day has come, and keep its counts.

    Args:
        connection: writing connection; all of it is done with its commit, or nothing.
        actor: needs the right to collect answers there.
        uid: of the link.
        today: on this machine's calendar.
        now: this moment.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``RETENTION-OPEN``, people still answer; ``RETENTION-EARLY``, the day has not come;
            ``RETENTION-DONE``, it has been done.
    """
    row = connection.execute(question().where(collection.c.uid == uid)).one_or_none()
    if row is None or not actor.may(Action.COLLECT, row.partnership):
        raise ForbiddenError("no such link for this actor")
    find_partnership(connection, row.partnership, lock=True)
    row = connection.execute(question().where(collection.c.uid == uid)).one()
    found = make_collection(row)
    _require_due(found, row.answers_deleted_on, today)
    deleted = Deleted(0, 0)
    if row.wave_id is not None:
        people = _count(connection, row.wave_id, (s.response, s.superseded_response))
        deleted = Deleted(people, _count(connection, row.wave_id, (s.open_answer, s.superseded_open_answer)))
        _keep_numbers(connection, row.wave_id)
        for table in _ROWS:
            connection.execute(delete(table).where(table.c.wave_id == row.wave_id))
    for table in (collection_draft, collection_sending, collection_code):
        connection.execute(delete(table).where(table.c.collection_id == found.id))
    connection.execute(update(collection).where(collection.c.id == found.id).values(answers_deleted_on=today))
    facts: dict[str, str | int | None] = {
        "collection": uid,
        "wave": found.wave,
        "responses": deleted.people,
        "texts": deleted.texts,
        "promised": found.notice.data_until.isoformat() if found.notice.data_until else None,
    }
    by = Author(actor.name, now)
    record_action(connection, by, "delete_answers", f"partnership:{found.partnership}", facts)
    return deleted


def find_deletion(connection: Connection, wave_id: int) -> date | None:
    """Return the day on which a measurement's single answers were deleted, ``None`` when they are there."""
    return connection.execute(
        select(func.max(collection.c.answers_deleted_on)).where(collection.c.wave_id == wave_id)
    ).scalar()


def require_answers(connection: Connection, wave_id: int, place: Place) -> None:
    """Refuse to add to a measurement whose single answers were deleted: its counts could not be made anew.

    Raises:
        FaultError: ``RETENTION-NO-MORE``.
    """
    day = find_deletion(connection, wave_id)
    if day is not None:
        raise FaultError(Report((Finding("RETENTION-NO-MORE", place, {"day": day.isoformat()}),)))


def _require_due(found: Collection, deleted_on: date | None, today: date) -> None:
    until = found.notice.data_until
    if deleted_on is not None:
        raise FaultError(Report((Finding("RETENTION-DONE", Place(), {"day": deleted_on.isoformat()}),)))
    if found.state is CollectionState.DRAFT or until is None or until > today:
        facts = {} if until is None else {"day": until.isoformat()}
        raise FaultError(Report((Finding("RETENTION-EARLY", Place(), {"day": "–", **facts}),)))
    if found.state is CollectionState.OPEN:
        raise FaultError(Report((Finding("RETENTION-OPEN"),)))


def _keep_numbers(connection: Connection, wave_id: int) -> None:
    given = s.answer.c
    columns = (given.wave_id, given.question_id, given.choice_id, given.number)
    counted = (
        select(*columns, func.count().label("people_count"))
        .where(given.wave_id == wave_id, given.number.is_not(None))
        .group_by(*columns)
    )
    names = ["wave_id", "question_id", "choice_id", "number", "people_count"]
    connection.execute(insert(results.number_count).from_select(names, counted))


def _count(connection: Connection, wave_id: int, tables: Sequence[Table]) -> int:
    return sum(
        connection.execute(select(func.count()).select_from(table).where(table.c.wave_id == wave_id)).scalar_one()
        for table in tables
    )
