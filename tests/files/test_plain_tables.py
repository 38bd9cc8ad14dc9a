"""Tables no tool signed: a volunteer's Excel, a re-saved CSV, titles above, totals below."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from etl.importing import ColumnDecision, Incoming
from etl.pipeline import inspect_file
from etl.store import schema as s
from surveys.model import QuestionType
from surveys.questionnaires import load_questionnaire
from tests.importing_surveys import LIW, add_partnership, codes, load, read_answers
from tests.made.google_forms import make_survey
from tests.made.workbook import write_workbook

HEADERS = ["Lp.", "Płeć", "Wiek", "Czego brakuje w okolicy?", "Ile osób w domu?", "Uwagi"]
ROWS = [
    [1.0, "Kobieta", "18–24", "Park; Bus", 3.0, "Nic nie działa, a powinno"],
    [2.0, "Mężczyzna", "25–34", "Bus", 1.0, None],
    [3.0, "kobieta", "65+", "Park", 2.0, "Lepsze chodniki przy szkole"],
    [4.0, "Kobieta ", "do 17", "Park; Sklep", 4.0, None],
    [5.0, "Mężczyzna", "25-34", "Sklep; Bus", 2.0, "Dziękuję za ankietę i pozdrawiam"],
]


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def labels(stored, header):
    return [cell and set(cell) for cell in stored[header]]


def test_a_hand_made_table_under_a_title(liw):
    table = [["Ankieta w gminie Liw 2026"], [], HEADERS, *ROWS, [], ["Razem", None, None, None, 12.0]]
    result = load(liw, write_workbook({"Arkusz1": table}), name="ankieta.xlsx")
    assert result.source == "generic"
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (6, 5, 1)
    assert set(codes(result)) == {"SURVEY-ROWS-BLANK", "SURVEY-ROW-TOTAL"}
    stored = read_answers(liw)
    assert labels(stored, "Płeć") == [{"Kobieta"}, {"Mężczyzna"}, {"Kobieta"}, {"Kobieta"}, {"Mężczyzna"}]
    assert labels(stored, "Czego brakuje w okolicy?") == [
        {"Park", "Bus"},
        {"Bus"},
        {"Park"},
        {"Park", "Sklep"},
        {"Sklep", "Bus"},
    ]
    assert stored["Ile osób w domu?"] == [3, 1, 2, 4, 2]
    assert stored["Uwagi"][2] == "Lepsze chodniki przy szkole"
    assert "Lp." not in stored


def test_the_header_row_is_found_and_columns_are_told_apart():
    table = [["Ankieta"], [], HEADERS, *ROWS]
    inspection = inspect_file(Incoming("a.xlsx", write_workbook({"Dane": table, "Notatki": [["tylko notatka"]]})))
    [sheet, notes] = inspection.sheets
    assert (sheet.name, sheet.kind, sheet.header_row, sheet.rows) == ("Dane", "answers", 3, 5)
    assert notes.kind == "ignored"
    assert inspection.score < 0.8
    assert [column.role for column in sheet.columns] == ["metadata", *["question"] * 5]
    assert [column.profile for column in sheet.columns[1:3]] == ["gender", "age"]
    ages = sheet.columns[2].choices
    assert ages == ("do 17", "18–24", "25–34", "65+")


def test_the_largest_visible_sheet_is_read_and_the_others_are_told(liw):
    book = write_workbook({"Stare": [HEADERS, ROWS[0]], "Dane": [HEADERS, *ROWS]})
    result = load(liw, book, name="a.xlsx")
    assert result.rows_stored == 5
    [told] = [finding for finding in result.report if finding.code == "SURVEY-SHEETS-ALIKE"]
    assert told.facts["names"] == "Stare"


def test_a_csv_of_an_old_excel(liw):
    text = "sep=;\r\nPłeć;Wiek;Dochód\r\nKobieta;18–24;1 200,50\r\nMężczyzna;25–34;900\r\nKobieta;65+;ok. tysiąca\r\n"
    result = load(liw, text.replace("–", "-").encode("cp1250"))
    assert "FILE-ENCODING-GUESSED" in codes(result)
    assert labels(read_answers(liw), "Płeć") == [{"Kobieta"}, {"Mężczyzna"}, {"Kobieta"}]


def test_a_text_among_numbers_is_told_with_its_place(liw):
    rows = [["Kobieta", float(20 + number)] for number in range(40)]
    rows[7][1] = "około trzydziestu"
    result = load(liw, write_workbook({"A": [["Płeć", "Ile lat tu Pani mieszka?"], *rows]}), name="a.xlsx")
    [told] = [finding for finding in result.report if finding.code == "SURVEY-NOT-A-NUMBER"]
    assert (told.place.sheet, told.place.row, told.place.column, told.facts["count"]) == (
        "A",
        9,
        "Ile lat tu Pani mieszka?",
        1,
    )
    assert result.rows_stored == 40


def test_blank_and_repeated_headers_are_kept_apart_by_their_place(liw):
    table = [["Płeć", "Ocena", None, "Ocena"]] + [
        ["Kobieta", "dobra", "Park", "zła"],
        ["Mężczyzna", "zła", "Bus", "dobra"],
    ] * 5
    result = load(liw, write_workbook({"A": table}), name="a.xlsx")
    assert sorted(codes(result)) == ["SURVEY-HEADER-BLANK", "SURVEY-HEADER-REPEATED"]
    with liw.read() as connection:
        asked = connection.execute(
            select(s.question.c.name, s.question.c.text_pl).order_by(s.question.c.position)
        ).all()
    assert [tuple(row) for row in asked] == [("plec", "Płeć"), ("ocena", "Ocena"), ("c", "C"), ("ocena-2", "Ocena")]


def test_headers_pasted_again_in_the_middle_are_no_respondent(liw):
    content = make_survey(20).form_csv()
    header, _, rows = content.partition(b"\r\n")
    result = load(
        liw, header + b"\r\n" + rows + header + b"\r\n" + make_survey(5, seed=9).form_csv().partition(b"\r\n")[2]
    )
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (26, 25, 1)
    assert "SURVEY-ROW-HEADERS-REPEATED" in codes(result)


def test_an_answer_that_reads_like_a_total_is_an_answer(liw):
    rows = [[answer] for answer in ["Razem z rodziną", "Razem", "Osobno", "Razem", "Osobno", "Razem"]]
    result = load(liw, write_workbook({"A": [["Jak mieszkacie?"], *rows]}), name="a.xlsx")
    assert (result.rows_read, result.rows_rejected) == (6, 0)


def test_google_forms_is_known_in_many_languages_and_shapes():
    made = make_survey(30)
    for header in (
        "Timestamp",
        "Zeitstempel",
        "Horodateur",
        "Marca temporal",
        "Позначка часу",
        "Informazioni cronologiche",
    ):
        content = made.sheet_csv().replace(b"Sygnatura czasowa", header.encode(), 1)
        inspection = inspect_file(Incoming("a.csv", content))
        assert (inspection.source, inspection.score >= 0.8) == ("google_forms", True)
    unnamed = made.form_csv().replace(b"Sygnatura czasowa", b"Kiedy", 1)
    assert inspect_file(Incoming("a.csv", unnamed)).source == "google_forms"
    assert inspect_file(Incoming("a.xlsx", made.xlsx())).source == "google_forms"


def test_every_reason_has_its_words():
    from surveys.language.texts import load_catalogue

    texts = load_catalogue("surveys.language.catalogues")
    for content, name in ((make_survey(30).form_csv(), "a.csv"), (write_workbook({"A": [HEADERS, *ROWS]}), "a.xlsx")):
        inspection = inspect_file(Incoming(name, content))
        assert inspection.reasons
        for reason in inspection.reasons:
            assert texts.say(reason, "pl")
        for column in inspection.sheets[0].columns:
            assert texts.say(column.reason, "en", **column.facts)


def test_a_google_zip_with_one_csv_is_opened(liw):
    from tests.made.workbook import pack

    result = load(liw, pack({"Ankieta.csv": make_survey(20).form_csv()}), name="Ankieta.csv.zip")
    assert (result.source, result.rows_stored) == ("google_forms", 20)


def test_types_of_a_plain_table():
    inspection = inspect_file(Incoming("a.xlsx", write_workbook({"A": [HEADERS, *ROWS]})))
    assert [column.type for column in inspection.sheets[0].columns] == [
        None, QuestionType.SINGLE, QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.NUMBER, QuestionType.TEXT,
    ]  # fmt: skip


def test_an_uncertain_code_is_suggested_and_what_one_person_wrote_is_never_quoted(liw):
    # "Przemoc" may be violence at home or among pupils; the list itself names both.
    times = {"Bezrobocie": 4, "Alkoholizm": 3, "Samotność seniorów": 3, "Przemoc": 2, "Starość samotna u mnie": 1}
    answers = [answer for answer, count in times.items() for _ in range(count)]
    table = [["Największy problem?"], *[[answer] for answer in answers]]
    result = load(liw, write_workbook({"A": table}), name="a.xlsx")
    suggested = [finding.facts["option"] for finding in result.report if finding.code == "SURVEY-CODE-SUGGESTED"]
    assert suggested == ["Przemoc"]
    taken = load(
        liw,
        write_workbook({"A": [table[0], *reversed(table[1:])]}),
        replace(LIW, wave="Druga", questionnaire="", accept_suggestions=True),
        name="b.xlsx",
    )
    assert "SURVEY-CODE-SUGGESTED" not in codes(taken)


AGES = [34, 18, 24, 25, 75, 91, 16, 34, 40, 52, 60, 66]


def age_table(*more, header="Wiek"):
    rows = [[age, "Park" if place % 2 else "Bus"] for place, age in enumerate([*AGES, *more])]
    return write_workbook({"A": [[header, "Czego brakuje?"], *rows]})


def test_ages_in_years_become_the_bands_of_the_profile(liw):
    result = load(liw, age_table(), name="a.xlsx")
    assert codes(result) == []
    assert labels(read_answers(liw), "Wiek") == [
        {"25–34"}, {"18–24"}, {"18–24"}, {"25–34"}, {"75 i więcej"}, {"75 i więcej"}, {"do 17"}, {"25–34"}, {"35–44"},
        {"45–54"}, {"55–64"}, {"65–74"},
    ]  # fmt: skip
    [sheet] = inspect_file(Incoming("a.xlsx", age_table())).sheets
    assert sheet.columns[0].choices == (
        "do 17", "18–24", "25–34", "35–44", "45–54", "55–64", "65–74", "75 i więcej"
    )  # fmt: skip
    assert (sheet.columns[0].profile, sheet.columns[0].type) == ("age", QuestionType.SINGLE)


def test_a_column_that_somebody_calls_age_is_banded_too(liw):
    decisions = replace(LIW, columns={0: ColumnDecision(profile="age")})
    load(liw, age_table(header="Lata"), decisions, name="a.xlsx")
    assert labels(read_answers(liw), "Lata")[0] == {"25–34"}


def test_an_age_that_nobody_reaches_is_said(liw):
    result = load(liw, age_table(345), name="a.xlsx")
    assert codes(result) == ["SURVEY-NOT-A-NUMBER"]
    assert read_answers(liw)["Wiek"][-1] is None


@pytest.mark.parametrize("numbers", [[1987, 1990, 2001, 1950, 1966], [1, 2, 3, 4, 5]])
def test_years_of_birth_and_numbers_of_bands_are_no_ages(numbers):
    table = [["Wiek", "Uwagi"], *[[number, "Park"] for number in numbers]]
    [sheet] = inspect_file(Incoming("a.xlsx", write_workbook({"A": table}))).sheets
    assert sheet.columns[0].type is not QuestionType.SINGLE


def test_ages_join_the_bands_of_a_known_question(liw):
    shipped = load_questionnaire("residents")
    questions = [question for question in shipped.questions if question.profile is None and not question.battery][:6]
    ages = next(question for question in shipped.questions if question.profile == "age")
    header = [ages.text_pl, *(question.text_pl for question in questions)]
    rows = [[age, *("Tak" for _ in questions)] for age in AGES]
    load(liw, write_workbook({"A": [header, *rows]}), name="a.xlsx")
    with liw.read() as connection:
        asked = connection.execute(select(s.question.c.id).where(s.question.c.name == ages.name)).scalar_one()
        stored = connection.execute(select(s.choice.c.label_pl).where(s.choice.c.question_id == asked)).scalars().all()
    assert set(stored) == {*(choice.label_pl for choice in ages.choices), "do 17"}


def test_a_bound_question_can_be_freed():
    table = [["Największy problem?"], *[[answer] for answer in ["Bezrobocie", "Samotność seniorów"] * 5]]
    content = write_workbook({"A": table})
    for decision, vocabulary in ((ColumnDecision(), "problems"), (ColumnDecision(vocabulary=""), None)):
        decisions = replace(LIW, columns={0: decision})
        [sheet] = inspect_file(Incoming("a.xlsx", content), decisions=decisions).sheets
        assert (sheet.columns[0].vocabulary, sheet.columns[0].type) == (vocabulary, QuestionType.SINGLE)
