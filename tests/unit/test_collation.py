"""Collation: lists stand in the order of the Polish alphabet."""

import pandas as pd
import pytest

from surveys.language.collation import sort_key, sort_key_series


@pytest.mark.parametrize(
    "ordered",
    [
        ["Lublin", "Łomża", "Łódź", "Zakopane"],
        list("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"),
        ["Ciechanów", "Cieszyn", "Ćmielów", "Zabrze", "Źródła", "Żary", "Żuromin"],
        ["10", "2", "Ala"],  # digits before letters, sign by sign
        ["łódka", "Łódka", "łódki"],  # case decides only between equal words
        ["Muller", "Müller", "Mulner"],  # so do accents the alphabet does not have
        ["Nowa Wieś", "Nowa-Wieś", "Nowakowo"],
        ["", "a", "ab"],
        ["Żary", "Київ"],  # other scripts after the alphabet
    ],
)
def test_order(ordered):
    middle = len(ordered) // 2
    turned = [*ordered[middle:], *ordered[:middle]]
    assert sorted(turned, key=sort_key) == ordered


def test_letters_taken_apart_sort_like_whole_ones():
    assert sort_key("Łódz\u0301")[:4] == sort_key("Łódź")[:4]


def test_a_column_of_a_table_sorts_with_the_missing_last():
    frame = pd.DataFrame({"gmina": ["Żary", None, "Łódź", "Ala"]})
    ordered = frame.sort_values("gmina", key=sort_key_series)["gmina"]
    assert ordered.dropna().tolist() == ["Ala", "Łódź", "Żary"]
    assert ordered.isna().tolist() == [False, False, False, True]
