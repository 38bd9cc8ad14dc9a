"""LimeSurvey under every heading, in full and in codes, re-saved and cut: what was answered is what is stored."""

import csv
import random
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from etl.answers import count_choices
from etl.importing import Decisions, Incoming
from etl.mapping.survey import map_survey
from etl.readers.opening import open_book
from etl.recognise import limesurvey
from etl.recognise.layout import Spread
from etl.recognise.registry import recognise_book
from surveys.model import QuestionType
from tests.importing_surveys import LIW, add_partnership, codes, load, read_answers
from tests.made.google_forms import make_survey
from tests.made.limesurvey import LimeSurveyStyle, write_csv, write_rows
from tests.made.raw_sheets import make_book, make_sheet

STYLES = {
    "code and text": LimeSurveyStyle(),
    "another separator": LimeSurveyStyle(separator=" - "),
    "text": LimeSurveyStyle("text"),
    "text, English": LimeSurveyStyle("text", language="en"),
    "text, German": LimeSurveyStyle("text", language="de"),
    "text, unknown language": LimeSurveyStyle("text", language="xx"),
    "ExpressionScript code and text": LimeSurveyStyle("em_text", language="en"),
    "ticks as codes": LimeSurveyStyle(ticks=("Y", "", "")),
    "ticks as 1": LimeSurveyStyle(ticks=("1", "0", "")),
}
ABOUT = ("id", "submitdate", "lastpage", "startlanguage")
PERSON = ("7", "2026-03-01 10:00:00", "3", "pl")


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


def recognise_rows(*rows, name="results-survey123456.csv"):
    return limesurvey.recognise(make_book(make_sheet(*rows), file_name=name, format="csv"))


def lay_out(headers, *answers):
    """Describe the columns of questions under some headings, behind the columns about the response."""
    found = recognise_rows((*ABOUT, *headers), *((*PERSON, *cells) for cells in answers))
    assert found is not None
    return [layout for layout in found.layout if layout.columns[0] >= len(ABOUT)]


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_every_answer_comes_back(liw, style):
    made = make_survey(120, seed=5)
    result = load(liw, write_csv(write_rows(made, style)), name="results-survey123456.csv")
    assert (result.source, result.rows_stored, result.rows_rejected) == ("limesurvey", 120, 0)
    assert read_answers(liw) == truth_of(made)


@pytest.mark.parametrize("headings", ["code", "em"])
def test_codes_alone_keep_questions_apart(liw, headings):
    made = make_survey(80, seed=6)
    load(liw, write_csv(write_rows(made, LimeSurveyStyle(headings, ticks=("Y", "", "")))), name="wyniki.csv")
    stored = read_answers(liw)
    assert len(stored) == len(made.questions)
    question = made.questions[0]
    labels = {label: f"SQ{number:03}" for number, label in enumerate(question.options, 1)}
    assert stored["G01Q01"] == [
        None if row[0] is None else frozenset(labels[label] for label in row[0]) for row in made.answers
    ]


def test_columns_moved_and_taken_out_by_hand_change_nothing_else(liw):
    made = make_survey(60, seed=9)
    rows = write_rows(made, LimeSurveyStyle())
    order = [*range(len(rows[0]))]
    random.Random(3).shuffle(order)  # noqa: S311 # made answers, not secrets
    gone = {rows[0].index(next(header for header in rows[0] if "Wiek" in header)), 4, 5}
    order = [position for position in order if position not in gone]
    load(liw, write_csv([[row[position] for position in order] for row in rows]), name="wyniki.csv")
    truth = truth_of(made)
    del truth["Wiek"]
    assert read_answers(liw) == truth


def test_a_single_box_is_ticks():
    (layout,) = lay_out(("Z1[SQ001]. Zgoda [Zgadzam się]",), ("Y",), (None,), ("Y",))
    assert (layout.spread, layout.options) == (Spread.FLAGS, ("Zgadzam się",))


def test_spaces_as_underscores_are_spaces_again():
    rows = write_rows(make_survey(30), LimeSurveyStyle(underscores=True))
    book = open_book(Incoming("a.csv", write_csv(rows)))
    found = recognise_book(book)
    headers = {layout.header for layout in found.layout} | {layout.stem for layout in found.layout}
    assert {"Czy zna Pan/Pani nasze partnerstwo?", "Jak ocenia Pan/Pani dostępność"} <= headers
    assert found.score >= 0.8


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1250"), ("\t", "utf-16"), (";", "utf-8")])
def test_a_re_saved_copy_says_the_same(liw, delimiter, encoding):
    made = make_survey(60, seed=7)
    rows = write_rows(made, LimeSurveyStyle())
    rows.insert(0, ["Wyniki ankiety"])
    content = write_csv(rows, delimiter, encoding) if encoding != "cp1250" else write_csv(
        [[cell.replace("–", "-") for cell in row] for row in rows], delimiter, encoding
    )  # fmt: skip
    assert load(liw, content, name="wyniki.csv").rows_stored == 60
    stored = read_answers(liw)
    assert [stored["Płeć"], stored["Ile osób mieszka z Panią/Panem?"]] == [
        truth_of(made)["Płeć"],
        truth_of(made)["Ile osób mieszka z Panią/Panem?"],
    ]


def test_unfinished_answers_are_set_aside_and_said(liw):
    made = make_survey(40)
    content = write_csv(write_rows(made, LimeSurveyStyle(), unfinished=6))
    result = load(liw, content, name="results-survey1.csv")
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (46, 40, 6)
    assert "SURVEY-ROWS-INCOMPLETE" in codes(result)


def test_unfinished_answers_stay_where_a_person_wants_them(liw):
    made = make_survey(40)
    content = write_csv(write_rows(made, LimeSurveyStyle(), unfinished=6))
    result = load(liw, content, replace(LIW, keep_unfinished=True), name="results-survey1.csv")
    assert (result.rows_stored, result.rows_rejected) == (46, 0)


def test_the_number_of_the_response_and_its_moment_are_found():
    found = recognise_book(open_book(Incoming("a.csv", write_csv(write_rows(make_survey(20), LimeSurveyStyle())))))
    assert (found.response_id_column, found.timestamp_column, found.header_row) == (0, 1, 1)
    assert {layout.role for layout in found.layout if layout.columns[0] < 7} == {"metadata"}


def test_the_date_of_a_survey_without_dates_is_no_date():
    found = recognise_rows((*ABOUT, "Q1"), ("1", "1980-01-01 00:00:00", "3", "pl", "a"))
    assert found is not None
    assert found.timestamp_column is None
    assert not any(layout.holds_moment for layout in found.layout)


def test_timings_and_participants_are_no_questions():
    extra = ("token", "firstname", "attribute_1", "Q1", "FreeTime", "interviewtime", "groupTime77", "Q1Time")
    found = recognise_rows((*ABOUT, *extra), (*PERSON, "aB3", "Jan", "x", "tak", "dużo", "12.5", "3.1", "9.4"))
    assert found is not None
    roles = {layout.columns[0]: layout.role for layout in found.layout}
    assert [roles[position] for position in range(4, 12)] == [
        "identifier", "identifier", "metadata", "question", "question", "metadata", "metadata", "metadata",
    ]  # fmt: skip


def test_timings_headed_by_texts_are_no_questions():
    about = ("Response ID", "Date submitted", "Last page", "Start language")
    timed = ("Wiek", "Total time", "Group time: Osoba", "Question time: Wiek")
    found = recognise_rows((*about, *timed), (*PERSON, "30", "12.5", "3.1", "9.4"))
    assert found is not None
    roles = {layout.columns[0]: layout.role for layout in found.layout}
    assert [roles[position] for position in range(4, 8)] == ["question", "metadata", "metadata", "metadata"]


def test_cut_headings_with_underscores_and_codes_are_read():
    first, second, single = lay_out(
        (
            "G02Q02_SQ001. What_is_your_fa..__[Faculty_of_Phil.._]",
            "G02Q02_SQ002. What_is_your_fa..__[Faculty_of_Ar.._]",
            "Q00. Do_you_agree_to.._",
        ),
        ("A", "B", "Tak"),
        ("B", "B", "Nie"),
    )
    assert [(first.stem, first.header), (second.stem, second.header), (single.stem, single.header)] == [
        ("What is your fa..", "Faculty of Phil.."), ("What is your fa..", "Faculty of Ar.."), ("", "Do you agree to.."),
    ]  # fmt: skip


def test_one_choice_has_its_own_words_in_the_column_beside():
    (layout,) = lay_out(
        ("Q1. Skąd Pan wie?", "Q1[other]. Skąd Pan wie? [Inne]"), ("Plakat", None), ("Inne", "Od listonosza")
    )
    assert (layout.header, layout.kind, layout.other) == ("Skąd Pan wie?", QuestionType.SINGLE, 5)
    (layout,) = lay_out(("Q1", "Q1_other"), ("A1", None), ("-oth-", "Od listonosza"))
    assert (layout.other, layout.labels) == (5, {"-oth-": "Inne"})


def test_ticks_with_other_and_comments():
    headers = ("Q1[SQ001]", "Q1[SQ001comment]", "Q1[SQ002]", "Q1[SQ002comment]", "Q1[other]", "Q1[othercomment]")
    layouts = lay_out(headers, ("Y", "bardzo", None, None, "kino", None), (None, None, "Y", None, None, None))
    ticks = next(layout for layout in layouts if layout.spread is Spread.FLAGS)
    assert (ticks.columns, ticks.options, ticks.other) == ((4, 6), ("SQ001", "SQ002"), 8)
    assert {layout.columns[0]: layout.role for layout in layouts if layout is not ticks} == {
        5: "question", 7: "ignored", 9: "ignored",
    }  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [
        ("R1[1]", "R1[2]", "R1[3]"),
        ("R1[1]. Co ważne? [Rank 1]", "R1[2]. Co ważne? [Rank 2]", "R1[3]. Co ważne? [Rank 3]"),
        ("R1_1. Co ważne? [Pozycja 1]", "R1_2. Co ważne? [Pozycja 2]", "R1_3. Co ważne? [Pozycja 3]"),
    ],
)
def test_a_ranking_is_one_question(headers):
    (layout,) = lay_out(headers, ("Droga", "Bus", "Park"), ("Park", "Droga", None), ("Bus", None, None))
    assert (layout.kind, layout.spread, layout.columns) == (QuestionType.RANKING, Spread.PLACES, (4, 5, 6))


def test_a_grid_with_numbered_rows_is_no_ranking():
    layouts = lay_out(("A1[1]", "A1[2]", "A1[3]"), ("4", "5", "5"), ("3", "3", "1"), ("2", "1", "5"))
    assert [(layout.stem, layout.header) for layout in layouts] == [("A1", "1"), ("A1", "2"), ("A1", "3")]


@pytest.mark.parametrize(
    "headers",
    [
        tuple(f"D1[SQ00{row}][{scale}]. Ocena [{name}][{word}]" for row, name in ((1, "Bus"), (2, "Park"))
              for scale, word in ((1, "Dziś"), (2, "Dawniej"))),
        tuple(f"D1_SQ00{row}_{scale}. Ocena [{name}][{word}]" for row, name in ((1, "Bus"), (2, "Park"))
              for scale, word in ((0, "Dziś"), (1, "Dawniej"))),
    ],
)  # fmt: skip
def test_a_dual_scale_is_two_grids(headers):
    layouts = lay_out(headers, ("dobra", "zła", "dobra", "zła"), ("zła", "zła", "zła", "dobra"))
    assert [(layout.stem, layout.header) for layout in layouts] == [
        ("Ocena (Dziś)", "Bus"), ("Ocena (Dawniej)", "Bus"), ("Ocena (Dziś)", "Park"), ("Ocena (Dawniej)", "Park"),
    ]  # fmt: skip


def test_a_table_of_numbers_and_a_table_of_ticks():
    headers = tuple(
        f"N1[SQ00{row}_SQ00{column}]. Ile? [{name}][{what}]"
        for row, name in ((1, "Dzieci"), (2, "Seniorzy"))
        for column, what in ((1, "rano"), (2, "wieczór"))
    )
    numbers = lay_out(headers, ("3", "12", "4", "7"), ("5", "2", "0", "1"))
    assert [layout.header for layout in numbers] == [
        "Dzieci – rano", "Dzieci – wieczór", "Seniorzy – rano", "Seniorzy – wieczór",
    ]  # fmt: skip
    ticks = lay_out(headers, ("1", None, None, "1"), (None, "1", "1", "1"))
    assert [(layout.header, layout.options, layout.spread) for layout in ticks] == [
        ("Dzieci", ("rano", "wieczór"), Spread.FLAGS),
        ("Seniorzy", ("rano", "wieczór"), Spread.FLAGS),
    ]


def test_not_shown_is_a_kind_of_missing_only_where_the_tool_writes_it():
    yes_no, option = lay_out(("Q1. Czy?", "Q2. Ile?"), ("Tak", "Dużo"), ("N/A", "N/A"), ("Nie", "Mało"))
    assert (yes_no.missing, option.missing) == ({"N/A": "not_shown"}, {})


def test_an_array_of_yes_and_no_is_no_ticks():
    headers = ("A1[SQ001]. Czy zna Pan? [Park]", "A1[SQ002]. Czy zna Pan? [Bus]")
    layouts = lay_out(headers, ("Tak", "Nie"), ("Tak", None), (None, None), ("Niepewny", "Nie"))
    assert [layout.header for layout in layouts] == ["Park", "Bus"]


def test_wording_in_brackets_and_entities():
    single, first, second = lay_out(
        ("Q1. Wiek [lata] &amp; płeć", "Q2[SQ001]. Ocena (1&#39;) [Dom [stary]]", "Q2[SQ002]. Ocena (1&#39;) [Blok]"),
        ("30", "dobra", "zła"),
    )
    assert single.header == "Wiek [lata] & płeć"
    assert [(first.stem, first.header), (second.stem, second.header)] == [
        ("Ocena (1')", "Dom [stary]"), ("Ocena (1')", "Blok"),
    ]  # fmt: skip


def test_cut_headings_of_neighbours_do_not_run_into_one_question():
    cut = ("Jak bardzo zgad.. [Tak jest.. ]", "Jak bardzo zgad.. [Nie]", "Jak bardzo zgad.. [Tak jest.. ]")
    headers = ("Response ID", "Date submitted", "Last page", *cut)
    found = recognise_rows(headers, ("1", "2026-03-01", "2", "Tak", "Nie", "Tak"))
    assert found is not None
    assert sorted(position for layout in found.layout for position in layout.columns) == list(range(6))


@pytest.mark.parametrize("people", [0, 1, 2])
def test_an_empty_export_and_a_single_person_are_recognised(people):
    rows = write_rows(make_survey(people), LimeSurveyStyle())
    found = recognise_book(open_book(Incoming("results-survey1.csv", write_csv(rows))))
    assert (found.source, found.score >= 0.8) == ("limesurvey", True)


def test_without_columns_about_the_response_the_codes_tell():
    rows = [row[7:] for row in write_rows(make_survey(30), LimeSurveyStyle())]
    found = recognise_book(open_book(Incoming("a.csv", write_csv(rows))))
    assert (found.source, found.response_id_column, found.score >= 0.8) == ("limesurvey", None, True)


@pytest.mark.parametrize(
    "rows",
    [
        [("Id", "Data", "Ocena [Bus]", "Ocena [Park]", "Ocena [Dom]"), ("1", "2026-03-01", "a", "b", "c")],
        [("id", "imie", "wiek", "seed"), ("1", "a", "3", "4")],
        [("Q1_1", "Q1_2", "Q1_3", "wiek"), ("1", "2", "3", "4")],
        [("children/child[1]", "children/child[2]", "a[1]/b", "x"), ("1", "2", "3", "4")],
    ],
)
def test_a_plain_table_is_not_taken_for_limesurvey(rows):
    found = recognise_rows(*rows, name="ankieta.csv")
    assert found is None or found.score < 0.8


@pytest.mark.parametrize("name", ["dummy_data_codeandtext.csv", "dummy_data_codeonly.csv"])
def test_real_exports_give_the_counts_that_their_cells_do(samples, name):
    path = samples / "limesurvey_n2" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    finished = [row for row in table[1:] if row and row[1]]
    book = open_book(Incoming(path.name, path.read_bytes()))
    found = recognise_book(book)
    mapped = map_survey(book, found, Decisions(partnership="liw", drop_identifiers=True))
    assert (found.source, mapped.rows_read, mapped.rows_rejected) == ("limesurvey", len(table) - 2, 7)
    ticked = 0
    for answers in mapped.survey.answers:
        layout = next(layout for layout in found.layout if layout.columns[0] == answers.column)
        counts = [count for choice, count in zip(answers.question.choices, count_choices(answers), strict=True)
                  if choice.missing is None]  # fmt: skip
        if layout.spread is Spread.FLAGS:
            ticked += 1
            expected = [sum(row[position] == "Yes" for row in finished) for position in layout.columns]
            assert counts[: len(expected)] == expected
        elif answers.question.type is QuestionType.SINGLE and layout.other is None:
            written = Counter(row[answers.column] for row in finished if row[answers.column].strip())
            assert sum(counts) <= sum(written.values())
    # In full answers only ticks never leave a cell empty.
    closed = defaultdict(set)
    for position, header in enumerate(table[0]):
        if "[" in header and "[other]" not in header and "[comment]" not in header:
            closed[header.split("[")[0]] |= {row[position] for row in table[1:] if row}
    assert ticked == sum(cells <= {"Yes", "No", "N/A"} for cells in closed.values()) > 20
