"""Days in months, years or decades: everybody counted once, no day told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.date_bands import band_dates

EPOCH = date(1970, 1, 1)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def bands(*days: date, counts: list[int] | None = None):
    return band_dates([(day - EPOCH).days for day in days], counts or [1] * len(days))


def test_days_of_two_years_are_months_and_the_empty_ones_stand_among_them() -> None:
    found = bands(date(2025, 11, 30), date(2026, 2, 1), counts=[3, 4])
    assert [(band.first, band.people) for band in found] == [
        (date(2025, 11, 1), 3), (date(2025, 12, 1), 0), (date(2026, 1, 1), 0), (date(2026, 2, 1), 4),
    ]  # fmt: skip


@pytest.mark.parametrize(("last", "years"), [(2026, 0), (2027, 1), (2060, 1), (2070, 10)])
def test_longer_spans_are_coarser(last: int, years: int) -> None:
    assert {band.years for band in bands(date(2025, 1, 1), date(last, 12, 31))} == {years}


def test_decades_begin_with_a_round_year_and_an_hour_is_left_out() -> None:
    assert bands(date(1955, 5, 5), date(2003, 3, 3))[0].first == date(1950, 1, 1)
    assert band_dates([0.99], [5])[0].first == date(1970, 1, 1)
    assert band_dates([], []) == ()


@given(st.dictionaries(DAYS, st.integers(1, 5), min_size=1, max_size=30))
def test_everybody_is_counted_once(said: dict[date, int]) -> None:
    found = bands(*said, counts=list(said.values()))
    assert sum(band.people for band in found) == sum(said.values())
    assert len(found) <= 40
    assert found[0].people
    assert found[-1].people
