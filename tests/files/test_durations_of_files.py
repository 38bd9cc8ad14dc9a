"""How long people took, out of the files of every tool that says when they began and when they sent."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from etl.importing import ColumnDecision, Incoming
from etl.pipeline import inspect_file
from etl.store import schema as s
from etl.store.batches import list_batches, undo_batch
from tests.importing_surveys import LIW, MACHINE, add_partnership, load
from tests.made.workbook import pack

# Somebody who takes a bit more than ten minutes, somebody in a hurry, somebody whose clock was set back, somebody who
# went on the next evening, and somebody without an end.
KOBO = """\
start;end;plec;_id;_uuid;_submission_time;_validation_status;__version__
2026-05-04T10:00:00.000+02:00;2026-05-04T10:10:37.123+02:00;Kobieta;1;u1;2026-05-04T08:10:40;;v1
2026-05-04T10:00:00.000+02:00;2026-05-04T10:01:33.000+02:00;Kobieta;2;u2;2026-05-04T08:10:41;;v1
2026-05-04T10:00:00.000+02:00;2026-05-04T09:10:37.000+02:00;Kobieta;3;u3;2026-05-04T08:10:42;;v1
2026-05-04T10:00:00.000+02:00;2026-05-05T22:00:00.000+02:00;Kobieta;4;u4;2026-05-05T20:10:43;;v1
2026-05-04T10:00:00.000+02:00;;Kobieta;5;u5;2026-05-04T08:10:44;;v1
"""
ODK = """\
SubmissionDate,starttime,endtime,plec,KEY,SubmitterID,SubmitterName,AttachmentsPresent,ReviewState,FormVersion
2026-05-04T08:10:40.000Z,2026-05-04T10:00:00.000+02:00,2026-05-04T10:10:37.000+02:00,k,uuid:1,1,a,0,,1
2026-05-04T08:10:40.000Z,2026-05-04T10:00:00.000+02:00,2026-05-04T10:01:33.000+02:00,k,uuid:2,1,a,0,,1
2026-05-04T08:10:40.000Z,2026-05-04T10:00:00.000+02:00,2026-05-04T09:10:37.000+02:00,k,uuid:3,1,a,0,,1
2026-05-04T08:10:40.000Z,2026-05-04T10:00:00.000+02:00,2026-05-05T22:00:00.000+02:00,k,uuid:4,1,a,0,,1
2026-05-04T08:10:40.000Z,2026-05-04T10:00:00.000+02:00,,k,uuid:5,1,a,0,,1
"""
LIMESURVEY = """\
"id","submitdate","lastpage","startlanguage","seed","startdate","datestamp","plec"
"1","2026-05-04 10:10:37","1","pl","1234567","2026-05-04 10:00:00","2026-05-04 10:10:37","K"
"2","2026-05-04 10:01:33","1","pl","1234568","2026-05-04 10:00:00","2026-05-04 10:01:33","K"
"3","2026-05-04 09:10:37","1","pl","1234569","2026-05-04 10:00:00","2026-05-04 09:10:37","K"
"4","2026-05-05 22:00:00","1","pl","1234560","2026-05-04 10:00:00","2026-05-05 22:00:00","K"
"5","2026-05-05 22:00:00","1","pl","1234561","","2026-05-05 22:00:00","K"
"""
MS_FORMS = """\
ID,Godzina rozpoczęcia,Godzina ukończenia,Adres e-mail,Nazwa,Płeć
1,04.05.2026 10:00:00,04.05.2026 10:10:37,anonymous,,Kobieta
2,04.05.2026 10:00:00,04.05.2026 10:01:33,anonymous,,Kobieta
3,04.05.2026 10:00:00,04.05.2026 09:10:37,anonymous,,Kobieta
4,04.05.2026 10:00:00,05.05.2026 22:00:00,anonymous,,Kobieta
5,,05.05.2026 22:00:00,anonymous,,Kobieta
"""
SURVEYMONKEY = """\
Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,Płeć,Skąd wie Pan/Pani?
,,,,,,Response,Open-Ended Response
114000000001,400,05/14/2026 10:00:00 AM,05/14/2026 10:10:37 AM,,,Kobieta,
114000000002,400,05/14/2026 10:00:00 AM,05/14/2026 10:01:33 AM,,,Kobieta,
114000000003,400,05/14/2026 10:00:00 AM,05/14/2026 09:10:37 AM,,,Kobieta,
114000000004,400,05/14/2026 10:00:00 AM,05/15/2026 10:00:00 PM,,,Kobieta,
114000000005,400,05/14/2026 10:00:00 AM,,,,Kobieta,z gazety
"""
BY_HAND = """\
Lp.;Data rozpoczęcia;Data zakończenia;Płeć
1;04.05.2026 10:00:00;04.05.2026 10:10:37;Kobieta
2;04.05.2026 10:00:00;04.05.2026 10:01:33;Kobieta
3;04.05.2026 10:00:00;04.05.2026 09:10:37;Kobieta
4;04.05.2026 10:00:00;05.05.2026 22:00:00;Mężczyzna
5;;05.05.2026 22:00:00;Mężczyzna
"""
SOURCES = {
    "kobo": KOBO,
    "odk": ODK,
    "limesurvey": LIMESURVEY,
    "ms_forms": MS_FORMS,
    "surveymonkey": SURVEYMONKEY,
    "generic": BY_HAND,
}
DROPPED = replace(LIW, drop_identifiers=True)


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def durations(store, table=s.response):
    with store.read() as connection:
        return list(connection.execute(select(table.c.duration_seconds).order_by(table.c.response_no)).scalars())


@pytest.mark.parametrize("source", SOURCES)
def test_a_tool_that_says_when_people_began_and_ended_says_how_long_they_took(liw, source) -> None:
    result = load(liw, SOURCES[source].encode(), DROPPED)
    assert (result.source, result.rows_stored) == (source, 5)
    assert durations(liw) == [660, 95, None, None, None]


@pytest.mark.parametrize(
    "sheet",
    [
        "Sygnatura czasowa,Płeć\n2026/05/04 10:00:00 AM,Kobieta\n2026/05/04 10:00:00 AM,Kobieta\n",
        "Data rozpoczęcia;Data zakończenia;Płeć\n04.05.2026;05.05.2026;Kobieta\n06.05.2026;07.05.2026;Mężczyzna\n",
        "Lp.;Płeć\n1;Kobieta\n2;Mężczyzna\n",
        # A month first or a day first? Nobody can tell.
        "Data rozpoczęcia;Data zakończenia;Płeć\n04/05/2026 10:00;04/05/2026 10:09;Kobieta\n"
        "05/06/2026 10:00;05/06/2026 10:09;Mężczyzna\n",
    ],
    ids=["google forms", "days only", "no moments", "ambiguous"],
)
def test_where_nobody_says_it_nothing_is_made_up(liw, sheet) -> None:
    load(liw, sheet.encode(), DROPPED)
    assert durations(liw) == [None, None]


@pytest.mark.parametrize(
    ("header", "values", "kept"),
    [("interviewtime", ("93.4", "0", ""), [95, 95, 660]), ("groupTime1", ("93.4", "0", ""), [660, 95, 660])],
)
def test_seconds_that_limesurvey_counted_leave_pauses_out(liw, header, values, kept) -> None:
    head, one, two, *_ = LIMESURVEY.splitlines()
    rows = [f'{row},"{value}"' for row, value in zip((one, two, one.replace('"1"', '"6"', 1)), values, strict=True)]
    load(liw, "\n".join([f'{head},"{header}"', *rows]).encode(), DROPPED)
    assert durations(liw) == kept


def test_a_column_that_a_person_left_out_is_not_read(liw) -> None:
    load(liw, MS_FORMS.encode(), replace(DROPPED, columns={1: ColumnDecision(ignore=True)}))
    assert durations(liw) == [None] * 5


def test_the_inspection_says_that_the_moment_is_not_kept(liw) -> None:
    columns = {column.header: column for column in inspect_file(Incoming("a.csv", MS_FORMS.encode())).sheets[0].columns}
    assert columns["Godzina rozpoczęcia"].reason == "mapping.reason.duration"
    assert columns["Godzina ukończenia"].reason == "mapping.reason.timestamp"


def test_undoing_a_corrected_file_brings_the_duration_back(store) -> None:
    add_partnership(store)
    load(store, KOBO.encode(), DROPPED)
    corrected = KOBO.replace("10:10:37.123+02:00;Kobieta", "10:40:00.000+02:00;Mężczyzna")
    load(store, corrected.encode(), DROPPED)
    assert sorted(durations(store), key=str) == [2400, 95, None, None, None]
    assert durations(store, s.superseded_response) == [660]
    with store.read() as connection:
        batch = list_batches(connection, MACHINE)[0].uid
    with store.write() as connection:
        undo_batch(connection, MACHINE, batch, datetime(2026, 11, 28, tzinfo=UTC))
    assert durations(store) == [660, 95, None, None, None]


def test_a_form_beside_the_answers_names_its_own_columns_of_times(liw) -> None:
    form = "survey,,,\n,type,name,label\n,start,poczatek,\n,end,koniec,\n,select_one p,plec,Płeć\n"
    form += "choices,,,\n,list_name,name,label\n,p,Kobieta,Kobieta\n"
    answers = KOBO.replace("start;end;", "poczatek;koniec;", 1)
    load(liw, pack({"odpowiedzi.csv": answers.encode(), "form.csv": form.encode()}), DROPPED, name="a.zip")
    assert durations(liw) == [660, 95, None, None, None]
