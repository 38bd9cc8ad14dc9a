"""Questionnaires for other programs: LimeSurvey's tab-separated structure, the Google script, XForm XML."""

import csv
import io
import json
import re

import pytest
from hypothesis import given, settings

from etl.exports.questionnaires.google_script import quote, write_google_script
from etl.exports.questionnaires.limesurvey import COLUMNS, write_limesurvey
from etl.exports.questionnaires.limesurvey_conditions import Target, translate_condition
from surveys.model import Form, FormChoice, FormGroup, FormRow, QuestionType
from surveys.questionnaires import list_forms, questionnaire_of
from surveys.questionnaires.expressions import ExpressionError
from tests.made.forms import forms

RISKY = "\"); throw 1; //</script> {1+1} ${x} =1+1 '\\"
FORM = Form(
    "f", "1", {"pl": "Próba", "en": "Trial"},
    items=(
        FormRow("age", "integer", labels={"pl": "Ile lat?", "en": "How old?"}, constraint=". >= 0 and . < 120",
                constraint_messages={"pl": "Od 0 do 119", "en": "0 to 119"}, required="yes"),
        FormRow("help_kind", "select_multiple", "help", labels={"pl": "Jaka pomoc?", "en": "What help?"}, max_choices=2,
                constraint="count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1)"),
        FormGroup("more", {"pl": "Więcej", "en": "More"}, relevant="selected(${help_kind}, 'care') and ${age} > 60",
                  items=(
            FormRow("why", "text", labels={"pl": "Dlaczego?", "en": "Why?"}, appearance="multiline",
                    relevant="${one} = 'other'"),
            FormRow("one", "select_one", "towns", labels={"pl": "Gdzie?", "en": "Where?"}),
            FormRow("place_here", "geopoint", labels={"pl": "Miejsce", "en": "Place"}),
        )),
        FormGroup("order", {"pl": "Kolejność", "en": "Order"}, items=(
            FormRow("first", "rank", "help", labels={"pl": "Ustaw", "en": "Put in order"},
                    relevant="pulldata('a', 'b', 'c', 'd') = 1"),
        )),
        FormGroup("children", {"pl": "Dzieci"}, is_repeat=True, items=(FormRow("age", "text", labels={"pl": "Wiek"}),)),
    ),
    lists={
        "help": (FormChoice("care", {"pl": "Opieka", "en": "Care"}),
                 FormChoice("food", {"pl": "Jedzenie", "en": "Food"}),
                 FormChoice("none", {"pl": "Żadna", "en": "None"}),
                 FormChoice("other", {"pl": "Inna", "en": "Other"}, is_other=True)),
        "towns": (*(FormChoice(f"town_{n}", {"pl": f"Wieś {n}", "en": f"Village {n}"}) for n in range(25)),
                  FormChoice("other", {"pl": "Inna wieś", "en": "Other village"}, is_other=True)),
    },
)  # fmt: skip


def read_limesurvey(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter="\t"))
    assert all(set(row) == set(COLUMNS) for row in rows)
    return rows


def shape(rows, language):
    """What has to stand in the same order in every language."""
    return [
        (row["class"], row["type/scale"] if row["class"] != "G" else "", row["name"] if row["class"] != "G" else "")
        for row in rows
        if row["language"] == language and row["class"] in {"G", "Q", "SQ", "A"}
    ]


def test_limesurvey_gets_types_limits_and_conditions():
    content, report = write_limesurvey(FORM)
    rows = read_limesurvey(content)
    settings_of = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    assert (settings_of["language"], settings_of["additional_languages"]) == ("pl", "en")
    assert (settings_of["anonymized"], settings_of["ipaddr"], settings_of["datestamp"]) == ("Y", "N", "N")
    asked = {row["name"]: row for row in rows if row["class"] == "Q" and row["language"] == "pl"}
    assert {name: row["type/scale"] for name, row in asked.items()} == {
        "age": "N", "helpkind": "M", "why": "T", "one": "!", "first": "R",
    }  # fmt: skip
    assert asked["age"]["mandatory"] == "Y"
    assert asked["age"]["em_validation_q"] == "((age.NAOK >= 0) && (age.NAOK < 120))"
    assert (asked["helpkind"]["max_answers"], asked["helpkind"]["exclude_all_others"]) == ("2", "none")
    assert (asked["helpkind"]["other"], asked["helpkind"]["other_replace_text"]) == ("Y", "Inna")
    assert asked["why"]["relevance"] == '(one.NAOK == "-oth-")'
    groups = [row for row in rows if row["class"] == "G" and row["language"] == "en"]
    assert groups[1]["relevance"] == '((helpkind_care.NAOK == "Y") && (age.NAOK > 60))'
    assert [(finding.code, finding.facts["name"]) for finding in report] == [
        ("FORM-EXPORT-LEFT-OUT", "place_here"),
        ("FORM-EXPORT-CONDITION", "first"),
        ("FORM-EXPORT-LEFT-OUT", "children"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", list_forms(), ids=lambda form: form.form_id)
def test_shipped_forms_are_whole_in_limesurvey(form):
    content, report = write_limesurvey(form)
    rows = read_limesurvey(content)
    assert not report.findings
    assert shape(rows, "pl") == shape(rows, "en")
    codes = [row["name"] for row in rows if row["class"] == "Q" and row["language"] == "pl"]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", code) for code in codes)
    answers = {row["name"] for row in rows if row["class"] in {"A", "SQ"}}
    assert all(re.fullmatch(r"[A-Za-z0-9+-]{1,5}", code) for code in answers)
    texts = {row["text"] for row in rows}
    for question in questionnaire_of(form).questions:
        assert question.text_pl in texts
        assert question.text_en in texts


@settings(max_examples=25)
@given(forms())
def test_any_form_becomes_a_table_of_parallel_languages(form):
    content, _ = write_limesurvey(form)
    rows = read_limesurvey(content)
    languages = dict.fromkeys(row["language"] for row in rows if row["language"])
    assert len({tuple(shape(rows, language)) for language in languages}) == 1
    for row in rows:
        # A brace before a letter would be computed, an angle bracket would be HTML.
        if row["class"] != "S":
            assert not re.search(r"\{(?! |[A-Za-z0-9_]+\.shown\})", row["text"])
            assert "<" not in row["text"].replace("<br />", "")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${a} = ''", "is_empty(a.NAOK)"),
        ("not(${a} != '')", "!(!is_empty(a.NAOK))"),
        ("${a} = 'yes' or ${n} div 2 >= 1.5", '((a.NAOK == "A1") || ((n.NAOK / 2) >= 1.5))'),
        ("count-selected(${m}) > 1", "(count(m_S1.NAOK, m_other.NAOK) > 1)"),
        ("selected(${m}, 'other')", "!is_empty(m_other.NAOK)"),
        ("selected(${a}, 'yes')", '(a.NAOK == "A1")'),
        ("regex(., '[a-z]/x')", 'regexMatch("/^(?:[a-z]\\\\/x)$/", n.NAOK)'),
        ("string-length(.) < 5", "(strlen(n.NAOK) < 5)"),
        ("if(${n} > 1, 'a', 'b') = 'a'", '(if((n.NAOK > 1), "a", "b") == "a")'),
        ("-${n} < 0", "(-(n.NAOK) < 0)"),
        ("concat('a', ${n}) = 'a1'", '(implode("", "a", n.NAOK) == "a1")'),
        ("true()", "1"),
    ],
)  # fmt: skip
def test_conditions_in_the_language_of_limesurvey(expression, expected):
    targets = {
        "a": Target("a", QuestionType.SINGLE, {"yes": "A1"}),
        "m": Target("m", QuestionType.MULTIPLE, {"x": "S1", "other": "other"}),
        "n": Target("n", QuestionType.NUMBER, {}),
    }
    assert translate_condition(expression, targets, targets["n"]) == expected


@pytest.mark.parametrize(
    "expression",
    ["${m} = 'x'", "${gone} = 1", "${a} = 'never'", "selected(${m}, ${a})", "../a = 1", "today() > 1", "${n} mod 2 = 0",
     "count-selected(${a}) > 1", "selected(${m}, 'never')", "regex(${n}, ${a})", "col = 1"],
)  # fmt: skip
def test_conditions_that_limesurvey_cannot_say_are_refused(expression):
    targets = {
        "a": Target("a", QuestionType.SINGLE, {"yes": "A1"}),
        "m": Target("m", QuestionType.MULTIPLE, {"x": "S1"}),
        "n": Target("n", QuestionType.NUMBER, {}),
    }
    with pytest.raises(ExpressionError):
        translate_condition(expression, targets)


def test_a_language_without_a_code_is_left_out_and_told():
    rows = (FormRow("a", "text", labels={"pl": "Co?", "Deutsch": "Was?", "Français (fr)": "Quoi ?"}),)
    content, report = write_limesurvey(Form("f", "1", {"pl": "F"}, items=rows))
    languages = {row["language"] for row in read_limesurvey(content)} - {""}
    assert languages == {"pl", "fr"}
    assert [finding.code for finding in report] == ["FORM-EXPORT-LANGUAGE"]


STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# What the script may consist of outside of its strings.
CODE = re.compile(r"[\w\s.(){}\[\],;=]*")


def test_google_gets_the_same_form():
    script, report = write_google_script(FORM, "pl")
    assert 'FormApp.create("Pr\\u00f3ba")' in script
    assert "requireSelectAtMost(2)" in script
    assert script.count("showOtherOption(true)") == 1
    assert "form.addListItem()" in script  # 26 villages drop down
    assert "requireLimitOneResponsePerColumn" in script
    assert "form.addParagraphTextItem()" in script
    assert ".setRequired(true)" in script
    assert "setCollectEmail(false)" in script
    assert {finding.code for finding in report} == {
        "FORM-EXPORT-LEFT-OUT", "FORM-EXPORT-CONDITION", "FORM-EXPORT-RULE",
    }  # fmt: skip


@pytest.mark.parametrize("form", list_forms(), ids=lambda form: form.form_id)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_shipped_forms_are_whole_in_google(form, language):
    script, _ = write_google_script(form, language)
    texts = {json.loads(found) for found in STRING.findall(script)}
    for question in questionnaire_of(form).questions:
        assert (question.text_pl if language == "pl" else question.text_en) in texts
        for choice in question.choices:
            label = choice.label_pl if language == "pl" else choice.label_en
            assert choice.is_other or label in texts


@settings(max_examples=25)
@given(forms())
def test_no_word_of_any_form_becomes_a_piece_of_program(form):
    script, _ = write_google_script(form, "pl")
    assert CODE.fullmatch(STRING.sub("", script.partition("function ")[2]))


def test_risky_words_stay_words():
    for text in (RISKY, "\u2028", "😀", "</script>"):
        assert json.loads(quote(text)) == text
        assert "<" not in quote(text)
        assert quote(text).isascii()
    form = Form("f", "1", {"pl": RISKY}, items=(FormRow("x", "text", labels={"pl": RISKY}, hints={"pl": RISKY}),))
    script, _ = write_google_script(form, "pl")
    assert CODE.fullmatch(STRING.sub("", script.partition("function ")[2]))
    rows = read_limesurvey(write_limesurvey(form)[0])
    [asked] = [row for row in rows if row["class"] == "Q"]
    assert "{ 1+1 }" in asked["text"]
    assert "&lt;/script&gt;" in asked["text"]
    assert "{x.shown}" in asked["text"]


def test_two_options_of_one_wording_stay_two_in_google():
    options = (FormChoice("1", {"pl": "Tak"}), FormChoice("2", {"pl": "Tak"}))
    form = Form(
        "f", "1", {"pl": "F"}, items=(FormRow("a", "select_one", "l", labels={"pl": "A"}),), lists={"l": options}
    )
    assert '["Tak", "Tak (2)"]' in write_google_script(form, "pl")[0]


def test_long_headings_keep_to_what_limesurvey_holds():
    stem = "Bardzo długie pytanie o wszystko, co dzieje się w okolicy. " * 4
    group = FormGroup("g", {"pl": stem.strip()}, items=(FormRow("a", "text", labels={"pl": "Co?"}),))
    rows = read_limesurvey(write_limesurvey(Form("f", "1", {"pl": stem.strip()}, items=(group,)))[0])
    [heading] = [row for row in rows if row["class"] == "G"]
    assert (len(heading["name"]), heading["text"]) == (100, stem.strip())
    assert all(len(row["text"]) <= 200 for row in rows if row["class"] == "SL")
