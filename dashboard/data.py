"""What pages read: the only room that caches. Every cached question takes the scope and the revision as arguments.

Frames of the register are cached per scope: two people who may see the same partnerships share them, nobody else.
Survey counts are kept per scope too; each question shown from them passes the disclosure gate on its own.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.access.premises import current_premises
from etl.store.engine import Store
from etl.store.reading import (
    RegisterFrames,
    Scope,
    SurveyCounts,
    read_register_frames,
    read_survey_counts,
    resolve_scope,
)
from etl.store.scope import Actor


def _key_of(scope: Scope) -> tuple[bool, tuple[int, ...]]:
    return scope.sample, scope.ids


_SCOPE_KEY: dict[str | type[Any], Callable[[Any], Any]] = {Scope: _key_of}


def current_store() -> Store:
    """Return this process's open store, the same that the gate asks."""
    return current_premises().store


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
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_register_frames(connection, scope)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=_SCOPE_KEY)
def _survey_counts(url: str, revision: int, scope: Scope) -> SurveyCounts:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_survey_counts(connection, scope)
