"""Partnership workbooks that people have rearranged, and how one is told from other files."""

from datetime import date

import numpy as np
import pytest

from etl.mapping.partnership_workbook import read_slug
from etl.readers.raw import RawBook, RawColumn, RawSheet
from etl.recognise.partnership_workbook import locate_workbook, recognise
from etl.recognise.recognition import CERTAIN
from etl.workbook_layout import CARD, ROW_TABLES, field_aliases, field_header
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES, load_catalogue
from tests.made.partnership_workbooks import (
    BLANK,
    SHEETS,
    make_book,
    open_bytes,
    read_book,
    read_tables,
    register_of,
    said,
    write_bytes,
)

TWO = """
    | Lp. | Nazwa partnera | Rodzaj partnera | Sektor |
    | 1 | Biblioteka w Liwie | Biblioteka | |
    | 2 | KGW Jarnice | Koło gospodyń wiejskich | |
"""


def read_partner_names(**tables: str | None) -> list[str]:
    return [partner.name for partner in register_of(read_tables(**tables)).partners]


def test_titles_and_empty_rows_may_stand_above_the_headers():
    table = "| Stan na maj 2026 |\n\n| uwaga: robocze | | sprawdzić |\n" + TWO.strip()
    assert read_partner_names(partners=table) == ["Biblioteka w Liwie", "KGW Jarnice"]


def test_empty_rows_between_rows_do_not_matter():
    assert len(read_partner_names(partners=TWO.replace("| 2 |", "\n\n    | 2 |"))) == 2


def test_a_number_in_the_first_column_alone_is_no_row():
    reading = read_tables(partners=TWO + "| 3 | | | |\n| 4 | | | |")
    assert len(register_of(reading).partners) == 2
    assert said(reading.report) == []


@pytest.mark.parametrize("name", ["PARTNERZY", " partnerzy ", "Partners", "Partnerzy."])
def test_a_sheet_is_known_by_its_name_in_any_spelling(name):
    reading = read_book(make_book(partners=TWO, names={"partners": name}))
    assert len(register_of(reading).partners) == 2


@pytest.mark.parametrize(
    "header",
    [
        "| Lp. | NAZWA PARTNERA * | rodzaj | sektor |",
        "| Lp. | Nazwa organizacji | Typ | Sektor |",
        "| No. | Name of the partner | Kind of partner | Sector |",
        "| Lp. | Nazwa partnerra | Rodzaj partnera | Sektor |",
    ],
)
def test_headers_may_be_spelt_otherwise(header):
    table = TWO.replace("| Lp. | Nazwa partnera | Rodzaj partnera | Sektor |", header)
    assert read_partner_names(partners=table) == ["Biblioteka w Liwie", "KGW Jarnice"]


def test_of_two_equal_columns_the_first_is_read_and_the_second_said():
    table = "| Nazwa partnera | Rodzaj partnera | Sektor | Sektor |\n| W Liwie | Biblioteka | Publiczny | Społeczny |"
    reading = read_tables(partners=table)
    assert register_of(reading).partners[0].sector == "public"
    assert said(reading.report) == [("COLUMN-UNKNOWN", "Partnerzy", 1, "Sektor")]


def test_a_column_without_a_header_is_said_by_its_letter():
    table = "| Nazwa partnera | Rodzaj partnera | Sektor | |\n| W Liwie | Biblioteka | | dopisać telefon |"
    assert said(read_tables(partners=table).report) == [("COLUMN-UNKNOWN", "Partnerzy", 1, "D")]


def test_the_example_is_never_imported_even_without_its_mark():
    book = open_bytes(write_bytes(None))
    for sheets in (book.sheets, tuple(_drop_first_column(sheet) for sheet in book.sheets)):
        reading = read_book(RawBook(book.file_name, book.format, sheets))
        assert (reading.register, reading.rows_read) == (None, 0)
        assert [finding.code for finding in reading.report] == ["WORKBOOK-EMPTY"]


def test_the_example_without_its_marks_would_be_a_good_workbook():
    book = open_bytes(write_bytes(None))
    sheets = tuple(_replace_text(sheet, "PRZYKŁAD", "1") for sheet in book.sheets)
    sheets = (_fill_name(sheets[0]), *sheets[1:])
    reading = read_book(RawBook(book.file_name, book.format, sheets))
    register = register_of(reading)
    assert said(reading.report) == []
    assert reading.rows_read == 7
    assert register.tree_nodes[0].problems == (register.problems[0].uid,)
    assert register.projects[0].causes == (register.tree_nodes[0].uid,)
    assert register.projects[0].problems == (register.problems[0].uid,)
    assert register.problems[0].diagnosis == register.diagnoses[0].uid


def test_a_card_alone_is_a_register():
    reading = read_tables()
    register = register_of(reading)
    assert (register.partnership.slug, register.partnership.founded_on) == ("partnerstwo-liw", date(2008, 5, 12))
    assert said(reading.report) == []


def test_a_chosen_partnership_names_a_workbook_that_names_none():
    assert register_of(read_book(make_book(), slug="liw")).partnership.slug == "liw"


def test_the_slug_is_found_before_the_reading():
    card = "| Nazwa partnerstwa | Dolina Jeziorki |\n| Cele | |\n"
    assert read_slug(make_book(partnership=card)) == "dolina-jeziorki"
    assert read_slug(make_book(partnership=card + "| Nazwa w adresie strony | jeziorka |")) == "jeziorka"
    assert read_slug(make_book(partnership="| Cele | Razem |")) is None


@pytest.mark.parametrize("missing", SHEETS)
def test_a_workbook_without_one_sheet_is_still_known(missing):
    book = open_bytes(write_bytes(None))
    sheets = tuple(sheet for sheet in book.sheets if sheet.name != SHEETS[missing])
    recognition = recognise(RawBook(book.file_name, book.format, sheets))
    assert recognition is not None
    assert recognition.score >= CERTAIN


def test_the_empty_workbook_is_known_for_certain_and_says_why():
    recognition = recognise(open_bytes(write_bytes(None)))
    assert recognition is not None
    assert (recognition.score, recognition.kind, recognition.source) == (1.0, "register", "partnership_workbook")
    texts = load_catalogue("surveys.language.catalogues")
    assert all(texts.say(reason, language) for reason in recognition.reasons for language in LANGUAGES)


@pytest.mark.parametrize(
    "sheet",
    [
        "| Sygnatura czasowa | Jaka jest Pana/Pani płeć? | Wiek |\n| 2026/01/01 | Kobieta | 35–44 |",
        "| Lp. | Imię | Ulubiony kolor |\n| 1 | Ala | zielony |",
        "| Gmina | Rok | Bezrobotni |\n| Liw | 2024 | 132 |",
    ],
)
def test_other_tables_are_not_taken_for_one(sheet):
    book = make_book(**dict.fromkeys(BLANK), answers=sheet)
    recognition = recognise(book)
    assert recognition is None or recognition.score < CERTAIN / 2


def test_real_exports_of_survey_tools_are_not_taken_for_one(samples):
    for path in sorted(samples.glob("*/*.xlsx")):
        assert recognise(open_bytes(path.read_bytes())) is None, path.name


def test_every_header_means_one_field_of_its_table():
    for table in ROW_TABLES:
        seen: dict[str, str] = {}
        for field in table.fields:
            for language in LANGUAGES:
                header = fold(field_header(table, field, language=language))
                assert seen.setdefault(header, field.key) == field.key, (table.key, header)
    for field in CARD.fields:
        assert field_header(CARD, field) not in field_aliases(CARD, field)


def test_all_tables_of_the_written_workbook_are_found_whole():
    located = locate_workbook(open_bytes(write_bytes(None)))
    assert set(located.tables) == {table.key for table in ROW_TABLES}
    for found in located.tables.values():
        assert {column.header for column in found.columns if column.match is None} <= {""}
        assert {column.match.field.key for column in found.columns if column.match} == {
            field.key for field in found.table.fields
        }


def _drop_first_column(sheet: RawSheet) -> RawSheet:
    return RawSheet(sheet.name, sheet.columns[1:], sheet.row_count)


def _replace_text(sheet: RawSheet, old: str, new: str) -> RawSheet:
    columns = tuple(
        RawColumn(tuple(new if value == old else value for value in column.values), column.codes)
        for column in sheet.columns
    )
    return RawSheet(sheet.name, columns, sheet.row_count)


def _fill_name(sheet: RawSheet) -> RawSheet:
    """Write a name into the card's first line (row 5, column C)."""
    values = sheet.columns[2]
    codes = np.array(values.codes)
    codes[4] = len(values.values)
    filled = RawColumn((*values.values, "Partnerstwo w Przykładowie"), codes)
    return RawSheet(sheet.name, (*sheet.columns[:2], filled, *sheet.columns[3:]), sheet.row_count)
