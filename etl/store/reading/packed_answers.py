"""Answers of a few questions of one wave as arrays: the fastest way out of a database that has no arrays of its own.

Joining a question to another inside the database costs a look-up in a tree for every person. Here the database reads
two contiguous runs and strings each into one text of numbers; numpy parses those and counts by place: a third of the
time of a join on SQLite, and the same statement on PostgreSQL. Nothing of a single person leaves
`etl.store.reading`, except to the analysis of scales and of data quality, which gives back sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import BigInteger, Connection, Text, cast, func, select

from etl.store import schema as s
from etl.store.reading.open_collections import is_being_collected
from etl.store.reading.scope import Scope

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a wave with its options, in the order shown.

    Attributes:
        id: row in the store, for the store's own use.
        options: codes of real answers; ``option_ids``: their rows.
        missing: codes of said kinds of missing with their kind; ``missing_ids``: their rows.
    """

    id: int
    name: str
    type: str
    options: tuple[str, ...]
    option_ids: tuple[int, ...]
    missing: tuple[str, ...]
    missing_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PackedAnswers:
    """Who ticked what in one question.

    Attributes:
        people: response numbers, ascending, one for each tick.
        places: as long: place in ``options``, or −1 − place in ``missing``.
    """

    people: Ints
    places: Ints


def find_wave_id(connection: Connection, scope: Scope, partnership: str, wave: str) -> int:
    """Return the row of a wave.

    Raises:
        LookupError: there is none in scope; the same whether it is forbidden or does not exist.
    """
    found = connection.execute(
        select(s.wave.c.id)
        .join(s.partnership, s.partnership.c.id == s.wave.c.partnership_id)
        .where(
            s.partnership.c.id.in_(scope.ids),
            s.partnership.c.slug == partnership,
            s.wave.c.slug == wave,
            ~is_being_collected(),
        )
    ).scalar()
    if found is None:
        raise LookupError("no such wave here")
    return int(found)


def find_questions(connection: Connection, wave_id: int, names: Sequence[str]) -> dict[str, AskedQuestion]:
    """Return questions of a wave's questionnaire by name, with their options.

    Raises:
        LookupError: one of them is not there.
    """
    rows = connection.execute(
        select(
            s.question.c.id,
            s.question.c.name,
            s.question.c.type,
            s.choice.c.id.label("choice_id"),
            s.choice.c.code,
            s.choice.c.missing_kind,
        )
        .join_from(s.wave, s.question, s.question.c.questionnaire_id == s.wave.c.questionnaire_id)
        .outerjoin(s.choice, s.choice.c.question_id == s.question.c.id)
        .where(s.wave.c.id == wave_id, s.question.c.name.in_(set(names)))
        .order_by(s.question.c.position, s.choice.c.position)
    ).all()
    found = {}
    for name in {row.name for row in rows}:
        mine = [row for row in rows if row.name == name]
        real = [row for row in mine if row.choice_id is not None and row.missing_kind is None]
        said = [row for row in mine if row.missing_kind is not None]
        found[name] = AskedQuestion(
            mine[0].id,
            name,
            mine[0].type,
            tuple(row.code for row in real),
            tuple(row.choice_id for row in real),
            tuple(row.missing_kind for row in said),
            tuple(row.choice_id for row in said),
        )
    if set(names) - set(found):
        raise LookupError("no such question here")
    return found


def read_packed(connection: Connection, wave_id: int, questions: Sequence[AskedQuestion]) -> dict[str, PackedAnswers]:
    """Return the ticks of several questions, by their names; numbers without an option are left out."""
    known = [number for one in questions for number in (*one.option_ids, *one.missing_ids)]
    factor = max(known, default=0) + 1
    answer = s.answer.c
    number = cast(answer.response_no, BigInteger) * factor + answer.choice_id
    rows = connection.execute(
        select(answer.question_id, func.aggregate_strings(cast(number, Text), ",").label("packed"))
        .where(
            answer.wave_id == wave_id,
            answer.question_id.in_([one.id for one in questions]),
            answer.choice_id != 0,
        )
        .group_by(answer.question_id)
    )
    texts = {row.question_id: row.packed for row in rows}
    return {one.name: _unpack(texts.get(one.id), one, factor) for one in questions}


def _unpack(text: str | None, question: AskedQuestion, factor: int) -> PackedAnswers:
    if not text:
        return PackedAnswers(np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    packed = np.fromstring(text, dtype=np.int64, sep=",")
    people, choices = np.divmod(packed, factor)
    places = np.full(factor, np.iinfo(np.int64).min, dtype=np.int64)
    places[list(question.option_ids)] = np.arange(len(question.option_ids))
    places[list(question.missing_ids)] = -1 - np.arange(len(question.missing_ids))
    found = places[choices]
    if not (people[1:] >= people[:-1]).all():  # the order of a string that is put together is nobody's promise
        order = np.argsort(people, kind="stable")
        people, found = people[order], found[order]
    return PackedAnswers(people, found)
