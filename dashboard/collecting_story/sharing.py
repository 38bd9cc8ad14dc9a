"""A link where people see it: address, QR code, poster, tablet, preview; and one-time codes to be printed once."""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.collecting_story.addresses import find_addresses
from dashboard.collecting_story.printing import draw_qr, write_codes, write_poster
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.refused_requests import keep_refusal
from dashboard.visit import Visit
from etl.store.collection_rows import Access, Collection, CollectionState, count_codes
from surveys.language.numerals import format_date
from surveys.model.form import Form, say
from surveys.privacy.disclosure import STANDARD_RULES

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MADE = "made_codes"
_USUAL_CODES = 100


def show_sharing(visit: Visit, found: Collection, form: Form) -> None:
    """Show where a form is opened and what can be printed of it."""
    addresses = find_addresses(found)
    ways = [f"[{visit.say('collections.preview')}]({addresses.preview})"]
    if found.state is not CollectionState.DRAFT:
        ways.append(f"[{visit.say('collections.fill_in')}](/a/{found.token})")
    st.markdown(" · ".join(ways))
    if found.state is CollectionState.DRAFT:
        st.caption(visit.say("collections.draft_hint"))
        return
    expander = st.expander(visit.say("collections.share"), key=f"share-{found.uid}", on_change="rerun")
    if not expander.open:
        return
    with expander:
        if addresses.only_here:
            st.warning(visit.say("collections.only_here"), icon=":material/warning:")
        picture, words = st.columns([1, 2])
        picture.image(draw_qr(addresses.form, "png"), caption=visit.say("collections.qr"), width=220)
        with words:
            st.markdown(visit.say("collections.address"))
            st.code(addresses.form, language=None, wrap_lines=True)
            st.markdown(visit.say("collections.short"))
            st.code(addresses.short, language=None, wrap_lines=True)
            if addresses.kiosk is not None:
                st.markdown(visit.say("collections.kiosk"))
                st.code(addresses.kiosk, language=None, wrap_lines=True)
        title = say(form.titles, visit.language) or found.name
        poster = write_poster(
            title,
            found.partnership_name,
            addresses.form,
            addresses.short,
            format_date(found.closes_on, visit.language),
            visit.language,
        )
        with st.container(horizontal=True):
            for key, data, kind, mime in (
                ("png", draw_qr(addresses.form, "png"), "png", "image/png"),
                ("svg", draw_qr(addresses.form, "svg"), "svg", "image/svg+xml"),
                ("poster", poster, "docx", _DOCX),
            ):
                st.download_button(
                    visit.say(f"collections.download_{key}"),
                    data,
                    file_name=f"{found.partnership}-{found.wave}-{key}.{kind}",
                    mime=mime,
                    key=f"{key}-{found.uid}",
                )


def show_codes(visit: Visit, found: Collection) -> None:
    """Show how many codes there are, and let more be made; those just made can be printed, once."""
    if found.access is not Access.CODES or found.state is CollectionState.CLOSED:
        return
    with current_store().read() as connection:
        counts = count_codes(connection, found.id)
    used = counts.used if counts.used >= STANDARD_RULES.min_base else None
    st.markdown(
        visit.say("collections.codes.made", n=counts.made)
        + (" " + visit.say("collections.codes.used", n=used) if used is not None else "")
    )
    made: dict[str, tuple[str, ...]] = st.session_state.get(_MADE, {})
    if found.uid in made:
        st.warning(visit.say("collections.codes.once"), icon=":material/print:")
        address = find_addresses(found).short
        st.download_button(
            visit.say("collections.codes.download"),
            write_codes(plain(found.name), address, made[found.uid], visit.language),
            file_name=f"{found.partnership}-{found.wave}-kody.docx",
            mime=_DOCX,
            key=f"codes-file-{found.uid}",
            on_click="ignore",
        )
        st.button(visit.say("collections.codes.hide"), key=f"codes-hide-{found.uid}", on_click=_hide)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = st.number_input(
            visit.say("collections.codes.count"),
            min_value=1,
            max_value=5000,
            value=_USUAL_CODES,
            key=f"codes-count-{found.uid}",
        )
        st.button(
            visit.say("collections.codes.make"),
            key=f"codes-make-{found.uid}",
            on_click=_make,
            args=(found.uid, int(count)),
        )


def _make(uid: str, count: int) -> None:
    codes, report = services.make_codes(current_actor(), uid, count)
    if not keep_refusal(report):
        st.session_state[_MADE] = {uid: codes}


def _hide() -> None:
    st.session_state[_MADE] = {}
