"""Importy: what was loaded, when, by whom and from which file; and the way to undo it."""

import streamlit as st

from dashboard.access.visitor import is_demonstration
from dashboard.data import current_store
from dashboard.import_history import newest_undoings, show_history
from dashboard.refused_requests import show_refusal
from dashboard.remembered_decisions import show_remembered
from dashboard.upload_story.rights import find_rights
from dashboard.visit import current_visit
from etl.jobs import requests
from etl.store.batches import list_batches


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("imports.title"), anchor=False)
    if visit.actor.is_anonymous and not is_demonstration():
        st.markdown(visit.say("imports.signed_out"))
        return
    show_refusal(visit.language)
    store = current_store()
    # The jobs first: an undo that ends between the two looks then shows as running, never its import as still there.
    undoings = newest_undoings(requests.list_undoings(store, visit.actor))
    with store.read() as connection:
        batches = [batch for batch in list_batches(connection, visit.actor) if batch.sample == visit.scope.sample]
    if not batches:
        st.markdown(visit.say("imports.none"))
        st.page_link("app_pages/upload.py", label=visit.say("nav.upload"), icon=":material/upload_file:")
    else:
        st.markdown(visit.say("imports.what"))
        show_history(visit, batches, undoings)
    show_remembered(visit, find_rights(visit.actor))


tell()
