"""Wgraj dane: choose a file, see what it is, mend or decide, see what would change, load."""

import streamlit as st

from dashboard.access.visitor import is_demonstration
from dashboard.refused_requests import show_refusal
from dashboard.upload_story.address import read_address
from dashboard.upload_story.choosing import show_choosing
from dashboard.upload_story.conversation import show_file
from dashboard.upload_story.rights import find_rights
from dashboard.visit import current_visit


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("upload.title"), anchor=False)
    if visit.actor.is_anonymous and not is_demonstration():
        st.markdown(visit.say("upload.signed_out"))
        return
    show_refusal(visit.language)
    upload = read_address()
    if upload is None:
        show_choosing(visit, find_rights(visit.actor))
    else:
        show_file(visit, upload)


tell()
