"""Numbers, rankings and open answers out of the store; a quotation holds for the very words that were read."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from sqlalchemy import update

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store import schema as s
from etl.store.reading import resolve_scope
from etl.store.reading.number_counts import read_number_counts, read_place_counts
from etl.store.reviewed_texts import TextRef, read_quotes, read_unread, review_text
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from surveys.model import Choice, Partnership, Question, Questionnaire, QuestionType, Register
from tests.made.two_questions import load_answers
from tests.page_visits import load_registers

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
AGE = Question("age", QuestionType.NUMBER, "Ile lat?")
ORDER = Question("order", QuestionType.RANKING, "Ułóż", choices=tuple(Choice(code, code) for code in "abc"))
OWN = Question("own", QuestionType.TEXT, "Co jeszcze?")
AGES, TEXTS = [20.0, 20.0, 35.5, 61.0], ["Las", "Rzeka", "Park"]
ORDERS = [(1, 2, 3), (2, 1, 3), (1, 3, 2), (3, 1, 2)]  # places of a, b and c
COORDINATOR = Actor("ola", 1, frozenset({Grant(Role.COORDINATOR, "liw")}))
PARTICIPANT = Actor("ala", 2, frozenset({Grant(Role.PARTICIPANT, "liw")}))
WHERE = TextRef("liw", "duzy", "own")


@pytest.fixture
def liw(store):
    people = np.arange(4, dtype=np.int32)
    nobody = np.array([], dtype=np.int32)
    answers = (
        QuestionAnswers(AGE, -1, people, np.full(4, -1, dtype=np.int32), np.array(AGES)),
        QuestionAnswers(
            ORDER,
            -1,
            np.repeat(people, 3),
            np.tile(np.arange(3, dtype=np.int32), 4),
            np.array(ORDERS, dtype=float).ravel(),
        ),
        QuestionAnswers(OWN, -1, nobody, nobody, np.array([]), [0, 1, 2], TEXTS),
    )
    questionnaire = Questionnaire("rozne", "1", "Różne", questions=(AGE, ORDER, OWN), partnership="liw")
    load_registers(Register(Partnership("liw", "Liw")))(store)
    load_answers(store, SurveyAnswers(questionnaire, None, answers, range(2, 6), [date(2026, 5, 1)] * 4))
    return store


def scope_of(connection, actor=COORDINATOR):
    return resolve_scope(connection, actor, sample=False)


def test_numbers_and_places_are_added_up(liw) -> None:
    with liw.read() as connection:
        scope = scope_of(connection)
        numbers = read_number_counts(connection, scope, "liw", "duzy", "age")
        places = read_place_counts(connection, scope, "liw", "duzy", "order")
        assert (numbers.values.tolist(), numbers.people.tolist()) == ([20.0, 35.5, 61.0], [2, 1, 1])
        assert (places.options, places.base) == (("a", "b", "c"), 4)
        assert places.places.tolist() == [[2, 1, 1], [2, 1, 1], [0, 2, 2]]
        with pytest.raises(LookupError):
            read_number_counts(connection, scope, "liw", "inny", "age")


def unread(store, actor=COORDINATOR, most=2):
    with store.write() as connection:
        return read_unread(connection, actor, scope_of(connection, actor), WHERE, most=most, now=NOW)


def decide(store, one, *, quote: bool, actor=COORDINATOR) -> None:
    with store.write() as connection:
        review_text(connection, actor, scope_of(connection, actor), WHERE, one, may_be_quoted=quote, now=NOW)


def quotes(store) -> set[str]:
    with store.read() as connection:
        return set(read_quotes(connection, scope_of(connection, PARTICIPANT), WHERE))


def test_an_answer_waits_until_somebody_decided(liw) -> None:
    first, waiting = unread(liw)
    assert ([one.text for one in first], waiting) == (["Las", "Rzeka"], 3)
    assert quotes(liw) == set()
    decide(liw, first[0], quote=True)
    decide(liw, first[1], quote=False)
    assert quotes(liw) == {"Las"}
    rest, waiting = unread(liw)
    assert ([one.text for one in rest], waiting) == (["Park"], 1)
    decide(liw, first[0], quote=False)
    assert quotes(liw) == set()


def test_other_words_under_the_same_number_are_not_quoted(liw) -> None:
    first, _ = unread(liw)
    decide(liw, first[0], quote=True)
    with liw.write() as connection:
        connection.execute(update(s.open_answer).where(s.open_answer.c.text == "Las").values(text="Jan mieszka tu"))
    assert quotes(liw) == set()
    assert unread(liw)[1] == 3


def test_only_a_coordinator_reads_and_decides(liw) -> None:
    first, _ = unread(liw)
    for actor in (PARTICIPANT, Actor("bor", 3, frozenset({Grant(Role.BORIS)}))):
        with pytest.raises(ForbiddenError):
            unread(liw, actor)
        with pytest.raises(ForbiddenError):
            decide(liw, first[0], quote=True, actor=actor)
