"""Any table, written as delimited text in any usual way, is read back cell by cell."""

import csv
import io

from hypothesis import assume, given
from hypothesis import strategies as st

from etl.importing import Incoming
from etl.readers.child_table import ChildFault
from etl.readers.child_text import read_text
from etl.readers.limits import STANDARD_LIMITS
from etl.readers.opening import open_book
from surveys.findings import FaultError

LIMITS = STANDARD_LIMITS.to_json()
LETTERS = "abcxyzAŁĄąćęłńóśźżÓŚŻ 0123456789.,;:()„”–\"'\n|"
CELLS = st.text(LETTERS, max_size=12)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=3, max_size=12)
)


def cells_of(content):
    book = read_text(content, LIMITS)
    table, properties = book.sheets[0].table, book.properties
    columns = [[values[code] if code >= 0 else "" for code in codes] for values, codes in table.columns()]
    return [list(row) for row in zip(*columns, strict=True)], properties


def write(table, delimiter, encoding, *, sep_line=False):
    written = io.StringIO(newline="")
    if sep_line:
        written.write(f"sep={delimiter}\r\n")
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(table)
    return written.getvalue().encode(encoding)


@given(
    TABLES,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_table_comes_back_in_every_delimiter_and_encoding(table, delimiter, encoding):
    assume(any(cell.strip() for row in table for cell in row))
    # Every row stands in quotes and has as many cells: the delimiter is the sign that always divides them alike.
    content = write([["kolumna"] * len(table[0]), *table], delimiter, encoding)
    read, properties = cells_of(content)
    assert read[1:] == table
    assert properties["separator"] == delimiter


@given(TABLES, st.sampled_from([",", ";", "\t", "|"]))
def test_a_first_line_that_names_the_delimiter_is_believed(table, delimiter):
    assume(any(cell.strip() for row in table for cell in row))
    read, properties = cells_of(write(table, delimiter, "utf-8", sep_line=True))
    assert read[1:] == table
    assert properties["separator"] == delimiter


@given(
    st.lists(st.text("aąbcćdeęłńóśźż AŁŚŻ", min_size=1, max_size=12), min_size=20, max_size=40),
    st.sampled_from(["cp1250", "iso-8859-2"]),
)
def test_polish_letters_of_old_encodings_come_back(words, encoding):
    # Text that differs between the two has to hold one of the six letters that tell them apart.
    rows = [["Odpowiedź", "Miejscowość"], *[[word, "Łąka Śląska Źródło"] for word in words]]
    read, properties = cells_of(write(rows, ";", encoding))
    assert properties["encoding"] == encoding
    assert read == rows


@given(st.binary(max_size=2_000))
def test_any_bytes_give_cells_or_a_finding(content):
    try:
        table = read_text(content, LIMITS).sheets[0].table
    except ChildFault as fault:
        outcome = fault.code
    else:
        outcome = f"{table.row_count} rows"
    assert outcome.startswith("FILE-") or outcome.endswith("rows")


@given(
    st.binary(min_size=1, max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"a;b\n"]),
)
def test_any_file_is_opened_or_refused_in_words(content, start):
    try:
        found = list(open_book(Incoming("a.xlsx", start + content)).report)
    except FaultError as fault:
        found = list(fault.report)
        assume(found)
    assert all(finding.message("pl") and finding.remedy("en") for finding in found)
