"""SurveyMonkey, old and new, in English and Polish, expanded and condensed: what was answered is what is stored."""

import pytest

from etl.importing import Incoming
from etl.readers.opening import open_book
from etl.recognise import surveymonkey
from etl.recognise.layout import Spread
from etl.recognise.registry import recognise_book
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, load, read_answers
from tests.made.google_forms import make_survey
from tests.made.limesurvey import write_csv
from tests.made.raw_sheets import make_book, make_sheet
from tests.made.surveymonkey import SurveyMonkeyStyle, write_rows
from tests.made.workbook import write_workbook

STYLES = {
    "English": SurveyMonkeyStyle(),
    "older": SurveyMonkeyStyle("old"),
    "Polish": SurveyMonkeyStyle("pl"),
    "ticks as numbers": SurveyMonkeyStyle(numbers=True),
    "few columns about the respondent": SurveyMonkeyStyle(about=(0, 2, 3)),
    "questions filled up": SurveyMonkeyStyle(filled_up=True),
}
ABOUT = ("Respondent ID", "Collector ID", "Start Date", "End Date")


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


def recognise_rows(*rows):
    return surveymonkey.recognise(make_book(make_sheet(*rows)))


def lay_out(upper, lower, *answers):
    """Describe the questions under two rows of headers, behind the columns about the respondent."""
    rows = [
        (str(114_000_000_000 + number), "42700", "2026-03-01", "2026-03-01", *cells)
        for number, cells in enumerate(answers)
    ]
    found = recognise_rows((*ABOUT, *upper), (None,) * 4 + tuple(lower), *rows)
    assert found is not None
    return [layout for layout in found.layout if layout.columns[0] >= len(ABOUT)]


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_every_answer_comes_back(liw, style):
    made = make_survey(120, seed=5)
    result = load(liw, write_csv(write_rows(made, style)), name="Diagnoza.csv")
    assert (result.source, result.rows_stored, result.rows_rejected) == ("surveymonkey", 120, 0)
    assert read_answers(liw) == truth_of(made)


def test_a_workbook_of_texts_says_the_same(liw):
    made = make_survey(60, seed=6)
    content = write_workbook({"Sheet": write_rows(made, SurveyMonkeyStyle())})
    assert load(liw, content, name="Diagnoza.xlsx").source == "surveymonkey"
    assert read_answers(liw) == truth_of(made)


def test_a_copy_re_saved_with_a_title_above_is_known():
    rows = [["Wyniki"], *write_rows(make_survey(20), SurveyMonkeyStyle())]
    found = recognise_book(open_book(Incoming("a.csv", write_csv(rows, ";"))))
    assert (found.source, found.header_row, found.first_row, found.score >= 0.8) == ("surveymonkey", 2, 4, True)
    assert (found.response_id_column, found.timestamp_column) == (0, 3)


@pytest.mark.parametrize("people", [0, 1])
def test_an_empty_export_and_a_single_person_are_known(people):
    rows = write_rows(make_survey(people), SurveyMonkeyStyle())
    found = recognise_book(open_book(Incoming("a.csv", write_csv(rows))))
    assert (found.source, found.score >= 0.8) == ("surveymonkey", True)


def test_who_answered_is_no_question():
    rows = write_rows(make_survey(5), SurveyMonkeyStyle())
    found = recognise_rows(*map(tuple, rows))
    assert found is not None
    roles = [layout.role for layout in found.layout if layout.columns[0] < 9]
    assert roles == ["metadata"] * 4 + ["identifier"] * 4 + ["metadata"]


def test_one_choice_has_its_own_words_beside():
    (layout,) = lay_out(
        ("Skąd Pan wie?", None), ("Odpowiedź", "Inne (proszę podać)"), ("Plakat", None), ("Inne", "Od sąsiada")
    )
    assert (layout.header, layout.kind, layout.other) == ("Skąd Pan wie?", QuestionType.SINGLE, 5)


def test_ticks_have_their_own_words_beside():
    (layout,) = lay_out(
        ("Problemy?", None, None),
        ("Drogi, chodniki", "Hałas", "Other (please specify)"),
        ("Drogi, chodniki", None, "psy"),
    )
    assert (layout.spread, layout.options, layout.other) == (Spread.LABELS, ("Drogi, chodniki", "Hałas"), 6)


def test_a_question_on_two_branches_is_one_where_nobody_answered_both():
    upper, lower = ("Jak Pan dojeżdża?", "Ile Pan płaci?", "Jak Pan dojeżdża?"), ("Response", "Response", "Response")
    joined, _ = lay_out(upper, lower, ("Bus", "3", None), (None, "4", "Rower"))
    assert (joined.columns, joined.spread, joined.header) == ((4, 6), Spread.BRANCHES, "Jak Pan dojeżdża?")
    apart = lay_out(upper, lower, ("Bus", "3", "Rower"), (None, "4", "Rower"))
    assert [layout.columns for layout in apart] == [(4,), (5,), (6,)]


def test_ticks_on_two_branches_are_one_question(liw):
    rows = [
        (*ABOUT, "Czego brak?", None, "Czego brak?", None),
        (None,) * 4 + ("Park", "Bus", "Park", "Bus"),
        *(
            (str(114_000_000_000 + number), "427", "2026-03-01", "2026-03-01", *cells)
            for number, cells in enumerate(
                [("Park", "Bus", None, None), (None, None, None, "Bus"), (None, "Bus", None, None)] * 4
            )
        ),
    ]
    load(liw, write_csv([[cell or "" for cell in row] for row in rows]), name="a.csv")
    assert read_answers(liw) == {
        "Czego brak?": [frozenset({"Park", "Bus"}), frozenset({"Bus"}), frozenset({"Bus"})] * 4
    }


def test_a_ranking_is_one_question_and_a_grid_of_numbers_is_not():
    upper, lower = ("Co ważne?", None, None), ("Droga", "Bus", "Park")
    (ranking,) = lay_out(upper, lower, ("1", "2", "3"), ("3", "1", "2"), ("2", "1", "3"))
    assert (ranking.kind, ranking.spread, ranking.options) == (QuestionType.RANKING, Spread.RANKS, lower)
    (partly,) = lay_out(upper, lower, ("1", "2", "N/A"), ("3", "1", "2"), ("2", "1", "3"))
    assert (partly.spread, partly.missing) == (Spread.RANKS, {"N/A": "not_applicable"})
    grid = lay_out(upper, lower, ("1", "2", "2"), ("3", "1", "3"), ("2", "1", "3"))
    assert [(layout.stem, layout.header) for layout in grid] == [("Co ważne?", name) for name in lower]


def test_a_matrix_of_ticks_has_a_question_for_each_row():
    layouts = lay_out(
        ("Kiedy?", None, None, None),
        ("Sklep - rano", "Sklep - wieczorem", "Bus - rano", "Bus - wieczorem"),
        ("rano", None, "rano", "wieczorem"),
        (None, "wieczorem", None, "wieczorem"),
    )
    assert [(layout.stem, layout.header, layout.options) for layout in layouts] == [
        ("Kiedy?", "Sklep", ("rano", "wieczorem")), ("Kiedy?", "Bus", ("rano", "wieczorem")),
    ]  # fmt: skip


def test_condensed_answers_stand_in_one_column(liw):
    ticks = ["Drogi, chodniki, Hałas", "Hałas", "Drogi, chodniki", "Hałas, Psy", "Psy", "Drogi, chodniki, Psy"] * 10
    rows = [[*ABOUT, "Problemy?", "Uwagi"], ["", "", "", "", "Response", "Open-Ended Response"]]
    rows += [
        [str(114_000_000_000 + number), "427", "2026-03-01", "2026-03-01", cell, ""]
        for number, cell in enumerate(ticks)
    ]
    assert load(liw, write_csv(rows), name="a.csv").source == "surveymonkey"
    chosen = read_answers(liw)["Problemy?"]
    assert chosen[:2] == [frozenset({"Drogi, chodniki", "Hałas"}), frozenset({"Hałas"})]


@pytest.mark.parametrize(
    "rows",
    [
        [("Respondent ID", "Wiek", "Płeć"), ("1", "30", "K"), ("2", "40", "M")],
        [("Lp.", "Start Date", "Ocena", None), (None, None, "Bus", "Park"), ("1", "2026-03-01", "a", "b")],
    ],
)
def test_a_plain_table_is_not_taken_for_surveymonkey(rows):
    found = recognise_rows(*rows)
    assert found is None or found.score < 0.8
