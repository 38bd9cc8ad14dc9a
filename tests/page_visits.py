"""Pages that read, run as the server runs them but without a browser: a store, a visitor, an address."""

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config as streamlit_config
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard.access import visitor
from dashboard.access.config import WANTED
from dashboard.access.identity import INSECURE_COOKIE
from dashboard.access.premises import close_premises
from etl.store.engine import Store, open_store
from etl.store.register_writing import write_register
from etl.store.scope import Actor
from etl.store.sessions import make_token
from surveys.model import Register
from tests.sight import Sight

ENTRY = Path(__file__).resolve().parent.parent / "dashboard" / "app.py"
PATIENCE_SECONDS = 60
AS_THE_SERVER = ("browser.gatherUsageStats", "runner.magicEnabled")
VISITOR = Actor.anonymous("a-visitor-of-the-tests")

Prepare = Callable[[Store], None]


class Pages:
    """The dashboard over one store.

    Attributes:
        actor: whoever looks; may change between two looks.
        cookies: what their browser sends.
    """

    def __init__(self, store_file: Path) -> None:
        self.store_file = store_file
        self.actor = VISITOR
        self.cookies: dict[str, str] = {}
        self._addresses: dict[str, Any] = {}

    def see(self, page: str = "start", **address: str | list[str]) -> Sight:
        """Open a page at an address with this query, as somebody who has just come."""
        at = AppTest.from_file(str(ENTRY), default_timeout=PATIENCE_SECONDS)
        at.query_params = dict(address)
        if page != "start":
            # Only a run tells `AppTest` which pages there are; a person who comes by a link makes none before.
            at._registered_pages = self._addresses or self._learn_addresses()
            at.switch_page(f"app_pages/{page}.py")
        return Sight(at.run())

    def _learn_addresses(self) -> dict[str, Any]:
        first = AppTest.from_file(str(ENTRY), default_timeout=PATIENCE_SECONDS).run()
        self._addresses = dict(first._registered_pages)
        return self._addresses

    def change(self, prepare: Prepare) -> None:
        """Change the store beside the running pages."""
        store = open_store(f"sqlite:///{self.store_file}")
        prepare(store)
        store.close()


def go(sight: Sight, page: str) -> Sight:
    """Go on to another page by the navigation, which empties the address."""
    sight.at.query_params = {}
    return Sight(sight.at.switch_page(f"app_pages/{page}.py").run())


def load_registers(*registers: Register) -> Prepare:
    """Return what puts registers into a store."""

    def load(store: Store) -> None:
        with store.write() as connection:
            for register in registers:
                write_register(connection, register, None)

    return load


@pytest.fixture
def streamlit_as_served(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Streamlit without what the server has switched off, and without looking for what is not there."""
    # At every element it warns that nobody's browser is there.
    script_context = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    monkeypatch.setattr(script_context, "disabled", True)
    # Each `AppTest` is a start of Streamlit: it would look through every installed package for components of pages,
    # of which there are none here, and write each script anew for a feature that the server switches off.
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)
    before = {option: streamlit_config.get_option(option) for option in AS_THE_SERVER}
    for option in AS_THE_SERVER:
        streamlit_config.set_option(option, WANTED[option])
    yield
    for option, value in before.items():
        streamlit_config.set_option(option, value)


@pytest.fixture
def open_pages(streamlit_as_served: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Pages]]:
    """Return the dashboard over a store file."""

    def open_over(store_file: Path) -> Pages:
        pages = Pages(store_file)
        monkeypatch.setenv("DIAGNOZA_DATABASE_URL", f"sqlite:///{store_file}")
        # Not `current_actor` itself: a module first imported during this test would keep the substitute for ever.
        monkeypatch.setattr(visitor, "actor_of_session", lambda *_question: pages.actor)
        token = {INSECURE_COOKIE: make_token()}
        monkeypatch.setattr(type(st.context), "cookies", property(lambda _context: token | pages.cookies))
        close_premises()
        return pages

    yield open_over
    close_premises()


@pytest.fixture
def sample_pages(open_pages: Callable[[Path], Pages], sample_file: Path) -> Pages:
    """The dashboard with the sample data, as an anonymous visitor sees it."""
    return open_pages(sample_file)


@pytest.fixture
def pages_of(open_pages: Callable[[Path], Pages], migrated_sqlite: Path, tmp_path: Path) -> Callable[..., Pages]:
    """Return the dashboard over a store of the test's own: ``pages_of(load_registers(…), …)``."""

    def make(*prepare: Prepare) -> Pages:
        # A name of its own: figures are kept by the database's address.
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite3"
        shutil.copyfile(migrated_sqlite, file)
        pages = open_pages(file)
        for one in prepare:
            pages.change(one)
        return pages

    return make
