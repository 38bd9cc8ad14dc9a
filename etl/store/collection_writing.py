"""Sent forms into the store: many at once, each exactly once, counts and lineage in the same transaction.

Answers of a collection are one running import: its batch grows with them, so that lineage, "where does this figure
come from" and undoing work as for files. The batch says days, never moments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from etl.collecting.answers import gather_answers
from etl.store import schema as s
from etl.store.answer_rows import add_counts, insert_answers, insert_responses
from etl.store.audit import Author
from etl.store.batch_rows import NewBatch, insert_batch
from etl.store.collection_codes import read_code_uses, use_codes
from etl.store.collection_drafts import delete_drafts, read_sent_keys
from etl.store.collection_rows import Access, Collection, Standing, make_collection, question
from etl.store.moments import write_moment
from etl.store.questionnaires import read_ids
from etl.store.register_changes import find_partnership
from etl.store.row_marks import mark_rows
from etl.store.schema_collections import collection as table
from etl.store.schema_collections import collection_sending
from etl.store.schema_operations import import_batch
from etl.store.survey_writing import store_wave
from surveys.filling import Answers, FillableForm
from surveys.findings import Report
from surveys.model import Wave, WaveMode

SOURCE = "own_form"


class Outcome(StrEnum):
    """What became of a sent form."""

    STORED = "stored"
    ALREADY = "already"  # this very form was stored before
    NOT_YET = "not_yet"
    CLOSED = "closed"
    FULL = "full"
    CODE_UNKNOWN = "code_unknown"
    CODE_USED = "code_used"


@dataclass(frozen=True, slots=True)
class Sending:
    """A form that somebody sent.

    Attributes:
        key_hash: hash of the form's own key; a second sending of the same form stores nothing.
        answers: to what was shown.
        day: when it came, on this machine's calendar.
        code_hash: of the one-time code, where the collection wants one.
        seconds: from beginning the form to sending it, as rounded for keeping; ``None`` where nobody can have taken it.
    """

    key_hash: str
    answers: Answers
    day: date
    code_hash: str | None = None
    seconds: int | None = None


_REFUSED = {
    Standing.NOT_YET: Outcome.NOT_YET,
    Standing.FULL: Outcome.FULL,
    Standing.CLOSED: Outcome.CLOSED,
    Standing.PREPARED: Outcome.CLOSED,
}


def write_sendings(
    connection: Connection, collection_id: int, form: FillableForm, sendings: Sequence[Sending], now: datetime
) -> list[Outcome]:
    """Store the forms that people sent, and return what became of each.

    Args:
        connection: writing connection; all of them are kept with its commit, or none.
        collection_id: row of the collection.
        form: its form.
        sendings: in the order in which they came.
        now: this moment.
    """
    found = _lock(connection, collection_id)
    if found is None:
        return [Outcome.CLOSED] * len(sendings)
    outcomes = _decide(connection, found, sendings)
    taken = [one for one, outcome in zip(sendings, outcomes, strict=True) if outcome is Outcome.STORED]
    if not taken:
        return outcomes
    _store(connection, found, form, taken, now)
    # In the order of their hashes, which tells nothing of the order in which they came.
    keys = sorted(one.key_hash for one in taken)
    days = {one.key_hash: one.day for one in taken}
    connection.execute(
        insert(collection_sending),
        [{"collection_id": collection_id, "key_hash": key, "sent_on": days[key]} for key in keys],
    )
    use_codes(connection, collection_id, sorted(one.code_hash for one in taken if one.code_hash is not None))
    delete_drafts(connection, keys)
    return outcomes


def _lock(connection: Connection, collection_id: int) -> Collection | None:
    """Return the collection as it is once everybody else who writes to its partnership has finished."""
    row = connection.execute(question().where(table.c.id == collection_id)).one_or_none()
    if row is None or find_partnership(connection, row.partnership, lock=True) is None:
        return None
    row = connection.execute(question().where(table.c.id == collection_id)).one_or_none()
    return None if row is None else make_collection(row)


def _decide(connection: Connection, found: Collection, sendings: Sequence[Sending]) -> list[Outcome]:
    sent = read_sent_keys(connection, found.id, [one.key_hash for one in sendings])
    by_code = found.access is Access.CODES
    used = read_code_uses(connection, found.id, [one.code_hash or "" for one in sendings]) if by_code else {}
    room = None if found.quota is None else found.quota - found.answers_count
    outcomes = []
    for one in sendings:
        standing = found.standing(one.day)
        if one.key_hash in sent:
            outcome = Outcome.ALREADY
        elif standing is not Standing.TAKING:
            outcome = _REFUSED[standing]
        elif room is not None and room <= 0:
            outcome = Outcome.FULL
        elif by_code and (one.code_hash is None or one.code_hash not in used):
            outcome = Outcome.CODE_UNKNOWN
        elif by_code and used[one.code_hash or ""]:
            outcome = Outcome.CODE_USED
        else:
            outcome = Outcome.STORED
            sent.add(one.key_hash)
            if room is not None:
                room -= 1
            if by_code:
                used[one.code_hash or ""] = True
        outcomes.append(outcome)
    return outcomes


def _store(
    connection: Connection, found: Collection, form: FillableForm, taken: Sequence[Sending], now: datetime
) -> None:
    kept = connection.execute(
        select(
            table.c.partnership_id, table.c.batch_id, table.c.batch_number, table.c.wave_id, s.wave.c.questionnaire_id
        )
        .join_from(table, s.wave, s.wave.c.id == table.c.wave_id)
        .where(table.c.id == found.id)
    ).one()
    survey = gather_answers(
        form,
        [one.answers for one in taken],
        days=[one.day for one in taken],
        durations=[one.seconds for one in taken],
        first_row=found.answers_count + 1,
    )
    stored = read_ids(connection, kept.questionnaire_id)
    wave = Wave(found.partnership, found.wave, found.name, form.form.form_id, form.form.version, WaveMode.ONLINE)
    wave_id, first_no = store_wave(connection, wave, survey, kept.partnership_id, kept.questionnaire_id, found.name)
    batch_id = kept.batch_id
    # Midnight: a moment would tell when the last person answered.
    day = datetime.combine(max(one.day for one in taken), time(), tzinfo=now.tzinfo)
    if batch_id is None:
        number = kept.batch_number + 1
        batch = NewBatch("survey", SOURCE, found.name, f"collection:{found.uid}:{number}", 0, 0, 0, 0, wave_id)
        by = Author("web-form", day)
        batch_id, _uid = insert_batch(connection, kept.partnership_id, batch, report=Report(), by=by)
        connection.execute(update(table).where(table.c.id == found.id).values(batch_id=batch_id, batch_number=number))
    insert_responses(connection, survey, wave_id, batch_id, first_no, mark_rows(survey, SOURCE))
    insert_answers(connection, survey, stored, wave_id, first_no, lambda _share: None)
    add_counts(connection, survey, stored, wave_id)
    counted = import_batch.c
    connection.execute(
        update(import_batch)
        .where(counted.id == batch_id)
        .values(
            made_at=write_moment(day),
            rows_read=counted.rows_read + len(taken),
            rows_stored=counted.rows_stored + len(taken),
            answers_stored=counted.answers_stored + survey.answer_count,
        )
    )
    connection.execute(
        update(table).where(table.c.id == found.id).values(answers_count=table.c.answers_count + len(taken))
    )
