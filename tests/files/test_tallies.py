"""Counts of paper questionnaires: read in every shape, loaded as a measurement of their own, undone as a whole."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from etl.importing import Decisions, Incoming
from etl.pipeline import inspect_file, preview_file
from etl.store import schema as s
from etl.store.batches import undo_batch
from etl.store.reading.scope import resolve_scope
from etl.store.reading.survey_counts import read_survey_counts
from surveys.analysis.survey_tables import tabulate_question
from surveys.findings import FaultError
from surveys.model import QuestionType
from surveys.privacy.published import Source, State
from tests.importing_surveys import LIW, MACHINE, add_partnership, codes, count_rows, load
from tests.made.google_forms import make_survey
from tests.made.tally import PEOPLE, PROBLEMS, RATING, SEX, MadeTally, csv_of, xlsx
from tests.made.workbook import write_workbook

MADE = MadeTally()
SHAPES = {
    "long": MADE.long(),
    "long, question once": MADE.long(blanks=True),
    "long, totals": MADE.long(totals=True),
    "long, shares": MADE.long(percents=True),
    "below each other": MADE.below(),
    "below each other, heads": MADE.below(heads=True),
    "below each other, no gap": MADE.below(gap=False),
    "side by side": MADE.beside(),
    "side by side, shares": MADE.beside(percents=True),
}
TALLY = Decisions(partnership="liw", wave="Diagnoza 2026", source="tally")


@pytest.fixture
def liw(store):
    add_partnership(store)
    return store


@pytest.fixture
def sqlite_liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def inspect(rows):
    return inspect_file(Incoming("Zliczenia.xlsx", xlsx(rows)))


def read_counts(store):
    """Question → (base, option → people), as the pages read them."""
    with store.read() as connection:
        counts = read_survey_counts(connection, resolve_scope(connection, MACHINE, sample=False))
    return counts, {
        question.text_pl: (
            question.base,
            {
                row.label_pl: row.people
                for row in counts.choices[counts.choices["question"] == question.question].itertuples()
            },
        )
        for question in counts.questions.itertuples()
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("write", [xlsx, csv_of])
def test_every_count_comes_back(sqlite_liw, shape, write):
    if write is csv_of and "shares" in shape:
        shape = "long"
    name = "Zliczenia.xlsx" if write is xlsx else "Zliczenia.csv"
    result = load(sqlite_liw, write(SHAPES[shape]), TALLY, name=name)
    assert (result.source, result.rows_read, result.rows_stored, result.rows_rejected) == ("tally", 13, 13, 0)
    assert {finding.code for finding in result.report} <= {"FILE-ENCODING-GUESSED", "FILE-ROWS-RAGGED"}
    _, read = read_counts(sqlite_liw)
    problems = dict(PROBLEMS[1])
    assert read[PROBLEMS[0]] == (PEOPLE, problems)
    assert read["Płeć"] == (82, {"Kobieta": 52, "Mężczyzna": 30})
    assert read[RATING[0]] == (79, dict(RATING[1]))


@pytest.mark.parametrize("shape", SHAPES)
def test_questions_are_told_with_their_types(shape):
    inspection = inspect(SHAPES[shape])
    assert (inspection.source, inspection.score >= 0.8, codes(inspection)) == ("tally", True, [])
    [sheet] = inspection.sheets
    assert (sheet.kind, sheet.rows) == ("counts", 13)
    assert {column.header: column.type for column in sheet.columns} == {
        PROBLEMS[0]: QuestionType.MULTIPLE,
        SEX[0]: QuestionType.SINGLE,
        RATING[0]: QuestionType.SCALE,
    }
    assert next(column for column in sheet.columns if column.header == PROBLEMS[0]).vocabulary == "problems"


def test_counts_are_a_measurement_on_paper(liw):
    load(liw, xlsx(MADE.long()), TALLY, name="a.xlsx")
    counts, _ = read_counts(liw)
    [wave] = counts.waves.itertuples()
    assert (wave.mode, wave.people) == ("paper", PEOPLE)
    with liw.read() as connection:
        assert connection.execute(select(s.response)).all() == []


def test_without_the_number_of_questionnaires_several_choices_have_no_shares(liw):
    made = replace(MADE, people=None)
    result = load(liw, xlsx(made.long()), TALLY, name="a.xlsx")
    [told] = [finding for finding in result.report if finding.code == "TALLY-PEOPLE-MISSING"]
    assert told.place.column == PROBLEMS[0]
    counts, read = read_counts(liw)
    assert (read[PROBLEMS[0]][0], read["Płeć"][0], read[RATING[0]][0]) == (0, 82, 79)
    [question] = [row for row in counts.questions.itertuples() if row.text_pl == PROBLEMS[0]]
    choices = counts.choices[counts.choices["question"] == question.question]
    table = tabulate_question(question._asdict(), choices, source=Source({"pl": "odpowiedzi", "en": "answers"}))
    assert {row.state for row in table.rows} == {State.SUPPRESSED}


def test_a_person_who_knows_the_number_says_it(sqlite_liw):
    made = replace(MADE, people=None)
    result = load(sqlite_liw, xlsx(made.long()), replace(TALLY, people=PEOPLE), name="a.xlsx")
    assert "TALLY-PEOPLE-MISSING" not in codes(result)
    _, read = read_counts(sqlite_liw)
    with_number = read[PROBLEMS[0]][0]
    assert 0 < with_number <= PEOPLE


def test_few_people_stay_hidden_behind_the_gate(sqlite_liw):
    few = MadeTally(questions=(("Płeć", (("Kobieta", 4), ("Mężczyzna", 3))), RATING), people=None)
    load(sqlite_liw, xlsx(few.below()), TALLY, name="a.xlsx")
    counts, _ = read_counts(sqlite_liw)
    [question] = [row for row in counts.questions.itertuples() if row.text_pl == "Płeć"]
    choices = counts.choices[counts.choices["question"] == question.question]
    table = tabulate_question(question._asdict(), choices, source=Source({"pl": "odpowiedzi", "en": "answers"}))
    assert {(row.state, row.count) for row in table.rows} == {(State.SUPPRESSED, None)}


def test_undoing_leaves_nothing_behind(liw):
    before = count_rows(liw)
    result = load(liw, xlsx(MADE.long()), TALLY, name="a.xlsx")
    with liw.write() as connection:
        assert codes_of(undo_batch(connection, MACHINE, result.batch, datetime.now(UTC))) == ["UNDO-DONE"]
    after = count_rows(liw)
    assert {name: count for name, count in after.items() if count != before[name]} == {
        "import_batch": before["import_batch"] + 1,
        "import_change": after["import_change"],
    }


def codes_of(report):
    return [finding.code for finding in report]


def test_the_same_counts_twice_are_one_import(liw):
    first = load(liw, xlsx(MADE.long()), TALLY, name="a.xlsx")
    rows = count_rows(liw)
    again = load(liw, xlsx(MADE.long()), replace(TALLY, wave="Inna"), name="kopia.xlsx")
    assert (again.batch, again.already_loaded) == (first.batch, True)
    assert count_rows(liw) == rows


def test_counts_and_answers_never_share_a_measurement(liw):
    load(liw, xlsx(MADE.long()), TALLY, name="a.xlsx")
    with pytest.raises(FaultError) as taken:
        load(liw, xlsx(replace(MADE, people=90).long()), TALLY, name="b.xlsx")
    assert codes_of(taken.value.report) == ["TALLY-WAVE-TAKEN"]
    rows = [[SEX[0], RATING[0], PROBLEMS[0]], *[["Kobieta", "dobry", "Drogi"], ["Mężczyzna", "słaby", "Bus"]] * 10]
    with pytest.raises(FaultError) as holds:
        load(liw, write_workbook({"A": rows}), LIW, name="c.xlsx")
    assert codes_of(holds.value.report) == ["SURVEY-WAVE-HOLDS-COUNTS"]
    load(liw, make_survey(20).form_csv(), replace(LIW, wave="Osoby"), name="d.csv")
    with pytest.raises(FaultError) as other:
        load(liw, xlsx(replace(MADE, people=91).long()), replace(TALLY, wave="Osoby"), name="e.xlsx")
    assert codes_of(other.value.report) == ["TALLY-WAVE-TAKEN"]


def test_a_second_count_of_one_questionnaire_survives_undoing_the_first(liw):
    first = load(liw, xlsx(MADE.long()), TALLY, name="Zliczenia.xlsx")
    load(liw, xlsx(replace(MADE, people=95).long()), replace(TALLY, wave="Rok później"), name="Zliczenia.xlsx")
    with liw.write() as connection:
        undo_batch(connection, MACHINE, first.batch, datetime.now(UTC))
    _, read = read_counts(liw)
    assert read["Płeć"] == (82, {"Kobieta": 52, "Mężczyzna": 30})
    assert read[PROBLEMS[0]][0] == 95


def test_a_preview_shows_the_counts_and_stores_nothing(liw):
    before = count_rows(liw)
    preview = preview_file(Incoming("a.xlsx", xlsx(MADE.below())), store=liw, actor=MACHINE, decisions=TALLY)
    shown = {
        question.text: (question.base, {o.label: o.people_count for o in question.options})
        for question in preview.preview
    }
    assert shown["Płeć"][1] == {"Kobieta": 52, "Mężczyzna": 30}
    assert (preview.batch, shown[PROBLEMS[0]]) == (None, (PEOPLE, dict(PROBLEMS[1])))
    assert count_rows(liw) == before


def test_more_answers_than_questionnaires_stop_the_import(sqlite_liw):
    wrong = replace(MADE, people=40)
    before = count_rows(sqlite_liw)
    result = load(sqlite_liw, xlsx(wrong.long()), TALLY, name="a.xlsx")
    assert "TALLY-COUNT-ABOVE-PEOPLE" in codes(result)
    assert (result.batch, count_rows(sqlite_liw)) == (None, before)


def test_a_total_that_differs_is_told():
    rows = MADE.long(totals=True)
    rows[-1][-1] = 80
    [told] = [finding for finding in inspect(rows).report if finding.code == "TALLY-TOTAL-DIFFERS"]
    assert (told.facts["total"], told.facts["sum"]) == (80, 87)


def test_a_line_without_a_count_is_told_with_its_row():
    rows = MADE.long()
    rows[4][2] = "dużo"
    [told] = [finding for finding in inspect(rows).report if finding.code == "TALLY-LINE-WITHOUT-COUNT"]
    assert (told.place.row, told.facts["count"]) == (5, 1)


@pytest.mark.parametrize(
    "said", ["Liczba ankiet: 87", "Liczba wypełnionych ankiet: 87", "Number of questionnaires: 87"]
)
def test_the_number_of_questionnaires_may_stand_in_one_cell(said):
    rows = [[said], *replace(MADE, people=None).long()]
    assert "TALLY-PEOPLE-MISSING" not in codes(inspect(rows))


@pytest.mark.parametrize(
    "rows",
    [
        [["Miejscowość", "Ile osób w domu?"], *[["Liw", 3], ["Węgrów", 2], ["Liw", 4]] * 5],
        [["Pytanie", "Odpowiedź", "Ocena"], *[["Jak?", "dobrze", "wysoka"]] * 5],
        [["Płeć", "Wiek", "Uwagi"], *[["Kobieta", 34, "brak"], ["Mężczyzna", 51, "park"]] * 8],
    ],
)
def test_answers_of_people_are_no_counts(rows):
    assert inspect(rows).source == "generic"


def test_an_option_without_a_count_between_others_was_chosen_by_nobody():
    rows = [["Jaki problem?"], ["Drogi", 12], ["Lekarz"], ["Bus", 3], [], ["Płeć"], ["Kobieta", 9], ["Mężczyzna", 6]]
    [problem, sex] = inspect(rows).sheets[0].columns
    assert problem.choices == ("Drogi", "Bus", "Lekarz")
    assert sex.choices == ("Kobieta", "Mężczyzna")


def test_a_single_block_is_asked_about():
    inspection = inspect([["Jaki problem?", "Liczba"], ["Drogi", 12], ["Lekarz", 7]])
    assert inspection.score < 0.8


@pytest.mark.parametrize("line", ["Liczba ankiet;;40", "Liczba ankiet;40;", "Liczba ankiet: 40;;"])
def test_the_number_of_questionnaires_may_stand_anywhere_in_its_row(line):
    content = f"""Pytanie;Odpowiedź;Liczba
Jakie problemy są najważniejsze? (do 3);Brak świetlicy;21
Jakie problemy są najważniejsze? (do 3);Śmieci w lesie;14
Płeć;Kobieta;25
Płeć;Mężczyzna;15
{line}
"""
    inspection = inspect_file(Incoming("zliczone.csv", content.encode()))
    assert inspection.source == "tally"
    assert "TALLY-PEOPLE-MISSING" not in {finding.code for finding in inspection.report}
    (sheet,) = inspection.sheets
    assert [column.header for column in sheet.columns] == ["Jakie problemy są najważniejsze? (do 3)", "Płeć"]
