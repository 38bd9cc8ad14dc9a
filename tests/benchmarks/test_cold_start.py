"""From starting the server of an installed copy to its first page in a browser; ``start.py bench`` measures it."""

from itertools import count

from playwright.sync_api import Browser, Error

from etl.sample.loading import load_sample
from etl.store.engine import open_store
from tests.live_server import DASHBOARD, start_process
from tests.postgres import find_free_port
from tests.waiting import wait_until


def test_cold_start_to_the_first_page(benchmark, browser: Browser, tmp_path) -> None:
    numbers, started = count(1), []

    def prepare():
        """An installed copy has its database; the browser is open."""
        folder = tmp_path / str(next(numbers))
        (folder / "data").mkdir(parents=True)
        store = open_store(f"sqlite:///{folder / 'data' / 'diagnoza.sqlite3'}")
        store.upgrade()
        load_sample(store)
        store.close()
        return (folder, find_free_port(), browser.new_page()), {}

    def start(folder, port, page):
        started.append(start_process(folder, folder / "data", DASHBOARD / "server.py", port, {}, ()))

        def opens() -> bool:
            try:
                page.goto(f"http://127.0.0.1:{port}")
            except Error:  # nobody listens yet
                return False
            return True

        wait_until(opens)
        return page.get_by_role("heading", level=1).inner_text()

    try:
        assert benchmark.pedantic(start, setup=prepare, rounds=3)
    finally:
        for process in started:
            process.terminate()
            process.wait()
