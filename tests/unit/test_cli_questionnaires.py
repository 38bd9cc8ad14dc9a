"""``diagnoza questionnaire``: check a file, write it for other tools, list a partnership's own."""

from xml.etree import ElementTree as ET

import pytest

from etl.forms.reading import read_form_file
from etl.forms.writing import write_csv_form, write_xlsform
from etl.importing import Incoming
from etl.settings import database_url
from etl.store.engine import open_store
from etl.store.forms import save_draft
from etl.store.moments import utc_now
from etl.store.register_writing import write_register
from etl.store.scope import Actor
from surveys.model import Form, FormRow, Membership, Partner, Partnership, Register
from surveys.questionnaires import load_form

BROKEN = Form("zly", "1", {"pl": "Zły"}, items=(FormRow("a", "select_one nic", labels={"pl": "A"}),))
OWN = Form("moja", "2026-1", {"pl": "Moja ankieta"}, items=(FormRow("a", "text", labels={"pl": "Co słychać?"}),))


@pytest.fixture
def liw(diagnoza):
    """A partnership with a partner and a draft of its own."""
    assert diagnoza("db", "upgrade").code == 0
    store = open_store(database_url())
    partners = (
        Partner("aaaa11112222", "Biblioteka w Liwie", "K109", "public", Membership("active")),
        Partner("bbbb11112222", "OSP Liw", "K204", "civic", Membership("withdrawn")),
        Partner("cccc11112222", "Jan Nowak", "K401", "other", Membership("active")),
    )
    with store.write() as connection:
        write_register(connection, Register(Partnership("liw", "Partnerstwo Liw"), partners=partners), None)
    with store.write() as connection:
        save_draft(connection, Actor.at_machine(), "liw", OWN, utc_now())
    store.close()


def test_a_right_form_is_in_order(diagnoza, tmp_path):
    file = tmp_path / "ankieta.xlsx"
    file.write_bytes(write_xlsform(load_form("youth")))
    ran = diagnoza("questionnaire", "check", file, "--json")
    assert (ran.code, ran.codes) == (0, [])
    assert (ran.json["id"], ran.json["question_count"], ran.json["languages"]) == ("youth", 11, ["en", "pl"])
    assert "jest w porządku" in diagnoza("questionnaire", "check", file).output


def test_a_form_with_faults_says_them_with_their_places(diagnoza, tmp_path):
    file = tmp_path / "zly.xlsx"
    file.write_bytes(write_xlsform(BROKEN))
    ran = diagnoza("questionnaire", "check", file, "--json")
    assert (ran.code, ran.codes) == (1, ["FORM-NO-CHOICES"])
    assert (ran.json["findings"][0]["sheet"], ran.json["findings"][0]["row"]) == ("survey", 2)
    spoken = diagnoza("questionnaire", "check", file)
    assert "arkusz survey, wiersz 2, kolumna type" in spoken.errors
    assert "ma błędy: 1" in spoken.output


def test_a_file_that_is_no_form(diagnoza, tmp_path):
    file = tmp_path / "dane.csv"
    file.write_text("Płeć;Wiek\nK;40\n", encoding="utf-8")
    ran = diagnoza("questionnaire", "check", file, "--json")
    assert (ran.code, ran.codes, ran.json["id"]) == (1, ["FORM-NO-SURVEY"], None)
    assert diagnoza("questionnaire", "check", tmp_path / "nie-ma.xlsx").code == 1


def test_a_questionnaire_is_written_for_every_tool(diagnoza, tmp_path):
    for wanted, sign in (
        ("xlsform", b"PK"), ("csv", b'"survey"'), ("xform", b"<?xml"), ("limesurvey", b"\xef\xbb\xbfid\t"),
        ("google", b"// Jak"),
    ):  # fmt: skip
        out = tmp_path / f"out.{wanted}"
        ran = diagnoza("questionnaire", "convert", "residents-short", out, "--to", wanted, "--json")
        assert (ran.code, ran.json["format"]) == (0, wanted)
        assert out.read_bytes().startswith(sign)
    ET.fromstring((tmp_path / "out.xform").read_bytes())  # noqa: S314 # pyxform wrote it
    assert read_form_file(Incoming("f.csv", (tmp_path / "out.csv").read_bytes())).form == load_form("residents-short")


def test_a_file_is_converted_and_what_is_lost_is_told(diagnoza, tmp_path):
    file, out = tmp_path / "ankieta.csv", tmp_path / "ankieta.js"
    file.write_bytes(write_csv_form(load_form("cooperation")))
    ran = diagnoza("questionnaire", "convert", file, out, "--to", "google", "--lang", "en", "--json")
    assert ran.code == 0
    assert "FORM-EXPORT-CONDITION" in ran.codes
    assert "How to make a Google form" in out.read_text(encoding="utf-8")


def test_a_file_with_faults_is_not_converted(diagnoza, tmp_path):
    file, out = tmp_path / "zly.csv", tmp_path / "out.txt"
    file.write_bytes(write_csv_form(BROKEN))
    ran = diagnoza("questionnaire", "convert", file, out, "--to", "limesurvey", "--json")
    assert (ran.code, ran.codes) == (1, ["FORM-NO-CHOICES"])
    assert not out.exists()


@pytest.mark.parametrize("words", [("residents", "out.x"), ("residents", "out.x", "--to", "pdf"), ("residents",)])
def test_wrong_words(diagnoza, words):
    assert diagnoza("questionnaire", "convert", *words).code == 2


def test_nothing_is_written_over_without_force(diagnoza, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("moje", encoding="utf-8")
    ran = diagnoza("questionnaire", "convert", "youth", out, "--to", "csv", "--json")
    assert (ran.code, ran.codes) == (1, ["OUTPUT-EXISTS"])
    assert diagnoza("questionnaire", "convert", "youth", out, "--to", "csv", "--force").code == 0


def test_an_unknown_questionnaire_is_said(diagnoza, tmp_path):
    ran = diagnoza("questionnaire", "convert", "nie-ma", tmp_path / "out.csv", "--to", "csv", "--json")
    assert (ran.code, ran.codes) == (1, ["QUESTIONNAIRE-UNKNOWN"])


@pytest.mark.usefixtures("liw")
def test_own_questionnaires_are_listed_and_shown(diagnoza):
    listed = diagnoza("questionnaire", "list", "--partnership", "liw", "--json").json["questionnaires"]
    assert {each["state"] for each in listed} == {"shipped", "draft"}
    assert next(each["id"] for each in listed if each["state"] == "draft") == "moja"
    assert "moja" not in diagnoza("questionnaire", "list").output
    # A draft may still change: it is shown only to whoever asks for its version.
    assert diagnoza("questionnaire", "show", "moja", "--partnership", "liw").code == 1
    ran = diagnoza("questionnaire", "show", "moja", "--partnership", "liw", "--version", "2026-1")
    assert (ran.code, "Co słychać?" in ran.output) == (0, True)


@pytest.mark.usefixtures("liw")
def test_partners_of_the_register_stand_in_the_network_question(diagnoza, tmp_path):
    out = tmp_path / "out.csv"
    ran = diagnoza("questionnaire", "convert", "cooperation", out, "--to", "csv", "--partnership", "liw")
    assert ran.code == 0
    form = read_form_file(Incoming("f.csv", out.read_bytes())).form
    for name in ("partners", "own_partner"):
        labels = [choice.labels["pl"] for choice in form.lists[name]]
        assert labels[0] == "Biblioteka w Liwie"
        assert "OSP Liw" not in labels  # it has left
        assert "Jan Nowak" not in labels  # a person
    assert form.lists["partners"][0] == form.lists["own_partner"][0]
    assert diagnoza("questionnaire", "check", out, "--json").codes == []
