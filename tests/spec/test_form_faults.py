"""Every fault of a form, as `form_faults.md` tells them: all at once, each at its place, in both languages."""

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from etl.forms.checking import check_form_file
from etl.forms.reading import read_form_file
from etl.importing import Incoming
from surveys.findings import Severity
from tests.made.workbook import write_workbook

SPEC = Path(__file__).with_name("form_faults.md").read_text(encoding="utf-8")
SECTION = re.compile(
    r"^## (?P<title>[^\n]+)\n\n```\n(?P<form>.*?)```\n\n(?P<said>.*?)(?=\n## |\Z)", re.DOTALL | re.MULTILINE
)
SECTIONS = {found["title"]: (found["form"], found["said"].strip().splitlines()) for found in SECTION.finditer(SPEC)}
# Provoked below, or in tests/files/test_forms.py, test_form_exports.py and test_pyxform_words.py.
ELSEWHERE = {
    "FORM-EXPORT-LEFT-OUT", "FORM-EXPORT-CONDITION", "FORM-EXPORT-RULE", "FORM-EXPORT-LANGUAGE",
    "FORM-NO-SURVEY", "FORM-TOO-LONG", "FORM-PYXFORM", "FORM-PYXFORM-FAILED", "FORM-PYXFORM-REMARK",
    "FORM-NO-CHOICES-LIKE", "FORM-HEADERS-LOW",
}  # fmt: skip


def check(form: str):
    return check_form_file(read_form_file(Incoming("form.csv", form.encode())))


@pytest.mark.parametrize("title", SECTIONS)
def test_everything_wrong_with_a_form_is_said_at_once(title):
    form, said = SECTIONS[title]
    found = [
        f"* {each.severity} {each.code} {each.place.sheet} {each.place.row or '–'} {each.place.column or '–'}"
        for each in check(form)
    ]
    assert found == said


def test_every_code_is_told_somewhere():
    told = set(re.findall(r"FORM-[A-Z-]+", SPEC))
    ours, others = (
        set(tomllib.loads((resources.files("surveys.language.catalogues") / name).read_text(encoding="utf-8")))
        for name in ("findings_form_files.toml", "findings_pyxform.toml")
    )
    assert told <= ours | others
    assert ours == (told - others) | ELSEWHERE


@pytest.mark.parametrize("title", SECTIONS)
def test_faults_are_sentences_in_both_languages(title):
    for finding in check(SECTIONS[title][0]):
        for language in ("pl", "en"):
            for sentence in (finding.message(language), finding.remedy(language)):
                assert sentence.rstrip("”)")[-1] in ".!?:}" or finding.code.startswith(
                    ("FORM-PYXFORM", "FORM-FORMULA-F")
                )
                assert "{{" not in sentence
                assert "@form" not in sentence


def test_a_misspelt_sheet_is_pointed_at():
    book = {
        "survey": [["type", "name", "label"], ["select_one tn", "a", "A"], ["select_one", "b", "B"]],
        "choises": [["list_name", "name", "label"], ["tn", "1", "Tak"]],
    }
    report = check_form_file(read_form_file(Incoming("form.xlsx", write_workbook(book))))
    found = {finding.code: finding for finding in report}
    assert "„choises”" in found["FORM-NO-CHOICES-LIKE"].remedy("pl")
    assert found["FORM-LIST-NOT-NAMED"].place.row == 3


def test_rows_above_the_headers_are_pointed_at():
    book = {"survey": [["Ankieta 2026"], [], ["type", "name", "label"], ["text", "a", ""]]}
    report = check_form_file(read_form_file(Incoming("form.xlsx", write_workbook(book))))
    assert [(each.code, each.place.row) for each in report if each.severity is not Severity.INFO] == [
        ("FORM-HEADERS-LOW", 3), ("FORM-LABEL-MISSING", 4),
    ]  # fmt: skip


def test_hundreds_of_misspelt_names_are_each_put_right():
    rows = "".join(f",text,pytanie_{number},?,${{pytanei_{number}}} = 1\n" for number in range(1, 801))
    report = check(f"survey\n,type,name,label,relevant\n{rows}settings\n,form_id,version\n,f,1\n")
    assert [finding.code for finding in report] == ["FORM-NAME-UNKNOWN-LIKE"] * 800
    assert report.findings[6].facts["like"] == "pytanie_7"
