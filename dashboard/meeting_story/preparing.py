"""Preparing a meeting: which problems, proposed with reasons, by which method, on what agenda."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import streamlit as st

from dashboard.access.premises import current_premises
from dashboard.access.visitor import current_actor
from dashboard.escaping import plain
from dashboard.meetings.problem_chart import make_view
from dashboard.meetings.writing import MeetingWriter
from dashboard.refused_requests import keep_refusal
from dashboard.stories.meeting_evidence import Proposal, list_proposals
from dashboard.upload_story.rights import Target
from dashboard.visit import Visit
from etl.store.meeting_rows import StoredMeeting
from etl.store.meetings import MOST_SEATS, make_key
from surveys.analysis.rows import rows_of
from surveys.model.meeting import (
    AgendaPoint,
    Meeting,
    MeetingItem,
    PointKind,
    VoteAccess,
    VoteMethod,
)

_PROPOSED = 8
_USUAL_SEATS = 15
_USUAL_START = time(17, 0)
_MINUTES = {
    PointKind.OPENING: 5,
    PointKind.REVIEW: 10,
    PointKind.PROBLEMS: 40,
    PointKind.VOTE: 15,
    PointKind.DECISIONS: 15,
    PointKind.CLOSING: 5,
}


def show_new(visit: Visit, targets: Sequence[Target], today: date) -> None:
    """Show the form for a new meeting."""
    names = {target.slug: target.name for target in targets}
    slug = targets[0].slug
    if len(targets) > 1:
        slug = st.selectbox(
            visit.say("meetings.new.partnership"), names, format_func=lambda one: names[one], key="meeting-partnership"
        )
    _ask(visit, slug, today, None)


def show_change(visit: Visit, found: StoredMeeting) -> None:
    """Show the form that changes a meeting which has not begun."""
    _ask(visit, found.meeting.partnership, found.meeting.held_on, found)


def _ask(visit: Visit, slug: str, day: date, found: StoredMeeting | None) -> None:
    start = f"meeting-{found.uid}" if found is not None else "meeting-new"
    before = found.meeting if found is not None else None
    diagnosis = _ask_diagnosis(visit, slug, start, before)
    proposals = list_proposals(make_view(visit.scope, slug, visit.language), slug, diagnosis)
    known = {str(one.item.problem): one for one in proposals}
    with st.form(start, border=False):
        name = st.text_input(
            visit.say("meetings.new.name"), before.name if before else "", max_chars=200, key=f"{start}-name"
        )
        columns = st.columns(3)
        held_on = columns[0].date_input(
            visit.say("meetings.new.day"),
            before.held_on if before else day + timedelta(days=14),
            format="DD.MM.YYYY",
            key=f"{start}-day",
        )
        starts_at = columns[1].time_input(visit.say("meetings.new.time"), _start_of(before), key=f"{start}-time")
        place = columns[2].text_input(
            visit.say("meetings.new.place"), before.place if before else "", max_chars=200, key=f"{start}-place"
        )
        chosen = st.multiselect(
            visit.say("meetings.new.items"),
            list(known),
            default=_chosen_before(before, known) if before else _proposed(proposals),
            format_func=lambda uid: _name(visit, known[uid]),
            placeholder=visit.say("meetings.new.items_none" if not known else "meetings.new.items_choose"),
            key=f"{start}-items-{diagnosis or ''}",
        )
        own = st.text_area(
            visit.say("meetings.new.own"),
            "\n".join(item.title for item in before.items if item.problem not in known) if before else "",
            placeholder=visit.say("meetings.new.own_placeholder"),
            height=90,
            key=f"{start}-own",
        )
        method = st.selectbox(
            visit.say("meetings.new.method"),
            [one.value for one in VoteMethod],
            index=list(VoteMethod).index(before.method) if before else 0,
            format_func=lambda one: visit.say(f"meetings.method.{one}"),
            key=f"{start}-method",
        )
        st.caption(visit.say("meetings.new.method_hint"))
        access = st.radio(
            visit.say("meetings.new.access"),
            [one.value for one in VoteAccess],
            index=list(VoteAccess).index(before.access) if before else 0,
            format_func=lambda one: visit.say(f"meetings.access.{one}"),
            key=f"{start}-access",
        )
        seats = st.number_input(
            visit.say("meetings.new.seats"),
            1,
            MOST_SEATS,
            before.seats if before else _USUAL_SEATS,
            key=f"{start}-seats",
        )
        by_sector = st.checkbox(
            visit.say("meetings.new.by_sector"), before.by_sector if before else False, key=f"{start}-sector"
        )
        st.markdown(f"**{visit.say('meetings.new.agenda')}**")
        agenda = _ask_agenda(visit, start, before)
        key = "save" if found is not None else "prepare"
        if st.form_submit_button(visit.say(f"meetings.new.{key}"), type="primary", key=f"{start}-send"):
            wanted = Meeting(
                uid=found.uid if found is not None else "",
                partnership=slug,
                name=name,
                held_on=held_on,
                starts_at=f"{starts_at:%H:%M}",
                place=place,
                diagnosis=diagnosis,
                method=VoteMethod(method),
                access=VoteAccess(access),
                seats=int(seats),
                by_sector=by_sector,
                items=(*(known[uid].item for uid in chosen), *_read_own(own)),
                agenda=agenda,
            )
            wanted = replace(wanted, items=tuple(_with_key(item, before) for item in wanted.items))
            writer = MeetingWriter(current_premises(), current_actor(), wanted.uid)
            keep_refusal(writer.change(wanted) if found is not None else writer.prepare(wanted))
            st.rerun()


def _ask_diagnosis(visit: Visit, slug: str, start: str, before: Meeting | None) -> str | None:
    frames = visit.view.register
    mine = rows_of(frames.diagnoses[frames.diagnoses["partnership"] == slug])
    if not mine:
        return None
    names = {str(row["uid"]): str(row["name"]) for row in reversed(mine)}
    options: list[str | None] = [None, *names]
    return st.selectbox(
        visit.say("meetings.new.diagnosis"),
        options,
        index=options.index(before.diagnosis) if before and before.diagnosis in options else 0,
        format_func=lambda uid: visit.say("meetings.new.diagnosis_all") if uid is None else names[uid],
        key=f"{start}-diagnosis",
    )


def _ask_agenda(visit: Visit, start: str, before: Meeting | None) -> tuple[AgendaPoint, ...]:
    kept = {point.kind: point.minutes for point in before.agenda} if before else {}
    columns = st.columns(len(_MINUTES))
    points = []
    for column, (kind, usual) in zip(columns, _MINUTES.items(), strict=True):
        title = visit.say(f"meetings.point.{kind}")
        minutes = column.number_input(title, 0, 240, kept.get(kind, usual), step=5, key=f"{start}-{kind}")
        points.append(AgendaPoint(kind, title, int(minutes)))
    return tuple(points)


def _proposed(proposals: Sequence[Proposal]) -> list[str]:
    """Those that something speaks for, or simply the first."""
    with_reasons = [one for one in proposals if one.reasons] or list(proposals)
    return [str(one.item.problem) for one in with_reasons[:_PROPOSED]]


def _chosen_before(before: Meeting, known: dict[str, Proposal]) -> list[str]:
    return [item.problem for item in before.items if item.problem in known and item.problem is not None]


def _name(visit: Visit, proposal: Proposal) -> str:
    reasons = ", ".join(visit.say(f"meetings.reason.{reason}") for reason in proposal.reasons)
    return f"{proposal.item.title} ({reasons})" if reasons else proposal.item.title


def _read_own(text: str) -> list[MeetingItem]:
    return [MeetingItem("", line.strip()[:200]) for line in text.splitlines() if line.strip()]


def _with_key(item: MeetingItem, before: Meeting | None) -> MeetingItem:
    """A problem keeps its key when the meeting is changed, so that printed sheets stay right."""
    same = [one for one in (before.items if before else ()) if (one.problem, one.title) == (item.problem, item.title)]
    return replace(item, key=same[0].key if same else make_key())


def _start_of(before: Meeting | None) -> time:
    if before is None or not before.starts_at:
        return _USUAL_START
    hours, _, minutes = before.starts_at.partition(":")
    return time(int(hours), int(minutes))


def say_left(visit: Visit, tasks: int, decisions: int, name: str) -> str:
    """Say what the meeting before left open."""
    return visit.say("meetings.left_open", name=plain(name), tasks=tasks, decisions=decisions)
