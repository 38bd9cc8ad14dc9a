"""What pages read; of one measurement in `dashboard.measurement_data`. What is kept has scope and revision in its key.

Frames of the register are cached per scope: two people who may see the same partnerships share them, nobody else.
Survey counts are kept per scope too; each question shown from them passes the disclosure gate on its own.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.access.premises import current_premises
from etl.store.engine import Store
from etl.store.reading import (
    PlaceShares,
    RegisterFrames,
    Scope,
    SurveyCounts,
    read_asked_vocabularies,
    read_place_shares,
    read_register_frames,
    read_survey_counts,
    read_survey_waves,
    resolve_scope,
    resolve_scope_together,
)
from etl.store.reading.boundaries import Outline, read_boundaries
from etl.store.reading.official_places import OfficialStandings, read_standings
from etl.store.scope import Actor
from surveys.analysis.place_kinds import PlaceKind
from surveys.analysis.side_by_side import SideBySide, set_side_by_side
from surveys.vocabulary import AreaLevel, load


def key_of_scope(scope: Scope) -> str:
    """Return a scope as a part of a key: two people who may see the same partnerships share what is kept.

    One text: Streamlit would hash hundreds of numbers one by one, at every question that is asked.
    """
    return repr((scope.sample, scope.ids))


SCOPE_KEY: dict[str | type[Any], Callable[[Any], Any]] = {Scope: key_of_scope}


def current_store() -> Store:
    """Return this process's open store, the same that the gate asks."""
    return current_premises().store


def find_scope(actor: Actor, *, sample: bool) -> Scope:
    """Return what the actor may see, asked anew at every run."""
    with current_store().read() as connection:
        return resolve_scope(connection, actor, sample=sample)


def find_scope_together(actor: Actor) -> Scope:
    """Return all real partnerships for what they say together (see `resolve_scope_together`)."""
    with current_store().read() as connection:
        return resolve_scope_together(connection, actor)


def register_frames(scope: Scope) -> RegisterFrames:
    """Return the register of a scope, as of the newest committed change."""
    store = current_store()
    return _register_frames(str(store.url), store.data_revision(), scope)


def survey_waves(scope: Scope) -> pd.DataFrame:
    """Return the measurements of a scope (`SurveyCounts.waves`), without asking what people answered."""
    store = current_store()
    return _survey_waves(str(store.url), store.data_revision(), scope)


def survey_counts(scope: Scope) -> SurveyCounts:
    """Return the survey counts of a scope, as of the newest committed change."""
    store = current_store()
    return _survey_counts(str(store.url), store.data_revision(), scope)


def place_shares(scope: Scope, vocabulary: str) -> PlaceShares:
    """Return the counts of the questions of one code list, of every partnership in scope; no gate has seen them."""
    store = current_store()
    return _place_shares(str(store.url), store.data_revision(), scope, vocabulary)


def asked_vocabularies(scope: Scope) -> frozenset[str]:
    """Return the code lists that measurements of a scope asked about."""
    store = current_store()
    return _asked_vocabularies(str(store.url), store.data_revision(), scope)


def side_by_side(
    scope: Scope,
    vocabulary: str,
    *,
    series: str | None = None,
    years: tuple[int, int] | None = None,
    kind: PlaceKind | None = None,
) -> SideBySide:
    """Return the partnerships in scope side by side on one question (see `set_side_by_side`); no gate has seen them."""
    store = current_store()
    return _side_by_side(str(store.url), store.data_revision(), scope, (vocabulary, series, years, kind))


def official_standings(scope: Scope) -> OfficialStandings:
    """Return where the places of the partnerships in scope, and their powiats, stand by official indicators."""
    store = current_store()
    return _official_standings(str(store.url), store.data_revision(), scope)


def read_outlines(level: AreaLevel, *, within: str) -> dict[str, Outline]:
    """Return the imported outlines of a level inside a voivodeship; empty when none were imported."""
    with current_store().read() as connection:
        return read_boundaries(connection, level, within=within)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=SCOPE_KEY)
def _register_frames(url: str, revision: int, scope: Scope) -> RegisterFrames:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_register_frames(connection, scope)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=SCOPE_KEY)
def _survey_counts(url: str, revision: int, scope: Scope) -> SurveyCounts:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_survey_counts(connection, scope)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=SCOPE_KEY)
def _place_shares(url: str, revision: int, scope: Scope, vocabulary: str) -> PlaceShares:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_place_shares(connection, scope, vocabulary)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=SCOPE_KEY)
def _side_by_side(
    url: str,
    revision: int,
    scope: Scope,
    chosen: tuple[str, str | None, tuple[int, int] | None, PlaceKind | None],
) -> SideBySide:
    del url, revision  # parts of the key
    vocabulary, series, years, kind = chosen
    shares = place_shares(scope, vocabulary)
    return set_side_by_side(
        questions=shares.questions,
        options=shares.options,
        counts=shares.counts,
        territory=shares.territory,
        code_list=vocabulary,
        series=series,
        years=years,
        kind=kind,
    )


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=SCOPE_KEY)
def _official_standings(url: str, revision: int, scope: Scope) -> OfficialStandings:
    del url, revision  # parts of the key
    teryts = [str(teryt) for teryt in register_frames(scope).territories["teryt"]]
    lists = load()
    with current_store().read() as connection:
        places = (*teryts, *(teryt[:4] for teryt in teryts if len(teryt) > 4))
        return read_standings(connection, places, lists.areas, lists.indicators, sample=scope.sample)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=SCOPE_KEY)
def _survey_waves(url: str, revision: int, scope: Scope) -> pd.DataFrame:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_survey_waves(connection, scope)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=SCOPE_KEY)
def _asked_vocabularies(url: str, revision: int, scope: Scope) -> frozenset[str]:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_asked_vocabularies(connection, scope)
