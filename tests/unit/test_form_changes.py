"""What a change does to comparing is said by the gate of comparisons, question by question."""

from surveys.analysis.comparability import Grade
from surveys.analysis.form_changes import ChangeKind, list_changes
from surveys.questionnaires.editing import add_own, list_units, move, put, remove, reword, set_options
from tests.made.paper_survey import PAPER_FORM


def path_of(name):
    return next(unit.path for unit in list_units(PAPER_FORM) if unit.item.name == name)


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
    from dataclasses import replace

    path = path_of("people")
    (people,) = [unit.item for unit in list_units(PAPER_FORM) if unit.item.name == "people"]
    asked_of_some = put(PAPER_FORM, path, replace(people, relevant="${status} = 'working'"))
    assert changes(asked_of_some)["people"].verdict.grade is Grade.NOT_COMPARABLE


def test_added_gone_and_moved_are_told_apart():
    form = add_own(remove(PAPER_FORM, path_of("works")), "text", {"pl": "Co jeszcze?"})
    kinds = {name: change.kind for name, change in changes(form).items()}
    assert kinds == {"co_jeszcze": ChangeKind.ADDED, "works": ChangeKind.REMOVED}
    moved = changes(move(PAPER_FORM, path_of("order"), -1))
    assert [change.kind for change in moved.values()] == [ChangeKind.MOVED]
