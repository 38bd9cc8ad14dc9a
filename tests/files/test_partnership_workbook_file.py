"""The partnership workbook as a file: its lists, checks and help, as Excel and LibreOffice find them."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook.workbook import Workbook

from etl.exports.partnership_workbook import write_partnership_workbook
from surveys.model import Partner, Register
from surveys.vocabulary import load
from tests.made.partnership_workbooks import open_bytes, read_book, register_of, write_bytes
from tests.made.registers import make_register

SHEETS = ["Partnerstwo", "Partnerzy", "Problemy", "Drzewo problemów", "Projekty", "Działania", "Słowniki", "Instrukcja"]
TABLE_SHEETS = SHEETS[1:5]
HEADER_ROW = 4
DYNAMIC = re.compile(r"OFFSET\('?(?P<sheet>[^'!]+)'?!\$(?P<column>[A-Z]+)\$(?P<row>\d+),1,0,MAX\(1,SUMPRODUCT\(")
FIXED = re.compile(r"'?(?P<sheet>[^'!]+)'?!(?P<cells>\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)")


def load_book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def empty() -> Workbook:
    return load_book(write_bytes(None))


def find_column(book: Workbook, sheet: str, header: str, row: int = HEADER_ROW) -> str:
    cells = [cell for cell in book[sheet][row] if cell.value in {header, f"{header} *"}]
    return cells[0].column_letter


def find_check(book: Workbook, sheet: str, cell: str):
    return next(check for check in book[sheet].data_validations.dataValidation if cell in check.sqref)


def test_sheets_stand_in_their_order_and_the_file_says_who_made_it(empty):
    assert empty.sheetnames == SHEETS
    assert empty.properties.creator == "diagnoza-lokalna"
    assert empty.active.title == "Partnerstwo"


def test_every_list_points_at_cells_that_are_filled(empty):
    checks = [
        (sheet.title, check)
        for sheet in empty.worksheets
        for check in sheet.data_validations.dataValidation
        if check.type == "list"
    ]
    assert len(checks) > 20
    for title, check in checks:
        name = check.formula1
        assert name in empty.defined_names, (title, name)
        target = empty.defined_names[name].attr_text
        if found := DYNAMIC.match(target):
            header = empty[found["sheet"]][f"{found['column']}{found['row']}"].value
            assert header.endswith("*"), (name, header)
            continue
        found = FIXED.fullmatch(target)
        assert found, target
        left, top, right, bottom = range_boundaries(found["cells"].replace("$", ""))
        assert left == right
        values = [empty[found["sheet"]].cell(row, left).value for row in range(top, bottom + 1)]
        assert all(values)
        assert len(set(values)) == len(values)


def test_lists_hold_labels_and_no_codes(empty):
    sheet = empty["Słowniki"]
    words = {cell.value for row in sheet.iter_rows(min_row=5) for cell in row if cell.value}
    for codes in load().lists.values():
        assert not words & set(codes.codes)
    assert set(load().partner_kinds.labels("pl").values()) <= words
    assert "Mokotów (dzielnica, Warszawa)" in words
    assert "powiat węgrowski" in words


@pytest.mark.parametrize(
    ("sheet", "header", "name"),
    [
        ("Partnerzy", "Rodzaj partnera", "lista_partner_kinds"),
        ("Partnerzy", "Osobowość prawna", "lista_yes_no"),
        ("Partnerzy", "Temat statutowy 3", "lista_themes"),
        ("Problemy", "Diagnoza", "nazwy_diagnoses"),
        ("Projekty", "Lider finansowy", "nazwy_partners"),
        ("Projekty", "Źródło finansowania 2", "lista_funding_sources"),
        ("Działania", "Problem 3", "nazwy_problems"),
        ("Działania", "Projekt", "nazwy_projects"),
    ],
)
def test_a_cell_offers_its_list_down_to_the_last_ready_row(empty, sheet, header, name):
    letter = find_column(empty, sheet, header)
    for row in (HEADER_ROW + 1, HEADER_ROW + 1000):
        assert find_check(empty, sheet, f"{letter}{row}").formula1 == name


def test_dates_and_numbers_are_checked(empty):
    date_check = find_check(empty, "Działania", find_column(empty, "Działania", "Data rozpoczęcia") + "5")
    assert (date_check.type, date_check.operator) == ("date", "between")
    rating = find_check(empty, "Problemy", find_column(empty, "Problemy", "Wielkość (0–10)") + "5")
    assert (rating.type, rating.formula1, rating.formula2) == ("whole", "0", "10")
    people = find_check(empty, "Działania", find_column(empty, "Działania", "Liczba uczestników") + "5")
    assert (people.type, people.formula1) == ("whole", "0")
    money = find_check(empty, "Projekty", find_column(empty, "Projekty", "Kwota 3 (zł)") + "5")
    assert (money.type, money.formula1) == ("decimal", "0")


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_header_is_explained_and_no_text_is_too_long_for_a_spreadsheet(language):
    book = load_book(write_bytes(None, language))
    for title in TABLE_SHEETS:
        for cell in book[title][HEADER_ROW]:
            if cell.value not in {"Lp.", "Id (nie zmieniać)"}:
                assert find_check(book, title, cell.coordinate).prompt, (title, cell.value)
    for sheet in book.worksheets:
        for check in sheet.data_validations.dataValidation:
            assert len(check.promptTitle or "") <= 32
            assert len(check.prompt or "") <= 255
            assert len(check.error or "") <= 255


def test_headers_stay_in_sight_and_are_printed_on_every_page(empty):
    for title in TABLE_SHEETS:
        sheet = empty[title]
        assert sheet.freeze_panes == "C5"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.auto_filter.ref.startswith("A4:")
        assert not sheet.protection.sheet


def test_each_table_has_one_example(empty):
    for title in TABLE_SHEETS:
        marks = [cell.value for cell in empty[title]["A"] if cell.row > HEADER_ROW and cell.value]
        assert marks == ["PRZYKŁAD"]
    assert [cell.value for cell in empty["Partnerstwo"]["A"]].count("PRZYKŁAD") == 2


def test_a_filled_workbook_has_no_example_and_numbers_its_rows():
    book = load_book(write_bytes(make_register()))
    assert [cell.value for cell in book["Partnerzy"]["A"]][4:6] == [1, 2]
    texts = [cell.value for sheet in book.worksheets[:5] for row in sheet.iter_rows() for cell in row]
    assert "PRZYKŁAD" not in texts


def test_more_values_make_more_columns():
    register = make_register()
    problem = replace(register.problems[0], target_groups=("G01", "G02", "G03", "G04", "G05"))
    wide = replace(register, problems=(problem,))
    content = write_bytes(wide)
    assert find_column(load_book(content), "Problemy", "Grupa docelowa 5")
    assert register_of(read_book(open_bytes(content))) == wide


def test_more_rows_than_usual_have_checks_too():
    partner = make_register().partners[0]
    many = tuple(replace(partner, uid=f"p{number}", name=f"Partner {number}") for number in range(1_200))
    register = Register(make_register().partnership, partners=many)
    content = write_bytes(register)
    assert find_check(load_book(content), "Partnerzy", "C1400").type == "list"
    assert register_of(read_book(open_bytes(content))) == register


FORMULAS = ["=1+1", "+48 zł", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "_x0041_", "a_x000D_b"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_a_text(text):
    register = name_first_partner(text)
    content = write_bytes(register)
    cell = load_book(content)["Partnerzy"]["B5"]
    assert cell.data_type == "s"
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))
    assert register_of(read_book(open_bytes(content))).partners[0].name == text


def test_no_cell_of_the_workbook_is_a_formula(empty):
    cells = [cell for sheet in empty.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_signs_that_a_workbook_cannot_hold_are_left_out():
    register = name_first_partner("Koło\x00 gos\x0bpodyń\ud800")
    assert register_of(read_book(open_bytes(write_bytes(register)))).partners[0].name == "Koło gospodyń"


def test_a_code_that_the_lists_no_longer_have_does_not_stop_an_export():
    register = make_register()
    partner: Partner = replace(register.partners[0], kind="K999")
    book = load_book(write_bytes(replace(register, partners=(partner, *register.partners[1:]))))
    assert book["Partnerzy"]["C5"].value == "K999"


def test_a_workbook_may_be_written_to_a_path(tmp_path):
    write_partnership_workbook(make_register(), tmp_path / "karta.xlsx")
    assert register_of(read_book(open_bytes((tmp_path / "karta.xlsx").read_bytes()))) == make_register()


def name_first_partner(name: str) -> Register:
    register = make_register()
    return replace(register, partners=(replace(register.partners[0], name=name), *register.partners[1:]))
