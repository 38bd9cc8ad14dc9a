"""Results of surveys for an open package: shares through the disclosure gate, and words that may be quoted.

Each question of a measurement by itself, as on the page of results, without any breakdown by groups. A measurement
that came with an open package itself has no answers here: what it came with goes on as it is.
"""

import json
from collections.abc import Iterator, Sequence

import pandas as pd
from sqlalchemy import Connection, exists, insert, select

from etl.store import schema as s
from etl.store.package_cells import write_text
from etl.store.package_plan import join_key
from etl.store.reading import SurveyCounts, read_survey_counts, resolve_scope
from etl.store.reading.scope import Scope
from etl.store.reviewed_texts import TextRef, read_quotes
from etl.store.schema_packages import published_extract
from etl.store.scope import Actor
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.survey_tables import tabulate_question
from surveys.privacy.published import PublishedRow, Source

SHARES, QUOTES = "published_share", "published_quote"
HEADERS: dict[str, tuple[str, ...]] = {
    SHARES: ("wave", "question", "wording", "code", "label", "count", "people", "share", "low", "high", "shown"),
    QUOTES: ("wave", "question", "text"),
}
NUMBERS = frozenset({"share", "low", "high"})
WHOLE_NUMBERS = frozenset({"count", "people"})
_UNSAID = Source({"pl": "", "en": ""})
_DECIMALS = 4


def read_results(connection: Connection) -> dict[str, list[list[str]]]:
    """Return the rows of both files of results, of all real measurements that are not being collected."""
    scope = resolve_scope(connection, Actor.at_machine(), sample=False)
    counts = read_survey_counts(connection, scope)
    found: dict[str, list[list[str]]] = {SHARES: [], QUOTES: []}
    kept = _read_kept(connection)
    questions = dict(iter(counts.questions.groupby(["partnership", "wave"], sort=False)))
    choices = dict(iter(counts.choices.groupby(["partnership", "wave", "question"], sort=False)))
    for wave in rows_of(counts.waves):
        key = join_key((str(wave["partnership"]), str(wave["wave"])))
        asked = questions.get((wave["partnership"], wave["wave"]))
        if asked is None or asked.empty:
            for part in found:
                found[part] += [[key, *cells] for cells in kept.get((key, part), ())]
            continue
        for question in rows_of(asked):
            options = choices.get((wave["partnership"], wave["wave"], question["question"]))
            if options is not None:
                found[SHARES] += list(_shares(key, question, options))
        found[QUOTES] += list(_quotes(connection, scope, key, counts, wave))
    return found


def keep_results(connection: Connection, waves: dict[str, int], part: str, rows: Sequence[Sequence[str]]) -> None:
    """Keep the rows of a file of results that came with an open package.

    Args:
        connection: writing connection.
        waves: number of each measurement by its key.
        part: which file.
        rows: cells, the measurement's key first.

    Raises:
        LookupError: a row names a measurement that is not there.
    """
    if rows:
        values = [
            {"wave_id": waves[row[0]], "part": part, "position": place, "cells": json.dumps(list(row[1:]))}
            for place, row in enumerate(rows)
        ]
        connection.execute(insert(published_extract), values)


def _read_kept(connection: Connection) -> dict[tuple[str, str], list[list[str]]]:
    has_answers = exists().where(s.choice_count.c.wave_id == s.wave.c.id)
    rows = connection.execute(
        select(s.partnership.c.slug, s.wave.c.slug.label("wave"), published_extract.c.part, published_extract.c.cells)
        .join_from(published_extract, s.wave)
        .join(s.partnership)
        .where(~has_answers)
        .order_by(published_extract.c.wave_id, published_extract.c.part, published_extract.c.position)
    )
    kept: dict[tuple[str, str], list[list[str]]] = {}
    for row in rows:
        kept.setdefault((join_key((row.slug, row.wave)), row.part), []).append(json.loads(row.cells))
    return kept


def _shares(key: str, question: Row, options: pd.DataFrame) -> Iterator[list[str]]:
    for row in tabulate_question(question, options, source=_UNSAID).rows:
        yield [key, _text(question["question"]), _text(question["text_pl"]), *_cells(row)]


def _cells(row: PublishedRow) -> list[str]:
    whole = ["" if value is None else str(value) for value in (row.count, row.base)]
    shares = ["" if value is None else str(round(value, _DECIMALS)) for value in (row.value, row.low, row.high)]
    return [_text(row.keys[0]), _text(row.labels["pl"][0]), *whole, *shares, row.state.value]


def _quotes(connection: Connection, scope: Scope, key: str, counts: SurveyCounts, wave: Row) -> Iterator[list[str]]:
    questions = counts.questions
    mine = questions[(questions["partnership"] == wave["partnership"]) & (questions["wave"] == wave["wave"])]
    for name in mine["question"]:
        where = TextRef(str(wave["partnership"]), str(wave["wave"]), str(name))
        for text in read_quotes(connection, scope, where):
            yield [key, _text(name), _text(text)]


def _text(value: object) -> str:
    return write_text(str(value), may_lack=False)
