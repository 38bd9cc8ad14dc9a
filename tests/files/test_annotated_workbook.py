"""A person's own workbook back, with every fault in its cell."""

import io

import openpyxl
import pytest

from etl.exports.partnership_workbook import annotate_workbook
from surveys.findings import Finding, Place, Report
from tests.made.partnership_workbooks import open_bytes, read_book, register_of, said, write_bytes
from tests.made.registers import make_register

RED, YELLOW = "FFF8C9C4", "FFFFE699"


def spoil(**cells: str) -> bytes:
    """The workbook of a good register with some cells overwritten, ``Partnerzy_C5="…"``."""
    book = openpyxl.load_workbook(io.BytesIO(write_bytes(make_register())))
    for place, value in cells.items():
        sheet, coordinate = place.rsplit("_", 1)
        book[sheet][coordinate] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def annotate(content: bytes, language="pl"):
    report = read_book(open_bytes(content)).report
    out = io.BytesIO()
    assert not annotate_workbook(content, report, out, language).findings
    return report, openpyxl.load_workbook(io.BytesIO(out.getvalue())), out.getvalue()


@pytest.fixture(scope="module")
def marked():
    faults = {"Partnerzy_C5": "Bibloteka", "Problemy_I5": "11", "Partnerstwo_C6": "maj 2008", "Partnerzy_I6": "latem"}
    return annotate(spoil(**faults))


def test_a_faulty_cell_is_coloured_and_commented(marked):
    _, book, _ = marked
    cell = book["Partnerzy"]["C5"]
    assert cell.value == "Bibloteka"
    assert cell.fill.fgColor.rgb == RED
    assert "Czy chodziło o „Biblioteka”?" in cell.comment.text
    assert book["Problemy"]["I5"].fill.fgColor.rgb == RED


def test_a_fault_of_the_card_is_marked_beside_its_label(marked):
    _, book, _ = marked
    assert book["Partnerstwo"]["C6"].fill.fgColor.rgb == RED
    assert book["Partnerstwo"]["B6"].comment is None


def test_good_cells_stay_as_they_are(marked):
    _, book, _ = marked
    assert book["Partnerzy"]["B5"].comment is None
    assert book["Partnerzy"]["B5"].value == "Urząd Gminy"


def test_a_list_in_front_leads_to_every_cell(marked):
    report, book, _ = marked
    sheet = book.worksheets[0]
    assert sheet.title == "Uwagi"
    assert sheet.max_row == 4 + len(report)
    links = {cell.hyperlink.location or cell.hyperlink.target for cell in sheet["A"] if cell.hyperlink}
    assert any("Partnerzy" in link and link.endswith("!C5") for link in links)
    assert [sheet.cell(row, 2).value for row in range(5, 9)] == ["błąd"] * 4


def test_a_warning_has_another_colour_than_an_error():
    _, book, _ = annotate(spoil(Partnerzy_D5="Społeczny"))
    assert book["Partnerzy"]["D5"].fill.fgColor.rgb == YELLOW


def test_a_fault_of_a_column_marks_its_header():
    _, book, _ = annotate(spoil(Partnerzy_E4="Osobowość prwana"))
    assert "Osobowość prawna" in book["Partnerzy"]["E4"].comment.text


def test_remarks_may_be_english():
    _, book, _ = annotate(spoil(Partnerzy_C5="Bibloteka"), "en")
    assert book.worksheets[0].title == "Remarks"
    assert "Did you mean “Biblioteka”?" in book["Partnerzy"]["C5"].comment.text


def test_the_corrected_copy_is_read_like_the_original(marked):
    *_, content = marked
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Partnerzy"]["C5"] = "Urząd gminy, miasta lub dzielnicy"
    book["Problemy"]["I5"] = 8
    book["Partnerstwo"]["C6"] = "26.10.2009"
    book["Partnerzy"]["I6"] = None
    out = io.BytesIO()
    book.save(out)
    assert register_of(read_book(open_bytes(out.getvalue()))) == make_register()


def test_marking_twice_leaves_no_old_marks(marked):
    *_, content = marked
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Partnerzy"]["C5"] = "Biblioteka"
    out = io.BytesIO()
    book.save(out)
    _, again, _ = annotate(out.getvalue())
    assert again.sheetnames.count("Uwagi") == 1
    assert again["Partnerzy"]["C5"].comment is None
    assert again["Partnerzy"]["C5"].fill.fill_type is None
    assert again["Problemy"]["I5"].comment is not None


def test_texts_that_look_like_formulas_stay_texts_in_the_copy():
    content = spoil(Partnerzy_C5="Bibloteka")
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Partnerzy"]["B5"].value = "=1+1"
    book["Partnerzy"]["B5"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    _, copy, _ = annotate(out.getvalue())
    assert copy["Partnerzy"]["B5"].data_type == "s"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"Nazwa;Rodzaj\nA;B", b"\xd0\xcf\x11\xe0old"])
def test_a_file_that_cannot_be_marked_gets_a_sentence(content, tmp_path):
    report = Report((Finding("SHEET-MISSING", Place("karta.xls", "Projekty"), {"name": "Projekty"}),))
    said_back = annotate_workbook(content, report, tmp_path / "copy.xlsx")
    assert said(said_back) == [("ANNOTATION-IMPOSSIBLE", None, None, None)]
    assert said_back.findings[0].place.file == "karta.xls"
    assert said_back.findings[0].message("en")
    assert not (tmp_path / "copy.xlsx").exists()


def test_a_stray_cell_far_below_does_not_fill_the_copy_with_cells():
    book = openpyxl.load_workbook(io.BytesIO(spoil(Partnerzy_C5="Bibloteka")))
    book["Partnerzy"].cell(150_000, 20).fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    out = io.BytesIO()
    book.save(out)
    report = Report(tuple(
        Finding("WORD-UNKNOWN", Place("karta.xlsx", "Partnerzy", row, "Rodzaj partnera"), {"word": "x"})
        for row in (5, 149_999)
    ))  # fmt: skip
    marked = io.BytesIO()
    annotate_workbook(out.getvalue(), report, marked)
    copy = openpyxl.load_workbook(io.BytesIO(marked.getvalue()))["Partnerzy"]
    assert copy["C149999"].comment is not None
    assert copy["C5"].comment is not None
    assert len(copy._cells) < 100_000


def test_what_is_said_of_a_whole_column_stands_at_its_header():
    book = openpyxl.Workbook()
    book.active.title = "Ankieta"
    for row in (["Lp.", "Czy zna Pan/Pani sąsiadów?"], [1, "Tak"], [2, "x"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    place = Place("ankieta.xlsx", "Ankieta", column="Czy zna Pan/Pani sąsiadów?")
    report = Report((Finding("SURVEY-CROSSES", place, {"count": 1}),))
    out = io.BytesIO()
    assert not annotate_workbook(content.getvalue(), report, out, "pl").findings
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["Ankieta"]
    assert "osób: 1" in sheet["B1"].comment.text
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["B1"]
