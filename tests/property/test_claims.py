"""Sentences against their intervals, over all cells of all bases up to two hundred; numerals up to a thousand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.uncertainty import newcombe_interval, wilson_interval
from surveys.language.claims import (
    FRACTIONS,
    Kind,
    claim_share,
    say_answered,
    say_association,
    say_counts,
    say_difference,
    say_majority,
    say_people,
    say_points,
    say_share,
)
from surveys.language.languages import LANGUAGES, Language
from surveys.language.texts import load_catalogue

TEXTS = load_catalogue("surveys.language.catalogues")
HALF_A_PERSON = 0.005 + 1e-9


def plain(text: str) -> str:
    return text.replace("\u00a0", "").replace("−", "-")


def check_share(count: int, base: int) -> None:
    share = count / base
    low, high = wilson_interval(count, base)
    claim = claim_share(share, low, high)
    assert abs(claim.low / 100 - low) <= HALF_A_PERSON
    assert abs(claim.high / 100 - high) <= HALF_A_PERSON
    assert (claim.kind is Kind.NOBODY) == (count == 0)
    assert (claim.kind is Kind.EVERYBODY) == (count == base)
    if claim.about is not None:
        # What is named is no more than what was counted, and nothing the interval rules out.
        assert low - HALF_A_PERSON <= claim.about <= high + HALF_A_PERSON
        assert abs(claim.about - share) <= 0.025
        assert high - low <= 0.25
    if claim.kind is Kind.FRACTION:
        assert low <= claim.about <= high
        assert all(abs(named - share) >= abs(claim.about - share) - 1e-12 for _, named in FRACTIONS)


def test_no_sentence_on_a_share_says_more_or_less_than_its_interval() -> None:
    for base in range(1, 201):
        for count in range(base + 1):
            check_share(count, base)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from(LANGUAGES))
def test_the_words_say_the_claim(counts: tuple[int, int], language: Language) -> None:
    check_share(*counts)
    share = counts[0] / counts[1]
    low, high = wilson_interval(*counts)
    claim, said = claim_share(share, low, high), say_share(share, low, high, language)
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    if claim.kind is Kind.FRACTION:
        assert said.startswith(TEXTS.say(f"claim.fraction.{claim.fraction}", language))
        assert numbers == [claim.low, claim.high, 100]
    elif claim.kind is Kind.NUMBER:
        assert numbers == [round(claim.about * 100), 100, claim.low, claim.high]
    elif claim.kind is Kind.RANGE:
        assert numbers == [claim.low, claim.high, 100]
    majority = say_majority(low, high, language)
    assert (majority == TEXTS.say("claim.majority.most", language)) == (low > 0.5)
    assert (majority == TEXTS.say("claim.majority.fewer_than_half", language)) == (high < 0.5)


MORE = {"pl": "więcej", "en": "more"}
FEWER = {"pl": "mniej", "en": "fewer"}
UNSEEN = {"pl": "nie widać różnicy", "en": "no difference can be seen"}


def check_difference(counts: tuple[int, int, int, int], language: Language) -> None:
    difference, low, high = newcombe_interval(*counts)
    said = plain(say_difference(difference, low, high, language))
    words = [said.startswith(words[language]) for words in (MORE, FEWER, UNSEEN)]
    assert words == [low > 0, high < 0, low <= 0 <= high]
    bounds = [int(number) / 100 for number in re.findall(r"-?\d+", said.split("(")[1])]
    if low <= 0 <= high:
        assert bounds == pytest.approx([low, high], abs=HALF_A_PERSON)
    else:
        nearest, farthest = sorted((abs(low), abs(high)))
        assert bounds == pytest.approx([nearest, farthest], abs=0.01)
        # "from 0" would say that there may be no difference.
        assert bounds[0] > 0 or "(od ponad0 " in said.replace(" 0", "0") or "(just above0 " in said.replace(" 0", "0")


def test_no_sentence_on_a_difference_says_more_or_less_than_its_interval() -> None:
    for first in (10, 31, 47, 120):
        for second in (10, 60, 121):
            for count1 in range(first + 1):
                for count2 in range(0, second + 1, 3):
                    check_difference((count1, first, count2, second), "pl")


@given(
    st.integers(0, 5000),
    st.integers(5000, 9000),
    st.integers(0, 5000),
    st.integers(5000, 9000),
    st.sampled_from(LANGUAGES),
)
def test_differences_of_large_groups(count1: int, n1: int, count2: int, n2: int, language: Language) -> None:
    check_difference((count1, n1, count2, n2), language)


@pytest.mark.parametrize(
    ("difference", "low", "high", "said"),
    [
        (0.20, 0.0524, 0.3339, "więcej o 20 punktów procentowych (od 5 do 33)"),
        (-0.02, -0.03, -0.001, "mniej o 2 punkty procentowe (od ponad 0 do 3)"),
        (0.003, 0.001, 0.004, "więcej o niecały punkt procentowy (od ponad 0 do 1)"),
        (0.03, -0.05, 0.11, "nie widać różnicy (może wynosić od −5 do 11 punktów procentowych)"),
        (0.0, -0.04, 0.01, "nie widać różnicy (może wynosić od −4 do 1 punktu procentowego)"),
    ],
)
def test_differences_as_they_are_read(difference: float, low: float, high: float, said: str) -> None:
    assert say_difference(difference, low, high, "pl") == said


@pytest.mark.parametrize(
    ("count", "base", "polish", "english"),
    [
        (81, 263, "około 31 osób na 100 (od 26 do 37)", "about 31 people in 100 (26 to 37)"),
        (90, 270, "około co trzecia osoba (od 28 do 39 na 100)", "about one person in three (28 to 39 in 100)"),
        (13, 33, "od 25 do 56 osób na 100", "25 to 56 people in 100"),
        (0, 20, "nikt z pytanych (wśród wszystkich może to być do 16 na 100)", "nobody who was asked"),
        (22, 1000, "około 2 osób na 100 (od 1 do 3)", "about 2 people in 100 (1 to 3)"),
        (1, 500, "od 0 do 1 osoby na 100", "0 to 1 person in 100"),
        (20, 50, "od 28 do 54 osób na 100", "28 to 54 people in 100"),
        (40, 100, "około dwóch osób na pięć (od 31 do 50 na 100)", "about two people in five (31 to 50 in 100)"),
        (12, 1000, "około 1 osoby na 100 (od 1 do 2)", "about 1 person in 100 (1 to 2)"),
    ],
)
def test_shares_as_they_are_read(count: int, base: int, polish: str, english: str) -> None:
    low, high = wilson_interval(count, base)
    assert say_share(count / base, low, high, "pl") == polish
    assert say_share(count / base, low, high, "en").startswith(english)


def polish_form(n: int) -> int:
    """The school rule: 1 | 2–4 but not 12–14 | the rest."""
    if n == 1:
        return 0
    return 1 if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else 2


def test_numerals_are_grammatical_from_0_to_1000() -> None:
    for n in range(1001):
        form = polish_form(n)
        people = ("osoba", "osoby", "osób")[form]
        assert plain(say_people(n, "pl")) == f"{n} {people}"
        assert plain(say_people(n, "en")).replace(",", "") == f"{n} {'person' if n == 1 else 'people'}"
        points = ("punkt procentowy", "punkty procentowe", "punktów procentowych")[form]
        assert plain(say_points(n / 100, "pl")) == f"{n} {points}"
        verb = ("odpowiedziała", "odpowiedziały", "odpowiedziało")[form]
        assert plain(say_answered(n, "pl")) == (f"{verb} {n} {people}" if n else "nikt nie odpowiedział")
        if n > 1:
            assert plain(say_counts(1, n, "pl")) == f"1 z {n} osób"
            assert plain(say_counts(0, n, "pl")) == f"żadna z {n} osób"
            assert plain(say_counts(n, n, "pl")) == f"wszystkie {n} {people}"
            assert plain(say_counts(0, n, "en")).replace(",", "") == f"none of {n} people"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_association_is_said_only_when_it_is_seen(language: Language) -> None:
    assert say_association(0.2, language) == TEXTS.say("claim.association.unseen", language)
    assert say_association(0.01, language) == TEXTS.say("claim.association.seen", language)
    assert say_association(0.01, language, rough=True) == TEXTS.say("claim.association.rough", language)
