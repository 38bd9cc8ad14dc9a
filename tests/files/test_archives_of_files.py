"""A zip of files with tables: each is read under the limits of one file, and all become sheets of one book."""

import zipfile
from dataclasses import replace

import pytest

from etl.importing import Incoming
from etl.readers.limits import STANDARD_LIMITS
from etl.readers.opening import open_book
from surveys.findings import FaultError
from tests.made.bad_archives import TABLE, zip_of
from tests.made.spss_files import with_response_sets, write_survey
from tests.made.workbook import write_workbook


def read(*members, name="dane.zip", **limits):
    return open_book(Incoming(name, zip_of(*members)), limits=replace(STANDARD_LIMITS, **limits))


def test_root_and_repeats_are_sheets_of_one_book():
    book = read(("dom.csv", "SubmissionDate,KEY\n2024,a\n"), ("dom-dzieci.csv", "imie,PARENT_KEY,KEY\nx,a,b\n"))
    assert book.format == "zip"
    assert [(sheet.name, sheet.member) for sheet in book.sheets] == [
        ("dom", "dom.csv"),
        ("dom-dzieci", "dom-dzieci.csv"),
    ]
    assert book.sheets[1].row(2) == ("x", "a", "b")
    assert book.properties == {"encoding": "utf-8", "separator": ","}
    assert not len(book.report)


def test_a_single_file_keeps_its_format():
    book = read(("Ankieta bez nazwy (Odpowiedzi).csv", TABLE))
    assert (book.format, book.sheets[0].name) == ("csv", "Ankieta bez nazwy (Odpowiedzi)")
    assert book.properties["separator"] == ","


def test_a_file_that_is_no_archive_names_no_member():
    assert open_book(Incoming("a.csv", TABLE.encode())).sheets[0].member is None


def test_every_kind_of_file_may_be_in_it():
    spss = with_response_sets(write_survey(), "$ZALETY=D1 1 6 Zalety z1 z2\n")
    book = read(("a.csv", "x;y\n1;2\n"), ("b.xlsx", write_workbook({"Dane": [["p"], ["q"]]})), ("c.sav", spss))
    assert [(sheet.name, sheet.member) for sheet in book.sheets] == [
        ("a", "a.csv"),
        ("Dane", "b.xlsx"),
        ("c", "c.sav"),
    ]
    assert book.sheets[2].notes[0].label == "Płeć respondenta"
    assert book.mr_sets[0].sheet == "c"


def test_names_of_sheets_are_made_unique():
    book = read(
        ("2023.xlsx", write_workbook({"Arkusz1": [["a"]], "Inny": [["a"]]})),
        ("2024.xlsx", write_workbook({"Arkusz1": [["b"]]})),
        ("stare/2024.xlsx", write_workbook({"Arkusz1": [["c"]]})),
    )
    assert [sheet.name for sheet in book.sheets] == ["Arkusz1", "Inny", "Arkusz1 (2024)", "Arkusz1 (2024 2)"]


def test_what_systems_leave_behind_is_passed_over_without_a_word():
    book = read(
        ("__MACOSX/._ankieta.csv", b"\x00\x05\x16\x07"), (".DS_Store", b"x"), ("Thumbs.db", b"x"),
        ("dane/", b""), ("dane/ankieta.csv", TABLE),
    )  # fmt: skip
    assert [sheet.name for sheet in book.sheets] == ["ankieta"]
    assert not len(book.report)


def test_files_without_tables_are_left_out_and_named():
    book = read(
        ("survey_7.lss", '<?xml version="1.0"?><document/>'), ("media/1.jpg", b"\xff\xd8\xff\xe0"),
        ("inny.zip", zip_of(("a.csv", TABLE))), ("form.csv", '<?xml version="1.0"?><x/>'), ("ankieta.csv", TABLE),
    )  # fmt: skip
    [finding] = book.report
    assert (finding.code, finding.facts["count"]) == ("FILE-MEMBERS-LEFT-OUT", 4)
    assert "survey_7.lss" in finding.message("pl")
    assert [sheet.member for sheet in book.sheets] == ["ankieta.csv"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp852"])
def test_polish_names_come_back_however_they_were_packed(encoding):
    written = "źródła".encode(encoding)
    content = zip_of(("x" * len(written) + ".csv", TABLE)).replace(b"x" * len(written), written)
    assert open_book(Incoming("a.zip", content)).sheets[0].name == "źródła"


def test_a_fault_names_the_file_it_is_in():
    with pytest.raises(FaultError) as refused:
        read(("a.csv", TABLE), ("dane/b.csv", 'x;y\n1;"2\n3;4\n'))
    [finding] = refused.value.report
    assert (finding.code, finding.place.file) == ("FILE-QUOTE-OPEN", "dane.zip › b.csv")


def test_a_remark_names_the_file_it_is_about():
    book = read(("a.csv", TABLE), ("b.csv", "Płeć;Wieś\nmężczyzna;Żory\n".encode("cp1250")))
    assert [(finding.code, finding.place.file) for finding in book.report] == [
        ("FILE-ENCODING-GUESSED", "dane.zip › b.csv")
    ]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"inflated_bytes": 1_000}, "FILE-TOO-LARGE-UNPACKED"),
        ({"text_cells": 60}, "FILE-TOO-MANY-CELLS"),
        ({"archive_tables": 1}, "FILE-ARCHIVE-TOO-MANY"),
        ({"rows": 10}, "FILE-TOO-MANY-ROWS"),
        ({"columns": 1}, "FILE-TOO-MANY-COLUMNS"),
    ],
)
def test_files_share_the_limits_of_one(limits, code):
    with pytest.raises(FaultError) as refused:
        read(("a.csv", TABLE), ("b.csv", TABLE), **limits)
    assert [finding.code for finding in refused.value.report] == [code]


def test_a_workbook_in_an_archive_may_not_unpack_to_more_than_an_archive_may():
    bomb = zip_of(("xl/workbook.xml", b"<workbook/>"), ("xl/x.xml", b" " * (20 * 1024**2)))
    with pytest.raises(FaultError) as refused:
        read(("a.xlsx", bomb), inflated_bytes=10 * 1024**2)
    assert refused.value.report.findings[0].code == "FILE-TOO-LARGE-UNPACKED"


def test_names_that_would_forge_a_line_are_shown_flat():
    book = read(("a\r\nb\u202e.csv", TABLE))
    assert (book.sheets[0].member, "\n" in book.sheets[0].name) == ("a b.csv", False)


def test_a_member_packed_without_compression_is_read():
    stored = zipfile.ZipInfo("ankieta.csv")
    assert read((stored, TABLE)).sheets[0].row_count == 21
