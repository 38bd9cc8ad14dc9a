"""Names that are payloads on every part of the page of results: words, never markup."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle

import pytest

from etl.store.scope import Actor, Grant, Role
from surveys.model import Partnership, Question, Register
from tests.made.odd_names import NAMES
from tests.made.two_questions import AGE, NEEDS, TRUST, invent_two_questions, load_answers
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete
from tests.pages.test_odd_data import assert_escaped

COORDINATOR = Actor("ola", 1, frozenset({Grant(Role.COORDINATOR, "liw"), Grant(Role.PARTICIPANT, "gora")}))
LOOKS = [
    {"widok": "skrot"},
    {"widok": "pytania"},
    {"widok": "pytania", "pytanie": "trust"},
    {"widok": "krzyzowo", "pytanie": "trust", "wedlug": "age"},
    {"widok": "krzyzowo", "pytanie": "needs", "wedlug": "age"},
    {"widok": "miejsca", "z-miejscem": "gora.duzy", "pytanie": "needs"},
    {"widok": "wagi"},
    {"widok": "jakosc"},
]


def rename(question: Question, names: Iterator[str]) -> Question:
    """Give the question and each of its options the next name."""
    choices = tuple(replace(one, label_pl=next(names), label_en="") for one in question.choices)
    return replace(question, text_pl=next(names), text_en="", choices=choices)


@pytest.mark.parametrize("first", [0, 5, 11])
def test_names_are_words_in_every_part(pages_of: Callable[..., Pages], first: int) -> None:
    names = cycle([*list(NAMES.values())[first:], *list(NAMES.values())[:first]])
    questions = tuple(rename(question, names) for question in (TRUST, AGE, NEEDS))
    survey = invent_two_questions(150, questions=questions)
    elsewhere = replace(survey, questionnaire=replace(survey.questionnaire, partnership="gora"))
    pages = pages_of(
        load_registers(Register(Partnership("liw", next(names))), Register(Partnership("gora", next(names)))),
        lambda store: load_answers(store, survey),
        lambda store: load_answers(store, elsewhere, partnership="gora"),
    )
    pages.actor = COORDINATOR
    for look in LOOKS:
        sight = pages.see("results", partnerstwo="liw", **look)
        assert_complete(sight)
        shown = sight.open_tables()
        for name in NAMES.values():
            assert_escaped(shown, " ".join(name.split()))
        labels = [box.label for box in (*sight.at.text_area, *sight.at.expander)]
        assert not any("](" in label.replace("\\](", "").replace("]\\(", "") for label in labels)


def test_questions_of_one_wording_can_each_be_chosen(pages_of: Callable[..., Pages]) -> None:
    questions = tuple(replace(question, text_pl="Co dalej?", text_en="") for question in (TRUST, AGE, NEEDS))
    pages = pages_of(
        load_registers(Register(Partnership("liw", "Liw", sample=True))),
        lambda store: load_answers(store, invent_two_questions(60, questions=questions)),
    )
    for name in ("trust", "age", "needs"):
        sight = pages.see("results", partnerstwo="liw", widok="pytania", pytanie=name).open_tables()
        assert list(sight.figures) == [f"question-{name}"]
