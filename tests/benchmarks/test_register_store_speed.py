"""How long the sample data, a register and its undo take; measured by ``start.py bench`` only."""

from datetime import UTC, datetime
from itertools import count

from etl.sample.generating import generate_sample
from etl.sample.loading import load_sample
from etl.store.batches import undo_batch
from etl.store.engine import open_store
from etl.store.register_reading import read_register
from tests.made.importing import MACHINE, import_register

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


def test_make_and_load_the_sample(benchmark, tmp_path):
    numbers = count(1)

    def load():
        store = open_store(f"sqlite:///{tmp_path / str(next(numbers))}.sqlite3")
        store.upgrade()
        load_sample(store)
        with store.read() as connection:
            register = read_register(connection, "warszawa-mokotow")
        store.close()
        return register

    assert len(benchmark.pedantic(load, rounds=3).activities) == 120


def test_read_the_largest_register(benchmark, sqlite_store):
    load_sample(sqlite_store)

    def read():
        with sqlite_store.read() as connection:
            return read_register(connection, "warszawa-mokotow")

    assert len(benchmark(read).activities) == 120


def test_import_and_undo_the_largest_register(benchmark, sqlite_store):
    register = next(generate_sample()).register

    def there_and_back():
        batch = import_register(sqlite_store, register).batch
        with sqlite_store.write() as connection:
            return undo_batch(connection, MACHINE, batch, NOW)

    report = benchmark(there_and_back)
    assert [finding.code for finding in report] == ["UNDO-DONE"]
