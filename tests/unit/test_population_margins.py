"""Margins by sex and age out of an official table, whatever its bands, and raking to them."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.weighting import rake
from surveys.indicators import AgeBand, PopulationCount, Sex, margins_of_population, read_age_band, read_sex
from surveys.indicators.population import PROFILE_BANDS

FIVES = [AgeBand(first, first + 4) for first in range(0, 85, 5)]
FINE = [*FIVES, AgeBand(85, None)]
COARSE = [band for band in FIVES if band.first < 70] + [AgeBand(70, None)]


def people_of(age: int, sex: Sex) -> Decimal:
    """A made population: every age has its own number of people, up to 99."""
    return Decimal(100 + age * 3 + (7 if sex is Sex.WOMAN else 0)) if age < 100 else Decimal()


def count(sex: Sex, first: int, last: int | None) -> Decimal:
    return sum((people_of(age, sex) for age in range(first, 100 if last is None else last + 1)), Decimal())


def table(bands, sexes=(Sex.WOMAN, Sex.MAN)):
    return [PopulationCount(sex, band, count(sex, band.first, band.last)) for sex in sexes for band in bands]


def codes(margins):
    return [finding.code for finding in margins.report]


def true_age(code: str) -> float:
    band = PROFILE_BANDS[code]
    return float(sum(count(sex, band.first, band.last) for sex in (Sex.WOMAN, Sex.MAN)))


def test_a_band_whose_ends_the_table_knows_is_exact():
    margins = margins_of_population([*table(FINE), *table([AgeBand(0, 17)])])
    assert margins.margins["age"] == {code: true_age(code) for code in PROFILE_BANDS}
    assert margins.margins["gender"] == {sex.value: float(count(sex, 18, None)) for sex in (Sex.WOMAN, Sex.MAN)}
    assert (codes(margins), margins.merged, margins.estimated) == ([], {}, ())


def test_eighteen_within_a_band_is_estimated_and_said():
    margins = margins_of_population(table(FINE))
    assert (codes(margins), margins.estimated) == (["POPULATION-BANDS-ESTIMATED"], ("18-24",))
    of_15_to_19 = count(Sex.WOMAN, 15, 19) + count(Sex.MAN, 15, 19)
    of_20_to_24 = count(Sex.WOMAN, 20, 24) + count(Sex.MAN, 20, 24)
    assert margins.margins["age"]["18-24"] == float(of_20_to_24 + of_15_to_19 * 2 / 5)
    assert sum(margins.margins["age"].values()) == pytest.approx(sum(margins.margins["gender"].values()), rel=1e-9)


def test_seventy_and_more_is_never_split():
    margins = margins_of_population(table(COARSE))
    assert margins.merged == {"65-74": "65+", "75+": "65+"}
    assert margins.margins["age"]["65+"] == float(count(Sex.WOMAN, 65, None) + count(Sex.MAN, 65, None))
    assert "POPULATION-BANDS-MERGED" in codes(margins)


def test_the_same_people_in_several_bands_count_once():
    both = margins_of_population([*table(FINE), *table([AgeBand(0, 14), AgeBand(70, None), AgeBand(18, None)])])
    assert both.margins["age"] == {code: true_age(code) for code in PROFILE_BANDS}


def test_two_counts_of_the_same_people_that_differ_are_said():
    broken = [*table(FINE), PopulationCount(Sex.WOMAN, AgeBand(0, 14), Decimal(1))]
    assert "POPULATION-INCONSISTENT" in codes(margins_of_population(broken))


def test_without_sexes_only_age_is_there():
    everybody = [PopulationCount(Sex.ALL, each.age, each.count) for each in table(FINE, [Sex.WOMAN])]
    margins = margins_of_population(everybody)
    assert list(margins.margins) == ["age"]
    assert "POPULATION-SEXES-MISSING" in codes(margins)


def test_nothing_loaded_gives_no_margins():
    margins = margins_of_population([])
    assert (margins.margins, codes(margins)) == ({}, ["POPULATION-AGES-MISSING", "POPULATION-SEXES-MISSING"])


def test_answers_are_raked_to_the_margins():
    margins = margins_of_population(table(COARSE))
    ages, genders = list(PROFILE_BANDS), ["woman", "man"]
    answers = [(ages[at % 7], genders[at % 2]) for at in range(210)]
    frame = pd.DataFrame(answers, columns=["age", "gender"])
    frame["age"] = frame["age"].replace(dict(margins.merged))
    weights = rake(frame, margins.margins)
    for name, margin in margins.margins.items():
        assert weights.groupby(frame[name]).sum().to_dict() == pytest.approx(margin, rel=1e-6)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20, unique=True))
def test_whatever_the_table_cuts_the_total_of_adults_is_kept(cuts):
    ends = sorted({0, 18, *cuts})
    bands = [
        AgeBand(first, None if place + 1 == len(ends) else ends[place + 1] - 1) for place, first in enumerate(ends)
    ]
    margins = margins_of_population(table(bands))
    adults = float(count(Sex.WOMAN, 18, None) + count(Sex.MAN, 18, None))
    assert sum(margins.margins["age"].values()) == pytest.approx(adults)
    assert sum(margins.margins["gender"].values()) == pytest.approx(adults)
    for code, number in margins.margins["age"].items():
        if code in PROFILE_BANDS and code not in margins.estimated:
            assert number == true_age(code)


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("20-24", AgeBand(20, 24)), ("20–24 lata", AgeBand(20, 24)), ("70 i więcej", AgeBand(70, None)),
        ("85 lat i więcej", AgeBand(85, None)), ("17 lat i mniej", AgeBand(0, 17)), ("18 lat", AgeBand(18, 18)),
        ("w wieku przedprodukcyjnym - 17 lat i mniej", AgeBand(0, 17)), ("ogółem", None), ("18", None),
        ("w wieku produkcyjnym: 18-59 lat kobiety, 18-64 lata mężczyźni", None), ("2023", None),
    ],
)  # fmt: skip
def test_ages_are_read_from_names(words, band):
    assert read_age_band(words) == band


def test_sexes_are_read_from_names():
    assert [read_sex([words]) for words in ("kobiety", "Mężczyźni", "females", "ogółem")] == [
        "woman",
        "man",
        "woman",
        None,
    ]
