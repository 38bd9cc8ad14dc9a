"""The gate of comparisons: its whole truth table, and what is drawn behind it."""

from dataclasses import replace
from itertools import product

import pytest

from surveys.analysis.comparability import Agreement, Aspect, Grade, Measured, judge_comparability
from surveys.language.texts import LANGUAGES, load_catalogue
from surveys.model import QuestionType, SampleKind, WaveMode

FIVE, FOUR = ("pp", "p", "o", "n", "nn"), ("pp", "p", "n", "nn")
DICHOTOMY = (frozenset({"pp", "p"}), frozenset({"pp", "p"}))
SCALE = Measured(
    wording="Czy ufa Pan/Pani sąsiadom?",
    type=QuestionType.SCALE,
    options=FIVE,
    mode=WaveMode.PAPER,
    population="dorośli mieszkańcy",
    sampling=SampleKind.CONVENIENCE,
    month=5,
    code_list_version="2026",
)
CHOICE = replace(SCALE, type=QuestionType.MULTIPLE, options=("P101", "P102"), max_choices=3)

Side = dict[str, object]
# Every aspect: how the second measurement differs, what a person stated, and the grade that follows.
SHARED: dict[Aspect, list[tuple[Side, Agreement, Grade]]] = {
    Aspect.WORDING: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"wording": "  CZY UFA PAN / PANI   sąsiadom"}, Agreement(), Grade.COMPARABLE),
        ({"wording": "Czy można ufać sąsiadom?"}, Agreement(), Grade.NOT_COMPARABLE),
        ({"wording": "Czy można ufać sąsiadom?"}, Agreement(same_meaning=True), Grade.RESERVED),
    ],
    Aspect.MODE: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"mode": WaveMode.ONLINE}, Agreement(), Grade.RESERVED),
        ({"mode": WaveMode.UNKNOWN}, Agreement(), Grade.RESERVED),
    ],
    Aspect.POPULATION: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"population": ""}, Agreement(), Grade.RESERVED),
        ({"population": "klienci OPS"}, Agreement(), Grade.NOT_COMPARABLE),
    ],
    Aspect.SAMPLING: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"sampling": SampleKind.RANDOM}, Agreement(), Grade.RESERVED),
        ({"sampling": None}, Agreement(), Grade.RESERVED),
    ],
    Aspect.MONTH: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"month": 6}, Agreement(), Grade.COMPARABLE),
        ({"month": 11}, Agreement(), Grade.RESERVED),
        ({"month": None}, Agreement(), Grade.RESERVED),
    ],
    Aspect.BASE: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"base": "tylko korzystający"}, Agreement(), Grade.NOT_COMPARABLE),
    ],
    Aspect.CODE_LIST: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"code_list_version": "2027"}, Agreement(), Grade.RESERVED),
    ],
}
OF_SCALES: dict[Aspect, list[tuple[Side, Agreement, Grade]]] = {
    Aspect.SCALE: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"options": FOUR}, Agreement(), Grade.NOT_COMPARABLE),
        ({"options": FOUR}, Agreement(dichotomy=DICHOTOMY), Grade.RESERVED),
        ({"options": ("a", "b", "c", "d", "e")}, Agreement(), Grade.NOT_COMPARABLE),
    ],
    Aspect.FORM: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"type": QuestionType.TEXT}, Agreement(), Grade.NOT_COMPARABLE),
    ],
}
OF_CHOICES: dict[Aspect, list[tuple[Side, Agreement, Grade]]] = {
    Aspect.OPTIONS: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"options": ("P102", "P101")}, Agreement(), Grade.COMPARABLE),
        ({"options": ("P101", "P102", "P103")}, Agreement(), Grade.RESERVED),
        ({"options": ("P201", "P202")}, Agreement(), Grade.NOT_COMPARABLE),
    ],
    Aspect.CAP: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"max_choices": None}, Agreement(), Grade.NOT_COMPARABLE),
        ({"max_choices": 5}, Agreement(), Grade.NOT_COMPARABLE),
    ],
    Aspect.FORM: [
        ({}, Agreement(), Grade.COMPARABLE),
        ({"type": QuestionType.SINGLE}, Agreement(), Grade.NOT_COMPARABLE),
        ({"type": QuestionType.TEXT}, Agreement(), Grade.NOT_COMPARABLE),
    ],
}


@pytest.mark.parametrize(("first", "own"), [(SCALE, OF_SCALES), (CHOICE, OF_CHOICES)], ids=["scale", "choice"])
def test_the_whole_truth_table(first: Measured, own: dict[Aspect, list[tuple[Side, Agreement, Grade]]]) -> None:
    table = SHARED | own
    seen = 0
    for row in product(*table.values()):
        changes: Side = {}
        for changed, _, _ in row:
            changes |= changed
        agreement = Agreement(
            same_meaning=any(stated.same_meaning for _, stated, _ in row),
            dichotomy=next((stated.dichotomy for _, stated, _ in row if stated.dichotomy), None),
        )
        grades = dict(zip(table, (grade for _, _, grade in row), strict=True))
        verdict = judge_comparability(first, replace(first, **changes), agreement)
        assert verdict.grade is max(grades.values())
        assert {doubt.aspect: doubt.grade for doubt in verdict.doubts} == {
            aspect: grade for aspect, grade in grades.items() if grade
        }
        seen += 1
    assert seen > 4000


NUMBER = replace(SCALE, type=QuestionType.NUMBER, options=(), code_list_version="")
# What rules each of two questionnaires puts a question by, and the grade that follows.
BASES: list[tuple[str | None, str | None, str, Grade]] = [
    ("", "", "other", Grade.COMPARABLE),
    ("${a} = 'yes'", "${a} = 'yes'", "other", Grade.COMPARABLE),
    ("", "${a} = 'yes'", "other", Grade.NOT_COMPARABLE),
    ("${a} = 'no'", "${a} = 'yes'", "other", Grade.NOT_COMPARABLE),
    (None, "", "other", Grade.RESERVED),
    (None, "${a} = 'yes'", "other", Grade.RESERVED),
    (None, None, "other", Grade.RESERVED),
    # The same version of a questionnaire that was met in files only: unknown both times, and the same.
    (None, None, "mine", Grade.COMPARABLE),
]
LIMITS: list[tuple[str | None, str | None, Grade]] = [
    ("", "", Grade.COMPARABLE),
    (". <= 10", ". <= 10", Grade.COMPARABLE),
    ("", ". <= 10", Grade.RESERVED),
    (". <= 10", ". <= 5", Grade.RESERVED),
    (None, ". <= 5", Grade.COMPARABLE),
    (None, None, Grade.COMPARABLE),
]
REQUIRED: list[tuple[bool | None, bool | None, bool]] = [
    (True, True, False),
    (False, False, False),
    (True, False, True),
    (None, True, False),
    (None, None, False),
]


@pytest.mark.parametrize("asked", [SCALE, CHOICE, NUMBER], ids=["scale", "choice", "number"])
def test_the_truth_table_of_rules(asked: Measured) -> None:
    """Who is asked, which answers are taken and whether one may be left out, beside another mode or not."""
    for (base, other_base, form, of_base), (limits, other_limits, of_limits), (
        must,
        other_must,
        noted,
    ), mode in product(BASES, LIMITS, REQUIRED, (WaveMode.PAPER, WaveMode.ONLINE)):
        first = replace(asked, base=base, limits=limits, required=must, form="mine")
        second = replace(asked, base=other_base, limits=other_limits, required=other_must, form=form, mode=mode)
        grades = {
            Aspect.BASE: of_base,
            Aspect.LIMITS: of_limits,
            Aspect.MODE: Grade.RESERVED if mode is WaveMode.ONLINE else Grade.COMPARABLE,
        }
        for verdict in (judge_comparability(first, second), judge_comparability(second, first)):
            assert verdict.grade is max(grades.values())
            assert {doubt.aspect: doubt.grade for doubt in verdict.doubts} == {
                aspect: grade for aspect, grade in grades.items() if grade
            }
            assert [note.aspect for note in verdict.notes] == ([Aspect.REQUIRED] if noted else [])


def test_an_answer_that_is_required_is_told_and_forbids_nothing() -> None:
    verdict = judge_comparability(replace(SCALE, required=True), replace(SCALE, required=False))
    assert verdict.describe("pl") == "porównywalne"
    assert "nie porównuj" in verdict.notes[0].describe("pl")


def test_the_order_of_two_measurements_does_not_matter() -> None:
    second = replace(SCALE, options=FOUR, month=12, mode=WaveMode.ONLINE, population="")
    there, back = judge_comparability(SCALE, second), judge_comparability(second, SCALE)
    assert [doubt.key for doubt in there.doubts] == [doubt.key for doubt in back.doubts]


def test_december_and_january_are_neighbours() -> None:
    winter = replace(SCALE, month=12)
    assert judge_comparability(winter, replace(SCALE, month=1)).grade is Grade.COMPARABLE
    assert judge_comparability(winter, replace(SCALE, month=2)).grade is Grade.RESERVED


def test_four_and_five_points_are_compared_on_a_stated_dichotomy_only() -> None:
    four = replace(SCALE, options=FOUR)
    assert judge_comparability(SCALE, four).describe("pl") == "nieporównywalne"
    stated = judge_comparability(SCALE, four, Agreement(dichotomy=DICHOTOMY))
    assert stated.describe("pl") == "porównywalne z zastrzeżeniem"
    assert stated.dichotomy == DICHOTOMY
    assert "5 i 4" in stated.doubts[0].describe("pl")
    # Where scales are the same nothing needs to be given up for it.
    assert judge_comparability(SCALE, SCALE, Agreement(dichotomy=DICHOTOMY)).dichotomy is None


@pytest.mark.parametrize("codes", [frozenset(), frozenset(FIVE), frozenset({"x"})])
def test_a_dichotomy_names_some_answers_that_are_there(codes: frozenset[str]) -> None:
    with pytest.raises(ValueError, match="dichotomy"):
        judge_comparability(SCALE, SCALE, Agreement(dichotomy=(codes, frozenset({"p"}))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_reason_is_said(language) -> None:
    texts = load_catalogue("surveys.language.catalogues")
    reasons = {key.removeprefix("comparability.reason.") for key in texts if key.startswith("comparability.reason.")}
    sides = [
        *({"options": options} for options in (FOUR, ("a", "b", "c", "d", "e"))),
        {"type": QuestionType.TEXT, "options": ()},
        {"type": QuestionType.NUMBER},
        {"wording": "x", "mode": WaveMode.ONLINE, "population": "x", "month": 1, "base": "x", "code_list_version": "x"},
        {"mode": WaveMode.UNKNOWN, "population": "", "month": None, "sampling": None},
        {"sampling": SampleKind.CENSUS},
        {"base": None, "limits": ". <= 5"},
    ]
    said = set()
    for agreement in (Agreement(), Agreement(same_meaning=True)):
        for side in sides:
            said |= set(judge_comparability(SCALE, replace(SCALE, **side), agreement).doubts)
    said |= set(judge_comparability(SCALE, replace(SCALE, options=FOUR), Agreement(dichotomy=DICHOTOMY)).doubts)
    for side in ({"options": ("P101", "x"), "max_choices": 1}, {"options": ("x",)}):
        said |= set(judge_comparability(CHOICE, replace(CHOICE, **side)).doubts)
    said |= set(judge_comparability(replace(SCALE, required=True), replace(SCALE, required=False)).notes)
    assert {doubt.key for doubt in said} == reasons
    assert all(doubt.describe(language) for doubt in said)
    assert len({texts.say(f"comparability.grade.{grade.name.lower()}", language) for grade in Grade}) == 3
