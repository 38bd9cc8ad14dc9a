"""Kwestionariusze: look at one, take it away, build one's own."""

import streamlit as st

from dashboard.access.visitor import is_demonstration
from dashboard.questionnaire_story.address import read_address
from dashboard.questionnaire_story.choosing import show_list
from dashboard.questionnaire_story.looking import show_questionnaire
from dashboard.refused_requests import show_refusal
from dashboard.visit import current_visit


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("questionnaires.title"), anchor=False)
    if visit.actor.is_anonymous and not is_demonstration():
        st.markdown(visit.say("questionnaires.signed_out"))
        return
    show_refusal(visit.language)
    chosen = read_address()
    if chosen is None:
        show_list(visit)
    else:
        show_questionnaire(visit, chosen)


tell()
