"""Files as strangers bring them: small tables with what no sample shows, each with the answers known."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pandas
import pyreadstat
import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from etl.recognise import option_columns
from tests.importing_surveys import LIW, add_partnership, codes, load, read_answers


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def write_csv(rows):
    """Return rows as Excel saves them in Poland."""
    quoted = [[f'"{cell}"' if ";" in str(cell) else str(cell) for cell in row] for row in rows]
    return "\r\n".join(";".join(row) for row in quoted).encode("cp1250")


def write_workbook(rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def inspect(content, name="Ankieta.csv"):
    return {column.header: column for column in inspect_file(Incoming(name, content)).sheets[0].columns}


PERSONAL = [
    ("Tel.", [f"60122200{number}" for number in range(8)], "PHONE"),
    ("Kontakt", [f"60122200{number}" for number in range(8)], "PHONE"),
    ("Ulica", [f"Długa {number}" for number in range(8)], "ADDRESS"),
    ("Data urodzenia", [f"0{number}.05.1961" for number in range(1, 9)], "BIRTH-DATE"),
    ("Data ur.", [date(1961, 5, day) for day in range(1, 9)], "BIRTH-DATE"),
    ("Gdzie to jest?", [f"52.40{number}1 21.99{number}2 0 0" for number in range(8)], "LOCATION"),
    ("Pinezka", [f"52.40{number}1, 21.99{number}2" for number in range(8)], "LOCATION"),
    ("_Gdzie to jest?_latitude", [52.4001 + number / 10 for number in range(8)], "LOCATION"),
    ("deviceid", [f"ee.humanitarian:k{number}" for number in range(8)], "DEVICE"),
]


@pytest.mark.parametrize(("header", "cells", "kind"), PERSONAL, ids=[header for header, _, _ in PERSONAL])
def test_personal_data_under_short_headers_stop_the_import_until_they_are_dropped(liw, header, cells, kind):
    rows = [["Płeć", header], *([("Kobieta", "Mężczyzna")[number % 2], cell] for number, cell in enumerate(cells))]
    content = write_workbook(rows)
    assert f"SURVEY-IDENTIFIER-COLUMN-{kind}" in codes(load(liw, content, name="a.xlsx"))
    dropping = type(LIW)(partnership="liw", wave="Diagnoza 2026", drop_identifiers=True)
    assert f"SURVEY-IDENTIFIER-DROPPED-{kind}" in codes(load(liw, content, dropping, name="a.xlsx"))
    assert list(read_answers(liw)) == ["Płeć"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Data urodzenia", ["1961", "1975", "1988", "2001"]),
        ("Na jakiej ulicy potrzebny jest chodnik?", ["Długa", "Rynek", "Długa", "Polna"]),
        ("Ile wynosi dochód i wydatek?", ["2,5", "3,5", "4", "5"]),
    ],
)
def test_answers_are_not_taken_for_personal_data(header, cells):
    rows = [["Płeć", header], *(["Kobieta", cell] for cell in cells)]
    assert inspect(write_csv(rows))[header].role == "question"


def test_moments_of_a_form_whose_other_marks_were_deleted_are_no_questions():
    rows = [
        ["start", "end", "Płeć"],
        *([f"2026-03-0{day}T08:00:00.000+01:00"] * 2 + ["Kobieta"] for day in range(1, 6)),
    ]
    columns = inspect(write_csv(rows))
    assert [columns[header].role for header in ("start", "end", "Płeć")] == ["metadata", "metadata", "question"]


def test_options_with_semicolons_that_a_comma_joins_come_back_whole(liw):
    options = ["Smog", "Samotność; brak opieki", "Drogi/chodniki", "Brak pracy, niskie zarobki", "Alkohol (piwo, wino)"]
    ticked = [[option for place, option in enumerate(options) if number >> place & 1] for number in range(1, 32)]
    rows = [["Płeć", "Jakie problemy?"], *(["Kobieta", ", ".join(cell)] for cell in ticked)]
    load(liw, write_csv(rows), name="a.csv")
    assert read_answers(liw)["Jakie problemy?"] == [frozenset(cell) for cell in ticked]


def test_remarks_are_texts_whatever_comes_again_in_them(liw):
    remarks = ["OK", "więcej drzew; mniej aut", "więcej drzew; mniej betonu", "więcej drzew", "nic"] * 8
    rows = [["Płeć", "Uwagi"], *(["Kobieta", remark] for remark in remarks)]
    load(liw, write_csv(rows), name="a.csv")
    assert read_answers(liw)["Uwagi"] == remarks


def test_units_behind_numbers_are_no_part_of_the_number(liw):
    rows = [["Dochód", "Wiek", "Jak długo Pani tu mieszka?"]]
    rows += [["1 250,50 zł", "35 lat", "2 lata"], ["900zł", "19", "11 lat"], ["2000", "44 lata", "1 rok"]] * 4
    load(liw, write_csv(rows), name="a.csv")
    answers = read_answers(liw)
    assert answers["Dochód"] == [1250.5, 900, 2000] * 4
    assert answers["Jak długo Pani tu mieszka?"] == [2, 11, 1] * 4
    assert answers["Wiek"] == [frozenset({"35–44"}), frozenset({"18–24"}), frozenset({"35–44"})] * 4


@pytest.mark.parametrize(
    "points",
    [
        ["Bardzo dobrze", "Raczej dobrze", "Ani dobrze, ani źle", "Raczej źle", "Bardzo źle"],
        ["Bardzo dobrze", "Dobrze", "Przeciętnie", "Źle", "Bardzo źle"],
        ["Bardzo dobra", "Dobra", "Przeciętna", "Zła", "Bardzo zła"],
        ["Bardzo ważne", "Raczej ważne", "Ani ważne, ani nieważne", "Raczej nieważne", "Zupełnie nieważne"],
        ["Bardzo wysoki", "Wysoki", "Średni", "Niski", "Bardzo niski"],
        ["Zawsze", "Często", "Czasami", "Rzadko", "Nigdy"],
    ],
)
def test_usual_scales_keep_their_order(points):
    rows = [["Płeć", "Jak Pani ocenia?"], *(["Kobieta", point] for point in sorted(points) * 3)]
    column = inspect(write_csv(rows))["Jak Pani ocenia?"]
    assert (column.type, list(column.choices)) == ("scale", points)


def test_a_point_of_a_scale_is_shown_as_most_people_wrote_it():
    said = ["Raczej tak"] * 5 + ["RACZEJ TAK", "Raczej nie", "RACZEJ NIE", "Raczej nie", "Zdecydowanie tak"]
    column = inspect(write_csv([["Czy tu bezpiecznie?"], *([word] for word in said)]))["Czy tu bezpiecznie?"]
    assert list(column.choices) == ["Zdecydowanie tak", "Raczej tak", "Raczej nie", "Zdecydowanie nie"]


@pytest.mark.parametrize("header", ["Rok ur.", "Rok urodzenia", "W którym roku się Pan(i) urodził(a)?"])
def test_a_year_of_birth_belongs_to_the_profile(header):
    rows = [["Płeć", header], *(["Kobieta", str(year)] for year in range(1950, 1990))]
    assert inspect(write_csv(rows))[header].profile == "age"


def test_headers_that_are_mostly_alike_are_still_the_headers(liw):
    rows = [["Płeć", "Ocena", "Ocena", "Ocena", "Inne", "Inne"]]
    rows += [
        ["Kobieta", number % 5 + 1, number % 4 + 1, number % 3 + 1, "smog" * (number % 2), ""] for number in range(30)
    ]
    result = load(liw, write_csv(rows), name="a.csv")
    assert (result.rows_read, result.rows_stored) == (30, 30)
    assert read_answers(liw)["Płeć"] == [frozenset({"Kobieta"})] * 30


def test_bands_of_age_stand_from_the_youngest_to_the_oldest():
    bands = ["poniżej 18 lat", "18-24", "25-64", "65+"]
    rows = [["Płeć", "Wiek"], *(["Kobieta", band] for band in sorted(bands) * 3)]
    assert list(inspect(write_csv(rows))["Wiek"].choices) == bands


def test_ninety_nine_among_small_numbers_is_no_answer_and_told(liw):
    rows = [["Ile osób mieszka z Panią?", "Wiek"]]
    rows += [[number % 6 + 1, 30 + number] for number in range(30)] + [[99, 99], [99, 99], [98, 99], [98, 45]]
    result = load(liw, write_csv(rows), name="a.csv")
    assert codes(result).count("SURVEY-MISSING-CODES") == 2
    answers = read_answers(liw)
    assert answers["Ile osób mieszka z Panią?"][-4:] == [
        frozenset({"Odmowa odpowiedzi"}), frozenset({"Odmowa odpowiedzi"}),
        frozenset({"Trudno powiedzieć"}), frozenset({"Trudno powiedzieć"}),
    ]  # fmt: skip
    assert answers["Wiek"][-4:] == [frozenset({"Odmowa odpowiedzi"})] * 3 + [frozenset({"45–54"})]


def test_numbers_that_may_well_be_meant_stay_numbers(liw):
    rows = [["Ile ma Pani książek?", "Wiek"], *([number * 4, 60 + number] for number in range(40)), [99, 99], [99, 97]]
    result = load(liw, write_csv(rows), name="a.csv")
    assert "SURVEY-MISSING-CODES" not in codes(result)
    assert read_answers(liw)["Ile ma Pani książek?"][-1] == 99


def test_people_of_seventy_seven_and_eighty_eight_keep_their_age(liw):
    rows = [["Płeć", "Wiek"], *(["Kobieta", age] for age in (20, 45, 77, 77, 88, 88, 60))]
    result = load(liw, write_csv(rows), name="a.csv")
    assert "SURVEY-MISSING-CODES" not in codes(result)
    assert read_answers(liw)["Wiek"].count(frozenset({"75 i więcej"})) == 4


def test_a_nine_far_from_all_other_points_is_asked_about(liw):
    rows = [["p1", "p2"], *([(1, 2, 3, 9)[number % 4], number % 10 + 1] for number in range(40))]
    result = load(liw, write_csv(rows), name="a.csv")
    assert codes(result).count("SURVEY-SCALE-GAP") == 1


def test_sheets_with_the_same_headers_are_told_when_only_one_is_read(liw):
    workbook = openpyxl.Workbook()
    for name, count in (("Liw", 20), ("Ruchna", 12), ("Notatki", 0)):
        sheet = workbook.create_sheet(name)
        sheet.append(["Płeć", "Ocena"] if count else ["do zrobienia"])
        for number in range(count):
            sheet.append(["Kobieta", number % 5 + 1])
    content = BytesIO()
    workbook.save(content)
    result = load(liw, content.getvalue(), name="a.xlsx")
    said = {finding.code: finding.facts["names"] for finding in result.report if "SHEETS" in finding.code}
    assert said == {"SURVEY-SHEETS-ALIKE": "Ruchna", "SURVEY-SHEETS-IGNORED": "Notatki"}


def test_a_table_on_its_side_is_not_loaded(liw):
    rows = [["Pytanie", *(f"Ankieta {number}" for number in range(1, 11))], ["Płeć", *"KMKMKMKMKM"]]
    rows += [["Wiek", *range(20, 30)], ["Czy tu bezpiecznie?", *["Tak", "Nie"] * 5]]
    result = load(liw, write_csv(rows), name="a.csv")
    assert "SURVEY-ON-ITS-SIDE" in codes(result)
    assert result.rows_stored == 0


def test_an_spss_file_keeps_its_labels_beside_others_in_an_archive(tmp_path, liw):
    file = tmp_path / "badanie.sav"
    frame = pandas.DataFrame({"p1": [1.0, 2.0, 2.0, 99.0]})
    labels = {"p1": {1: "Kobieta", 2: "Mężczyzna", 99: "Odmowa"}}
    pyreadstat.write_sav(frame, str(file), column_labels=["Płeć"], variable_value_labels=labels)
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.write(file, "dane/badanie.sav")
        archive.writestr("czytaj.txt", "Opis badania")
    result = load(liw, content.getvalue(), name="a.zip")
    assert result.source == "spss"
    expected = ["Kobieta", "Mężczyzna", "Mężczyzna", "Odmowa"]
    assert read_answers(liw)["Płeć"] == [frozenset({label}) for label in expected]


def test_notes_below_a_table_are_nobodys_answers(liw):
    rows = [["Nr", "Płeć", "Ocena"], *([number, "KM"[number % 2], number % 5 + 1] for number in range(1, 13))]
    rows += [["n = 12", "", ""], ["Opracowała: Janina Kowalska", "", ""]]
    result = load(liw, write_csv(rows), name="a.csv")
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (14, 12, 2)
    assert "SURVEY-ROW-NOTE" in codes(result)
    assert not any("Kowalska" in finding.message("pl") for finding in result.report)


def test_somebody_who_answered_one_question_is_a_respondent(liw):
    rows = [["Nr", "Płeć", "Ocena"], *([number, "KM"[number % 2], number % 5 + 1] for number in range(1, 13))]
    rows += [[13, "", ""], ["", "K", ""]]
    assert load(liw, write_csv(rows), name="a.csv").rows_stored == 14


def test_short_forms_of_points_are_the_points():
    words = ["b. dobrze", "dobrze", "średnio", "źle", "b.źle"]
    rows = [["Płeć", "Jak tu jest?"], *(["Kobieta", word] for word in words * 4)]
    column = inspect(write_csv(rows))["Jak tu jest?"]
    assert (column.type, list(column.choices)) == ("scale", words)


@pytest.mark.parametrize("number", ["601222333", "tel601222333", "(501222333)"])
def test_bare_mobile_numbers_among_words_are_taken_out(liw, number):
    rows = [
        ["Płeć", "Co zmienić?"],
        *(["Kobieta", f"drogę, proszę o kontakt {number} lub {place}"] for place in range(9)),
    ]
    result = load(liw, write_csv(rows), name="a.csv")
    assert "SURVEY-TEXT-SCRUBBED" in codes(result)
    assert not any("222333" in str(text) for texts in read_answers(liw).values() for text in texts)


def test_ranges_that_became_dates_are_pointed_at(liw):
    cells = [datetime(2026, 5, 2), datetime(2026, 10, 8), "do 2", "pow. 10"] * 5  # noqa: DTZ001 # as a cell holds it
    result = load(liw, write_workbook([["Płeć", "Ile godzin?"], *(["Kobieta", cell] for cell in cells)]), name="a.xlsx")
    assert "SURVEY-RANGES-AS-DATES" in codes(result)


def test_cells_merged_over_several_people_are_pointed_at(liw):
    workbook = openpyxl.Workbook()
    for row in [["Sołectwo", "Ocena"], *([("Liw", "Ruchna")[number // 5], number % 5 + 1] for number in range(10))]:
        workbook.active.append(row)
    workbook.active.merge_cells("A2:A6")
    workbook.active.merge_cells("A7:A11")
    content = BytesIO()
    workbook.save(content)
    [told] = [finding for finding in load(liw, content.getvalue(), name="a.xlsx").report if "MERGED" in finding.code]
    assert (told.code, told.facts["count"], told.place.column) == ("SURVEY-CELLS-MERGED", 8, "Sołectwo")


@pytest.mark.parametrize(
    ("cells", "ticked"),
    [
        (["a", "a,b", "b, c", "A, C", "c", "a;c"], ["a", "ab", "bc", "ac", "c", "ac"]),
        (["bieda\nsmog", "smog", "alkohol\nsmog\nbieda", "alkohol"], None),
        (["bieda + smog", "smog", "alkohol + smog + bieda", "alkohol"], None),
    ],
    ids=["letters", "lines", "plus"],
)
def test_ticks_as_people_type_them_come_apart(liw, cells, ticked):
    expected = [set(letters) for letters in ticked] if ticked else [
        {"bieda", "smog"}, {"smog"}, {"alkohol", "smog", "bieda"}, {"alkohol"}
    ]  # fmt: skip
    rows = [["Nr", "Jakie problemy?"], *([number + 1, cells[number % len(cells)]] for number in range(5 * len(cells)))]
    load(liw, write_workbook(rows), name="a.xlsx")
    answers = read_answers(liw)["Jakie problemy?"]
    assert [{label.lower() for label in answer} for answer in answers] == expected * 5


def test_texts_of_several_lines_stay_texts(liw):
    words = [f"pierwsza sprawa {number}\ndruga sprawa {number + 1}" for number in range(20)]
    load(
        liw,
        write_workbook([["Nr", "Co zmienić?"], *([place, word] for place, word in enumerate(words, 1))]),
        name="a.xlsx",
    )
    assert read_answers(liw)["Co zmienić?"] == words


def test_numbered_questions_with_numbers_and_days_before_them_are_known(liw):
    options = ["Smog", "Hałas, pył", "Bieda"]
    ticked = [[option for place, option in enumerate(options) if number >> place & 1] for number in range(1, 8)] * 2
    rows = [["Lp.", "Data", "1. Płeć", "2. Jakie problemy?", "", "", "3. Uwagi"], [""] * 7]
    rows += [
        [place, "2026-03-01", "Kobieta", *(option if option in cell else "" for option in options), f"uwaga {place}"]
        for place, cell in enumerate(ticked, 1)
    ]
    result = load(liw, write_csv(rows), name="a.csv")
    assert result.source == "interankiety"
    assert read_answers(liw)["Jakie problemy?"] == [frozenset(cell) for cell in ticked]


def test_a_point_that_may_mean_thousands_is_asked_about():
    rows = [("Czy bierze Pan udział?", "Dochód miesięczny")] + [
        ("Tak" if n % 2 else "Nie", "1.234" if n % 3 else "2.500") for n in range(30)
    ]
    content = "\n".join(";".join(row) for row in rows).encode()
    report = inspect_file(Incoming("dochody.csv", content)).report
    (finding,) = (one for one in report if one.code == "SURVEY-POINTS-AMBIGUOUS")
    assert finding.place.column == "Dochód miesięczny"


@pytest.mark.parametrize(
    "header",
    [
        "x/ - : " * 3_000,
        "/".join(f"o{n}" for n in range(400)),
        "1 2 3 4 5 6 7 8 9 10 " * 300,
        "1. pierwszy wybór nr 1 " * 300,
        "- " * 5_000,
        "[" * 2_000 + "]" * 2_000,
    ],
)
def test_headers_full_of_signs_that_could_part_them_are_read(header):
    rows = [[f"{header}{place}" for place in range(12)], *([str(row % 3 + 1)] * 12 for row in range(12))]
    content = "\n".join(";".join(row) for row in rows).encode()
    inspection = inspect_file(Incoming("a.csv", content))
    assert len(inspection.sheets[0].columns) == 12


def test_a_long_header_is_cut_at_its_ends_only():
    assert len(option_columns._split("/".join(f"o{n}" for n in range(200)))) <= 12
    assert option_columns._split("o/" * 4_000) == ()
