"""The invented meetings: one held, one ahead, their evidence what the pages say, their votes worth looking at."""

from datetime import UTC, datetime

import pytest

from dashboard.access import visitor
from dashboard.data import current_store, find_scope
from dashboard.meetings.problem_chart import make_view
from dashboard.meetings.screens import in_language
from dashboard.stories.meeting_evidence import list_proposals
from dashboard.texts import say
from etl.meeting_record import read_record
from etl.store.meeting_rows import StoredMeeting, list_meetings
from etl.store.register_changes import find_partnership
from surveys.language.texts import LANGUAGES
from surveys.model.meeting import MeetingState
from tests.made.importing import MACHINE
from tests.page_visits import Pages


@pytest.fixture
def meetings(sample_pages: Pages) -> dict[MeetingState, StoredMeeting]:
    with current_store().read() as connection:
        number = find_partnership(connection, "liw") or 0
        return {one.meeting.state: one for one in list_meetings(connection, MACHINE, [number])}


def test_a_visitor_finds_one_held_and_one_ahead(sample_pages: Pages, meetings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "is_demonstration", lambda: True)
    words = sample_pages.see("meetings").words
    assert all(one.meeting.name in words for one in meetings.values())
    assert set(meetings) == {MeetingState.CLOSED, MeetingState.PREPARED}
    ahead = meetings[MeetingState.PREPARED].meeting
    assert ahead.held_on > datetime.now(UTC).date()
    assert len(ahead.items) >= 4


def test_the_evidence_is_what_a_coordinator_would_be_shown(meetings) -> None:
    view = make_view(find_scope(MACHINE, sample=True), "liw", "pl")
    shown = {one.item.problem: one.item for one in list_proposals(view, "liw")}
    for one in meetings.values():
        for item in one.meeting.items:
            assert (item.evidence, item.share) == (shown[item.problem].evidence, shown[item.problem].share)


def test_the_votes_tell_something(meetings) -> None:
    with current_store().read() as connection:
        record = read_record(connection, MACHINE, meetings[MeetingState.CLOSED].uid)
    first, second = record.votes.rounds
    result = record.votes.results[first.uid].result
    assert result is not None
    assert (result.voters, record.votes.cast[second.uid], sum(record.sectors.values())) == (12, 12, 12)
    assert "Autobus" in record.found.meeting.find_item(result.items[0].key).title
    assert record.votes.stability is not None
    assert [one.lead is not None for one in record.outcomes.decisions] == [True, True]
    assert {name for one in record.people for name in [one.name]} == {""}


def test_its_agenda_is_read_in_both_languages(meetings) -> None:
    for language in LANGUAGES:
        agenda = in_language(meetings[MeetingState.CLOSED].meeting, language).agenda
        assert [point.title for point in agenda] == [say(f"meetings.point.{point.kind}", language) for point in agenda]
