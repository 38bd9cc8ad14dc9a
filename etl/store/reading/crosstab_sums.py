"""Sums behind frequencies and crosstabs of one wave: people, weights and squared weights. They are not published yet.

Exclusive and multiple choice on either side; people are counted once in every base, whatever they ticked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from etl.store import schema as s
from etl.store.reading.held_answers import read_held
from etl.store.reading.packed_answers import (
    AskedQuestion,
    Floats,
    Ints,
    PackedAnswers,
    find_questions,
    find_wave_id,
    read_packed,
)
from etl.store.reading.scope import Scope
from etl.store.reading.weights import read_weights


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Three sums over the same people, as arrays of one shape.

    Attributes:
        people: how many there are.
        weight: Σw; equal to ``people`` without weights.
        weight_squared: Σw².
    """

    people: Ints
    weight: Floats
    weight_squared: Floats


@dataclass(frozen=True, slots=True, eq=False)
class FrequencySums:
    """One question.

    Attributes:
        options: codes of its options in the order shown.
        chosen: (options,).
        base: (1,): those with a real answer, in an option or in their own words.
        missing: people without one, by kind of missing; ``blank`` are those who left the question out.
        people: everybody who took part, but those whose answers to this question wait (`etl.store.waiting`).
    """

    options: tuple[str, ...]
    chosen: Sums
    base: Sums
    missing: Mapping[str, int]
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class CrosstabSums:
    """Two questions, among people with a real answer to both.

    Attributes:
        options: codes of the question's options; ``groups``: codes of those of the other.
        cells: (options, groups).
        bases: (groups,): people of the group.
        chosen: (options,): people who chose the option, in any group.
        base: (1,): everybody with a real answer to both.
        exclusive: everybody chose one option; ``exclusive_groups``: everybody is in one group.
        outside: (1,): people with a real answer to the question, but none to the other; with the groups they make
            everybody, so they have to be hidden or shown as one of them.
        outside_chosen: (options,): those of them who chose the option.
    """

    options: tuple[str, ...]
    groups: tuple[str, ...]
    cells: Sums
    bases: Sums
    chosen: Sums
    base: Sums
    exclusive: bool
    exclusive_groups: bool
    outside: Sums
    outside_chosen: Sums


def read_frequency_sums(
    connection: Connection, scope: Scope, partnership: str, wave: str, question: str, *, weighted: bool = False
) -> FrequencySums:
    """Return the sums of one question.

    Args:
        connection: reading connection.
        scope: of whoever asks.
        partnership: slug; ``wave``: slug of the measurement in it.
        wave: see above.
        question: name in the questionnaire.
        weighted: with the measurement's weights; without any that hold everybody counts as 1.

    Raises:
        LookupError: no such wave or question in scope.
    """
    wave_id = find_wave_id(connection, scope, partnership, wave)
    asked = find_questions(connection, wave_id, [question])[question]
    ticks = read_packed(connection, wave_id, [asked])[question]
    last, people = _read_responses(connection, wave_id)
    # Whose answer waits has not left the question out.
    people -= len(read_held(connection, wave_id, asked.id).get(asked.id, ()))
    weights = _weights_of(connection, wave_id, last, weighted=weighted)
    real = ticks.places >= 0
    answered = np.zeros(last + 1, dtype=bool)
    answered[ticks.people[real]] = True
    answered[_read_writers(connection, wave_id, asked)] = True
    said = np.bincount(-1 - ticks.places[~real], minlength=len(asked.missing))
    missing = {kind: int(said[place]) for place, kind in enumerate(asked.missing)}
    spoken = answered.copy()
    spoken[ticks.people] = True
    missing["blank"] = missing.get("blank", 0) + people - int(spoken.sum())
    base = np.flatnonzero(answered)
    return FrequencySums(
        asked.options,
        _sum_by(ticks.places[real], weights[ticks.people[real]], len(asked.options)),
        _sum_by(np.zeros(len(base), dtype=np.int64), weights[base], 1),
        missing,
        people,
    )


def read_crosstab_sums(
    connection: Connection, scope: Scope, partnership: str, wave: str, question: str, by: str, *, weighted: bool = False
) -> CrosstabSums:
    """Return the sums of one question broken down by another, asked of the same people.

    Args:
        connection: reading connection.
        scope: of whoever asks.
        partnership: slug; ``wave``: slug of the measurement in it.
        wave: see above.
        question: name of the question; ``by``: of the one it is broken down by.
        by: see above.
        weighted: as in `read_frequency_sums`.

    Raises:
        LookupError: no such wave or question in scope.
    """
    wave_id = find_wave_id(connection, scope, partnership, wave)
    asked = find_questions(connection, wave_id, [question, by])
    packed = read_packed(connection, wave_id, list(asked.values()))
    last = max((int(one.people[-1]) for one in packed.values() if len(one.people)), default=0)
    weights = _weights_of(connection, wave_id, last, weighted=weighted)
    ticks, others = _keep_real(packed[question]), _keep_real(packed[by])
    in_group = np.zeros(last + 1, dtype=bool)
    in_group[others.people] = True
    without = ~in_group[ticks.people]
    outside = np.unique(ticks.people[without])
    outside_chosen = _sum_by(ticks.places[without], weights[ticks.people[without]], len(asked[question].options))
    answered = np.zeros(last + 1, dtype=bool)
    answered[ticks.people] = True
    ticks, others = _keep(ticks, in_group[ticks.people]), _keep(others, answered[others.people])
    options, groups = len(asked[question].options), len(asked[by].options)
    both = np.flatnonzero(in_group & answered)
    return CrosstabSums(
        asked[question].options,
        asked[by].options,
        _cross(ticks, others, weights, (options, groups)),
        _sum_by(others.places, weights[others.people], groups),
        _sum_by(ticks.places, weights[ticks.people], options),
        _sum_by(np.zeros(len(both), dtype=np.int64), weights[both], 1),
        _is_exclusive(ticks),
        _is_exclusive(others),
        _sum_by(np.zeros(len(outside), dtype=np.int64), weights[outside], 1),
        outside_chosen,
    )


def _cross(ticks: PackedAnswers, others: PackedAnswers, weights: Floats, shape: tuple[int, int]) -> Sums:
    """Sum by option and group; people in one group only are met in one pass, others group by group."""
    options, groups = shape
    if _is_exclusive(others):
        group_of = np.full(len(weights), 0, dtype=np.int64)
        group_of[others.people] = others.places
        sums = _sum_by(ticks.places * groups + group_of[ticks.people], weights[ticks.people], options * groups)
        return Sums(sums.people.reshape(shape), sums.weight.reshape(shape), sums.weight_squared.reshape(shape))
    columns = []
    for group in range(groups):
        inside = np.zeros(len(weights), dtype=bool)
        inside[others.people[others.places == group]] = True
        here = inside[ticks.people]
        columns.append(_sum_by(ticks.places[here], weights[ticks.people[here]], options))
    return Sums(
        np.array([one.people for one in columns]).reshape(groups, options).T,
        np.array([one.weight for one in columns]).reshape(groups, options).T,
        np.array([one.weight_squared for one in columns]).reshape(groups, options).T,
    )


def _sum_by(places: Ints, weights: Floats, width: int) -> Sums:
    return Sums(
        np.bincount(places, minlength=width),
        np.bincount(places, weights, minlength=width).astype(np.float64),
        np.bincount(places, weights * weights, minlength=width).astype(np.float64),
    )


def _is_exclusive(ticks: PackedAnswers) -> bool:
    return bool((ticks.people[1:] != ticks.people[:-1]).all())


def _keep(ticks: PackedAnswers, kept: npt.NDArray[np.bool_]) -> PackedAnswers:
    return PackedAnswers(ticks.people[kept], ticks.places[kept])


def _keep_real(ticks: PackedAnswers) -> PackedAnswers:
    return _keep(ticks, ticks.places >= 0)


def _weights_of(connection: Connection, wave_id: int, last: int, *, weighted: bool) -> Floats:
    """Each response's weight at the place of its number; one without counts for nobody."""
    stored = read_weights(connection, wave_id) if weighted else None
    if stored is None:
        return np.ones(last + 1)
    return np.concatenate([stored, np.zeros(max(0, last + 1 - len(stored)))])


def _read_responses(connection: Connection, wave_id: int) -> tuple[int, int]:
    """Return the largest number of a response, and how many there are."""
    row = connection.execute(
        select(func.max(s.response.c.response_no), func.count()).where(s.response.c.wave_id == wave_id)
    ).one()
    return int(row[0] or 0), int(row[1])


def _read_writers(connection: Connection, wave_id: int, question: AskedQuestion) -> Ints:
    """Return the responses that answered in words or by a number, without an option."""
    written = s.open_answer.c
    given = s.answer.c
    texts = connection.execute(
        select(written.response_no).where(written.wave_id == wave_id, written.question_id == question.id)
    ).scalars()
    numbers = connection.execute(
        select(given.response_no).where(
            given.wave_id == wave_id, given.question_id == question.id, given.choice_id == 0
        )
    ).scalars()
    return np.array([*texts, *numbers], dtype=np.int64)
