"""Sections of a form and rules of its questions, changed step by step: what people are asked stays what was meant."""

from dataclasses import replace

import pytest

from surveys.model import Form, FormGroup, FormRow
from surveys.questionnaires.editing import (
    EditRefusedError,
    begin_section,
    carry,
    dissolve_section,
    item_at,
    list_sections,
    list_units,
    put_into_section,
    reword,
    rules_of,
    set_condition,
    set_rules,
)
from tests.made.paper_survey import PAPER_FORM


def group(name: str, *names: str, relevant: str = "") -> FormGroup:
    rows = tuple(FormRow(each, "text", labels={"pl": each}) for each in names)
    return FormGroup(name, {"pl": name.upper()}, items=rows, relevant=relevant)


FORM = Form(
    "f",
    "1",
    {},
    items=(*group("x", "a", "b").items, group("g", "c", "d", relevant="${a} = '1'"), *group("x", "e").items),
)


def outline(form: Form) -> str:
    """The form in one line: ``a b [c d] e``."""

    def told(item: FormRow | FormGroup) -> str:
        return item.name if isinstance(item, FormRow) else f"[{' '.join(map(told, item.items))}]"

    return " ".join(map(told, form.items))


def path_of(form: Form, name: str) -> tuple[int, ...]:
    return next(unit.path for unit in list_units(form) if unit.item.name == name)


def test_a_section_begins_at_a_question_and_goes_to_the_next_one() -> None:
    assert outline(begin_section(FORM, path_of(FORM, "b"), {"pl": "Nowa"})) == "a [b] [c d] e"
    assert outline(begin_section(FORM, path_of(FORM, "a"), {"pl": "Nowa"})) == "[a b] [c d] e"
    split = begin_section(FORM, path_of(FORM, "d"), {"pl": "Nowa", "en": "New"})
    assert outline(split) == "a b [c] [d] e"
    # Who was asked d before is asked it now.
    assert [section.group.relevant for section in list_sections(split)] == ["${a} = '1'", "${a} = '1'"]
    assert list_sections(split)[1].group.labels == {"pl": "Nowa", "en": "New"}
    with pytest.raises(EditRefusedError, match="section_here"):
        begin_section(FORM, path_of(FORM, "c"), {"pl": "Nowa"})


def test_two_sections_of_one_title_have_names_of_their_own() -> None:
    form = begin_section(FORM, path_of(FORM, "a"), {"pl": "Część"})
    form = begin_section(form, path_of(form, "b"), {"pl": "Część"})
    form = begin_section(form, path_of(form, "e"), {"pl": "A"})
    assert [section.group.name for section in list_sections(form)] == ["czesc", "czesc_2", "g", "a_2"]


def test_a_dissolved_section_leaves_its_questions_and_its_condition() -> None:
    form = replace(FORM, items=(*FORM.items[:2], replace(group("g", "c"), relevant="${a} = '1'"), *FORM.items[3:]))
    freed = dissolve_section(form, (2,))
    assert outline(freed) == "a b c e"
    assert item_at(freed, (2,)).relevant == "${a} = '1'"


@pytest.mark.parametrize(
    ("name", "step", "expected"),
    [
        ("a", 1, "b a [c d] e"),
        ("a", -1, "a b [c d] e"),
        ("b", 1, "a [b c d] e"),
        ("e", -1, "a b [c d e]"),
        ("c", -1, "a b c [d] e"),
        ("d", 1, "a b [c] d e"),
        ("c", 1, "a b [d c] e"),
    ],
)
def test_a_question_is_carried_over_the_borders(name: str, step: int, expected: str) -> None:
    assert outline(carry(FORM, path_of(FORM, name), step)) == expected


def test_a_section_keeps_its_last_question() -> None:
    form = carry(FORM, path_of(FORM, "c"), -1)
    for leave in (lambda: carry(form, path_of(form, "d"), 1), lambda: put_into_section(form, path_of(form, "d"), "")):
        with pytest.raises(EditRefusedError, match="last"):
            leave()


def test_a_question_goes_to_a_section_by_name() -> None:
    assert outline(put_into_section(FORM, path_of(FORM, "a"), "g")) == "b [c d a] e"
    assert outline(put_into_section(FORM, path_of(FORM, "c"), "")) == "a b [d] e c"
    assert outline(put_into_section(FORM, path_of(FORM, "c"), "g")) == "a b [d c] e"
    with pytest.raises(EditRefusedError, match="gone"):
        put_into_section(FORM, path_of(FORM, "a"), "z")


def test_a_section_has_a_title_and_a_condition_of_its_own() -> None:
    changed = set_condition(reword(FORM, (2,), labels={"pl": "O domu"}), (2,), "${b} = '2'")
    assert (changed.items[2].labels, changed.items[2].relevant) == ({"pl": "O domu"}, "${b} = '2'")


def test_rules_change_and_what_nobody_touched_keeps_its_writing() -> None:
    row = FormRow(
        "a", "integer", required="${b} = '1'", constraint=". >= 1", constraint_messages={"pl": "Od 1.", "en": "1 up."}
    )
    form = Form("f", "1", {}, items=(row,))
    rules = rules_of(row)
    assert rules.required
    assert set_rules(form, (0,), rules) == form
    free = item_at(set_rules(form, (0,), replace(rules, required=False, constraint="")), (0,))
    assert (free.required, free.constraint, free.constraint_messages) == ("", "", {})
    shown = item_at(set_rules(form, (0,), replace(rules, relevant="${b} = '2'", messages={"pl": "Od jednego."})), (0,))
    assert (shown.relevant, shown.required, shown.constraint_messages) == (
        "${b} = '2'",
        "${b} = '1'",
        {"pl": "Od jednego."},
    )


def test_a_table_is_required_in_all_its_rows() -> None:
    path = path_of(PAPER_FORM, "size")
    rules = rules_of(item_at(PAPER_FORM, path))
    assert not rules.required
    changed = item_at(set_rules(PAPER_FORM, path, replace(rules, required=True)), path)
    assert [row.required for row in changed.items] == ["yes", "yes"]
    assert set_rules(set_rules(PAPER_FORM, path, replace(rules, required=True)), path, rules) == PAPER_FORM
