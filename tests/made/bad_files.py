"""Files that people upload by mistake or in malice, each with the finding that has to come back."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
from openpyxl.chart import BarChart

from tests.made.workbook import pack, write_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
ROWS = [["Sygnatura czasowa", "Płeć"], *[[f"2026/05/{day:02} 1:02:03 PM CET", "Kobieta"] for day in range(1, 29)]]
GOOD = write_workbook({"Liczba odpowiedzi: 1": ROWS})
BAD_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {}


def bad(file_name: str, code: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Name a maker of a bad file."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        BAD_FILES[make.__name__] = (file_name, make, code)
        return make

    return register


def parts_of(content: bytes) -> dict[str, str | bytes]:
    """Return the parts of a packed file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(name: str, change: Callable[[bytes], bytes], content: bytes = GOOD) -> bytes:
    """Return a packed file with one part changed."""
    parts = parts_of(content)
    parts[name] = change(bytes(parts[name]))  # type: ignore[arg-type] # parts read from a zip are bytes
    return pack(parts)


def with_cells(cells: str) -> bytes:
    """Return the good workbook with further rows at its end."""
    end = b"</sheetData>"
    return with_part("xl/worksheets/sheet1.xml", lambda part: part.replace(end, cells.encode() + end))


@bad("pusty.csv", "FILE-EMPTY")
def nothing() -> bytes:
    return b""


@bad("pusty.csv", "FILE-EMPTY")
def blank_lines_behind_a_mark() -> bytes:
    return b"\xef\xbb\xbf\r\n\r\n  \r\n"


@bad("pusty.csv", "FILE-EMPTY")
def delimiters_only() -> bytes:
    return b";;;\n;;;\n"


@bad("pusty.xlsx", "FILE-EMPTY")
def empty_zip() -> bytes:
    return pack({})


@bad("pusty.xlsx", "FILE-EMPTY")
def workbook_without_cells() -> bytes:
    return write_workbook({"Arkusz1": []})


@bad("umowa.xlsx", "FILE-IS-DOCUMENT")
def word_file_named_as_workbook() -> bytes:
    return pack({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"})


@bad("slajdy.xlsx", "FILE-IS-PRESENTATION")
def presentation() -> bytes:
    return pack({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p:presentation/>"})


@bad("stary.xls", "FILE-IS-DOCUMENT")
def old_word_file() -> bytes:
    return OLE + "WordDocument".encode("utf-16-le")


@bad("raport.xls", "FILE-IS-HTML")
def page_named_as_workbook() -> bytes:
    return b"\n<!-- raport -->\n<HTML><body><table><tr><td>1</td></tr></table></body></HTML>"


@bad("raport.xls", "FILE-IS-XML")
def spreadsheet_of_2003() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@bad("skan.pdf", "FILE-IS-PDF")
def portable_document() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 4


@bad("skan.csv", "FILE-IS-PICTURE")
def picture_named_as_csv() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@bad("dane.csv.gz", "FILE-IS-ARCHIVE")
def packed_by_gzip() -> bytes:
    return b"\x1f\x8b\x08\x00" + bytes(40)


@bad("haslo.xlsx", "FILE-ENCRYPTED")
def workbook_with_password() -> bytes:
    return OLE + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")


@bad("haslo.ods", "FILE-ENCRYPTED")
def open_document_with_password() -> bytes:
    manifest = '<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    return pack(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"\x93\x11\x05",
            "META-INF/manifest.xml": manifest,
        }
    )


@bad("uciety.xlsx", "FILE-BROKEN")
def cut_short() -> bytes:
    return GOOD[: len(GOOD) // 2]


@bad("zepsuty.xlsx", "FILE-BROKEN")
def packed_data_damaged() -> bytes:
    start = GOOD.index(b"xl/worksheets/sheet1.xml") + 40
    return GOOD[:start] + b"\xff" * 60 + GOOD[start + 60 :]


@bad("zepsuty.xlsx", "FILE-BROKEN")
def xml_not_closed() -> bytes:
    return with_part("xl/worksheets/sheet1.xml", lambda part: part[: len(part) // 2])


@bad("zepsuty.xlsx", "FILE-BROKEN")
def text_that_is_not_there() -> bytes:
    return with_cells('<row r="99"><c r="A99" t="s"><v>99999</v></c></row>')


@bad("zepsuty.xls", "FILE-BROKEN")
def old_workbook_of_rubbish() -> bytes:
    return OLE + "Workbook".encode("utf-16-le") + random.Random(1).randbytes(4_000)  # noqa: S311 # made bytes, not secrets


@bad("bomba.xlsx", "FILE-TOO-LARGE-UNPACKED")
def bomb() -> bytes:
    return with_part("xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", b" " * (310 * 1024**2)))


@bad("bomba.xlsx", "FILE-TOO-LARGE-UNPACKED")
def bomb_whose_header_lies() -> bytes:
    """Both headers say that the part has five bytes, with the right checksum of five bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = b"".join(packer.compress(b" " * 1024**2) for _ in range(310)) + packer.flush()
    content = bytearray(pack({**parts_of(GOOD), "xl/worksheets/sheet1.xml": b"     "}))
    name = b"xl/worksheets/sheet1.xml"
    local = content.index(name)
    old = struct.unpack("<I", content[local - 12 : local - 8])[0]
    content[local - 12 : local - 8] = struct.pack("<I", len(packed))
    begin = local + len(name)
    content[begin : begin + old] = packed
    central = content.index(name, begin + len(packed))
    content[central - 26 : central - 22] = struct.pack("<I", len(packed))
    # Everything behind the part has moved.
    moved = len(packed) - old
    at = content.index(b"PK\x01\x02")
    while content[at : at + 4] == b"PK\x01\x02":
        offset = struct.unpack("<I", content[at + 42 : at + 46])[0]
        if offset > local:
            content[at + 42 : at + 46] = struct.pack("<I", offset + moved)
        at += 46 + sum(struct.unpack("<HHH", content[at + 28 : at + 34]))
    end = content.index(b"PK\x05\x06")
    directory = struct.unpack("<I", content[end + 16 : end + 20])[0]
    content[end + 16 : end + 20] = struct.pack("<I", directory + moved)
    return bytes(content)


@bad("czastki.xlsx", "FILE-TOO-LARGE-UNPACKED")
def hundred_thousand_parts() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/{number}", b"")
    return packed.getvalue()


@bad("daleko.xlsx", "FILE-CELL-FAR")
def single_cell_far_away() -> bytes:
    return with_cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@bad("daleko.xlsx", "FILE-TOO-MANY-CELLS")
def cell_somewhat_far_away() -> bytes:
    return with_cells('<row r="100000"><c r="CZ100000"><v>1</v></c></row>')


@bad("szeroki.xlsx", "FILE-TOO-MANY-COLUMNS")
def sixteen_thousand_columns() -> bytes:
    return write_workbook({"Arkusz1": [[f"kolumna {number}" for number in range(16_384)]] * 2})


@bad("szeroki.csv", "FILE-TOO-MANY-COLUMNS")
def two_hundred_thousand_columns() -> bytes:
    return (";".join(["x"] * 200_000) + "\n").encode()


@bad("dlugi.csv", "FILE-TOO-MANY-ROWS")
def too_many_rows() -> bytes:
    return b"a;b\n" + b"1;2\n" * 200_001


@bad("wielki.csv", "FILE-TOO-MANY-CELLS")
def too_many_cells() -> bytes:
    return (";".join(["x"] * 1_000) + "\n").encode() * 15_001


@bad("wielki.csv", "FILE-TOO-LARGE")
def too_large() -> bytes:
    return b"a;b\n" * (50 * 1024**2 // 4 + 1)


@bad("komorka.csv", "FILE-CELL-TOO-LONG")
def gigantic_text() -> bytes:
    return b"a;b\n1;" + b"x" * 40_000 + b"\n"


@bad("komorka.xlsx", "FILE-CELL-TOO-LONG")
def cell_of_a_megabyte() -> bytes:
    return write_workbook({"Arkusz1": [["a", "b"], ["1", "x" * 1024**2]]})


@bad("cudzyslow.csv", "FILE-QUOTE-OPEN")
def quote_never_closed() -> bytes:
    return b'a;b\n1;"2\n3;4\n5;6\n'


@bad("szum.csv", "FILE-NOT-A-TABLE")
def random_bytes() -> bytes:
    return b"x" + random.Random(7).randbytes(5_000)  # noqa: S311 # made bytes, not secrets


@bad("program.exe", "FILE-NOT-A-TABLE")
def program() -> bytes:
    return b"MZ\x90\x00\x03" + bytes(200)


@bad("wykres.xlsx", "FILE-WITHOUT-SHEETS")
def chart_sheet_only() -> bytes:
    book = openpyxl.Workbook()
    book.create_chartsheet("Wykres").add_chart(BarChart())
    del book["Sheet"]
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@bad("naglowki.csv", "SURVEY-NO-ROWS")
def headers_only() -> bytes:
    return "Sygnatura czasowa,Płeć,Wiek\n".encode()


@bad("liczby.csv", "SURVEY-HEADER-MISSING")
def numbers_without_headers() -> bytes:
    return b"1;2;3\n4;5;6\n7;8;9\n"


@bad("kontakty.csv", "SURVEY-NO-QUESTIONS")
def nothing_but_addresses() -> bytes:
    return b"E-mail\n" + b"".join(b"osoba%d@example.org\n" % number for number in range(20))
