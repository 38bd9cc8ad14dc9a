"""What is shared, kept until the data change; whether somebody may see it is asked anew at every run."""

import streamlit as st

from dashboard.data import current_store
from etl.store.reading.shared_results import SharedResults, read_populations, read_shared_results
from etl.store.scope import Action, Actor


def read_shared(actor: Actor, *, sample: bool) -> SharedResults:
    """Return the results that partnerships agreed to show to others, asked with the rights of whoever looks."""
    store = current_store()
    # Whether somebody may is asked anew at every run; what is shown then is the same for all who may.
    may = actor.may(Action.SEE_SAMPLE if sample else Action.SEE_SHARED_RESULTS)
    return _shared_results(str(store.url), store.data_revision(), sample, may, actor)


def read_area_people(teryts: tuple[str, ...], *, sample: bool) -> dict[str, float]:
    """Return the loaded numbers of inhabitants by area."""
    store = current_store()
    return _area_people(str(store.url), store.data_revision(), teryts, sample)


@st.cache_resource(max_entries=8, show_spinner=False)
def _shared_results(
    url: str,
    revision: int,
    sample: bool,  # noqa: FBT001 # a part of the key
    may: bool,  # noqa: FBT001 # a part of the key
    _actor: Actor,
) -> SharedResults:
    del url, revision, may  # parts of the key
    with current_store().read() as connection:
        return read_shared_results(connection, _actor, sample=sample)


@st.cache_resource(max_entries=8, show_spinner=False)
def _area_people(
    url: str,
    revision: int,
    teryts: tuple[str, ...],
    sample: bool,  # noqa: FBT001 # a part of the key
) -> dict[str, float]:
    del url, revision  # parts of the key
    with current_store().read() as connection:
        return read_populations(connection, teryts, sample=sample)
