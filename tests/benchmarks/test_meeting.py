"""A meeting: a hundred phones that vote within ten seconds, every vote stored; and how fast the projector answers."""

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal
from sqlalchemy import func, select

from dashboard.meetings import problem_chart
from etl.store.engine import Store, open_store
from etl.store.meeting_rows import list_meetings
from etl.store.register_changes import find_partnership
from etl.store.schema_meetings import vote_ballot, vote_use
from surveys.analysis.meeting_stability import try_rounds
from surveys.model.meeting import Ballot, MeetingState, VoteAccess, VoteMethod, VoteRound
from tests.benchmarks.voting_people import Booth, let_people_vote
from tests.live_server import run_server
from tests.made.meetings import MACHINE, make_meeting, open_vote, read
from tests.phone import House
from tests.upload_house import COORDINATOR_OF_LIW, make_account

PHONES, FEW_PHONES = 100, 6
SECONDS, FEW_SECONDS = 10.0, 0.5
PROBLEMS = tuple(f"Problem {number}" for number in range(15))


def test_a_hundred_phones_vote_within_ten_seconds(benchmark, request, tmp_path) -> None:
    option = request.config.getoption
    measured = option("benchmark_enable") or not option("benchmark_disable")
    phones, seconds = (PHONES, SECONDS) if measured else (FEW_PHONES, FEW_SECONDS)
    codes: tuple[str, ...] = ()
    made: dict[str, object] = {}

    def prepare(store: Store) -> None:
        nonlocal codes
        uid, codes = make_meeting(store, PROBLEMS, seats=phones)
        found = read(store, uid)
        made.update(address=f"/g/{found.token}", round_uid=open_vote(store, uid))
        made["items"] = tuple(item.key for item in found.meeting.items)

    with run_server(tmp_path, prepare=prepare) as server:
        booth = Booth(server.host, server.port, **made)  # type: ignore[arg-type] # by name
        times = benchmark.pedantic(let_people_vote, (booth, codes, seconds), rounds=1)
        with server.store() as store, store.read() as connection:
            stored = [
                connection.execute(select(func.count()).select_from(one)).scalar() for one in (vote_ballot, vote_use)
            ]
    assert (times.thanked, stored) == (phones, [phones, phones])
    benchmark.extra_info |= {
        "requests": len(times.taken),
        "median_ms": round(times.share(0.5) * 1000),
        "p95_ms": round(times.share(0.95) * 1000),
        "p99_ms": round(times.share(0.99) * 1000),
    }


@pytest.mark.parametrize("screen", [0, 2, 17], ids=["opening", "problem", "vote"])
def test_a_screen_of_the_projector(benchmark, phones: House, monkeypatch: pytest.MonkeyPatch, screen: int) -> None:
    monkeypatch.setattr("tests.upload_house.utc_now", lambda: phones.now)
    uid, _ = make_meeting(phones.store, PROBLEMS, access=VoteAccess.SEATS)
    cookie = {"cookie": f"__Host-diagnoza={make_account(phones.store, 'anna', COORDINATOR_OF_LIW)}"}
    page = benchmark(phones.serve, "GET", f"/spotkanie/{uid}?e={screen}", headers=cookie)
    assert page.status == 200
    benchmark.extra_info["bytes"] = len(page.html.encode())


@pytest.fixture
def held(
    sample_file: Path, tmp_path: Path, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[House, dict[str, str], str]]:
    """The meeting of the sample data, with a survey behind its problems: the house, a coordinator's cookie, address."""
    file = tmp_path / "diagnoza.sqlite3"
    shutil.copyfile(sample_file, file)
    store = open_store(f"sqlite:///{file}")
    house = House(store, portal, tmp_path)
    monkeypatch.setattr("tests.upload_house.utc_now", lambda: house.now)
    cookie = {"cookie": f"__Host-diagnoza={make_account(store, 'anna', COORDINATOR_OF_LIW)}"}
    with store.read() as connection:
        listed = list_meetings(connection, MACHINE, [find_partnership(connection, "liw") or 0])
    found = next(one for one in listed if one.meeting.state is MeetingState.CLOSED)
    yield house, cookie, f"/spotkanie/{found.uid}"
    store.close()


@pytest.mark.parametrize("screen", ["2", "10&c=wynik", "10&c=obroni"], ids=["problem", "result", "stands"])
def test_a_screen_with_figures_behind_it(benchmark, held, screen: str) -> None:
    house, cookie, address = held
    page = benchmark(house.serve, "GET", f"{address}?e={screen}", headers=cookie)
    assert page.status == 200


@pytest.mark.parametrize("drawn", [False, True], ids=["first", "again"])
def test_the_chart_of_a_problem(benchmark, held, drawn: bool) -> None:
    house, cookie, address = held
    problem = house.serve("GET", f"{address}?e=2", headers=cookie).html
    chart = re.findall(r'src="([^"]+\.svg[^"]*)"', problem)[0].replace("&amp;", "&")
    if drawn:
        image = benchmark(house.serve, "GET", chart, headers=cookie)
    else:
        image = benchmark.pedantic(
            house.serve, ("GET", chart), {"headers": cookie}, setup=forget_charts, rounds=5, warmup_rounds=1
        )
    assert "<svg" in image.html


@pytest.mark.parametrize("voters", [12, 100])
def test_whether_a_decision_stands(benchmark, voters: int) -> None:
    """By the method with most trials, for fifteen problems."""
    keys = tuple(f"k{number:02}" for number in range(15))
    one = VoteRound("r", 1, VoteMethod.HANLON, keys, by_sector=True, closed=True)
    mind = random.Random(0)  # noqa: S311 # opinions, not secrets
    ballots = [
        Ballot({key: (mind.randint(0, 10), mind.randint(0, 10), 1, 1, 1, 1, 1) for key in keys}, "abc"[number % 3])
        for number in range(voters)
    ]
    assert benchmark(try_rounds, [(one, ballots)], {}) is not None


def forget_charts() -> None:
    problem_chart._draw.cache_clear()
