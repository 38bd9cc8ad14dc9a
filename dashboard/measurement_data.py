"""What pages read of one measurement: kept per scope and revision like everything in `dashboard.data`."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.data import SCOPE_KEY, current_store, survey_counts
from etl.data_quality import QualitySigns, read_quality_signs
from etl.network_answers import NetworkAnswers, read_network_answers
from etl.published_answers import tabulate_breakdown, tabulate_weighted
from etl.store.reading import (
    CrosstabSums,
    Scope,
    StoredWeighting,
    read_crosstab_sums,
    read_frequency_sums,
    read_weighting,
)
from etl.store.reading.number_counts import NumberCounts, PlaceCounts, read_number_counts, read_place_counts
from etl.store.reading.packed_answers import find_wave_id
from etl.store.reading.population import PopulationOffer, read_population_offer
from etl.store.reading.question_rules import read_put_by as read_put_by_of
from etl.store.retention import find_deletion
from etl.store.reviewed_texts import TextRef, read_quotes, read_texts
from etl.store.waiting import answers_wait
from surveys.analysis.crosstabs import Crosstab
from surveys.analysis.frequencies import Bases, count_bases
from surveys.analysis.measured_questions import PutBy
from surveys.analysis.open_answers import OpenAnswers, group_answers
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.survey_tables import describe_asked
from surveys.indicators import AgeBand
from surveys.privacy.crosstab_gate import PublishedCrosstab
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

_UNSAID = Source({"pl": "", "en": ""})


def read_stored_weighting(scope: Scope, partnership: str, wave: str) -> StoredWeighting | None:
    """Return how a measurement is weighted, ``None`` when it is not."""
    with current_store().read() as connection:
        return read_weighting(connection, scope, partnership, wave)


def find_deletion_day(scope: Scope, partnership: str, wave: str) -> date | None:
    """Return the day on which a measurement's single answers were deleted, ``None`` while they are there."""
    with current_store().read() as connection:
        return find_deletion(connection, find_wave_id(connection, scope, partnership, wave))


def has_waiting_answers(scope: Scope, partnership: str, wave: str) -> bool:
    """Return whether new answers of a measurement wait until they are enough to be shown."""
    with current_store().read() as connection:
        return answers_wait(connection, find_wave_id(connection, scope, partnership, wave))


def read_population(scope: Scope, partnership: str, bands: Mapping[str, AgeBand]) -> PopulationOffer | None:
    """Return the loaded numbers of inhabitants of a partnership's territory, ``None`` when there are none."""
    with current_store().read() as connection:
        return read_population_offer(connection, scope, partnership, load().areas, bands)


def read_breakdown(
    scope: Scope, partnership: str, wave: str, question: str, by: str, *, weighted: bool
) -> tuple[PublishedCrosstab, Crosstab | None]:
    """Return a question by groups as the gate lets it out (its source is still to be said), and its tests.

    The ledger of what was shown is asked by `dashboard.services.admit_shown`, anew each time it is shown.
    """
    store = current_store()
    return _breakdown(str(store.url), store.data_revision(), scope, (partnership, wave, question, by), weighted)


def read_weighted(scope: Scope, partnership: str, wave: str, question: str) -> PublishedTable:
    """Return a question's weighted shares; their source is still to be said."""
    store = current_store()
    return _weighted(str(store.url), store.data_revision(), scope, (partnership, wave, question))


def read_signs(
    scope: Scope, partnership: str, wave: str, questions: tuple[str, ...], batteries: tuple[tuple[str, ...], ...]
) -> QualitySigns:
    """Return the signs of careless answers in a measurement, as counts that have not passed the gate."""
    store = current_store()
    return _signs(str(store.url), store.data_revision(), scope, (partnership, wave), questions, batteries)


def read_put_by(scope: Scope, partnership: str, wave: str) -> PutBy:
    """Return by which form, and by which rules, a measurement put its questions."""
    store = current_store()
    return _put_by(str(store.url), store.data_revision(), scope, (partnership, wave))


def read_network_said(scope: Scope, partnership: str, wave: str, kinds: tuple[str, ...]) -> NetworkAnswers:
    """Return which organisations named which in a measurement; it is made of nothing else."""
    store = current_store()
    return _network_said(str(store.url), store.data_revision(), scope, (partnership, wave), kinds)


def read_named_things(scope: Scope, partnership: str, wave: str, question: str) -> OpenAnswers:
    """Return what many people named in their own words; places of answers in it are never to be shown."""
    store = current_store()
    return _named_things(str(store.url), store.data_revision(), scope, TextRef(partnership, wave, question))


def read_open_quotes(scope: Scope, where: TextRef) -> list[str]:
    """Return the open answers that a person has read and allowed to quote, asked anew at every run."""
    with current_store().read() as connection:
        return read_quotes(connection, scope, where)


def read_bases(scope: Scope, partnership: str, wave: str, question: str) -> Bases:
    """Return who answered a question and who did not; it has not passed the gate."""
    store = current_store()
    return _bases(str(store.url), store.data_revision(), scope, (partnership, wave, question))


def read_pairs(scope: Scope, partnership: str, wave: str, question: str, by: str) -> tuple[CrosstabSums, CrosstabSums]:
    """Return a question by another, and the other by it, as sums that have not passed the gate."""
    with current_store().read() as connection:
        return (
            read_crosstab_sums(connection, scope, partnership, wave, question, by),
            read_crosstab_sums(connection, scope, partnership, wave, by, question),
        )


def read_numbers(scope: Scope, partnership: str, wave: str, question: str) -> NumberCounts:
    """Return how many people gave each number; they have not passed the gate."""
    with current_store().read() as connection:
        return read_number_counts(connection, scope, partnership, wave, question)


def read_places(scope: Scope, partnership: str, wave: str, question: str) -> PlaceCounts:
    """Return how many people put each option at each place; they have not passed the gate."""
    with current_store().read() as connection:
        return read_place_counts(connection, scope, partnership, wave, question)


def _asked(scope: Scope, partnership: str, wave: str, question: str) -> tuple[Row, pd.DataFrame]:
    counts = survey_counts(scope)
    kept = [
        frame[(frame["partnership"] == partnership) & (frame["wave"] == wave) & (frame["question"] == question)]
        for frame in (counts.questions, counts.choices)
    ]
    return rows_of(kept[0])[0], kept[1]


def _sampled(scope: Scope, partnership: str, wave: str) -> Source:
    """Return a source that says how people came into a measurement: intervals follow from it."""
    waves = survey_counts(scope).waves
    found = rows_of(waves[(waves["partnership"] == partnership) & (waves["wave"] == wave)])
    return describe_asked(_UNSAID, found[0])


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=SCOPE_KEY)
def _breakdown(
    url: str,
    revision: int,
    scope: Scope,
    names: tuple[str, str, str, str],
    weighted: bool,  # noqa: FBT001 # a part of the key
) -> tuple[PublishedCrosstab, Crosstab | None]:
    del url, revision  # parts of the key
    partnership, wave, question, by = names
    with current_store().read() as connection:
        return tabulate_breakdown(
            connection,
            scope,
            _asked(scope, partnership, wave, question),
            _asked(scope, partnership, wave, by),
            source=_sampled(scope, partnership, wave),
            weighted=weighted,
        )


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=SCOPE_KEY)
def _weighted(url: str, revision: int, scope: Scope, names: tuple[str, str, str]) -> PublishedTable:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return tabulate_weighted(connection, scope, *_asked(scope, *names), source=_sampled(scope, *names[:2]))


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=SCOPE_KEY)
def _put_by(url: str, revision: int, scope: Scope, names: tuple[str, str]) -> PutBy:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_put_by_of(connection, scope, *names)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=SCOPE_KEY)
def _signs(
    url: str,
    revision: int,
    scope: Scope,
    names: tuple[str, str],
    questions: tuple[str, ...],
    batteries: tuple[tuple[str, ...], ...],
) -> QualitySigns:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_quality_signs(connection, scope, *names, questions, batteries)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=SCOPE_KEY)
def _network_said(
    url: str, revision: int, scope: Scope, names: tuple[str, str], kinds: tuple[str, ...]
) -> NetworkAnswers:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_network_answers(connection, scope, *names, kinds)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={**SCOPE_KEY, TextRef: repr})
def _named_things(url: str, revision: int, scope: Scope, where: TextRef) -> OpenAnswers:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        texts = read_texts(connection, scope, where)
    return group_answers([text for _, text in texts], [number for number, _ in texts])


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=SCOPE_KEY)
def _bases(url: str, revision: int, scope: Scope, names: tuple[str, str, str]) -> Bases:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        sums = read_frequency_sums(connection, scope, *names)
    return count_bases(sums.people, int(sums.base.people[0]), sums.missing)
