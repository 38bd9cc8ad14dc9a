"""Spotkania: prepare a meeting of the partnership, run it, and see what it left."""

import streamlit as st

from dashboard.access.visitor import is_demonstration
from dashboard.data import current_store
from dashboard.meeting_story.listing import show_meetings
from dashboard.meeting_story.preparing import show_new
from dashboard.refused_requests import show_refusal
from dashboard.upload_story.rights import find_rights
from dashboard.visit import current_visit
from etl.store.meeting_rows import list_meetings
from etl.store.moments import utc_now
from etl.store.scope import Action


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("meetings.title"), anchor=False)
    if visit.actor.is_anonymous and not is_demonstration():
        st.markdown(visit.say("meetings.signed_out"))
        return
    st.markdown(visit.say("meetings.what"))
    show_refusal(visit.language)
    with current_store().read() as connection:
        listed = list_meetings(connection, visit.actor, visit.scope.ids)
    targets = [
        target
        for target in find_rights(visit.actor).seen
        if visit.actor.may(Action.MEET, target.slug) and target.sample == visit.scope.sample
    ]
    if targets:
        with st.expander(visit.say("meetings.new.title"), icon=":material/add:", expanded=not listed):
            show_new(visit, targets, utc_now().astimezone().date())
    if listed:
        show_meetings(visit, listed)
    else:
        st.markdown(visit.say("meetings.none" if targets else "meetings.none_here"))


tell()
