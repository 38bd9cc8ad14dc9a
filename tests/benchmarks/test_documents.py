"""A full report for one partnership, from the store to the file: in ten seconds, whatever kind of file."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.documents.making import FORMATS, make_report
from etl.store.engine import open_store
from etl.store.scope import Actor


@pytest.mark.parametrize("name", list(FORMATS))
def test_full_report(benchmark, sample_file: Path, name: str):
    store = open_store(f"sqlite:///{sample_file}")

    def make() -> bytes:
        return make_report(
            store, Actor.at_machine(), "liw", kind="full", format_name=name, language="pl", today=date(2026, 11, 28)
        )

    made = benchmark.pedantic(make, rounds=3, warmup_rounds=0)
    assert len(made) > 50_000
    store.close()
