"""The day until which single answers are kept: said, and on that day kept, by a person who is asked twice."""

from datetime import date

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.refused_beside import keep_refusal_of
from dashboard.visit import Visit
from etl.store.collection_rows import Collection, CollectionState
from etl.store.scope import Action
from surveys.language.numerals import format_date

_ASKED = "retention_asked"


def show_until(visit: Visit, found: Collection, today: date) -> None:
    """Say until when single answers are kept; from that day on, let whoever collects them delete them."""
    until = found.notice.data_until
    if until is None or found.sample:
        return
    day = format_date(until, visit.language)
    if found.answers_deleted_on is not None:
        done = format_date(found.answers_deleted_on, visit.language)
        st.caption(f":material/check_circle: {visit.say('collections.until_done', day=done)}")
    elif until > today:
        st.caption(visit.say("collections.until", day=day))
    else:
        st.warning(visit.say("collections.until_over", day=day), icon=":material/warning:")
        if visit.actor.may(Action.COLLECT, found.partnership):
            _show_deletion(visit, found)


def _show_deletion(visit: Visit, found: Collection) -> None:
    if found.state is CollectionState.OPEN:
        st.markdown(visit.say("collections.retention.close_first"))
        return
    if st.session_state.get(_ASKED) != found.uid:
        st.button(
            visit.say("collections.retention.delete"),
            icon=":material/delete_forever:",
            key=f"retention-{found.uid}",
            on_click=_ask,
            args=(found.uid,),
        )
        return
    with st.container(border=True, key=f"card-retention-{found.uid}"):
        st.markdown(visit.say("collections.retention.sure"))
        with st.container(horizontal=True):
            st.button(
                visit.say("collections.retention.yes"),
                type="primary",
                key=f"retention-yes-{found.uid}",
                on_click=_delete,
                args=(found.uid,),
            )
            st.button(visit.say("collections.no"), key=f"retention-no-{found.uid}", on_click=_ask, args=(None,))


def _ask(uid: str | None) -> None:
    st.session_state[_ASKED] = uid


def _delete(uid: str) -> None:
    st.session_state[_ASKED] = None
    keep_refusal_of(uid, services.delete_single_answers(current_actor(), uid))
