"""Microsoft Forms in the shapes it and Excel hand answers out: what was answered is what is stored, cell by cell."""

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, codes, load, read_answers
from tests.made import ms_forms as made_forms
from tests.made.google_forms import GROUPS, MadeQuestion, make_survey, pick_one
from tests.made.ms_forms import ENGLISH, GERMAN, POLISH, csv_of, header_of, xlsx
from tests.made.workbook import write_workbook

MARKS = {"polish": POLISH, "english": ENGLISH, "german": GERMAN}


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def truth_of(made):
    def as_stored(question, cell):
        if isinstance(cell, tuple):
            return frozenset(cell)
        if question.type is QuestionType.SCALE and cell is not None:
            return frozenset({f"{cell:g}"})
        return cell

    return {
        " ".join(header_of(question.header).split()): [as_stored(question, row[place]) for row in made.answers]
        for place, question in enumerate(made.questions)
    }


def stored_of(store):
    """Answers by the statement alone: the stem that a table of statements gets is the program's own."""
    return {
        header.partition(" [")[2].removesuffix("]") or header: cells for header, cells in read_answers(store).items()
    }


def inspect(content, name="Ankieta(1-250).xlsx"):
    return inspect_file(Incoming(name, content))


def columns_of(inspection):
    return {column.header: column for column in inspection.sheets[0].columns}


@pytest.mark.parametrize("language", MARKS)
def test_every_answer_of_the_workbook_comes_back(liw, language):
    made = make_survey(250, seed=3)
    result = load(liw, xlsx(made, MARKS[language]), name="Diagnoza(1-250).xlsx")
    assert (result.source, result.rows_read, result.rows_stored, result.rows_rejected) == ("ms_forms", 250, 250, 0)
    assert codes(result) == []
    assert stored_of(liw) == truth_of(made)


@pytest.mark.parametrize("encoding", ["cp1250", "utf-8-sig"])
def test_a_csv_that_excel_made_of_it_comes_back(liw, encoding):
    made = make_survey(120, seed=4)
    result = load(liw, csv_of(made, encoding=encoding), name="Diagnoza.csv")
    assert result.source == "ms_forms"
    assert stored_of(liw) == truth_of(made)


def test_points_and_feedback_of_a_quiz_are_no_questions(liw):
    made = make_survey(60, seed=5)
    content = xlsx(made, ENGLISH, quiz=True)
    roles = [column.role for column in inspect(content).sheets[0].columns]
    assert roles.count("question") == len(made.questions)
    assert set(roles) == {"question", "metadata"}
    load(liw, content, name="a.xlsx")
    assert stored_of(liw) == truth_of(made)


def test_statements_side_by_side_are_one_table():
    made = make_survey(250, seed=6)
    columns = inspect(xlsx(made)).sheets[0].columns
    tables = {column.header.partition(" [")[0] for column in columns if " [" in column.header}
    assert tables == {"lekarza … sportu", "Ludziom można ufać … Jest bezpiecznie"}


def test_who_answered_is_asked_about_only_where_somebody_signed():
    made = make_survey(30)
    anonymous = columns_of(inspect(xlsx(made)))
    assert {anonymous[header].role for header in POLISH} == {"metadata"}
    signed = inspect(xlsx(made, people="ala@example.org"))
    assert columns_of(signed)["Adres e-mail"].role == "identifier"
    assert codes(signed) == ["SURVEY-IDENTIFIER-COLUMN-EMAIL"]


def test_the_order_of_a_ranking_is_kept(liw):
    def order(chance):
        return tuple(chance.sample(GROUPS[:3], 3))

    made = make_survey(20, questions=[MadeQuestion("Ułóż od najważniejszej", QuestionType.MULTIPLE, order)])
    [*_, ranking] = inspect(xlsx(made)).sheets[0].columns
    assert (ranking.type, set(ranking.choices)) == (QuestionType.RANKING, set(GROUPS[:3]))


def test_a_title_that_comes_twice_loses_its_digit(liw):
    options = ("Tak", "Nie")
    questions = [
        MadeQuestion(header, QuestionType.SINGLE, pick_one(options), options)
        for header in ("Czy było warto", "Czy było warto2", "Rok 2024")
    ]
    columns = inspect(xlsx(make_survey(20, questions=questions))).sheets[0].columns
    assert [column.header for column in columns[5:]] == ["Czy było warto", "Czy było warto", "Rok 2024"]


def test_a_file_without_headers_is_known_by_its_first_columns_and_asked_about(liw):
    made = make_survey(40)
    inspection = inspect(csv_of(made, headers=False), "Bez nagłówków.csv")
    assert (inspection.source, 0.5 < inspection.score < 0.8) == ("ms_forms", True)
    assert "recognition.ms_forms.headless" in inspection.reasons
    assert [column.header for column in inspection.sheets[0].columns][:6] == ["A", "B", "C", "D", "E", "F"]
    result = load(liw, csv_of(made, headers=False), name="Bez nagłówków.csv")
    assert (result.source, result.rows_stored) == ("ms_forms", 40)


@pytest.mark.parametrize("change", ["title above", "number deleted", "moved", "one person", "nobody"])
def test_what_people_do_to_the_file_by_hand(change):
    made = make_survey(1 if change == "one person" else 30)
    rows = made_forms.rows_of(made, POLISH, quiz=False, people="anonymous")
    if change == "title above":
        rows = [["Ankieta mieszkańców"], [], *rows]
    elif change == "number deleted":
        rows = [row[1:] for row in rows]
    elif change == "moved":
        rows = [[*row[:3], *row[4:], row[3]] for row in rows]
    elif change == "nobody":
        rows = rows[:1]
    inspection = inspect(write_workbook({"Sheet1": rows, "Notatki": [["nic"]]}))
    assert (inspection.source, inspection.score >= 0.8) == ("ms_forms", True)
    assert inspection.sheets[0].header_row == (3 if change == "title above" else 1)


def test_samples_are_known(samples):
    for file in sorted((samples / "ms_forms").glob("*.csv")):
        inspection = inspect(file.read_bytes(), file.name)
        assert (inspection.source, inspection.score >= 0.8) == ("ms_forms", True), file.name
    quiz = columns_of(inspect((samples / "ms_forms" / "testfixture_quiz_cp1252.csv").read_bytes(), "quiz.csv"))
    assert {header for header, column in quiz.items() if column.role == "question"} == {
        header for header in list(quiz)[8:] if not header.startswith(("Points", "Feedback", "STUDENTS"))
    }
