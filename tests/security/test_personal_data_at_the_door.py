"""Personal data stop at the door: columns until a person decides, texts at once; no byte of them reaches the store."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from etl.importing import ColumnDecision, Incoming
from etl.pipeline import inspect_file
from etl.store import schema as s
from surveys.language import morphology
from surveys.model import QuestionType
from surveys.privacy.identifiers import SCRUBBED
from tests.importing_surveys import LIW, add_partnership, codes, count_rows, load

PEOPLE = [
    ("anna.tajna@example.org", "Anna Tajna", "600700801", "44051401359", "Kobieta", "Dzwońcie 600 700 801"),
    ("jan.tajny@example.org", "Jan Tajny", "600700802", "92071314764", "Mężczyzna", "Piszcie: jan.tajny@example.org"),
    ("ewa.tajna@example.org", "Ewa Tajna", "600700803", "44051401359", "Kobieta", "Mój numer to 92071314764"),
    ("ula.tajna@example.org", "Ula Tajna", "600700804", "92071314764", "Kobieta", "Więcej ławek w parku\ni na rynku"),
]
HEADERS = ("Sygnatura czasowa", "Adres e-mail", "Imię i nazwisko", "Telefon", "PESEL", "Płeć", "Uwagi")
SECRETS = ("example.org", "Tajn", "600700", "600 700", "44051401359", "92071314764")


def make_file():
    rows = [(f"2026/05/{day:02} 1:02:03 PM CET", *person) for day, person in enumerate(PEOPLE, 1)]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADERS, *rows)).encode()


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def test_columns_with_personal_data_stop_the_import(liw):
    before = count_rows(liw)
    result = load(liw, make_file())
    assert {code for code in codes(result) if code.startswith("SURVEY-IDENTIFIER-COLUMN")} == {
        f"SURVEY-IDENTIFIER-COLUMN-{kind}" for kind in ("EMAIL", "NAME", "PHONE", "PESEL")
    }
    assert [finding.place.column for finding in result.report.errors] == list(HEADERS[1:5])
    assert result.batch is None
    assert count_rows(liw) == before


def test_nothing_of_them_reaches_the_database(liw):
    result = load(liw, make_file(), replace(LIW, drop_identifiers=True))
    assert result.rows_stored == 4
    stored = Path(liw.url.database).read_bytes()
    for secret in SECRETS:
        assert secret.encode() not in stored
    assert SCRUBBED.encode() in stored


def test_texts_are_kept_without_them(liw):
    result = load(liw, make_file(), replace(LIW, drop_identifiers=True))
    with liw.read() as connection:
        texts = connection.execute(select(s.open_answer.c.text).order_by(s.open_answer.c.response_no)).scalars().all()
    assert texts == [
        f"Dzwońcie {SCRUBBED}",
        f"Piszcie: {SCRUBBED}",
        f"Mój numer to {SCRUBBED}",
        "Więcej ławek w parku\ni na rynku",
    ]
    [told] = [finding for finding in result.report if finding.code == "SURVEY-TEXT-SCRUBBED"]
    assert (told.facts["count"], told.facts["rows"], told.place.column) == (3, "2, 3, 4", "Uwagi")


def test_findings_and_logs_never_quote_them(liw, caplog):
    with caplog.at_level(logging.DEBUG):
        result = load(liw, make_file(), replace(LIW, drop_identifiers=True))
        inspection = inspect_file(Incoming("a.csv", make_file()))
    said = [caplog.text, repr(result), repr(inspection.report), *map(repr, inspection.sheets)]
    for finding in (*result.report, *inspection.report):
        said += [finding.message("pl"), finding.message("en"), finding.place.describe("pl")]
    for secret in SECRETS:
        assert not any(secret in text for text in said)


def test_one_column_may_be_left_out_by_hand(liw):
    ignored = {place: ColumnDecision(ignore=True) for place in range(1, 5)}
    result = load(liw, make_file(), replace(LIW, columns=ignored))
    assert result.rows_stored == 4
    assert codes(result).count("SURVEY-IDENTIFIER-DROPPED-EMAIL") == 1


def test_what_is_proven_cannot_be_declared_a_question(liw):
    as_question = {place: ColumnDecision(type=QuestionType.SINGLE) for place in range(1, 5)}
    result = load(liw, make_file(), replace(LIW, columns=as_question))
    assert {"SURVEY-IDENTIFIER-COLUMN-EMAIL", "SURVEY-IDENTIFIER-COLUMN-PESEL"} <= set(codes(result))
    assert result.batch is None


def test_a_telephone_written_as_an_own_answer_is_no_option(liw):
    rows = [
        f'"2026/05/{day:02} 1:02:03 PM CET","{cell}"'
        for day, cell in enumerate(["Park", "Bus", "Park", "600 700 801", "Bus"], 1)
    ]
    result = load(liw, ('"Sygnatura czasowa","Czego brakuje?"\n' + "\n".join(rows)).encode())
    assert "SURVEY-TEXT-SCRUBBED" in codes(result)
    with liw.read() as connection:
        assert set(connection.execute(select(s.choice.c.label_pl)).scalars()) == {"Park", "Bus", "Inne"}
        assert connection.execute(select(s.open_answer.c.text)).scalars().all() == [SCRUBBED]


REMARKS = ["Pani Tajnowska nie pomaga", "Rozmawiałem z Anną Tajnowską", "Dziurawa ulica Długa"] * 4


def make_remarks():
    rows = [(f"2026/05/{day:02} 1:02:03 PM CET", text) for day, text in enumerate(REMARKS, 1)]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in (("Sygnatura czasowa", "Uwagi"), *rows)).encode()


@pytest.mark.skipif(not morphology.is_available(), reason="there is no dictionary on this machine")
def test_names_in_open_texts_are_taken_out_and_told_by_row(liw, caplog):
    with caplog.at_level(logging.DEBUG):
        result = load(liw, make_remarks())
    (told,) = [finding for finding in result.report if finding.code == "SURVEY-TEXT-NAMES"]
    assert (told.facts["count"], told.facts["rows"]) == (8, "2, 3, 5, 6, 8, 9, 11, 12")
    assert "Tajnow" not in told.message("pl") + caplog.text
    with liw.read() as connection:
        texts = connection.execute(select(s.open_answer.c.text)).scalars().all()
    assert "Dziurawa ulica Długa" in texts
    assert not [text for text in texts if "Tajnow" in text]


@pytest.mark.skipif(not morphology.is_available(), reason="there is no dictionary on this machine")
def test_what_only_looks_like_names_stays_by_decision(liw):
    result = load(liw, make_remarks(), replace(LIW, keep_names=True))
    assert "SURVEY-TEXT-NAMES-KEPT" in codes(result)
    with liw.read() as connection:
        assert "Pani Tajnowska nie pomaga" in connection.execute(select(s.open_answer.c.text)).scalars().all()
