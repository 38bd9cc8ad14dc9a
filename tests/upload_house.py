"""The dashboard with people who upload: accounts, cookies, and a worker that runs their jobs when a test says so."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from dashboard.access import premises
from dashboard.access.config import LOOPBACK_NAMES, Entrance
from dashboard.access.identity import INSECURE_COOKIE
from dashboard.texts import say, texts
from etl.jobs import queue, requests
from etl.jobs.kinds import run_kind
from etl.jobs.queue import JobKind, JobState
from etl.jobs.worker import Worker
from etl.store.audit import Author
from etl.store.engine import Store
from etl.store.grants import insert_grant
from etl.store.moments import utc_now, write_moment
from etl.store.schema_operations import user_account
from etl.store.scope import Actor, Grant, Role
from etl.store.sessions import actor_of_session, make_token, open_session
from tests.importing_surveys import add_partnership
from tests.made.google_forms import make_survey
from tests.sight import Sight, unescape

ENTRY = Path(__file__).resolve().parent.parent / "dashboard" / "app.py"
PATIENCE_SECONDS = 60
COORDINATOR_OF_LIW = Grant(Role.COORDINATOR, "liw")
BORIS = Grant(Role.BORIS)
SURVEY = make_survey(60).form_csv()
NAME = "Ankieta mieszkańców (Odpowiedzi).csv"
PROBLEM_QUESTION = "Które problemy są najbardziej dotkliwe w naszej okolicy? (do 3)"


def text(key: str, **facts: object) -> str:
    """Return a Polish text of the dashboard as it is read."""
    return unescape(say(key, "pl", **facts))


def words_of_other_language(language: str) -> set[str]:
    """Return the dashboard's texts, those with places for facts left out, that differ in the other language."""
    other = "en" if language == "pl" else "pl"
    catalogue = texts()
    return {
        words
        for key in catalogue
        if isinstance(words := catalogue.raw(key, other), str)  # type: ignore[arg-type] # one of the two languages
        and "{" not in words
        and words != catalogue.raw(key, language)  # type: ignore[arg-type] # one of the two languages
    }


def write_table(headers: list[str], *rows: list[str]) -> bytes:
    """Return a table as a text file with semicolons."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([headers, *rows])
    return written.getvalue().encode()


def is_offered(sight: Sight, key: str) -> bool:
    """Whether a button is there and can be pressed."""
    return any(button.key == key and not button.disabled for button in sight.at.button)


def make_account(store: Store, name: str, *grants: Grant) -> str:
    """Write an account with some roles and return the cookie of a session of its owner. It has no password."""
    now = utc_now()
    with store.write() as connection:
        user_id = connection.execute(
            insert(user_account)
            .values(name=name, display_name=name, password_hash="", state="active", made_at=write_moment(now))
            .returning(user_account.c.id)
        ).scalar_one()
        for grant in grants:
            insert_grant(connection, user_id=user_id, name=name, grant=grant, by=Author("test", now))
        return open_session(connection, user_id=user_id, now=now)


@dataclass
class House:
    """A dashboard on a store of its own, and whoever stands before it.

    Attributes:
        store: the store that the pages ask.
        cookies: what the visitor's browser sends; empty: nothing.
    """

    store: Store
    cookies: dict[str, str]

    def sign_in(self, name: str, *grants: Grant) -> None:
        """Make an account and let the visitor be its owner."""
        self.cookies[INSECURE_COOKIE] = make_account(self.store, name, *grants)

    def visit_anonymously(self) -> None:
        """Let the visitor be somebody without an account, with a key of their own."""
        self.cookies[INSECURE_COOKIE] = make_token()

    def add_partnership(self, slug: str = "liw") -> None:
        """Write a partnership with nothing in it, „Partnerstwo liw"."""
        add_partnership(self.store, slug)

    def work(self) -> int:
        """Run every job that waits, and return how many there were."""
        worker = Worker(self.store, run=run_kind)
        done = 0
        while worker.run_next():
            done += 1
        return done

    def open(self, page: str, **address: str) -> Sight:
        """Open a page in a tab of its own, as somebody who has just come."""
        tab = AppTest.from_file(str(ENTRY), default_timeout=PATIENCE_SECONDS)
        tab.run()  # only a run tells `AppTest` which pages there are
        tab.switch_page(f"app_pages/{page}.py")
        tab.query_params = dict(address)
        return Sight(tab.run())

    def upload(self, file_name: str, content: bytes) -> Sight:
        """Choose a file on the upload page; nothing has looked at it yet."""
        sight = self.open("upload")
        sight.at.file_uploader[0].upload(file_name, content)
        return Sight(sight.at.run())

    def inspect(self, content: bytes = SURVEY, name: str = NAME) -> Sight:
        """Upload a file and wait until somebody has looked what it is."""
        return self.look_again(self.upload(name, content))

    def preview(self, sight: Sight) -> Sight:
        """Ask what would be loaded, and wait for it."""
        return self.look_again(sight.press("upload-ask-preview"))

    def load(self, sight: Sight) -> Sight:
        """Load, and wait for it."""
        return self.look_again(sight.press("upload-load"))

    @property
    def actor(self) -> Actor:
        """Whoever is signed in."""
        found = actor_of_session(self.store, self.cookies[INSECURE_COOKIE], utc_now())
        assert found is not None
        return found

    def jobs(self, kind: JobKind) -> list[JobState]:
        """Jobs of a kind of whoever is signed in, newest first."""
        return queue.list_states(self.store, self.actor.owner_key, kind=kind)

    def kept_files(self) -> list[str]:
        """Names of the files that wait for whoever is signed in."""
        return [file.file_name for file in requests.list_uploads(self.store, self.actor)]

    def look_again(self, sight: Sight) -> Sight:
        """Run the jobs that wait and look at the page again, as the page itself does."""
        self.work()
        return Sight(sight.at.run())


@pytest.fixture
def house(streamlit_as_served: None, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """An empty dashboard on this machine, and a visitor without a cookie."""
    monkeypatch.setenv("DIAGNOZA_DATABASE_URL", sqlite_url)
    premises.close_premises()
    opened = premises.current_premises()
    entrance = Entrance(host_names=LOOPBACK_NAMES, on_loopback=True)
    monkeypatch.setattr(premises, "_opened", [replace(opened, entrance=entrance)])
    cookies: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _context: cookies))
    yield House(opened.store, cookies)
    premises.close_premises()


@pytest.fixture
def office(house: House) -> House:
    """A dashboard with the empty partnership of Liw, before which its coordinator sits."""
    house.add_partnership()
    house.sign_in("anna", COORDINATOR_OF_LIW)
    return house
