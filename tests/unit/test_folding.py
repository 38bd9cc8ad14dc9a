"""Folding: spellings of one thing meet, and names become addresses."""

import pytest

from surveys.language.folding import fold, slugify, tidy


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łódź", "lodz"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("Zaz\u0307o\u0301łc\u0301", "zazolc"),  # letters taken apart, as a Mac writes them
        ("Straße in Größe", "strasse in grosse"),
        ("Český Těšín, Čadca", "cesky tesin, cadca"),
        ("brak\u00a0miejsc\u2009spotkań\n", "brak miejsc spotkan"),
        ("starzy – nowi", "starzy-nowi"),
        ("starzy—nowi", "starzy-nowi"),
        ("urząd gminy / miasta", "urzad gminy/miasta"),
        ("„Wykluczenie”", "wykluczenie"),
        ("«Kłótnie», “spory”", "klotnie, spory"),
        ("- śmieci;", "smieci"),
        ("• hałas!!!", "halas"),
        ("Senior+", "senior+"),
        ("1,5%", "1,5%"),
        ("osiem\u00adnaście", "osiemnascie"),
        ("…", ""),
        ("", ""),
    ],
)
def test_fold(written, folded):
    assert fold(written) == folded


def test_tidy_keeps_the_diacritics():
    assert (tidy(" LĘKI "), tidy("leki")) == ("lęki", "leki")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Dolina Jeziorki", "dolina-jeziorki"),
        ("Warszawa – Mokotów", "warszawa-mokotow"),
        ("Żyrardów", "zyrardow"),
        ("Partnerstwo „Razem” (2024)", "partnerstwo-razem-2024"),
        ("a_b", "a-b"),
    ],
)
def test_slugify(name, slug):
    assert slugify(name) == slug


def test_a_name_of_signs_only_makes_no_address():
    with pytest.raises(ValueError, match="neither a letter nor a digit"):
        slugify("!!!")
