"""A register comes back from its workbook exactly as it went in, whatever a person typed and however columns stand."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.raw import RawBook, RawSheet
from surveys.model import Register
from tests.made.partnership_workbooks import open_bytes, read_book, register_of, write_bytes
from tests.made.workbook_registers import workbook_registers

TABLES = ("Partnerzy", "Problemy", "Drzewo problemów", "Projekty", "Działania")


# Each example starts a child process that reads the file.
@settings(max_examples=30)
@given(workbook_registers())
def test_what_is_written_is_read(register: Register) -> None:
    book = open_bytes(write_bytes(register))
    assert register_of(read_book(book)) == register
    assert register_of(read_book(book, register)) == register


@settings(max_examples=15)
@given(workbook_registers(), st.randoms(use_true_random=False))
def test_the_order_of_columns_and_sheets_does_not_matter(register: Register, random) -> None:
    book = open_bytes(write_bytes(register, "en"))
    sheets = [_shuffle_columns(sheet, random) for sheet in book.sheets]
    random.shuffle(sheets)
    assert register_of(read_book(replace(book, sheets=tuple(sheets)))) == register


@settings(max_examples=15)
@given(workbook_registers())
def test_without_ids_the_rows_are_known_by_their_names(register: Register) -> None:
    book = open_bytes(write_bytes(register))
    sheets = tuple(_drop_ids(sheet) for sheet in book.sheets)
    assert register_of(read_book(RawBook(book.file_name, book.format, sheets), register)) == register


def _shuffle_columns(sheet: RawSheet, random) -> RawSheet:
    if sheet.name not in TABLES:
        return sheet
    columns = list(sheet.columns)
    random.shuffle(columns)
    return replace(sheet, columns=tuple(columns))


def _drop_ids(sheet: RawSheet) -> RawSheet:
    kept = tuple(column for column in sheet.columns if "Id (nie zmieniać)" not in column.values)
    return replace(sheet, columns=kept)
