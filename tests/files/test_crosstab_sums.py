"""Sums of one question and of two, from the store: those of a plain count over the answers, person by person."""

from collections import Counter

import pytest

from etl.answers import SurveyAnswers
from etl.store.reading import (
    Scope,
    read_crosstab_sums,
    read_frequency_sums,
    resolve_scope,
)
from etl.store.scope import Actor, Grant, Role
from surveys.model import Partnership, Question, Register
from tests.made.two_questions import AGE, NEEDS, TRUST, invent_two_questions, load_answers
from tests.page_visits import load_registers

PEOPLE = 300
PAIRS = [(TRUST, AGE), (NEEDS, AGE), (TRUST, NEEDS), (NEEDS, TRUST)]


@pytest.fixture
def liw(store):
    load_registers(Register(Partnership("liw", "Liw")), Register(Partnership("gora", "Góra")))(store)
    return store


def scope_of(connection, *grants: Grant) -> Scope:
    return resolve_scope(connection, Actor("ktos", 1, frozenset(grants or {Grant(Role.BORIS)})), sample=False)


def said(survey: SurveyAnswers, question: Question) -> dict[int, set[str]]:
    """Codes by person, kinds of missing left out."""
    answers = next(one for one in survey.answers if one.question.name == question.name)
    found: dict[int, set[str]] = {}
    for person, place in zip(answers.people.tolist(), answers.choices.tolist(), strict=True):
        if question.choices[place].missing is None:
            found.setdefault(person, set()).add(question.choices[place].code)
    return found


@pytest.mark.parametrize(("question", "by"), PAIRS, ids=lambda one: one.name)
def test_a_crosstab_counts_each_person_who_answered_both(liw, question: Question, by: Question) -> None:
    survey = invent_two_questions(PEOPLE, questions=(question, by))
    load_answers(liw, survey)
    with liw.read() as connection:
        sums = read_crosstab_sums(connection, scope_of(connection), "liw", "duzy", question.name, by.name)
    rows, columns = said(survey, question), said(survey, by)
    both = rows.keys() & columns.keys()
    cells = Counter((row, column) for person in both for row in rows[person] for column in columns[person])
    for place, option in enumerate(sums.options):
        assert sums.chosen.people[place] == sum(option in rows[person] for person in both)
        for other, group in enumerate(sums.groups):
            assert sums.cells.people[place, other] == cells[option, group]
            assert sums.bases.people[other] == sum(group in columns[person] for person in both)
    assert sums.base.people.tolist() == [len(both)]
    outside = rows.keys() - columns.keys()
    assert sums.outside.people.tolist() == [len(outside)]
    assert sums.outside_chosen.people.tolist() == [sum(one in rows[who] for who in outside) for one in sums.options]
    assert sums.exclusive == (question is not NEEDS)
    assert sums.exclusive_groups == (by is not NEEDS)
    assert sums.cells.weight.tolist() == sums.cells.people.tolist()


def test_frequencies_tell_the_kinds_of_missing_apart(liw) -> None:
    survey = invent_two_questions(PEOPLE)
    load_answers(liw, survey)
    with liw.read() as connection:
        sums = read_frequency_sums(connection, scope_of(connection), "liw", "duzy", "trust")
    answered = said(survey, TRUST)
    ticked = set(survey.answers[0].people.tolist())
    assert sums.options == tuple(choice.code for choice in TRUST.choices[:5])
    assert sums.chosen.people.sum() == sums.base.people[0] == len(answered)
    assert sums.missing == {"dont_know": len(ticked) - len(answered), "blank": PEOPLE - len(ticked)}
    assert sums.base.people[0] + sum(sums.missing.values()) == sums.people == PEOPLE


def test_an_own_partnership_is_all_there_is(liw) -> None:
    load_answers(liw, invent_two_questions(20))
    with liw.read() as connection:
        mine = scope_of(connection, Grant(Role.PARTICIPANT, "liw"))
        others = scope_of(connection, Grant(Role.PARTICIPANT, "gora"))
        assert read_frequency_sums(connection, mine, "liw", "duzy", "age").people == 20
        for scope, partnership, wave in ((others, "liw", "duzy"), (mine, "liw", "inny"), (mine, "gora", "duzy")):
            with pytest.raises(LookupError):
                read_crosstab_sums(connection, scope, partnership, wave, "trust", "age")
