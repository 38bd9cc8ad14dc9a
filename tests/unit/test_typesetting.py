"""Words as print has them: nothing that belongs together is torn apart at a line's end."""

import pytest

from surveys.language.typesetting import typeset

N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a w domu i w szkole", f"a{N}w{N}domu i{N}w{N}szkole"),
        ("wzrost o 12 % w 2025 r.", f"wzrost o{N}12{N}% w{N}2025{N}r."),
        ("za 12 500 zł i 5 km", f"za 12{N}500{N}zł i{N}5{N}km"),
        ("na podst. art. 16b ust. 2 pkt 1", f"na podst. art.{N}16b ust.{N}2{N}pkt{N}1"),
        ("w myśl § 3: statut", f"w{N}myśl §{N}3: statut"),
        ("szkoła im. Jana Pawła, ul. Szkolna 5", f"szkoła im.{N}Jana Pawła, ul.{N}Szkolna 5"),
        ('klub "Razem" - od 2019...', "klub „Razem” – od 2019…"),
        ("  dwa   słowa \n i trzy ", f"dwa słowa i{N}trzy"),
        ("Zimna woda-zdrowia doda", "Zimna woda-zdrowia doda"),
        ("", ""),
    ],
)
def test_polish_is_printed_as_in_books(typed: str, printed: str):
    assert typeset(typed, "pl") == printed
    assert typeset(printed, "pl") == printed


def test_english_has_its_own_quotation_marks_and_no_short_words():
    assert typeset('a "club" for 12 people', "en") == f"a “club” for 12{N}people"
