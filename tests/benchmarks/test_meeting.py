"""A meeting: a hundred phones that vote within ten seconds, every vote stored; and how fast the projector answers."""

import pytest
from sqlalchemy import func, select

from etl.store.engine import Store
from etl.store.schema_meetings import vote_ballot, vote_use
from surveys.model.meeting import VoteAccess
from tests.benchmarks.voting_people import Booth, let_people_vote
from tests.live_server import run_server
from tests.made.meetings import make_meeting, open_vote, read
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
