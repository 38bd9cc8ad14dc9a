"""What a meeting left: results of its votes in words, whether they stand, tasks, and decisions that become projects."""

import streamlit as st

from dashboard.access.premises import current_premises
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.meetings.result_words import say_method, say_result, say_stability
from dashboard.meetings.writing import MeetingWriter
from dashboard.refused_requests import keep_refusal
from dashboard.visit import Visit
from etl.published_votes import read_votes
from etl.store.meeting_outcomes import Outcomes, read_outcomes
from etl.store.meeting_rows import StoredMeeting
from surveys.language.numerals import format_date


def show_outcomes(visit: Visit, found: StoredMeeting, *, may_run: bool) -> None:
    """Show what a meeting left, behind a button: there may be many meetings."""
    expander = st.expander(visit.say("meetings.outcomes"), key=f"outcomes-{found.uid}", on_change="rerun")
    if not expander.open:
        return
    with expander:
        with current_store().read() as connection:
            votes = read_votes(connection, found)
            outcomes = read_outcomes(connection, found.id)
        titles = {item.key: item.title for item in found.meeting.items}
        for one in votes.rounds:
            st.markdown(
                f"**{visit.say('voting.title', number=one.number)} · {say_method(one.method, visit.language)}**"
            )
            if one.uid not in votes.results:
                st.markdown(visit.say("meetings.vote_open"))
                continue
            said = say_result(one, votes.results[one.uid], titles, visit.language)
            st.markdown("  \n".join(plain(sentence) for sentence in said))
        if votes.stability is not None:
            st.markdown(f"**{visit.say('meetings.stands.title')}**")
            first, *rest = say_stability(votes.stability, titles, visit.language)
            st.markdown("\n".join([plain(first), "", *(f"- {plain(line)}" for line in rest)]))
        _show_tasks(visit, outcomes)
        _show_decisions(visit, found, outcomes, titles, may_run=may_run)


def _show_tasks(visit: Visit, outcomes: Outcomes) -> None:
    st.markdown(f"**{visit.say('meeting_room.tasks')}**")
    if not outcomes.tasks:
        st.markdown(visit.say("meetings.no_tasks"))
        return
    lines = []
    for task in outcomes.tasks:
        facts = [task.what, task.who]
        if task.due_on is not None:
            facts.append(visit.say("meeting_room.by", day=format_date(task.due_on, visit.language)))
        facts.append(visit.say(f"meeting_room.state.{task.state}"))
        facts.append(task.outcome)
        lines.append("- " + plain(" · ".join(fact for fact in facts if fact)))
    st.markdown("\n".join(lines))


def _show_decisions(
    visit: Visit, found: StoredMeeting, outcomes: Outcomes, titles: dict[str, str], *, may_run: bool
) -> None:
    st.markdown(f"**{visit.say('meeting_room.decided')}**")
    if not outcomes.decisions:
        st.markdown(visit.say("meeting_room.no_decisions"))
        return
    lines = []
    for one in outcomes.decisions:
        key = "in_register" if one.project is not None else "not_in_register"
        facts = [one.name, titles.get(one.item, ""), visit.say(f"meetings.{key}")]
        lines.append("- " + plain(" · ".join(fact for fact in facts if fact)))
    st.markdown("\n".join(lines))
    if may_run and any(one.project is None for one in outcomes.decisions):
        st.caption(visit.say("meetings.to_register_note"))
        st.button(
            visit.say("meetings.to_register"),
            type="primary",
            key=f"register-{found.uid}",
            on_click=_save,
            args=(found.uid,),
        )


def _save(uid: str) -> None:
    keep_refusal(MeetingWriter(current_premises(), current_actor(), uid).decisions_to_register())
