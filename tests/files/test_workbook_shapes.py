"""Workbooks as programs really write them: merged and failed cells, other calendars, lying sizes, repeated rows."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl.importing import Incoming
from etl.readers.opening import open_book
from etl.readers.raw import MergedRange
from surveys.findings import FaultError
from tests.made.bad_files import with_cells, with_part
from tests.made.open_document import write_open_document
from tests.made.workbook import pack, write_workbook


def read(content, name="dane.xlsx"):
    return open_book(Incoming(name, content))


def rows_of(sheet):
    return [list(sheet.row(row)) for row in range(1, sheet.row_count + 1)]


def save(book):
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_merged_cells_are_known_by_their_range():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "Ocena"
    sheet.merge_cells("B2:D2")
    sheet.append([None, "drogi", "szkoły", "lekarz"])
    [read_sheet] = read(save(book)).sheets
    assert read_sheet.merged == (MergedRange(2, 2, 2, 4),)
    assert rows_of(read_sheet)[1] == [None, "Ocena", None, None]


def test_a_merged_range_far_below_the_table_is_forgotten():
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active.merge_cells("A9000:D9000")
    assert read(save(book)).sheets[0].merged == ()


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904], ids=["1900", "1904"])
def test_days_of_both_calendars_are_the_same(epoch):
    book = openpyxl.Workbook()
    if epoch is not None:
        book.epoch = epoch
    book.active.append(["dzień"])
    book.active.append([date(2024, 2, 29)])
    assert read(save(book)).sheets[0].cell(2, 0) == date(2024, 2, 29)


@pytest.mark.parametrize("claimed", ["A1:A1", "A1:XFD1048576"])
def test_a_sheet_that_lies_of_its_size_is_read_whole(claimed):
    content = write_workbook({"Dane": [["a", "b"], ["1", "2"]]})
    lie = f'<dimension ref="{claimed}"/><sheetData>'.encode()
    content = with_part("xl/worksheets/sheet1.xml", lambda part: part.replace(b"<sheetData>", lie), content)
    assert rows_of(read(content).sheets[0]) == [["a", "b"], ["1", "2"]]


def test_texts_keep_their_leading_zeros():
    content = write_workbook({"Dane": [["teryt", "kod"], ["0202", "00-950"], ["000049499094", "18-24"]]})
    assert rows_of(read(content).sheets[0])[1:] == [["0202", "00-950"], ["000049499094", "18-24"]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A40"><f>1+1</f></c>', '<c r="A40"><f>1+1</f><v/></c>', '<c r="A40"><f>1+1</f><v></v></c>',
        '<c r="A40"><f>1+1</f><v /></c>', '<c r="A40"><f t="shared" si="0"/></c>', "<c r=\"A40\"><f>1</f>\n</c>",
    ],
)  # fmt: skip
def test_formulas_that_nobody_computed_are_counted(cell):
    report = read(with_cells(f'<row r="40">{cell}<c r="B40"><f t="shared" si="0"/><v>2</v></c></row>')).report
    assert [(finding.code, finding.facts["count"]) for finding in report] == [("FILE-FORMULAS-NOT-COMPUTED", 1)]


def test_failed_formulas_are_counted_wherever_the_file_is_cut_into_blocks():
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="e"><v>#N/A</v></c></row>' for row in range(40, 20_040))
    [finding] = read(with_cells(cells)).report
    assert (finding.code, finding.facts["count"]) == ("FILE-ERROR-CELLS", 20_000)


def test_a_workbook_of_nothing_but_failed_formulas_is_empty():
    content = write_workbook({"Dane": []})
    cells = b'<sheetData><row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'
    content = with_part("xl/worksheets/sheet1.xml", lambda part: part.replace(b"<sheetData>", cells), content)
    with pytest.raises(FaultError) as refused:
        read(content)
    assert [finding.code for finding in refused.value.report] == ["FILE-EMPTY"]


def test_formulas_in_text_stay_text():
    content = write_workbook({"Dane": [["=1+1", "@a"], ['=HYPERLINK("http://x")', "+2"]]})
    assert rows_of(read(content).sheets[0])[0] == ["=1+1", "@a"]


def test_lone_surrogates_do_not_come_through():
    cells = '<row r="40"><c r="A40" t="inlineStr"><is><t>a&#xD800;b_xD83D_</t></is></c></row>'
    try:
        cell = str(read(with_cells(cells)).sheets[0].cell(40, 0))
    except FaultError as fault:
        cell = fault.report.findings[0].message("pl")
    assert cell.encode("utf-8")


def cell(text, more=""):
    """Return a cell of an open document."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def row(cells, times=1):
    """Return a row of an open document that stands for several."""
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def test_repeated_rows_of_an_open_document_are_rows():
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    failed = cell("#N/D!", 'office:string-value="" calcext:value-type="error"')
    content = write_open_document({"Dane": row(cell("Łódź") + failed + empty, 3) + row(empty, 1_048_570)})
    book = read(content, "dane.xlsx")
    assert (book.format, [finding.code for finding in book.report]) == ("ods", ["FILE-ERROR-CELLS"])
    assert [first for first, *_ in rows_of(book.sheets[0])] == ["Łódź"] * 3


def test_failed_formulas_are_counted_once():
    failed = cell("#N/D!", 'calcext:value-type="error"')
    book = read(write_open_document({"Dane": row(cell("a")) + row(failed)}), "dane.ods")
    assert [(finding.code, finding.facts["count"]) for finding in book.report] == [("FILE-ERROR-CELLS", 1)]


def test_an_open_document_that_repeats_a_value_without_end_is_refused():
    endless = row(cell("x", 'table:number-columns-repeated="16384"'), 1_048_576)
    with pytest.raises(FaultError) as refused:
        read(write_open_document({"Dane": endless}), "bomba.ods")
    # calamine gives up in more than one way, by how much memory it is granted.
    [finding] = refused.value.report
    assert finding.code in {"FILE-TOO-MUCH-MEMORY", "FILE-TOO-MANY-ROWS", "FILE-BROKEN"}


def test_an_old_workbook_is_known_by_its_bytes(samples):
    content = (samples / "xlsform_pyxform" / "example_xls__tutorial.xls").read_bytes()
    book = read(content, "nowy.xlsx")
    assert book.format == "xls"
    assert "survey" in [sheet.name for sheet in book.sheets]


def test_the_other_way_round():
    assert read(write_workbook({"Dane": [["a"], ["b"]]}), "stary.xls").format == "xlsx"


def test_macros_in_a_binary_part_are_told():
    from tests.made.bad_files import GOOD, parts_of

    book = read(pack({**parts_of(GOOD), "xl/vbaProject.bin": b"\x00"}), "makra.xlsm")
    assert [finding.code for finding in book.report] == ["FILE-MACROS-IGNORED"]
