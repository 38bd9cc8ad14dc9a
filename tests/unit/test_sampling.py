"""Intervals by kind of sample."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.sampling import SampleKind, describe_sample, share_interval
from surveys.analysis.uncertainty import wilson_interval
from surveys.language.texts import LANGUAGES


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
