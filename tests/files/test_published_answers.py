"""Breakdowns from the store: tested only by what is shown, never by what is hidden."""

from datetime import date

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.published_answers import tabulate_breakdown
from etl.store.reading import read_survey_counts, resolve_scope
from etl.store.scope import Actor
from surveys.analysis.rows import rows_of
from surveys.model import Choice, Partnership, Question, Questionnaire, QuestionType, Register
from surveys.privacy.published import Source, State
from tests.made.two_questions import load_answers
from tests.page_visits import load_registers

GENDER = Question("gender", QuestionType.SINGLE, "Płeć", choices=tuple(Choice(code, code) for code in ("k", "m", "i")))
NEEDS = Question("needs", QuestionType.MULTIPLE, "Czego brakuje?", choices=tuple(Choice(code, code) for code in "abc"))


def break_down(store, counts: dict[str, tuple[int, dict[str, int]]]):
    """Cross needs with gender: for each group its people, and how many of them tick each need."""
    load_registers(Register(Partnership("liw", "Liw")))(store)
    genders, ticks, person = [], [], 0
    for place, code in enumerate(("k", "m", "i", "")):
        people, needs = counts.get(code, (0, {}))
        for number in range(people):
            if code:
                genders.append((person, place))
            # Everybody answers: who ticks nothing else ticks the last one.
            mine = [option for option, name in enumerate("abc") if number < needs.get(name, 0)] or [2]
            ticks += [(person, option) for option in mine]
            person += 1
    answers = tuple(
        QuestionAnswers(
            question,
            -1,
            np.array([who for who, _ in given], dtype=np.int32),
            np.array([what for _, what in given], dtype=np.int32),
            np.full(len(given), np.nan),
        )
        for question, given in ((GENDER, genders), (NEEDS, ticks))
    )
    questionnaire = Questionnaire("potrzeby", "1", "Potrzeby", questions=(GENDER, NEEDS), partnership="liw")
    survey = SurveyAnswers(questionnaire, None, answers, range(2, person + 2), [date(2026, 5, 1)] * person)
    load_answers(store, survey)
    with store.read() as connection:
        scope = resolve_scope(connection, Actor.at_machine(), sample=False)
        surveys = read_survey_counts(connection, scope)
        asked = {
            str(row["question"]): (row, surveys.choices[surveys.choices["question"] == row["question"]])
            for row in rows_of(surveys.questions)
        }
        source = Source({"pl": "", "en": ""})
        return tabulate_breakdown(connection, scope, asked["needs"], asked["gender"], source=source)


def test_groups_are_tested_by_the_answers_that_are_shown(store) -> None:
    groups = {"k": (60, {"a": 40, "b": 2}), "m": (50, {"a": 15, "b": 20}), "i": (12, {"a": 6, "b": 5})}
    published, analysis = break_down(store, groups)
    hidden = {row.keys for row in published.table.rows if row.state is State.SUPPRESSED}
    assert ("k", "b") in hidden
    assert analysis is not None
    first, second, _ = analysis.option_tests
    assert second is None, "made of a hidden answer"
    expected = chi2_contingency([[40, 15], [20, 35]], correction=False)
    assert first.chi_square == pytest.approx(expected.statistic)
    assert first.p_value == pytest.approx(expected.pvalue)
    assert np.isnan(analysis.option_p_values[1])


def test_people_who_did_not_say_where_they_belong_are_a_group_and_not_compared(sqlite_store) -> None:
    groups = {"k": (60, {"a": 40}), "m": (50, {"a": 15}), "i": (30, {"a": 15}), "": (14, {"a": 7})}
    published, analysis = break_down(sqlite_store, groups)
    bases = {row.keys[0]: row.base for row in published.table.rows if row.base is not None}
    assert sum(bases.values()) == 154
    assert bases[""] == 14
    assert analysis.base.tolist() == [60, 50, 30]


def test_a_few_who_did_not_say_are_merged_so_that_nobody_can_subtract_them(sqlite_store) -> None:
    groups = {"k": (60, {"a": 40}), "m": (50, {"a": 15}), "i": (11, {"a": 5}), "": (4, {"a": 3})}
    published, _ = break_down(sqlite_store, groups)
    bases = {row.keys[0]: row.base for row in published.table.rows if row.base is not None}
    assert bases == {"k": 60, "m": 50, "i+": 15}
    assert published.merged == (("i", ""),)
