"""Pulled answers look like the export that the tool itself would make, with the form that explains them."""

import csv
import io

import pytest

from tests.made.pulls import fill, pull, read, unpack
from tests.made.survey_servers import SurveyServer


@pytest.fixture(autouse=True)
def filled(survey_server: SurveyServer):
    fill(survey_server)


def test_kobo_comes_as_an_export_with_xml_values(survey_server, connect):
    survey_server.kobo[-1] |= {"gdzie": "52.4 21.9 0 5", "_validation_status": {"uid": "validation_status_approved"}}
    pulled = pull(connect("kobo"))
    first = read(pulled)[0]
    assert list(first) == [
        "start", "plec", "czego_brakuje", "czego_brakuje/swietlica", "czego_brakuje/chodniki", "gdzie",
        "_gdzie_latitude", "_gdzie_longitude", "_gdzie_altitude", "_gdzie_precision", "_id", "_uuid",
        "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags",
        "meta/rootUuid", "_index",
    ]  # fmt: skip
    assert (first["plec"], first["czego_brakuje"]) == ("k", "swietlica")
    assert (first["czego_brakuje/swietlica"], first["czego_brakuje/chodniki"]) == ("1", "0")
    assert (first["_gdzie_latitude"], first["_validation_status"]) == ("52.4", "validation_status_approved")
    assert (first["_uuid"], first["_index"]) == ("kobo-0", "1")
    (left_out,) = pulled.report
    assert (left_out.code, left_out.facts["groups"]) == ("CONNECTION-REPEATS-LEFT-OUT", "dzieci")


def test_the_form_of_kobo_comes_beside_its_answers(connect):
    form = unpack(pull(connect("kobo")))["form.csv"].decode()
    rows = list(csv.reader(io.StringIO(form, newline="")))
    assert rows[:2] == [["survey", "", "", ""], ["", "type", "name", "label"]]
    assert ["", "select_one plec", "plec", "Płeć"] in rows
    assert ["", "geopoint", "gdzie", "Gdzie mieszkasz?"] in rows
    assert ["choices", "", "", ""] in rows
    assert ["", "braki", "chodniki", "Chodniki, drogi"] in rows


def test_the_form_that_central_was_given_comes_beside_its_answers(survey_server, connect):
    survey_server.odk_form = b"PK\x03\x04 a workbook"
    pulled = pull(connect("odk"))
    assert pulled.incoming.file_name == "odk-liw.zip"
    assert unpack(pulled)["form.xlsx"] == survey_server.odk_form
    survey_server.odk_form = b"<html>"
    assert pull(connect("odk")).incoming.file_name == "odk-liw.csv"


def test_kobo_shows_questions_that_only_older_submissions_know(survey_server, connect):
    survey_server.kobo[0] |= {"o_tobie/wiek": 44, "czego_brakuje_other": "basen", "inne/plec": "x"}
    last = read(pull(connect("kobo")))[-1]
    assert (last["wiek"], last["czego_brakuje_other"]) == ("44", "basen")
    assert (last["o_tobie/plec"], last["inne/plec"]) == ("k", "x")  # one name, asked in two groups


def test_central_comes_as_its_own_file(connect):
    pulled = pull(connect("odk"))
    first, second, third = read(pulled)[:3]
    assert list(first) == [
        "SubmissionDate", "meta-instanceID", "dom-plec", "braki", "braki/chodniki", "braki/swietlica",
        "gdzie-Latitude", "gdzie-Longitude", "gdzie-Altitude", "gdzie-Accuracy", "KEY", "SubmitterID", "SubmitterName",
        "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion",
    ]  # fmt: skip
    assert (first["dom-plec"], first["ReviewState"], first["gdzie-Latitude"]) == ("k", "approved", "52.4")
    assert (second["braki"], second["braki/chodniki"], second["braki/swietlica"]) == ("swietlica chodniki", "1", "1")
    assert (third["braki"], third["braki/chodniki"]) == ("", "")
    assert [finding.code for finding in pulled.report] == ["CONNECTION-REPEATS-LEFT-OUT"]


@pytest.mark.parametrize(("answers", "sex", "ticked"), [("codes", "A2", "Y"), ("labels", "Mężczyzna", "Tak")])
def test_limesurvey_comes_with_codes_and_texts_in_its_headings(connect, answers, sex, ticked):
    first = read(pull(connect("limesurvey", answers=answers)))[0]
    assert list(first)[3:] == [
        "startlanguage. Start language", "Q1. Płeć", "Q2[SQ001]. Czego brakuje? [Świetlica]",
        "Q2[SQ002]. Czego brakuje? [Chodniki; drogi]",
    ]  # fmt: skip
    assert (first["Q1. Płeć"], first["Q2[SQ001]. Czego brakuje? [Świetlica]"]) == (sex, ticked)
