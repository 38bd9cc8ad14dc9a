"""Changing a form step by step: what was asked for changes, nothing else does, and nothing is left broken."""

from dataclasses import replace

import pytest

from surveys.questionnaires import load_form, questionnaire_of
from surveys.questionnaires.editing import (
    EditRefusedError,
    add_from,
    add_own,
    item_at,
    list_units,
    move,
    remove,
    reword,
    set_options,
)
from surveys.questionnaires.minutes import estimate_minutes
from surveys.questionnaires.numbering import number_questions
from tests.made.paper_survey import PAPER_FORM

RESIDENTS = load_form("residents")


def path_of(form, name):
    return next(unit.path for unit in list_units(form) if unit.item.name == name)


def names(form):
    return [asked.row.name for asked in number_questions(form)]


def test_units_are_what_people_would_call_questions():
    assert [unit.item.name for unit in list_units(PAPER_FORM)] == [
        "intro", "problems", "size", "order", "status", "seeks", "people", "moved", "works", "gender",
    ]  # fmt: skip


def test_other_words_take_the_translation_along_and_typography_does_not():
    path = path_of(PAPER_FORM, "works")
    typed = reword(PAPER_FORM, path, labels={"pl": "Co u nas działa dobrze"}, hints={"pl": "Krótko."})
    assert dict(item_at(typed, path).labels) == {"pl": "Co u nas działa dobrze", "en": "What works well here?"}
    assert item_at(typed, path).hints == {"pl": "Krótko."}
    changed = reword(PAPER_FORM, path, labels={"pl": "Co działa?", "en": "What works well here?"})
    assert dict(item_at(changed, path).labels) == {"pl": "Co działa?"}
    both = reword(PAPER_FORM, path, labels={"pl": "Co działa?", "en": "What works?"})
    assert dict(item_at(both, path).labels) == {"pl": "Co działa?", "en": "What works?"}
    assert names(changed) == names(PAPER_FORM)
    untouched = reword(PAPER_FORM, path, labels=dict(item_at(PAPER_FORM, path).labels), hints={"pl": "", "en": ""})
    assert untouched == PAPER_FORM


def test_a_new_cap_is_a_new_rule():
    path = path_of(PAPER_FORM, "problems")
    changed = item_at(reword(PAPER_FORM, path, labels={}, max_choices=3), path)
    assert (changed.max_choices, changed.constraint) == (3, "count-selected(.) <= 3")
    assert changed.hints["pl"] == "Proszę wybrać najwyżej 3."
    free = item_at(reword(PAPER_FORM, path, labels={}, max_choices=None), path)
    assert (free.max_choices, free.constraint, dict(free.hints)) == (None, "", {})


def test_moving_changes_places_with_the_neighbour_and_stops_at_the_ends():
    moved = move(PAPER_FORM, path_of(PAPER_FORM, "order"), -1)
    assert names(moved) == ["problems", "order", "size_old", "size_doctor", *names(PAPER_FORM)[4:]]
    assert move(PAPER_FORM, path_of(PAPER_FORM, "status"), -1) == PAPER_FORM  # first in its section


def test_what_others_depend_on_is_not_taken_out():
    with pytest.raises(EditRefusedError) as refused:
        remove(PAPER_FORM, path_of(PAPER_FORM, "status"))
    assert (refused.value.reason, refused.value.names) == ("needed", ("seeks",))
    without = remove(remove(PAPER_FORM, path_of(PAPER_FORM, "seeks")), path_of(PAPER_FORM, "status"))
    assert "status" not in names(without)
    assert not {"status", "yes_no"} & set(without.lists)


def test_a_table_loses_rows_but_not_its_last_one():
    (table,) = path_of(PAPER_FORM, "size")
    shorter = remove(PAPER_FORM, (table, 0))
    assert "size_old" not in names(shorter)
    with pytest.raises(EditRefusedError, match="last"):
        remove(shorter, (table, 0))


def test_options_are_reworded_added_and_taken_out_in_their_order():
    path = path_of(PAPER_FORM, "order")
    changed = set_options(PAPER_FORM, path, [("work", {"pl": "Praca"}), ("", {"pl": "Bezpieczeństwo na drodze"})])
    options = changed.lists["order"]
    assert [(option.name, option.labels["pl"]) for option in options] == [
        ("work", "Praca"), ("bezpieczenstwo_na_drodze", "Bezpieczeństwo na drodze"),
    ]  # fmt: skip
    assert options[0].labels["en"] == "Work"


def test_options_that_others_share_change_for_one_question_only():
    (first, second) = [unit for unit in list_units(RESIDENTS) if unit.item.name in {"problem_size", "trust"}]
    shared = add_own(RESIDENTS, "select_one", {"pl": "Czy tak?"}, [{"pl": "brak"}])
    path = list_units(shared)[-1].path
    own = item_at(shared, path)
    assert own.list_name not in RESIDENTS.lists
    size = next(row for row in first.rows).list_name
    twice = add_from(PAPER_FORM, RESIDENTS, second)
    assert twice.lists["agreement"] == RESIDENTS.lists["agreement"]
    changed = set_options(RESIDENTS, first.path, [("none", {"pl": "wcale"})])
    assert [option.labels["pl"] for option in changed.lists[size]] == ["wcale"]


def test_a_question_of_the_bank_brings_its_options_without_touching_those_that_are_there():
    status = next(unit for unit in list_units(RESIDENTS) if unit.item.name == "status")
    form = remove(remove(PAPER_FORM, path_of(PAPER_FORM, "seeks")), path_of(PAPER_FORM, "status"))
    form = replace(form, lists={**form.lists, "status": form.lists["gender"]})
    grown = add_from(form, RESIDENTS, status)
    assert set(form.lists) <= set(grown.lists)
    assert grown.lists["status"] == form.lists["gender"]
    brought = questionnaire_of(grown).questions[-1]
    assert (brought.name, brought.choices) == ("status", questionnaire_of(RESIDENTS).questions[-1].choices)


def test_a_question_comes_only_once():
    unit = next(unit for unit in list_units(RESIDENTS) if unit.item.name == "gender")
    with pytest.raises(EditRefusedError) as refused:
        add_from(PAPER_FORM, RESIDENTS, unit)
    assert refused.value.names == ("gender",)


def test_own_questions_stand_where_they_were_put_and_have_names_of_their_own():
    form = add_own(PAPER_FORM, "text", {"pl": "Co jeszcze?"}, after=path_of(PAPER_FORM, "problems"))
    form = add_own(form, "text", {"pl": "Co jeszcze?"})
    assert names(form)[1] == "co_jeszcze"
    assert names(form)[-1] == "co_jeszcze_2"


def test_a_longer_form_takes_longer():
    assert 8 <= estimate_minutes(RESIDENTS) <= 16
    assert estimate_minutes(PAPER_FORM) < estimate_minutes(RESIDENTS)
    assert estimate_minutes(remove(RESIDENTS, list_units(RESIDENTS)[0].path)) < estimate_minutes(RESIDENTS)
