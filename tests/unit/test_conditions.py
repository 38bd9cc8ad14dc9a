"""Conditions made by clicking: written, read back, holding for just those people; others are left alone."""

from datetime import date

import pytest

from surveys.questionnaires.conditions import (
    Condition,
    join_expressions,
    read_conditions,
    read_limits,
    write_conditions,
    write_limits,
)
from surveys.questionnaires.expressions import is_true
from tests.made.paper_survey import PAPER_FORM

TODAY = date(2026, 11, 28)
JOBLESS = Condition("status", ("jobless",))
WAYS = Condition("problems", ("bus", "roads"))


@pytest.mark.parametrize(
    ("conditions", "expression"),
    [
        ((), ""),
        ((JOBLESS,), "${status} = 'jobless'"),
        ((WAYS,), "selected(${problems}, 'bus') or selected(${problems}, 'roads')"),
        ((JOBLESS, WAYS), "${status} = 'jobless' and (selected(${problems}, 'bus') or selected(${problems}, 'roads'))"),
        ((Condition("people", least=2, most=5.5),), "${people} >= 2 and ${people} <= 5.5"),
        ((Condition("people", most=-1),), "${people} <= -1"),
        ((Condition("works"), JOBLESS), "${works} != '' and ${status} = 'jobless'"),
        ((Condition("status", ("other",)),), "${status} = 'other'"),  # of "or_other"
    ],
)
def test_what_is_clicked_is_written_and_read_back(conditions: tuple[Condition, ...], expression: str) -> None:
    assert write_conditions(conditions, PAPER_FORM) == expression
    assert read_conditions(expression, PAPER_FORM) == conditions


@pytest.mark.parametrize(
    "expression",
    [
        "not(selected(${problems}, 'bus'))",
        "${status} = 'jobless' or ${people} > 3",
        "${status} = 'nowhere'",
        "${problems} = 'bus'",  # of several answers: those who chose nothing else
        "${status} >= 2",
        "${zz} = 'a'",
        "${status} = ",
        "count-selected(${problems}) > 1",
        "'a' = 'a'",
    ],
)
def test_what_cannot_be_clicked_stays_its_authors_own(expression: str) -> None:
    assert read_conditions(expression, PAPER_FORM) is None


def test_a_condition_holds_for_just_those_people() -> None:
    written = write_conditions((JOBLESS, WAYS), PAPER_FORM)
    assert is_true(written, {"status": "jobless", "problems": ("roads", "doctor")}, today=TODAY)
    assert not is_true(written, {"status": "jobless", "problems": ("doctor",)}, today=TODAY)
    assert not is_true(written, {"problems": ("bus",)}, today=TODAY)
    between = write_conditions((Condition("people", least=2, most=5),), PAPER_FORM)
    assert [number for number in range(8) if is_true(between, {"people": float(number)}, today=TODAY)] == [2, 3, 4, 5]
    assert not is_true(between, {}, today=TODAY)


@pytest.mark.parametrize(
    ("limits", "constraint"),
    [((None, None), ""), ((1, 20), ". >= 1 and . <= 20"), ((-0.5, None), ". >= -0.5"), ((None, 1e6), ". <= 1000000")],
)
def test_limits_of_a_number_are_written_and_read_back(
    limits: tuple[float | None, float | None], constraint: str
) -> None:
    assert write_limits(*limits) == constraint
    assert read_limits(constraint) == limits


@pytest.mark.parametrize("constraint", [". > 1", ". >= 1 or . <= 3", "regex(., 'a')", ". >=", ". >= ${people}"])
def test_other_rules_of_a_number_are_left_alone(constraint: str) -> None:
    assert read_limits(constraint) is None


def test_a_section_and_a_question_of_it_are_both_heeded() -> None:
    assert join_expressions("", "${a} = '1'") == "${a} = '1'"
    assert join_expressions("${a} = '1' or ${b} = '1'", "") == "${a} = '1' or ${b} = '1'"
    both = join_expressions("${a} = '1' or ${b} = '1'", "${c} = '1'")
    assert not is_true(both, {"b": "1"}, today=TODAY)
    assert is_true(both, {"b": "1", "c": "1"}, today=TODAY)
