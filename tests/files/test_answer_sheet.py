"""The answer sheet: what is typed in comes back cell by cell, and what is nobody's answer never becomes a person."""

import io
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from etl.exports.questionnaires.sheet_columns import lay_out
from etl.importing import Decisions, Incoming
from etl.pipeline import inspect_file, preview_file
from etl.store import schema as s
from etl.store.forms import publish_form, save_draft
from etl.store.moments import utc_now
from surveys.findings import FaultError
from surveys.language.texts import LANGUAGES
from surveys.model import QuestionType
from surveys.model.form import say
from surveys.questionnaires import fill_labels, list_forms, load_form, options_of, questionnaire_of
from tests.importing_surveys import LIW, MACHINE, add_partnership, codes, load, read_answers
from tests.made.paper_survey import PAPER_FORM, count, fill, key_of, make_people, save, write_sheet

SHEET = write_sheet()
PROBLEMS = "Które problemy są u nas najbardziej dotkliwe?"


def open_sheet(content=SHEET):
    return load_workbook(io.BytesIO(content))


def read_lists(book):
    """Return the options that each cell of the first person's row offers, by the key of its column."""
    sheet = book.worksheets[0]
    offered = {}
    for check in sheet.data_validations.dataValidation:
        for cell in sheet[5]:
            if check.type == "list" and cell.coordinate in check.sqref:
                name = check.formula1
                if name in book.defined_names:
                    (place,) = book.defined_names[name].destinations
                    offered[sheet.cell(1, cell.column).value] = [row[0].value for row in book[place[0]][place[1]]]
                else:
                    offered[sheet.cell(1, cell.column).value] = [name.strip('"')]
    return offered


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_typed_in_is_what_the_store_holds_cell_by_cell(sqlite_store, seed):
    add_partnership(sqlite_store)
    typed, meant = make_people(PAPER_FORM, 40, seed)
    result = load(sqlite_store, fill(SHEET, typed), name="Odpowiedzi.xlsx")
    assert (result.source, result.rows_read, result.rows_stored, result.rows_rejected) == ("template", 40, 40, 0)
    assert not [code for code in codes(result) if not code.startswith("SURVEY-ROWS-BLANK")]
    held = read_answers(sqlite_store)
    assert held.keys() == meant.keys()
    for wording, answers in meant.items():
        assert held[wording] == answers, wording


def test_the_places_of_an_order_come_back(sqlite_store):
    add_partnership(sqlite_store)
    places = {key_of(PAPER_FORM, "order", name): place for name, place in (("culture", 1), ("health", 2), ("work", 3))}
    load(sqlite_store, fill(SHEET, [places]), name="Odpowiedzi.xlsx")
    with sqlite_store.read() as connection:
        held = connection.execute(
            select(s.choice.c.label_pl, s.answer.c.number).join(s.answer, s.choice.c.id == s.answer.c.choice_id)
        ).all()
    assert {row.label_pl: row.number for row in held} == {"Kultura": 1, "Zdrowie": 2, "Praca": 3}


def test_an_empty_sheet_holds_nobody(sqlite_store):
    add_partnership(sqlite_store)
    assert inspect_file(Incoming("Odpowiedzi.xlsx", SHEET)).source == "template"
    with pytest.raises(FaultError) as fault:
        load(sqlite_store, SHEET, name="Odpowiedzi.xlsx")
    assert codes(fault.value) == ["SURVEY-NO-ROWS"]


def test_the_example_is_nobody_wherever_it_stands(sqlite_store):
    add_partnership(sqlite_store)
    typed, meant = make_people(PAPER_FORM, 3, 5)
    book = open_sheet(fill(SHEET, typed))
    sheet = book.worksheets[0]
    for cell in sheet[4]:  # sorted: the example stands below the second person
        below = sheet.cell(7, cell.column)
        sheet.cell(8, cell.column).value, below.value = below.value, cell.value
        cell.value = None
    result = load(sqlite_store, save(book), LIW, name="Odpowiedzi.xlsx")
    assert (result.rows_read, result.rows_stored) == (4, 3)
    assert "SURVEY-ROW-EXAMPLE" in codes(result)
    assert read_answers(sqlite_store)[PROBLEMS] == meant[PROBLEMS]


def test_answers_typed_over_the_example_are_told(sqlite_store):
    add_partnership(sqlite_store)
    people = [{key_of(PAPER_FORM, "gender"): "mężczyzna"}, {"_number": 1, key_of(PAPER_FORM, "gender"): "kobieta"}]
    result = load(sqlite_store, fill(SHEET, people, first_row=4), name="Odpowiedzi.xlsx")
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (2, 1, 1)
    assert "SURVEY-ROW-EXAMPLE-CHANGED" in codes(result)


def test_nobodys_wish_makes_a_person_of_the_example_or_of_a_bare_number(sqlite_store):
    add_partnership(sqlite_store)
    people = [{"_number": 1, key_of(PAPER_FORM, "gender"): "kobieta"}, {"_number": "PRZYKŁAD"}, {"_number": 3}]
    wish = Decisions(partnership="liw", wave="Diagnoza 2026", keep_unfinished=True)
    result = load(sqlite_store, fill(SHEET, people), wish, name="Odpowiedzi.xlsx")
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (3, 1, 2)
    assert {"SURVEY-ROW-EXAMPLE", "SURVEY-ROWS-UNANSWERED"} <= set(codes(result))


def test_without_the_example_the_first_row_is_a_person(sqlite_store):
    add_partnership(sqlite_store)
    book = open_sheet()
    book.worksheets[0].delete_rows(4)
    typed, meant = make_people(PAPER_FORM, 2, 7)
    result = load(sqlite_store, fill(save(book), typed, first_row=4), name="Odpowiedzi.xlsx")
    assert result.rows_stored == 2
    assert read_answers(sqlite_store)["Płeć"] == meant["Płeć"]


def test_columns_may_be_moved_and_taken_out(sqlite_store):
    add_partnership(sqlite_store)
    typed, meant = make_people(PAPER_FORM, 6, 8)
    book = open_sheet(fill(SHEET, typed))
    sheet = book.worksheets[0]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.delete_cols([cell.value for cell in sheet[1]].index(key_of(PAPER_FORM, "works")) + 1)
    sheet.insert_rows(1)
    sheet["A1"] = "Ankiety z biblioteki"
    result = load(sqlite_store, save(book), name="Odpowiedzi.xlsx")
    assert (result.source, result.rows_stored) == ("template", 6)
    held = read_answers(sqlite_store)
    assert held == {wording: answers for wording, answers in meant.items() if wording != "Co u nas działa dobrze?"}


def test_the_english_sheet_gives_the_same_people():
    english = write_sheet(language="en")
    people = [{key_of(PAPER_FORM, "gender"): "woman", key_of(PAPER_FORM, "problems", "bus"): "x"}]
    inspected = inspect_file(Incoming("Answers.xlsx", fill(english, people)))
    assert (inspected.source, inspected.sheets[0].name, inspected.sheets[0].rows) == ("template", "Answers", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_drop_downs_hold_the_options_of_their_question(language):
    offered = read_lists(open_sheet(write_sheet(language=language)))
    wanted = {"pl": ["brak", "mały", "duży", "trudno powiedzieć"], "en": ["none", "small", "large", "hard to say"]}
    assert offered[key_of(PAPER_FORM, "size_old")] == wanted[language]
    assert offered[key_of(PAPER_FORM, "problems", "bus")] == ["x"]


def test_an_option_that_or_other_adds_can_be_chosen():
    assert read_lists(open_sheet())[key_of(PAPER_FORM, "status")][-1] == "Inne"


def test_heads_stay_in_sight_and_codes_out_of_it():
    sheet = open_sheet().worksheets[0]
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "B4"
    assert sheet["A3"].value == "Nr ankiety"
    shown = [str(cell.value) for row in sheet["A2:AZ4"] for cell in row if cell.value]
    assert not [text for text in shown if "_" in text]


def test_a_wording_is_in_sight_however_far_one_has_scrolled():
    sheet = open_sheet(write_sheet(load_form("residents"))).worksheets[0]
    over = [cell.column for cell in sheet[2] if str(cell.value or "").startswith("1. ")]
    assert over[0] == 2
    assert {right - left for left, right in pairwise(over)} == {5}
    assert len(over) == 7  # 33 columns of one question


def test_a_question_that_paper_cannot_ask_is_named_on_the_help_sheet():
    guide = open_sheet()["Jak wypełnić"]
    text = " ".join(str(cell.value) for row in guide.iter_rows() for cell in row)
    assert "Wiek dziecka; Gdzie to jest?" in text
    assert "Ankieta próbna (wersja 2026-1)" in text


def test_more_ticks_than_allowed_are_coloured_and_kept(sqlite_store):
    sheet = open_sheet().worksheets[0]
    formulas = [rule.formula[0] for rules in sheet.conditional_formatting for rule in rules.rules]
    assert "COUNTA($B5:$F5)>2" in formulas
    add_partnership(sqlite_store)
    ticks = {key_of(PAPER_FORM, "problems", name): "x" for name in ("roads", "doctor", "bus")}
    load(sqlite_store, fill(SHEET, [ticks]), name="Odpowiedzi.xlsx")
    assert read_answers(sqlite_store)[PROBLEMS] == [{"Drogi, chodniki", "Lekarz; przychodnia", "Autobus"}]


def test_counts_on_the_page_of_tallies_load_as_counts(sqlite_store):
    add_partnership(sqlite_store)
    filled = count(
        SHEET,
        {
            (PROBLEMS, "Drogi, chodniki"): 40,
            (PROBLEMS, "Autobus"): 25,
            ("Jak duży jest ten problem? [Brak lekarza]", "duży"): 30,
            ("Jak duży jest ten problem? [Brak lekarza]", "mały"): 20,
        },
        people=60,
    )
    inspected = inspect_file(Incoming("Odpowiedzi.xlsx", filled))
    assert [sheet.kind for sheet in inspected.sheets if sheet.name == "Zliczanie"] == ["counts"]
    shown = preview_file(Incoming("Odpowiedzi.xlsx", filled), store=sqlite_store, actor=MACHINE, decisions=LIW)
    by_text = {asked.text: asked for asked in shown.preview}
    assert len(by_text) == 2  # nothing else was counted
    assert {option.label: option.people_count for option in by_text[PROBLEMS].options} == {
        "Drogi, chodniki": 40, "Lekarz; przychodnia": 0, "Autobus": 25, "Inne": 0, "Trudno powiedzieć": 0,
    }  # fmt: skip
    assert by_text[PROBLEMS].base == 60
    result = load(sqlite_store, filled, name="Odpowiedzi.xlsx")
    assert result.rows_stored > 0
    assert not result.report.stops


def test_tallies_go_to_the_questionnaire_they_name_though_another_shares_its_questions(sqlite_store):
    add_partnership(sqlite_store)
    form = load_form("residents-short")
    asked = next(each for each in questionnaire_of(form).questions if each.type is QuestionType.MULTIPLE)
    counts = {(asked.text_pl, choice.label_pl): 20 for choice in asked.choices[:2]}
    load(sqlite_store, count(write_sheet(form), counts, people=60), name="Odpowiedzi.xlsx")
    with sqlite_store.read() as connection:
        assert connection.execute(select(s.questionnaire.c.slug)).scalar_one() == "residents-short"


def test_an_own_published_questionnaires_sheet_comes_back_to_it(sqlite_store):
    add_partnership(sqlite_store)
    with sqlite_store.write() as connection:
        save_draft(connection, MACHINE, "liw", PAPER_FORM, utc_now())
        publish_form(connection, MACHINE, "liw", PAPER_FORM, questionnaire_of(PAPER_FORM, "liw"), utc_now())
    typed, meant = make_people(PAPER_FORM, 12, 4)
    result = load(sqlite_store, fill(SHEET, typed), name="Odpowiedzi.xlsx")
    assert "SURVEY-QUESTIONNAIRE-JOINED" in codes(result)
    assert "SURVEY-OPTIONS-NEW" not in codes(result)
    with sqlite_store.read() as connection:
        stored = connection.execute(select(s.questionnaire)).one()
        options = connection.execute(select(func.count()).select_from(s.choice)).scalar()
    assert (stored.slug, stored.version) == ("proba", "2026-1")
    assert options == sum(len(question.choices) for question in questionnaire_of(PAPER_FORM).questions)
    held = read_answers(sqlite_store)
    assert {wording: held[wording] for wording in meant} == meant


def test_beside_typed_questionnaires_tallies_are_left_and_said(sqlite_store):
    add_partnership(sqlite_store)
    typed, meant = make_people(PAPER_FORM, 4, 9)
    both = count(fill(SHEET, typed), {(PROBLEMS, "Autobus"): 9, (PROBLEMS, "Inne"): 2}, people=11)
    result = load(sqlite_store, both, name="Odpowiedzi.xlsx")
    assert (result.source, result.rows_stored) == ("template", 4)
    assert "SURVEY-TALLY-BESIDE" in codes(result)
    assert read_answers(sqlite_store)[PROBLEMS] == meant[PROBLEMS]


def test_every_column_has_its_own_key():
    keys = [column.key for column in lay_out(PAPER_FORM)]
    assert len(set(keys)) == len(keys)


def fill_with_first_options(form, language):
    """One person who gives the first real answer everywhere."""
    person = {}
    for column in lay_out(fill_labels(form)):
        if column.asked is None:
            continue
        labels = [say(option.labels, language) for option in options_of(column.asked.row, fill_labels(form).lists)]
        if column.holds in {"single", "scale"}:
            person[column.key] = labels[0]
        elif column.holds == "option":
            person[column.key] = "x" if column.is_first else None
        elif column.holds == "text":
            person[column.key] = "świetlica"
    return person


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", list_forms(), ids=lambda form: f"{form.form_id}-{form.version}")
def test_a_shipped_questionnaires_sheet_joins_its_very_version(sqlite_store, form, language):
    add_partnership(sqlite_store)
    filled = fill(write_sheet(form, language), [fill_with_first_options(form, language)])
    result = load(sqlite_store, filled, name="Odpowiedzi.xlsx")
    assert (result.source, result.rows_stored) == ("template", 1)
    assert "SURVEY-QUESTIONNAIRE-JOINED" in codes(result)
    assert not {"SURVEY-OPTIONS-NEW", "SURVEY-QUESTION-LIKE"} & set(codes(result))
    with sqlite_store.read() as connection:
        stored = connection.execute(select(s.questionnaire)).one()
        questions = connection.execute(select(func.count()).select_from(s.question)).scalar()
        choices = connection.execute(select(func.count()).select_from(s.choice)).scalar()
    known = questionnaire_of(form)
    assert (stored.slug, stored.version, questions) == (form.form_id, form.version, len(known.questions))
    assert choices == sum(len(question.choices) for question in known.questions)
