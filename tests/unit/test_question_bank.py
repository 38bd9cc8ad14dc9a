"""The question bank, the forms that come with the program, and how long they take."""

import pytest

from surveys.language.texts import load_catalogue
from surveys.model import Form, FormGroup, FormRow
from surveys.questionnaires import list_forms, load_form
from surveys.questionnaires.bank import BANK, FILL, find_in_bank, load_bank
from surveys.questionnaires.expressions import check
from surveys.questionnaires.minutes import estimate_minutes

SHIPPED = {"residents", "residents-short", "partners", "cooperation", "activity", "youth"}
FORMS = pytest.mark.parametrize("form", list_forms(), ids=lambda form: form.form_id)


def texts_of(form: Form):
    for row, around in form.rows():
        for labels in (row.labels, row.hints, row.constraint_messages, *(group.labels for group in around)):
            if labels:
                yield labels
    for choices in form.lists.values():
        yield from (choice.labels for choice in choices)


def test_every_kind_of_diagnosis_has_its_form():
    assert {form.form_id for form in list_forms()} == SHIPPED


@FORMS
def test_forms_are_whole_in_both_languages(form):
    assert set(form.titles) == {"pl", "en"}
    for labels in texts_of(form):
        assert labels["pl"]
        assert labels["en"]


@FORMS
def test_questions_of_forms_stand_in_the_bank_word_for_word(form):
    for item in form.items:
        if isinstance(item, FormRow) and item.type == "note" and item.name == "intro":
            continue
        banked = find_in_bank(item.extra[BANK])
        assert banked is not None
        assert (item.name, item.labels) == (banked.item.name, banked.item.labels)
        if isinstance(item, FormGroup) and isinstance(banked.item, FormGroup):
            assert item.items == banked.item.items
        for name, options in banked.lists.items():
            assert form.lists[name] == options


def test_the_bank_has_every_question_of_the_method():
    numbers = {question.id for question in load_bank()}
    assert {str(number) for number in range(1, 16)} <= numbers
    assert {"M1", "M2", "M3", "M4"} <= numbers
    assert len(numbers) == len(load_bank())


def test_every_audience_and_topic_of_the_bank_has_words():
    texts = load_catalogue("surveys.language.catalogues")
    for question in load_bank():
        assert f"bank.audience.{question.audience}" in texts
        assert f"bank.topic.{question.topic}" in texts


def test_young_people_are_spoken_to_as_you():
    for form in list_forms():
        polish = " ".join(labels["pl"] for labels in texts_of(form))
        formal = "Pan" in polish or "Państw" in polish or "Prosz" in polish
        assert formal is (form.form_id != "youth"), form.form_id


def test_nobody_is_a_man_by_default():
    # "Pan/Pani" and "włączył(a)by" name both; a bare past tense or "Pan" alone would not.
    for form in list_forms():
        for labels in texts_of(form):
            assert "Pan " not in labels["pl"], labels["pl"]


@FORMS
def test_conditions_of_forms_are_computed_here(form):
    for row, around in form.rows():
        for expression in (row.relevant, row.constraint, *(group.relevant for group in around)):
            if expression:
                check(expression)


def test_partners_answer_for_their_organisation_only_when_they_say_which():
    network = next(item for item in load_form("cooperation").items if item.name == "network")
    assert "${own_organisation}" in network.relevant
    assert {row.extra[FILL] for row in network.items} == {"partners"}


def test_forms_take_no_longer_than_they_promise():
    minutes = {form.form_id: estimate_minutes(form) for form in list_forms()}
    assert minutes["residents-short"] <= 5
    assert minutes["residents"] <= 15
    assert minutes["residents-short"] < minutes["residents"]
    assert max(minutes.values()) <= 15


def test_an_empty_form_takes_a_minute():
    assert estimate_minutes(Form("f", "1", {})) == 1


def test_a_question_for_some_people_counts_half():
    rows = tuple(FormRow(f"q{number}", "text", appearance="multiline") for number in range(8))
    asked = Form("f", "1", {}, items=rows)
    some = Form("f", "1", {}, items=(FormGroup("g", items=rows, relevant="${a} = '1'"),))
    assert (estimate_minutes(asked), estimate_minutes(some)) == (6, 3)
