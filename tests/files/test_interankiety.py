"""Interankiety and the Polish tool with twin columns: what was answered is what is stored."""

from collections import Counter

import pytest
from python_calamine import CalamineWorkbook

from etl.answers import count_choices
from etl.importing import Decisions, Incoming
from etl.mapping.survey import map_survey
from etl.readers.opening import open_book
from etl.recognise import interankiety
from etl.recognise.layout import Spread
from etl.recognise.registry import recognise_book
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, load, read_answers
from tests.made.google_forms import make_survey
from tests.made.interankiety import write_numbered, write_twins
from tests.made.limesurvey import write_csv
from tests.made.raw_sheets import make_book, make_sheet
from tests.made.workbook import write_workbook


def truth_of(made):
    """The made answers in the shape of `read_answers`."""

    def as_stored(question, cell):
        if isinstance(cell, tuple):
            return frozenset(cell)
        return frozenset({f"{cell:g}"}) if question.type is QuestionType.SCALE and cell is not None else cell

    return {
        question.header: [as_stored(question, row[place]) for row in made.answers]
        for place, question in enumerate(made.questions)
    }


def recognise_rows(*rows, name="ankieta.xlsx"):
    return interankiety.recognise(make_book(make_sheet(*rows), file_name=name))


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("form", ["xlsx", "csv", "cp1250"])
def test_every_answer_comes_back(liw, form):
    made = make_survey(120, seed=5)
    rows = write_numbered(made)
    if form == "cp1250":
        content = write_csv(rows, ";", "cp1250")
    else:
        content = write_workbook({"Sheet1": rows}) if form == "xlsx" else write_csv(rows)
    result = load(liw, content, name="ankieta.xlsx" if form == "xlsx" else "ankieta.csv")
    assert (result.source, result.rows_stored, result.rows_rejected) == ("interankiety", 120, 0)
    assert read_answers(liw) == truth_of(made)


@pytest.mark.parametrize("encoding", ["cp1250", "utf-8"])
def test_twins_say_nothing_twice(liw, encoding):
    made = make_survey(90, seed=8)
    result = load(liw, write_csv(write_twins(made), ";", encoding), name="ankieta.csv")
    assert (result.source, result.rows_stored) == ("interankiety", 90)
    stored, truth = read_answers(liw), truth_of(made)
    assert not [header for header in stored if "wartość" in header]
    assert stored == {header: truth[header] for header in stored}
    assert {"Płeć", "Wiek", "Co działa u nas dobrze?"} <= stored.keys()


def test_the_moment_of_twin_columns_is_found():
    rows = write_twins(make_survey(10))
    found = recognise_rows(*map(tuple, rows))
    assert found is not None
    assert (found.timestamp_column, found.score >= 0.8) == (len(rows[0]) - 1, True)


def test_a_twin_that_says_more_stays():
    headers = ("A", "A wartość", "B", "B wartość", "C", "C wartość")
    found = recognise_rows(headers, ("x", "1", "n", "1", "1", "tak"), ("x", "2", "m", "2", "2", "nie"))
    assert found is not None
    roles = {layout.columns[0]: layout.role for layout in found.layout}
    assert (roles, found.layout[-2].labels) == (
        {2: "question", 3: "ignored", 4: "question", 5: "ignored"},
        {"1": "tak", "2": "nie"},
    )


def test_an_option_nobody_ticked_has_no_name_and_own_words_stand_beside():
    found = recognise_rows(
        ("1. Czego brak?", None, None, None, "2. Wiek"),
        (None, None, None, None, None),
        ("Parku", None, None, "kina", "20"),
        ("Parku", "Busa", None, "domu kultury", "30"),
        (None, "Busa", None, None, "40"),
    )
    assert found is not None
    ticks = found.layout[0]
    assert (ticks.header, ticks.spread, ticks.columns) == ("Czego brak?", Spread.LABELS, (0, 1, 2))
    assert (ticks.options, ticks.other) == (("Parku", "Busa", ""), 3)


def test_a_file_of_one_question_with_both_headers():
    found = recognise_rows(
        ("5. Na ile ważne jest?", None, None),
        ("praca", "dom", "spokój"),
        ("bardzo", "mało", "bardzo"),
        ("mało", "mało", "bardzo"),
        name="Pytanie 5.xls",
    )
    assert found is not None
    assert [(layout.stem, layout.header) for layout in found.layout] == [
        ("Na ile ważne jest?", "praca"), ("Na ile ważne jest?", "dom"), ("Na ile ważne jest?", "spokój"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([("1. Płeć", "2. Wiek", "3. Uwagi"), ("K", "30", "a"), ("M", "40", "b")], "ankieta.xlsx"),
        ([("1. Kwota", None, "2. Razem"), ("tak", "5", "5"), ("tak", "6", "6"), ("tak", "7", "8")], "koszty.xlsx"),
        ([("1. 5", "2. 6"), ("a", "b")], "a.xlsx"),
        ([("a", "b")] * 9, "odpowiedzi.csv"),
        ([("Cena", "Cena wartość"), ("1", "2")], "a.csv"),
    ],
)
def test_a_plain_table_is_not_taken_for_interankiety(rows, name):
    found = recognise_rows(*rows, name=name)
    assert found is None or found.score < 0.8


def test_a_real_workbook_gives_the_counts_that_its_cells_do(samples):
    path = samples / "polish_interankiety" / "ankieta.xlsx"
    table = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    book = open_book(Incoming(path.name, path.read_bytes()))
    found = recognise_book(book)
    mapped = map_survey(book, found, Decisions(partnership="liw"))
    assert (found.source, found.score >= 0.8, mapped.rows_read) == ("interankiety", True, len(table) - 2)
    spread = 0
    for answers in mapped.survey.answers:
        layout = next(layout for layout in found.layout if layout.columns[0] == answers.column)
        counts = count_choices(answers).tolist()
        if layout.spread is Spread.LABELS:
            spread += 1
            assert counts == [sum(row[position] != "" for row in table[2:]) for position in layout.columns
                              if any(row[position] != "" for row in table[2:])]  # fmt: skip
        else:
            written = Counter(row[answers.column] for row in table[2:] if row[answers.column] != "")
            labels = {choice.label_pl: count for choice, count in zip(answers.question.choices, counts, strict=True)}
            assert {label: count for label, count in labels.items() if count} == written
    assert (spread, len(mapped.survey.answers)) == (3, 77)


def test_a_real_file_of_one_question_without_headers_is_left_to_a_person(samples):
    path = samples / "polish_interankiety" / "Pytanie_5.csv"
    book = open_book(Incoming(path.name, path.read_bytes()))
    found = recognise_book(book)
    mapped = map_survey(book, found, Decisions(partnership="liw"))
    assert (found.source, found.score < 0.8, mapped.rows_read) == ("interankiety", True, 94)
    first_rated = mapped.survey.answers[1]
    counts = dict(
        zip((choice.label_pl for choice in first_rated.question.choices), count_choices(first_rated), strict=True)
    )
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert counts["bardzo ważne"] == sum(line.split(";")[1] == "bardzo ważne" for line in lines)
