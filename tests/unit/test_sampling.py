"""Intervals by kind of sample."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.sampling import (
    SampleKind,
    describe_fieldwork,
    describe_sample,
    name_population,
    sampled_interval,
    share_interval,
    usual_fieldwork,
)
from surveys.analysis.uncertainty import wilson_interval
from surveys.language.texts import LANGUAGES
from surveys.model import Fieldwork, PopulationKind
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import Source
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
