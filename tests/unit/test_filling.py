"""Filling a form in: what is shown, what fields mean, what is refused."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from surveys.filling import (
    Answers,
    Layout,
    Trouble,
    check_answers,
    filter_options,
    find_shown,
    keep_shown,
    make_fillable,
    other_key,
    read_fields,
)
from surveys.filling.showing import values_of
from surveys.model.form import Form, FormChoice, FormGroup, FormRow
from tests.made.web_forms import FORM, TODAY, fillable

FORMS = fillable()
NUMBERS = {one.name: one.number for one in FORMS.asked}


def read(**fields: str | Sequence[str]) -> tuple[Answers, list[Trouble]]:
    sent = {name: [value] if isinstance(value, str) else list(value) for name, value in fields.items()}
    found = read_fields(FORMS, range(len(FORMS.asked)), sent)
    return found.answers, [fault.trouble for fault in found.faults]


def shown_names(answers: Answers) -> set[str]:
    return {FORMS.asked[number].name for number in find_shown(FORMS, answers, TODAY)}


def troubles(answers: Answers) -> dict[str, Trouble]:
    faults = check_answers(FORMS, range(len(FORMS.asked)), answers, find_shown(FORMS, answers, TODAY), TODAY)
    return {FORMS.asked[fault.number].name: fault.trouble for fault in faults}


def test_a_group_is_a_page_and_what_stands_between_groups_is_one() -> None:
    assert [[FORMS.asked[number].name for number in page] for page in FORMS.pages] == [
        ["visits_it", "how_often", "why_not"],
        ["rate_room", "rate_hours"],
        ["order", "last_visit", "remarks", "gender"],
    ]
    assert len(fillable(Layout.SINGLE).pages) == 1


def test_what_the_web_form_cannot_put_is_told_and_what_devices_note_is_not_missed() -> None:
    kids = FormGroup("kids", items=(FormRow("child", "text"),), is_repeat=True)
    form = replace(
        FORM,
        items=(
            *FORM.items,
            FormRow("place", "geopoint"),
            FormRow("start", "start"),
            kids,
        ),
    )
    made = make_fillable(form, Layout.GROUPS)
    assert [one.name for one in made.left_out] == ["place", "child"]
    assert len(made.asked) == len(FORMS.asked)


def test_a_question_whose_options_stand_in_another_file_is_left_out() -> None:
    rows = (FormRow("town", "select_one_from_file", "towns.csv"), FormRow("age", "integer"))
    made = make_fillable(Form("f", "1", {}, items=rows), Layout.GROUPS)
    assert [one.name for one in made.left_out] == ["town"]
    assert [one.name for one in made.asked] == ["age"]


def test_answers_are_read_as_the_form_means_them() -> None:
    choices = {"q0": "1", "q2": ["1", "0"], "q2o": "bo zimno", "q3": "2", "q5p0": "2", "q5p2": "1"}
    written = {"q1": " 12 ", "q6": "3.02.2026", "q7": "Za mało\r\nkrzeseł ", "q8": ""}
    answers, faults = read(**choices, **written)
    assert faults == []
    assert answers == {
        "visits_it": "no",
        "how_often": 12.0,
        "why_not": ("far", "dull", "other"),
        other_key("why_not"): "bo zimno",
        "rate_room": "unsure",
        "order": ("tea", "books"),
        "last_visit": "2026-02-03",
        "remarks": "Za mało\nkrzeseł",
    }


@pytest.mark.parametrize(
    ("fields", "trouble"),
    [
        ({"q0": "3"}, Trouble.OPTION),
        ({"q0": "-1"}, Trouble.OPTION),
        ({"q0": "²"}, Trouble.OPTION),
        ({"q0": "yes"}, Trouble.OPTION),
        ({"q0": ["0", "1"]}, Trouble.OPTION),
        ({"q2": ["0", "17"]}, Trouble.OPTION),
        ({"q1": "trzy"}, Trouble.NUMBER),
        ({"q1": "1e9"}, Trouble.NUMBER),
        ({"q1": "9" * 19}, Trouble.NUMBER),
        ({"q1": "1 2"}, Trouble.NUMBER),
        ({"q1": "٣"}, Trouble.NUMBER),
        ({"q1": "2,5"}, Trouble.WHOLE),
        ({"q6": "31.02.2026"}, Trouble.DAY),
        ({"q6": "wczoraj"}, Trouble.DAY),
        ({"q5p0": "1", "q5p1": "1"}, Trouble.PLACE_TWICE),
        ({"q5p0": "1", "q5p1": "3"}, Trouble.PLACE_LEFT_OUT),
        ({"q5p0": "4"}, Trouble.OPTION),
        ({"q7": "a" * 3001}, Trouble.TOO_LONG),
        ({"q2": "2", "q2o": "a" * 201}, Trouble.TOO_LONG),
    ],
)
def test_what_a_question_does_not_take_is_refused(fields: dict[str, str], trouble: Trouble) -> None:
    answers, faults = read(**fields)
    assert faults == [trouble]
    assert not set(answers) & {"visits_it", "how_often", "order", "last_visit", "remarks"}


def test_fields_of_no_question_are_not_looked_at() -> None:
    assert read(q99="1", admin="1", q0x="1") == ({}, [])


def test_words_beside_other_tick_it() -> None:
    assert read(q2o="bo zimno")[0] == {"why_not": ("other",), other_key("why_not"): "bo zimno"}
    assert read(q2="0", q2o="  ")[0] == {"why_not": ("far",)}


def test_only_what_applies_is_shown() -> None:
    assert {"how_often", "why_not"} & shown_names({}) == set()
    assert {"how_often", "why_not"} & shown_names({"visits_it": "yes"}) == {"how_often"}
    assert {"how_often", "why_not"} & shown_names({"visits_it": "no"}) == {"why_not"}


def test_an_answer_to_what_is_no_longer_shown_counts_as_none() -> None:
    answers: Answers = {"visits_it": "no", "how_often": 3.0, "why_not": ("other",), other_key("why_not"): "bo zimno"}
    assert keep_shown(FORMS, answers, find_shown(FORMS, answers, TODAY)) == {
        name: answer for name, answer in answers.items() if name != "how_often"
    }


def test_what_depends_on_a_hidden_answer_is_hidden_too() -> None:
    rows = (
        FormRow("a", "integer"),
        FormRow("b", "integer", relevant="${a} = 1"),
        FormRow("c", "integer", relevant="${b} = 1"),
    )
    form = make_fillable(Form("f", "1", {}, items=rows), Layout.GROUPS)
    assert find_shown(form, {"a": 1.0, "b": 1.0}, TODAY) == {0, 1, 2}
    assert find_shown(form, {"a": 2.0, "b": 1.0}, TODAY) == {0}


def test_conditions_that_undo_one_another_come_to_an_end() -> None:
    rows = (FormRow("a", "integer", relevant="${b} = ''"), FormRow("b", "integer", relevant="${a} = ''"))
    assert find_shown(make_fillable(Form("f", "1", {}, items=rows), Layout.GROUPS), {"a": 1.0, "b": 1.0}, TODAY) <= {
        0,
        1,
    }


def test_what_is_computed_may_decide() -> None:
    rows = (
        FormRow("born", "integer"),
        FormRow("age", "calculate", calculation="2026 - ${born}"),
        FormRow("work", "text", relevant="${age} >= 18"),
    )
    form = make_fillable(Form("f", "1", {}, items=rows), Layout.GROUPS)
    assert len(find_shown(form, {"born": 2000.0}, TODAY)) == 2
    assert len(find_shown(form, {"born": 2020.0}, TODAY)) == 1


def test_required_capped_and_constrained() -> None:
    assert troubles({}) == {"visits_it": Trouble.REQUIRED}
    assert troubles({"visits_it": "yes", "how_often": 32.0}) == {"how_often": Trouble.CONSTRAINT}
    assert troubles({"visits_it": "no", "why_not": ("far", "dull", "other")}) == {"why_not": Trouble.TOO_MANY}
    assert troubles({"visits_it": "yes", "how_often": 31.0}) == {}


def test_a_condition_that_only_other_programs_compute_refuses_nothing() -> None:
    rows = (FormRow("a", "integer", relevant="../x = 1", constraint="instance('x')/y", required="pulldata('a')"),)
    form = make_fillable(Form("f", "1", {}, items=rows), Layout.GROUPS)
    shown = find_shown(form, {}, TODAY)
    assert shown == {0}
    assert check_answers(form, [0], {}, shown, TODAY) == []
    assert check_answers(form, [0], {"a": 1.0}, shown, TODAY) == []


def test_options_are_filtered_by_their_columns() -> None:
    rows = (
        FormRow("gmina", "select_one", "gminy"),
        FormRow("wies", "select_one", "wsie", choice_filter="gmina=${gmina}"),
    )
    lists = {
        "gminy": (FormChoice("liw"), FormChoice("wegrow")),
        "wsie": (FormChoice("ruchna", extra={"gmina": "liw"}), FormChoice("ruchenka", extra={"gmina": "wegrow"})),
    }
    form = make_fillable(Form("f", "1", {}, items=rows, lists=lists), Layout.GROUPS)
    shown = frozenset({0, 1})
    assert check_answers(form, [1], {"gmina": "liw", "wies": "ruchna"}, shown, TODAY) == []
    (fault,) = check_answers(form, [1], {"gmina": "liw", "wies": "ruchenka"}, shown, TODAY)
    assert fault.trouble is Trouble.OPTION


def offered(choice_filter: str, answers: Answers, **extra: str) -> list[str]:
    """Names of the options offered of one that has these further columns, and of one whose cells are all blank."""
    choices = (FormChoice("full", extra=extra), FormChoice("blank"))
    rows = (FormRow("gmina", "text"), FormRow("x", "select_one", "l", choice_filter=choice_filter))
    form = make_fillable(Form("f", "1", {}, items=rows, lists={"l": choices}), Layout.GROUPS)
    values = values_of(form, answers, frozenset({0, 1}), TODAY)
    return [choice.name for choice in filter_options(form.asked[1], values, TODAY)]


@pytest.mark.parametrize(
    ("choice_filter", "answers", "expected"),
    [
        # A blank cell is an empty text, as in ODK: it matches an answer that was not given, and no other.
        ("gmina = ${gmina}", {"gmina": "liw"}, ["full"]),
        ("gmina = ${gmina}", {}, ["blank"]),
        ("gmina = ${gmina} or gmina = ''", {"gmina": "liw"}, ["full", "blank"]),
        ("gmina != ${gmina}", {"gmina": "liw"}, ["blank"]),
        ("people > 100", {}, ["full"]),
        ("not(people > 100)", {}, ["blank"]),
        # What looks like a column in a text or in a name is none.
        ("'gmina' = 'gmina'", {}, ["full", "blank"]),
        ("name = 'full' and people-served = 1", {}, []),
        ("selected(near, ${gmina})", {"gmina": "liw"}, ["full"]),
        ("string-length(near) > 0", {}, ["full"]),
        # What only other programs can look up hides nothing.
        ("instance('x')/places/item[1] = gmina", {}, ["full", "blank"]),
    ],
)
def test_a_filter_reads_the_cells_of_an_option(choice_filter: str, answers: Answers, expected: list[str]) -> None:
    assert offered(choice_filter, answers, gmina="liw", people="250", near="liw wegrow") == expected


def test_a_column_called_name_does_not_stand_for_the_option() -> None:
    assert offered("name = 'full'", {}, name="other") == ["full"]
