"""Ankiety: links to our own web form – prepare one, give it out, see how many answered, close it."""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import is_demonstration
from dashboard.collecting_story.listing import show_links
from dashboard.collecting_story.preparing import show_new
from dashboard.data import current_store
from dashboard.refused_beside import NEW, refused_codes
from dashboard.refused_requests import show_refusal
from dashboard.upload_story.rights import find_rights
from dashboard.visit import current_visit
from etl.store.collections import list_collections
from etl.store.moments import utc_now
from etl.store.scope import Action


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("collections.title"), anchor=False)
    if visit.actor.is_anonymous and not is_demonstration():
        st.markdown(visit.say("collections.signed_out"))
        return
    st.markdown(visit.say("collections.what"))
    show_refusal(visit.language)
    today = utc_now().astimezone().date()
    services.close_overdue_links(today)
    with current_store().read() as connection:
        links = list_collections(connection, visit.actor, visit.scope.ids)
    targets = [
        target
        for target in find_rights(visit.actor).seen
        if visit.actor.may(Action.COLLECT, target.slug) and target.sample == visit.scope.sample
    ]
    if targets:
        with st.expander(
            visit.say("collections.new.title"), icon=":material/add:", expanded=not links or bool(refused_codes(NEW))
        ):
            show_new(visit, targets, links, today)
    if links:
        show_links(visit, links, today)
    else:
        st.markdown(visit.say("collections.none"))


tell()
