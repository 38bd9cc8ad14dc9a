"""SPSS files loaded: labels in place of codes, declared missing values out of the base, sets as one question."""

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from etl.importing import Incoming
from etl.pipeline import inspect_file
from etl.store import schema as s
from surveys.model import QuestionType
from tests.importing_surveys import add_partnership, codes, load, read_answers
from tests.made.google_forms import make_survey
from tests.made.open_data_kit import form_sheets, legacy_rows, truth_of
from tests.made.spss_files import with_response_sets, write_spss
from tests.made.workbook import pack, write_workbook

AGREEMENT = {1: "zdecydowanie tak", 2: "raczej tak", 3: "ani tak, ani nie", 4: "raczej nie", 5: "zdecydowanie nie"}
PEOPLE = 40


@pytest.fixture
def liw(sqlite_store):
    add_partnership(sqlite_store)
    return sqlite_store


def numbers(*values):
    return [float(value) if value is not None else np.nan for value in (values * PEOPLE)[:PEOPLE]]


def write(columns, *, labels=None, values=None, missing=None, measure=None):
    return write_spss(
        pd.DataFrame(columns),
        column_labels=labels or {},
        variable_value_labels=values or {},
        missing_ranges=missing or {},
        variable_measure=measure or {},
    )


def columns_of(content):
    return {column.header: column for column in inspect_file(Incoming("Diagnoza.sav", content)).sheets[0].columns}


def test_a_choice_is_read_by_its_labels_and_keeps_options_that_nobody_chose(liw):
    labels = {1: "Kobieta", 2: "Mężczyzna", 3: "Inna", 9: "Odmowa"}
    content = write(
        {"m1": numbers(1, 2, 9, None), "m2": numbers(7)},
        labels={"m1": "Płeć"},
        values={"m1": labels},
        missing={"m1": [9]},
    )
    inspection = inspect_file(Incoming("Diagnoza.sav", content))
    assert (inspection.source, inspection.score) == ("spss", 1.0)
    assert columns_of(content)["Płeć"].choices == ("Kobieta", "Mężczyzna", "Inna", "Odmowa")
    result = load(liw, content, name="Diagnoza.sav")
    assert (result.source, result.rows_stored, codes(result)) == ("spss", PEOPLE, [])
    assert read_answers(liw)["Płeć"][:4] == [{"Kobieta"}, {"Mężczyzna"}, {"Odmowa"}, None]
    with liw.read() as connection:
        kinds = dict(connection.execute(select(s.choice.c.label_pl, s.choice.c.missing_kind)).all())
    assert kinds == {"Kobieta": None, "Mężczyzna": None, "Inna": None, "Odmowa": "refused"}


@pytest.mark.parametrize("measure", ["nominal", "ordinal", "scale", "unknown"])
def test_a_known_scale_is_a_scale_whatever_the_file_says_of_its_measure(measure):
    content = write({"p1": numbers(1, 2, 4, 5)}, values={"p1": AGREEMENT}, measure={"p1": measure})
    [asked] = columns_of(content).values()
    assert (asked.type, asked.choices) == (QuestionType.SCALE, tuple(AGREEMENT.values()))


def test_a_scale_with_labels_at_its_ends_keeps_its_points(liw):
    content = write(
        {"p1": numbers(1, 2, 3, 98, 5)},
        labels={"p1": "Ocena dróg"},
        values={"p1": {1: "źle", 5: "dobrze", 98: "nie wiem"}},
        missing={"p1": [{"lo": 97, "hi": 99}]},
    )
    [asked] = columns_of(content).values()
    assert (asked.type, asked.choices) == (QuestionType.SCALE, ("źle", "2", "3", "4", "dobrze", "nie wiem"))
    load(liw, content, name="Diagnoza.sav")
    assert read_answers(liw)["Ocena dróg"][:5] == [{"źle"}, {"2"}, {"3"}, {"nie wiem"}, {"dobrze"}]


def test_numbers_stay_numbers_beside_a_labelled_end_and_a_missing_value(liw):
    content = write(
        {"wiek": numbers(18, 44, 90, -1)},
        labels={"wiek": "Ile lat tu mieszka?"},
        values={"wiek": {90: "90 i więcej", -1: "Odmowa"}},
        missing={"wiek": [-1]},
    )
    load(liw, content, name="Diagnoza.sav")
    assert read_answers(liw)["Ile lat tu mieszka?"][:4] == [18, 44, 90, {"Odmowa"}]


def test_a_declared_missing_value_without_a_label_is_a_blank(liw):
    content = write({"p1": numbers(1, 2, 99)}, values={"p1": {1: "tak", 2: "nie"}}, missing={"p1": [99]})
    load(liw, content, name="Diagnoza.sav")
    assert read_answers(liw)["p1"][:3] == [{"tak"}, {"nie"}, None]


@pytest.mark.parametrize("counted", [1, 2])
def test_a_declared_set_of_ticks_is_one_question(liw, counted):
    other = 3 - counted
    content = write(
        {"z1": numbers(counted, other, counted), "z2": numbers(other, counted, counted), "z3": numbers(other)},
        labels={"z1": "Zalety: las", "z2": "Zalety: rzeka", "z3": "Zalety: cisza, spokój"},
        values={name: {counted: "tak", other: "nie"} for name in ("z1", "z2", "z3")},
    )
    content = with_response_sets(content, f"$ZALETY=D1 {counted} 17 Zalety okolicy    z1 z2 z3\n")
    [asked] = columns_of(content).values()
    assert (asked.type, asked.columns) == (QuestionType.MULTIPLE, (0, 1, 2))
    assert asked.choices == ("las", "rzeka", "cisza, spokój")
    result = load(liw, content, name="Diagnoza.sav")
    assert codes(result) == []
    [answers] = read_answers(liw).values()
    assert answers[:3] == [{"las"}, {"rzeka"}, {"las", "rzeka"}]


def test_a_declared_set_of_mentions_is_one_question(liw):
    problems = {1: "drogi", 2: "lekarz", 3: "bus"}
    content = write({"p1": numbers(1, 3, 2), "p2": numbers(2, None, 1)}, values={"p1": problems, "p2": problems})
    content = with_response_sets(content, "$PROB=C 8 Problemy p1 p2\n")
    load(liw, content, name="Diagnoza.sav")
    assert read_answers(liw)["Problemy"][:3] == [{"drogi", "lekarz"}, {"bus"}, {"lekarz", "drogi"}]


def test_ticks_that_nobody_declared_are_found_by_their_labels():
    content = write(
        {"z1": numbers(1, 0, 1), "z2": numbers(0, 1, 1)},
        labels={"z1": "Zalety - las", "z2": "Zalety - rzeka"},
        values={name: {1: "tak", 0: "nie"} for name in ("z1", "z2")},
    )
    [asked] = columns_of(content).values()
    assert (asked.header, asked.type, asked.choices) == ("Zalety", QuestionType.MULTIPLE, ("las", "rzeka"))


def test_columns_with_one_wording_and_a_label_each_are_ticks(liw):
    content = write(
        {"q5_1": numbers(1, None, 1), "q5_2": numbers(None, 2, 2)},
        labels={"q5_1": "Czego brakuje?", "q5_2": "Czego brakuje?"},
        values={"q5_1": {1: "parku"}, "q5_2": {2: "sklepu"}},
    )
    load(liw, content, name="Diagnoza.sav")
    assert read_answers(liw)["Czego brakuje?"][:3] == [{"parku"}, {"sklepu"}, {"parku", "sklepu"}]


def test_rows_of_a_grid_share_their_stem():
    content = write(
        {"p1": numbers(1, 2, 5), "p2": numbers(3, 4, 5)},
        labels={"p1": "Zgadza się Pan - ludziom można ufać", "p2": "Zgadza się Pan - urząd słucha"},
        values={"p1": AGREEMENT, "p2": AGREEMENT},
    )
    assert list(columns_of(content)) == [
        "Zgadza się Pan [ludziom można ufać]", "Zgadza się Pan [urząd słucha]",
    ]  # fmt: skip


def test_numbers_of_rows_and_weights_are_no_questions():
    content = write(
        {
            "id": [float(number) for number in range(1, PEOPLE + 1)],
            "waga": numbers(0.8, 1.2, 1.05),
            "waga_kg": numbers(72.5, 64.0),
            "p1": numbers(1, 2),
        },
        labels={"waga_kg": "Ile Pan waży?"},
        values={"p1": {1: "tak", 2: "nie"}},
    )
    roles = {column.header: column.role for column in columns_of(content).values()}
    assert roles == {"id": "metadata", "waga": "weight", "Ile Pan waży?": "question", "p1": "question"}


def test_an_empty_file_and_one_person():
    one = write({"p1": [1.0]}, values={"p1": AGREEMENT})
    assert inspect_file(Incoming("a.sav", one)).source == "spss"
    none = write({"p1": np.array([], dtype=float)}, values={"p1": AGREEMENT})
    assert "SURVEY-NO-ROWS" in codes(inspect_file(Incoming("a.sav", none)))


def test_the_sample_is_known(samples):
    inspection = inspect_file(Incoming("iris.sav", (samples / "spss" / "haven__iris.sav").read_bytes()))
    assert (inspection.source, inspection.sheets[0].rows) == ("spss", 150)
    assert inspection.sheets[0].columns[-1].choices == ("setosa", "versicolor", "virginica")


def test_numbered_variables_of_kobo_bear_the_names_in_their_labels(liw):
    made = make_survey(60, seed=4)
    header, *rows = legacy_rows(made)
    frame = pd.DataFrame({f"var{place + 1}": [str(row[place]) for row in rows] for place in range(len(header))})
    content = write_spss(frame, column_labels={f"var{place + 1}": name for place, name in enumerate(header)})
    form = write_workbook(form_sheets(made))
    result = load(liw, pack({"dane.sav": content, "formularz.xlsx": form}), name="a.zip")
    assert (result.source, result.rows_stored) == ("spss", 60)
    header = "Komu najbardziej brakuje dziś wsparcia?"
    assert read_answers(liw)[header] == truth_of(made)[header]
    alone = inspect_file(Incoming("dane.sav", content))
    assert "recognition.spss.kobo" in alone.reasons
    assert not any(column.header.startswith("var") for column in alone.sheets[0].columns if column.role == "question")
