"""What can be printed of a meeting: sheets before it, with the codes that exist only on them, and minutes after it."""

import streamlit as st

from dashboard.access.premises import current_premises
from dashboard.access.reach import Trouble, find_reach
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.documents.meeting_sheets import write_sheets
from dashboard.escaping import plain
from dashboard.meetings.writing import MeetingWriter
from dashboard.refused_requests import keep_refusal
from dashboard.visit import Visit
from etl.store.meeting_rows import StoredMeeting
from etl.store.vote_rounds import count_codes
from surveys.model.meeting import MeetingState, VoteAccess

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MADE = "made_vote_codes"


def show_sheets(visit: Visit, found: StoredMeeting) -> None:
    """Show how to print the sheets; where people vote by codes, the codes are made with them and shown this once."""
    by_codes = found.meeting.access is VoteAccess.CODES
    made: dict[str, tuple[str, ...]] = st.session_state.get(_MADE, {})
    if by_codes and found.uid not in made:
        with current_store().read() as connection:
            count = count_codes(connection, found.id)
        if count:
            st.caption(visit.say("meetings.sheets.there", n=count))
        key = "again" if count else "make"
        st.button(visit.say(f"meetings.sheets.{key}"), key=f"sheets-{found.uid}", on_click=_make, args=(found.uid,))
        return
    if by_codes:
        st.warning(visit.say("meetings.sheets.once"), icon=":material/print:")
    reach = find_reach(current_premises().entrance, st.context.headers.get("Host") or "localhost")
    start = reach.origin
    if reach.trouble is not Trouble.NONE:
        st.warning(visit.say(f"meetings.sheets.{reach.trouble}"), icon=":material/wifi_off:")
    elif reach.local:
        st.caption(visit.say("meetings.sheets.local", address=plain(start.partition("://")[2])))
    st.download_button(
        visit.say("meetings.sheets.download"),
        write_sheets(
            found,
            made.get(found.uid, ()),
            address=f"{start}/g/{found.token}",
            short=f"{start}/g/{found.short_token}",
            language=visit.language,
        ),
        file_name=f"{found.meeting.partnership}-{found.meeting.held_on.isoformat()}-karty.docx",
        mime=_DOCX,
        key=f"sheets-file-{found.uid}",
        on_click="ignore",
    )


def show_minutes(visit: Visit, found: StoredMeeting) -> None:
    """Offer the minutes; they are written when somebody opens the link, as of that moment."""
    key = "minutes" if found.meeting.state is MeetingState.CLOSED else "minutes_draft"
    st.markdown(f"[{visit.say(f'meetings.{key}')}](/spotkanie/{found.uid}/protokol.docx?lang={visit.language})")


def _make(uid: str) -> None:
    codes, report = MeetingWriter(current_premises(), current_actor(), uid).codes()
    if not keep_refusal(report):
        st.session_state[_MADE] = {uid: codes}
