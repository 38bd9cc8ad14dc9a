"""The whole page of results of a measurement with sixty questions, warm; wanted: 500 ms."""

from dataclasses import replace

import pytest

from etl.store.engine import open_store
from surveys.model import Partnership, Register
from tests.made.two_questions import AGE, NEEDS, TRUST, invent_two_questions, load_answers
from tests.page_visits import load_registers

PEOPLE, FEW = 20_000, 200
# Six batteries of eight scales, eleven multiple choices and the age: sixty questions.
SCALES = tuple(
    replace(TRUST, name=f"scale_{battery}_{item}", text_pl=f"rzecz {item}", battery=f"Jak Pan/Pani ocenia ({battery})?")
    for battery in range(6)
    for item in range(8)
)
CHOICES = tuple(replace(NEEDS, name=f"needs_{number}", text_pl=f"Czego brakuje ({number})?") for number in range(11))
QUESTIONS = (*SCALES, *CHOICES, AGE)


@pytest.fixture(scope="module")
def sixty(request, tmp_path_factory):
    """A store with a measurement of sixty questions."""
    option = request.config.getoption
    measured = option("benchmark_enable") or not option("benchmark_disable")
    file = tmp_path_factory.mktemp("sixty") / "answers.sqlite3"
    store = open_store(f"sqlite:///{file}")
    store.upgrade()
    load_registers(Register(Partnership("liw", "Liw", sample=True)))(store)
    load_answers(store, invent_two_questions(PEOPLE if measured else FEW, questions=QUESTIONS))
    store.close()
    return file


@pytest.mark.parametrize("part", ["skrot", "pytania", "krzyzowo", "jakosc"])
def test_a_part_of_the_page(benchmark, sixty, open_pages, part: str) -> None:
    assert len(QUESTIONS) == 60
    address = {"pytanie": "needs_0", "wedlug": "age"} if part == "krzyzowo" else {}
    sight = open_pages(sixty).see("results", partnerstwo="liw", widok=part, **address)
    assert not benchmark(sight.at.run).exception
