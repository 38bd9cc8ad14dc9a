"""Spotkania: a coordinator prepares a meeting, prints its sheets, notes who was there, and keeps its decisions."""

import io

import pytest
from docx import Document
from sqlalchemy import select

from dashboard.documents.meeting_sheets import write_sheets
from dashboard.documents.minutes import write_minutes
from dashboard.meeting_story.attendance_lines import read_lines, write_lines
from dashboard.texts import say
from etl.meeting_record import read_record
from etl.published_votes import read_votes
from etl.store import schema as s
from etl.store.batches import undo_batch
from etl.store.meeting_outcomes import keep_attendance, keep_decision, read_attendance, read_outcomes
from etl.store.meeting_projects import save_decisions
from etl.store.meeting_rows import StoredMeeting, list_meetings
from etl.store.meetings import close_meeting, prepare_meeting
from etl.store.moments import utc_now
from etl.store.register_reading import read_register_by_id
from etl.store.register_writing import write_register
from etl.store.scope import Grant, Role
from etl.store.vote_rounds import close_round, count_codes, make_codes
from surveys.findings import FaultError
from surveys.language.texts import LANGUAGES
from surveys.model import Membership, Partner, Partnership, Problem, Register
from surveys.model.meeting import Attendee, Decision, MeetingState, PointKind, VoteAccess, VoteMethod
from tests.made.meetings import MACHINE, NOW, TITLES, cast, make_meeting, new_meeting, open_vote, places, read
from tests.upload_house import COORDINATOR_OF_LIW, House, words_of_other_language

REGISTER = Register(
    Partnership("liw", "Partnerstwo liw"),
    partners=(Partner("p1", "Gminny Ośrodek Kultury", "dom_kultury", "public", Membership("active")),),
    problems=(
        Problem("b1", "Brak autobusów", "P802", "T10", "confirmed", size=9),
        Problem("b2", "Samotność seniorów", "P501", "T04", "reported"),
        Problem("b3", "Dzikie wysypiska", "P902", "T01", "solved"),
    ),
)


def text(key: str, **facts: object) -> str:
    return say(f"meetings.{key}", "pl", **facts)


@pytest.fixture
def liw(house: House) -> House:
    with house.store.write() as connection:
        write_register(connection, REGISTER, None)
    house.sign_in("anna", COORDINATOR_OF_LIW)
    return house


def meetings(house: House) -> list[StoredMeeting]:
    with house.store.read() as connection:
        ids = list(connection.execute(select(s.partnership.c.id)).scalars())
        return list(list_meetings(connection, MACHINE, ids))


def test_a_meeting_is_prepared_from_what_the_register_says(liw: House) -> None:
    sight = liw.open("meetings")
    assert text("none") in sight.words
    (chosen,) = sight.at.multiselect
    # Solved problems are not proposed; nothing is being done about either of the others.
    assert [option.split(" (")[0] for option in chosen.options] == ["Brak autobusów", "Samotność seniorów"]
    assert text("reason.thread") in chosen.options[1]
    sight.at.text_input(key="meeting-new-name").set_value("Przegląd 2026")
    sight.at.text_area(key="meeting-new-own").set_value("Prędkość aut\n\n  Hałas ")
    sight = sight.press("meeting-new-send")
    (found,) = meetings(liw)
    assert [item.title for item in found.meeting.items] == [
        "Brak autobusów",
        "Samotność seniorów",
        "Prędkość aut",
        "Hałas",
    ]
    assert "skala 9/10" in found.meeting.items[0].evidence["pl"]
    assert found.meeting.items[0].done["pl"] == say("meeting_evidence.nothing", "pl")
    assert [point.kind for point in found.meeting.agenda] == list(PointKind)
    assert text("state.prepared") in sight.words


def test_a_prepared_meeting_is_changed_and_keeps_its_problems_keys(liw: House) -> None:
    with liw.store.write() as connection:
        prepare_meeting(connection, MACHINE, new_meeting(), NOW)
    (found,) = meetings(liw)
    sight = liw.open("meetings")
    sight.at.session_state[f"change-{found.uid}"] = True
    sight = type(sight)(sight.at.run())
    key = f"meeting-{found.uid}"
    assert sight.at.text_area(key=f"{key}-own").value == "\n".join(TITLES)
    sight.at.text_input(key=f"{key}-name").set_value("Inna nazwa")
    sight.at.text_area(key=f"{key}-own").set_value("\n".join(TITLES[:2]))
    sight.press(f"{key}-send")
    (changed,) = meetings(liw)
    assert changed.meeting.name == "Inna nazwa"
    assert [item.key for item in changed.meeting.items] == ["k0", "k1"]


def test_deleting_asks_first(liw: House) -> None:
    with liw.store.write() as connection:
        uid = prepare_meeting(connection, MACHINE, new_meeting(), NOW)
    sight = liw.open("meetings").press(f"ask-{uid}")
    assert text("delete_sure") in sight.words
    sight.press(f"yes-{uid}")
    assert meetings(liw) == []


def test_sheets_are_made_with_codes_that_are_shown_once(liw: House) -> None:
    with liw.store.write() as connection:
        uid = prepare_meeting(connection, MACHINE, new_meeting(), NOW)
    sight = liw.open("meetings").press(f"sheets-{uid}")
    assert text("sheets.once") in [warning.value for warning in sight.at.warning]
    with liw.store.read() as connection:
        assert count_codes(connection, read(liw.store, uid).id) == 12
    assert text("sheets.once") not in liw.open("meetings").words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("access", list(VoteAccess))
def test_the_sheets_hold_list_cards_and_ballots(liw: House, access: VoteAccess, language: str) -> None:
    with liw.store.write() as connection:
        uid = prepare_meeting(connection, MACHINE, new_meeting(access=access), NOW)
        codes = make_codes(connection, MACHINE, uid, NOW) if access is VoteAccess.CODES else ()
    address = {"address": "http://192.168.1.5:8501/g/x", "short": "http://192.168.1.5:8501/g/short"}
    paper = Document(io.BytesIO(write_sheets(read(liw.store, uid), codes, **address, language=language)))  # type: ignore[arg-type] # one of ours
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert say("meeting_sheets.attendance", language) in words  # type: ignore[arg-type] # one of ours
    assert all(title.replace(" ", "") in words.replace(" ", "").replace("\u00a0", "") for title in TITLES)
    attendance, ballots = paper.tables
    assert len(attendance.rows) == 1 + 12 + 6
    assert len(ballots.rows) == 12
    marks = codes or tuple(str(number) for number in range(1, 13))
    for row, mark in zip(ballots.rows, marks, strict=True):
        assert mark in row.cells[1].text
        assert "192.168.1.5:8501/g/short" in row.cells[1].text
        assert "5.\u00a0Dzikie wysypiska" in row.cells[0].text or "5. Dzikie wysypiska" in row.cells[0].text


@pytest.mark.parametrize(("method", "words"), [(VoteMethod.HANLON, "P E A R L"), (VoteMethod.CONSENSUS, "yes / no")])
def test_a_paper_ballot_asks_what_is_typed_in_from_it(liw: House, method: VoteMethod, words: str) -> None:
    with liw.store.write() as connection:
        uid = prepare_meeting(
            connection, MACHINE, new_meeting(method=method, access=VoteAccess.SEATS, by_sector=True), NOW
        )
    paper = Document(io.BytesIO(write_sheets(read(liw.store, uid), (), address="x", short="http://x", language="en")))
    ballot = paper.tables[1].rows[0].cells[0].text
    assert ballot.count(words) == len(TITLES)
    assert "public / civic / business / other" in ballot.replace("\u00a0", " ")


def test_who_was_there_is_typed_a_person_a_line(liw: House) -> None:
    uid, _ = make_meeting(liw.store)
    sight = liw.open("meetings")
    sight.at.session_state[f"attendance-{uid}"] = True
    sight = type(sight)(sight.at.run())
    sight.at.text_area(key=f"people-text-{uid}").set_value(
        "Anna Zych; KGW Liw; społeczny\n; Urząd Gminy; publiczny\nJan"
    )
    sight.press(f"people-keep-{uid}")
    with liw.store.read() as connection:
        people = read_attendance(connection, MACHINE, read(liw.store, uid))
    assert people == (
        Attendee("Anna Zych", "KGW Liw", "civic"),
        Attendee("", "Urząd Gminy", "public"),
        Attendee("Jan", "", ""),
    )
    assert read_lines(write_lines(people, "pl")) == people


def test_decisions_become_projects_that_can_be_undone(liw: House) -> None:
    uid, _ = make_meeting(liw.store, titles=("Brak autobusów", "Hałas"))
    decision = Decision("", "k0", "Autobus po 15", "", "p1", (), ("G02",), "kursów dziennie", NOW.date())
    with liw.store.write() as connection:
        keep_decision(connection, MACHINE, uid, decision, NOW)
        close_meeting(connection, MACHINE, uid, NOW)
    sight = liw.open("meetings")
    sight.at.session_state[f"outcomes-{uid}"] = True
    sight = type(sight)(sight.at.run())
    assert text("not_in_register") in sight.words
    sight.press(f"register-{uid}")
    found = read(liw.store, uid)
    with liw.store.read() as connection:
        number = connection.execute(select(s.partnership.c.id)).scalar_one()
        register, _ = read_register_by_id(connection, number)
        (kept,) = read_outcomes(connection, found.id).decisions
    (project,) = register.projects
    assert (project.name, project.partners, project.target_groups) == ("Autobus po 15", ("p1",), ("G02",))
    assert (project.result_indicator, project.next_measurement_on) == ("kursów dziennie", NOW.date())
    assert (kept.project, project.problems) == (project.uid, (found.meeting.items[0].problem,))
    assert kept.batch is not None
    with pytest.raises(FaultError) as caught, liw.store.write() as connection:
        save_decisions(connection, MACHINE, uid, NOW)
    assert [finding.code for finding in caught.value.report] == ["DECISION-NONE"]
    with liw.store.write() as connection:
        undo_batch(connection, MACHINE, kept.batch, utc_now())
    with liw.store.read() as connection:
        register, _ = read_register_by_id(connection, number)
        (again,) = read_outcomes(connection, found.id).decisions
    assert (register.projects, again.project) == ((), None)
    with liw.store.write() as connection:
        save_decisions(connection, MACHINE, uid, NOW)


def test_a_participant_sees_meetings_and_prepares_none(liw: House) -> None:
    make_meeting(liw.store)
    liw.sign_in("ewa", Grant(Role.PARTICIPANT, "liw"))
    sight = liw.open("meetings")
    assert "Przegląd diagnozy" in sight.words
    assert text("watch") in sight.words
    assert text("run") not in sight.words
    assert [
        button.key for button in sight.at.button if "meeting" in str(button.key) or "sheets" in str(button.key)
    ] == []
    assert not sight.at.multiselect


def test_an_english_page_speaks_no_polish(liw: House) -> None:
    make_meeting(liw.store)
    sight = liw.open("meetings", lang="en")
    assert sight.title == say("meetings.title", "en")
    assert {word for word in sight.words.split("\n") if word} & words_of_other_language("en") == set()


def test_every_figure_of_the_minutes_is_the_stores(liw: House) -> None:
    uid, codes = make_meeting(liw.store)
    round_uid = open_vote(liw.store, uid)
    cast(liw.store, uid, round_uid, [(code, places("k2", "k0", "k4")) for code in codes[:7]])
    with liw.store.write() as connection:
        close_round(connection, MACHINE, uid, round_uid, NOW)
        keep_attendance(connection, MACHINE, uid, [Attendee("A", "", "civic"), Attendee("B", "", "civic")], NOW)
        close_meeting(connection, MACHINE, uid, NOW)
    with liw.store.read() as connection:
        record = read_record(connection, MACHINE, uid)
        votes = read_votes(connection, record.found)
    assert record.found.meeting.state is MeetingState.CLOSED
    tables = Document(io.BytesIO(write_minutes(record, "pl"))).tables
    by_sector, listed, result = tables[0], tables[1], tables[2]
    assert [[cell.text for cell in row.cells] for row in by_sector.rows[1:]] == [["Społeczny", "2"]]
    assert len(listed.rows) == 3
    scores = {row.cells[1].text.replace("\u00a0", " "): row.cells[2].text for row in result.rows[1:]}
    wanted = votes.results[round_uid].result
    assert wanted is not None
    titles = {item.key: item.title for item in record.found.meeting.items}
    assert {title: score.split("\u00a0")[0] for title, score in scores.items()} == {
        titles[item.key]: f"{item.score:.0f}" for item in wanted.items
    }
