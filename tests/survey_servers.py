"""A survey server of the test's own, and the connections that lead to it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.connectors.base import Connection
from tests.made.survey_servers import KOBO_UID, PASSWORD, SURVEY, TOKEN, USER, SurveyServer, start_server

Connect = Callable[..., Connection]


@pytest.fixture
def survey_server() -> Iterator[SurveyServer]:
    """A server that listens until the test is over; its forms are empty."""
    server = SurveyServer()
    http_server = start_server(server)
    thread = threading.Thread(target=http_server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    http_server.shutdown()
    http_server.server_close()
    thread.join()


@pytest.fixture
def connect(survey_server: SurveyServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Connect:
    """Return a connection of a kind to the server, with its secret in the environment: ``connect("kobo")``."""
    monkeypatch.setenv("DIAGNOZA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TOKEN_OF_TEST", TOKEN)
    monkeypatch.setenv("PASSWORD_OF_TEST", PASSWORD)
    own: dict[str, dict[str, object]] = {
        "kobo": {"form": KOBO_UID, "token_variable": "TOKEN_OF_TEST"},
        "odk": {"form": "rozmowy w Liwie", "project": 7, "token_variable": "PASSWORD_OF_TEST", "user": USER},
        "limesurvey": {"form": str(SURVEY), "token_variable": "PASSWORD_OF_TEST", "user": USER},
    }

    def make(kind: str, **changes: object) -> Connection:
        settings = {"name": f"{kind}-liw", "kind": kind, "url": survey_server.url, "reach": "loopback", "page_size": 4}
        return Connection(**{**settings, **own[kind], **changes})  # type: ignore[arg-type] # as the file gives them

    return make
