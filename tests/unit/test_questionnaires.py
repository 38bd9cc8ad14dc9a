"""The shipped questionnaires, and what the loader makes of an XLSForm in its CSV variant."""

import pytest

from surveys.model import QuestionType
from surveys.questionnaires import (
    QuestionnaireError,
    UnknownQuestionnaireError,
    list_questionnaires,
    load_questionnaire,
    parse_questionnaire,
)
from surveys.vocabulary import load

FORM = """survey,,,,,
,type,name,label::Polski (pl),label::English (en),diagnoza::vocabulary
,begin_group,g,Czy ma Pan/Pani zaufanie?,Do you trust?,
,select_one yes,a,Do sąsiadów,In neighbours,
,end_group,,,,
,select_multiple who,b,Komu?,Who?,target_groups
,integer,c,Ile osób?,How many?,
choices,,,,,
,list_name,name,label::Polski (pl),label::English (en),diagnoza::missing
,yes,1,tak,yes,
,yes,0,nie,no,
,yes,9,nie wiem,don't know,dont_know
,who,G05,,,
,who,G06,Bardzo starzy,,
settings,,,,,
,form_title,form_id,version,,
,Próba,proba,1,,
"""


@pytest.mark.parametrize("version", ["2026-1", "2026-2"])
def test_the_residents_questionnaire_asks_the_question_bank_in_both_languages(version: str):
    residents = load_questionnaire("residents", version)
    assert (residents.title_pl, residents.title_en, residents.version) == (
        "Diagnoza mieszkańców",
        "Residents' diagnosis",
        version,
    )
    for question in residents.questions:
        assert question.text_pl
        assert question.text_en
        assert question.text_pl != question.text_en or question.type is QuestionType.TEXT
        for choice in question.choices:
            assert choice.label_pl
            assert choice.label_en
    by_name = {question.name: question for question in residents.questions}
    assert by_name["main_problems"].max_choices == by_name["groups_in_need"].max_choices == 3
    assert {question.profile for question in residents.questions} == {None, "gender", "age", "status"}


def test_the_newest_residents_questionnaire_asks_what_matters_and_nothing_else_is_new():
    first, newest = load_questionnaire("residents", "2026-1"), load_questionnaire("residents")
    assert newest.version == "2026-2"
    kept = tuple(question for question in newest.questions if not question.name.startswith("importance_"))
    assert kept == first.questions
    new = [question for question in newest.questions if question not in kept]
    rated = [question for question in newest.questions if question.name.startswith("availability_")]
    assert [question.text_pl for question in new] == [question.text_pl for question in rated]
    assert {question.battery for question in new} == {"Jak ważne jest to dla Pana/Pani?"}


def test_options_bound_to_a_code_list_take_its_codes_and_labels():
    main = next(question for question in load_questionnaire("residents").questions if question.name == "main_problems")
    for choice in main.choices:
        if choice.missing is None:
            assert choice.label_pl == load().problems.label(choice.code, "pl")
            assert choice.label_en == load().problems.label(choice.code, "en")
    assert [choice.code for choice in main.choices if choice.is_other] == ["PB99"]


def test_scales_are_those_of_the_code_lists():
    known = {scale.values_pl for scale in load().scales.values()} | {
        scale.values_pl[::-1] for scale in load().scales.values()
    }
    for question in (question for one in list_questionnaires() for question in one.questions):
        if question.type is QuestionType.SCALE:
            points = tuple(choice.label_pl for choice in question.choices if choice.missing is None)
            assert points in known, question.name


def test_kinds_of_missing_are_options_and_known():
    kinds = {
        choice.missing for one in list_questionnaires() for question in one.questions for choice in question.choices
    }
    assert kinds == {None, "dont_know", "not_applicable", "refused"}
    assert kinds - {None} <= set(load().missing_kinds)


def test_names_are_unique_and_ascii():
    for one in list_questionnaires():
        names = [question.name for question in one.questions]
        assert len(names) == len(set(names))
        assert all(name.isascii() and name.isidentifier() for name in names)


def test_an_unknown_questionnaire_or_version_is_said():
    with pytest.raises(UnknownQuestionnaireError):
        load_questionnaire("nie-ma")
    with pytest.raises(UnknownQuestionnaireError):
        load_questionnaire("residents", "1999-1")


def test_a_form_is_read():
    form = parse_questionnaire(FORM)
    assert (form.slug, form.version, form.title_pl, form.title_en) == ("proba", "1", "Próba", "")
    trust, who, how_many = form.questions
    assert trust.type is QuestionType.SINGLE
    # A group that is no table has no stem.
    assert trust.battery == ""
    assert [choice.missing for choice in trust.choices] == [None, None, "dont_know"]
    assert [choice.label_pl for choice in who.choices] == ["Seniorzy 60+", "Bardzo starzy"]
    assert who.choices[1].label_en == load().target_groups.label("G06", "en")
    assert how_many.type is QuestionType.NUMBER


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (",integer,c,", ",select_one nowhere,c,", "row 7.*nowhere"),
        (",integer,c,", ",geopoint,c,", "row 7.*geopoint"),
        (",integer,c,", ",integer,a,", "same name"),
        (",who,G05,", ",who,X99,", "X99.*target_groups"),
        ("dont_know\n", "whatever\n", "unknown kind of missing"),
        ("settings,,,,,\n,form_title,form_id,version,,\n,Próba,proba,1,,\n", "", "settings"),
    ],
)
def test_a_fault_in_a_form_names_its_place(before, after, said):
    assert before in FORM
    with pytest.raises(QuestionnaireError, match=said):
        parse_questionnaire(FORM.replace(before, after))


def test_stems_of_shipped_tables_are_in_both_languages():
    stems = {
        (question.battery, question.battery_en)
        for questionnaire in list_questionnaires()
        for question in questionnaire.questions
        if question.battery
    }
    assert stems
    assert all(polish and english and polish != english for polish, english in stems)
