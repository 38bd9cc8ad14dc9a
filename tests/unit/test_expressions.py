"""Conditions of forms: what they give, what is wrong with them, and loops between them."""

import math
from datetime import date

import pytest

from surveys.questionnaires.expressions import (
    ExpressionError,
    Fault,
    check,
    evaluate,
    find_loops,
    is_true,
    names_in,
)

ANSWERS = {
    "age": 40,
    "help": ("care", "food"),
    "why": "",
    "gone": None,
    "day": date(2026, 3, 1),
    "yes": True,
    "t": "18",
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${age} >= 18 and selected(${help}, 'care')", True),
        ("selected(${help}, 'car')", False),
        ("count-selected(${help}) <= 3", True),
        ("count-selected(${gone})", 0.0),
        ("${age} > 18 or ${never} = 'x'", True),
        # What was not answered is an empty text, and no comparison of size with it holds.
        ("${gone} = ''", True),
        ("${gone} < 18", False),
        ("${gone} >= 18", False),
        ("${gone} != 'a'", True),
        ("not(${gone} > 1)", True),
        ("${t} = 18", True),
        ("${t} = '18'", True),
        ("1 + 2 * 3 - 4 div 2", 5.0),
        ("7 mod 3 + -2", -1.0),
        ("- - 3", 3.0),
        ("(1 + 2) * 3", 9.0),
        ("${age}-1", 39.0),
        ("0.1 + 0.2 < 0.31", True),
        ("string-length('żółw')", 4.0),
        ("string-length(.) <= 5", True),
        ("string-length()", 3.0),
        ("regex(., '[a-z]{3}')", True),
        ("regex(., '[a-z]{2}')", False),
        ("if(${age} > 18, 'adult', 'child')", "adult"),
        ("coalesce(${gone}, ${why}, 'x')", "x"),
        ("today() > ${day}", True),
        ("int((today() - ${day}) div 7)", 38.0),
        ("date('2026-03-01') = ${day}", True),
        ("concat('a', 1, true())", "a1true"),
        ("number('1,5') = number('1,5')", False),
        ("round(2.5) + floor(-1.5) + ceiling(1.2) + abs(-1)", 4.0),
        ("round(2.345, 2)", 2.35),
        ("min(3, 1, 2) + max(3, 1, 2) + pow(2, 3)", 12.0),
        ("substring-before('a-b', '-') = 'a' and substring-after('a-b', '-') = 'b'", True),
        ("substr('abcd', 1, 3)", "bc"),
        ("selected-at(${help}, 1)", "food"),
        ("starts-with(., 'a') and contains(., 'b') and ends-with(., 'c')", True),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("normalize-space('  a  b ')", "a b"),
        ("boolean('false')", True),
        ("boolean-from-string('false')", False),
        ("${yes} = true()", True),
        ('"it\'s"', "it's"),
        ("1 div 0 > 1000", True),
        ("${ age } = 40", True),
        ("selected(${help}, ‘care’) and ${why} = “”", True),
    ],
)
def test_expressions_give_what_xpath_says(expression, expected):
    check(expression)
    assert evaluate(expression, ANSWERS, "abc", today=date(2026, 11, 27)) == expected


@pytest.mark.parametrize("expression", ["number('a')", "0 div 0", "${why} + 1", "int(${gone})", "5 mod 0"])
def test_what_is_no_number_is_never_zero(expression):
    value = evaluate(expression, ANSWERS)
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    ("expression", "fault", "position"),
    [
        ("", Fault.EMPTY, 1),
        ("${age} >", Fault.UNFINISHED, 9),
        ("${age} > > 2", Fault.UNEXPECTED, 10),
        ("(1 + 2", Fault.UNCLOSED_BRACKET, 1),
        ("selected(${a}, 'x'", Fault.UNCLOSED_BRACKET, 9),
        ("1 + 2)", Fault.UNEXPECTED, 6),
        ("${a} = 'x", Fault.UNCLOSED_TEXT, 8),
        ("${a = 1", Fault.BAD_REFERENCE, 1),
        ("${}", Fault.BAD_REFERENCE, 1),
        ("${a b} = 1", Fault.BAD_REFERENCE, 1),
        ("$a = 1", Fault.BAD_REFERENCE, 1),
        ("1 && 2", Fault.UNEXPECTED, 3),
        ("${a} == 1", Fault.UNEXPECTED, 7),
        ("${a} ‘x’", Fault.UNEXPECTED, 6),
        ("zaznaczono(${a}, 'x')", Fault.UNKNOWN_FUNCTION, 1),
        ("1 + selected(${a})", Fault.ARGUMENTS, 5),
        ("regex(., '[a-z')", Fault.BAD_PATTERN, 1),
        ("regex(., '(a+)+b')", Fault.SLOW_PATTERN, 1),
        ("regex(., '((a|b)x)*')", Fault.SLOW_PATTERN, 1),
        ("../age > 3", Fault.UNSUPPORTED, 1),
        ("instance('towns')/all/item[name = ${town}]/label", Fault.UNSUPPORTED, 1),
        ("jr:choice-name(${a}, '${a}') = 'x'", Fault.UNSUPPORTED, 1),
        ("sum(${children}[position() < 3])", Fault.UNSUPPORTED, 1),
        ("(" * 200 + "1" + ")" * 200, Fault.TOO_LONG, 402),
        ("1" * 32_768, Fault.TOO_LONG, 32_767),
        ("1+" * 3000 + "1", Fault.TOO_LONG, 6001),
    ],
)
def test_a_broken_expression_says_what_is_wrong_and_where(expression, fault, position):
    with pytest.raises(ExpressionError) as caught:
        check(expression)
    assert (caught.value.fault, caught.value.position) == (fault, position)


def test_nothing_is_computed_that_only_other_programs_can():
    for expression in ("../age > 3", "pulldata('a', 'b', 'c', 'd')"):
        with pytest.raises(ExpressionError) as caught:
            evaluate(expression, {})
        assert caught.value.fault is Fault.UNSUPPORTED
    with pytest.raises(ExpressionError) as caught:
        evaluate("today() > '2026-01-01'", {})
    assert caught.value.fault is Fault.NO_DAY


def test_long_formulas_are_computed_and_deep_ones_too():
    assert evaluate("1 + " * 2900 + "1", {}) == 2901.0
    assert evaluate(" or ".join(f"${{a}} = '{number}'" for number in range(1000)), {"a": "999"}) is True
    towns = "".join(f"if(${{town}} = 't{number}', {number}, " for number in range(80)) + "-1" + ")" * 80
    assert evaluate(towns, {"town": "t79"}) == 79.0
    assert evaluate("not(" * 90 + "true()" + ")" * 90, {}) is True
    assert evaluate("2 - 1 - 1 * 3 = -2 and 1 < 2 = true()", {}) is True


def test_a_choice_filter_asks_the_columns_of_an_option():
    assert is_true("region = ${region}", {"region": "north"}, columns={"region": "north"})
    assert not is_true("region = ${region}", {"region": "north"}, columns={})
    check("region = ${region}", columns=True)
    for call in (lambda: evaluate("region = 'north'", {}), lambda: check("region = 'north'")):
        with pytest.raises(ExpressionError) as caught:
            call()
        assert caught.value.fault is Fault.UNSUPPORTED


def test_a_branch_that_is_not_taken_is_not_computed():
    assert evaluate("if(true(), 1, pulldata('a', 'b', 'c', 'd'))", {}) == 1.0
    assert evaluate("1 = 1 or ../x", {}) is True


@pytest.mark.parametrize(
    ("written", "expected"),
    [("", True), (" ", True), ("yes", True), ("TRUE", True), ("no", False), ("false()", False), ("${age} > 50", False),
     ("${why}", False), ("'0'", True), ("0", False)],
)  # fmt: skip
def test_conditions_are_truths(written, expected):
    assert is_true(written, ANSWERS) is expected


def test_names_are_found_everywhere_in_an_expression():
    assert names_in("${a} + if(${b} = 1, -${c}, ${d}[${e} > 1]) + ${a}") == ("a", "b", "c", "d", "e")
    assert names_in("${a} +") == ()


def test_loops_are_found_each_once():
    needs = {"a": ["b"], "b": ["c", "x"], "c": ["a"], "d": ["d"], "e": ["a"], "x": []}
    assert sorted(sorted(loop) for loop in find_loops(needs)) == [["a", "b", "c"], ["d"]]
    assert find_loops({"a": ["b"], "b": ["c"], "c": []}) == ()


def test_thousands_of_questions_that_need_each_other_are_no_burden():
    needs = {str(each): [str(each + 1)] for each in range(5000)}
    assert find_loops(needs) == ()
    assert len(find_loops({**needs, "5000": ["0"]})) == 1
