"""The sample data in a SQLite file, loaded once per run, for tests that only read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.sample.generating import SamplePartnership, generate_sample
from etl.sample.loading import load_sample
from etl.store.engine import open_store
from tests.live_server import LiveServer, run_server


@pytest.fixture(scope="session")
def sample_file(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample data; whoever writes copies it first."""
    file = tmp_path_factory.mktemp("sample") / "diagnoza.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    store = open_store(f"sqlite:///{file}")
    load_sample(store)
    store.close()
    return file


@pytest.fixture(scope="session")
def sample_truth() -> dict[str, SamplePartnership]:
    """The sample data as they were before they went into any store, by slug."""
    return {one.register.partnership.slug: one for one in generate_sample()}


@pytest.fixture(scope="session")
def sample_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real dashboard with the sample data, one for the whole run: tests only look at it."""
    with run_server(tmp_path_factory.mktemp("sample-server"), prepare=load_sample) as server:
        yield server
