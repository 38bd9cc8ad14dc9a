"""People's own words on the page of results: what many name; a single answer only after a person has allowed it."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store.audit import list_actions
from etl.store.engine import open_store
from etl.store.scope import Actor, Grant, Role
from surveys.model import Choice, Partnership, Question, Questionnaire, QuestionType, Register
from tests.made.two_questions import load_answers
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable
from tests.sight import Sight

OWN = Question("works_well", QuestionType.TEXT, "Co działa dobrze?", "What works well?")
TEXTS = [f"Biblioteka numer {number}" for number in range(12)] + ["Sekretny **kanarek**"]
ADDRESS = {"partnerstwo": "liw", "widok": "pytania"}
COORDINATOR = Actor("ola", 1, frozenset({Grant(Role.COORDINATOR, "liw")}))
PARTICIPANT = Actor("ala", 2, frozenset({Grant(Role.PARTICIPANT, "liw")}))
BORIS = Actor("bor", 3, frozenset({Grant(Role.BORIS)}))


def load_texts(store, texts=TEXTS) -> None:
    nobody = np.array([], dtype=np.int32)
    questionnaire = Questionnaire("slowa", "1", "Słowa", questions=(OWN,), partnership="liw")
    answers = QuestionAnswers(OWN, -1, nobody, nobody, np.array([]), list(range(len(texts))), list(texts))
    survey = SurveyAnswers(questionnaire, None, (answers,), range(2, len(texts) + 2), [date(2026, 5, 1)] * len(texts))
    load_answers(store, survey)


@pytest.fixture
def liw(pages_of: Callable[..., Pages]) -> Pages:
    pages = pages_of(load_registers(Register(Partnership("liw", "Liw"))), load_texts)
    pages.actor = COORDINATOR
    return pages


def open_reading(pages: Pages) -> Sight:
    sight = pages.see("results", **ADDRESS)
    sight.at.session_state["read-works_well"] = True
    return Sight(sight.at.run())


def allow(sight: Sight, text: str) -> Sight:
    """Press the button beside a text, reading on until it comes."""
    for _ in range(20):
        shown = [words for words in sight.markdown if words.startswith("„")]
        buttons = [button for button in sight.at.button if button.label in {"Można cytować", "Nie cytować"}]
        wanted = next((place for place, words in enumerate(shown) if text in words), None)
        button = buttons[1] if wanted is None else buttons[2 * wanted]
        button.click()
        sight = Sight(sight.at.run())
        if wanted is not None:
            return sight
    raise AssertionError("the text never came")


def test_what_many_name_is_counted_and_nobody_is_quoted(liw: Pages) -> None:
    liw.actor = PARTICIPANT
    sight = liw.see("results", **ADDRESS).open_tables()
    rows = {row[0]: row[1:] for row in sight.figures["question-works_well"].rows}
    assert rows["biblioteka"][3:5] == ["12", "13"]
    assert "kanarek" not in sight.words
    assert "numer 3" not in sight.words


def test_an_answer_is_quoted_once_a_coordinator_has_read_and_allowed_it(liw: Pages) -> None:
    sight = allow(open_reading(liw), "Biblioteka numer 2")
    assert "Biblioteka numer 2" in sight.words
    liw.actor = PARTICIPANT
    sight = liw.see("results", **ADDRESS)
    assert "„Biblioteka numer 2”" in sight.words
    assert "numer 3" not in sight.words
    assert not any(button.label == "Można cytować" for button in sight.at.button)
    store = open_store(f"sqlite:///{liw.store_file}")
    with store.read() as connection:
        actions = [line for line in list_actions(connection) if line.action == "read_open_answers"]
    store.close()
    assert actions
    assert all(line.actor == "ola" and "Biblioteka" not in str(line.facts) for line in actions)


def test_a_quotation_is_words_and_not_markup(liw: Pages) -> None:
    allow(open_reading(liw), "kanarek")
    sight = liw.see("results", **ADDRESS)
    assert any("\\*\\*kanarek\\*\\*" in words for words in sight.markdown)


def test_whoever_is_no_coordinator_reads_nothing(liw: Pages) -> None:
    for actor in (PARTICIPANT, BORIS):
        liw.actor = actor
        sight = open_reading(liw)
        assert "numer" not in sight.words
        assert "kanarek" not in sight.words


def test_numbers_and_rankings_are_figures_too(pages_of: Callable[..., Pages]) -> None:
    chance = np.random.default_rng(4)
    age = Question("born", QuestionType.NUMBER, "Ile ma Pan/Pani lat?", "How old are you?")
    order = Question(
        "order", QuestionType.RANKING, "Proszę ułożyć", "Put in order", tuple(Choice(code, code) for code in "abc")
    )
    people = np.arange(60, dtype=np.int32)
    ages = chance.integers(18, 80, 60).astype(float)
    orders = np.array([chance.permutation(3) for _ in people])
    answers = (
        QuestionAnswers(age, -1, people, np.full(60, -1, dtype=np.int32), ages),
        QuestionAnswers(
            order, -1, np.repeat(people, 3), np.tile(np.arange(3, dtype=np.int32), 60), orders.ravel() + 1.0
        ),
    )
    questionnaire = Questionnaire("liczby", "1", "Liczby", questions=(age, order), partnership="liw")
    survey = SurveyAnswers(questionnaire, None, answers, range(2, 62), [date(2026, 5, 1)] * 60)
    pages = pages_of(
        load_registers(Register(Partnership("liw", "Liw", sample=True))), lambda store: load_answers(store, survey)
    )
    sight = pages.see("results", **ADDRESS)
    assert_readable(sight)
    assert_complete(sight)
    figures = sight.open_tables().figures
    numbers = figures["question-born"]
    assert "Połowa osób podała liczbę do około" in numbers.sentence
    shown = sum(int(row[4]) for row in numbers.rows if row[4] != "ukryte")
    assert shown == 60 or any(row[4] == "ukryte" for row in numbers.rows)
    firsts = {row[0]: row[4] for row in figures["question-order"].rows}
    assert firsts == {code: str(int((orders[:, place] == 0).sum())) for place, code in enumerate("abc")}
    assert any("Średnie miejsca" in words for words in figures["question-order"].words)
