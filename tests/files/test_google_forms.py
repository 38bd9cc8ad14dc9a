"""Google Forms in every way it hands answers out: what was answered is what is stored, cell by cell."""

import csv
import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from etl.importing import ColumnDecision, Decisions, Incoming
from etl.pipeline import inspect_file, preview_file
from etl.store import schema as s
from surveys.model import QuestionType
from tests.importing_surveys import LIW, MACHINE, add_partnership, codes, count_rows, load, read_answers
from tests.made.google_forms import STANDARD_QUESTIONS, MadeQuestion, make_survey, pick_one, pick_some, widen

EXPORTS = {
    "form": ("Diagnoza.csv", lambda made: made.form_csv()),
    "sheet": ("Diagnoza (Odpowiedzi) - Liczba odpowiedzi 1.csv", lambda made: made.sheet_csv()),
    "workbook": ("Diagnoza (Odpowiedzi).xlsx", lambda made: made.xlsx()),
}


def truth_of(made):
    """The made answers in the shape of `read_answers`: digits of a scale are labels there."""

    def as_stored(question, cell):
        if isinstance(cell, tuple):
            return frozenset(cell)
        if question.type is QuestionType.SCALE and cell is not None:
            return frozenset({f"{cell:g}"})
        return cell

    return {
        question.header: [as_stored(question, row[place]) for row in made.answers]
        for place, question in enumerate(made.questions)
    }


def inspect(content, name="Diagnoza.csv"):
    return inspect_file(Incoming(name, content))


def columns_of(inspection):
    return {column.header: column for column in inspection.sheets[0].columns}


@pytest.fixture
def liw(store):
    add_partnership(store)
    return store


@pytest.fixture
def sqlite_liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("export", EXPORTS)
def test_every_answer_comes_back(liw, export):
    made = make_survey(250, seed=3)
    name, write = EXPORTS[export]
    result = load(liw, write(made), name=name)
    assert (result.source, result.rows_read, result.rows_stored, result.rows_rejected) == ("google_forms", 250, 250, 0)
    assert codes(result) == []
    assert read_answers(liw) == truth_of(made)


@pytest.mark.parametrize("export", EXPORTS)
def test_every_question_has_its_type(export):
    made = make_survey(250, seed=4)
    name, write = EXPORTS[export]
    columns = columns_of(inspect(write(made), name))
    assert {header: column.type for header, column in columns.items() if column.role == "question"} == {
        question.header: question.type for question in STANDARD_QUESTIONS
    }
    assert columns["Sygnatura czasowa"].role == "metadata"


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("export", EXPORTS)
def test_sixty_columns_and_few_people(sqlite_liw, export, seed):
    made = make_survey(120, seed=seed, questions=widen(59))
    name, write = EXPORTS[export]
    load(sqlite_liw, write(made), name=name)
    assert read_answers(sqlite_liw) == truth_of(made)


@pytest.mark.parametrize("people", [12, 33])
@pytest.mark.parametrize("export", ["form", "sheet"])
def test_a_small_sample_is_understood_too(export, people):
    name, write = EXPORTS[export]
    for seed in range(4):
        made = make_survey(people, seed=seed)
        columns = columns_of(inspect(write(made), name))
        assert {question.header: question.type for question in STANDARD_QUESTIONS} == {
            question.header: columns[question.header].type for question in STANDARD_QUESTIONS
        }
        for place, question in enumerate(STANDARD_QUESTIONS):
            if question.type is QuestionType.MULTIPLE:
                ticked = {label for row in made.answers for label in row[place] or ()}
                assert set(columns[question.header].choices) == ticked


def test_problems_and_groups_carry_the_codes_of_their_lists(sqlite_liw):
    load(sqlite_liw, make_survey(100).form_csv())
    with sqlite_liw.read() as connection:
        chosen = connection.execute(
            select(s.question.c.vocabulary, s.choice.c.code, s.choice.c.label_pl)
            .join_from(s.question, s.choice)
            .where(s.question.c.vocabulary.is_not(None))
        ).all()
    by_label = {(row.vocabulary, row.label_pl): row.code for row in chosen}
    assert by_label["problems", "Śmieci, dzikie wysypiska"] == "P902"
    assert by_label["problems", "Samotność seniorów"] == "P501"
    assert by_label["target_groups", "Seniorzy 60+"] == "G05"
    assert {vocabulary for vocabulary, _ in by_label} == {"problems", "target_groups"}


def test_days_of_submission_and_rows_are_kept(liw):
    made = make_survey(40)
    load(liw, made.form_csv())
    with liw.read() as connection:
        stored = connection.execute(select(s.response).order_by(s.response.c.response_no)).all()
        wave = connection.execute(select(s.wave)).one()
    assert [row.submitted_on for row in stored] == [stamp.date() for stamp in made.stamps]
    assert [row.source_row for row in stored] == list(range(2, 42))
    assert (wave.name, wave.opened_on, wave.closed_on) == (
        "Diagnoza 2026",
        made.stamps[0].date(),
        made.stamps[-1].date(),
    )


def test_the_profile_is_found():
    columns = columns_of(inspect(make_survey(60).form_csv()))
    found = {header: column.profile for header, column in columns.items() if column.profile}
    assert found == {"Płeć": "gender", "Wiek": "age", "Miejscowość": "place", "Status zawodowy": "status"}


def test_how_many_may_be_ticked_is_kept(sqlite_liw):
    load(sqlite_liw, make_survey(60).form_csv())
    with sqlite_liw.read() as connection:
        caps = dict(connection.execute(select(s.question.c.text_pl, s.question.c.max_choices)).all())
    assert caps["Które problemy są najbardziej dotkliwe w naszej okolicy? (do 3)"] == 3
    assert caps["Komu najbardziej brakuje dziś wsparcia?"] is None


def test_ages_stand_in_their_order_and_scales_in_theirs():
    columns = columns_of(inspect(make_survey(200).form_csv()))
    assert columns["Wiek"].choices == ("18–24", "25–34", "35–44", "45–54", "55–64", "65–74", "75+")
    assert columns["Jak ocenia Pan/Pani dostępność [lekarza]"].choices == (
        "bardzo dobra", "dobra", "średnia", "zła", "bardzo zła", "Trudno powiedzieć",
    )  # fmt: skip


def test_saying_hard_to_say_is_no_answer_of_the_base(liw):
    made = make_survey(300, seed=8)
    load(liw, made.form_csv())
    header = "Jak ocenia Pan/Pani dostępność [lekarza]"
    place = [question.header for question in made.questions].index(header)
    said = [row[place] for row in made.answers]
    valid = sum(cell is not None and cell != ("Trudno powiedzieć",) for cell in said)
    with liw.read() as connection:
        question = connection.execute(select(s.question.c.id).where(s.question.c.text_pl == "lekarza")).scalar_one()
        base = connection.execute(
            select(s.choice_count.c.people_count).where(
                s.choice_count.c.question_id == question,
                s.choice_count.c.choice_id == 0,
                s.choice_count.c.profile_choice_id == 0,
            )
        ).scalar_one()
        kinds = set(
            connection.execute(select(s.choice.c.missing_kind).where(s.choice.c.question_id == question)).scalars()
        )
    assert base == valid
    assert kinds == {None, "dont_know"}


def test_words_of_ones_own_go_under_other(sqlite_liw):
    options = ("Świetlica", "Chodniki", "Autobus", "Ławki, kosze na śmieci")
    question = MadeQuestion("Czego brakuje?", QuestionType.MULTIPLE, pick_some(options, other=0.15), options)
    made = make_survey(300, questions=[question, *STANDARD_QUESTIONS[-4:]])
    for export in ("form", "sheet"):
        name, write = EXPORTS[export]
        columns = columns_of(inspect(write(made), name))
        assert set(columns["Czego brakuje?"].choices) == {*options, "Inne"}
    load(sqlite_liw, made.form_csv())
    assert read_answers(sqlite_liw) == truth_of(made)


def test_one_choice_with_commas_is_not_cut():
    options = (
        "Matematyki, Informatyki i Mechaniki",
        "Tak, ZUS",
        "Tak, KRUS",
        "Nie, żadne (bo, na przykład, nie muszę)",
    )
    question = MadeQuestion("Wydział?", QuestionType.SINGLE, pick_one(options), options)
    made = make_survey(80, questions=[question])
    columns = columns_of(inspect(made.sheet_csv(), "a (Odpowiedzi).csv"))
    assert (columns["Wydział?"].type, set(columns["Wydział?"].choices)) == (QuestionType.SINGLE, set(options))


def test_a_preview_counts_and_stores_nothing(liw):
    before = count_rows(liw)
    made = make_survey(90, seed=5)
    preview = preview_file(Incoming("a.csv", made.form_csv()), store=liw, actor=MACHINE, decisions=LIW)
    assert (preview.batch, preview.rows_stored) == (None, 90)
    shown = {question.text: question for question in preview.preview}
    ages = [row[-3] for row in made.answers if row[-3]]
    assert {option.label: option.people_count for option in shown["Wiek"].options} == {
        age: ages.count((age,)) for age in STANDARD_QUESTIONS[-3].options
    }
    assert shown["Wiek"].base == len(ages)
    assert count_rows(liw) == before


def test_a_person_may_decide_otherwise(sqlite_liw):
    made = make_survey(60)
    header = "Czy zna Pan/Pani nasze partnerstwo?"
    place = 1 + [question.header for question in made.questions].index(header)
    ignored = place + 1
    decisions = replace(
        LIW, columns={place: ColumnDecision(type=QuestionType.TEXT), ignored: ColumnDecision(ignore=True)}
    )
    load(sqlite_liw, made.form_csv(), decisions)
    stored = read_answers(sqlite_liw)
    assert "Tak" in stored[header]
    assert made.questions[ignored - 1].header not in stored


def test_samples_import_as_they_are(liw, samples):
    for name, people in (("arejgh__survey_latest.csv", 100), ("eccenux__answersData.asCSV.csv", 6)):
        file = samples / "google_forms" / name
        result = load(liw, file, Decisions(partnership="liw", wave=name))
        assert (result.source, result.rows_read, result.rows_stored) == ("google_forms", people, people)
        assert codes(result) == []


def test_a_sample_is_understood(sqlite_liw, samples):
    load(sqlite_liw, samples / "google_forms" / "arejgh__survey_latest.csv")
    stored = read_answers(sqlite_liw)
    agreed = stored["2. W najbliższych latach Polska powinna zwiększyć wydatki na obronność."]
    assert agreed.count(frozenset({"Raczej się zgadzam"})) == 48
    assert agreed.count(None) == 1
    paid = [cell for header, cells in stored.items() if "zaliczki na podatek" in header for cell in cells]
    assert paid.count(frozenset({"Nie, ulga „PIT 0” (do 26 lat)"})) == 49


def test_a_sample_with_several_answers_in_a_cell(samples):
    columns = columns_of(inspect((samples / "google_forms" / "eccenux__answersData.asCSV.csv").read_bytes()))
    asked = columns["Skąd dowiedziałeś(-aś) się o masie?"]
    assert asked.type is QuestionType.MULTIPLE
    assert set(asked.choices) == {"od znajomych", "z Facebooka", "ze strony SRG", "nie pamiętam"}


def test_a_file_whose_headers_were_cut_off_is_not_loaded_under_the_first_persons_answers(sqlite_liw):
    first_line, rest = make_survey(80).form_csv().split(b"\n", 1)
    assert b"Sygnatura" in first_line
    assert "SURVEY-HEADERS-ARE-ANSWERS" in codes(inspect(rest))
    result = load(sqlite_liw, rest, decisions=replace(LIW, source="google_forms"), name="Diagnoza.csv")
    assert (result.batch, "SURVEY-HEADERS-ARE-ANSWERS" in codes(result)) == (None, True)


@pytest.mark.parametrize("export", ["form", "sheet"])
def test_ticks_are_told_apart_where_somebody_has_emptied_the_times(export):
    name, make = EXPORTS[export]
    made = make_survey(120, seed=5)
    header, *rows = csv.reader(make(made).decode("utf-8-sig").splitlines())
    content = io.StringIO()
    csv.writer(content).writerows([header, *(["", *row[1:]] for row in rows)])
    found = columns_of(inspect(content.getvalue().encode(), name))
    for question in made.questions:
        if question.type is QuestionType.MULTIPLE:
            assert found[question.header].type is QuestionType.MULTIPLE
            assert set(found[question.header].choices) <= set(question.options) | {"Inne"}


def test_the_hour_may_be_written_in_small_letters():
    small = make_survey(40).form_csv().replace(b" AM GMT+1", b" am GMT+5:30").replace(b" PM GMT+1", b" pm GMT+5:30")
    assert "recognition.google_forms.stamp_form" in inspect(small).reasons
