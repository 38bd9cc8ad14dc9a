"""The sentence above a survey's chart: it gives the figure, and claims no order that the answers don't carry."""

import pytest

from dashboard.figures.sentences import say_leading
from surveys.language.texts import Language
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import Source

NBSP = "\u00a0"


def lead(base: int, *counts: int, language: Language = "pl") -> str:
    """Return the sentence for options A, B, C… chosen by so many of the people asked."""
    rows = [
        ShareRow((name,), {"pl": (name,), "en": (name,)}, count, base)
        for name, count in zip("ABCDEFGH", counts, strict=False)
    ]
    source = Source({"pl": "co", "en": "what"})
    return say_leading(publish_shares(rows, dimensions=("choice",), source=source, exclusive=False), language)


def test_a_clear_leader_is_named() -> None:
    assert "Najczęściej wskazywano **A**" in lead(200, 150, 30, 20)


def test_a_few_that_cannot_be_told_apart_are_all_named() -> None:
    assert "**A, B i C**" in lead(200, 80, 78, 76, 10)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ("**A**", f"40{NBSP}%", "od 33 do 47 na 100", "6 odpowiedzi")),
        ("en", ("**A**", "40%", "33 and 47", "6 ")),
    ],
)
def test_many_that_cannot_be_told_apart_are_counted_beside_the_first_figure(
    language: Language, words: tuple[str, ...]
) -> None:
    sentence = lead(200, 80, 78, 77, 77, 76, 75, 5, language=language)
    assert all(word in sentence for word in words)
    assert "B" not in sentence, "a list cut in the middle reads as a ranking"


def test_many_that_share_the_first_place_are_named_together() -> None:
    sentence = lead(200, 80, 80, 77, 77, 76, 75)
    assert "**A i B**" in sentence


def test_a_small_survey_names_all_that_share_the_first_place() -> None:
    sentence = lead(20, 8, 8, 5)
    assert "**A i B**" in sentence
    assert "8 z 20 osób" in sentence


def test_a_small_survey_in_which_nobody_chose_anything_names_nothing() -> None:
    assert lead(20, 0, 0) == "Nikt nie wskazał żadnej odpowiedzi."
