"""Signs of careless answers: counted as a person would count them, people with own words left in peace."""

from datetime import date

import numpy as np
import pytest

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.data_quality import read_quality_signs
from etl.store.reading import resolve_scope
from etl.store.scope import Actor
from surveys.model import Choice, Partnership, Question, Questionnaire, QuestionType, Register
from tests.made.two_questions import load_answers
from tests.page_visits import load_registers

POINTS = tuple(Choice(f"p{point}", f"punkt {point}") for point in range(1, 6))
NAMES = tuple(f"q{number}" for number in range(12))
SCALES = tuple(Question(name, QuestionType.SCALE, name, choices=POINTS, battery="Oceń") for name in NAMES)
OWN = Question("own", QuestionType.TEXT, "Co jeszcze?")


def make(
    rows: list[list[int | None]], texts: dict[int, str] | None = None, took: list[int | None] | None = None
) -> SurveyAnswers:
    """Answers of people to the scales, ``None`` for a blank, and how long they took."""
    answers = []
    for place, question in enumerate(SCALES):
        said = [(person, row[place]) for person, row in enumerate(rows) if row[place] is not None]
        people = np.array([person for person, _ in said], dtype=np.int32)
        choices = np.array([point for _, point in said], dtype=np.int32)
        answers.append(QuestionAnswers(question, -1, people, choices, np.full(len(said), np.nan)))
    nobody = np.array([], dtype=np.int32)
    written = texts or {}
    answers.append(QuestionAnswers(OWN, -1, nobody, nobody, np.array([]), list(written), list(written.values())))
    return SurveyAnswers(
        questionnaire=Questionnaire("skale", "1", "Skale", questions=(*SCALES, OWN), partnership="liw"),
        joined=None,
        answers=tuple(answers),
        source_rows=range(2, len(rows) + 2),
        submitted_on=[date(2026, 5, 1)] * len(rows),
        durations=took,
    )


def look(store, survey: SurveyAnswers):
    load_registers(Register(Partnership("liw", "Liw")))(store)
    load_answers(store, survey)
    with store.read() as connection:
        scope = resolve_scope(connection, Actor.at_machine(), sample=False)
        return read_quality_signs(connection, scope, "liw", "duzy", NAMES, [NAMES[:5]])


def test_straight_lines_twins_and_blanks_are_counted(store) -> None:
    chance = np.random.default_rng(3)
    different = [chance.integers(0, 5, 12).tolist() for _ in range(20)]
    straight = [[2] * 12, [4] * 5 + [0, 1, 2, 3, 4, 0, 1]]
    twins = [different[0], different[0]]
    blank = [[1, 2, *[None] * 10]]
    signs = look(store, make([*different, *straight, *twins, *blank]))
    assert (signs.people, signs.compared, signs.alike, signs.mostly_blank) == (25, 24, 3, 1)
    assert (signs.batteries["q0"].answered, signs.batteries["q0"].straight) == (24, 2)
    assert signs.batteries["q0"].reliability is None


def test_people_with_words_of_their_own_are_nobodys_twins(sqlite_store) -> None:
    rows = [[1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2]] * 4
    assert look(sqlite_store, make(rows, {0: "Nic", 1: "Park"})).alike == 2


def test_a_battery_that_hangs_together_says_so(sqlite_store) -> None:
    chance = np.random.default_rng(5)
    levels = chance.integers(0, 5, 80)
    rows = [np.clip(level + chance.integers(-1, 2, 12), 0, 4).tolist() for level in levels]
    reliability = look(sqlite_store, make(rows)).batteries["q0"].reliability
    assert reliability is not None
    assert reliability.low < reliability.alpha < reliability.high
    assert reliability.alpha > 0.9


@pytest.mark.parametrize(
    ("took", "timed", "fast"),
    [
        (None, 0, None),
        ([None] * 6 + [600] * 19, 19, None),
        ([None] * 5 + [600] * 16 + [195, 200, 60, 5], 20, 3),
    ],
)
def test_people_in_a_hurry_are_counted_where_enough_durations_are_known(store, took, timed, fast) -> None:
    haste = look(store, make([[1] * 12] * 25, took=took)).haste
    assert (haste.timed, haste.fast) == (timed, fast)


@pytest.mark.parametrize("people", [1])
def test_a_measurement_of_nobody_has_no_signs(sqlite_store, people: int) -> None:
    signs = look(sqlite_store, make([[None] * 12] * people))
    assert (signs.people, signs.alike) == (people, 0)
