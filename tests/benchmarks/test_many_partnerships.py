"""Pages that look across partnerships: 300 of them, five measurements each, ten million answers and a hundred thousand.

Wanted: 300 ms warm, 2 s cold, and no more than 1.3 times what the small store takes. Where speed is not measured, one
store of six partnerships stands for both and the paths are only walked.
"""

import pytest
import streamlit as st

from dashboard.page_addresses import PAGES
from etl.sample.large import LargePlan, load_large
from etl.store.engine import open_store

MEASURED = {"small": LargePlan(answers=None), "large": LargePlan()}
WALKED = {"walked": LargePlan(partnerships=6, waves=2, answers=5_000)}
ACROSS = ("map", "comparison", "mirrors", "gaps", "solved", "thread", "capital", "applicants", "health")
PARTS = ("miejsca", "lejek", "profil", "zmiana")
ONE = "belsk-duzy"

VIEWS = [(page, {}) for page in ACROSS if page in PAGES] + [
    ("comparison", {"widok": part} | ({"partnerstwo": ONE} if part == "profil" else {})) for part in PARTS
]


def name_view(view):
    return "-".join((view[0], *view[1].values()))


def pytest_generate_tests(metafunc):
    if "many_file" in metafunc.fixturenames:
        option = metafunc.config.getoption
        measured = option("benchmark_enable") or not option("benchmark_disable")
        metafunc.parametrize("many_file", MEASURED if measured else WALKED, indirect=True, scope="module")


@pytest.fixture(scope="module")
def many_file(request, tmp_path_factory):
    file = tmp_path_factory.mktemp(request.param) / "diagnoza.sqlite3"
    store = open_store(f"sqlite:///{file}")
    store.upgrade()
    load_large(store, (MEASURED | WALKED)[request.param])
    store.close()
    return file


@pytest.mark.parametrize("view", VIEWS, ids=name_view)
def test_page_across_partnerships_warm(benchmark, many_file, open_pages, view) -> None:
    page, address = view
    sight = open_pages(many_file).see(page, **address)
    assert not benchmark(sight.at.run).exception


@pytest.mark.parametrize("view", VIEWS, ids=name_view)
def test_page_across_partnerships_cold(benchmark, many_file, open_pages, view) -> None:
    """Nobody has looked at anything since the data changed: nothing is kept."""
    page, address = view
    pages = open_pages(many_file)
    sight = pages.see(page, **address)

    def forget() -> None:
        st.cache_resource.clear()
        st.cache_data.clear()

    again = benchmark.pedantic(sight.at.run, setup=forget, rounds=3)
    assert not again.exception
