"""The sentence above a survey's chart: it gives the figure, and claims no order that the answers don't carry."""

import pytest

from dashboard.figures.sentences import list_names, say_largest, say_leading
from dashboard.texts import texts
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.disclosure import CountRow, ShareRow, publish_counts, publish_shares
from surveys.privacy.published import Source

NBSP = "\u00a0"


def lead(base: int, *counts: int, language: Language = "pl", exclusive: bool = False) -> str:
    """Return the sentence for options A, B, C… chosen by so many of the people asked."""
    rows = [
        ShareRow((name,), {"pl": (name,), "en": (name,)}, count, base)
        for name, count in zip("ABCDEFGH", counts, strict=False)
    ]
    source = Source({"pl": "co", "en": "what"})
    return say_leading(publish_shares(rows, dimensions=("choice",), source=source, exclusive=exclusive), language)


def largest(counts: dict[str, float], language: Language = "pl", key: str = "activities.theme") -> str:
    """Return the sentence above bars of these names and heights."""
    rows = [CountRow((name,), dict.fromkeys(LANGUAGES, (name,)), count) for name, count in counts.items()]
    source = Source({"pl": "co", "en": "what"})
    return say_largest(publish_counts(rows, dimensions=("theme",), unit="count", source=source), key, language)


def test_a_clear_leader_is_named() -> None:
    assert "Najczęstsza odpowiedź: **„A”** – 75" in lead(200, 150, 30, 20)


def test_a_few_that_cannot_be_told_apart_are_all_named() -> None:
    assert "**„A”, „B” i „C”**" in lead(200, 80, 78, 76, 10)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ("**„A”**", f"40{NBSP}%", "od 33 do 47 na 100", "6 odpowiedzi")),
        ("en", ("**“A”**", "40%", "33 and 47", "6 ")),
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
    assert "**„A” i „B”**" in sentence


def test_a_small_survey_names_all_that_share_the_first_place() -> None:
    sentence = lead(20, 8, 8, 5)
    assert "**„A” i „B”**" in sentence
    assert "8 z 20 osób" in sentence


def test_a_small_survey_in_which_nobody_chose_anything_names_nothing() -> None:
    assert lead(20, 0, 0) == "Nikt nie wskazał żadnej odpowiedzi."


def test_many_equal_answers_are_said_not_to_stand_out() -> None:
    for base in (20, 200):
        sentence = lead(base, 8, 8, 8, 8, 8, 3)
        assert "Żadna odpowiedź się nie wyróżnia" in sentence
        assert "**„A”, „B”, „C” i jeszcze 2**" in sentence
        assert "No answer stands out" in lead(base, 8, 8, language="en"), "all there are"


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_stand_as_they_were_put_and_are_never_bent_into_a_sentence(language: Language) -> None:
    """Polish verbs would want another case of "kobieta", and quotation marks part answers that hold commas."""
    source = Source({"pl": "co", "en": "what"})
    for counts in ((150, 30), (80, 78), (40, 40)):
        rows = [
            ShareRow((name,), dict.fromkeys(LANGUAGES, (name,)), count, 200)
            for name, count in zip(("kobieta", "dom, praca"), counts, strict=True)
        ]
        sentence = say_leading(publish_shares(rows, dimensions=("choice",), source=source, exclusive=False), language)
        assert ("„kobieta”" if language == "pl" else "“kobieta”") in sentence
        assert "wskazywano" not in sentence
        assert ";" not in sentence


def test_too_few_people_is_said_only_of_too_few_people() -> None:
    assert lead(9, 5, 4, exclusive=True) == "Odpowiedziało za mało osób, żeby pokazać wyniki."
    assert lead(0, 0, 0, exclusive=True) == lead(9, 5, 4, exclusive=True)


@pytest.mark.parametrize("counts", [(40, 2), (40, 2, 0), (1, 2, 1)], ids=["second", "zero beside", "all few"])
@pytest.mark.parametrize(("language", "words"), [("pl", "żeby chronić osoby"), ("en", "to protect people")])
def test_answers_hidden_for_one_another_are_said_to_be_hidden(
    counts: tuple[int, ...], language: Language, words: str
) -> None:
    sentence = lead(42, *counts, language=language, exclusive=True)
    assert words in sentence
    assert not any(word in sentence for word in ("Nikt", "Nobody", "answered", "Odpowiedziało"))


def test_a_largest_row_is_named_and_so_are_two_of_three() -> None:
    assert largest({"A": 3, "B": 1}) == "Najwięcej działań: **A** (3)."
    assert largest({"A": 3, "B": 3, "C": 1}) == "Najwięcej działań, po 3: **A i B**."


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ("Żaden temat się nie wyróżnia", "**A, B, C i jeszcze 4**")),
        ("en", ("No theme stands", "C and 4 more")),
    ],
)
def test_a_tie_of_many_is_no_news(language: Language, words: tuple[str, ...]) -> None:
    for others in ({}, {"Z": 0.0}):
        sentence = largest(dict.fromkeys("ABCDEFG", 1.0) | others, language)
        assert all(word in sentence for word in words)
        assert "Most" not in sentence
        assert "Najwięcej" not in sentence


def test_a_tie_of_all_is_no_news() -> None:
    assert "Żaden temat się nie wyróżnia" in largest({"A": 2, "B": 2})


def test_names_with_commas_are_parted_by_semicolons() -> None:
    names = ("Żywność, odzież", "Zdrowie", "Sport")
    assert "**Żywność, odzież; Zdrowie**" in largest(dict.fromkeys(names[:2], 2.0) | {"Inne": 1.0})
    assert list_names(names) == "Żywność, odzież; Zdrowie; Sport"
    assert list_names(names[1:]) == "Zdrowie, Sport"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_bars_has_words_for_a_tie_of_many(language: Language) -> None:
    ties = [key.removesuffix(".tie") for key in texts() if key.endswith(".tie")]
    assert len(ties) > 10
    for key in ties:
        assert largest(dict.fromkeys("ABCDE", 1.0), language, key), key
