"""How long people took: what is kept of it, and who was much faster than the others."""

import pytest

from surveys.analysis.speeders import LEAST_TIMED, count_fast
from surveys.privacy.durations import round_duration


@pytest.mark.parametrize(
    ("seconds", "kept"),
    [
        (None, None),
        (float("nan"), None),
        (-20, None),
        (0, None),
        (0.4, 5),
        (2, 5),
        (7.4, 5),
        (93, 95),
        (599, 600),
        (617, 600),
        (754, 780),
        (86_400, 86_400),
        (86_401, None),
    ],
)
def test_what_is_kept_of_a_duration(seconds: float | None, kept: int | None) -> None:
    assert round_duration(seconds) == kept


def test_no_duration_above_ten_minutes_tells_seconds() -> None:
    assert all((round_duration(seconds) or 0) % 60 == 0 for seconds in range(600, 7_200, 7))


def test_who_took_less_than_a_third_of_the_median_is_fast() -> None:
    usual = [600] * (LEAST_TIMED - 3)
    assert count_fast([*usual, 195, 200, 205]).fast == 1


def test_of_too_few_durations_nothing_is_said() -> None:
    haste = count_fast([600] * (LEAST_TIMED - 2) + [5])
    assert (haste.timed, haste.fast) == (LEAST_TIMED - 1, None)


def test_the_order_of_people_does_not_matter_and_equal_ones_are_not_fast() -> None:
    seconds = [60, 900, 300, 1200, 840] * 5
    assert count_fast(seconds) == count_fast(sorted(seconds))
    assert count_fast(seconds).fast == 5
    assert count_fast([600] * 50).fast == 0
