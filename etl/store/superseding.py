"""Rows that a later import takes the place of: put aside, never lost, brought back when that import is undone.

Which of a wave's rows ought to stand follows from its imports alone: rows of loaded ones, and of a response that the
source numbers the row of the latest. `let_stand` moves rows until those that are named stand; answers follow their
response. That new rows may have to wait until they are enough is told in `etl.store.waiting`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, Table, delete, insert, literal, select, update

from etl.store import schema as s
from etl.store.schema_operations import import_batch

_ROWS_AT_ONCE = 500
ANSWERS = ((s.answer, s.superseded_answer), (s.open_answer, s.superseded_open_answer))


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A response of a wave, standing or put aside."""

    response_no: int
    batch_id: int
    key: str | None
    hash: int | None
    stands: bool


def read_kept_rows(connection: Connection, wave_id: int, *, without: int | None = None) -> list[KeptRow]:
    """Return the rows of a wave's loaded imports.

    Args:
        connection: reading or writing connection.
        wave_id: row of the wave.
        without: row of an import that is about to be replaced: its rows are left out.
    """
    loaded = import_batch.c.state == "loaded"
    return [
        KeptRow(*row)
        for table, stands in ((s.response, True), (s.superseded_response, False))
        for row in connection.execute(
            select(table.c.response_no, table.c.batch_id, table.c.source_key, table.c.row_hash, literal(stands))
            .join_from(table, import_batch, import_batch.c.id == table.c.batch_id)
            .where(table.c.wave_id == wave_id, loaded, import_batch.c.id != (without or 0))
            .order_by(table.c.response_no)
        )
    ]


def choose_standing(rows: Iterable[KeptRow]) -> list[KeptRow]:
    """Return those of the rows that figures are made of: of a response with a number the row of the latest import."""
    latest: dict[str, KeptRow] = {}
    chosen: list[KeptRow] = []
    for row in rows:
        if row.key is None:
            chosen.append(row)
        elif row.key not in latest or latest[row.key].batch_id < row.batch_id:
            latest[row.key] = row
    return chosen + list(latest.values())


def has_rows_aside(connection: Connection, wave_id: int) -> bool:
    """Whether rows of a wave are put aside."""
    aside = s.superseded_response.c
    return connection.execute(select(aside.response_no).where(aside.wave_id == wave_id).limit(1)).first() is not None


def read_standing(connection: Connection, wave_id: int, *, aside: bool = False) -> list[KeptRow]:
    """Return the rows of a wave that figures are made of, of whichever import; ``aside``: those put aside instead."""
    table = s.superseded_response if aside else s.response
    rows = connection.execute(
        select(table.c.response_no, table.c.batch_id, table.c.source_key, table.c.row_hash, literal(value=not aside))
        .where(table.c.wave_id == wave_id)
        .order_by(table.c.response_no)
    )
    return [KeptRow(*row) for row in rows]


def let_stand(connection: Connection, wave_id: int, numbers: Collection[int]) -> None:
    """Move a wave's rows, so that those named stand with all their answers. Counts are the caller's.

    Args:
        connection: writing connection.
        wave_id: row of the wave.
        numbers: ``response_no`` of rows that are there, standing or put aside.
    """
    standing = set(numbers)
    now = set(connection.execute(select(s.response.c.response_no).where(s.response.c.wave_id == wave_id)).scalars())
    # Aside first: a response's number stands in a wave once.
    put_aside(connection, wave_id, sorted(now - standing))
    _move(connection, s.superseded_response, s.response, wave_id, sorted(standing - now))
    for here, aside in ANSWERS:
        _follow(connection, aside, here, s.response, wave_id)


def put_aside(connection: Connection, wave_id: int, numbers: Sequence[int]) -> None:
    """Put responses aside with their answers; counts are the caller's.

    Args:
        connection: writing connection.
        wave_id: row of the wave.
        numbers: ``response_no`` of rows that stand.
    """
    if not numbers:
        return
    _move(connection, s.response, s.superseded_response, wave_id, numbers)
    for here, aside in ANSWERS:
        _follow(connection, here, aside, s.superseded_response, wave_id)


def delete_responses(connection: Connection, wave_id: int, batch_id: int) -> None:
    """Delete the rows of one import from a wave, standing and put aside, with their answers."""
    for responses in (s.response, s.superseded_response):
        mine = (responses.c.wave_id == wave_id) & (responses.c.batch_id == batch_id)
        # Answers to a question may wait while their response stands.
        for table in chain(*ANSWERS):
            of_mine = table.c.response_no.in_(select(responses.c.response_no).where(mine))
            connection.execute(delete(table).where(table.c.wave_id == wave_id, of_mine))
        connection.execute(delete(responses).where(mine))
    connection.execute(update(import_batch).where(import_batch.c.id == batch_id).values(rows_standing=0))


def _move(connection: Connection, start: Table, end: Table, wave_id: int, numbers: Sequence[int]) -> None:
    names = [column.name for column in start.c]
    for first in range(0, len(numbers), _ROWS_AT_ONCE):
        which = (start.c.wave_id == wave_id) & start.c.response_no.in_(numbers[first : first + _ROWS_AT_ONCE])
        connection.execute(insert(end).from_select(names, select(start).where(which)))
        connection.execute(delete(start).where(which))


def _follow(connection: Connection, start: Table, end: Table, responses: Table, wave_id: int) -> None:
    """Move the answers whose response has moved already; one pass over the wave, however many they are."""
    moved = select(responses.c.response_no).where(responses.c.wave_id == wave_id)
    which = (start.c.wave_id == wave_id) & start.c.response_no.in_(moved)
    connection.execute(insert(end).from_select([column.name for column in start.c], select(start).where(which)))
    connection.execute(delete(start).where(which))
