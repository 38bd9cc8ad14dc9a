"""Answers that wait: a measurement that was shown changes its figures in steps of enough people (`privacy.growth`).

Whoever writes to a measurement reads first what was shown (`read_shown`), writes, and then lets stand what may
(`settle_shown`). What waits lies with the rows that were put aside, where no question about answers looks: whole
responses, or the answers that the new people of a step gave to a question which few of them answered. The next change
looks at all of it anew; nothing is lost, and no figure that was shown goes away.

What a person takes back is another thing: an import that is undone is gone at once. If few of those shown go with it,
the newest of the others wait too, so that nobody has the few by subtracting.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, insert, select

from etl.store import schema as s
from etl.store.counting import recount_wave
from etl.store.reading.held_answers import read_held
from etl.store.superseding import (
    ANSWERS,
    KeptRow,
    choose_standing,
    has_rows_aside,
    let_stand,
    read_kept_rows,
    read_standing,
)
from surveys.privacy.growth import Step, differ, keep_oldest, may_follow
from surveys.privacy.rules import STANDARD_RULES

STEPS = STANDARD_RULES
_ROWS_AT_ONCE = 500
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shown:
    """What figures of a measurement were made of.

    Attributes:
        rows: responses that stood.
        held: by question (row of the store) those of them whose answers to it waited.
    """

    rows: Sequence[KeptRow] = ()
    held: Mapping[int, frozenset[int]] = field(default_factory=dict)


def read_shown(connection: Connection, wave_id: int, *, through: int | None = None) -> Shown:
    """Return what the figures of a wave are made of now.

    Args:
        connection: writing connection, before anything is changed.
        wave_id: row of the wave.
        through: number of the last response that was shown, where later ones stand but were not.
    """
    rows = [row for row in read_standing(connection, wave_id) if through is None or row.response_no <= through]
    return Shown(rows, read_held(connection, wave_id))


def settle_shown(connection: Connection, wave_id: int, shown: Shown) -> bool:
    """Let those of a wave's responses stand that may follow what was shown. Counts are the caller's.

    Args:
        connection: writing connection, after everything else was written.
        wave_id: row of the wave.
        shown: from `read_shown`, before anything was written.

    Returns:
        Whether answers wait.
    """
    wanted = choose_standing(read_kept_rows(connection, wave_id))
    before, after = _mark(shown.rows), _mark(wanted)
    gone, come = differ(before, after)
    there = (read_standing(connection, wave_id, aside=aside) for aside in (False, True))
    lost = before.keys() - {row.response_no for row in chain(*there)}
    if may_follow(len(before), gone, come, STEPS) is Step.SHOWN:
        let_stand(connection, wave_id, after)
        held = shown.held if lost else _find_few(connection, wave_id, shown, before, after)
        if held is not None:
            _hold(connection, wave_id, held)
            return bool(held)
    if lost:
        newcomers = set(come)
        oldest = sorted(wanted, key=lambda row: (row.batch_id, row.response_no))
        left = [row.response_no for row in oldest if row.response_no not in newcomers]
        let_stand(connection, wave_id, keep_oldest(len(before), left, STEPS))
    else:
        let_stand(connection, wave_id, before)
    _hold(connection, wave_id, shown.held)
    return True


def settle_closed(connection: Connection, wave_id: int, through: int | None) -> None:
    """Let those answers of a link that closes stand which may follow what was shown before it was opened again.

    Args:
        connection: writing connection.
        wave_id: row of the measurement.
        through: number of the last response that was shown; ``None`` when nothing was.
    """
    if through is None and not has_rows_aside(connection, wave_id):
        return
    settle_shown(connection, wave_id, Shown() if through is None else read_shown(connection, wave_id, through=through))
    recount_wave(connection, wave_id)


def find_last_shown(connection: Connection, wave_id: int) -> int | None:
    """Return the number of the last response that stands, ``None`` when nobody answered."""
    standing = s.response.c
    return connection.execute(select(func.max(standing.response_no)).where(standing.wave_id == wave_id)).scalar()


def answers_wait(connection: Connection, wave_id: int) -> bool:
    """Return whether answers of a wave wait to be shown."""
    if read_held(connection, wave_id):
        return True
    if not has_rows_aside(connection, wave_id):
        return False
    return any(not row.stands for row in choose_standing(read_kept_rows(connection, wave_id)))


def _mark(rows: Iterable[KeptRow]) -> dict[int, Hashable]:
    """Rows equal in number and words are the same; one that nothing is known of is only itself."""
    return {row.response_no: row.response_no if row.hash is None else (row.key, row.hash) for row in rows}


def _find_few(
    connection: Connection, wave_id: int, shown: Shown, before: Mapping[int, Hashable], after: Mapping[int, Hashable]
) -> dict[int, frozenset[int]] | None:
    """Return whose answers wait, question by question; ``None`` when everybody has to wait for a question's sake.

    Everybody who may follow stands by now, with all their answers.
    """
    _, newcomers = differ(before, after)
    counted = s.choice_count.c
    asked = connection.execute(select(counted.question_id).where(counted.wave_id == wave_id).distinct()).scalars()
    held: dict[int, frozenset[int]] = {}
    for question_id in sorted(asked):
        everybody = _read_answered(connection, wave_id, question_id).tolist()
        waited = shown.held.get(question_id, frozenset())
        old = {number: before[number] for number in everybody if number in before and number not in waited}
        gone, come = differ(old, {number: after[number] for number in everybody if number in after})
        step = may_follow(len(old), gone, come, STEPS)
        if step is Step.UNDECIDED:
            return None
        if step is Step.WAIT:
            held[question_id] = frozenset({*newcomers, *come})
    return held


def _read_answered(connection: Connection, wave_id: int, question_id: int) -> Ints:
    """Return everybody with a real answer to a question, whether it stands or not, each once."""
    missing = select(s.choice.c.id).where(s.choice.c.question_id == question_id, s.choice.c.missing_kind.is_not(None))
    unreal = list(connection.execute(missing).scalars())
    ticked, written = ANSWERS
    numbers: list[int] = []
    for table in (*ticked, *written):
        here = select(table.c.response_no).where(table.c.wave_id == wave_id, table.c.question_id == question_id)
        if table in ticked and unreal:
            here = here.where(table.c.choice_id.not_in(unreal))
        numbers += connection.execute(here).scalars()
    return np.unique(np.array(numbers, dtype=np.int64))


def _hold(connection: Connection, wave_id: int, held: Mapping[int, frozenset[int]]) -> None:
    for question_id, people in held.items():
        numbers = sorted(people)
        for here, aside in ANSWERS:
            for first in range(0, len(numbers), _ROWS_AT_ONCE):
                which = (
                    (here.c.wave_id == wave_id)
                    & (here.c.question_id == question_id)
                    & here.c.response_no.in_(numbers[first : first + _ROWS_AT_ONCE])
                )
                names = [column.name for column in here.c]
                connection.execute(insert(aside).from_select(names, select(here).where(which)))
                connection.execute(delete(here).where(which))
