"""A server that would run otherwise than it has to refuses to start and says which setting to change."""

import os
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard.access.config import WANTED
from etl.jobs.supervisor import worker_environment
from tests.live_server import DASHBOARD, LiveServer, server_file
from tests.postgres import find_free_port
from tests.security.client import Browser
from tests.security.conftest import TRIAL_PAGE


def refuse_to_start(folder: Path, *options: str, **variables: str) -> str:
    """Start a server that must not start, and return what it says."""
    file = server_file(folder, TRIAL_PAGE)
    environment = worker_environment({**os.environ, "DIAGNOZA_DATA_DIR": str(folder / "data"), **variables})
    command = [sys.executable, "-m", "streamlit", "run", str(file), f"--server.port={find_free_port()}", *options]
    finished = subprocess.run(
        command,
        cwd=file.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert finished.returncode != 0
    assert "Traceback" not in finished.stderr
    return finished.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("client.showErrorDetails", "full"),
        ("server.enableXsrfProtection", "false"),
        ("server.enableAgentApi", "true"),
        ("server.maxUploadSize", "500"),
        ("browser.gatherUsageStats", "true"),
        ("server.enableStaticServing", "true"),
    ],
)
def test_another_setting_stops_the_start(tmp_path: Path, option: str, value: str) -> None:
    said = refuse_to_start(tmp_path, f"--{option}={value}")
    assert f"ustawienie Streamlita „{option}”" in said
    assert f"Streamlit's setting “{option}”" in said


def test_a_setting_of_the_environment_stops_the_start_too(tmp_path: Path) -> None:
    assert "server.enableCORS" in refuse_to_start(tmp_path, STREAMLIT_SERVER_ENABLE_CORS="false")


def test_a_server_for_other_machines_needs_a_name(tmp_path: Path) -> None:
    assert "DIAGNOZA_PUBLIC_URL" in refuse_to_start(tmp_path, "--server.address=0.0.0.0")


def test_the_shipped_settings_are_the_wanted_ones() -> None:
    shipped = tomllib.loads((DASHBOARD / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    flat = {f"{section}.{name}": value for section, values in shipped.items() for name, value in values.items()}
    flat["server.trustedUserHeaders"] = {} if flat["server.trustedUserHeaders"] == "{}" else "not empty"
    known_defaults = {"server.baseUrlPath", "server.unsafeMetricsUserAttributes"}
    assert {option: flat[option] for option in WANTED if option not in known_defaults} == {
        option: value for option, value in WANTED.items() if option not in known_defaults
    }
    assert flat["server.address"] == "127.0.0.1"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes; the folder belongs to its user")
def test_the_cookie_secret_is_for_its_owners_eyes(open_demo: LiveServer) -> None:
    file = open_demo.folder / "cookie-secret"
    assert len(file.read_text(encoding="ascii")) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_health_says_when_the_schema_is_not_ours(serve: Callable[..., LiveServer]) -> None:
    server = serve(script=TRIAL_PAGE)
    browser = Browser(server)
    assert browser.get("/zdrowie").text == '{"state":"ok","schema":"current"}'
    with server.store() as store, store.write(changes_data=False) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    reply = browser.get("/zdrowie")
    assert (reply.status, reply.text) == (503, '{"state":"fault","schema":"newer"}')
