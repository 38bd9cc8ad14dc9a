"""The script run of every page, warm: with the sample data, and with half a million answers beside them."""

import pytest

from dashboard.page_addresses import PAGES
from etl.store.engine import open_store
from tests.made.big_store import fill_store

ANSWERS, FEW_ANSWERS = 500_000, 1_000

# A page and an address: the whole view and one partnership's.
VIEWS = [(page, {}) for page in PAGES] + [
    (page, {"partnerstwo": "krasnosielc"}) for page in ("problems", "groups", "partnerships")
]


def name_view(view):
    return "-".join((view[0], *view[1].values()))


@pytest.mark.parametrize("view", VIEWS, ids=name_view)
def test_page_with_the_sample(benchmark, sample_pages, view) -> None:
    page, address = view
    sight = sample_pages.see(page, **address)  # the first visit builds and keeps the figures
    assert not benchmark(sight.at.run).exception


@pytest.fixture(scope="module")
def many_answers(request):
    """Half a million where speed is measured, a few where the path is only walked."""
    option = request.config.getoption
    return ANSWERS if option("benchmark_enable") or not option("benchmark_disable") else FEW_ANSWERS


@pytest.mark.parametrize("view", VIEWS, ids=name_view)
def test_page_with_many_answers(benchmark, big_pages, view) -> None:
    page, address = view
    sight = big_pages.see(page, **address)
    assert not benchmark(sight.at.run).exception


@pytest.fixture(scope="module")
def big_file(tmp_path_factory, many_answers):
    file = tmp_path_factory.mktemp("big") / "diagnoza.sqlite3"
    store = open_store(f"sqlite:///{file}")
    store.upgrade()
    fill_store(store, answers=many_answers)
    store.close()
    return file


@pytest.fixture
def big_pages(big_file, open_pages):
    return open_pages(big_file)
