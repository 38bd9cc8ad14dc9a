"""An XLSForm without answers: its questions are listed, and it is not loaded as answers."""

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from etl.readers.opening import open_book
from etl.recognise.xlsform_sheets import find_form
from surveys.findings import FaultError
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, codes, load
from tests.made.google_forms import make_survey
from tests.made.open_data_kit import form_sheets, write_csv
from tests.made.workbook import write_workbook


def inspect(sheets, name="formularz.xlsx"):
    return inspect_file(Incoming(name, write_workbook(sheets)))


def asked(inspection):
    sheet = next(sheet for sheet in inspection.sheets if sheet.kind == "questionnaire")
    return {column.header: (column.role, column.type, column.choices) for column in sheet.columns}


def test_a_form_is_listed_with_types_and_options():
    made = make_survey(5)
    inspection = inspect(form_sheets(made))
    assert (inspection.source, inspection.score >= 0.8) == ("xlsform", True)
    assert {sheet.name: sheet.kind for sheet in inspection.sheets} == {
        "survey": "questionnaire", "choices": "codes", "settings": "codes",
    }  # fmt: skip
    listed = asked(inspection)
    for question in made.questions:
        role, kind, choices = listed[question.header]
        assert role == "question"
        if question.type is QuestionType.MULTIPLE:
            assert (kind, choices) == (QuestionType.MULTIPLE, question.options)
    assert listed["start"][0] == "metadata"
    assert codes(inspection) == ["SURVEY-IS-A-FORM"]


def test_a_form_is_not_loaded_as_answers(sqlite_store):
    add_partnership(sqlite_store)
    with pytest.raises(FaultError) as refused:
        load(sqlite_store, write_workbook(form_sheets(make_survey(5))), name="formularz.xlsx")
    (finding,) = refused.value.report
    assert finding.code == "SURVEY-IS-A-FORM"
    assert "XLSForm" in finding.message("pl")


TYPES = {
    "select one from plec": ("question", QuestionType.SINGLE),
    "select1 plec": ("question", QuestionType.SINGLE),
    "select_one plec or_other": ("question", QuestionType.SINGLE),
    "select one from plec or specify other": ("question", QuestionType.SINGLE),
    "select all that apply from plec": ("question", QuestionType.MULTIPLE),
    "select_multiple  plec": ("question", QuestionType.MULTIPLE),
    "rank plec": ("question", QuestionType.RANKING),
    "string": ("question", QuestionType.TEXT),
    "INTEGER": ("question", QuestionType.NUMBER),
    "dateTime": ("question", QuestionType.DATE),
    "geopoint": ("identifier", None),
    "phone number": ("identifier", None),
    "calculate": ("metadata", None),
    "image": ("metadata", None),
}


@pytest.mark.parametrize("written", TYPES)
def test_types_in_every_spelling(written):
    rows = [["Command", "TAG", "caption:Polski"], [written, "q", "Pytanie"], ["note", "n", "Uwaga"]]
    choices = [["list name", "name", "label:Polski"], ["plec", 1.0, "Kobieta"], ["plec", 2.0, "Mężczyzna"]]
    role, kind, options = asked(inspect({"Survey": rows, "Choices ": choices}))["Pytanie"]
    assert (role, kind) == TYPES[written]
    other = ("other",) if "other" in written else ()
    assert options == (("Kobieta", "Mężczyzna", *other) if "plec" in written else ())


def test_blank_rows_groups_and_tables_of_questions():
    survey = [
        ["type", "name", "label", "appearance"], [], ["begin group", "g", "Jak ocenia Pan/Pani", "table-list"],
        ["select_one o", "a", "szkołę", ""], ["end group"], ["begin_repeat", "r", "Dzieci", ""],
        ["text", "b", "Imię dziecka", ""], ["end_repeat"], ["text", "c", "Uwagi", ""],
    ]  # fmt: skip
    inspection = inspect({"survey": survey, "choices": [["list_name", "name", "label"], [], ["o", "1", "dobrze"]]})
    assert list(asked(inspection)) == ["Jak ocenia Pan/Pani [szkołę]", "Imię dziecka", "Uwagi"]


def test_the_csv_variant_and_a_single_sheet_of_another_name():
    rows = [["survey"], ["", "type", "name", "label"], ["", "text", "q", "Co dalej?"], ["choices"],
            ["", "list_name", "name", "label"], ["", "x", "1", "Tak"]]  # fmt: skip
    listed = inspect_file(Incoming("f.csv", write_csv(rows)))
    assert (listed.source, list(asked(listed))) == ("xlsform", ["Co dalej?"])
    alone = inspect({"Arkusz1": [["type", "name", "label"], ["text", "q", "Co dalej?"], ["integer", "n", "Ile?"]]})
    assert (alone.source, list(asked(alone))) == ("xlsform", ["Co dalej?", "Ile?"])


def test_a_table_with_a_column_called_type_is_no_form():
    rows = [["type", "name", "label"], ["sklep", "Ala", "x"], ["bar", "Ola", "y"], ["text", "Jan", "z"]]
    assert inspect({"Arkusz1": rows}).source == "generic"


def test_the_language_shown_first_is_polish():
    survey = [["type", "name", "label::English", "label::Polski"], ["text", "q", "What next?", "Co dalej?"]]
    assert list(asked(inspect({"survey": survey, "choices": [["list_name", "name"]]}))) == ["Co dalej?"]


def test_every_form_of_the_samples_is_listed(samples):
    for path in sorted((samples / "xlsform_pyxform").iterdir()):
        inspection = inspect_file(Incoming(path.name, path.read_bytes()))
        assert (inspection.source, inspection.score >= 0.8) == ("xlsform", True), path.name
        assert asked(inspection)


def test_the_time_of_the_end_closes_no_group():
    rows = [
        ["type", "name", "label"], ["begin_group", "g", "Dom"], ["end", "end", None], ["text", "a", "Co?"],
        ["end_group", None, None],
    ]  # fmt: skip
    form = find_form(open_book(Incoming("f.xlsx", write_workbook({"survey": rows}))))
    assert [(question.name, question.groups) for question in form.questions] == [("end", ("g",)), ("a", ("g",))]
