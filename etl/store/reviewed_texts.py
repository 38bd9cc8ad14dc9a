"""Open answers that a person reads before anybody quotes them.

Whoever reads people's own words needs the right to import into the partnership, and the log says that they read.
A decision holds for the very words that were read: other words under the same number wait to be read anew.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, select

from etl.store import schema as s
from etl.store.audit import Author, record_action
from etl.store.moments import write_moment
from etl.store.reading.packed_answers import find_questions, find_wave_id
from etl.store.reading.scope import Scope
from etl.store.schema_results import reviewed_text
from etl.store.scope import Action, Actor


@dataclass(frozen=True, slots=True)
class TextRef:
    """Where open answers stand: a question of a measurement of a partnership."""

    partnership: str
    wave: str
    question: str


@dataclass(frozen=True, slots=True)
class UnreadText:
    """An open answer that waits for a person; ``number`` is that of the response."""

    number: int
    text: str


def read_texts(connection: Connection, scope: Scope, where: TextRef) -> list[tuple[int, str]]:
    """Return the open answers with the numbers of their responses, for grouping: never to be shown.

    Raises:
        LookupError: no such question in scope.
    """
    wave_id, question_id = _find(connection, scope, where)
    written = s.open_answer.c
    rows = connection.execute(
        select(written.response_no, written.text)
        .where(written.wave_id == wave_id, written.question_id == question_id)
        .order_by(written.response_no)
    )
    return [(row.response_no, row.text) for row in rows]


def read_quotes(connection: Connection, scope: Scope, where: TextRef) -> list[str]:
    """Return the open answers that a person has read and allowed to quote, in no order that tells who wrote them.

    Raises:
        LookupError: no such question in scope.
    """
    decided = _read_decisions(connection, scope, where)
    quotes = [text for number, text in read_texts(connection, scope, where) if decided.get((number, _hash(text)))]
    return sorted(quotes, key=_hash)


def read_unread(
    connection: Connection, actor: Actor, scope: Scope, where: TextRef, *, most: int, now: datetime
) -> tuple[list[UnreadText], int]:
    """Return open answers that nobody has decided about yet, and how many there are; the log says who read.

    Args:
        connection: writing connection.
        actor: needs the right to import into the partnership.
        scope: of the actor.
        where: the question.
        most: how many are returned.
        now: the moment.

    Raises:
        ForbiddenError: the actor may not.
        LookupError: no such question in scope.
    """
    actor.require(Action.IMPORT, where.partnership)
    decided = _read_decisions(connection, scope, where)
    waiting = [
        UnreadText(number, text)
        for number, text in read_texts(connection, scope, where)
        if (number, _hash(text)) not in decided
    ]
    if waiting:
        facts: dict[str, str | int | None] = {
            "wave": where.wave,
            "question": where.question,
            "texts": min(most, len(waiting)),
        }
        record_action(
            connection, Author(actor.name, now), "read_open_answers", f"partnership:{where.partnership}", facts
        )
    return waiting[:most], len(waiting)


def review_text(
    connection: Connection,
    actor: Actor,
    scope: Scope,
    where: TextRef,
    unread: UnreadText,
    *,
    may_be_quoted: bool,
    now: datetime,
) -> None:
    """Keep what a person decided about an open answer they have read.

    Raises:
        ForbiddenError: the actor may not.
        LookupError: no such question in scope.
    """
    actor.require(Action.IMPORT, where.partnership)
    wave_id, question_id = _find(connection, scope, where)
    mine = reviewed_text.c
    same = and_(mine.wave_id == wave_id, mine.question_id == question_id, mine.response_no == unread.number)
    connection.execute(delete(reviewed_text).where(same))
    connection.execute(
        insert(reviewed_text).values(
            wave_id=wave_id,
            question_id=question_id,
            response_no=unread.number,
            text_hash=_hash(unread.text),
            may_be_quoted=may_be_quoted,
            reviewed_by=actor.name,
            reviewed_at=write_moment(now),
        )
    )


def _find(connection: Connection, scope: Scope, where: TextRef) -> tuple[int, int]:
    wave_id = find_wave_id(connection, scope, where.partnership, where.wave)
    return wave_id, find_questions(connection, wave_id, [where.question])[where.question].id


def _read_decisions(connection: Connection, scope: Scope, where: TextRef) -> dict[tuple[int, int], bool]:
    wave_id, question_id = _find(connection, scope, where)
    mine = reviewed_text.c
    rows = connection.execute(
        select(mine.response_no, mine.text_hash, mine.may_be_quoted).where(
            mine.wave_id == wave_id, mine.question_id == question_id
        )
    )
    return {(row.response_no, row.text_hash): row.may_be_quoted for row in rows}


def _hash(text: str) -> int:
    """A number of the words, as the database keeps it: signed, 64 bits."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)
