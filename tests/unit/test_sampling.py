"""Intervals by kind of sample."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.crosstabs import CellSums
from surveys.analysis.sampling import (
    LEAST_PART,
    SampleKind,
    describe_correction,
    describe_fieldwork,
    describe_sample,
    group_population,
    name_population,
    sampled_interval,
    share_interval,
    usual_fieldwork,
)
from surveys.analysis.uncertainty import wilson_interval
from surveys.language.texts import LANGUAGES
from surveys.model import Fieldwork, PopulationKind
from surveys.privacy.crosstab_gate import Grouping, Heading, publish_crosstab
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedRow, PublishedTable, Source
from surveys.questionnaires import list_questionnaires


def test_a_convenience_sample_is_not_made_surer_by_a_small_population() -> None:
    assert share_interval(40, 100, population=120) == wilson_interval(40, 100)


def test_a_census_has_no_interval() -> None:
    assert share_interval(7, 12, SampleKind.CENSUS) is None


def test_a_random_sample_of_everybody_leaves_nothing_open() -> None:
    assert share_interval(7, 12, SampleKind.RANDOM, population=12) == (7 / 12, 7 / 12)


@given(st.integers(1, 99), st.integers(150, 2000))
def test_the_width_shrinks_by_the_published_factor(count: int, population: int) -> None:
    low, high = share_interval(count * 100, 10_000, SampleKind.RANDOM, population=population * 100)
    plain_low, plain_high = wilson_interval(count * 100, 10_000)
    factor = sqrt((population * 100 - 10_000) / (population * 100 - 1))
    assert (high - low) / (plain_high - plain_low) == pytest.approx(factor, rel=0.02)


def test_a_large_population_changes_nothing_to_speak_of() -> None:
    assert share_interval(40, 100, SampleKind.RANDOM, 10_000_000) == pytest.approx(wilson_interval(40, 100), abs=1e-5)
    assert share_interval(40, 100, SampleKind.RANDOM) == wilson_interval(40, 100)


def test_more_answers_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="more people"):
        share_interval(5, 12, SampleKind.RANDOM, population=10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_sample_has_its_sentence(language) -> None:
    said = {describe_sample(kind, language) for kind in SampleKind}
    assert len(said) == 3


def shares(kind: SampleKind | None, population: int | None, count: int = 40, base: int = 100):
    source = Source({"pl": "co", "en": "what"}, sampling=kind, population_count=population)
    row = ShareRow(("a",), dict.fromkeys(LANGUAGES, ("A",)), count, base)
    return publish_shares([row], dimensions=("choice",), source=source, exclusive=False).rows[0]


def test_what_was_written_down_of_the_sample_decides_on_the_published_interval() -> None:
    usual = wilson_interval(40, 100)
    for kind, population in ((None, None), (SampleKind.CONVENIENCE, 120), (SampleKind.RANDOM, None)):
        row = shares(kind, population)
        assert (row.low, row.high) == usual
    drawn = shares(SampleKind.RANDOM, 200)
    assert usual[0] < drawn.low < drawn.value < drawn.high < usual[1]


def test_only_a_census_that_all_answered_has_no_interval() -> None:
    assert shares(SampleKind.CENSUS, 100).low is None
    assert shares(SampleKind.CENSUS, 100).value == 0.4
    for population in (101, None):
        assert (shares(SampleKind.CENSUS, population).low, shares(SampleKind.CENSUS, population).high) == (
            wilson_interval(40, 100)
        )


@pytest.mark.parametrize(("population", "corrected"), [(2_000, False), (1_999, True), (101, True), (100, True)])
def test_intervals_are_narrower_only_where_more_than_one_in_twenty_was_drawn(population, corrected) -> None:
    assert LEAST_PART == 100 / 2_000
    low, high = sampled_interval(40, 100, SampleKind.RANDOM, population)
    usual = wilson_interval(40, 100)
    assert ((low, high) != usual) is corrected
    assert usual[0] <= low <= 0.4 <= high <= usual[1]
    for kind in (None, SampleKind.CONVENIENCE):
        assert sampled_interval(40, 100, kind, population) == usual


def test_of_weighted_people_those_who_answered_decide_on_the_part() -> None:
    """Half of everybody answered; weights make them worth 60 people."""
    low, high = sampled_interval(24, 60, SampleKind.RANDOM, 200, people=100)
    plain_low, plain_high = wilson_interval(24, 60)
    assert (high - low) / (plain_high - plain_low) == pytest.approx(sqrt(100 / 199), rel=0.02)


def by_groups(kind: SampleKind | None, population: int | None, *, overlapping: bool = False) -> PublishedTable:
    """Two groups of 80 and 40 people, of whom 20 and 30 say yes."""
    words = dict.fromkeys(LANGUAGES, "A")
    return publish_crosstab(
        CellSums(np.array([[20, 30], [60, 10]])),
        options=[Heading("yes", words), Heading("no", words)],
        groups=[Heading("a", words), Heading("b", words)],
        dimensions=("breakdown", "choice"),
        source=Source({"pl": "co", "en": "what"}, sampling=kind, population_count=population),
        bases=CellSums(np.array([80, 40])) if overlapping else None,
        grouping=Grouping.OVERLAPPING if overlapping else Grouping.UNORDERED,
    ).table


def width(row: PublishedRow) -> float:
    assert row.low is not None
    assert row.high is not None
    return row.high - row.low


@pytest.mark.parametrize(
    ("kind", "population"),
    [(None, 240), (SampleKind.CONVENIENCE, 240), (SampleKind.RANDOM, None), (SampleKind.RANDOM, 2_400),
     (SampleKind.RANDOM, 119), (SampleKind.CENSUS, 121)],
)  # fmt: skip
def test_groups_are_no_surer_than_the_sample_allows(kind, population) -> None:
    table = by_groups(kind, population)
    assert [(row.low, row.high) for row in table.rows] == [
        wilson_interval(count, base) for count, base in ((20, 80), (60, 80), (30, 40), (10, 40))
    ]
    assert not table.corrected


def test_groups_of_a_random_half_of_everybody_are_surer() -> None:
    table = by_groups(SampleKind.RANDOM, 240)
    assert table.corrected
    for row in table.rows:
        plain_low, plain_high = wilson_interval(row.count, row.base)
        assert width(row) / (plain_high - plain_low) == pytest.approx(sqrt(1 / 2), rel=0.03)
    # A group of 40 out of 120 is taken to be a third of everybody.
    assert group_population(40, 120, 240) == 80
    assert (table.rows[2].low, table.rows[2].high) == share_interval(30, 40, SampleKind.RANDOM, 80)


def test_a_group_of_the_whole_is_the_whole() -> None:
    """The breakdown and the question itself carry the same interval."""
    assert group_population(100, 100, 200) == 200
    assert shares(SampleKind.RANDOM, 200).low == sampled_interval(40, 100, SampleKind.RANDOM, 200)[0]


def test_groups_of_a_census_that_all_answered_have_no_interval() -> None:
    table = by_groups(SampleKind.CENSUS, 120)
    assert {row.low for row in table.rows} == {None}
    assert [row.value for row in table.rows] == [0.25, 0.75, 0.75, 0.25]
    assert not table.corrected


def test_people_of_several_groups_are_not_counted_twice_to_make_them_surer() -> None:
    """80 are sure to have answered, though the groups add up to 120: a part of a third, not of half."""
    assert by_groups(SampleKind.RANDOM, 240, overlapping=True).corrected
    assert not by_groups(SampleKind.RANDOM, 1_700, overlapping=True).corrected
    assert by_groups(SampleKind.RANDOM, 1_700).corrected


def test_the_correction_is_told_with_the_number_of_people_there_are() -> None:
    assert "3 000" in describe_correction(3000, "pl").replace("\u00a0", " ")
    assert "5%" in describe_correction(3000, "en")


def test_fewer_people_than_answered_is_a_slip_and_makes_nothing_surer() -> None:
    assert sampled_interval(40, 100, SampleKind.RANDOM, 50) == wilson_interval(40, 100)
    assert sampled_interval(40, 100, SampleKind.CENSUS, 50) == wilson_interval(40, 100)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("population", [None, *PopulationKind])
@pytest.mark.parametrize("sampling", [None, *SampleKind])
def test_whom_it_asked_is_said_whatever_is_known(language, population, sampling) -> None:
    told = describe_fieldwork(Fieldwork(population, "", sampling), 83, language)
    assert told.count(".") == 2
    assert "{" not in told
    whole = describe_fieldwork(Fieldwork(population, "dorośli z Liwa", sampling, 3000, 300), 83, language)
    assert "dorośli z Liwa" in whole
    assert "28" in whole, "the response rate"


def test_the_response_rate_is_not_told_of_few_or_of_more_than_were_invited() -> None:
    asked = Fieldwork(PopulationKind.PARTNERS, sampling=SampleKind.CENSUS, invited_count=20)
    assert "%" not in describe_fieldwork(asked, None, "pl")
    assert "%" not in describe_fieldwork(asked, 25, "pl")


def test_every_shipped_questionnaire_has_people_it_is_made_for() -> None:
    assert all(usual_fieldwork(one.slug) != Fieldwork() for one in list_questionnaires())
    assert usual_fieldwork("partners").sampling is SampleKind.CENSUS
    assert usual_fieldwork("moja-ankieta") == Fieldwork()


def test_words_tell_other_people_apart_but_not_residents_of_two_places() -> None:
    assert name_population("residents", "dorośli z Liwa") == name_population("residents", "") == "residents"
    assert name_population("other", "klienci OPS") == name_population(None, "klienci OPS") == "klienci OPS"
    assert name_population(None, "") == name_population(float("nan"), float("nan")) == ""
