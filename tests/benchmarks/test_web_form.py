"""The web form: a page at the server, and two hundred people who answer at once, every answer stored."""

import pytest

from etl.store.collections import read_collection
from etl.store.engine import Store
from surveys.filling import Layout
from surveys.questionnaires import load_form
from tests.benchmarks.answering_people import let_people_answer
from tests.importing_surveys import MACHINE, add_partnership, count_rows
from tests.live_server import run_server
from tests.made.web_forms import make_open
from tests.phone import House

PEOPLE, FEW_PEOPLE = 200, 6
# Seconds in which a person reads a page of questions; nobody reads faster, most read longer.
PAUSE, SHORT_PAUSE = (2.0, 6.0), (0.35, 0.4)


def open_residents(store: Store, layout: Layout = Layout.GROUPS) -> str:
    """Open the residents' questionnaire and return its address."""
    add_partnership(store)
    uid, _ = make_open(store, form=load_form("residents"), layout=layout)
    with store.read() as connection:
        return f"/a/{read_collection(connection, MACHINE, uid)[0].token}"


@pytest.mark.parametrize("layout", list(Layout), ids=lambda layout: layout.value)
def test_page_of_questions(benchmark, phones: House, layout: Layout) -> None:
    address = open_residents(phones.store, layout)
    phone = phones.phone()
    phone.open(address)
    phone.press("zacznij")
    cookie = {"cookie": f"ankieta={phone.cookies['ankieta']}"}
    page = benchmark(phones.serve, "GET", f"{address}?s=1", headers=cookie)
    assert page.status == 200
    assert len(page.html.encode()) < 30_000
    benchmark.extra_info["bytes"] = len(page.html.encode())


def test_two_hundred_people_at_once(benchmark, request, tmp_path) -> None:
    option = request.config.getoption
    measured = option("benchmark_enable") or not option("benchmark_disable")
    people, pause = (PEOPLE, PAUSE) if measured else (FEW_PEOPLE, SHORT_PAUSE)
    address = ""

    def prepare(store: Store) -> None:
        nonlocal address
        address = open_residents(store)

    with run_server(tmp_path, prepare=prepare) as server:
        arguments = (server.host, server.port, address, people, pause)
        times = benchmark.pedantic(let_people_answer, arguments, rounds=1)
        with server.store() as store:
            stored = count_rows(store)["response"]
    assert (times.thanked, stored) == (people, people)
    benchmark.extra_info |= {
        "requests": len(times.taken),
        "median_ms": round(times.share(0.5) * 1000),
        "p95_ms": round(times.share(0.95) * 1000),
        "p99_ms": round(times.share(0.99) * 1000),
    }
