"""The printable form, as somebody who fills it in meets it; opened again with python-docx."""

import io
import zipfile

import pytest
from docx import Document

from etl.exports.questionnaires.paper_form import write_paper_form
from etl.exports.questionnaires.paper_tables import grid_widths
from etl.exports.questionnaires.sheet_columns import lay_out
from surveys.language.texts import LANGUAGES
from surveys.questionnaires import fill_labels, list_forms, load_form
from tests.made.paper_survey import PAPER_FORM

NBSP = "\u00a0"
CONTENT = {language: write_paper_form(PAPER_FORM, language) for language in LANGUAGES}


def read(language="pl", form=None):
    return Document(io.BytesIO(CONTENT[language] if form is None else write_paper_form(form, language)))


def lines(paper):
    return [paragraph.text.replace(NBSP, " ") for paragraph in paper.paragraphs]


def headings(paper, level):
    return [
        paragraph.text.replace(NBSP, " ")
        for paragraph in paper.paragraphs
        if paragraph.style.name == f"Heading {level}"
    ]


def below(paper, heading):
    """Return the lines under a question, up to the next heading."""
    found, taking = [], False
    for paragraph in paper.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            taking = heading in paragraph.text.replace(NBSP, " ")
        elif taking:
            found.append(paragraph.text.replace(NBSP, " ").replace("\t", " ").strip())
    return found


def test_questions_are_headings_with_numbers_and_sections_above_them():
    paper = read()
    assert headings(paper, 1) == ["O domu", "Dla zespołu: zliczanie odpowiedzi"]
    assert [text for text in headings(paper, 2) if text[0].isdigit()] == [
        "1. Które problemy są u nas najbardziej dotkliwe?",
        "2. Jak duży jest ten problem?",
        "3. Proszę ułożyć od najważniejszego.",
        "4. Status zawodowy",
        "5. Czy szuka Pan/Pani pracy?",
        "6. Ile osób mieszka w domu?",
        "7. Od kiedy tu Pan/Pani mieszka?",
        "8. Co u nas działa dobrze?",
        "9. Płeć",
    ]


@pytest.mark.parametrize("form", [PAPER_FORM, *list_forms()], ids=lambda form: form.form_id)
def test_numbers_are_those_of_the_answer_sheet(form):
    sheet = {column.asked.number for column in lay_out(fill_labels(form)) if column.asked is not None}
    paper = read(form=form)
    printed = {text.split(".")[0] for text in headings(paper, 2) if text[0].isdigit()}
    rows = {
        row.cells[0].text.split(".")[0]
        for table in paper.tables
        for row in table.rows[1:]
        if row.cells[0].text[:1].isdigit() and "☐" in row.cells[-1].text
    }
    assert rows | {number for number in printed if number in sheet} == sheet
    assert {number.rstrip("abcdefghijklmnopqrstuvwxyz") for number in sheet} == printed


def test_options_have_boxes_and_a_line_beside_other():
    options = below(read(), "1. Które problemy")
    assert options == [
        "Proszę wybrać najwyżej 2.", "☐ Drogi, chodniki", "☐ Lekarz; przychodnia", "☐ Autobus", "☐ Inne – jakie?",
        "☐ Trudno powiedzieć",
    ]  # fmt: skip


def test_a_cap_is_said_once_and_where_the_form_does_not_say_it_too():
    assert below(read(), "1. Które problemy").count("Proszę wybrać najwyżej 2.") == 1


def test_an_order_has_lines_for_numbers_and_says_how():
    asked = below(read(), "3. Proszę ułożyć")
    assert "1 przy najważniejszej" in asked[0]
    assert asked[1:] == ["_____ Zdrowie", "_____ Praca", "_____ Kultura"]


def test_who_may_leave_a_question_out_is_told_in_words():
    assert "Proszę odpowiedzieć tylko wtedy, gdy w pytaniu 4 zaznaczono „nie mam pracy”." in below(
        read(), "5. Czy szuka"
    )
    english = below(read("en"), "5. Are you looking")
    assert "Please answer only if “no job” was ticked in question 4." in english


def test_a_scale_is_a_table_that_fits_the_page():
    table = read().tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["", "brak", "mały", "duży", "trudno powiedzieć"]
    assert [row.cells[0].text.replace(NBSP, " ") for row in table.rows[1:]] == [
        "2a. Samotność seniorów",
        "2b. Brak lekarza",
    ]
    assert {cell.text for row in table.rows[1:] for cell in row.cells[1:]} == {"☐"}
    assert sum(column.width.cm for column in table.columns) <= 17.1


@pytest.mark.parametrize("count", [2, 5, 7, 11])
def test_no_scale_is_wider_than_the_page_however_many_points_it_has(count):
    widths, upright = grid_widths(["Poradnictwo psychologiczne"], ["zdecydowanie nie"] * count)
    assert sum(widths) == pytest.approx(17.0)
    assert min(widths) > 0.5
    assert upright is (count > 3)


def test_what_a_respondent_reads_is_large():
    paper = read()
    assert paper.styles["Normal"].font.size.pt >= 14
    small = []
    for paragraph in paper.paragraphs:
        if "Dla zespołu" in paragraph.text:
            break
        small += [run.text for run in paragraph.runs if run.font.size is not None and run.font.size.pt < 14]
    assert small == []


def test_there_is_a_place_for_the_partnerships_own_words_on_data():
    words = below(read(), "Informacja o danych osobowych (RODO)")
    assert any(line.startswith("Kto odpowiada za dane (administrator):") for line in words)
    assert any(line.startswith("Do kiedy przechowujemy ankiety:") for line in words)


def test_a_list_that_waits_has_lines_to_fill_in_and_nothing_is_said_twice():
    lines = below(read(form=load_form("cooperation")), "Którą organizację")
    assert lines.count("☐") == 4
    said = " ".join(below(read(form=load_form("cooperation")), "Wspólny projekt"))
    assert said.count("kilka odpowiedzi") == 1


def test_notes_and_thanks_are_there_and_what_paper_cannot_ask_is_not():
    text = "\n".join(lines(read()))
    assert "Dziękujemy, że Pani i Pan pomagają." in text
    assert "Dziękujemy za wypełnienie ankiety!" in text
    assert "Wiek dziecka" not in text
    assert "Gdzie to jest?" not in text


def test_the_page_of_tallies_counts_what_the_sheet_counts():
    paper = read()
    counted = [table for table in paper.tables if table.rows[0].cells[1].text == "Kreski"]
    assert [row.cells[0].text.replace(NBSP, " ") for row in counted[0].rows[1:]] == [
        "Drogi, chodniki", "Lekarz; przychodnia", "Autobus", "Inne", "Trudno powiedzieć",
    ]  # fmt: skip
    (title,) = [paragraph for paragraph in paper.paragraphs if paragraph.text.startswith("Dla")]
    assert title.paragraph_format.page_break_before


def test_single_letters_do_not_end_a_line():
    text = "\n".join(paragraph.text for paragraph in read().paragraphs)
    assert f"u{NBSP}nas" in text
    assert f"w{NBSP}pytaniu{NBSP}4" in text or f"w{NBSP}pytaniu" in text
    assert f"a{NBSP}" not in "\n".join(paragraph.text for paragraph in read("en").paragraphs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_form_is_the_same_file(language):
    assert write_paper_form(PAPER_FORM, language) == CONTENT[language]
    with zipfile.ZipFile(io.BytesIO(CONTENT[language])) as packed:
        about = packed.read("docProps/core.xml").decode()
        assert {info.date_time[0] for info in packed.infolist()} == {2000}
    assert "2000-01-01" in about
    assert {"pl": "Ankieta próbna", "en": "Trial survey"}[language] in about


def test_the_document_says_its_language():
    with zipfile.ZipFile(io.BytesIO(CONTENT["pl"])) as packed:
        assert 'w:val="pl-PL"' in packed.read("word/styles.xml").decode()
