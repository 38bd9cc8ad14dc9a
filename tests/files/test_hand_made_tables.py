"""Tables that people make by hand: ticks in columns, headers in two rows, other tables around, codes for no answer."""

from dataclasses import replace

import pytest

from etl.importing import Incoming
from etl.pipeline import inspect_file
from surveys.model import QuestionType
from tests.importing_surveys import LIW, add_partnership, codes, load, read_answers
from tests.made.google_forms import GROUPS, PLACES, PROBLEMS, MadeQuestion, make_survey, pick_one, pick_some
from tests.made.hand_made import STEMS, TICKS, separated, spread_ticks, two_rows
from tests.made.workbook import write_workbook

ASKED = "Które problemy są najbardziej dotkliwe?"
NEEDY = "Komu brakuje wsparcia?"
QUESTIONS = (
    MadeQuestion("Płeć", QuestionType.SINGLE, pick_one(("Kobieta", "Mężczyzna")), ("Kobieta", "Mężczyzna")),
    MadeQuestion(ASKED, QuestionType.MULTIPLE, pick_some(PROBLEMS), PROBLEMS),
    MadeQuestion("Miejscowość", QuestionType.SINGLE, pick_one(PLACES), PLACES),
    MadeQuestion(NEEDY, QuestionType.MULTIPLE, pick_some(GROUPS, 2), GROUPS),
)


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def made(people=60, seed=1):
    return make_survey(people, seed=seed, questions=QUESTIONS)


def truth_of(survey):
    return {
        question.header: [frozenset(row[place]) if row[place] else None for row in survey.answers]
        for place, question in enumerate(survey.questions)
    }


def inspect(content):
    return inspect_file(Incoming("ankieta.xlsx", content))


def described(content):
    return [
        (column.header, column.role, column.type and column.type.value, len(column.columns))
        for column in inspect(content).sheets[0].columns
        if column.role != "ignored"
    ]


SHOWN = [
    ("Płeć", "question", "single", 1),
    (ASKED, "question", "multiple", len(PROBLEMS)),
    ("Miejscowość", "question", "single", 1),
    (NEEDY, "question", "multiple", len(GROUPS)),
]


@pytest.mark.parametrize("ticks", TICKS)
def test_ticks_in_columns_of_their_own_are_one_question(liw, ticks):
    survey = made()
    content = spread_ticks(survey, ticks=TICKS[ticks]).xlsx()
    assert described(content) == SHOWN
    result = load(liw, content, name="a.xlsx")
    assert (result.rows_stored, codes(result)) == (60, [])
    assert read_answers(liw) == truth_of(survey)


@pytest.mark.parametrize("stem", STEMS)
def test_the_question_stands_in_front_of_every_option(liw, stem):
    survey = made(seed=2)
    content = spread_ticks(survey, header=STEMS[stem]).xlsx()
    assert described(content) == SHOWN
    load(liw, content, name="a.xlsx")
    assert read_answers(liw) == truth_of(survey)


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("merged", [True, False])
def test_headers_in_two_rows(liw, merged, upright):
    survey = made(seed=3)
    content = two_rows(survey, merged=merged, upright=upright).xlsx()
    assert described(content) == SHOWN
    assert "recognition.generic.two_rows" in inspect(content).reasons
    result = load(liw, content, name="a.xlsx")
    assert (result.rows_read, result.rows_stored) == (60, 60)
    assert read_answers(liw) == truth_of(survey)


def test_a_title_above_the_table_is_no_upper_row_of_headers():
    survey = make_survey(30, questions=[question for question in QUESTIONS if question.type is QuestionType.SINGLE])
    sheet = spread_ticks(survey)
    content = write_workbook({"A": [["Ankieta mieszkańców 2026"], *sheet.rows]}, merged=["A1:B1"])
    [found] = inspect(content).sheets
    assert (found.header_row, [column.header for column in found.columns]) == (2, ["Płeć", "Miejscowość"])


def test_a_question_over_an_empty_column_belongs_to_the_ticks_behind_it(liw):
    survey = made(seed=4)
    content = separated(survey).xlsx()
    assert described(content) == SHOWN
    load(liw, content, name="a.xlsx")
    assert read_answers(liw) == truth_of(survey)


def test_yes_and_no_in_words_stay_questions_of_their_own():
    rows = [["Tak", "Nie"], ["Nie", "Tak"], ["Tak", None], ["Nie", "Nie"]] * 5
    content = write_workbook({"A": [["Czy jest - żłobek", "Czy jest - park"], *rows]})
    assert described(content) == [
        ("Czy jest - żłobek", "question", "single", 1),
        ("Czy jest - park", "question", "single", 1),
    ]


def test_ratings_under_one_stem_are_no_ticks():
    rows = [[1, 1], [2, 1], [5, 1], [None, 1]] * 5
    content = write_workbook({"A": [["Ocena [lekarz]", "Ocena [park]"], *rows]})
    assert [kind for _, _, kind, _ in described(content)] == ["scale", "scale"]


def test_own_words_stand_beside_the_ticks(liw):
    headers = ["Co robić - park", "Co robić - bus", "Co robić - inne (jakie?)"]
    rows = [
        ["x", None, None],
        [None, "x", "ławki nad rzeką"],
        ["x", "x", None],
        [None, None, "targ"],
        ["x", None, None],
    ]
    load(liw, write_workbook({"A": [headers, *rows]}), name="a.xlsx")
    assert read_answers(liw)["Co robić"] == [{"park"}, {"bus", "ławki nad rzeką"}, {"park", "bus"}, {"targ"}, {"park"}]


def test_a_pivot_table_beside_is_not_read(liw):
    survey = made(40)
    rows = spread_ticks(survey).rows
    pivot = [["Płeć", "Liczba"], ["Kobieta", 20], ["Mężczyzna", 18], ["Suma końcowa", 38]]
    beside = [[*row, None, *(pivot[number] if number < len(pivot) else [])] for number, row in enumerate(rows)]
    content = write_workbook({"A": beside})
    assert described(content) == SHOWN
    assert "recognition.generic.tables_beside" in inspect(content).reasons
    result = load(liw, content, name="a.xlsx")
    assert (result.rows_stored, read_answers(liw)) == (40, truth_of(survey))


def test_a_section_behind_an_empty_column_belongs_to_the_table():
    rows = [["Kobieta", None, "Liw"], ["Mężczyzna", None, None], ["Kobieta", None, "Krypy"]] * 6
    content = write_workbook({"A": [["Płeć", None, "Miejscowość"], *rows]})
    assert [header for header, *_ in described(content)] == ["Płeć", "Miejscowość"]


def test_two_surveys_side_by_side_are_told(liw):
    rows = [["Kobieta", "Liw", None, "Kobieta", "Krypy"], ["Mężczyzna", "Liw", None, "Kobieta", "Krypy"]] * 6
    rows += [["Kobieta", "Zając", None, None, None]] * 3
    content = write_workbook({"A": [["Płeć", "Miejscowość", None, "Płeć", "Miejscowość"], *rows]})
    inspection = inspect(content)
    assert "recognition.generic.several_tables" in inspection.reasons
    assert inspection.score < 0.6
    assert len(described(content)) == 2


def test_names_made_by_r_read_like_questions_again():
    headers = ["Czy.jest.Pani.studentką.", "Ocena..lekarz.", "Ocena..sklep.", "X2.Płeć"]
    content = write_workbook(
        {"A": [headers, *[["tak", "dobra", "zła", "Kobieta"], ["nie", "zła", "dobra", "Kobieta"]] * 6]}
    )
    assert [header for header, *_ in described(content)] == [
        "Czy jest Pani studentką", "Ocena [lekarz]", "Ocena [sklep]", "2 Płeć",
    ]  # fmt: skip


def test_a_column_of_sums_is_no_question():
    headers = ["Problem - drogi", "Problem - lekarz", "Razem"]
    content = write_workbook({"A": [headers, *[[1, 0, 1], [1, 1, 2], [0, 0, 0]] * 5]})
    assert [header for header, *_ in described(content)] == ["Problem"]


def rated(*ratings, header="Ocena sąsiedztwa"):
    return write_workbook({"A": [["Płeć", header], *[["Kobieta", rating] for rating in ratings]]})


@pytest.mark.parametrize("codes_of_kinds", [(97, 98, 99), (997, 998, 999), (-7, -8, -9), ("97", "98", "99")])
def test_numbers_beyond_a_scale_are_kinds_of_missing_and_told(liw, codes_of_kinds):
    ratings = [1, 2, 3, 4, 5, *codes_of_kinds, codes_of_kinds[1], None]
    result = load(liw, rated(*ratings), name="a.xlsx")
    [told] = [finding for finding in result.report if finding.code == "SURVEY-MISSING-CODES"]
    assert (told.facts["codes"], told.facts["count"]) == (", ".join(map(str, sorted(map(int, codes_of_kinds)))), 4)
    answers = read_answers(liw)["Ocena sąsiedztwa"]
    assert answers[:5] == [{"1"}, {"2"}, {"3"}, {"4"}, {"5"}]
    assert answers[5:] == [
        {"Nie dotyczy"}, {"Trudno powiedzieć"}, {"Odmowa odpowiedzi"}, {"Trudno powiedzieć"}, None,
    ]  # fmt: skip


def test_a_known_scale_takes_such_numbers_too(liw):
    load(liw, rated(1, 2, 3, 4, 5, 98), name="Ocena.xlsx")
    later = rated(5, 4, 3, 99, 98, 1)
    assert "SURVEY-QUESTIONNAIRE-JOINED" in codes(load(liw, later, replace(LIW, wave="Później"), name="Ocena.xlsx"))
    assert read_answers(liw, "pozniej")["Ocena sąsiedztwa"] == [
        {"5"}, {"4"}, {"3"}, {"Odmowa odpowiedzi"}, {"Trudno powiedzieć"}, {"1"},
    ]  # fmt: skip


def test_a_measured_number_is_a_number_whatever_its_digits(liw):
    result = load(liw, rated(1, 2, 97, 98, 4, 5, header="Ile osób liczy wieś?"), name="a.xlsx")
    assert codes(result) == []
    assert read_answers(liw)["Ile osób liczy wieś?"] == [1, 2, 97, 98, 4, 5]


@pytest.mark.parametrize("answers", [("dobra", "zła", "x", "X", "."), (3, 5, "x", "X", ".")])
def test_an_x_in_place_of_an_answer_is_no_answer_and_told(liw, answers):
    result = load(liw, rated(*answers * 3), name="a.xlsx")
    [told] = [finding for finding in result.report if finding.code == "SURVEY-CROSSES"]
    assert told.facts["count"] == 6
    assert read_answers(liw)["Ocena sąsiedztwa"][2:5] == [None, None, None]


def test_an_x_among_letters_is_a_letter(liw):
    result = load(liw, rated("A", "B", "X", "A", "X"), name="a.xlsx")
    assert codes(result) == []
    assert read_answers(liw)["Ocena sąsiedztwa"].count({"X"}) == 2


def test_a_merged_head_of_a_section_is_no_question():
    rows = [["Metryczka", None, "Problemy", None], ["Płeć", "Wiek", "drogi", "bus"]]
    rows += [["Kobieta", 34, "x", None], ["Mężczyzna", 51, None, "x"], ["Kobieta", 44, "x", "x"]] * 4
    content = write_workbook({"A": rows}, merged=["A1:B1", "C1:D1"])
    assert [header for header, *_ in described(content)] == ["Płeć", "Wiek", "Problemy"]


def test_a_cross_on_a_scale_is_one_answer(liw):
    rows = [["Ocena lekarza", *[None] * 4, "Wieś"], ["bardzo dobra", "dobra", "średnia", "zła", "bardzo zła", None]]
    crosses = [["x", *[None] * 4], [None, None, "x", None, None], [None, None, None, "x", None]]
    rows += [[*row, "Liw"] for row in crosses] * 4
    content = write_workbook({"A": rows}, merged=["A1:E1"])
    assert described(content)[0] == ("Ocena lekarza", "question", "scale", 5)
    load(liw, content, name="a.xlsx")
    assert read_answers(liw)["Ocena lekarza"][:3] == [{"bardzo dobra"}, {"średnia"}, {"zła"}]


def test_questions_headed_by_their_numbers():
    rows = [["Nr ankiety", 1, 2, 3], *[[number, "tak", "nie", "Park"] for number in range(1, 9)]]
    inspection = inspect(write_workbook({"A": rows}))
    assert (inspection.sheets[0].header_row, inspection.sheets[0].rows) == (1, 8)
    assert [column.header for column in inspection.sheets[0].columns] == ["Nr ankiety", "1", "2", "3"]


def test_zero_and_one_alone_are_a_choice_not_a_scale():
    rows = [["Czy pracuje", "Ile ma dzieci"], *[[1, 0], [0, 1], [1, 1]] * 4]
    assert [(kind, header) for header, _, kind, _ in described(write_workbook({"A": rows}))] == [
        ("single", "Czy pracuje"), ("number", "Ile ma dzieci"),
    ]  # fmt: skip


def test_weights_are_no_question_and_kilograms_are():
    rows = [["waga", "Waga"], *[[0.8, 72.5], [1.25, 64.0], [1.0, 90.5]] * 4]
    assert [role for _, role, *_ in described(write_workbook({"A": rows}))] == ["weight", "question"]


def test_columns_that_repeat_their_own_header_are_one_question_named_by_its_ends():
    options = ("Brak czasu", "Brak informacji", "Nikt mnie nie zaprosił")
    headers = ["Wiek", *options, "Inne", "Uwagi"]
    rows = [
        [
            str(20 + number),
            *(option if (number + place) % 3 else "" for place, option in enumerate(options)),
            "nie mam z kim zostawić dzieci" if number == 5 else "daleko" if number == 7 else "",
            "",
        ]
        for number in range(30)
    ]
    content = "\n".join(";".join(row) for row in [headers, *rows]).encode()
    inspection = inspect_file(Incoming("wyniki.csv", content))
    multiple = [column for column in inspection.sheets[0].columns if column.type is QuestionType.MULTIPLE]
    assert [column.header for column in multiple] == ["Brak czasu … Nikt mnie nie zaprosił"]
    assert set(options) <= set(multiple[0].choices)


def test_two_columns_that_repeat_their_header_stay_apart():
    rows = [["Tak" if number % 2 else "", "Nie" if not number % 2 else ""] for number in range(30)]
    content = "\n".join(";".join(row) for row in [["Tak", "Nie"], *rows]).encode()
    inspection = inspect_file(Incoming("wyniki.csv", content))
    assert QuestionType.MULTIPLE not in {column.type for column in inspection.sheets[0].columns}
