"""The meeting on the projector: plain pages without a script, for whoever may run it; what was typed stays."""

import io
import json
from collections.abc import Callable

import pytest
from docx import Document
from sqlalchemy import select

from dashboard.texts import say
from etl.store.meeting_outcomes import keep_task, read_outcomes
from etl.store.meeting_projects import save_decisions
from etl.store.meeting_rows import list_rounds
from etl.store.meetings import close_meeting
from etl.store.register_reading import read_register
from etl.store.register_writing import write_register
from etl.store.schema_operations import audit
from etl.store.scope import Grant, Role
from etl.store.vote_rounds import close_round, count_votes_cast, find_open_round, read_ballots
from surveys.model import Membership, Partner, Partnership, Register
from surveys.model.meeting import MeetingState, MeetingTask, VoteAccess, VoteMethod
from tests.importing_surveys import add_partnership
from tests.made.meetings import MACHINE, NOW, TITLES, cast, make_meeting, open_vote, places, read
from tests.phone import House, Phone
from tests.upload_house import COORDINATOR_OF_LIW, make_account

# Screens of the meeting of `tests.made.meetings`: opening, review, five problems, vote, decisions, closing.
REVIEW, FIRST_PROBLEM, VOTE, DECISIONS, CLOSING = 1, 2, 7, 8, 9


def text(key: str, **facts: object) -> str:
    return say(f"meeting_room.{key}", "pl", **facts)


@pytest.fixture
def laptop(phones: House, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Phone]:
    """The browser on the laptop of somebody with an account: ``laptop(grant)``."""

    def sign_in(name: str = "anna", *grants: Grant) -> Phone:
        # The house's clock stands in November; a session of that moment holds there.
        monkeypatch.setattr("tests.upload_house.utc_now", lambda: phones.now)
        token = make_account(phones.store, name, *(grants or (COORDINATOR_OF_LIW,)))
        return phones.phone(cookies={"__Host-diagnoza": token})

    return sign_in


@pytest.fixture
def started(phones: House) -> str:
    uid, _ = make_meeting(phones.store)
    return uid


def test_every_screen_in_the_order_of_the_agenda(laptop, started: str) -> None:
    browser = laptop()
    page = browser.open(f"/spotkanie/{started}")
    assert all(title in page.words for title in ("Powitanie", "Problemy", "18:00", "18:15"))
    for number, title in enumerate(TITLES):
        page = browser.open(f"/spotkanie/{started}?e={FIRST_PROBLEM + number}")
        assert title in page.words
        assert f"Wskazało {20 + number} z 60 osób." in page.words
        assert text("problem", n=number + 1, of=5) in page.words
    # A crash, a reload, a closed lid: the screen shown last comes back.
    assert TITLES[-1] in browser.open(f"/spotkanie/{started}").words
    english = browser.open(f"/spotkanie/{started}?e={VOTE}&lang=en").words
    assert say("meeting_room.open_vote", "en") in english


def test_notes_and_tasks_without_a_script(phones: House, laptop, started: str) -> None:
    browser = laptop()
    browser.open(f"/spotkanie/{started}?e={FIRST_PROBLEM}")
    browser.filled = {"tekst": ["Dojazd jest drogi\r\nSołtys: pytać gminę"]}
    page = browser.press("notatka")
    (note,) = (field for field in page.fields if field.name == "tekst")
    assert note.value == "Dojazd jest drogi\nSołtys: pytać gminę"
    browser.filled = {"co": ["Zapytać gminę"], "kto": ["Ola"], "do": ["2026-12-20"], "problem": ["k0"]}
    page = browser.press("zadanie")
    assert "Zapytać gminę · Ola · do 20 grudnia 2026" in page.words
    with phones.store.read() as connection:
        (task,) = read_outcomes(connection, read(phones.store, started).id).tasks
    assert (task.item, task.who) == ("k0", "Ola")
    page = browser.press("skresl-zadanie", rzecz=task.uid)
    assert "Zapytać gminę" not in page.words


def test_two_browsers_typing_at_once_keep_both_texts_and_say_so(laptop, started: str) -> None:
    hers, his = laptop(), laptop("jan")
    for browser in (hers, his):
        browser.open(f"/spotkanie/{started}?e={FIRST_PROBLEM}")
    hers.filled = {"tekst": ["Zdanie Anny"]}
    hers.press("notatka")
    his.filled = {"tekst": ["Zdanie Jana"]}
    page = his.press("notatka")
    assert text("together") in page.words
    (note,) = (field for field in page.fields if field.name == "tekst")
    assert note.value == "Zdanie Anny\nZdanie Jana"


def test_the_script_saves_the_same_way(phones: House, laptop, started: str) -> None:
    browser = laptop()
    page = browser.open(f"/spotkanie/{started}?e={FIRST_PROBLEM}")
    seal = next(field.value for field in page.fields if field.name == "seal")
    fields = {"seal": [seal], "temat": ["item:k0"], "wersja": ["0"], "tekst": ["a"]}
    kept = browser.send(f"/spotkanie/{started}/notatka", fields)
    assert kept.html == '{"kept":true,"number":1,"text":"a","merged":false}'
    assert browser.send(f"/spotkanie/{started}/notatka", {**fields, "temat": ["item:zz"]}).status == 422
    assert browser.send(f"/spotkanie/{started}/notatka", {**fields, "seal": ["x"]}).status == 403
    with phones.store.write() as connection:
        close_meeting(connection, MACHINE, started, NOW)
    assert browser.send(f"/spotkanie/{started}/notatka", {**fields, "tekst": ["za późno"]}).status == 422


def test_a_vote_is_opened_counted_blind_and_closed(phones: House, laptop) -> None:
    uid, codes = make_meeting(phones.store)
    found = read(phones.store, uid)
    browser = laptop()
    browser.open(f"/spotkanie/{uid}?e={VOTE}")
    browser.filled = {"metoda": ["nominal"], "ile": ["3"], "problem": [item.key for item in found.meeting.items]}
    page = browser.press("glosuj")
    assert f"/g/{found.short_token}" in page.words
    with phones.store.read() as connection:
        one = find_open_round(connection, found.id)
    assert one is not None
    cast(phones.store, uid, one.uid, [(code, places("k2", "k0", "k1")) for code in codes[:5]])
    page = browser.open(f"/spotkanie/{uid}?e={VOTE}")
    assert f"5 {text('cast', seats=12)}" in page.words
    assert "punkt" not in page.words
    page = browser.press("koniec-glosowania", tura=one.uid)
    assert "Na pierwszym miejscu: „Dziurawe drogi” (15 punktów). Głosowało 5 osób." in page.words
    # One thing on a screen: the result, whether it stands, another round, each a press of the arrow away.
    page = browser.open(page.link("dalej"))
    assert say("meetings.stands.title", "pl") in page.words
    page = browser.open(page.link("dalej"))
    assert text("open_vote") in page.words
    assert "e=8" in page.link("dalej")


def test_four_votes_show_no_result(phones: House, laptop) -> None:
    uid, codes = make_meeting(phones.store)
    round_uid = open_vote(phones.store, uid)
    cast(phones.store, uid, round_uid, [(code, places("k2", "k0")) for code in codes[:4]])
    browser = laptop()
    browser.open(f"/spotkanie/{uid}?e={VOTE}")
    page = browser.press("koniec-glosowania", tura=round_uid)
    assert say("meetings.result.few", "pl", least=5) in page.words
    assert "punkt" not in page.words
    assert "obroni" not in page.link("dalej")


def test_paper_ballots_are_typed_in_by_numbers(phones: House, laptop) -> None:
    uid, codes = make_meeting(phones.store)
    round_uid = open_vote(phones.store, uid, by_sector=True)
    cast(phones.store, uid, round_uid, [(codes[3], places("k0"))])
    browser = laptop()
    page = browser.open(f"/spotkanie/{uid}/papier?e={VOTE}")
    rows = {
        "kod_1": codes[0], "w_1_1": "3", "w_1_2": "1",
        "kod_2": codes[1], "w_2_1": "9", "sektor_2": "civic",
        "kod_3": "ABCDE-23456", "w_3_1": "1",
        "kod_4": codes[3], "w_4_1": "2",
        "kod_5": codes[4], "w_5_1": "2", "w_5_2": "2",
    }  # fmt: skip
    browser.filled = {name: [value] for name, value in rows.items()}
    page = browser.press("")
    assert text("paper_page.kept", n=1) in page.words
    for row, words in (
        (2, text("paper_page.no_number")),
        (3, say("voting.fault.unknown_codes", "pl")),
        (4, text("paper_page.already")),
        (5, say("voting.fault.twice", "pl")),
    ):
        assert text("paper_page.fault", row=row, words=words) in page.words
    left = {field.name: field.value for field in page.fields if field.value}
    assert (left["kod_2"], left["w_2_1"], left["sektor_2"], left.get("kod_1")) == (codes[1], "9", "civic", None)
    with phones.store.read() as connection:
        assert count_votes_cast(connection, [round_uid]) == {round_uid: 2}


def test_a_ballot_typed_in_wrongly_is_taken_back_unseen(phones: House, laptop) -> None:
    uid, codes = make_meeting(phones.store)
    round_uid = open_vote(phones.store, uid)
    browser = laptop()
    cast(phones.store, uid, round_uid, [(codes[1], places("k3"))])

    def type_in(number: str) -> str:
        browser.open(f"/spotkanie/{uid}/papier?e={VOTE}")
        browser.filled = {"kod_1": [codes[0]], "w_1_1": [number]}
        return browser.press("").words

    def take_back(code: str) -> str:
        browser.open(f"/spotkanie/{uid}/papier?e={VOTE}")
        return browser.press("cofnij", kod=code).words

    type_in("5")
    words = take_back(codes[0])
    assert text("paper_page.taken") in words
    assert text("paper_page.not_taken") in take_back(codes[0])
    # A phone's vote is nobody's to take back.
    assert text("paper_page.not_taken") in take_back(codes[1])
    assert text("paper_page.kept", n=1) in type_in("2")
    browser.open(f"/spotkanie/{uid}/papier?e={VOTE}")
    with phones.store.write() as connection:
        actions = list(connection.execute(select(audit.c.action, audit.c.facts)))
        close_round(connection, MACHINE, uid, round_uid, NOW)
    assert [json.loads(facts) for action, facts in actions if action == "take_back_ballot"] == [
        {"meeting": uid, "round": round_uid}
    ]
    with phones.store.read() as connection:
        ballots = read_ballots(
            connection, read(phones.store, uid).id, list_rounds(connection, read(phones.store, uid).id)[0]
        )
    assert sorted(ballots, key=str) == sorted([places("k1"), places("k3")], key=str)
    assert text("paper_page.over") in browser.press("cofnij", kod=codes[0]).words


def test_in_a_second_round_problems_keep_the_numbers_of_the_printed_ballots(phones: House, laptop) -> None:
    uid, codes = make_meeting(phones.store)
    round_uid = open_vote(phones.store, uid, items=("k4", "k2"))
    browser = laptop()
    page = browser.open(f"/spotkanie/{uid}/papier?e={VOTE}")
    assert "3 Dziurawe drogi · 5 Dzikie wysypiska" in page.words
    browser.filled = {"kod_1": [codes[0]], "w_1_1": ["5"], "kod_2": [codes[1]], "w_2_1": ["1"]}
    page = browser.press("")
    assert text("paper_page.fault", row=2, words=text("paper_page.no_number")) in page.words
    with phones.store.write() as connection:
        close_round(connection, MACHINE, uid, round_uid, NOW)
    with phones.store.read() as connection:
        found = read(phones.store, uid)
        (ballot,) = read_ballots(connection, found.id, list_rounds(connection, found.id)[0])
    assert ballot == places("k4")


@pytest.mark.parametrize("method", [method for method in VoteMethod if method is not VoteMethod.HANDS])
def test_every_method_has_its_grid(phones: House, laptop, method: VoteMethod) -> None:
    uid, _ = make_meeting(phones.store, access=VoteAccess.SEATS)
    round_uid = open_vote(phones.store, uid, method)
    browser = laptop()
    page = browser.open(f"/spotkanie/{uid}/papier?e={VOTE}")
    names = [field.name for field in page.fields if field.name.startswith("w_1_")]
    values = {name: "1" for name in names if not name.endswith("PEARL")}
    if method is VoteMethod.NOMINAL:
        values = {name: str(place) for place, name in enumerate(names, 1)}
    browser.filled = {name: [value] for name, value in {"kod_1": "7", **values}.items()}
    page = browser.press("")
    assert text("paper_page.kept", n=1) in page.words, page.words
    with phones.store.read() as connection:
        assert count_votes_cast(connection, [round_uid]) == {round_uid: 1}


def test_a_show_of_hands(phones: House, laptop, started: str) -> None:
    round_uid = open_vote(phones.store, started, VoteMethod.HANDS)
    browser = laptop()
    browser.open(f"/spotkanie/{started}?e={VOTE}")
    page = browser.press("rece", tura=round_uid, osoby="12", p_k1="13", koniec="tak")
    # A count that can't be right stays on the screen, and the vote stays open.
    assert (page.status, {field.name: field.value for field in page.fields}["p_k1"]) == (422, "13")
    browser.open(f"/spotkanie/{started}?e={VOTE}")
    page = browser.press("rece", tura=round_uid, osoby="12", p_k1="11", p_k3="4", koniec="tak")
    assert "Na pierwszym miejscu: „Brak świetlicy” (11 głosów). Głosowało 12 osób." in page.words


def test_a_decision_names_project_leads_partners_groups_indicator_and_day(phones: House, laptop, started: str) -> None:
    partners = tuple(Partner(f"p{n}", f"Partner {n}", "K101", "public", Membership("active")) for n in range(4))
    with phones.store.write() as connection:
        write_register(connection, Register(Partnership("liw", "Partnerstwo liw"), partners=partners), None)
        keep_task(connection, MACHINE, started, MeetingTask("", "Zapytać gminę", "Ola", item="k1"), NOW)
    browser = laptop()
    browser.open(f"/spotkanie/{started}?e={DECISIONS}")
    browser.filled = {
        "problem": ["k1"],
        "nazwa": ["Świetlica do 20"],
        "grupa": ["G02", "G05", "G06"],
        "prowadzi": ["p0"],
        "finanse": ["p1"],
        "partner": ["p2", "p3"],
        "wskaznik": ["liczba dzieci w tygodniu"],
        "pomiar": ["2027-06-30"],
    }
    page = browser.press("decyzja")
    assert "Świetlica do 20 Brak świetlicy" in page.words
    assert text("measured", day="30 czerwca 2027") in page.words
    assert text("carries", name="Partner 1") in page.words
    assert text("with", names="Partner 2, Partner 3") in page.words
    assert "Zapytać gminę · Ola" in page.words
    # What was typed stays where something is missing.
    browser.filled = {"nazwa": [""], "wskaznik": ["ile dzieci"], "grupa": ["G03"]}
    page = browser.press("decyzja")
    kept = {(field.name, field.value) for field in page.fields if field.chosen or field.kind == "input"}
    assert (page.status, {("wskaznik", "ile dzieci"), ("grupa", "G03")} <= kept) == (422, True)
    with phones.store.write() as connection:
        save_decisions(connection, MACHINE, started, NOW)
        register = read_register(connection, "liw")
    assert register is not None
    (project,) = register.projects
    assert (project.finance_lead, project.partners) == ("p1", ("p0", "p1", "p2", "p3"))
    assert (project.target_groups, project.result_indicator) == (("G02", "G05", "G06"), "liczba dzieci w tygodniu")


def test_the_next_meeting_begins_with_what_became_of_it(phones: House, laptop, started: str) -> None:
    with phones.store.write() as connection:
        task, other = (
            keep_task(connection, MACHINE, started, MeetingTask("", what, "Ola"), NOW)
            for what in ("Zapytać gminę", "Zebrać podpisy")
        )
        close_meeting(connection, MACHINE, started, NOW)
    following, _ = make_meeting(phones.store, name="Drugie")
    browser = laptop()
    page = browser.open(f"/spotkanie/{following}?e={REVIEW}")
    assert "Zapytać gminę · Ola" in page.words
    # Two things typed, one press: both are kept.
    browser.filled = {f"stan_{task}": ["done"], f"wynik_{task}": ["Gmina się zgodziła"], f"wynik_{other}": ["Jest 40"]}
    page = browser.press("ustalenie")
    kept = {field.name: field.value for field in page.fields}
    assert (kept[f"stan_{task}"], kept[f"wynik_{task}"]) == ("done", "Gmina się zgodziła")
    assert (kept[f"stan_{other}"], kept[f"wynik_{other}"]) == ("open", "Jest 40")


def test_closing_gives_the_minutes(phones: House, laptop, started: str) -> None:
    browser = laptop()
    browser.open(f"/spotkanie/{started}?e={CLOSING}")
    page = browser.press("zamknij")
    assert text("closed") in page.words
    assert read(phones.store, started).meeting.state is MeetingState.CLOSED
    answer = phones.serve_bytes("GET", f"/spotkanie/{started}/protokol.docx", browser.cookies)
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer)).paragraphs)
    assert "Protokół spotkania" in words


def test_odd_words_stay_words_on_the_screen_and_in_the_minutes(phones: House, laptop) -> None:
    odd = "<script>alert(1)</script> {{ 7 * 7 }} {name} %s ${x} \x0c\ufffe\u202e =1+1"
    uid, codes = make_meeting(phones.store, titles=(odd, "Zwykły"), name=odd, place=odd)
    browser = laptop()
    browser.open(f"/spotkanie/{uid}?e={FIRST_PROBLEM}")
    browser.filled = {"tekst": [odd]}
    browser.press("notatka")
    browser.filled = {"co": [odd], "kto": [odd]}
    page = browser.press("zadanie")
    assert "<script>alert" not in page.html
    assert page.words.count("<script>alert(1)</script> {{ 7 * 7 }} {name} %s ${x} =1+1") >= 4
    round_uid = open_vote(phones.store, uid)
    ballot = phones.phone().open(f"/g/{read(phones.store, uid).token}")
    assert "<script>alert" not in ballot.html
    cast(phones.store, uid, round_uid, [(code, places("k0", "k1")) for code in codes[:6]])
    with phones.store.write() as connection:
        close_meeting(connection, MACHINE, uid, NOW)
    document = Document(io.BytesIO(phones.serve_bytes("GET", f"/spotkanie/{uid}/protokol.docx", browser.cookies)))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "„<script>alert(1)</script> {{ 7 * 7 }} {name} %s ${x} =1+1”" in words.replace("\u00a0", " ").replace(
        "  ", " "
    )


def test_a_participant_looks_and_does_not_write(phones: House, laptop, started: str) -> None:
    browser = laptop("ewa", Grant(Role.PARTICIPANT, "liw"))
    page = browser.open(f"/spotkanie/{started}?e={FIRST_PROBLEM}")
    assert TITLES[0] in page.words
    assert not [field for field in page.fields if field.name in {"tekst", "co"}]
    coordinator = laptop()
    seal = next(field.value for field in coordinator.open(f"/spotkanie/{started}?e=2").fields if field.name == "seal")
    browser.cookies |= {name: value for name, value in coordinator.cookies.items() if "form" in name}
    page = browser.send(f"/spotkanie/{started}?e=2", {"seal": [seal], "akcja": ["notatka"], "tekst": ["x"]})
    assert page.status == 422
    assert browser.open(f"/spotkanie/{started}/papier").status == 403


def test_another_partnerships_coordinator_finds_nothing(phones: House, laptop, started: str) -> None:
    add_partnership(phones.store, "pionki")
    browser = laptop("olek", Grant(Role.COORDINATOR, "pionki"))
    for path in ("", "/papier", "/stan", "/wykres/k0.svg", "/protokol.docx"):
        assert browser.open(f"/spotkanie/{started}{path}").status in {403, 404}


def test_without_an_account_there_is_nothing(phones: House, started: str) -> None:
    page = phones.ask("GET", f"/spotkanie/{started}")
    assert page.status == 303
