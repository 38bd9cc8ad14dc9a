"""Forms: sheets read and written, and the questionnaire that is made of a form."""

from surveys.model import Choice, FormGroup, FormRow, QuestionType
from surveys.questionnaires import (
    join_csv,
    list_forms,
    load_form,
    questionnaire_of,
    read_form,
    split_csv,
    write_sheets,
)

# Old spellings on purpose: command, caption, relevance, one colon, a language in Polish words.
OLD = """survey
,command,tag,caption:Polski,caption:Deutsch,relevance,bind:constraint,count,Uwagi autora
,add note prompt,hello,Dzień dobry,Guten Tag,,,,
,begin group,home,Dom,,${a} = '1',,,
,select one from yes or specify other,a,Czy?,Ob?,,. != '9',,ważne
,begin repeat,child,Dziecko,,,,${n},
,int,age,Wiek,,,,,
,end repeat,,,,,,,
,end group,,,,,,,
,kalkulator,odd,,,,,,
choices
,list name,value,caption:Polski,caption:Deutsch,region
,yes,1,tak,ja,
,yes,9,nie wiem,weiß nicht,x
settings
,id_string,title,version,default_language,style
,stara,Stara ankieta,3,Polski,pages
"""


def test_a_form_in_old_spellings_is_read_whole():
    form = read_form(split_csv(OLD))
    assert (form.form_id, form.version, dict(form.titles), form.default_language) == (
        "stara", "3", {"pl": "Stara ankieta"}, "pl",
    )  # fmt: skip
    assert dict(form.settings) == {"style": "pages"}
    note, home, odd = form.items
    assert isinstance(note, FormRow)
    assert (note.type, note.labels) == ("note", {"pl": "Dzień dobry", "Deutsch": "Guten Tag"})
    assert isinstance(home, FormGroup)
    assert home.relevant == "${a} = '1'"
    question, child = home.items
    assert isinstance(question, FormRow)
    assert (question.type, question.list_name, question.or_other) == ("select_one", "yes", True)
    assert (question.constraint, question.extra, question.place) == (". != '9'", {"Uwagi autora": "ważne"}, 5)
    assert isinstance(child, FormGroup)
    assert (child.is_repeat, child.repeat_count) == (True, "${n}")
    assert isinstance(odd, FormRow)
    assert odd.type == "kalkulator"
    assert [choice.extra for choice in form.lists["yes"]] == [{}, {"region": "x"}]


def test_a_form_comes_back_as_it_was_written():
    for form in (read_form(split_csv(OLD)), *list_forms()):
        assert read_form(write_sheets(form)) == form
        assert read_form(split_csv(join_csv(write_sheets(form)))) == form


def test_columns_that_no_language_is_named_for_are_in_the_default_language():
    text = "survey\n,type,name,label,label::English\n,text,a,Co?,What?\nsettings\n,form_id,default_language\n,f,pl\n"
    [row] = read_form(split_csv(text)).items
    assert row.labels == {"pl": "Co?", "en": "What?"}
    [row] = read_form(split_csv(text.replace("default_language", "style"))).items
    assert row.labels == {"": "Co?", "en": "What?"}


def test_two_kinds_of_english_stay_apart():
    text = "survey\n,type,name,label::English (UK),label::English (US)\n,text,a,Colour?,Color?\n"
    [row] = read_form(split_csv(text)).items
    assert row.labels == {"en": "Colour?", "English (US)": "Color?"}


def test_groups_that_are_open_or_closed_too_often_lose_no_question():
    text = "survey\n,type,name,label\n,end group,,\n,begin group,g,G\n,text,a,A\n,begin repeat,r,R\n,text,b,B\n"
    form = read_form(split_csv(text))
    assert [(row.name, [group.name for group in around]) for row, around in form.rows()] == [
        ("a", ["g"]), ("b", ["g", "r"]),
    ]  # fmt: skip


def test_sheets_and_types_without_use_to_us_are_kept():
    text = (
        "survey\n,type,name,label\n,select_one_from_file towns.csv,a,A\n,select_one_external shops,b,B\n"
        ",begin_kobomatrix,m,M\n,end_kobomatrix,,\n,begin loop over yes,l,L\n,end loop,,\n"
        "entities\n,list_name,label\n,trees,${a}\n"
    )
    form = read_form(split_csv(text))
    assert [row.type for row, _ in form.rows()] == ["select_one_from_file", "select_one_external"]
    assert form.other_sheets == {"entities": ({"list_name": "trees", "label": "${a}"},)}
    written = [row["type"] for _, row in write_sheets(form)["survey"].rows]
    assert written == [
        "select_one_from_file towns.csv", "select_one_external shops", "begin_kobomatrix", "end_kobomatrix",
        "begin loop over yes", "end loop",
    ]  # fmt: skip
    assert read_form(write_sheets(form)) == form


def test_the_questionnaire_of_a_form_has_what_people_answer():
    made = questionnaire_of(read_form(split_csv(OLD)), partnership="liw")
    assert (made.slug, made.version, made.title_pl, made.partnership) == ("stara", "3", "Stara ankieta", "liw")
    [question] = made.questions  # neither the note, nor the child's age, nor a type nobody knows
    assert question.type is QuestionType.SINGLE
    assert question.choices[-1] == Choice("other", "Inne", "Other", is_other=True)


def test_two_questions_of_one_name_stay_two():
    text = (
        "survey\n,type,name,label\n,begin group,g,G\n,integer,a,A\n,end group,,\n,begin group,h,H\n,rank l,a,B\n"
        ",end group,,\n,acknowledge,ok,OK?\nchoices\n,list_name,name,label\n,l,x,X\n"
    )
    made = questionnaire_of(read_form(split_csv(text)))
    assert [(one.name, one.type.value) for one in made.questions] == [
        ("g_a", "number"), ("h_a", "ranking"), ("ok", "single"),
    ]  # fmt: skip


def test_shipped_forms_carry_the_labels_of_code_lists():
    for form in list_forms():
        for name, choices in form.lists.items():
            for choice in choices:
                assert choice.labels.get("pl"), (form.form_id, name, choice.name)
                assert choice.labels.get("en"), (form.form_id, name, choice.name)
    assert load_form("residents", "2026-1").titles["en"] == "Residents' diagnosis"


def test_the_time_of_the_end_closes_no_group():
    text = "survey\n,type,name,label\n,begin_group,g,G\n,end,end,\n,text,a,A\n,end_group,,\n"
    form = read_form(split_csv(text))
    assert [(row.name, len(around)) for row, around in form.rows()] == [("end", 1), ("a", 1)]
    assert read_form(write_sheets(form)) == form
