"""What every test stands on: samples, a data folder of its own, one time zone, no network.

The environment is put right in ``pytest_configure``, before any module of the project is imported, so that no test
can read or write the data of the person who runs it.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.postgres",
    "tests.stores",
    "tests.survey_servers",
    "tests.command_line",
    "tests.live_server",
    "tests.sample_store",
    "tests.page_visits",
    "tests.phone",
    "tests.upload_house",
    "tests.real_browser",
]

ROOT = Path(__file__).resolve().parent.parent
DATA_FOLDER = pytest.StashKey[Path]()

# Settings of the test run itself; every other DIAGNOZA_* variable of the person's shell is hidden from the tests.
KEPT_VARIABLES = {"DIAGNOZA_BROWSER", "DIAGNOZA_SAMPLES"}

# Fixture asked for -> marker, so that `-m "not postgresql"` works without anybody having to remember the marker.
MARKERS_BY_FIXTURE = {
    "postgresql_server": "postgresql",
    "postgresql_url": "postgresql",
    "postgresql_database": "postgresql",
    "browser": "browser",
}


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith("DIAGNOZA_") and name not in KEPT_VARIABLES]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="diagnoza-tests-"))
    config.stash[DATA_FOLDER] = folder
    os.environ["DIAGNOZA_DATA_DIR"] = str(folder)
    # A zone with summer time: code that confuses local time with UTC fails here as it would for its users.
    os.environ["TZ"] = "Europe/Warsaw"
    if hasattr(time, "tzset"):
        time.tzset()
    os.environ["LC_ALL"] = "C.UTF-8"
    # Fixed examples: a test that fails for one person fails for all; no deadline: the machine may be busy.
    settings.register_profile("project", derandomize=True, deadline=None, database=None)
    settings.load_profile("project")
    sys.addaudithook(forbid_network)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[DATA_FOLDER])


def forbid_network(event: str, arguments: tuple[object, ...]) -> None:
    """Stop a test that reaches for another machine; this one (loopback, sockets in files) is allowed."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise RuntimeError(f"a test tried to reach {address[0]}; nothing may be requested from outside the machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for marker in {marker for fixture, marker in MARKERS_BY_FIXTURE.items() if fixture in fixtures}:
            item.add_marker(marker)
            if marker == "browser":
                # One worker drives the browser: two of them and two servers on two cores only wait for each other.
                item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder with real exports of survey tools, kept beside the checkout and not part of it."""
    folder = Path(os.environ.get("DIAGNOZA_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        pytest.skip("no sample exports: lay them in ../shared/samples or name their folder in DIAGNOZA_SAMPLES")
    return folder


@pytest.fixture(scope="session")
def geo(samples: Path) -> Path:
    """Folder with outlines and TERYT codes of communes, beside the samples."""
    folder = samples.parent / "geo"
    if not folder.is_dir():
        pytest.skip(f"no geographic files: the folder geo is missing beside {samples.name}")
    return folder
