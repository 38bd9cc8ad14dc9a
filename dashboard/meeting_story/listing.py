"""Meetings of the partnerships that somebody sees, the latest first: where each stands, what can be done with it."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.access.premises import current_premises
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.meeting_story.attendance_lines import read_lines, write_lines
from dashboard.meeting_story.outcomes import show_outcomes
from dashboard.meeting_story.papers import show_minutes, show_sheets
from dashboard.meeting_story.preparing import say_left, show_change
from dashboard.meetings.writing import MeetingWriter
from dashboard.refused_requests import keep_refusal
from dashboard.visit import Visit
from etl.store.meeting_outcomes import read_attendance, read_outcomes
from etl.store.meeting_rows import StoredMeeting
from etl.store.meetings import find_earlier
from etl.store.scope import Action
from surveys.findings import Report
from surveys.language.numerals import format_date
from surveys.model.meeting import MeetingState, TaskState

_ASKED = "meeting_asked"


def show_meetings(visit: Visit, listed: Sequence[StoredMeeting]) -> None:
    """Show meetings, the latest first."""
    for found in listed:
        with st.container(border=True, key=f"meeting-{found.uid}"):
            _show_one(visit, found, tuple(listed))


def _show_one(visit: Visit, found: StoredMeeting, listed: tuple[StoredMeeting, ...]) -> None:
    meeting = found.meeting
    may_run = visit.actor.may(Action.MEET, meeting.partnership)
    st.markdown(f"**{plain(meeting.name)}** · {visit.say(f'meetings.state.{meeting.state}')}")
    facts = [format_date(meeting.held_on, visit.language), meeting.starts_at, meeting.place, found.partnership_name]
    st.caption(plain(" · ".join(fact for fact in facts if fact)))
    if meeting.state is not MeetingState.CLOSED:
        _say_what_was_left(visit, found, listed)
    key = "look" if meeting.state is MeetingState.CLOSED else "run" if may_run else "watch"
    st.markdown(f"[{visit.say(f'meetings.{key}')}](/spotkanie/{found.uid})")
    if may_run and meeting.state is not MeetingState.CLOSED:
        show_sheets(visit, found)
    if meeting.state is not MeetingState.PREPARED:
        show_minutes(visit, found)
        show_outcomes(visit, found, may_run=may_run)
    if not may_run:
        return
    if meeting.state is MeetingState.PREPARED:
        expander = st.expander(visit.say("meetings.change"), key=f"change-{found.uid}", on_change="rerun")
        if expander.open:
            with expander:
                show_change(visit, found)
    else:
        _show_attendance(visit, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        _show_actions(visit, found)


def _say_what_was_left(visit: Visit, found: StoredMeeting, listed: tuple[StoredMeeting, ...]) -> None:
    earlier = find_earlier(listed, found)
    if earlier is None:
        return
    with current_store().read() as connection:
        outcomes = read_outcomes(connection, earlier.id)
    tasks = sum(one.state is TaskState.OPEN for one in outcomes.tasks)
    decisions = sum(one.state is TaskState.OPEN for one in outcomes.decisions)
    if tasks or decisions:
        st.markdown(say_left(visit, tasks, decisions, earlier.meeting.name))


def _show_attendance(visit: Visit, found: StoredMeeting) -> None:
    expander = st.expander(visit.say("meetings.attendance.title"), key=f"attendance-{found.uid}", on_change="rerun")
    if not expander.open:
        return
    with expander:
        with current_store().read() as connection:
            people = read_attendance(connection, visit.actor, found)
        st.caption(visit.say("meetings.attendance.how"))
        with st.form(f"people-{found.uid}", border=False):
            text = st.text_area(
                visit.say("meetings.attendance.people"),
                write_lines(people, visit.language),
                height=200,
                placeholder=visit.say("meetings.attendance.placeholder"),
                key=f"people-text-{found.uid}",
            )
            if st.form_submit_button(visit.say("meetings.attendance.keep"), key=f"people-keep-{found.uid}"):
                keep_refusal(_writer(found.uid).attendance(read_lines(text)))
                st.rerun()
        if any(one.name for one in people):
            st.caption(visit.say("meetings.attendance.forget_note"))
            st.button(
                visit.say("meetings.attendance.forget"),
                key=f"people-forget-{found.uid}",
                on_click=_do,
                args=(MeetingWriter.forget_names, found.uid),
            )


def _show_actions(visit: Visit, found: StoredMeeting) -> None:
    asked = st.session_state.get(_ASKED) == found.uid
    if found.meeting.state is MeetingState.CLOSED:
        st.button(
            visit.say("meetings.reopen"),
            key=f"reopen-{found.uid}",
            on_click=_do,
            args=(MeetingWriter.reopen, found.uid),
        )
        return
    action = "delete" if found.meeting.state is MeetingState.PREPARED else "close"
    if not asked:
        st.button(visit.say(f"meetings.{action}"), key=f"ask-{found.uid}", on_click=_ask, args=(found.uid,))
        return
    st.markdown(visit.say(f"meetings.{action}_sure"))
    doing = MeetingWriter.delete if action == "delete" else MeetingWriter.close
    st.button(
        visit.say("collections.yes"), type="primary", key=f"yes-{found.uid}", on_click=_do, args=(doing, found.uid)
    )
    st.button(visit.say("collections.no"), key=f"no-{found.uid}", on_click=_ask, args=(None,))


def _ask(uid: str | None) -> None:
    st.session_state[_ASKED] = uid


def _do(action: Callable[[MeetingWriter], Report], uid: str) -> None:
    st.session_state[_ASKED] = None
    keep_refusal(action(_writer(uid)))


def _writer(uid: str) -> MeetingWriter:
    return MeetingWriter(current_premises(), current_actor(), uid)
