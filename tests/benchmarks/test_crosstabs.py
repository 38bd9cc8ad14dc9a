"""A crosstab of two questions from the store; wanted: 50 ms for 20,000 people, 1 s for a million."""

import pytest

from etl.store.engine import open_store
from etl.store.reading import read_crosstab_sums, resolve_scope
from etl.store.scope import Actor
from surveys.model import Partnership, Register
from tests.made.two_questions import AGE, NEEDS, TRUST, invent_two_questions, load_answers
from tests.page_visits import load_registers

FEW = 500


@pytest.fixture(scope="module", params=[20_000, 1_000_000])
def answered(request, tmp_path_factory):
    """A store with so many people; a few where the path is only walked."""
    option = request.config.getoption
    measured = option("benchmark_enable") or not option("benchmark_disable")
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('answered') / 'answers.sqlite3'}")
    store.upgrade()
    load_registers(Register(Partnership("liw", "Liw")))(store)
    people = request.param if measured else FEW
    load_answers(store, invent_two_questions(people, questions=(TRUST, AGE, NEEDS)))
    yield store, people
    store.close()


@pytest.mark.parametrize("question", ["trust", "needs"])
def test_crosstab_of_two_questions(benchmark, answered, question: str) -> None:
    store, people = answered

    def tabulate():
        with store.read() as connection:
            scope = resolve_scope(connection, Actor.at_machine(), sample=False)
            return read_crosstab_sums(connection, scope, "liw", "duzy", question, "age")

    sums = benchmark.pedantic(tabulate, rounds=5, warmup_rounds=1)
    assert sums.base.people[0] > people / 2
