"""Answers in the store: once each, whole or not at all, joined to what is known, counted, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select

from etl.importing import Decisions
from etl.store import schema as s
from etl.store.batches import undo_batch
from etl.store.counting import recount_wave
from etl.store.engine import open_store
from etl.store.moments import utc_now
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from surveys.findings import FaultError
from surveys.model import QuestionType
from surveys.questionnaires import load_questionnaire
from tests.importing_surveys import LIW, MACHINE, add_partnership, codes, count_rows, load, read_answers
from tests.made.google_forms import (
    STANDARD_QUESTIONS,
    MadeQuestion,
    give_number,
    make_survey,
    pick_one,
    pick_some,
    widen,
    write_text,
)

SECOND = replace(LIW, wave="Diagnoza 2027")


class CancelledError(Exception):
    """What a person's click on "stop" raises in these tests."""


@pytest.fixture
def liw(store):
    add_partnership(store)
    return store


@pytest.fixture
def sqlite_liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def read_counts(store):
    with store.read() as connection:
        return set(map(tuple, connection.execute(select(s.choice_count)).all()))


def read_table(store, table):
    with store.read() as connection:
        return connection.execute(select(table)).all()


def without_history(counts):
    return {name: count for name, count in counts.items() if not name.startswith("import_")}


def undo(store, batch):
    with store.write() as connection:
        return [finding.code for finding in undo_batch(connection, MACHINE, batch, utc_now())]


def test_the_same_content_is_one_import_under_any_name(liw):
    content = make_survey(50).form_csv()
    first = load(liw, content, name="Ankieta.csv")
    rows = count_rows(liw)
    again = load(liw, content, SECOND, name="Ankieta (1).csv")
    assert (again.batch, again.already_loaded, codes(again)) == (first.batch, True, ["IMPORT-ALREADY-LOADED"])
    assert count_rows(liw) == rows


def test_two_people_who_press_at_once_make_one_import(liw):
    content = make_survey(80).form_csv()
    ready = Barrier(2)

    def press(_number):
        opened = open_store(liw.url.render_as_string(hide_password=False))
        try:
            ready.wait(timeout=30)
            return load(opened, content)
        finally:
            opened.close()

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(press, range(2))
    assert one.batch == other.batch
    assert {one.already_loaded, other.already_loaded} == {False, True}
    assert len(read_table(liw, s.response)) == 80


def test_one_changed_row_is_another_import(liw):
    made = make_survey(50)
    load(liw, made.form_csv())
    changed = replace(made, answers=(make_survey(1, seed=99).answers[0], *made.answers[1:]))
    assert not load(liw, changed.form_csv(), SECOND).already_loaded


def test_waves_of_one_questionnaire_share_its_questions(liw):
    first = load(liw, make_survey(120, seed=1).form_csv())
    second = load(liw, make_survey(120, seed=2).sheet_csv(), SECOND, name="Inna nazwa.csv")
    assert codes(first) == []
    assert codes(second) == ["SURVEY-QUESTIONNAIRE-JOINED"]
    assert len(read_table(liw, s.questionnaire)) == 1
    assert len(read_table(liw, s.question)) == len(STANDARD_QUESTIONS)
    assert {wave.questionnaire_id for wave in read_table(liw, s.wave)} == {read_table(liw, s.questionnaire)[0].id}


def test_a_second_file_joins_its_wave(liw):
    first, second = make_survey(60, seed=1), make_survey(40, seed=2)
    load(liw, first.form_csv())
    load(liw, second.form_csv(), name="b.csv")
    stored = read_answers(liw)
    place = [question.header for question in first.questions].index("Wiek")
    ages = [row[place] and frozenset(row[place]) for row in (*first.answers, *second.answers)]
    assert stored["Wiek"] == ages
    with liw.read() as connection:
        numbers = (
            connection.execute(select(s.response.c.response_no).order_by(s.response.c.response_no)).scalars().all()
        )
    assert numbers == list(range(1, 101))


@pytest.mark.parametrize("files", [1, 2])
def test_kept_counts_are_what_the_answers_say(liw, files):
    for number in range(files):
        load(liw, make_survey(90, seed=number).form_csv(), name=f"{number}.csv")
    kept = read_counts(liw)
    with liw.write() as connection:
        recount_wave(connection, connection.execute(select(s.wave.c.id)).scalar_one())
    assert read_counts(liw) == kept
    assert len(kept) > 500


def test_counts_by_sex_add_up(sqlite_liw):
    made = make_survey(200, seed=6)
    load(sqlite_liw, made.form_csv())
    headers = [question.header for question in made.questions]
    sex, age = headers.index("Płeć"), headers.index("Wiek")
    expected = sum(row[sex] == ("Kobieta",) and row[age] == ("25–34",) for row in made.answers)
    with sqlite_liw.read() as connection:
        ids = dict(connection.execute(select(s.choice.c.label_pl, s.choice.c.id)).all())
        counted = connection.execute(
            select(s.choice_count.c.people_count).where(
                s.choice_count.c.choice_id == ids["25–34"], s.choice_count.c.profile_choice_id == ids["Kobieta"]
            )
        ).scalar_one()
    assert counted == expected > 0


def test_new_options_come_after_the_known_ones(liw):
    before = MadeQuestion("Czego brakuje?", QuestionType.SINGLE, pick_one(("Park", "Bus", "Sklep")), ())
    after = replace(before, answer=pick_one(("Park", "Bus", "Sklep", "Lekarz")))
    load(liw, make_survey(60, questions=[before]).form_csv())
    result = load(liw, make_survey(90, seed=2, questions=[after]).form_csv(), SECOND)
    assert codes(result) == ["SURVEY-QUESTIONNAIRE-JOINED", "SURVEY-OPTIONS-NEW"]
    labels = [choice.label_pl for choice in sorted(read_table(liw, s.choice), key=lambda choice: choice.position)]
    assert labels[-1] == "Lekarz"
    assert set(labels) == {"Park", "Bus", "Sklep", "Lekarz"}


def test_another_survey_gets_a_questionnaire_of_its_own(liw):
    load(liw, make_survey(60).form_csv(), name="a.csv")
    other = [MadeQuestion(f"Pytanie {letter}?", QuestionType.SINGLE, pick_one(("Tak", "Nie")), ()) for letter in "ABC"]
    load(liw, make_survey(60, questions=other).form_csv(), SECOND, name="a.csv")
    names = {(row.slug, row.version) for row in read_table(liw, s.questionnaire)}
    assert names == {("a", "2026"), ("a", "2026-2")}


def ask_as_shipped(shipped):
    """The shipped questionnaire as somebody types it into Google Forms."""
    questions = []
    for question in shipped.questions:
        labels = [choice.label_pl for choice in question.choices if not choice.is_other]
        header = f"{question.battery} [{question.text_pl}]" if question.battery else question.text_pl
        answer = {
            QuestionType.MULTIPLE: pick_some(labels, question.max_choices or 3),
            QuestionType.NUMBER: give_number(0, 90),
            QuestionType.TEXT: write_text(),
        }.get(question.type) or pick_one(labels)
        questions.append(MadeQuestion(header, question.type, answer))
    return questions


@pytest.mark.parametrize("export", ["form_csv", "sheet_csv", "xlsx"])
def test_the_shipped_questionnaire_is_known(liw, export):
    shipped = load_questionnaire("residents")
    made = make_survey(60, questions=ask_as_shipped(shipped))
    result = load(liw, getattr(made, export)())
    assert codes(result) == ["SURVEY-QUESTIONNAIRE-JOINED"]
    [stored] = read_table(liw, s.questionnaire)
    assert (stored.slug, stored.version, stored.partnership_id) == (shipped.slug, shipped.version, None)
    answers = read_answers(liw)
    for place, question in enumerate(made.questions):
        cells = [row[place] for row in made.answers]
        assert answers[question.header] == [frozenset(cell) if isinstance(cell, tuple) else cell for cell in cells]
    with liw.read() as connection:
        codes_stored = set(
            connection.execute(select(s.question.c.name, s.choice.c.code).join_from(s.question, s.choice)).all()
        )
    assert codes_stored == {
        (question.name, choice.code) for question in shipped.questions for choice in question.choices
    }


def test_own_words_never_change_the_shipped_questionnaire(liw):
    add_partnership(liw, "rozan")
    shipped = load_questionnaire("residents")
    questions = ask_as_shipped(shipped)
    extra = [*questions, MadeQuestion("Czy przyjdzie Pani na festyn?", QuestionType.SINGLE, pick_one(("Tak", "Nie")))]
    load(liw, make_survey(60, questions=extra).form_csv())
    load(liw, make_survey(60, seed=2, questions=questions).form_csv(), replace(LIW, partnership="rozan"))
    owners = {row.partnership_id is None: row.id for row in read_table(liw, s.questionnaire)}
    assert set(owners) == {True, False}
    asked = [
        row.questionnaire_id for row in read_table(liw, s.question) if row.text_pl.startswith("Czy przyjdzie Pani")
    ]
    assert asked == [owners[False]]


def test_a_new_questionnaire_may_be_asked_for(liw):
    load(liw, make_survey(60).form_csv())
    load(liw, make_survey(60, seed=2).form_csv(), replace(SECOND, questionnaire=""))
    assert len(read_table(liw, s.questionnaire)) == 2


def test_a_wave_keeps_to_its_questionnaire(liw):
    load(liw, make_survey(60).form_csv())
    before = count_rows(liw)
    other = [MadeQuestion(f"Pytanie {letter}?", QuestionType.SINGLE, pick_one(("Tak", "Nie")), ()) for letter in "ABC"]
    result = load(liw, make_survey(60, questions=other).form_csv())
    assert codes(result) == ["SURVEY-WAVE-OTHER-QUESTIONNAIRE"]
    assert result.batch is None
    assert count_rows(liw) == before


def test_an_unknown_questionnaire_is_said(sqlite_liw):
    with pytest.raises(FaultError) as refused:
        load(sqlite_liw, make_survey(20).form_csv(), replace(LIW, questionnaire="nie-ma"))
    assert codes(refused.value) == ["SURVEY-QUESTIONNAIRE-UNKNOWN"]


def test_undo_leaves_what_was_there(liw):
    before = count_rows(liw)
    result = load(liw, make_survey(70).form_csv())
    assert undo(liw, result.batch) == ["UNDO-DONE"]
    assert without_history(count_rows(liw)) == without_history(before)
    assert load(liw, make_survey(70).form_csv()).already_loaded is False


def test_undoing_the_second_file_leaves_the_first(liw):
    load(liw, make_survey(70, seed=1).form_csv())
    before = {
        table.name: read_table(liw, table) for table in (s.answer, s.open_answer, s.choice_count, s.question, s.choice)
    }
    wave = read_table(liw, s.wave)
    later = make_survey(40, seed=2)
    later = replace(later, stamps=tuple(stamp.replace(year=2027) for stamp in later.stamps))
    second = load(liw, later.form_csv(), name="b.csv")
    assert read_table(liw, s.wave)[0].closed_on.year == 2027
    undo(liw, second.batch)
    for table in (s.answer, s.open_answer, s.choice_count, s.question, s.choice):
        assert set(map(tuple, read_table(liw, table))) == set(map(tuple, before[table.name]))
    assert read_table(liw, s.wave) == wave


def test_undo_takes_new_options_back_unless_somebody_uses_them(liw):
    before = MadeQuestion("Czego brakuje?", QuestionType.SINGLE, pick_one(("Park", "Bus")), ())
    after = replace(before, answer=pick_one(("Park", "Bus", "Lekarz")))
    load(liw, make_survey(60, questions=[before]).form_csv())
    second = load(liw, make_survey(90, seed=2, questions=[after]).form_csv(), SECOND)
    third = load(liw, make_survey(90, seed=3, questions=[after]).form_csv(), replace(LIW, wave="Diagnoza 2028"))
    labels = lambda: {choice.label_pl for choice in read_table(liw, s.choice)}  # noqa: E731 # asked three times
    undo(liw, second.batch)
    assert "Lekarz" in labels()
    undo(liw, third.batch)
    assert "Lekarz" in labels()  # the second import made it, and its undoing had to leave it
    assert len(read_table(liw, s.wave)) == 1


@pytest.mark.parametrize("stage", ["reading", "recognising", "mapping", "storing"])
def test_a_cancelled_import_leaves_nothing(liw, stage):
    before = count_rows(liw)

    def stop(now, _share):
        if now == stage:
            raise CancelledError

    with pytest.raises(CancelledError):
        load(liw, make_survey(70).form_csv(), progress=stop)
    assert count_rows(liw) == before


def test_an_import_broken_off_in_the_middle_of_writing_leaves_nothing(liw):
    before = count_rows(liw)
    shares = []

    def stop(_stage, share):
        shares.append(share)
        if share > 0.7:
            raise CancelledError

    with pytest.raises(CancelledError):
        load(liw, make_survey(70).form_csv(), progress=stop)
    assert shares == sorted(shares)
    assert count_rows(liw) == before


def test_only_the_partnerships_coordinator_may_import(liw):
    add_partnership(liw, "rozan")
    before = count_rows(liw)
    jan = Actor("jan", 2, frozenset({Grant(Role.COORDINATOR, "rozan"), Grant(Role.PARTICIPANT, "liw")}))
    for actor in (jan, Actor.anonymous(), Actor("ewa", 3, frozenset({Grant(Role.BORIS)}))):
        with pytest.raises(ForbiddenError):
            load(liw, make_survey(20).form_csv(), actor=actor)
    assert count_rows(liw) == before


@pytest.mark.parametrize(
    ("decisions", "code"),
    [(Decisions(partnership="nie-ma"), "SURVEY-PARTNERSHIP-UNKNOWN"), (Decisions(), "SURVEY-PARTNERSHIP-MISSING")],
)
def test_answers_need_a_partnership(sqlite_liw, decisions, code):
    with pytest.raises(FaultError) as refused:
        load(sqlite_liw, make_survey(20).form_csv(), decisions)
    assert codes(refused.value) == [code]


def test_a_wave_is_named_after_its_file_when_nobody_names_it(sqlite_liw):
    load(
        sqlite_liw,
        make_survey(20).form_csv(),
        Decisions(partnership="liw"),
        name="Ankieta dla mieszkańców (Odpowiedzi) - Liczba odpowiedzi 1.csv",
    )
    [wave] = read_table(sqlite_liw, s.wave)
    assert (wave.slug, wave.name) == ("ankieta-dla-mieszkancow", "Ankieta dla mieszkańców")


def test_wide_forms_are_loaded_and_taken_back(liw):
    before = count_rows(liw)
    result = load(liw, make_survey(30, questions=widen(180)).form_csv())
    assert len(read_table(liw, s.question)) == 180
    undo(liw, result.batch)
    assert without_history(count_rows(liw)) == without_history(before)


def test_days_are_numbers_since_1970(liw):
    question = MadeQuestion(
        "Kiedy się Pan/Pani wprowadził(a)?",
        QuestionType.DATE,
        lambda chance: f"{chance.randint(1, 28)}.0{chance.randint(1, 9)}.2024",
    )
    made = make_survey(30, questions=[question])
    load(liw, made.form_csv())
    days = [int(number) for number in read_answers(liw)[question.header]]
    expected = [date(2024, int(text.split(".")[1]), int(text.split(".")[0])) for (text,) in made.answers]
    assert days == [(day - date(1970, 1, 1)).days for day in expected]
