"""Tables as files: figures that are numbers, texts that never run, invented data that say so."""

import csv
import io

import pytest
from openpyxl import load_workbook

from etl.exports.published_table import table_to_csv, table_to_xlsx
from surveys.privacy.disclosure import CountRow, ShareRow, publish_counts, publish_shares
from surveys.privacy.published import PublishedTable, Source

SOURCE = Source({"pl": "Co policzono", "en": "What"}, question={"pl": "Pytanie?", "en": "Question?"}, waves=("Liw",))


def counts(*rows: tuple[str, float]) -> PublishedTable:
    listed = [CountRow((name,), {"pl": (name,), "en": (name,)}, value) for name, value in rows]
    return publish_counts(listed, dimensions=("theme",), unit="count", source=SOURCE)


def shares() -> PublishedTable:
    rows = [ShareRow((name,), {"pl": (name,), "en": (name,)}, count, 80) for name, count in (("a", 40), ("b", 2))]
    return publish_shares(rows, dimensions=("choice",), source=SOURCE, exclusive=False)


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("text", ["=1+1", "+48 600", "-x", "@x", "\tx"])
def test_no_text_runs_in_a_spreadsheet(text: str) -> None:
    table = counts((text, 3))
    assert read_csv(table_to_csv(table, "pl", invented=False))[1][0] == f"'{text}"
    sheet = load_workbook(io.BytesIO(table_to_xlsx(table, "t", "pl", invented=False))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")


def test_figures_in_a_workbook_are_numbers() -> None:
    sheet = load_workbook(io.BytesIO(table_to_xlsx(shares(), "t", "pl", invented=False))).worksheets[0]
    shown = [cell.value for cell in sheet[2]]
    assert shown[:2] == ["a", 0.5]
    assert shown[4:6] == [40, 80]
    assert sheet["B2"].number_format == "0%"


def test_a_hidden_row_says_so_in_every_figure() -> None:
    sheet = load_workbook(io.BytesIO(table_to_xlsx(shares(), "t", "pl", invented=False))).worksheets[0]
    assert [cell.value for cell in sheet[3]][:6] == ["b", *["ukryte"] * 5]
    assert read_csv(table_to_csv(shares(), "pl", invented=False))[2][:6] == ["b", *["ukryte"] * 5]


def test_where_the_figures_come_from_stands_on_a_sheet_of_its_own() -> None:
    book = load_workbook(io.BytesIO(table_to_xlsx(shares(), "Tytuł", "pl", invented=False)))
    told = {row[0].value: row[1].value for row in book["Skąd te liczby"].iter_rows()}
    assert told["Tytuł"] == "Tytuł"
    assert told["Pytanie"] == "Pytanie?"
    assert told["Źródło"] == "Liw"
    assert "10 osób" in told["Zasada ochrony"]


@pytest.mark.parametrize(("language", "words"), [("pl", "wymyślone"), ("en", "invented")])
def test_invented_figures_say_so_wherever_they_travel(language, words) -> None:
    rows = read_csv(table_to_csv(counts(("a", 3)), language, invented=True))
    assert words in rows[-1][0]
    book = load_workbook(io.BytesIO(table_to_xlsx(counts(("a", 3)), "t", language, invented=True)))
    for sheet in book.worksheets:
        assert any(words in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_real_figures_have_no_such_line() -> None:
    assert len(read_csv(table_to_csv(counts(("a", 3)), "pl", invented=False))) == 2
