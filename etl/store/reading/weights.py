"""How a measurement is weighted, whether that still holds, and the answers that weights are made of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from etl.store import schema as s
from etl.store.reading.packed_answers import Floats, find_questions, find_wave_id, read_packed
from etl.store.reading.scope import Scope
from etl.store.reading.wave_basis import read_wave_basis
from etl.store.schema_results import response_weight, weighting


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a measurement is weighted to.

    Attributes:
        margins: people of the population (or shares) by question and code.
        source: where the margins come from, in a person's words.
        as_of: of which day or year they are, as written.
    """

    margins: Mapping[str, Mapping[str, float]]
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class StoredWeighting:
    """A measurement's weighting.

    Attributes:
        holds: the answers are those that the weights were made of; otherwise they have to be made anew.
        people: responses with a weight.
        effective: effective number of people (Kish); ``design_effect``: people divided by it.
        lowest, highest: the smallest and the largest weight, where the mean is 1.
    """

    recipe: Recipe
    holds: bool
    made_by: str
    made_at: str
    people: int
    effective: float
    design_effect: float
    lowest: float
    highest: float


def read_weighting(connection: Connection, scope: Scope, partnership: str, wave: str) -> StoredWeighting | None:
    """Return how a measurement is weighted, ``None`` when it is not.

    Raises:
        LookupError: no such measurement in scope.
    """
    wave_id = find_wave_id(connection, scope, partnership, wave)
    row = connection.execute(select(weighting).where(weighting.c.wave_id == wave_id)).one_or_none()
    if row is None:
        return None
    weights = np.array(
        connection.execute(select(response_weight.c.weight).where(response_weight.c.wave_id == wave_id)).scalars().all()
    )
    effective = float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0
    recipe = json.loads(row.recipe)
    return StoredWeighting(
        Recipe(recipe["margins"], recipe["source"], recipe["as_of"]),
        row.basis == read_wave_basis(connection, wave_id) and len(weights) > 0,
        row.made_by,
        row.made_at,
        len(weights),
        effective,
        len(weights) / effective if effective else 1.0,
        float(weights.min()) if len(weights) else 1.0,
        float(weights.max()) if len(weights) else 1.0,
    )


def read_weights(connection: Connection, wave_id: int) -> Floats | None:
    """Return each response's weight at the place of its number, 0 where there is none.

    ``None`` without a weighting that holds: weights of other answers are nobody's weights.
    """
    basis = connection.execute(select(weighting.c.basis).where(weighting.c.wave_id == wave_id)).scalar()
    if basis is None or basis != read_wave_basis(connection, wave_id):
        return None
    weight = response_weight.c
    rows = connection.execute(select(weight.response_no, weight.weight).where(weight.wave_id == wave_id)).all()
    if not rows:
        return None
    weights = np.zeros(max(row[0] for row in rows) + 1)
    weights[[row[0] for row in rows]] = [row[1] for row in rows]
    return weights


def read_profiles(connection: Connection, wave_id: int, names: Sequence[str]) -> pd.DataFrame:
    """Return everybody's answers to exclusive questions, for the making of weights: they stay in the store's room.

    Index: response_no; a column of codes for each question, ``None`` where there is no real answer.

    Raises:
        LookupError: one of the questions is not there.
    """
    numbers = connection.execute(
        select(s.response.c.response_no).where(s.response.c.wave_id == wave_id).order_by(s.response.c.response_no)
    )
    index = pd.Index(numbers.scalars().all(), name="response_no", dtype="int64")
    asked = find_questions(connection, wave_id, names)
    packed = read_packed(connection, wave_id, list(asked.values()))
    frame = pd.DataFrame(index=index, columns=list(names), dtype=object)
    for name in names:
        ticks, options = packed[name], asked[name].options
        real = ticks.places >= 0
        said = pd.Series([options[place] for place in ticks.places[real]], index=ticks.people[real], dtype=object)
        frame[name] = said[~said.index.duplicated()].reindex(index)
    return frame
