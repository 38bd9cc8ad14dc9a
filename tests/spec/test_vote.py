"""People vote on their phones at a meeting: what they see, what is stored, and what is refused with a plain page."""

import json

import pytest
from sqlalchemy import select

from dashboard.meetings import vote_routes
from dashboard.texts import say
from etl.store.meeting_rows import StoredMeeting
from etl.store.meetings import close_meeting
from etl.store.schema_meetings import vote_ballot
from etl.store.vote_rounds import close_round
from surveys.model.meeting import VoteAccess, VoteMethod
from tests.made.meetings import MACHINE, NOW, TITLES, make_meeting, open_vote, read
from tests.phone import House, Page, Phone


def text(key: str, **facts: object) -> str:
    return say(f"voting.{key}", "pl", **facts)


@pytest.fixture
def house(phones: House, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(vote_routes, "_WRONG_CODE_SECONDS", 0)
    return phones


def start(
    house: House, method: VoteMethod = VoteMethod.NOMINAL, **wanted: object
) -> tuple[StoredMeeting, tuple[str, ...], str]:
    uid, codes = make_meeting(house.store, **wanted)
    round_uid = open_vote(house.store, uid, method, by_sector=bool(wanted.get("by_sector")))
    return read(house.store, uid), codes, round_uid


def ballots(house: House) -> list[dict[str, list[int]]]:
    with house.store.read() as connection:
        return [json.loads(marks) for marks in connection.execute(select(vote_ballot.c.marks)).scalars()]


def fill(phone: Phone, **fields: str) -> Page:
    phone.filled = {name: [value] for name, value in fields.items()}
    return phone.press("")


def test_a_vote_from_the_code_to_the_thanks(house: House) -> None:
    found, codes, _ = start(house)
    phone = house.phone()
    page = phone.open(f"/g/{found.short_token}?kod={codes[0]}")
    assert text("how.nominal", n=5) in page.words
    assert all(title in page.words for title in TITLES)
    page = fill(phone, m1="k3", m2="k0", m4="k1")
    assert text("thanks.title") in page.words
    assert ballots(house) == [{"k0": [2], "k1": [3], "k3": [1]}]
    assert phone.cookies == {}


def test_a_second_vote_stores_nothing_and_says_so(house: House) -> None:
    found, codes, _ = start(house)
    for key in ("k0", "k1"):
        phone = house.phone()
        phone.open(f"/g/{found.token}?kod={codes[0]}")
        page = fill(phone, m1=key)
    assert text("already.text") in page.words
    assert ballots(house) == [{"k0": [1]}]


def test_a_late_vote_is_told_that_it_is_late_and_a_counted_one_that_it_counts(house: House) -> None:
    found, codes, round_uid = start(house)
    in_time, late = house.phone(), house.phone()
    for phone, code in ((in_time, codes[0]), (late, codes[1])):
        phone.open(f"/g/{found.token}?kod={code}")
    form = {"tura": [round_uid], "m1": ["k0"]}
    fill(in_time, m1="k0")
    with house.store.write() as connection:
        close_round(connection, MACHINE, found.uid, round_uid, NOW)
    assert text("late.title") in fill(late, m1="k1").words
    # The answer was lost on the way and the phone sends again.
    assert text("already.title") in in_time.send(f"/g/{found.token}", {**form, "kod": [codes[0]]}).words
    assert len(ballots(house)) == 1


@pytest.mark.parametrize("typed", ["", "ABCDE-23456", "' OR 1=1 --", "𝟚" * 200])
def test_another_code_is_refused_and_what_was_filled_in_stays(house: House, typed: str) -> None:
    found, _, _ = start(house)
    phone = house.phone()
    phone.open(f"/g/{found.token}")
    page = fill(phone, kod=typed, m1="k2")
    assert (page.status, ballots(house)) == (403, [])
    assert text("fault.unknown_codes") in page.words
    assert next(field.value for field in page.fields if field.name == "m1") == "k2"


@pytest.mark.parametrize(
    ("method", "fields", "fault"),
    [
        (VoteMethod.NOMINAL, {"m1": "foreign"}, "foreign"),
        (VoteMethod.NOMINAL, {"m6": "k0"}, "foreign"),
        (VoteMethod.NOMINAL, {"m1": "k0", "m2": "k0"}, "twice"),
        (VoteMethod.NOMINAL, {}, "empty"),
        (VoteMethod.DOTS, {"p_k0": "4", "p_k1": "2"}, "too_many"),
        (VoteMethod.DOTS, {"p_k9": "1"}, "foreign"),
        (VoteMethod.DOTS, {"p_k0": "-1"}, "off_scale"),
        (VoteMethod.DOTS, {"p_k0": "1.5"}, "off_scale"),
        (VoteMethod.RANKING, {"p_k0": "1"}, "incomplete"),
        (VoteMethod.RANKING, {f"p_k{n}": "9" for n in range(5)}, "off_scale"),
        (VoteMethod.MATRIX, {"p_k0__0": "3"}, "incomplete"),
        (VoteMethod.CONSENSUS, {f"p_k{n}": "2" for n in range(5)}, "off_scale"),
    ],
)
def test_a_ballot_that_does_not_fit_is_shown_again_with_the_reason(
    house: House, method: VoteMethod, fields: dict[str, str], fault: str
) -> None:
    found, codes, _ = start(house, method)
    phone = house.phone()
    phone.open(f"/g/{found.token}?kod={codes[0]}")
    page = fill(phone, **fields)
    assert (page.status, ballots(house)) == (422, [])
    assert text(f"fault.{fault}", n=5) in page.words


@pytest.mark.parametrize(
    ("method", "fields", "kept"),
    [
        (VoteMethod.DOTS, {"p_k0": "3", "p_k2": "2", "p_k3": "0"}, {"k0": [3], "k2": [2]}),
        (VoteMethod.RANKING, {f"p_k{n}": "1" for n in range(5)}, {f"k{n}": [1] for n in range(5)}),
        (
            VoteMethod.HANLON,
            {f"p_k{n}__{part}": "7" for n in range(5) for part in (0, 1)} | {"p_k1__nie": "legality"},
            {f"k{n}": [7, 7, 1, 1, 1, 1, int(n != 1)] for n in range(5)},
        ),
        (
            VoteMethod.MATRIX,
            {f"p_k{n}__{part}": str(4 - part) for n in range(5) for part in (0, 1)},
            {f"k{n}": [4, 3] for n in range(5)},
        ),
        (VoteMethod.CONSENSUS, {f"p_k{n}": "-1" for n in range(5)}, {f"k{n}": [-1] for n in range(5)}),
    ],
)
def test_each_method_has_its_ballot(
    house: House, method: VoteMethod, fields: dict[str, str], kept: dict[str, list[int]]
) -> None:
    found, codes, _ = start(house, method)
    phone = house.phone()
    page = phone.open(f"/g/{found.token}?kod={codes[0]}")
    assert {name for name in fields if "nie" not in name} <= {field.name for field in page.fields}
    assert text("thanks.title") in fill(phone, **fields).words
    assert ballots(house) == [kept]


def test_seats_and_sectors(house: House) -> None:
    found, _, _ = start(house, access=VoteAccess.SEATS, by_sector=True)
    phone = house.phone()
    phone.open(f"/g/{found.token}")
    assert text("fault.unknown_seats") in fill(phone, kod="13", m1="k0").words
    assert text("thanks.title") in fill(phone, kod="12", m1="k0", sektor="civic").words
    with house.store.read() as connection:
        assert connection.execute(select(vote_ballot.c.sector_code)).scalars().all() == ["civic"]


def test_without_an_open_round_the_page_waits_by_itself(house: House) -> None:
    uid, _ = make_meeting(house.store)
    found = read(house.store, uid)
    page = house.phone().open(f"/g/{found.token}")
    assert text("wait.title") in page.words
    assert ("meta", {"http-equiv": "refresh", "content": f"8;url=/g/{found.token}"}) in page.tags
    with house.store.write() as connection:
        close_meeting(connection, MACHINE, uid, NOW)
    assert text("over.title") in house.phone().open(f"/g/{found.token}").words


def test_english_and_large_letters_by_the_address(house: House) -> None:
    found, codes, _ = start(house)
    phone = house.phone()
    page = phone.open(f"/g/{found.token}?lang=en&litery=duze&kod={codes[0]}")
    assert say("voting.send", "en") in page.words
    assert ("html", {"lang": "en", "class": "large"}) in page.tags


def test_a_lost_phone_can_vote_by_another_with_the_same_code(house: House) -> None:
    found, codes, _ = start(house)
    lost = house.phone()
    lost.open(f"/g/{found.token}?kod={codes[0]}")
    other = house.phone()
    other.open(f"/g/{found.token}")
    assert text("thanks.title") in fill(other, kod=codes[0], m1="k1").words
    assert text("already.title") in fill(lost, m1="k2").words
    assert ballots(house) == [{"k1": [1]}]


def test_an_unknown_address_says_the_same_as_a_meeting_that_has_not_begun(house: House) -> None:
    assert text("unknown.title") in house.phone().open("/g/" + "x" * 22).words
