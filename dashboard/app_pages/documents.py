"""Dokumenty: the diagnosis as a document, in the shape that is needed, as a file to take away."""

import streamlit as st

from dashboard.document_story.choosing import choose_document
from dashboard.document_story.making import show_making, show_versions
from dashboard.document_story.own_texts import show_own_texts
from dashboard.refused_requests import show_refusal
from dashboard.visit import current_visit


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("documents.page.title"), anchor=False)
    st.markdown(visit.say("documents.page.what"))
    show_refusal(visit.language)
    left, right = st.columns([2, 3], gap="large")
    with left:
        chosen = choose_document(visit)
    if chosen is None:
        return
    with right:
        with st.container(border=True, key="card-document"):
            st.header(visit.say(f"documents.kind.{chosen.kind.value}.name"), anchor=False)
            show_making(visit, chosen)
            show_versions(visit, chosen)
        show_own_texts(visit, chosen)


tell()
