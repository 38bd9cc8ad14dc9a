"""``diagnoza template survey``: written, filled in, imported."""

import pytest

from etl.exports.questionnaires.sheet_columns import lay_out
from surveys.questionnaires import fill_labels, load_form
from tests.command_line import Diagnoza
from tests.made.paper_survey import fill


@pytest.mark.parametrize("words", [(), ("--questionnaire", "residents", "--lang", "en")])
def test_a_sheet_is_written_filled_in_and_loaded(diagnoza: Diagnoza, tmp_path, words):
    diagnoza("demo")
    out = tmp_path / "arkusz.xlsx"
    written = diagnoza("template", "survey", out, *words, "--json")
    assert written.code == 0
    assert written.json["questionnaire"] == "residents"
    keys = [column.key for column in lay_out(fill_labels(load_form("residents"))) if column.holds == "option"]
    out.write_bytes(fill(out.read_bytes(), [{keys[0]: "x"}, {keys[1]: "x", keys[2]: "x"}]))
    assert diagnoza("inspect", out, "--json").json["source"] == "template"
    loaded = diagnoza("import", out, "--partnership", "liw", "--wave", "Papier 2026", "--json")
    assert loaded.code == 0
    assert (loaded.json["source"], loaded.json["rows_stored"], loaded.json["rows_rejected"]) == ("template", 2, 0)
    assert loaded.json["answers_stored"] == 3


def test_the_form_to_print_is_written_too(diagnoza: Diagnoza, tmp_path):
    ran = diagnoza("template", "survey", tmp_path / "ankieta.docx")
    assert ran.code == 0
    assert "formularz do druku kwestionariusza „Diagnoza mieszkańców”" in ran.output
    assert (tmp_path / "ankieta.docx").read_bytes().startswith(b"PK")


def test_an_unknown_questionnaire_is_said(diagnoza: Diagnoza, tmp_path):
    ran = diagnoza("template", "survey", tmp_path / "a.xlsx", "--questionnaire", "nie-ma", "--json")
    assert (ran.code, ran.codes) == (1, ["QUESTIONNAIRE-UNKNOWN"])
    assert not (tmp_path / "a.xlsx").exists()
