"""What people have to be told of their data: asked for when a link is prepared, and mended until it opens."""

from datetime import date

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.refused_beside import keep_refusal_of, refused_codes
from dashboard.visit import Visit
from etl.store.collection_rows import Collection, Notice

_YEARS_KEPT = 2


def show_notice(visit: Visit, found: Collection, today: date) -> None:
    """Show the notice of a link that is being prepared, to be completed."""
    with (
        # What is missing is asked for at once, where it can be entered.
        st.expander(
            visit.say("collections.notice.change"),
            icon=":material/edit:",
            expanded=bool(refused_codes(found.uid) & {"COLLECTION-NOTICE", "COLLECTION-UNTIL"}),
        ),
        st.form(f"notice-{found.uid}", border=False),
    ):
        notice = ask_notice(visit, today, found.notice, found.uid)
        if st.form_submit_button(visit.say("collections.notice.keep"), key=f"notice-keep-{found.uid}"):
            keep_refusal_of(found.uid, services.change_link_notice(current_actor(), found.uid, notice))
            st.rerun()


def ask_notice(visit: Visit, today: date, before: Notice | None, key: str) -> Notice:
    """Ask for a notice, inside a form, and return what stands in its fields.

    Args:
        visit: whose page.
        today: on this machine's calendar.
        before: what is proposed, ``None`` for the program's own proposals.
        key: beginning of the fields' keys.
    """
    st.markdown(f"**{visit.say('collections.notice.title')}**")
    st.caption(visit.say("collections.notice.what"))
    proposal = before or Notice(
        purpose=visit.say("collections.notice.purpose_proposal"),
        legal_basis=visit.say("collections.notice.legal_basis_proposal"),
    )
    controller = st.text_input(
        visit.say("collections.notice.controller"), value=proposal.controller, key=f"{key}-controller", max_chars=300
    )
    contact = st.text_input(
        visit.say("collections.notice.contact"), value=proposal.contact, key=f"{key}-contact", max_chars=300
    )
    purpose = st.text_area(
        visit.say("collections.notice.purpose"),
        value=proposal.purpose,
        key=f"{key}-purpose",
        max_chars=600,
    )
    basis = st.text_area(
        visit.say("collections.notice.legal_basis"),
        value=proposal.legal_basis,
        key=f"{key}-basis",
        max_chars=600,
    )
    until = st.date_input(
        visit.say("collections.notice.until"),
        value=proposal.data_until or today.replace(year=today.year + _YEARS_KEPT, day=min(today.day, 28)),
        key=f"{key}-until",
        format="DD.MM.YYYY",
    )
    special = st.checkbox(
        visit.say("collections.notice.special"), value=proposal.special_categories, key=f"{key}-special"
    )
    words = {
        language: st.text_area(
            visit.say(f"collections.notice.own_{language}"),
            value=proposal.texts.get(language, ""),
            key=f"{key}-words-{language}",
            max_chars=2000,
        )
        for language in ("pl", "en")
    }
    return Notice(
        controller=controller,
        contact=contact,
        legal_basis=basis,
        purpose=purpose,
        data_until=until,
        special_categories=special,
        texts=words,
    )
