"""Suggestion: what is certain, what is only suggested, and why."""

import pytest

from surveys.language.suggestion import KINDS, Reason, Suggester, load_suggester, suggest
from surveys.language.texts import LANGUAGES
from surveys.vocabulary import Entry

PLACES = Suggester(
    [
        Entry("A1", "Klub seniora", "Seniors' club", synonyms_pl=("koło emerytów",), hints_pl=("klub",)),
        Entry("A2", "Klub młodzieżowy", "Youth club", synonyms_pl=("klub dla młodzieży",), hints_pl=("klub",)),
        Entry("A3", "Lęki", "Anxiety"),
        Entry("A4", "Brak zieleni", "Lack of green space", synonyms_pl=("za mało drzew",)),
    ]
)


def first(text):
    found = PLACES.suggest(text)
    return (found[0].code, found[0].certain, found[0].reason) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1", ("A1", True, Reason.CODE)),
        ("a1", ("A1", True, Reason.CODE)),
        ("A1 – Klub seniora", ("A1", True, Reason.CODE)),
        ("Klub seniora (A1)", ("A1", True, Reason.CODE)),
        ("A1 Lęki", ("A1", False, Reason.CODE)),  # code and words disagree: a person decides
        ("klub  SENIORA.", ("A1", True, Reason.LABEL)),
        ("youth club", ("A2", True, Reason.LABEL)),
        ("Koło emerytów", ("A1", True, Reason.SYNONYM)),
        ("klubu seniora", ("A1", True, Reason.INFLECTED)),
        ("seniora klub", ("A1", False, Reason.SIMILAR)),  # another order may mean another thing
        ("klub", ("A1", False, Reason.HINT)),
        ("lęki", ("A3", True, Reason.LABEL)),
        ("leki", ("A3", True, Reason.LABEL)),  # diacritics left out
        ("lękí", ("A3", False, Reason.SIMILAR)),  # wrong ones
        ("zieleń", ("A4", False, Reason.SIMILAR)),  # having is not lacking
        ("zupełnie co innego", None),
        ("", None),
        ("?!", None),
    ],
)
def test_first_suggestion(text, expected):
    assert first(text) == expected


def test_an_ambiguous_word_suggests_everything_it_may_mean():
    assert [suggestion.code for suggestion in PLACES.suggest("klub")][:2] == ["A1", "A2"]


def test_two_things_equally_near_are_called_unclear():
    assert first("seniorzy i młodzież")[1:] == (False, Reason.UNCLEAR)


def test_limit():
    assert len(suggest("problem", "brak zajęć", limit=2)) == 2


def test_many_texts_are_answered_in_their_order():
    suggester = load_suggester("problem")
    texts = ["smog", "hałas", "smog"]
    assert suggester.suggest_many(texts) == [suggester.suggest(text) for text in texts]


def test_remarks_are_passed_over_among_problems_only():
    assert suggest("problem", "u nas duży problem z hałasem")[0].certain
    assert not suggest("target_group", "kobiety w naszej wsi")[0].certain


def test_a_pasted_page_is_only_compared_at_its_beginning():
    assert suggest("problem", "smog " + "słowo " * 5000)[0].code == "P901"


@pytest.mark.parametrize("kind", KINDS)
def test_every_label_of_every_list_is_certain(kind):
    suggester = load_suggester(kind)
    entries = suggester.entries
    wrong = [
        (entry.code, language)
        for entry in entries
        for language in LANGUAGES
        if (found := suggester.suggest(entry.label(language), 1))
        and (found[0].code, found[0].certain) != (entry.code, True)
    ]
    assert wrong == []


def test_an_unknown_kind_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        suggest("colour", "red")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_suggestion_explains_itself(language):
    for text in ("P301", "hałas", "smog", "hałasem", "przemoc", "dziurawa droga", "alkocholizm"):
        for suggestion in suggest("problem", text):
            assert suggestion.explain(language)


@pytest.mark.parametrize("kind", KINDS)
def test_whether_a_text_is_certain_is_the_same_with_and_without_looking_for_the_others(kind):
    suggester = load_suggester(kind)
    words = [entry.label_pl for entry in load_suggester("problem").entries]
    for text in (*words, *(f"duży {word} u nas" for word in words[:20]), "Tak", "", "P501", "klub"):
        found = suggester.suggest(text)
        assert suggester.is_certain(text) == bool(found and found[0].certain), text
