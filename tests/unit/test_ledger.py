"""What tables tell together: differences that the ledger refuses."""

from dataclasses import replace

import pytest

from surveys.privacy.ledger import Look, Ruling, coarsen, judge


def look(base: int, revision: int = 0, **conditions: str) -> Look:
    return Look({name: frozenset(codes.split("+")) for name, codes in conditions.items()}, base, revision)


def test_a_first_look_at_enough_people_is_allowed() -> None:
    assert judge([], look(40, place="a")) is Ruling.ALLOWED
    assert judge([], look(9, place="a")) is Ruling.REFUSED_SMALL


def test_the_same_look_is_allowed_again() -> None:
    assert judge([look(40, place="a")], look(40, place="a")) is Ruling.ALLOWED


def test_two_filters_may_not_tell_of_the_few_between_them() -> None:
    """Sołectwa A and B, then A, B and C: the difference is C."""
    assert judge([look(40, place="a+b")], look(44, place="a+b+c")) is Ruling.REFUSED_DIFFERENCE
    assert judge([look(44, place="a+b+c")], look(40, place="a+b")) is Ruling.REFUSED_DIFFERENCE
    assert judge([look(40, place="a+b")], look(60, place="a+b+c")) is Ruling.ALLOWED


def test_a_difference_of_nobody_is_refused_like_one_of_a_few() -> None:
    assert judge([look(40, place="a+b")], look(40, place="a+b+c")) is Ruling.REFUSED_DIFFERENCE


def test_everybody_is_a_look_too() -> None:
    assert judge([look(100)], look(95, sex="k")) is Ruling.REFUSED_DIFFERENCE
    assert judge([look(100)], look(60, sex="k")) is Ruling.ALLOWED


def test_three_looks_may_not_tell_what_two_do_not() -> None:
    shown = [look(100), look(48, place="a")]
    assert judge(shown, look(46, place="b")) is Ruling.REFUSED_DIFFERENCE  # the rest: six people elsewhere
    assert judge(shown, look(40, place="b")) is Ruling.ALLOWED


def test_overlapping_looks_are_solved_for_a_cell() -> None:
    """Women, the young, and women or young men, each large: young men are what is left."""
    shown = [look(60, sex="k"), look(50, age="y"), look(44, sex="k", age="y")]
    assert judge(shown[:2], shown[2]) is Ruling.REFUSED_DIFFERENCE
    wide = [look(60, sex="k"), look(50, age="y")]
    assert judge(wide, look(30, sex="k", age="y")) is Ruling.ALLOWED


def test_two_looks_before_and_after_three_new_answers() -> None:
    shown = [look(100, revision=1)]
    assert judge(shown, look(103, revision=2)) is Ruling.REFUSED_CHANGE
    assert judge(shown, look(100, revision=2)) is Ruling.ALLOWED
    assert judge(shown, look(110, revision=2)) is Ruling.ALLOWED


def test_a_look_at_new_answers_is_held_against_old_looks_at_a_part() -> None:
    assert judge([look(100, revision=1)], look(96, revision=2, sex="k")) is Ruling.REFUSED_DIFFERENCE


def test_a_refused_look_is_made_coarser() -> None:
    new = look(12, sex="k", age="y", place="a")
    shown = [look(60, sex="k"), look(15, sex="k", age="y")]
    assert judge(shown, new) is Ruling.REFUSED_DIFFERENCE
    bases = {frozenset(): 120, frozenset({"place"}): 45, frozenset({"sex", "age"}): 15, frozenset({"place", "age"}): 14}
    coarser = coarsen(shown, new, bases)
    assert coarser is not None
    assert set(coarser.conditions) == {"place", "age"}
    assert coarsen(shown, new, {}) is None


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_whatever_the_order_the_last_of_a_telling_set_is_refused(order: list[int]) -> None:
    looks = [look(100), look(48, place="a"), look(46, place="b")]
    shown: list[Look] = []
    rulings = []
    for place in order:
        rulings.append(judge(shown, looks[place]))
        shown.append(looks[place])
    assert rulings == [Ruling.ALLOWED, Ruling.ALLOWED, Ruling.REFUSED_DIFFERENCE]


SEX = {"sex": frozenset({"k", "m", ""})}


def test_a_breakdown_that_leaves_nobody_over_is_allowed_beside_everybody() -> None:
    """Women, men, and those who did not say: together everybody, so the rest points at nobody."""
    shown = [look(100), look(50, sex="k"), look(38, sex="m")]
    missing = Look({"sex": frozenset({""})}, 12)
    assert judge(shown, missing) is Ruling.REFUSED_DIFFERENCE  # for all the ledger knows there is a fourth answer
    assert judge(shown, missing, codes=SEX) is Ruling.ALLOWED
    assert judge([look(100)], Look(SEX, 100), codes=SEX) is Ruling.ALLOWED
    assert judge([look(100), look(50, sex="k")], look(47, sex="m"), codes=SEX) is Ruling.REFUSED_DIFFERENCE


def test_many_breakdowns_one_after_the_other_are_allowed() -> None:
    """Each question by itself: no sum of ages says anything of villages."""
    shown: list[Look] = [look(600)]
    codes = {}
    for question, groups in {"sex": 3, "age": 7, "place": 20, "work": 8, "school": 5, "children": 4}.items():
        names = [f"{question}{place}" for place in range(groups)]
        codes[question] = frozenset(names)
        for name in names:
            new = Look({question: frozenset({name})}, 600 // groups)
            assert judge(shown, new, codes=codes) is Ruling.ALLOWED
            shown.append(new)
    assert judge(shown, Look({"place": frozenset({"place0", "place1"})}, 60), codes=codes) is Ruling.ALLOWED


def test_a_chain_of_questions_is_followed() -> None:
    """Women of A is women less women elsewhere; the look at places joins what the look at sexes alone does not."""
    shown = [look(60, sex="k"), look(40, place="a")]
    elsewhere = Look({"sex": frozenset({"k"}), "place": frozenset({"b", "c"})}, 55)
    codes = {"place": frozenset("abc")}
    assert judge(shown, elsewhere, codes=codes) is Ruling.REFUSED_DIFFERENCE
    assert judge(shown, replace(elsewhere, base=30), codes=codes) is Ruling.ALLOWED


def test_what_cannot_be_solved_for_in_time_is_refused() -> None:
    """Five questions crossed with each other at once: too many cells to be sure that none is given away."""
    names = [frozenset(f"{question}{place}" for place in range(6)) for question in "abcde"]
    shown = [Look({"a": names[0], "b": names[1], "c": names[2], "d": names[3], "e": names[4]}, 500)]
    assert judge(shown, look(40, a="x", b="y")) is Ruling.REFUSED_DIFFERENCE
