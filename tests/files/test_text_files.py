"""Text files as tools and people in Poland save them: letters, delimiters, line breaks, and letters already lost."""

import pytest

from etl.importing import Incoming
from etl.readers.opening import open_book

ROWS = [["Sołectwo", "Ocena; ogólna"], ["Źródła Śląskie", "dobrze, choć…"], ["Łąki", "źle"], ["Żabia Wola", "ćwierć"]]


def read(content, name="dane.csv"):
    book = open_book(Incoming(name, content))
    sheet = book.sheets[0]
    return [list(sheet.row(row)) for row in range(1, sheet.row_count + 1)], book


def write(rows, delimiter=";", end="\r\n"):
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + end for row in rows)


def codes(book):
    return [finding.code for finding in book.report]


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"), ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16"), ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"), ("utf-16-be", b"", "utf-16-be"), ("utf-32-le", b"\xff\xfe\0\0", "utf-32"),
        ("cp1250", b"", "cp1250"),
    ],
)  # fmt: skip
def test_letters_come_back_in_every_encoding(encoding, mark, told):
    rows, book = read(mark + write(ROWS).encode(encoding))
    assert rows == ROWS
    assert book.properties["encoding"] == told
    assert codes(book) == (["FILE-ENCODING-GUESSED"] if told == "cp1250" else [])


@pytest.mark.parametrize("encoding", ["iso-8859-2", "cp852"])
def test_letters_of_older_systems_come_back(encoding):
    plain = [[cell.replace("…", "") for cell in row] for row in ROWS]
    rows, book = read(write(plain).encode(encoding))
    assert rows == plain
    assert book.properties["encoding"] == encoding


def test_letters_of_the_west_come_back():
    rows, _ = read("a;b\nGüell – Çà;naïve Zoë à\n".encode("cp1252"))
    assert rows[1] == ["Güell – Çà", "naïve Zoë à"]


def test_old_letters_are_found_far_down_in_the_file():
    content = b"a;b\n" + b"1;2\n" * 150_000 + "Łąka;Śródmieście\n".encode("iso-8859-2")
    rows, _ = read(content)
    assert rows[-1] == ["Łąka", "Śródmieście"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line", ["sep={}\r\n", '"sep={}"\n', "SEP={}\n"])
def test_the_line_that_names_the_delimiter_is_not_a_row(delimiter, line):
    rows, book = read((line.format(delimiter) + f"a{delimiter}b\n1,5{delimiter}2|5;3\t4\n").encode())
    assert book.properties["separator"] == delimiter
    assert rows[:2] == [[None] * len(rows[1]), ["a", "b", *[None] * (len(rows[1]) - 2)]]


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("waga;wzrost\n1,5;2,5\n1,7;2,8\n", ";"),
        ("Płeć, wiek;Dochód\n1,5;2,5\n1,7;2,8\n1,8;2,9\n", ";"),
        ("co robi,ile\nbieg; pływanie,3\nbieg,4\nbieg; rower; narty,5\n", ","),
        ("a\tb\n1,5\t2;5\n", "\t"),
        ("jedna kolumna\ntak\nnie\n", ","),
        ("a|b|c\n1|2|3\n", "|"),
    ],
)
def test_the_delimiter_is_what_divides_rows_alike(content, separator):
    assert read(content.encode())[1].properties["separator"] == separator


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headers_run_over_several_lines(end):
    text = f'"Jak Pan ocenia{end}drogi?";"Wiek"{end}"dobrze";"7"{end}'
    rows, _ = read(text.encode())
    assert rows == [[f"Jak Pan ocenia{end}drogi?", "Wiek"], ["dobrze", "7"]]


def test_a_title_above_the_table_is_not_a_ragged_row():
    rows, book = read(b"Wyniki ankiety\n\na;b\n1;2\n3;4\n")
    assert (rows[0], rows[1], codes(book)) == (["Wyniki ankiety", None], [None, None], [])


def test_rows_of_another_width_are_counted_and_kept():
    rows, book = read(b"a;b\n1;2\n1;2;3\n4;5\n6;7;8;9\n")
    [finding] = book.report
    assert (finding.code, finding.place.row, finding.facts) == ("FILE-ROWS-RAGGED", 3, {"count": 2, "width": 2})
    assert rows[4] == ["6", "7", "8", "9"]


def test_leading_zeros_and_long_numbers_stay_text():
    rows, _ = read(b"teryt;telefon;kod\n0202;020123456;000049499094\n07;1e5;12345678901234567890\n")
    assert rows[1:] == [["0202", "020123456", "000049499094"], ["07", "1e5", "12345678901234567890"]]


def test_formulas_in_text_stay_text():
    rows, _ = read(b"a;b\n=1+1;@SUM(A1)\n-5;+cmd|' /C calc'!A0\n")
    assert rows[1:] == [["=1+1", "@SUM(A1)"], ["-5", "+cmd|' /C calc'!A0"]]


@pytest.mark.parametrize("encoding", ["cp1250", "cp1252", "iso-8859-1", "iso-8859-2", "cp852"])
@pytest.mark.parametrize("word", ["mężczyzna", "wieś", "Łódź", "źródło", "żona"])
def test_letters_encoded_twice_are_pointed_at_and_not_repaired(encoding, word):
    try:
        damaged = word.encode().decode(encoding)
    except UnicodeDecodeError:
        damaged = word.encode().decode(encoding, errors="replace")
    rows, book = read(f"a;b\n1;tak\n2;{damaged}\n".encode())
    [finding] = [finding for finding in book.report if finding.code == "FILE-LETTERS-DAMAGED"]
    assert (finding.place.row, finding.place.column) == (3, "B")
    assert rows[2][1] != word


def test_damage_is_seen_in_workbooks_too():
    from tests.made.workbook import write_workbook

    book = open_book(Incoming("a.xlsx", write_workbook({"Dane": [["a", "b"], ["x", "mÄ™ski"]]})))
    [finding] = book.report
    assert (finding.code, finding.place.sheet, finding.place.row) == ("FILE-LETTERS-DAMAGED", "Dane", 2)


def test_question_marks_for_letters_are_pointed_at():
    _, book = read("P?e?;Miejscowo??\nM??czyzna;?ód?\nkobieta;Gda?sk\n".encode())
    assert codes(book) == ["FILE-LETTERS-LOST"]


@pytest.mark.parametrize(
    "text",
    [
        "Płeć?;Czy jest Pan/i za?\nm??czyzna;mi?dzy\n",
        "Jak sie Pan czuje?;Gdzie?\nCzy to wazne?tak;dobrze\n",
        "a;b\nhttp://x.pl/?a=b;www.b.pl?c\nhttp://x.pl/q?e;x@y?z.pl\n",
        "Plec;Wies\nMezczyzna;tak\nKobieta;nie\n",
        "Straße;Ärger\nÅre;Ä\n",
    ],
)
def test_honest_text_is_not_called_damaged(text):
    assert codes(read(text.encode())[1]) == []


def test_signs_of_failed_formulas_are_empty_cells_and_counted():
    rows, book = read(b"a;b\n#N/D!;5\n#DZIEL/0!;#ADR!\n#1;7\n")
    assert rows[1:] == [[None, "5"], [None, None], ["#1", "7"]]
    assert [(finding.code, finding.facts["count"]) for finding in book.report] == [("FILE-ERROR-CELLS", 3)]
