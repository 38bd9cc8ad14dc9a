"""Making and dropping the weights of a measurement, in one transaction with the line of the log."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, delete, insert

from etl.store.audit import Author, record_action
from etl.store.engine import insert_rows
from etl.store.moments import write_moment
from etl.store.reading.packed_answers import find_wave_id
from etl.store.reading.scope import Scope
from etl.store.reading.wave_basis import read_wave_basis
from etl.store.reading.weights import Recipe, read_profiles
from etl.store.schema_results import response_weight, weighting
from etl.store.scope import Action, Actor

Weigh = Callable[[pd.DataFrame, Mapping[str, Mapping[str, float]]], "pd.Series[float]"]


def write_weighting(
    connection: Connection, actor: Actor, scope: Scope, partnership: str, wave: str, recipe: Recipe, *,
    weigh: Weigh, now: datetime
) -> None:  # fmt: skip
    """Weight a measurement by a recipe; an earlier weighting makes room.

    Args:
        connection: writing connection.
        actor: needs the right to import into the partnership.
        scope: of the actor.
        partnership: slug; ``wave``: slug of the measurement in it.
        wave: see above.
        recipe: margins with where they come from; people of a group without a number are like those who did not say.
        weigh: makes weights of everybody's profile and the margins, for example `surveys.analysis.weighting.rake`.
        now: the moment.

    Raises:
        ForbiddenError: the actor may not.
        LookupError: no such measurement or question.
        FaultError: the margins cannot be met.
    """
    actor.require(Action.IMPORT, partnership)
    wave_id = find_wave_id(connection, scope, partnership, wave)
    profiles = read_profiles(connection, wave_id, list(recipe.margins))
    for name, margin in recipe.margins.items():
        # Of a group whose number nobody knows ("inna") nothing can be mended: its people get the mean weight.
        profiles[name] = profiles[name].where(profiles[name].isin(list(margin)), None)
    weights = weigh(profiles, recipe.margins)
    _delete(connection, wave_id)
    facts = {"margins": dict(recipe.margins), "source": recipe.source, "as_of": recipe.as_of}
    connection.execute(
        insert(weighting).values(
            wave_id=wave_id,
            recipe=json.dumps(facts, ensure_ascii=False),
            basis=read_wave_basis(connection, wave_id),
            made_by=actor.name,
            made_at=write_moment(now),
        )
    )
    relative = weights / weights.mean()
    rows = [(int(number), float(weight)) for number, weight in relative.items()]  # type: ignore[call-overload] # the index holds numbers
    insert_rows(connection, "response_weight", ("response_no", "weight"), rows, shared={"wave_id": wave_id})
    by = Author(actor.name, now)
    record_action(connection, by, "weigh_wave", f"partnership:{partnership}", {"wave": wave, "responses": len(rows)})


def delete_weighting(
    connection: Connection, actor: Actor, scope: Scope, partnership: str, wave: str, *, now: datetime
) -> None:
    """Drop a measurement's weighting.

    Raises:
        ForbiddenError: the actor may not.
        LookupError: no such measurement.
    """
    actor.require(Action.IMPORT, partnership)
    _delete(connection, find_wave_id(connection, scope, partnership, wave))
    record_action(connection, Author(actor.name, now), "unweigh_wave", f"partnership:{partnership}", {"wave": wave})


def _delete(connection: Connection, wave_id: int) -> None:
    for table in (response_weight, weighting):
        connection.execute(delete(table).where(table.c.wave_id == wave_id))
