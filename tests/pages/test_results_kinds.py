"""Kinds of questions that few surveys ask, on the page of results: days, and tables that run against themselves."""

from collections.abc import Callable

import numpy as np

from etl.answers import QuestionAnswers, SurveyAnswers
from surveys.model import Choice, Partnership, Question, Questionnaire, QuestionType, Register
from tests.made.two_questions import load_answers
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
