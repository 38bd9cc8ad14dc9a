"""Bad input: each file gets its sentence in both languages, nothing of it is stored, and the program lives."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from etl.importing import Incoming
from etl.readers import child_process
from etl.readers.limits import STANDARD_LIMITS
from etl.readers.opening import display_name, open_book
from surveys.findings import FaultError
from tests.importing_surveys import LIW, add_partnership, codes, count_rows, load
from tests.made import bad_archives
from tests.made.bad_files import BAD_FILES, GOOD, parts_of, single_cell_far_away, with_cells, with_part
from tests.made.workbook import pack, write_workbook

# They join BAD_FILES when they are imported.
assert bad_archives.TABLE


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def refuse(content, name="plik.xlsx", **limits):
    with pytest.raises(FaultError) as refused:
        open_book(Incoming(name, content), limits=replace(STANDARD_LIMITS, **limits))
    [finding] = refused.value.report
    return finding


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_in_plain_words(liw, kind):
    name, make, code = BAD_FILES[kind]
    before = count_rows(liw)
    try:
        report = load(liw, make(), replace(LIW, drop_identifiers=True), name=name).report
    except FaultError as fault:
        report = fault.report
    assert code in [finding.code for finding in report]
    assert report.stops
    for finding in report:
        # A file of an archive stands behind the archive's name.
        assert (finding.place.file or "").split(" › ")[0] == name
        for language in ("pl", "en"):
            assert "{" not in finding.message(language) + finding.remedy(language)
    assert count_rows(liw) == before


def test_a_far_cell_is_named():
    assert refuse(single_cell_far_away()).facts["cell"] == "XFD1048576"


def test_a_place_is_told_where_there_is_one():
    finding = refuse(b"a;b\n1;2\n3;" + b"x" * 40_000 + b"\n", "a.csv")
    assert (finding.place.sheet, finding.place.row, finding.place.column) == (None, 3, "B")


def test_a_million_formatted_empty_rows_cost_nothing():
    cells = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(40, 1_048_577))
    assert open_book(Incoming("a.xlsx", with_cells(cells))).sheets[0].row_count == 29


def test_entities_are_not_expanded_and_nothing_outside_is_read():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    body = f'<?xml version="1.0"?>{bomb}<sst xmlns="x"><si><t>&b;&c;</t></si></sst>'
    content = with_part("xl/sharedStrings.xml", lambda _: body.encode())
    assert refuse(content).code == "FILE-BROKEN"


def test_a_child_that_wants_too_much_memory_is_a_finding():
    content = with_cells('<row r="90000"><c r="CZ90000"><v>1</v></c></row>')
    assert refuse(content, memory_bytes=150 * 1024**2, cells=10**9).code == "FILE-TOO-MUCH-MEMORY"


def test_a_child_that_takes_too_long_is_a_finding():
    assert refuse(GOOD, wall_seconds=0).code == "FILE-TOO-SLOW"


@pytest.mark.parametrize(
    ("death", "code"),
    [
        ("import os; os.abort()", "FILE-TOO-MUCH-MEMORY"),
        ("import os; os.kill(os.getpid(), 9)", "FILE-TOO-MUCH-MEMORY"),
        ("raise SystemExit(3)", "FILE-TOO-MUCH-MEMORY"),
        ("import sys; sys.stdout.buffer.write(bytes(5))", "FILE-TOO-MUCH-MEMORY"),
        ("while True: pass", "FILE-TOO-SLOW"),
    ],
)
def test_a_child_is_killed_at_any_moment(monkeypatch, death, code):
    monkeypatch.setattr(child_process, "_START", death)
    assert refuse(b"a;b\n1;2\n" * 200_000, "a.csv", wall_seconds=1).code == code


def test_a_child_that_talks_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(child_process, "_START", "import sys\nwhile True: sys.stdout.buffer.write(bytes(65536))")
    assert refuse(GOOD, output_bytes=1_000_000).code == "FILE-TOO-MUCH-MEMORY"


def test_at_most_two_children_at_a_time(monkeypatch):
    running, most, lock = 0, 0, threading.Lock()
    start = child_process._start

    def watch():
        nonlocal running, most
        child = start()
        with lock:
            running += 1
            most = max(most, running)
        wait = child.wait

        def note_end(*arguments, **named):
            nonlocal running
            status = wait(*arguments, **named)
            with lock:
                if not getattr(child, "noted", False):
                    child.noted = True
                    running -= 1
            return status

        child.wait = note_end
        return child

    monkeypatch.setattr(child_process, "_start", watch)
    content = single_cell_far_away()
    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(lambda _: refuse(content).code, range(10)))
    assert found == ["FILE-CELL-FAR"] * 10
    assert 1 <= most <= 2


def test_the_child_sees_nothing_of_this_machine(monkeypatch):
    monkeypatch.setenv("DIAGNOZA_SECRET", "sekret")
    environment = "import os, sys; sys.stderr.close(); sys.exit(0 if 'DIAGNOZA_SECRET' not in os.environ else 1)"
    monkeypatch.setattr(child_process, "_START", environment)
    statuses = []
    start = child_process._start

    def watch():
        child = start()
        statuses.append(child)
        return child

    monkeypatch.setattr(child_process, "_start", watch)
    refuse(b"a;b\n1;2\n", "a.csv")
    assert statuses[0].returncode == 0


def test_invisible_signs_go_and_are_counted(liw):
    cells = ["Kobieta", "Ko\u200bbieta", "Kobieta\x00", "\u202eKobieta"]
    content = (
        "Sygnatura czasowa,Płeć\n"
        + "".join(f"2026/05/0{day} 1:02:03 PM CET,{cell}\n" for day, cell in enumerate(cells, 1))
    ).encode()
    result = load(liw, content)
    assert codes(result) == ["FILE-SIGNS-REMOVED"]
    assert result.report.findings[0].facts["count"] == 3


def test_two_ways_of_writing_a_letter_are_one():
    book = open_book(Incoming("a.csv", "Miasto;Płeć\nŁódź;K\nŁo\u0301dz\u0301;M\n".encode()))
    assert book.sheets[0].columns[0].values == ("Miasto", "Łódź")


def test_error_cells_and_formulas_without_a_value_are_told():
    content = with_cells(
        '<row r="40"><c r="A40" t="e"><v>#N/A</v></c><c r="B40"><f>1+1</f></c></row>'
        '<row r="41"><c r="B41"><f>1+1</f><v>2</v></c></row>'
    )
    report = open_book(Incoming("a.xlsx", content)).report
    assert [(finding.code, finding.facts["count"]) for finding in report] == [
        ("FILE-ERROR-CELLS", 1),
        ("FILE-FORMULAS-NOT-COMPUTED", 1),
    ]


@pytest.mark.parametrize(
    "header",
    ["Płeć,Płeć,Wiek", "Płeć,,Wiek", ",,", "Płeć, ,\u200b", "x" * 5_000 + ",Płeć,Wiek", "=1+1,@SUM(A1),{0.__class__}"],
)
def test_odd_headers_are_read_or_refused_in_words(liw, header):
    rows = "".join(f"{'Kobieta' if row % 3 else 'Mężczyzna'},tak,{20 + row}\n" for row in range(30))
    try:
        result = load(liw, (header + "\n" + rows).encode())
        report, told = result.report, result.rows_stored + result.rows_rejected
        assert told == result.rows_read
    except FaultError as fault:
        report, told = fault.report, 0
    assert bool(told) != report.stops
    assert all("{" not in finding.remedy("pl") for finding in report)


def test_a_column_of_everything_is_read(liw):
    cells = ["7", "7,5", "tak", "2026-05-01", "#N/D!", "=1+1", "1.234", "−3", "1e999", "NaN", "07", "x" * 300]
    content = "Sygnatura czasowa,Płeć,Co?\n" + "".join(
        f'2026/05/{number % 28 + 1:02} 1:02:03 PM CET,Kobieta,"{cell}"\n' for number, cell in enumerate(cells * 3)
    )
    result = load(liw, content.encode())
    assert (result.rows_read, result.rows_stored + result.rows_rejected) == (36, 36)
    assert "FILE-ERROR-CELLS" in codes(result)


def test_an_archive_of_one_table_is_loaded(liw):
    result = load(liw, bad_archives.zip_of(("Ankieta (Odpowiedzi).csv", bad_archives.TABLE)), name="Ankieta.zip")
    assert (result.source, result.rows_stored) == ("google_forms", 20)


def test_macros_are_told_and_not_run():
    book = open_book(Incoming("a.xlsm", pack({**parts_of(GOOD), "xl/vbaProject.bin": b"\x00\x01"})))
    assert (book.format, [finding.code for finding in book.report]) == ("xlsm", ["FILE-MACROS-IGNORED"])


def test_the_name_of_a_file_is_not_believed():
    assert open_book(Incoming("a.csv", GOOD)).format == "xlsx"
    assert open_book(Incoming("a.xlsx", b"a;b\n1;2\n")).format == "csv"


def test_hidden_sheets_are_known():
    book = open_book(Incoming("a.xlsx", write_workbook({"A": [["x"]], "B": [["y"]]}, hidden=frozenset({"B"}))))
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("A", False), ("B", True)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\Anna\\Ankieta.csv", "Ankieta.csv"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\u202e.csv", "a b.csv"),
        ("", "?"),
        ("x" * 500, "x" * 200),
    ],
)
def test_names_of_files_are_shown_without_folders_and_tricks(name, shown):
    assert display_name(name) == shown
