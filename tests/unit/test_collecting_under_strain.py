"""What the screen called sent is there after the server was killed, and what was sent twice is there once."""

import asyncio
import os
import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from etl.store.collections import read_collection
from etl.store.counting import recount_wave
from etl.store.engine import Store, open_store
from etl.store.schema import choice_count, wave
from surveys.filling import Layout
from tests.benchmarks.answering_people import Times, let_people_answer
from tests.importing_surveys import MACHINE, add_partnership, count_rows
from tests.live_server import run_server
from tests.made.web_forms import make_open


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signal that nobody can catch")
def test_a_killed_server_loses_nothing_that_it_thanked_for(tmp_path: Path) -> None:
    address = ""

    def prepare(store: Store) -> None:
        nonlocal address
        add_partnership(store)
        uid, _ = make_open(store, layout=Layout.SINGLE)
        with store.read() as connection:
            address = f"/a/{read_collection(connection, MACHINE, uid)[0].token}"

    times = Times()
    with run_server(tmp_path, prepare=prepare) as server:

        def answer() -> None:
            try:
                let_people_answer(server.host, server.port, address, 40, (1.0, 1.6), times)
            except (OSError, asyncio.IncompleteReadError):
                times.broken = True

        people = threading.Thread(target=answer)
        people.start()
        while times.thanked < 8 and people.is_alive():
            threading.Event().wait(0.01)
        os.kill(server.process.pid, signal.SIGKILL)
        people.join()
        file = server.folder / "diagnoza.sqlite3"
    store = open_store(f"sqlite:///{file}")
    rows = count_rows(store)
    assert times.thanked >= 8
    assert times.thanked <= rows["response"] == rows["collection_sending"]
    with store.write() as connection:
        counted = sorted(map(tuple, connection.execute(select(choice_count))))
        recount_wave(connection, connection.execute(select(wave.c.id)).scalar_one())
        assert sorted(map(tuple, connection.execute(select(choice_count)))) == counted
    store.close()
