"""LimeSurvey's structure beside answers in codes: codes become what people read, in the order of the questionnaire."""

import csv
import io

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from surveys.findings import FaultError
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, load, read_answers
from tests.made.limesurvey_structure import HEADERS, pack, write_codes, write_lsr, write_lss

READ = {
    "Gdzie Pan/Pani mieszka?": (QuestionType.SINGLE, ("wieś Liw", "miasto", "kolonia", "Inne")),
    "Co jest problemem?": (QuestionType.MULTIPLE, ("drogi, chodniki", "bezrobocie", "samotność seniorów")),
    "Jak Pan/Pani ocenia [przychodnię]": (
        QuestionType.SCALE,
        ("bardzo dobrze", "dobrze", "średnio", "źle", "bardzo źle"),
    ),
    "Czy chodzi Pan/Pani na zebrania?": (QuestionType.SINGLE, ("Tak", "Nie")),
    "Płeć": (QuestionType.SINGLE, ("Kobieta", "Mężczyzna")),
    "Uszereguj": (QuestionType.RANKING, ("praca", "zdrowie", "kultura")),
    "Ile osób mieszka w domu?": (QuestionType.NUMBER, ()),
}


def write_table(rows, delimiter=",", above=()):
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL if delimiter == "," else csv.QUOTE_MINIMAL)
    writer.writerows([*above, *rows])
    return target.getvalue().encode()


def shapes():
    rows = write_codes()
    answers = write_table([HEADERS, *rows])
    expression = [header.replace("[", "_").replace("]", "") for header in HEADERS]
    return {
        "codes beside the structure": pack({"results-survey123456.csv": answers, "survey.lss": write_lss()}),
        "an older structure": pack({"results-survey123456.csv": answers, "survey.lss": write_lss(old=True)}),
        "without the columns about the response": pack(
            {"dane.csv": write_table([HEADERS[4:], *(row[4:] for row in rows)]), "limesurvey.lss": write_lss()}
        ),
        "ExpressionScript codes": pack({"a.csv": write_table([expression, *rows]), "survey.lss": write_lss()}),
        "an archive of a survey": pack(
            {
                "survey_123456.lss": write_lss(),
                "survey_123456_responses.lsr": write_lsr(rows),
                "survey_123456_tokens.lst": b"<document/>",
            }
        ),
        "VV": pack(
            {
                "vvexport_123456.csv": write_table([HEADERS, *rows], "\t", [[f"tekst {h}" for h in HEADERS]]),
                "survey.lss": write_lss(),
            }
        ),
    }


SHAPES = shapes()


def ask(name, content):
    inspection = inspect_file(Incoming(name, content))
    [sheet] = [sheet for sheet in inspection.sheets if sheet.kind == "answers"]
    return inspection, {column.header: column for column in sheet.columns if column.role == "question"}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_codes_become_what_people_read(content):
    inspection, columns = ask("ankieta.zip", content)
    assert (inspection.source, inspection.score >= 0.95) == ("limesurvey", True)
    read = {header: (columns[header].type, columns[header].choices) for header in READ if header in columns}
    assert {header: (kind, set(options)) for header, (kind, options) in read.items()} == {
        header: (kind, set(options)) for header, (kind, options) in READ.items()
    }
    # What a questionnaire orders, stays so; a known scale has its own direction, a ranking that of the answers.
    for header in ("Gdzie Pan/Pani mieszka?", "Co jest problemem?", "Płeć"):
        assert read[header][1] == READ[header][1]


def test_every_response_of_the_archive_is_stored_in_words(sqlite_store):
    add_partnership(sqlite_store)
    result = load(sqlite_store, SHAPES["an archive of a survey"], name="archiwum.lsa")
    assert (result.rows_stored, result.rows_rejected) == (24, 0)
    answers = read_answers(sqlite_store)
    assert answers["Co jest problemem?"][:2] == [{"samotność seniorów"}, {"drogi, chodniki"}]
    assert answers["Uszereguj"][1] == {"zdrowie", "praca"}


def test_wordings_above_codes_are_read_without_a_structure():
    above = ["", "", "", "", *(f"Pytanie o {header.lower()}" for header in HEADERS[4:])]
    content = write_table([HEADERS, *write_codes()], "\t", [above])
    inspection, columns = ask("vvexport_123456.csv", content)
    assert inspection.source == "limesurvey"
    assert {"Pytanie o udzial", "Pytanie o osob"} <= set(columns)


def test_a_structure_alone_is_a_form_with_its_questions():
    inspection = inspect_file(Incoming("ankieta.lss", write_lss()))
    assert inspection.source == "limesurvey"
    assert [finding.code for finding in inspection.report] == ["SURVEY-IS-A-FORM"]
    asked = [column for column in inspection.sheets[0].columns if column.type is QuestionType.SINGLE]
    assert [column.choices for column in asked if column.header == "Płeć"] == [("Kobieta", "Mężczyzna")]


def test_entities_in_a_structure_are_refused_and_leave_the_answers_readable():
    bomb = write_lss().replace(b"<document>", b'<!DOCTYPE d [<!ENTITY a "aaaa">]><document>')
    with pytest.raises(FaultError) as fault:
        inspect_file(Incoming("ankieta.lss", bomb))
    assert [finding.code for finding in fault.value.report] == ["FILE-BROKEN"]
    answers = write_table([HEADERS, *write_codes()])
    inspection, columns = ask("a.zip", pack({"a.csv": answers, "a.lss": bomb}))
    assert "FILE-MEMBERS-LEFT-OUT" in [finding.code for finding in inspection.report]
    assert "MIEJSCE" in columns


HOSTILE = {
    "an entity from a file": (b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "FILE-BROKEN"),
    "entities in entities": (b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>', "FILE-BROKEN"),
}


@pytest.mark.parametrize(("start", "code"), HOSTILE.values(), ids=HOSTILE)
def test_document_types_are_refused(start, code):
    for form in (write_lss(), b'<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms"/>'):
        with pytest.raises(FaultError) as fault:
            inspect_file(Incoming("a.xml", form.replace(b"?>", b"?>" + start, 1)))
        assert [finding.code for finding in fault.value.report] == [code]


def test_endless_forms_are_refused():
    head = b'<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType><questions><rows>'
    row = b"<row><qid>%d</qid><parent_qid>0</parent_qid><type>T</type><title>Q%d</title></row>"
    rows = b"".join(row % (number, number) for number in range(6_000))
    with pytest.raises(FaultError) as fault:
        inspect_file(Incoming("a.lss", head + rows + b"</rows></questions></document>"))
    assert [finding.code for finding in fault.value.report] == ["FILE-TOO-MANY-ROWS"]
