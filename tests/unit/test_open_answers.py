"""Open answers in groups: forms of one word meet, names of people don't, and nobody stands alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.open_answers import Grouping, OpenAnswers, group_answers
from surveys.language.lemmas import find_things

ANSWERS = [
    "Dziurawe drogi",
    "brak autobusów do Siedlec",
    "zła droga do szkoły",
    "NIE MA LEKARZA",
    "dojazd do lekarza, autobus jeździ raz dziennie",
    "Drogi!",
    "lekarz",
    "autobus",
    "samotność seniorów",
    "alkoholizm",
    "Brak świetlicy. Kowalski nic nie robi",
    "Kowalski",
    "to wina Kowalskiego",
    "",
    "  ",
]


def sizes(answers: OpenAnswers, by: Grouping = Grouping.THING) -> dict[str, int]:
    return {group.key: group.people for group in answers.groups if group.by is by}


def test_forms_of_one_word_meet() -> None:
    assert sizes(group_answers(ANSWERS)) == {"autobus": 3, "droga": 3, "lekarz": 3}


def test_without_a_dictionary_stems_meet() -> None:
    assert sizes(group_answers(ANSWERS, dictionary=False)) == {"autobus": 3, "drog": 3, "lekar": 3}


@pytest.mark.parametrize("dictionary", [True, False])
def test_somebodys_name_is_no_group_however_many_wrote_it(dictionary: bool) -> None:
    answers = [f"Winien {form} i nikt inny" for form in ("Kowalski", "Nowak", "Kowalski", "Kowalski")] * 5
    assert all("owalsk" not in group.key for group in group_answers(answers, dictionary=dictionary).groups)


def test_answers_are_counted_and_not_quoted() -> None:
    answers = group_answers(ANSWERS)
    assert answers.people == 13
    assert answers.groups[0].answers == (1, 4, 7)
    assert answers.outside == 5


def test_what_is_certain_goes_to_the_code_list() -> None:
    answers = group_answers(
        ["bieda", "alkoholizm", "ubóstwo; alkoholizm", "Alkoholizm", "bieda i coś jeszcze"] * 2, kind="problem"
    )
    assert sizes(answers, Grouping.CODE) == {"P301": 6, "P101": 4}


def test_one_person_who_repeats_a_word_is_one_person() -> None:
    answers = ["droga droga droga", "droga", "droga", *["x"] * 10]
    assert group_answers(answers, people=[0, 0, 0, *range(1, 11)]).groups == ()


def test_few_answers_are_not_grouped() -> None:
    assert group_answers(["droga"] * 9) == OpenAnswers(9, (), None)


def test_two_people_outside_are_not_told_of() -> None:
    assert group_answers(["droga"] * 10 + ["aa", "bb"]).outside is None
    assert group_answers(["droga"] * 10).outside == 0


WORDS = st.sampled_from(
    ["droga", "drogi", "lekarz", "Lekarza", "autobus", "szkoły", "zła", "i", "Kowalski", "brak", "xyz"]
)


@given(st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=30), st.randoms(), st.booleans())
def test_no_group_is_smaller_than_three_and_the_order_does_not_matter(texts, random, dictionary) -> None:
    answers = group_answers(texts, dictionary=dictionary)
    assert all(group.people >= 3 for group in answers.groups)
    for group in answers.groups:
        assert len(group.answers) == group.people
    turned = list(texts)
    random.shuffle(turned)
    assert sizes(group_answers(turned, dictionary=dictionary)) == sizes(answers)


def test_words_of_grammar_are_no_things() -> None:
    assert find_things("do nas i od was nic nie ma") == []
    assert find_things("Nie wiem") == []
