"""Signs of careless answers in a measurement, as counts of people: nobody is named, nobody is left out by itself.

Who answered what, and how long they took, is looked at here and goes no further: what comes out are sums for the
disclosure gate and the consistency of a battery.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from etl.store import schema as s
from etl.store.reading.packed_answers import PackedAnswers, find_questions, find_wave_id, read_packed
from etl.store.reading.scope import Scope
from surveys.analysis.scales import Reliability, cronbach_alpha
from surveys.analysis.speeders import Haste, count_fast

# Below so many questions the same answers say nothing: people may agree.
LEAST_ITEMS, LEAST_ANSWERED = 4, 10
_SEED = 20_261_127


@dataclass(frozen=True, slots=True)
class BatterySigns:
    """One table of questions on one scale.

    Attributes:
        answered: people who answered all its questions.
        straight: those of them who gave the same answer everywhere.
        reliability: Cronbach's α, ``None`` where too few answered.
    """

    answered: int
    straight: int
    reliability: Reliability | None


@dataclass(frozen=True, slots=True)
class QualitySigns:
    """One measurement.

    Attributes:
        people: everybody who took part.
        compared: people who answered enough questions to be compared with each other.
        alike: those of them whose answers are the same as somebody else's, question by question.
        mostly_blank: people who left more than half of the questions with options blank.
        batteries: by the name of each battery's first question.
        haste: how many were much faster than the others.
    """

    people: int
    compared: int
    alike: int
    mostly_blank: int
    batteries: Mapping[str, BatterySigns]
    haste: Haste


def read_quality_signs(
    connection: Connection,
    scope: Scope,
    partnership: str,
    wave: str,
    questions: Sequence[str],
    batteries: Sequence[Sequence[str]],
) -> QualitySigns:
    """Return the signs of careless answers in a measurement.

    Args:
        connection: reading connection.
        scope: of whoever asks.
        partnership: slug; ``wave``: slug of the measurement in it.
        wave: see above.
        questions: names of the questions with options.
        batteries: names of the questions of each battery on one scale.

    Raises:
        LookupError: no such measurement or question in scope.
    """
    wave_id = find_wave_id(connection, scope, partnership, wave)
    people = connection.execute(
        select(s.response.c.response_no, s.response.c.duration_seconds).where(s.response.c.wave_id == wave_id)
    ).all()
    numbers = np.array([row.response_no for row in people], dtype=np.int64)
    haste = count_fast([row.duration_seconds for row in people if row.duration_seconds is not None])
    if not len(numbers) or not questions:
        return QualitySigns(len(numbers), 0, 0, 0, {}, haste)
    asked = find_questions(connection, wave_id, list(questions))
    packed = read_packed(connection, wave_id, list(asked.values()))
    size = int(numbers.max()) + 1
    written = connection.execute(
        select(s.open_answer.c.response_no, func.count())
        .where(s.open_answer.c.wave_id == wave_id)
        .group_by(s.open_answer.c.response_no)
    ).all()
    answered = np.zeros(size, dtype=np.int64)
    for ticks in packed.values():
        answered[np.unique(ticks.people)] += 1
    marks = _mark_answers(packed, questions, size)[numbers]
    # Own words are nobody else's: who wrote some has no twin.
    wrote = np.zeros(size, dtype=bool)
    wrote[[row[0] for row in written]] = True
    enough = (answered[numbers] >= LEAST_ANSWERED) & ~wrote[numbers]
    _, twins = np.unique(marks[enough], return_counts=True)
    return QualitySigns(
        people=len(numbers),
        compared=int((answered[numbers] >= LEAST_ANSWERED).sum()),
        alike=int(twins[twins > 1].sum()),
        mostly_blank=int((answered[numbers] * 2 < len(questions)).sum()),
        batteries={
            battery[0]: _look_at(np.stack([_points(packed[name], size) for name in battery]), numbers)
            for battery in batteries
            if len(battery) >= LEAST_ITEMS
        },
        haste=haste,
    )


def _mark_answers(packed: Mapping[str, PackedAnswers], questions: Sequence[str], size: int) -> npt.NDArray[np.uint64]:
    """Return a number for each response that is the same where all answers are: a sum of marks of its ticks."""
    chance = np.random.default_rng(_SEED)
    marks = np.zeros(size, dtype=np.uint64)
    for name in questions:
        ticks = packed[name]
        places = ticks.places - (int(ticks.places.min()) if len(ticks.places) else 0)
        width = int(places.max()) + 1 if len(places) else 1
        drawn = chance.integers(0, np.iinfo(np.uint64).max, width, dtype=np.uint64)
        np.add.at(marks, ticks.people, drawn[places])
    return marks


def _points(ticks: PackedAnswers, size: int) -> npt.NDArray[np.float64]:
    """Return each response's point on the scale, NaN where there is no real answer."""
    points = np.full(size, np.nan)
    real = ticks.places >= 0
    points[ticks.people[real]] = ticks.places[real]
    return points


def _look_at(points: npt.NDArray[np.float64], numbers: npt.NDArray[np.int64]) -> BatterySigns:
    scores = points[:, numbers].T
    full = ~np.isnan(scores).any(axis=1)
    straight = (scores[full] == scores[full][:, :1]).all(axis=1)
    return BatterySigns(int(full.sum()), int(straight.sum()), cronbach_alpha(scores))
