"""The table under a chart, its CSV and its workbook hold the same figures; nothing in them is a formula."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from playwright.sync_api import Locator, Page, expect

from dashboard.texts import say
from surveys.language.numerals import format_money_pln, format_number, format_percent
from surveys.language.texts import LANGUAGES, Language, load_catalogue
from tests.browser.conftest import OpenPage
from tests.browser.reading import figure, visit
from tests.live_server import LiveServer

FIGURES = {
    "problems": ({"partnerstwo": "krasnosielc"}, "survey-main_problems"),
    "activities": ({}, "activities-funding"),
}


def read_table(place: Locator) -> list[list[str]]:
    """Return the table as it is read, headers first."""
    rows = place.get_by_role("table").locator("tr")
    return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows.all()]


def download(page: Page, place: Locator, key: str, language: Language) -> bytes:
    """Press a download button and return the file."""
    with page.expect_download() as waiting:
        place.get_by_role("button", name=say(f"figures.{key}", language)).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(("name", "language"), list(zip(FIGURES, LANGUAGES, strict=True)))
def test_the_same_figures_on_the_page_and_in_the_files(
    open_page: OpenPage, sample_server: LiveServer, name: str, language: Language
) -> None:
    query, key = FIGURES[name]
    page = open_page()
    visit(page, sample_server, name, **query, lang=language)
    place = figure(page, key)
    place.locator("summary").click()
    expect(place.get_by_role("table")).to_be_visible()
    shown = read_table(place)
    assert len(shown) > 10
    text = download(page, place, "csv", language).decode("utf-8-sig")
    *lines, last = csv.reader(io.StringIO(text), delimiter=";")
    assert lines == shown
    assert last == [say_invented(language)]
    book = load_workbook(io.BytesIO(download(page, place, "xlsx", language)))
    figures, method = book.worksheets
    cells = list(figures.iter_rows(max_row=len(shown)))
    assert [[write(cell, language) for cell in row] for row in cells] == shown
    assert say_invented(language) in [cell.value for cell in figures["A"]]
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    assert place.get_by_role("heading").inner_text() in [cell.value for cell in method["B"]]


def say_invented(language: Language) -> str:
    """The line that marks sample data."""
    return load_catalogue("surveys.language.catalogues").say("table.invented", language)


def write(cell: Cell, language: Language) -> str:
    """Write a cell as the page does: shares in percent, money with its currency, all else as it is."""
    if not isinstance(cell.value, int | float):
        return cell.value or ""
    if cell.number_format == "0%":
        return format_percent(cell.value, language)
    return (format_money_pln if cell.number_format.endswith(".00") else format_number)(cell.value, language)
