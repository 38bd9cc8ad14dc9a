"""Questionnaires as files: every kind of workbook, strangers' files, pyxform's word, and its own examples."""

import io
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from etl.forms import asking_pyxform
from etl.forms.asking_pyxform import ask_pyxform, make_xform
from etl.forms.checking import check_form, check_form_file
from etl.forms.reading import read_form_file
from etl.forms.writing import write_csv_form, write_xlsform
from etl.importing import Incoming
from surveys.findings import FaultError
from surveys.model import Form, FormChoice, FormRow
from surveys.questionnaires import list_forms, split_csv, write_sheets
from tests.made.open_document import write_open_document
from tests.made.workbook import write_workbook


def read(content: bytes, name: str = "form.xlsx"):
    return read_form_file(Incoming(name, content))


def test_numbers_truths_and_lines_of_a_workbook_mean_what_xlsform_means():
    book = {
        "Survey ": [
            ["type", "name", "label", "default", "required"],
            ["select_one n", "a", "Ile?\nProszę policzyć.", 0.5, True],
        ],
        "choices": [["list_name", "name", "label"], ["n", 1.0, "jeden"], ["n", 2, "dwa"]],
    }
    form = read(write_workbook(book), "Ankieta wójta.xlsx").form
    [row] = form.items
    assert isinstance(row, FormRow)
    assert (row.labels, row.default, row.required) == ({"": "Ile?\nProszę policzyć."}, "0.5", "TRUE")
    assert [choice.name for choice in form.lists["n"]] == ["1", "2"]
    assert (form.form_id, form.titles) == ("ankieta-wojta", {"": "ankieta-wojta"})


def test_a_file_without_a_form_says_which_sheets_it_has():
    with pytest.raises(FaultError) as refused:
        read(write_workbook({"Odpowiedzi": [["Płeć", "Wiek"], ["K", 40]], "Uwagi": [["x"]]}))
    [finding] = refused.value.report
    assert finding.code == "FORM-NO-SURVEY"
    assert "Odpowiedzi, Uwagi" in finding.message("pl")


def test_a_form_of_thousands_of_rows_is_refused():
    rows = [["type", "name", "label"], *(["text", f"q{number}", "?"] for number in range(3001))]
    with pytest.raises(FaultError) as refused:
        read(write_workbook({"survey": rows}))
    assert [finding.code for finding in refused.value.report] == ["FORM-TOO-LONG"]


def test_a_strangers_file_that_is_no_workbook_is_refused():
    for content in (b"", b"PK\x03\x04 broken", b"%PDF-1.7"):
        with pytest.raises(FaultError):
            read(content)


@pytest.mark.parametrize("form", list_forms(), ids=lambda form: f"{form.form_id}-{form.version}")
def test_shipped_forms_have_no_fault_and_make_an_xform(form):
    assert [finding.code for finding in check_form(form)] == []
    xform = ET.fromstring(make_xform(write_sheets(form)))  # noqa: S314 # pyxform wrote it
    for row, _ in form.rows():
        assert any(element.tag.rpartition("}")[2] == row.name for element in xform.iter()), row.name


@pytest.mark.parametrize("form", list_forms(), ids=lambda form: f"{form.form_id}-{form.version}")
def test_shipped_forms_come_back_from_their_files(form):
    assert read(write_xlsform(form)).form == form
    assert read(write_csv_form(form), "form.csv").form == form


def test_a_text_that_looks_like_a_formula_stays_a_text():
    risky = Form(
        "f", "1", {"pl": "=1+1"}, items=(FormRow("a", "select_one x", labels={"pl": '=HYPERLINK("http://x")'}),),
        lists={"x": (FormChoice("1", {"pl": "+48 600"}),)},
    )  # fmt: skip
    book = load_workbook(io.BytesIO(write_xlsform(risky)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert book["survey"].freeze_panes == "C2"
    text = write_csv_form(risky).decode()
    assert '"=' not in text
    assert '"+' not in text
    assert split_csv(text)["survey"].rows[0][1]["label::Polski (pl)"] == '=HYPERLINK("http://x")'


def test_pyxform_breaking_down_is_a_finding_too(monkeypatch):
    def break_down(*_args, **_more):
        raise AttributeError("a value of the form")

    monkeypatch.setattr(asking_pyxform, "convert", break_down)
    report = ask_pyxform(write_sheets(list_forms()[0]), "f.xlsx")
    assert [finding.code for finding in report] == ["FORM-PYXFORM-FAILED"]
    with pytest.raises(FaultError):
        make_xform(write_sheets(list_forms()[0]))


def test_pyxform_never_starts_a_validator(monkeypatch):
    asked = {}
    real = asking_pyxform.convert
    monkeypatch.setattr(asking_pyxform, "convert", lambda *args, **more: asked.update(more) or real(*args, **more))
    ask_pyxform(write_sheets(list_forms()[0]))
    make_xform(write_sheets(list_forms()[0]))
    assert not asked.get("validate")
    assert not asked.get("enketo")


def test_a_remark_of_pyxform_is_said_in_our_words():
    text = "survey\n,type,name,label\n,simserial,s,\n,text,a,A\nsettings\n,form_id,version\n,f,1\n"
    report = check_form_file(read(text.encode(), "f.csv"))
    [finding] = report
    assert (finding.code, finding.place.row) == ("FORM-TYPE-OLD", 3)


EXPECTED = {
    "bug_example_xls__badly_named_choices_sheet.xls": (3, set()),
    "bug_example_xls__blank_second_row.xls": (1, set()),
    "bug_example_xls__duplicate_columns.xlsx": (46, set()),
    "bug_example_xls__xl_date_ambiguous.xlsx": (4, set()),
    "example_xls__or_other.xlsx": (2, set()),
    "example_xls__specify_other.csv": (1, set()),
    "example_xls__specify_other.xlsx": (1, set()),
    "example_xls__tutorial.xls": (10, set()),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_examples_of_pyxform_are_read_and_come_back(samples, name):
    file = read((samples / "xlsform_pyxform" / name).read_bytes(), name)
    form = file.form
    count, errors = EXPECTED[name]
    assert len(list(form.rows())) == count
    assert {finding.code for finding in check_form_file(file).errors} == errors
    assert read(write_xlsform(form)).form == form


def test_a_form_that_only_phones_can_fill_in_is_no_fault():
    text = "survey\n,type,name,label\n,geopoint,place,Gdzie?\n,uri:deviceid,phone,\nsettings\n,form_id,version\n,f,1\n"
    assert list(check_form_file(read(text.encode(), "f.csv"))) == []


def _to_rows(table):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in table)


def test_a_form_in_a_spreadsheet_of_libreoffice():
    rows = [["type", "name", "label"], ["select_one tn", "a", "Czy?"]]
    choices = [["list_name", "name", "label"], ["tn", "1", "tak"], ["tn", "0", "nie"]]
    tables = {"survey": _to_rows(rows), "choices": _to_rows(choices)}
    form = read(write_open_document(tables), "ankieta.ods").form
    assert [row.list_name for row, _ in form.rows()] == ["tn"]
    assert [choice.name for choice in form.lists["tn"]] == ["1", "0"]
