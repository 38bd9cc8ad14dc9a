"""Pulls for tests: what came, as rows, and the code of what stopped it."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest

from etl.connectors.base import Connection
from etl.connectors.pulling import Pulled, pull_answers
from surveys.findings import FaultError
from tests.made.survey_forms import make_kobo, make_limesurvey, make_odk
from tests.made.survey_servers import SurveyServer

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
KINDS = ("kobo", "odk", "limesurvey")
PEOPLE = 11


def fill(server: SurveyServer) -> None:
    """Let the same eleven people have answered on all three servers."""
    server.kobo = make_kobo(PEOPLE)
    server.odk = make_odk(PEOPLE)
    server.limesurvey = make_limesurvey(list(range(1, PEOPLE + 1)))


def pull(connection: Connection, *, now: datetime = NOW, **settings: Any) -> Pulled:
    """Pull without sleeping between attempts."""
    return pull_answers(connection, now=now, wait=settings.pop("wait", lambda _seconds: None), **settings)


def read(pulled: Pulled) -> list[dict[str, str]]:
    """The rows of what came, by heading."""
    assert pulled.incoming is not None
    content = pulled.incoming.content
    if pulled.incoming.file_name.endswith(".zip"):
        content = unpack(pulled)["answers.csv"]
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text[:80] else ","))


def unpack(pulled: Pulled) -> dict[str, bytes]:
    """The files of what came with its form."""
    assert pulled.incoming is not None
    with zipfile.ZipFile(io.BytesIO(pulled.incoming.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def stop_with(connection: Connection, **settings: Any) -> str:
    """The code of the one finding that stops a pull."""
    with pytest.raises(FaultError) as stopped:
        pull(connection, **settings)
    (finding,) = stopped.value.report
    assert finding.facts["name"] == connection.name
    return finding.code
