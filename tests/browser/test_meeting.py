"""A whole meeting in a real browser: twelve people of three sectors, fifteen problems, two rounds, a late vote, a lost
phone, two who type at once, and a laptop whose battery dies in mid-vote. Every figure of the minutes is the store's.
"""

import http.client
import io
import json
import random
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from scipy.stats import friedmanchisquare
from sqlalchemy import select

from dashboard.texts import say
from etl.store.engine import Store
from etl.store.meeting_notes import read_notes
from etl.store.meeting_outcomes import keep_attendance
from etl.store.meeting_rows import StoredMeeting, list_rounds
from etl.store.meetings import prepare_meeting
from etl.store.schema_meetings import vote_ballot, vote_round
from etl.store.vote_rounds import count_votes_cast, find_open_round, make_codes
from surveys.model.meeting import Attendee, VoteRound
from surveys.vocabulary import load
from tests.browser.conftest import OpenPage
from tests.browser.judging import list_flaws
from tests.browser.watching import PHONE
from tests.importing_surveys import add_partnership
from tests.live_server import LiveServer, run_again, run_server
from tests.made.meetings import MACHINE, NOW, new_meeting, read
from tests.upload_house import COORDINATOR_OF_LIW, make_account
from tests.waiting import wait_until

PROJECTOR = (1280, 720)
LOST = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_SOCKET_NOT_CONNECTED")
PROBLEMS = tuple(f"Problem numer {number}" for number in range(1, 16))
SECTORS = ("public", "civic", "business")
PEOPLE = 12
PRESENT = [Attendee(f"Osoba {number}", "", SECTORS[number % 3]) for number in range(PEOPLE)]
FIRST, VOTE, DECISIONS, CLOSING = 2, 2 + len(PROBLEMS), 3 + len(PROBLEMS), 4 + len(PROBLEMS)


def text(key: str, **facts: object) -> str:
    return say(f"meeting_room.{key}", "pl", **facts)


def opinions(number: int, keys: list[str], most: int) -> list[str]:
    """The problems that somebody chooses; the first of the list is everybody's, the others differ."""
    mind = random.Random(number)  # noqa: S311 # opinions, not secrets
    return [keys[0], *mind.sample(keys[1:9], most - 1)]


@dataclass
class Hall:
    """The room: the server on the laptop, the meeting and its codes, the projector's page."""

    server: LiveServer
    found: StoredMeeting
    codes: tuple[str, ...]
    cookie: str
    projector: Page
    running: ExitStack

    @property
    def keys(self) -> list[str]:
        return [item.key for item in self.found.meeting.items]

    @property
    def address(self) -> str:
        return f"{self.server.url}/spotkanie/{self.found.uid}"

    def enter(self, page: Page) -> Page:
        page.context.add_cookies([{"name": "diagnoza", "value": self.cookie, "url": self.server.url}])
        return page

    def press(self, name: str) -> None:
        """Press a button of the projector with the keyboard."""
        self.projector.get_by_role("button", name=name).press("Enter")

    def close_vote(self) -> None:
        self.projector.goto(f"{self.address}?e={VOTE}")
        self.press(text("close_vote"))
        expect(self.projector.locator("table").first).to_be_visible()

    def vote(self, number: int, most: int, items: list[str] | None = None) -> str:
        """Vote as one of the twelve, by a plain request; return where it led, or the title of what is wrong."""
        one = self.open_round()
        chosen = {f"m{place}": key for place, key in enumerate(opinions(number, items or self.keys, most), 1)}
        fields = {"tura": one.uid, "kod": self.codes[number], "sektor": SECTORS[number % 3], **chosen}
        asked = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.url}
        try:
            asked.request("POST", f"/g/{self.found.token}", urlencode(fields), headers)
            answer = asked.getresponse()
            words = answer.read().decode()
        finally:
            asked.close()
        return "thanks" if answer.status == 303 else re.findall(r"<h1>(.*?)</h1>", words)[0]

    def open_round(self) -> VoteRound:
        with self.server.store() as store, store.read() as connection:
            one = find_open_round(connection, self.found.id)
        assert one is not None
        return one

    def count_cast(self) -> int:
        one = self.open_round()
        with self.server.store() as store, store.read() as connection:
            return count_votes_cast(connection, [one.uid])[one.uid]

    def kept_note(self) -> str:
        with self.server.store() as store, store.read() as connection:
            notes = read_notes(connection, self.found.id)
        return notes[f"item:{self.keys[0]}"].text if notes else ""


@pytest.fixture
def hall(tmp_path: Path, open_page: OpenPage) -> Iterator[Hall]:
    made: list[object] = []

    def prepare(store: Store) -> None:
        add_partnership(store)
        with store.write() as connection:
            uid = prepare_meeting(connection, MACHINE, new_meeting(PROBLEMS, by_sector=True, seats=PEOPLE), NOW)
            codes = make_codes(connection, MACHINE, uid, NOW)
            keep_attendance(connection, MACHINE, uid, PRESENT, NOW)
        made.extend((read(store, uid), codes, make_account(store, "anna", COORDINATOR_OF_LIW)))

    with run_server(tmp_path, prepare=prepare) as server, ExitStack() as running:
        page = open_page(size=PROJECTOR, expected_errors=LOST)
        hall = Hall(server, *made, page, running)  # type: ignore[arg-type] # in the order they were made
        hall.enter(page)
        yield hall


def discuss(hall: Hall, other: Page) -> None:
    """The first problem: a note that saves itself, two who type at once, a task."""
    page = hall.projector
    page.goto(hall.address)
    expect(page.get_by_role("button", name=text("begin"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#dalej")).to_be_visible()
    for screen in range(1, FIRST + 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"body[data-screen='{screen}']")).to_be_visible()
    expect(page.locator("h1")).to_have_text(PROBLEMS[0])
    assert list_flaws(page) == []
    page.locator("#tekst").press_sequentially("Dojazd jest drogi")
    expect(page.locator("#zapis")).to_have_text(text("saved"))
    hall.enter(other).goto(f"{hall.address}?e={FIRST}")
    for one, words in ((page, "Zdanie Anny"), (other, "Zdanie Jana")):
        one.locator("#tekst").press("Control+End")
        one.locator("#tekst").press_sequentially(f"\n{words}")
        if one is page:
            expect(page.locator("#zapis")).to_have_text(text("saved"))
    expect(other.locator("#zapis")).to_have_text(text("together"))
    assert hall.kept_note() == "Dojazd jest drogi\nZdanie Anny\nZdanie Jana"
    other.close()
    page.reload()
    for name, words in (("co", "Zapytać sołtysa"), ("kto", "Ola"), ("do", "2026-12-20")):
        page.locator(f"input[name={name}]").fill(words)
    page.locator("input[name=co]").press("Enter")
    expect(page.locator(".tasks li")).to_have_count(1)


def open_vote(hall: Hall, most: int) -> str:
    page = hall.projector
    if page.locator(f"body[data-screen='{VOTE}']").count() == 0:
        page.goto(f"{hall.address}?e={VOTE}")
    page.locator("input[name=ile]").fill(str(most))
    hall.press(text("open_vote"))
    expect(page.locator("#oddano")).to_have_text("0")
    assert list_flaws(page) == []
    return hall.open_round().uid


def fill_in(hall: Hall, phone: Page, number: int, most: int) -> None:
    """Fill a ballot in on a phone without scripts; the button is pressed later."""
    phone.goto(f"{hall.server.url}/g/{hall.found.short_token}?kod={hall.codes[number]}")
    phone.get_by_label(load().sectors.label(SECTORS[number % 3], "pl"), exact=True).check()
    for place, key in enumerate(opinions(number, hall.keys, most), 1):
        phone.get_by_label(say("voting.place", "pl", n=place)).select_option(key)


def send(phone: Page) -> str:
    phone.get_by_role("button", name=say("voting.send", "pl")).click()
    return phone.locator("h1").inner_text()


def type_paper_in(hall: Hall, number: int) -> None:
    """A ballot of paper, by the keyboard alone: code, sector, numbers of problems, Enter."""
    page = hall.projector
    page.goto(f"{hall.address}/papier?e={VOTE}")
    expect(page.locator(".code").first).to_be_focused()
    page.keyboard.type(hall.codes[number])
    page.keyboard.press("Tab")
    page.keyboard.press(load().sectors.label(SECTORS[number % 3], "pl")[0])
    for key in opinions(number, hall.keys, 5):
        page.keyboard.press("Tab")
        page.keyboard.type(str(hall.keys.index(key) + 1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(text("paper_page.kept", n=1))


def lose_power(hall: Hall, numbers: Sequence[int], most: int) -> list[str]:
    """Kill the program while some people press their buttons; return what each of them was told, "" for nothing."""

    def press(number: int) -> str:
        try:
            return hall.vote(number, most)
        except (http.client.HTTPException, OSError):
            return ""

    with ThreadPoolExecutor(max_workers=len(numbers)) as people:
        waiting = [people.submit(press, number) for number in numbers]
        wait_until(lambda: any(one.done() for one in waiting))
        hall.server.process.kill()
        return [one.result() for one in waiting]


def hold_first_round(hall: Hall, phone: Page, lost: Page) -> str:
    """Nine by phone (one dies, filled in, and its owner votes by another), two on paper, one too late."""
    page = hall.projector
    round_uid = open_vote(hall, 5)
    fill_in(hall, phone, 0, 5)
    assert list_flaws(phone) == []
    assert send(phone) == say("voting.thanks.title", "pl")
    fill_in(hall, lost, 1, 5)
    assert [hall.vote(number, 5) for number in (1, 2, 3)] == ["thanks"] * 3
    assert send(lost) == say("voting.already.title", "pl")
    expect(page.locator("#oddano")).to_have_text("4")
    writing = page.context.new_page()
    writing.goto(f"{hall.address}?e={FIRST}")
    told = lose_power(hall, (4, 5, 6, 7, 8), 5)
    writing.locator("#tekst").press("Control+End")
    writing.locator("#tekst").press_sequentially("\nTego nie zdążono zapisać")
    expect(writing.locator("#zapis")).to_have_text(text("unsaved"))
    hall.server = hall.running.enter_context(run_again(hall.server))
    # Whoever was thanked is counted; whoever was told nothing votes again and is counted once.
    already = say("voting.already.title", "pl")
    later = [hall.vote(number, 5) for number in (4, 5, 6, 7, 8)]
    assert all(now == already for now, before in zip(later, told, strict=True) if before)
    assert set(later) <= {"thanks", already}
    assert hall.count_cast() == 9
    expect(page.locator("#oddano")).to_have_text("9")
    writing.reload()
    wait_until(lambda: hall.kept_note().endswith("Zdanie Jana\nTego nie zdążono zapisać"))
    writing.close()
    fill_in(hall, phone, 11, 5)
    for number in (9, 10):
        type_paper_in(hall, number)
    hall.close_vote()
    assert send(phone) == say("voting.late.title", "pl")
    return round_uid


def hold_second_round(hall: Hall) -> str:
    """About the problems of the first round's upper half, as the screen proposes; everybody."""
    for part in ("obroni", "tura"):  # one thing on a screen: the result, whether it stands, another round
        hall.projector.keyboard.press("ArrowRight")
        hall.projector.wait_for_url(f"**c={part}")
    round_uid = open_vote(hall, 3)
    items = list(hall.open_round().items)
    assert len(items) < len(PROBLEMS)
    with ThreadPoolExecutor(max_workers=4) as people:
        assert list(people.map(lambda number: hall.vote(number, 3, items), range(PEOPLE))) == ["thanks"] * PEOPLE
    hall.close_vote()
    return round_uid


def decide(hall: Hall) -> None:
    page = hall.projector
    page.goto(f"{hall.address}?e={DECISIONS}")
    page.locator("select[name=problem]").select_option(hall.keys[0])
    for name, words in (("nazwa", "Projekt pierwszy"), ("wskaznik", "ile osób"), ("pomiar", "2027-06-30")):
        page.locator(f"input[name={name}]").fill(words)
    page.locator("input[name=nazwa]").press("Enter")
    expect(page.locator(".review li")).to_have_count(1)


def close_meeting(hall: Hall) -> bytes:
    """Close the meeting and take the minutes."""
    page = hall.projector
    page.goto(f"{hall.address}?e={CLOSING}")
    page.get_by_text(text("close"), exact=True).press("Enter")
    hall.press(text("close_sure"))
    with page.expect_download() as download:
        page.get_by_role("link", name=say("meetings.minutes", "pl")).press("Enter")
    return download.value.path().read_bytes()


def read_rows(hall: Hall, round_uid: str) -> tuple[VoteRound, list[dict[str, int]]]:
    """A round and its ballots as they lie in the store: places by problem."""
    with hall.server.store() as store, store.read() as connection:
        one = next(one for one in list_rounds(connection, hall.found.id) if one.uid == round_uid)
        rows = connection.execute(
            select(vote_ballot.c.marks)
            .join_from(vote_ballot, vote_round, vote_round.c.id == vote_ballot.c.round_id)
            .where(vote_round.c.uid == round_uid)
        ).scalars()
        return one, [{key: place for key, (place,) in json.loads(marks).items()} for marks in rows]


def check_result(hall: Hall, round_uid: str, shown: list[list[str]], words: str) -> None:
    """Compare a table of the minutes and the sentences above it with what is counted from the rows, a second way."""
    one, ballots = read_rows(hall, round_uid)
    given = {key: [one.most + 1 - ballot[key] for ballot in ballots if key in ballot] for key in one.items}
    points = {key: sum(mine) for key, mine in given.items()}
    titles = {item.key: item.title for item in hall.found.meeting.items}
    keys = {title: key for key, title in titles.items()}
    assert {keys[line[1]] for line in shown[1:]} == set(one.items)
    for place, title, score, spread in shown[1:]:
        mine = given[keys[title]]
        assert int(score.split(" ")[0]) == sum(mine)
        assert int(place) == 1 + sum(other > sum(mine) for other in points.values())
        if len(mine) >= 3:
            assert spread.startswith(f"{len(mine)} os")
            assert f"od {min(mine)} do {max(mine)}" in spread
        else:
            assert spread.split(";")[0] in {"nikt", "mniej niż 3 osoby"}
    assert f"„{PROBLEMS[0]}” ({points[hall.keys[0]]} punktów). Głosowało {len(ballots)} osób." in words
    # Friedman's statistic is Kendall's W but for a factor.
    columns = [[ballot.get(key, (one.most + 1 + len(one.items)) / 2) for ballot in ballots] for key in one.items]
    agreement = friedmanchisquare(*columns).statistic / (len(ballots) * (len(one.items) - 1))
    assert f"W Kendalla {agreement:.2f}".replace(".", ",") in words


def read_minutes(file: bytes) -> tuple[str, list[list[list[str]]]]:
    minutes = Document(io.BytesIO(file))
    words = "\n".join(paragraph.text for paragraph in minutes.paragraphs).replace("\u00a0", " ")
    tables = [
        [[cell.text.replace("\u00a0", " ") for cell in line.cells] for line in table.rows] for table in minutes.tables
    ]
    return words, tables


def test_a_whole_meeting(hall: Hall, open_page: OpenPage) -> None:
    discuss(hall, open_page(size=PROJECTOR))
    phone, lost = (open_page(size=PHONE, script=False, expected_errors=("409",)) for _ in range(2))
    rounds = hold_first_round(hall, phone, lost), hold_second_round(hall)
    decide(hall)
    words, (by_sector, listed, *results, decided, tasks, _) = read_minutes(close_meeting(hall))
    assert [line[1] for line in by_sector[1:]] == ["4", "4", "4"]
    assert [line[0] for line in listed[1:]] == [person.name for person in PRESENT]
    assert all(item.evidence["pl"] in words for item in hall.found.meeting.items)
    assert "Dojazd jest drogi\nZdanie Anny\nZdanie Jana\nTego nie zdążono zapisać" in words
    assert [len(read_rows(hall, round_uid)[1]) for round_uid in rounds] == [11, 12]
    for shown, round_uid in zip(results, rounds, strict=True):
        check_result(hall, round_uid, shown, words)
    # What everybody wants stays first whatever is done.
    assert f"{PROBLEMS[0]}: wśród pierwszych 3 w 100 % prób" in words
    assert decided[1] == [PROBLEMS[0], "Projekt pierwszy", "", "", "ile osób", "30.06.2027"]
    assert tasks[1] == ["Zapytać sołtysa", "Ola", "20.12.2026", PROBLEMS[0]]
