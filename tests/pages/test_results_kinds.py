"""Kinds of questions that few surveys ask, on the page of results: days, and tables that run against themselves."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store.engine import Store
from etl.store.fieldwork import write_fieldwork
from etl.store.moments import utc_now
from etl.store.reading import resolve_scope
from etl.store.scope import Actor
from surveys.model import (
    Choice,
    Fieldwork,
    Partnership,
    PopulationKind,
    Question,
    Questionnaire,
    QuestionType,
    Register,
    SampleKind,
)
from tests.made.two_questions import invent_two_questions, load_answers
from tests.page_visits import Pages, load_registers


def test_a_question_for_a_day_is_shown_by_month(pages_of: Callable[..., Pages]) -> None:
    days = [20_500.0] * 40 + [20_530.0] * 30 + [20_560.0] * 2
    asked = Question("when", QuestionType.DATE, "Kiedy to było?", "When was it?")
    answers = QuestionAnswers(asked, 0, np.arange(72, dtype=np.int32), np.full(72, -1, dtype=np.int32), np.array(days))
    questionnaire = Questionnaire("dni", "1", "Dni", questions=(asked,), partnership="liw")
    survey = SurveyAnswers(questionnaire, None, (answers,), range(2, 74), [None] * 72)
    place = Register(Partnership("liw", "Liw", sample=True))
    pages = pages_of(load_registers(place), lambda store: load_answers(store, survey))
    figure = pages.see("results", partnerstwo="liw", widok="pytania").open_tables().figures["question-when"]
    assert [row[0] for row in figure.rows] == ["luty 2026", "marzec 2026", "kwiecień 2026"]
    assert "„luty 2026”" in figure.sentence
    assert figure.rows[2][4] == "ukryte"
    english = pages.see("results", partnerstwo="liw", widok="pytania", lang="en").figures["question-when"]
    assert "February 2026" in english.sentence


def test_questions_that_run_against_each_other_are_not_called_one_score(pages_of: Callable[..., Pages]) -> None:
    points = tuple(Choice(f"p{point}", f"punkt {point}") for point in range(1, 6))
    asked = [
        Question(f"q{place}", QuestionType.SCALE, f"Zdanie {place}", choices=points, battery="Czy zgadza się Pan/Pani?")
        for place in range(4)
    ]
    chance = np.random.default_rng(3).integers(0, 5, 80)
    people = np.arange(80, dtype=np.int32)
    answers = [
        QuestionAnswers(question, 0, people, (said if place < 2 else 4 - said).astype(np.int32), np.full(80, np.nan))
        for place, question in enumerate(asked)
        for said in [np.where(people % 10 == place, 2, chance)]
    ]
    questionnaire = Questionnaire("zdania", "1", "Zdania", questions=tuple(asked), partnership="liw")
    survey = SurveyAnswers(questionnaire, None, tuple(answers), range(2, 82), [None] * 80)
    place = Register(Partnership("liw", "Liw", sample=True))
    pages = pages_of(load_registers(place), lambda store: load_answers(store, survey))
    words = pages.see("results", partnerstwo="liw", widok="jakosc").words
    assert "Ujemna alfa znaczy, że pytania tej tabeli idą w przeciwne strony" in words
    assert "„Zdanie 3”" in words


HASTE = {"pl": "Ankieta wypełniona ponad trzy razy szybciej niż zwykle", "en": "Filled in more than three times"}
ONE_IN_A_HURRY = [600] * 58 + [60] * 2 + [None] * 20
SOME_IN_A_HURRY = [600] * 55 + [60] * 5 + [None] * 20


@pytest.mark.parametrize(
    ("language", "took", "shown", "said"),
    [
        ("pl", None, None, "Czasu wypełniania nie zapisano"),
        ("pl", [600] * 19 + [None] * 61, None, "od mniej niż 20 osób"),
        ("pl", ONE_IN_A_HURRY, ["ukryte", "ukryte"], "zaokrąglony, nigdy godzinę"),
        ("pl", SOME_IN_A_HURRY, ["5", "60"], "mniej niż jednej trzeciej"),
        ("en", SOME_IN_A_HURRY, ["5", "60"], "less than a third"),
    ],
)
def test_people_in_a_hurry_are_pointed_at_where_their_time_is_known(
    pages_of: Callable[..., Pages], language: str, took: list[int | None] | None, shown: object, said: str
) -> None:
    survey = replace(invent_two_questions(80), durations=took)
    place = Register(Partnership("liw", "Liw", sample=True))
    pages = pages_of(load_registers(place), lambda store: load_answers(store, survey))
    sight = pages.see("results", partnerstwo="liw", widok="jakosc", lang=language).open_tables()
    rows = [row for row in sight.figures["quality"].rows if row[0].startswith(HASTE[language])]
    assert said in sight.words
    assert [row[4:6] for row in rows] == ([] if shown is None else [shown])


BY_AGE = {"partnerstwo": "liw", "widok": "krzyzowo", "pytanie": "trust", "wedlug": "age"}


def describe(pages: Pages, kind: SampleKind, population: int) -> None:
    """Write down whom the measurement asked."""

    def write(store: Store) -> None:
        fieldwork, actor = Fieldwork(PopulationKind.RESIDENTS, "", kind, population), Actor.at_machine()
        with store.write() as connection:
            scope = resolve_scope(connection, actor, sample=True)
            write_fieldwork(connection, actor, scope, "liw", "duzy", fieldwork, now=utc_now())

    pages.change(write)


def test_groups_drawn_from_a_small_population_are_surer_and_the_page_says_why(pages_of: Callable[..., Pages]) -> None:
    place = Register(Partnership("liw", "Liw", sample=True))
    pages = pages_of(load_registers(place), lambda store: load_answers(store, invent_two_questions(600)))
    usual = pages.see("results", **BY_AGE).open_tables().figures["breakdown"]
    for population, narrower in ((700, True), (50_000, False)):
        describe(pages, SampleKind.RANDOM, population)
        drawn = pages.see("results", **BY_AGE).open_tables().figures["breakdown"]
        assert [row[:3] for row in drawn.rows] == [row[:3] for row in usual.rows], "the shares stay"
        assert (drawn.rows != usual.rows) is narrower
        assert any("poprawka na skończoną populację" in words for words in drawn.words) is narrower
    describe(pages, SampleKind.RANDOM, 700)
    english = pages.see("results", **BY_AGE, lang="en").figures["breakdown"]
    assert any("finite population correction" in words for words in english.words)


def test_groups_of_a_census_that_all_answered_differ_as_they_do(pages_of: Callable[..., Pages]) -> None:
    survey = invent_two_questions(600)
    everybody = [replace(one, people=np.arange(len(one.people), dtype=np.int32)) for one in survey.answers]
    people = min(len(one.people) for one in everybody)
    kept = [
        replace(one, people=one.people[:people], choices=one.choices[:people], numbers=one.numbers[:people])
        for one in everybody
    ]
    # Nobody says "hard to say" here, so that all of them count.
    sure = [replace(kept[0], choices=np.minimum(kept[0].choices, 4)), *kept[1:]]
    survey = replace(survey, answers=tuple(sure), source_rows=range(2, people + 2), submitted_on=[None] * people)
    place = Register(Partnership("liw", "Liw", sample=True))
    pages = pages_of(load_registers(place), lambda store: load_answers(store, survey))
    describe(pages, SampleKind.CENSUS, people)
    figure = pages.see("results", **BY_AGE).open_tables().figures["breakdown"]
    assert "przypadku tu nie ma" in figure.sentence
    assert {tuple(row[3:5]) for row in figure.rows} == {("–", "–")}
    assert not any("χ²" in words for words in figure.words)
