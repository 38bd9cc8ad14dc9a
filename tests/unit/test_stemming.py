"""Stemming: the forms of one word meet, different words stay apart."""

import pytest

from surveys.language.folding import fold
from surveys.language.stemming import stem


@pytest.mark.parametrize(
    "forms",
    [
        "senior seniora seniorzy seniorów seniorom seniorami",
        "młodzież młodzieży młodzieżą",
        "młody młodzi młodych młodym",
        "dzieci dziećmi dzieciom dziecko dziecka",
        "droga drogi dróg drogach drodze",
        "alkoholik alkoholicy alkoholików",
        "mieszkaniec mieszkańcy mieszkańców mieszkańcom",
        "cudzoziemiec cudzoziemcy cudzoziemców",
        "bezrobocie bezrobocia bezrobociem",
        "ośrodek ośrodka ośrodki ośrodków",
        "szkolenie szkolenia szkoleń szkoleniach",
        "organizacja organizacji organizacje organizacjami",
        "śmieci śmieciami śmieciach",
        "starszy starsi starszych",
        "opieka opieki opiekę opiece",
        "opiekun opiekunowie opiekunów",
        "biblioteka biblioteki bibliotece bibliotek",
        "wieś wsi wsiach",
        "żłobek żłobka żłobków",
        "problem problemy problemów problemem",
        "uczeń uczniowie uczniów ucznia",
        "świetlica świetlicy świetlic",
    ],
)
def test_forms_of_one_word_meet(forms):
    assert len({stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("szkoła", "szkolenie"),
        ("opieka", "opiekun"),
        ("starość", "starosta"),
        ("praca", "pracownik"),
        ("park", "parking"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert stem(fold(one)) != stem(fold(other))
