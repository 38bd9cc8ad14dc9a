"""A whole meeting: twelve people of three sectors, fifteen problems, two rounds, a late vote, a lost phone, minutes.

The gate, the vote's pages and the projector's are the real ones. Every figure of the minutes is the store's.
"""

import io
import json
import random
from dataclasses import dataclass

import pytest
from docx import Document
from sqlalchemy import select

from dashboard.meetings import vote_routes
from dashboard.texts import say
from etl.store.meeting_outcomes import keep_attendance
from etl.store.meeting_rows import StoredMeeting
from etl.store.meetings import begin_meeting, prepare_meeting
from etl.store.schema_meetings import vote_ballot, vote_round
from etl.store.vote_rounds import find_open_round, make_codes
from surveys.model.meeting import Attendee
from tests.importing_surveys import add_partnership
from tests.made.meetings import MACHINE, NOW, new_meeting, read
from tests.phone import House, Phone
from tests.upload_house import COORDINATOR_OF_LIW, make_account

PROBLEMS = tuple(f"Problem numer {number}" for number in range(1, 16))
SECTORS = ("public", "civic", "business")
PEOPLE = 12
PRESENT = [Attendee(f"Osoba {number}", "", SECTORS[number % 3]) for number in range(PEOPLE)]
VOTE, DECISIONS, CLOSING = 2 + len(PROBLEMS), 3 + len(PROBLEMS), 4 + len(PROBLEMS)


@pytest.fixture
def house(phones: House, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(vote_routes, "_WRONG_CODE_SECONDS", 0)
    monkeypatch.setattr("tests.upload_house.utc_now", lambda: phones.now)
    add_partnership(phones.store)
    return phones


def vote(phone: Phone, found: StoredMeeting, code: str, order: list[str], sector: str) -> str:
    phone.open(f"/g/{found.token}?kod={code}")
    phone.filled = {f"m{place}": [key] for place, key in enumerate(order, 1)} | {"sektor": [sector]}
    return phone.press("").words


def opinions(seed: int, keys: list[str]) -> list[str]:
    """Five problems; the first of the list is everybody's, the others differ."""
    mind = random.Random(seed)  # noqa: S311 # opinions, not secrets
    return [keys[0], *mind.sample(keys[1:9], 4)]


@dataclass
class Hall:
    """The room: the meeting, its codes, and the laptop that the projector hangs on."""

    house: House
    found: StoredMeeting
    codes: tuple[str, ...]
    laptop: Phone

    @property
    def keys(self) -> list[str]:
        return [item.key for item in self.found.meeting.items]

    def press(self, screen: int, action: str, **fields: list[str]) -> str:
        """Fill a form of a screen in and press its button."""
        self.laptop.open(f"/spotkanie/{self.found.uid}?e={screen}")
        self.laptop.filled = fields
        return self.laptop.press(action).words

    def open_round(self, items: list[str], most: int) -> str:
        self.press(VOTE, "glosuj", metoda=["nominal"], ile=[str(most)], problem=items, sektor=["tak"])
        with self.house.store.read() as connection:
            one = find_open_round(connection, self.found.id)
        assert one is not None
        return one.uid


@pytest.fixture
def hall(house: House) -> Hall:
    with house.store.write() as connection:
        uid = prepare_meeting(connection, MACHINE, new_meeting(PROBLEMS, by_sector=True, seats=PEOPLE), NOW)
        codes = make_codes(connection, MACHINE, uid, NOW)
        begin_meeting(connection, MACHINE, uid, NOW)
        keep_attendance(connection, MACHINE, uid, PRESENT, NOW)
    laptop = house.phone(cookies={"__Host-diagnoza": make_account(house.store, "anna", COORDINATOR_OF_LIW)})
    return Hall(house, read(house.store, uid), codes, laptop)


def hold_first_round(hall: Hall) -> str:
    """Ten by phone (one dies with the ballot open, and its owner votes by another), one on paper, one too late."""
    house, found, codes, keys = hall.house, hall.found, hall.codes, hall.keys
    round_uid = hall.open_round(keys, 5)
    lost, late = house.phone(), house.phone()
    lost.open(f"/g/{found.token}?kod={codes[3]}")
    late.open(f"/g/{found.token}?kod={codes[11]}")
    for number in range(10):
        words = vote(house.phone(), found, codes[number], opinions(number, keys), SECTORS[number % 3])
        assert say("voting.thanks.title", "pl") in words
    lost.filled = {"m1": [keys[9]]}
    assert say("voting.already.title", "pl") in lost.press("").words
    hall.laptop.open(f"/spotkanie/{found.uid}/papier?e={VOTE}")
    row = {f"w_1_{place}": [str(keys.index(key) + 1)] for place, key in enumerate(opinions(10, keys), 1)}
    hall.laptop.filled = {"kod_1": [codes[10]], "sektor_1": [SECTORS[1]], **row}
    assert say("meeting_room.paper_page.kept", "pl", n=1) in hall.laptop.press("").words
    hall.press(VOTE, "koniec-glosowania", tura=[round_uid])
    late.filled = {"m1": [keys[9]]}
    assert say("voting.late.title", "pl") in late.press("").words
    return round_uid


def hold_second_round(hall: Hall) -> str:
    """About the first six problems, everybody."""
    round_uid = hall.open_round(hall.keys[:6], 3)
    for number, code in enumerate(hall.codes):
        mind = random.Random(number)  # noqa: S311 # opinions, not secrets
        order = [hall.keys[0], *mind.sample(hall.keys[1:6], 2)]
        vote(hall.house.phone(), hall.found, code, order, SECTORS[number % 3])
    hall.press(VOTE, "koniec-glosowania", tura=[round_uid])
    return round_uid


def test_a_whole_meeting_ends_in_minutes_whose_every_figure_is_the_stores(hall: Hall) -> None:
    hall.press(2, "notatka", tekst=["Trzy osoby znają przykład"])
    hall.press(2, "zadanie", co=["Zapytać sołtysa"], kto=["Ola"], do=["2026-12-20"], problem=[hall.keys[0]])
    rounds = (hold_first_round(hall), 5, 11), (hold_second_round(hall), 3, 12)
    decision = {"nazwa": ["Projekt pierwszy"], "wskaznik": ["ile osób"], "pomiar": ["2027-06-30"]}
    hall.press(DECISIONS, "decyzja", problem=[hall.keys[0]], **decision)
    hall.press(CLOSING, "zamknij")
    file = hall.house.serve_bytes("GET", f"/spotkanie/{hall.found.uid}/protokol.docx", hall.laptop.cookies)
    minutes = Document(io.BytesIO(file))
    words = "\n".join(paragraph.text.replace("\u00a0", " ") for paragraph in minutes.paragraphs)
    by_sector, listed, *results, decided, tasks, _signatures = [
        [[cell.text.replace("\u00a0", " ") for cell in line.cells] for line in table.rows] for table in minutes.tables
    ]
    assert [line[1] for line in by_sector[1:]] == ["4", "4", "4"]
    assert [line[0] for line in listed[1:]] == [person.name for person in PRESENT]
    assert "Trzy osoby znają przykład" in words
    assert all(item.evidence["pl"] in words for item in hall.found.meeting.items)
    for shown, (round_uid, most, voters) in zip(results, rounds, strict=True):
        assert f"Głosowało {voters} osób." in words
        check_result(hall, shown, *count_from_rows(hall.house, round_uid, most))
    assert decided[1][:2] == [PROBLEMS[0], "Projekt pierwszy"]
    assert decided[1][4:] == ["ile osób", "30.06.2027"]
    assert tasks[1] == ["Zapytać sołtysa", "Ola", "20.12.2026", PROBLEMS[0]]
    # What everybody wants stays first whatever is done.
    assert f"{PROBLEMS[0]}: wśród pierwszych 3 w 100 % prób" in words


def check_result(hall: Hall, shown: list[list[str]], points: dict[str, int], chosen: dict[str, list[int]]) -> None:
    """Compare a table of the minutes with what was counted from the rows."""
    keys = {item.title: item.key for item in hall.found.meeting.items}
    for place, title, score, spread in shown[1:]:
        key = keys[title]
        assert int(score.split(" ")[0]) == points.get(key, 0)
        assert int(place) == 1 + sum(other > points.get(key, 0) for other in points.values())
        people = len(chosen.get(key, []))
        if people >= 3:
            assert spread.startswith(f"{people} os")
            assert f"od {min(chosen[key])} do {max(chosen[key])}" in spread
        else:
            assert spread.split(";")[0] in {"nikt", "mniej niż 3 osoby"}


def count_from_rows(house: House, round_uid: str, most: int) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Count points from the rows of the store, by a second way than the program's."""
    with house.store.read() as connection:
        rows = connection.execute(
            select(vote_ballot.c.marks)
            .join_from(vote_ballot, vote_round, vote_round.c.id == vote_ballot.c.round_id)
            .where(vote_round.c.uid == round_uid)
        ).scalars()
        chosen: dict[str, list[int]] = {}
        for marks in rows:
            for key, (place,) in json.loads(marks).items():
                chosen.setdefault(key, []).append(most + 1 - place)
    return {key: sum(points) for key, points in chosen.items()}, chosen
