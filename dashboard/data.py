"""What pages read: the only room that caches. Every cached question takes the scope and the revision as arguments.

Frames of the register are cached per scope: two people who may see the same partnerships share them, nobody else.
Survey counts are not cached before the gate; what leaves `publish_…` is small and made anew from them.
"""

from functools import cache

import streamlit as st

from etl.settings import database_url
from etl.store.engine import Store, open_store
from etl.store.reading import (
    RegisterFrames,
    Scope,
    SurveyCounts,
    read_register_frames,
    read_survey_counts,
    resolve_scope,
)
from etl.store.scope import Actor

_SCOPE_KEY = {Scope: lambda scope: (scope.sample, scope.ids)}


@cache
def _store_of(url: str) -> Store:
    return open_store(url)


def current_store() -> Store:
    """Return the configured store, opened once per process."""
    return _store_of(database_url())


def find_scope(actor: Actor, *, sample: bool) -> Scope:
    """Return what the actor may see, asked anew at every run."""
    with current_store().read() as connection:
        return resolve_scope(connection, actor, sample=sample)


def register_frames(scope: Scope) -> RegisterFrames:
    """Return the register of a scope, as of the newest committed change."""
    store = current_store()
    return _register_frames(str(store.url), store.data_revision(), scope)


def survey_counts(scope: Scope) -> SurveyCounts:
    """Return the survey counts of a scope, as of the newest committed change."""
    store = current_store()
    return _survey_counts(str(store.url), store.data_revision(), scope)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=_SCOPE_KEY)
def _register_frames(url: str, revision: int, scope: Scope) -> RegisterFrames:
    del revision  # part of the key
    with _store_of(url).read() as connection:
        return read_register_frames(connection, scope)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=_SCOPE_KEY)
def _survey_counts(url: str, revision: int, scope: Scope) -> SurveyCounts:
    del revision  # part of the key
    with _store_of(url).read() as connection:
        return read_survey_counts(connection, scope)
