"""What a change does to comparing is said by the gate of comparisons, question by question."""

from dataclasses import replace

import pytest

from surveys.analysis.comparability import Grade
from surveys.analysis.form_changes import ChangeKind, list_changes
from surveys.questionnaires import load_questionnaire
from surveys.questionnaires.asking_rules import rules_of_form, rules_of_shipped, say_alike
from surveys.questionnaires.editing import add_own, list_units, move, put, remove, reword, set_options
from tests.made.paper_survey import PAPER_FORM


def path_of(name):
    return next(unit.path for unit in list_units(PAPER_FORM) if unit.item.name == name)


def change_row(name, **rules):
    (row,) = [unit.item for unit in list_units(PAPER_FORM) if unit.item.name == name]
    return put(PAPER_FORM, path_of(name), replace(row, **rules))


def changes(after):
    return {change.name: change for change in list_changes(PAPER_FORM, after)}


def test_the_same_is_no_change():
    assert list_changes(PAPER_FORM, PAPER_FORM) == ()


def test_other_words_are_another_question_but_typography_is_none():
    changed = changes(reword(PAPER_FORM, path_of("gender"), labels={"pl": "Pana/Pani płeć"}))
    assert changed.keys() == {"gender"}
    assert changed["gender"].verdict.grade is Grade.NOT_COMPARABLE
    typed = changes(reword(PAPER_FORM, path_of("gender"), labels={"pl": "Płeć:"}))
    assert typed["gender"].verdict.grade is Grade.COMPARABLE


def test_a_hint_or_a_translation_is_told_and_harmless():
    changed = changes(reword(PAPER_FORM, path_of("gender"), labels={"en": "Sex"}))
    assert changed["gender"].verdict.grade is Grade.COMPARABLE


def test_a_further_option_a_reworded_one_and_another_cap():
    further = set_options(PAPER_FORM, path_of("gender"), [("woman", {}), ("man", {}), ("", {"pl": "inna"})])
    assert changes(further)["gender"].verdict.grade is Grade.RESERVED
    reworded = set_options(PAPER_FORM, path_of("size"), [("none", {"pl": "żaden"}), ("small", {}), ("large", {})])
    assert {name: change.verdict.grade for name, change in changes(reworded).items()} == {
        "size_old": Grade.NOT_COMPARABLE, "size_doctor": Grade.NOT_COMPARABLE,
    }  # fmt: skip
    capped = reword(PAPER_FORM, path_of("problems"), labels={}, max_choices=3)
    assert changes(capped)["problems"].verdict.grade is Grade.NOT_COMPARABLE


def test_another_stem_changes_every_row_of_its_table():
    assert changes(reword(PAPER_FORM, path_of("size"), labels={"pl": "Czy to problem?"})).keys() == {
        "size_old", "size_doctor",
    }  # fmt: skip


def test_whom_it_is_put_to_counts():
    asked_of_some = change_row("people", relevant="${status} = 'working'")
    assert changes(asked_of_some)["people"].verdict.grade is Grade.NOT_COMPARABLE
    written_otherwise = change_row("people", relevant=" ${status}='working' ")
    assert list_changes(asked_of_some, written_otherwise) == ()


def test_a_condition_of_a_section_is_one_of_all_its_questions():
    (size,) = [unit for unit in list_units(PAPER_FORM) if unit.item.name == "size"]
    table = put(PAPER_FORM, size.path, replace(size.item, relevant="${gender} = 'woman'"))
    assert {name: change.verdict.doubts[0].key for name, change in changes(table).items()} == {
        "size_old": "base", "size_doctor": "base",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rules", "grade", "keys", "notes"),
    [
        ("people", {"constraint": ". >= 0 and . <= 5"}, Grade.RESERVED, ["limits"], []),
        ("people", {"required": "yes"}, Grade.COMPARABLE, [], ["required"]),
        ("people", {"constraint": ". < 9", "required": "true()"}, Grade.RESERVED, ["limits"], ["required"]),
        ("people", {"relevant": "${status} = 'working'", "constraint": ". < 9"}, Grade.NOT_COMPARABLE,
         ["limits", "base"], []),
        # A cap that only the constraint says is a cap.
        ("problems", {"constraint": "count-selected(.) <= 4", "max_choices": None}, Grade.NOT_COMPARABLE, ["cap"], []),
        ("gender", {"choice_filter": "shown = 'x'"}, Grade.RESERVED, ["limits"], []),
    ],
)  # fmt: skip
def test_the_truth_table_of_rules(name, rules, grade, keys, notes):
    change = changes(change_row(name, **rules))[name]
    assert change.verdict.grade is grade
    assert [doubt.key for doubt in change.verdict.doubts] == keys
    assert [note.key for note in change.verdict.notes] == notes


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("${a}='x'", " ${a} = 'x' ", True),
        ("${a} = 'x' and ${b} > 3", "${b} > 3 and (${a} = 'x')", True),
        ("true()", "", True),
        ("${a} > 3", "${a} >= 3", False),
        ("${a} = 'x' or ${b} > 3", "${a} = 'x' and ${b} > 3", False),
        ("${a} - 1 > ${b}", "${b} - 1 > ${a}", False),
        ("not understood ((", "not  understood ((", True),
    ],
)
def test_conditions_are_compared_as_they_are_understood(one, other, alike):
    assert (say_alike(one) == say_alike(other)) is alike


def test_a_shipped_questionnaire_has_rules_and_an_unknown_one_has_none():
    rules = rules_of_shipped("residents", "2026-1")
    assert rules is not None
    assert rules.keys() == {question.name for question in load_questionnaire("residents", "2026-1").questions}
    assert rules_of_shipped("residents", "1999") is None
    assert rules_of_form(PAPER_FORM).keys() >= {"gender", "people", "size_old"}


def test_added_gone_and_moved_are_told_apart():
    form = add_own(remove(PAPER_FORM, path_of("works")), "text", {"pl": "Co jeszcze?"})
    kinds = {name: change.kind for name, change in changes(form).items()}
    assert kinds == {"co_jeszcze": ChangeKind.ADDED, "works": ChangeKind.REMOVED}
    moved = changes(move(PAPER_FORM, path_of("order"), -1))
    assert [change.kind for change in moved.values()] == [ChangeKind.MOVED]
