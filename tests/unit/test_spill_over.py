"""Spill-over between themes, followed by hand."""

from datetime import date

import pytest

from surveys.analysis.spill_over import JointActivity, count_new_cross_sector_pairs, measure_spill_over


def act(day: str, theme: str, partners: str) -> JointActivity:
    return JointActivity(date.fromisoformat(day), theme, frozenset(partners))


HISTORY = [
    act("2021-03-01", "T01", "abc"),
    act("2021-04-01", "T01", "ab"),
    act("2021-05-31", "T02", "ab"),
    act("2022-03-01", "T03", "ac"),
    act("2022-06-01", "T02", "cd"),
    act("2023-06-01", "T02", "d"),
]


def test_pairs_are_followed_from_their_first_theme_to_another() -> None:
    from_ecology, from_culture = measure_spill_over(HISTORY, seed=1, shuffles=0)
    assert (from_ecology.theme, from_ecology.pairs) == ("T01", 3)
    assert from_ecology.share == pytest.approx(2 / 3)  # a–b and a–c; b–c never met again
    assert from_ecology.days_to_second == (91 + 365) / 2
    assert (from_culture.pairs, from_culture.share, from_culture.days_to_second) == (1, 0, None)
    assert from_ecology.by_chance is None


def test_a_first_day_of_two_themes_has_no_first() -> None:
    assert measure_spill_over([act("2021-03-01", "T01", "ab"), act("2021-03-01", "T02", "ab")], seed=1) == ()


def test_dates_shuffled_say_what_chance_gives() -> None:
    """Everybody meets in ecology first and in culture later: no shuffle does better, and most do worse."""
    history = [act(f"20{10 + place}-01-01", "T01", "abcd") for place in range(5)]
    history += [act(f"20{15 + place}-01-01", "T02", "ab") for place in range(5)]
    (first,) = measure_spill_over(history, seed=3, shuffles=199)
    assert first.share == pytest.approx(1 / 6)
    assert first.by_chance is not None
    assert 0 < first.by_chance <= 1 / 6 + 1e-9
    assert first.p_value is not None
    assert first.p_value > 0.05
    assert measure_spill_over(history, seed=3, shuffles=199) == (first,)


def test_the_order_in_which_activities_are_written_down_does_not_matter() -> None:
    assert measure_spill_over(HISTORY[::-1], seed=1, shuffles=0) == measure_spill_over(HISTORY, seed=1, shuffles=0)


def test_new_pairs_across_sectors_by_year() -> None:
    sectors = {"a": "public", "b": "civic", "c": "civic", "d": "business"}
    assert count_new_cross_sector_pairs(HISTORY, sectors) == {2021: 2, 2022: 1, 2023: 0}
    assert count_new_cross_sector_pairs([], sectors) == {}
