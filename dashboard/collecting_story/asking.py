"""Whom a link will ask: shown while it is prepared and open, and corrected until it opens."""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.escaping import plain
from dashboard.fieldwork_boxes import ask_fieldwork
from dashboard.refused_beside import keep_refusal_of, refused_codes
from dashboard.visit import Visit
from etl.store.collection_rows import Collection, CollectionState
from surveys.analysis.sampling import describe_fieldwork, usual_fieldwork
from surveys.model import Fieldwork, Form


def show_asked(visit: Visit, found: Collection, form: Form) -> None:
    """Say what its results will say of whom a link that is being prepared asked."""
    asked = _fieldwork_of(found, form)
    if found.state is CollectionState.DRAFT and asked != Fieldwork():
        words = describe_fieldwork(asked, None, visit.language)
        st.caption(visit.say("collections.asked.will_say", words=plain(words)))


def change_asked(visit: Visit, found: Collection, form: Form) -> None:
    """Let a coordinator correct whom a link that is being prepared will ask."""
    with (
        st.expander(
            visit.say("collections.asked.change"),
            icon=":material/edit:",
            expanded="FIELDWORK-INVITED" in refused_codes(found.uid),
        ),
        st.form(f"asked-{found.uid}", border=False),
    ):
        fieldwork = ask_asked(visit, _fieldwork_of(found, form), found.uid)
        if st.form_submit_button(visit.say("collections.asked.keep"), key=f"asked-keep-{found.uid}"):
            keep_refusal_of(found.uid, services.change_link_asked(current_actor(), found.uid, fieldwork))
            st.rerun()


def ask_asked(visit: Visit, start: Fieldwork, key: str) -> Fieldwork:
    """Ask whom a survey will ask, inside a form, and return what stands in the boxes.

    Args:
        visit: whose page.
        start: what is proposed.
        key: end of the boxes' keys.
    """
    st.markdown(f"**{visit.say('collections.asked.title')}**")
    st.caption(visit.say("collections.asked.what"))
    return ask_fieldwork(visit.language, start, key)


def propose_fieldwork(form: Form, *, own: bool) -> Fieldwork:
    """Return whom a form is usually put to; of a partnership's own one nothing is known."""
    return usual_fieldwork("" if own else form.form_id)


def _fieldwork_of(found: Collection, form: Form) -> Fieldwork:
    return found.fieldwork or propose_fieldwork(form, own=found.own_form)
