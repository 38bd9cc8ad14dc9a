"""Two wordings of one thing: what is taken without asking, what is asked, and what is never near."""

import pytest

from surveys.language.likeness import How, WordingIndex


def _find(text: str, *known: str) -> tuple[How, bool] | None:
    like = WordingIndex(enumerate(known)).find(text)
    return None if like is None else (like.how, like.certain)


@pytest.mark.parametrize(
    ("text", "known", "how"),
    [
        ("Jak ocenia Pan/Pani stan dróg?", "Jak ocenia Pan/Pani stan dróg?", How.EXACT),
        ("jak ocenia pan/pani stan drog", "Jak ocenia Pan/Pani stan dróg?", How.FOLDED),
        ("Ocena stanu drogi", "Ocena stanu dróg", How.INFLECTED),
        ("Samotność seniorów", "samotność seniora", How.INFLECTED),
        ("Czy korzysta Pan z biblotekii gminnej?", "Czy korzysta Pan z biblioteki gminnej?", How.SPELLING),
    ],
)
def test_the_same_thing_written_otherwise_is_certain(text: str, known: str, how: How) -> None:
    assert _find(text, known, "Wiek", "Czego brakuje w gminie?") == (how, True)


def test_a_reworded_question_is_asked_about() -> None:
    asked = "Które problemy uważa Pan/Pani za najważniejsze w gminie?"
    assert _find(asked, "Które problemy uważa Pan za najważniejsze w naszej gminie?", "Wiek") == (How.SIMILAR, False)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Ocena dostępności lekarza", "Ocena niedostępności lekarza"),
        ("18-24", "25-34"),
        ("do 3 lat", "od 3 lat"),
        ("< 30", "> 30"),
        ("Pracuję zawodowo", "Nie pracuję zawodowo"),
        ("Praca", "Prasa"),
        ("Liczba mieszkańców w 2024 r.", "Liczba mieszkańców w 2025 r."),
    ],
)
def test_opposites_and_other_numbers_are_never_certain(text: str, known: str) -> None:
    found = _find(text, known)
    assert found is None or not found[1]


def test_between_two_as_near_nothing_is_said() -> None:
    assert _find("Jak ocenia Pan jakość wody?", "Jak ocenia Pan jakość wosku?", "Jak ocenia Pan jakość woli?") is None


def test_a_place_that_is_taken_is_not_offered() -> None:
    index = WordingIndex([(0, "Ocena stanu dróg")])
    assert index.find("Ocena stanu drogi", without=frozenset({0})) is None
