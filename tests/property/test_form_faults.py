"""Whatever stands in a form's cells, everything wrong is said, and nothing breaks down."""

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.exports.questionnaires.google_script import write_google_script
from etl.exports.questionnaires.limesurvey import write_limesurvey
from etl.forms.checking import check_form
from surveys.questionnaires import FormSheet, FormSheets, list_forms, questionnaire_of, read_form, write_sheets
from surveys.questionnaires.checking import check_sheets
from tests.made.forms import TEXTS, forms

_WORDS = st.sampled_from(
    ["select_one", "select_one x y", "begin_group", "end_group", "end", "begin loop over l", "${", "${a}",
     "selected(${a}", "not(", "'", "=1", "table-list", "yes", "a", "calculate", "range", "start=1 end=x", "../a",
     "(" * 99, "regex(., '(')", "label::X", "::", "name", "type", "żółć", "9" * 50]
) | TEXTS  # fmt: skip
_SHIPPED = [write_sheets(form) for form in list_forms()]


@st.composite
def spoilt_sheets(draw: st.DrawFn) -> FormSheets:
    """A shipped form with some cells, headers and rows put wrong."""
    spoilt = {}
    for section, sheet in draw(st.sampled_from(_SHIPPED)).sheets.items():
        rows = [dict(row) for _, row in sheet.rows]
        for _ in range(draw(st.integers(0, 4))):
            row = rows[draw(st.integers(0, len(rows) - 1))]
            row[draw(st.sampled_from(sheet.headers))] = draw(_WORDS)
        if draw(st.booleans()):
            del rows[draw(st.integers(0, len(rows) - 1))]
        old, new = draw(st.sampled_from(sheet.headers)), draw(st.sampled_from(["name", "relevance", "x::y", "Uwagi"]))
        if draw(st.integers(0, 3)) == 0 and new not in sheet.headers:
            rows = [{new if header == old else header: text for header, text in row.items()} for row in rows]
        headers = tuple(dict.fromkeys(header for row in rows for header in row))
        spoilt[section] = FormSheet(headers, tuple((n, row) for n, row in enumerate(rows, 2) if row), section, 1)
    return FormSheets(spoilt)


@settings(max_examples=60)
@given(spoilt_sheets())
def test_a_spoilt_form_is_told_and_nothing_breaks_down(sheets: FormSheets) -> None:
    for finding in check_sheets(sheets, "f.xlsx"):
        for language in ("pl", "en"):
            assert finding.message(language)
            assert finding.remedy(language)
    form = read_form(sheets)
    questionnaire_of(form)
    write_limesurvey(form)
    write_google_script(form, "en")


@settings(max_examples=25)
@given(forms())
def test_a_form_that_pyxform_refuses_has_an_error(form) -> None:
    # pyxform is asked only where our own checks found nothing; whatever happens there is a finding.
    for finding in check_form(form):
        assert finding.message("pl")
