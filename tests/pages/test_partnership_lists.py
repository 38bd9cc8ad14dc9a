"""Lists of many partnerships: so many at once as a person reads, the rest a choice away, and the address keeps it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.stories import partnership_links, problem_evidence
from surveys.model import Problem, Register
from tests.made.registers import make_register
from tests.page_visits import Pages, load_registers
from tests.sight import Sight

NAMES = ("Aleksandrów", "Borowie", "Ciechanów", "Łaskarzew", "Liw")


@pytest.fixture
def five(pages_of: Callable[..., Pages]) -> Pages:
    made = make_register().partnership
    registers = (
        Register(
            replace(made, slug=f"miejsce-{number}", name=name, sample=True),
            problems=(Problem("p", "Daleko do lekarza", "P501", "T05", "confirmed"),),
        )
        for number, name in enumerate(NAMES)
    )
    return pages_of(load_registers(*registers))


def listed(sight: Sight) -> list[str]:
    return [name for link in sight.links if link.query for name in NAMES if f"**{name}**" in link.label]


@pytest.mark.parametrize("page", ["start", "partnerships", "thread", "health", "capital", "applicants"])
def test_a_long_list_stands_in_parts_of_the_alphabet(five: Pages, monkeypatch, page: str) -> None:
    assert listed(five.see(page)) == ["Aleksandrów", "Borowie", "Ciechanów", "Liw", "Łaskarzew"]
    monkeypatch.setattr(partnership_links, "MOST_LINES", 3)
    first = five.see(page)
    assert listed(first) == ["Aleksandrów", "Borowie"]
    assert "Aleksandrów – Borowie" in first.at.get("selectbox")[-1].options
    assert listed(five.see(page, lista="2")) == ["Ciechanów", "Liw", "Łaskarzew"]
    assert listed(first.choose(choice_lista="2")) == ["Ciechanów", "Liw", "Łaskarzew"]
    assert first.address["lista"] == "2"
    assert listed(five.see(page, lista="7")) == ["Aleksandrów", "Borowie"]


def test_of_one_problem_in_many_places_the_newest_entries_are_shown_and_the_rest_counted(
    five: Pages, monkeypatch
) -> None:
    assert five.see("problems", problem="P501").words.count("**Daleko do lekarza**") == 5
    monkeypatch.setattr(problem_evidence, "_MOST_ENTRIES", 2)
    words = five.see("problems", problem="P501").words
    assert words.count("**Daleko do lekarza**") == 2
    assert "I jeszcze 3 starsze wpisy" in words
    assert "I jeszcze" not in five.see("problems", problem="P501", partnerstwo="miejsce-0").words
