"""A form comes back from its workbook, and from its CSV, exactly as it went in."""

from hypothesis import given, settings

from etl.forms.reading import read_form_file
from etl.forms.writing import write_csv_form, write_xlsform
from etl.importing import Incoming
from surveys.model import Form
from surveys.questionnaires import fill_labels, read_form, split_csv, write_sheets
from tests.made.forms import forms


@settings(max_examples=50)
@given(forms())
def test_sheets_say_what_the_form_says(form: Form) -> None:
    assert read_form(write_sheets(form)) == form
    assert read_form(split_csv(write_csv_form(form).decode())) == fill_labels(form)


# Each example starts a child process that reads the file.
@settings(max_examples=8)
@given(forms())
def test_what_is_written_into_a_workbook_is_read(form: Form) -> None:
    assert read_form_file(Incoming("f.xlsx", write_xlsform(form))).form == fill_labels(form)


@settings(max_examples=8)
@given(forms())
def test_what_is_written_as_csv_is_read(form: Form) -> None:
    assert read_form_file(Incoming("f.csv", write_csv_form(form))).form == fill_labels(form)
