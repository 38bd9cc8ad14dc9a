"""Konta i role: who may sign in here and what each may do; for those who keep accounts, and for coordinators."""

import streamlit as st

from dashboard.access.visitor import is_demonstration
from dashboard.accounts_story.adding import show_known_account, show_new_account
from dashboard.accounts_story.listing import show_accounts
from dashboard.accounts_story.roles import name_partnerships
from dashboard.data import current_store
from dashboard.visit import current_visit
from etl.store.accounts import list_accounts, may_create
from etl.store.grants import list_grantable
from etl.store.moments import utc_now


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("accounts.title"), anchor=False)
    if visit.actor.is_anonymous:
        st.markdown(visit.say("accounts.demo" if is_demonstration() else "accounts.signed_out"))
        return
    if not may_create(visit.actor):
        st.markdown(visit.say("accounts.not_yours"))
        return
    st.markdown(visit.say("accounts.what"))
    store, now = current_store(), utc_now()
    grantable = list_grantable(store, visit.actor, now=now)
    names = name_partnerships(visit)
    if not names:
        st.info(visit.say("accounts.no_partnership"), icon=":material/info:")
    show_new_account(visit, grantable, names)
    show_known_account(visit, grantable, names)
    show_accounts(visit, list_accounts(store, visit.actor, now=now), grantable, names)


tell()
