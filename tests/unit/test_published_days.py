"""Days are told in runs of ten people or more, or not at all."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from surveys.privacy.days import PublishedDays, publish_days

DAYS = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 25))


def day(number: int) -> date:
    return date(2026, 1, number)


def test_few_are_not_told_whoever_came_when() -> None:
    assert publish_days({}) is None
    assert publish_days({day(1): 4, day(2): 5}) is None


def test_days_are_joined_until_they_are_enough() -> None:
    counts = {day(1): 12, day(2): 3, day(3): 0, day(4): 8, day(7): 2}
    assert publish_days(counts) == (PublishedDays(day(1), day(1), 12), PublishedDays(day(2), day(7), 13))


@given(DAYS)
def test_every_run_holds_enough_and_nobody_is_lost(counts: dict[date, int]) -> None:
    runs = publish_days(counts)
    if sum(counts.values()) < 10:
        assert runs is None
        return
    assert runs is not None
    assert all(run.count >= 10 for run in runs)
    assert sum(run.count for run in runs) == sum(counts.values())
    assert all(earlier.last < later.first for earlier, later in pairwise(runs))
